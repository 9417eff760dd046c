/** One part of the work or of the pay, as a list of the contract gives it, and how its cells and passages are read. */
import { both, type Words } from "../../agreement/InputError.ts";
import { chineseNumber, englishNumber, type Portion, type Sum, shares, sums } from "./Amounts.ts";
import { codeIn } from "./Currencies.ts";
import { type Dated, dates, periods } from "./Dates.ts";
import type { Column } from "./Headings.ts";
import { matchesOf, narrow, type Place } from "./Source.ts";

export type At<T> = { value: T; place: Place };
export type Money = { sum?: Sum; units: bigint; currency?: string };

/** One of them. What is unclear stands in `unclear` by the field that it would have filled. */
export type Stage = {
  ordinal?: number;
  title?: Place;
  /** The same in the other language, where that stands elsewhere. */
  translated?: Place;
  amount?: At<Money>;
  share?: At<Portion>;
  start?: At<string>;
  due?: At<string>;
  review?: At<string>;
  cure?: At<string>;
  net?: At<Money>;
  tax?: At<Money>;
  criteria?: Place;
  /** Whether the title is no more than "Phase 1". */
  numberOnly?: boolean;
  unclear: { field: Field; what: Words; places: readonly Place[] }[];
  /** Lines of running text that speak of it, by their position. */
  lines?: readonly number[];
  /** All that was written about it. */
  text: string;
};
export type Field = "amount" | "due" | "start" | "review" | "cure" | "net" | "tax";

/** A list of them; `total` as its own last row gives it. */
export type Group = {
  stages: Stage[];
  total?: At<Money>;
  block: number;
  table: boolean;
  /** It is one only where the text elsewhere says for each part what is paid, or when it is due. */
  lacks?: "pay" | "days" | "all";
};

export function ordinalOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/^[A-Z]{1,3}-?(?=\d)|^0+(?=\d)/i, "")
    .replace(/[.、)]$/, "");
  if (/^\d{1,2}$/.test(plain)) return Number(plain);
  const roman = ["I", "II", "III", "IV", "V", "VI"].indexOf(plain.toUpperCase());
  if (roman >= 0) return roman + 1;
  if (/^[A-H]$/.test(plain)) return plain.charCodeAt(0) - 64;
  const spoken = ["first", "second", "third", "fourth", "fifth", "sixth"].indexOf(plain.toLowerCase());
  if (spoken >= 0) return spoken + 1;
  const number = chineseNumber(plain) ?? (/^[a-z]+$/i.test(plain) ? englishNumber(plain) : undefined);
  return number === undefined ? undefined : Number(number);
}

