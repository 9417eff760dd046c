/** The term sheet: every clause of the document as headed lines, in either language. */
import * as Criterion from "./Criterion.ts";
import type { Language, Words } from "./InputError.ts";
import { both } from "./InputError.ts";
import type { Terms } from "./Terms.ts";
import * as Time from "./Time.ts";

export type Row = { label: string; value: string };
export type Section = { heading: string; rows: readonly Row[] };

const LABELS = {
  parties: both("Parties", "当事人"),
  client: both("Client", "甲方"),
  provider: both("Provider", "乙方"),
  money: both("Money", "款项"),
  rail: both("Rail", "付款通道"),
  registrar: both("Registrar", "登记方"),
  currency: both("Currency", "货币"),
  openBy: both("Open by", "最迟生效时间"),
  fees: both("Platform fee", "平台费"),
  replaces: both("Replaces", "替代协议"),
  milestones: both("Milestones", "里程碑"),
  sequential: both("One after the other", "依次交付"),
  criteria: both("Criteria", "验收标准"),
  inputs: both("Owed by the client", "甲方应提供"),
  outcome: both("Outcome", "成果付款"),
  curve: both("Pay", "付款曲线"),
  options: both("Options", "选择权"),
  ip: both("Ownership", "权属"),
  background: both("Kept by the provider", "乙方保留"),
  law: both("Law", "法律"),
  governing: both("Governing law", "适用法律"),
  forum: both("Forum", "争议解决地"),
  cap: both("Liability cap", "责任上限"),
  data: both("Data may lie in", "数据存放地"),
  calendar: both("Review windows stand still", "验收期停顿"),
  arbitration: both("Arbitration", "仲裁"),
  fallback: both("When nobody rules, the provider gets", "无人裁决时乙方所得"),
  text: both("Text", "正文"),
  prevails: both("Prevailing language", "以何语言为准"),
  languages: { en: both("English", "英文"), zh: both("Chinese", "中文") },
};

const VALUES: Record<string, Words> = {
  token: both("a token on the ledger", "账本代币"),
  custody: both("a licensed holder", "持牌机构托管"),
  direct: both("paid directly, only recorded", "直接支付，仅作记录"),
  client: both("the client", "甲方"),
  provider: both("the provider", "乙方"),
  both: both("both", "双方"),
  "third party": both("a third party", "第三方"),
  signing: both("signing", "签署"),
  delivery: both("delivery", "交付"),
  payment: both("payment", "付款"),
  court: both("court", "法院"),
  arbitration: both("arbitration", "仲裁机构"),
  "test suite": both("test suite", "测试用例"),
  measurement: both("measurement", "测量"),
  inspection: both("inspection", "查验"),
  document: both("document", "文件"),
  "before payment": both("invoice before payment", "先开票后付款"),
  "after payment": both("invoice after payment", "先付款后开票"),
  none: both("no invoice", "不开票"),
  reported: both("reported", "由报告人报告"),
  daysLate: both("days late", "迟延天数"),
  shareAccepted: both("share accepted", "验收比例"),
  steps: both("in steps", "阶梯"),
  lines: both("in straight lines", "线性"),
  panel: both("panel", "仲裁小组"),
  "ERC-792": both("ERC-792 arbitrator", "ERC-792 仲裁人"),
};

const UNITS: Record<string, string> = { week: "周", day: "天", hour: "小时", minute: "分钟" };

/** A length as the document has it; in Chinese with its unit in Chinese. */
function length(text: string, language: Language): string {
  if (language === "en") return text;
  const [, count, unit = ""] = /^(\d+) ?(week|day|hour|minute)s?$/.exec(text) ?? [];
  if (count !== undefined) return `${count} ${UNITS[unit]}`;
  return Time.formatDuration(Time.duration(text), "zh");
}

/** Sections in the order of the document; those with nothing in them are left out. */
export function of(terms: Terms, language: Language): readonly Section[] {
  return sections(terms, language).filter(({ rows }) => rows.length > 0);
}

