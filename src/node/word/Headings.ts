/** What the heading of a column says its cells are. */
import { narrow } from "./Source.ts";
import type { Field } from "./Stages.ts";

export type Column = Field | "title" | "share" | "criteria" | "deliverable" | "number" | "condition" | "ignored";

/** In the order in which they are tried: what is more exact comes first. */
const HEADINGS: readonly (readonly [Column, RegExp])[] = [
  [
    "number",
    /^(?:序号|编号|项次|no\.?|[#]|id|item no\.?|ref\.?|nr\.?|(?:里程碑|阶段|期次|milestone|stage|phase)\s*(?:编号|序号|no\.?|#|number|id))$/i,
  ],
  ["review", /验收期|审核期|验收天数|验收时限|review (?:period|days|window|time)|acceptance period|^review$/i],
  ["cure", /整改期|补正期|修复期|修改期|cure|rectification|correction period/i],
  [
    "criteria",
    /验收标准|验收要求|考核指标|技术指标|考核标准|质量标准|通过条件|交付标准|验收内容|验收方法|完成标准|验收依据|验收条件|通过标准|criteri|acceptance (?:test|standard|basis)|^(?:acceptance|验收)$/i,
  ],
  ["condition", /付款条件|支付条件|触发|payment (?:condition|trigger|event|terms)|trigger|payable (?:on|upon|when)/i],
  [
    "ignored",
    /付款(?:日期|时间|期限)|支付(?:日期|时间|期限)|payment (?:date|due)|invoice date|开票|备注|说明|remarks?|notes?$|负责人|责任人|责任方|responsible|owner|数量|单价|人天|人月|工时|工作量|税率|单位$|quantity|\bqty\b|unit price|\brate\b|effort|person[- ]days?|\bdays$|状态|status/i,
  ],
  ["start", /开始|起始|启动|开工|^[自起]$|start|commence|\bbegin|^from$/i],
  ["share", /比例|占比|百分比|份额|percent|%|\bshare\b|portion|proportion/i],
  ["net", /不含税|未税|税前|净额|净价|\bnet\b|excl|before tax|without (?:VAT|tax)/i],
  ["amount", /含税|税后|价税|incl|\bgross\b|with (?:VAT|tax)/i],
  ["tax", /税额|税金|增值税|税款|^tax|^VAT|^GST|\btax amount|\bVAT$/i],
  [
    "due",
    /日期|时间|期限|时限|日程|截止|到期|交期|(?:完成|交付|提交|上线|到货|交货|完工|计划|约定)日$|完成节点|时点|^完成$|^[止至]$|工期|due|deadline|complet|deliver(?:y|ed) (?:date|by|on|no later)|^delivery$|\bdate\b|^by$|^to$|^end|^until$|^finish|^target$|^planned$|^eta$|^when$|no later than/i,
  ],
  [
    "amount",
    /金额|价款|价格|[合总]?同?价$|小计|酬金|报酬|对价|经费|款项$|费用|报价|合同额|应付|款额|amount|price|\bfees?\b|\bcharges?\b|payment|payable|value|cost|remuneration|compensation|consideration|budget|\bsum\b|^(?:EUR|USD|GBP|RMB|CNY|HKD|SGD|€|\$|£|￥|¥)$/i,
  ],
  ["deliverable", /交付物|交付成果|成果|交付内容|交付件|deliverable|output/i],
  [
    "title",
    /里程碑|阶段|节点|期次|期别|分期|期数|批次|款项|工作内容|工作项|工作|任务|名称|事项|项目|内容|模块|部分|子项|标的|功能|服务|产品|milestone|phase|stage|instal?ment|task|work|description|name|title|scope|item|delivery|module|\bparts?\b|package|component|tranche|\blots?\b|services?$|products?$|features?$|increment|iteration|sprint|\bsteps?\b/i,
  ],
];
/** Words of a title's heading, from what names a part of the work to what describes it. */
const NAMING = [/里程碑|milestone/i, /名称|name|title/i, /阶段|节点|期|批次|phase|stage|instal/i];

/** How well a heading fits a part's name; smaller is better. */
export function rankOf(heading: string): number {
  const rank = NAMING.findIndex((pattern) => pattern.test(heading));
  return rank < 0 ? NAMING.length : rank;
}

/** Lists of goods may be parts of the work. */
export const GOODS = /数量|单价|单位价|型号|规格|quantity|\bqty\b|unit price|model\b/i;
/** Lists of hours, versions and people look like parts of the work and are none. */
export const OTHER_LISTS =
  /人天|人月|工时|版本|修订|修改人|编制|姓名|岗位|品牌|违约|罚|账号|开户|hourly|person[- ]days?|version|revision|author|\brole\b|severity|response time|penalt/i;
export const PARTS = /里程碑|阶段|节点|分期|期次|付款期|milestone|phase|stage|instal?ment|deliver|交付/i;

export const TOTAL =
  /^\s*(?:(?:合同|项目|费用|价款)?(?:合\s*计|总\s*计|共\s*计|小\s*计|总额|总价|总金额|总费用)|(?:grand |sub-?)?total|sum\b|in total)/i;
/** A row of tax between the parts and their total. */
export const TAX_ROW = /^\s*(?:(?:加|另加|其中)?[:：]?\s*(?:增值税|税额|税金)|(?:plus )?(?:VAT|GST|sales tax|tax)\b)/i;

/** The rate beside the word for the tax: 增值税（6%）, VAT at 20 %. */
const RATE =
  /(?<=税[额金款]?|VAT|GST|\btax)\s*(?:\(\s*(?:税率)?[:\s]*\d{1,2}(?:\.\d+)?\s*%\s*\)|(?:at |@ ?)?\d{1,2}(?:\.\d+)?\s*%)/gi;

/** A heading in two languages says it in either. */
export function columnOf(text: string): Column | undefined {
  const heading = narrow(text)
    .replace(/\s+/g, " ")
    .replace(/^\s*(?:其中|of which)\s*:?\s*/i, "")
    .replace(RATE, "")
    .trim();
  const long = /\p{Script=Han}/u.test(heading) ? 28 : 40;
  if (heading === "" || heading.length > long || /[,;。]|:\s*\S|\d{3}|\d[.年月]\d?/.test(heading)) return undefined;
  const halves = heading.split(/ ?\/ ?|(?<=[\p{Script=Han})]) (?=[A-Za-z#])|(?<=[A-Za-z.)]) (?=\p{Script=Han})/u);
  for (const part of [heading, ...halves]) {
    const kind = HEADINGS.find(([, pattern]) => pattern.test(part))?.[0];
    if (kind && !(kind === "title" && part === heading && halves.length > 1)) return kind;
  }
  return HEADINGS.find(([, pattern]) => pattern.test(heading))?.[0];
}