const COUNTED =
  /第\s*([一二三四五六七八九十\d]{1,2})\s*个?\s*(?:阶段|里程碑|节点|期|批|步|次|笔|项)|(?:里程碑|阶段|节点|步骤|批次|任务|工作包|交付件|交付物|子项)\s*([一二三四五六七八九十\d]{1,2})|(?<![a-z])(?:items?|milestones?|phases?|stages?|deliverables?|instal?ments?|payments?|work packages?|parts?|lots?|tasks?|steps?)\s*(?:no\.?\s*|#\s*)?(0{0,3}\d{1,2}|[A-H]\b|[IV]{1,3}\b)(?![\d,.]\d)|(?<![\p{L}\d])[DM](\d)(?![\p{L}\d])/giu;

/** The parts that a text names by number: 第二期, Milestone 2, Item 0002. */
export function countedIn(text: string): readonly { ordinal: number; from: number; to: number }[] {
  return matchesOf(COUNTED, text).flatMap((match) => {
    const ordinal = ordinalOf(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
    return ordinal === undefined ? [] : [{ ordinal, from: match.index, to: match.index + match[0].length }];
  });
}

const figuresDiffer = both(
  "amount in words and amount in figures differ, or can be read in two ways: correct the contract, then write the amount",
  "大写与小写金额不一致，或写法有歧义：请更正合同后填写金额",
);
const several = both(
  "several amounts are named here: write the one that is paid",
  "此处列有多个金额：请填写应付的金额",
);

const THOUSANDS = /\bthousands?\b|'000|(?:EUR|USD|GBP|[€£$]) ?k\b/i;

/** The one amount of a passage. */
export function readMoney(stage: Stage, field: "amount" | "net" | "tax", text: string, where: Place, heading = "") {
  const unit =
    /(百万|千万|万|千|亿)\s*(?:美|港|欧|澳|加)?元|万$/.exec(heading)?.[1] ??
    (THOUSANDS.test(heading) ? "千" : undefined);
  const code = codeIn(heading);
  const currency = code ?? (/元/.test(heading) ? "元" : undefined);
  const list = sums(text, heading !== "");
  const first = list[0];
  if (!first) return;
  const broken = list.filter((sum) => !sum.agree || sum.units === undefined);
  if (broken.length > 0) {
    stage.unclear.push({
      field,
      what: figuresDiffer,
      places: broken.flatMap((sum) => sum.parts.map((part) => within(where, part.start, part.end))),
    });
    return;
  }
  if (list.some((sum) => sum.units !== first.units)) {
    stage.unclear.push({ field, what: several, places: list.map((sum) => within(where, sum.start, sum.end)) });
    return;
  }
  const scaled = unit && first.parts.every((part) => !/[万亿元]/.test(text.slice(part.start, part.end)));
  const factor = scaled
    ? ({ 千: 1000n, 百万: 1_000_000n, 千万: 10_000_000n, 万: 10_000n, 亿: 100_000_000n }[unit] ?? 1n)
    : 1n;
  const found = first.currency ?? currency;
  stage[field] = {
    value: { sum: first, units: (first.units ?? 0n) * factor, ...(found ? { currency: found } : {}) },
    place: within(where, first.start, first.end),
  };
}

const PAID =
  /支付|付|合同|总价|总额|价款|款|费用|报酬|\b(?:total|fees?|price|contract|pay(?:s|ment|able)?|paid|of the|sum|due|upon|on)\b/i;
const QUALITY =
  /税|通过|准确|覆盖|可用|达标|完成率|成功率|误差|不低于|不少于|\b(?:VAT|tax|pass|accuracy|coverage|uptime|availab|at least|of (?:all )?test)/i;
/** A share that is said to be of the price, whatever must have passed before it is paid. */
const OF_PRICE_ZH = /(?:总价|价款|总额|总金额|总费用|报酬)款?的?\s*$/;
const OF_PRICE_EN =
  /^\s*\)?\s*of the (?:(?:total|contract|agreed|overall|fixed) ){0,2}(?:price|fees?|sum|amount|consideration)\b/i;

/** The shares of a text that are paid; `sure` where nothing else can be meant. */
export function paidShares(text: string, sure = false): readonly Portion[] {
  return shares(text).filter(({ start, end }) => {
    if (sure) return true;
    const [before, after] = [text.slice(Math.max(0, start - 24), start), text.slice(end, end + 24)];
    if (OF_PRICE_ZH.test(before) || OF_PRICE_EN.test(text.slice(end, end + 60))) return true;
    // "Stage 1, prototype: 25 % when …"
    const alone = /(?:[:(]|占)\s*$/.test(before);
    return (
      (alone || PAID.test(before + after)) &&
      !QUALITY.test(/[^,;。]*$/.exec(before.slice(-14))?.[0] ?? "") &&
      !QUALITY.test(after.slice(0, 10))
    );
  });
}

export function readShare(stage: Stage, text: string, where: Place, sure = false) {
  const list = paidShares(text, sure);
  const first = list[0];
  if (!first) return;
  const place = within(where, first.start, first.end);
  if (first.bps === undefined || list.some(({ bps }) => bps !== first.bps)) {
    const what = both("the share is unclear: write the amount", "比例不明确：请填写金额");
    stage.unclear.push({ field: "amount", what, places: list.map(({ start, end }) => within(where, start, end)) });
  } else stage.share = { value: first, place };
}

const severalDates = both(
  "several dates are named here: write the day on which it is due",
  "此处列有多个日期：请填写到期日",
);
const payDate = both(
  "this is the day of payment, not of delivery: write the day on which it is due",
  "此为付款日而非交付日：请填写交付到期日",
);

/** One day is the due day; two that are joined are start and due day. */
export function readDates(stage: Stage, field: "due" | "start", text: string, where: Place) {
  const list = dates(text);
  const days = list.filter(({ day }) => day !== undefined);
  const at = ({ start, end }: Dated) => within(where, start, end);
  const take = (name: "due" | "start", dated: Dated) => {
    if (dated.day) stage[name] ??= { value: dated.day, place: at(dated) };
  };
  const [first, second] = list;
  const joined =
    first && second && /^\s*(?:起)?\s*(?:至|到|-|~|to|until|and)\s*$/i.test(text.slice(first.end, second.start));
  if (first?.day && second?.day && joined && days.length === 2 && field === "due") {
    take("start", first);
    take("due", second);
    return;
  }
  const distinct = new Set(days.map(({ day }) => day));
  const said = days.map((dated) => ({ dated, says: saysOf(text, dated) }));
  const only = (kind: Said) => {
    const own = said.filter(({ says }) => says === kind);
    return new Set(own.map(({ dated }) => dated.day)).size === 1 ? own[0]?.dated : undefined;
  };
  const [day] = days;
  if (day && distinct.size === 1) {
    const says = said.find(({ says }) => says !== undefined)?.says;
    if (says === "pay") stage.unclear.push({ field, what: payDate, places: [at(day)] });
    else take(says === "start" ? "start" : field, day);
    if (says !== "start" || field === "start") return;
  } else if (distinct.size > 1) {
    const [begins, ends] = [only("start"), only("due")];
    // Of several days, those count whose words say what they are, where all the others say that they are something else.
    const clear = said.every(({ says }) => says !== undefined);
    if (clear && begins) take("start", begins);
    if (clear && ends) return take("due", ends);
    stage.unclear.push({ field, what: severalDates, places: days.map(at) });
    return;
  }
  if (first?.why) stage.unclear.push({ field, what: first.why, places: [at(first)] });
}

type Said = "start" | "due" | "pay";

/** What the words beside a day say that it is. */
function saysOf(text: string, { start, end }: Dated): Said | undefined {
  const before = /[^,;。]*$/.exec(text.slice(Math.max(0, start - 40), start))?.[0] ?? "";
  const after = text.slice(end, end + 12);
  if (/^\s*(?:之?前|日?内)?\s*,?\s*(?:支付|付款|付清)/.test(after)) return "pay";
  if (
    /\b(?:pay|paid|payable|payment|invoiced?)\b[^,;.]{0,16}$/i.test(before) ||
    /(?:支付|付款)(?:日期|时间)?[:为]?\s*$/.test(before)
  )
    return "pay";
  if (/^\s*(?:起|开始|启动|开工|动工|进场)/.test(after)) return "start";
  const words = [...before.matchAll(SAYS)].at(-1);
  if (words) return words[1] ? "start" : "due";
  return /^\s*(?:之?前|以前|完成|交付|提交|截止|结束|止|上线)/.test(after) ? "due" : undefined;
}

/** Group 1: a beginning; otherwise an end. */
const SAYS =
  /(\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|commenc\w+|from|kick-?off)\b|开始|起始|启动|开工|[自从])|\b(?:by|before|until|due|deadline|no later than|not later than|latest|deliver(?:y|ed|s)?|complet\w+|finish\w*|ends?|ready|handed over)\b|到期|截止|交付|完成|不晚于|不迟于|[至于]|提交|上线/gi;

export function within(where: Place, from: number, to: number): Place {
  const text = where.text.slice(from, to);
  const lead = text.length - text.trimStart().length;
  return {
    block: where.block,
    start: where.start + from + lead,
    end: where.start + from + text.trimEnd().length,
    text: text.trim(),
  };
}

/** Takes what stands below a heading or beside a label; false where a stage has no such field. */
export function readField(stage: Stage, column: Column, where: Place, heading: string): boolean {
  const text = narrow(where.text);
  if (column === "criteria") stage.criteria ??= where;
  else if (column === "share") readShare(stage, text, where, true);
  else if (column === "amount" || column === "net" || column === "tax") {
    readMoney(stage, column, text, where, heading);
    if (column === "amount" && !stage.share) readShare(stage, text, where, true);
  } else if (column === "due" || column === "start") readDates(stage, column, text, where);
  else if (column === "review" || column === "cure") {
    const [period] = periods(/\d\s*$/.test(text) ? `${text}${unitIn(heading)}` : text);
    if (period?.length) stage[column] = { value: period.length, place: where };
    else if (period?.why) stage.unclear.push({ field: column, what: period.why, places: [where] });
  } else return false;
  return true;
}

const unitIn = (heading: string): string =>
  /工作日|日|天|(?:business |working )?days?|weeks?|周/i.exec(heading)?.[0] ?? "";

const differently = both(
  "the contract states it twice, differently: correct one of the places",
  "合同两处写法不一致：请更正其一",
);

/** Takes what the part lacks; what both state and state differently becomes unclear. */
export function merge(into: Stage, from: Stage) {
  const differs = (field: Field, a: Place, b: Place) => into.unclear.push({ field, what: differently, places: [a, b] });
  for (const field of ["amount", "net", "tax"] as const) {
    const [a, b] = [into[field], from[field]];
    if (a && b && a.value.units !== b.value.units) differs(field, a.place, b.place);
    else if (b && !a) into[field] = b;
  }
  for (const field of ["start", "due", "review", "cure"] as const) {
    const [a, b] = [into[field], from[field]];
    if (a && b && a.value !== b.value) differs(field, a.place, b.place);
    else if (b && !a) into[field] = b;
  }
  const [a, b] = [into.share, from.share];
  if (a && b && a.value.bps !== b.value.bps) differs("amount", a.place, b.place);
  else if (b && !a) into.share = b;
  into.lines = [...(into.lines ?? []), ...(from.lines ?? [])];
  if (from.criteria && !into.criteria) into.criteria = from.criteria;
  if (from.title && (!into.title || (into.numberOnly && !from.numberOnly))) {
    into.title = from.title;
    into.numberOnly = from.numberOnly ?? false;
  } else if (from.title && into.title && hasHan(from.title.text) !== hasHan(into.title.text))
    into.translated = from.title;
  into.unclear.push(...from.unclear.filter(({ field }) => !into[field]));
}

export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