function sections(terms: Terms, language: Language): readonly Section[] {
  const say = (words: Words) => words[language];
  const pick = (en: string, zh: string) => (language === "zh" ? zh : en);
  const value = (key: string) => VALUES[key]?.[language] ?? key;
  const lasting = (text: string) => length(text, language);
  const comma = pick(", ", "，");
  const amount = (text: string) => `${terms.currency.code} ${text}`;
  const row = (label: Words, ...parts: (string | undefined)[]): Row => ({
    label: say(label),
    value: parts.filter(Boolean).join(comma),
  });
  const section = (heading: Words, rows: readonly Row[]): Section => ({ heading: say(heading), rows });
  const party = (
    label: Words,
    { name, registration, taxNumber, country, signatory, address, delegate }: Terms["parties"]["client"],
  ) =>
    row(
      label,
      say(name),
      country,
      registration && pick(`registered ${registration}`, `登记号 ${registration}`),
      taxNumber && pick(`tax number ${taxNumber}`, `税号 ${taxNumber}`),
      pick(
        `signed by ${signatory.name.en} (${signatory.authority.en})`,
        `签署人 ${signatory.name.zh}（${signatory.authority.zh}）`,
      ),
      address,
      delegate && pick(`delegate ${delegate}`, `代理密钥 ${delegate}`),
    );
  const { registrar, outcome, ip, law, arbitration, text, currency } = terms;
  const { by } = arbitration;
  return [
    section(LABELS.parties, [
      party(LABELS.client, terms.parties.client),
      party(LABELS.provider, terms.parties.provider),
    ]),
    section(LABELS.money, [
      row(LABELS.rail, value(terms.rail)),
      registrar.kind === "chain"
        ? row(LABELS.registrar, pick(`chain ${registrar.chainId}`, `链 ${registrar.chainId}`), registrar.escrow)
        : row(LABELS.registrar, say(registrar.name), registrar.key),
      row(
        LABELS.currency,
        currency.code,
        pick(`${currency.scale} decimals`, `${currency.scale} 位小数`),
        currency.token,
      ),
      row(LABELS.openBy, terms.openBy),
      row(LABELS.fees, terms.fees.platform, terms.fees.recipient),
      ...(terms.replaces ? [row(LABELS.replaces, terms.replaces)] : []),
    ]),
    section(LABELS.milestones, [
      ...terms.milestones.map((milestone) =>
        row(
          milestone.title,
          amount(milestone.amount),
          pick(
            `net ${milestone.net} + tax ${milestone.tax} - withholding ${milestone.withholding}`,
            `净额 ${milestone.net} + 税额 ${milestone.tax} - 代扣 ${milestone.withholding}`,
          ),
          `${milestone.start} – ${milestone.due}`,
          pick(
            `review ${milestone.review}, cure ${milestone.cure}`,
            `验收期 ${lasting(milestone.review)}，补正期 ${lasting(milestone.cure)}`,
          ),
          milestone.criteria.join(" + "),
          milestone.acceptance === "by weight"
            ? pick("accepted in part by the weights of what passes", "部分通过时按权重部分验收")
            : undefined,
          value(milestone.invoice),
          milestone.fundBy && pick(`funded by ${milestone.fundBy}`, `最迟 ${milestone.fundBy} 注资`),
        ),
      ),
      row(LABELS.sequential, terms.sequential ? pick("yes", "是") : pick("no", "否")),
    ]),
    section(
      LABELS.criteria,
      terms.criteria.map(({ name, what, how, by, weight, suite, sealed, run }) =>
        row(
          both(name, name),
          say(what),
          value(how),
          pick(`run by ${value(by)}`, `由${value(by)}执行`),
          weight,
          suite,
          ...(sealed ?? []).map(({ part, commitment, reference }) =>
            pick(
              `sealed: ${part.en} ${commitment}${reference ? `, void if ${reference} fails it` : ""}`,
              `密封：${part.zh} ${commitment}${reference ? `，${reference} 未通过则作废` : ""}`,
            ),
          ),
          ...(run ? Criterion.show(run).map(({ en, zh }) => pick(en, zh)) : []),
        ),
      ),
    ),
    section(
      LABELS.inputs,
      terms.inputs.map(({ what, due, milestone }) => row(what, due, milestone)),
    ),
    ...(outcome
      ? [
          section(LABELS.outcome, [
            row(
              outcome.title,
              say(outcome.what),
              value(outcome.metric),
              outcome.source,
              pick(`target ${outcome.target} ${outcome.unit.en}`, `目标 ${outcome.target} ${outcome.unit.zh}`),
              `${outcome.measuredAt} – ${outcome.reportBy}`,
              pick(`challenge ${outcome.challenge}`, `异议期 ${lasting(outcome.challenge)}`),
              pick(`without a report ${outcome.default}`, `无报告时按 ${outcome.default}`),
              pick(`at most ${amount(outcome.amount)}`, `最高 ${amount(outcome.amount)}`),
              value(outcome.invoice),
              outcome.fundBy && pick(`funded by ${outcome.fundBy}`, `最迟 ${outcome.fundBy} 注资`),
            ),
            row(
              LABELS.curve,
              value(outcome.shape),
              ...outcome.points.map((point) => `${point.value} → ${amount(point.pay)}`),
            ),
          ]),
        ]
      : []),
    section(
      LABELS.options,
      terms.options.map((option) =>
        option.kind === "termination"
          ? row(
              both(option.of, option.of),
              pick(
                `the client may end it before its start for ${amount(option.fee)}`,
                `甲方可在开始前终止，费用 ${amount(option.fee)}`,
              ),
            )
          : row(
              both(option.of, option.of),
              pick(
                `${value(option.by)} may take ${option.days} more days for ${amount(option.price)}`,
                `${value(option.by)}可延期 ${option.days} 天，价格 ${amount(option.price)}`,
              ),
            ),
      ),
    ),
    section(LABELS.ip, [
      row(
        LABELS.ip,
        value(ip.owner),
        pick(`from ${value(ip.from)}`, `自${value(ip.from)}起`),
        ip.certificate ? pick("with a title certificate", "出具权属证书") : undefined,
      ),
      row(LABELS.background, say(ip.background)),
    ]),
    section(LABELS.law, [
      row(LABELS.governing, say(law.governing)),
      row(LABELS.forum, value(law.forum.kind), say(law.forum.seat)),
      row(LABELS.cap, amount(law.liabilityCap)),
      row(LABELS.data, ...law.dataIn),
    ]),
    section(
      LABELS.calendar,
      terms.calendar.map(({ name, from, until }) => row(name, `${from} – ${until}`)),
    ),
    section(LABELS.arbitration, [
      ...(by
        ? [
            row(
              by.name,
              value(by.kind),
              by.address,
              pick(`deposit ${amount(by.deposit)}`, `押金 ${amount(by.deposit)}`),
              pick(
                `answer within ${by.answerWithin}, ruling within ${by.ruleWithin}`,
                `${lasting(by.answerWithin)} 内答复，${lasting(by.ruleWithin)} 内裁决`,
              ),
              pick(`at most ${by.maxCost} wei`, `最多 ${by.maxCost} wei`),
              by.extraData === "0x" ? undefined : by.extraData,
            ),
          ]
        : []),
      row(LABELS.fallback, arbitration.fallback),
    ]),
    section(LABELS.text, [
      row(LABELS.prevails, say(LABELS.languages[text.prevails])),
      row(LABELS.text, text[language]),
    ]),
  ];
}

/** The same as plain text under the title. */
export function text(terms: Terms, language: Language): string {
  const colon = language === "zh" ? "：" : ": ";
  const sections = of(terms, language).map(({ heading, rows }) =>
    [heading, ...rows.map(({ label, value }) => `  ${label}${colon}${value}`)].join("\n"),
  );
  return [terms.title[language], ...sections].join("\n\n");
}
