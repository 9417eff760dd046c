/** What a part is called in a text about it: what is left when days, amounts and the usual words about them are taken away. */
import { shares, sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import { EN, ZH } from "./Roles.ts";

export const NO_TITLE =
  /支付|付款|拨付|给付|日内|[日天]后|后$|满\d|%|\d元|人民币|签订|签署|应当|应于|(?<!在)[甲乙]方|之日|\b(?:shall|pays?|paid|within|upon|percent|due|USD|US\$|EUR|RMB|CNY|GBP|is|are|will)\b|[$¥€£]|\d{4}/i;

const COUNTED =
  "第?\\s*(?:[一二三四五六七八九十]{1,2}|\\d{1,2})\\s*个?(?:阶段|里程碑|期|批|步|笔|次)(?:交付物|成果)?|(?:里程碑|阶段|节点|步骤|批次|任务|工作包|交付件|交付物|子项)\\s*(?:[一二三四五六七八九十]{1,2}|\\d{1,2})";
const COUNTED_EN =
  "(?:milestone|phase|stage|deliverable|instal?ment|work package|part|item|release|step|lot|task)\\s*(?:no\\.?\\s*|#\\s*)?(?:\\d{1,4}|[IV]{1,3}|[A-H])(?![\\w])|(?:first|second|third|fourth|fifth|final|last)\\s+(?:milestone|phase|stage|instal?ment|delivery|payment)";
const DONE = "完成|交付|提交|移交|提供";
const MONEY_ZH =
  "支付|付款|付清|拨付|给付|价款|费用|金额|价格|款项|报酬|合同总?价款?|总价款?|总费用|总额|合计|对应|人民币|含税|大写|小写|元整?";
/** Words before a name in Chinese; what may begin a name as well counts only where something follows that does not. */
const BEFORE_ZH = [
  COUNTED,
  ZH,
  `并|且|其中|以及|[及和与](?=${ZH}|完成|交付|$)|经(?=${ZH}|验收|$)|由(?=${ZH}|$)|的|为(?!期)|不[晚迟]于|截止`,
  `(?:应|须|需|将)(?=于|在|${DONE}|支付|$)|[于在至自](?=\uFFFC|$)|之?前(?=$)|后(?=$)|内(?=$)`,
  "(?:验收|考核|评审|审核|检验)(?=合格|通过|后|完成|$)|合格|通过(?=验收|考核|评审|审核|检验|后|$)",
  `(?:${DONE})(?:日期?|时间|期限)?|日期|时间|期限|到期日?|截止日期?|交期|起止日期`,
  `${MONEY_ZH}|(?:付|合同|[计占即])(?=$)`,
].join("|");
/** Words behind it. */
const AFTER_ZH = [
  "应?[于在]|[应须需将]|的|之?前|(?:通过)?(?:验收|考核|评审|审核|检验)?(?:合格|通过)?后|(?:通过)?(?:验收|考核|评审|审核)(?:合格|通过|完成)?|并经|并",
  `(?:${DONE})?(?:日期|时间|期限)|(?:全部)?(?:${DONE})|不[晚迟]于`,
  MONEY_ZH,
].join("|");
const FILLER_EN = [
  COUNTED_EN,
  EN,
  "the|an?|and|or|for|of|on|upon|after|to|by|at|which|that|in|with|from|it|this|its|then|when|once|you",
  "shall|will|must|is|are|be|been|has|have|may",
  "deliver(?:y|s|ed|able)?|complet(?:e|es|ed|ion)|accept(?:ed|ance)?|submit(?:s|ted)?|submission|provid(?:es?|ed)|hand(?:s|ed)? over|ready|due|finish(?:ed|es)?",
  "pay(?:s|able|ment)?|paid|fees?|price[ds]?|amount|total|contract|remuneration|date|deadline|no later than|not later than|on or before|before|until",
].join("|");
const EDGES: readonly RegExp[] = [
  new RegExp(`^[^\\p{L}\\d]*(?:${BEFORE_ZH})`, "iu"),
  new RegExp(`(?:${AFTER_ZH})[^\\p{L}\\d)]*$`, "iu"),
  new RegExp(`^[^\\p{L}\\d]*(?:${FILLER_EN})(?![\\p{L}\\d])`, "iu"),
  new RegExp(`(?<![\\p{L}\\d])(?:${FILLER_EN})[^\\p{L}\\d)]*$`, "iu"),
];
/** What follows a day or an amount at once. */
const BEHIND = /^\uFFFC(?:之前|以前|前(?![端置期])|后(?![台端期])|内(?!容)|止|起|整)?/;
/** What a part is judged by. */
export const CRITERIA =
  /(?:验收标准|验收条件|验收要求|通过标准|acceptance criteri(?:a|on)|(?:accepted|acceptance|completed?|finished|done) (?:when|if|once)|criteri(?:a|on))\s*(?:为|是|is|are)?\s*[:：]?\s*([^。;]{4,300}?)(?=[。;]|\.\s|\.?$)/i;

/** What only says more of what was named. */
const MORE = /^(?:including|includes|together|such|e\.g|包括|包含|含|如)/i;
/** Where what is said of a part may change its subject. */
const BREAKS = /[\uFFFC,;:。、()]|\.\s|\.$| - |\bwhich\b/;

/** An ordinal, an amount, a share or a day: what counts or measures a part is not what it is called. */
const ORDINAL =
  /^(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|next|last|final|one|two|three|four|five)(?:ly)?(?:\s+(?:one|of all))?$|^(?:第?[一二三四五六七八九十\d]{1,3}[项个次]?|首先|其次|再次|最后|其[一二三四五])$/i;

export function namesNothing(text: string): boolean {
  const plain = text.trim().replace(/[\s:,.;、]+$/, "");
  if (ORDINAL.test(plain)) return true;
  let rest = plain;
  for (const { start, end } of [...dates(plain), ...sums(plain), ...shares(plain)])
    rest = `${rest.slice(0, start)}${" ".repeat(end - start)}${rest.slice(end)}`;
  return rest !== plain && !/\p{L}{2}/u.test(rest.replace(/人民币|含税|整|\b(?:incl?|VAT|of|and|plus)\b/gi, ""));
}

export type Span = { from: number; to: number };

const GOES_ON =
  /^(,并(?!经|由|通过|获|取得|甲方|乙方|支付|付|应|须|验收|向|于|自)(?:(?!支付|付款|验收|合格|元|%)[^,;。:、()\d]){4,24})(?=[;。]|$)/;

/** The one name in a text; `several` where more may follow it. */
export function titleIn(text: string, several = false): Span | undefined {
  if (text.length > 400) return undefined;
  const found = namesIn(text);
  const [first] = found;
  if (!first || (found.length > 1 && !several && !GOES_ON.test(text.slice(first.to)))) return undefined;
  // "X，并Y": the deliverer does both.
  const more = GOES_ON.exec(text.slice(first.to))?.[1]?.length ?? 0;
  return more > 0 && first.to - first.from + more <= 40 ? { from: first.from, to: first.to + more } : first;
}

function namesIn(text: string): readonly Span[] {
  let bare = text;
  const judged = CRITERIA.exec(text);
  const said = judged ? [{ start: judged.index, end: judged.index + judged[0].length }] : [];
  for (const { start, end } of [...said, ...dates(text), ...sums(text), ...shares(text)])
    bare = `${bare.slice(0, start)}${"\uFFFC".repeat(end - start)}${bare.slice(end)}`;
  const found: Span[] = [];
  let from = 0;
  while (from < bare.length) {
    const stop = BREAKS.exec(bare.slice(from));
    const to = stop ? from + stop.index : bare.length;
    const behind = bare[from - 1] === "\uFFFC" ? (BEHIND.exec(bare.slice(from - 1, to))?.[0].length ?? 1) - 1 : 0;
    const span = stripped(bare, from + behind, to);
    if (span && isName(text.slice(span.from, span.to))) found.push(span);
    from = to + (stop?.[0].length ?? 1);
  }
  return found;
}

/** Without usual words at either end. */
function stripped(text: string, start: number, end: number): Span | undefined {
  let [from, to] = [start, end];
  for (let round = 0; round < 24; round++) {
    const rest = text.slice(from, to);
    const lead = /^[\s"'\-•*·①-⑳]*/.exec(rest)?.[0].length ?? 0;
    const tail = /[\s"']*$/.exec(rest)?.[0].length ?? 0;
    from += lead;
    to -= rest.length > lead ? tail : 0;
    const [first, last] = [EDGES[0], EDGES[2]].map((edge) => edge?.exec(text.slice(from, to))?.[0].length ?? 0);
    const skip = Math.max(first ?? 0, last ?? 0);
    const cut = Math.max(...[EDGES[1], EDGES[3]].map((edge) => edge?.exec(text.slice(from, to))?.[0].length ?? 0));
    if (skip > 0) from += skip;
    else if (cut > 0) to -= cut;
    else break;
  }
  return to > from ? { from, to } : undefined;
}

function isName(text: string): boolean {
  const chinese = /\p{Script=Han}/u.test(text);
  return (
    text.length >= 2 &&
    text.length <= (chinese ? 40 : 70) &&
    /\p{L}{2}/u.test(text) &&
    !NO_TITLE.test(text) &&
    !namesNothing(text) &&
    !/^(?:本?合同总?|总?)$|(?:确认|期满|届满|生效)$/.test(text) &&
    !MORE.test(text)
  );
}
