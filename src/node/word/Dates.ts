/** Days and periods in a line. A day without a year, or one that two countries read differently, has no value. */
import { both, type Words } from "../../agreement/InputError.ts";
import * as Time from "../../agreement/Time.ts";
import { chineseNumber, englishNumber } from "./Amounts.ts";

/** `day` is `2027-03-01`; without it, `why` says what is unclear. */
export type Dated = { start: number; end: number; day?: string; why?: Words };

const MONTHS = "january february march april may june july august september october november december".split(" ");
const MONTH =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const NUMERAL = "[〇零○O一二三四五六七八九十]";

const noYear = both("the year is missing: write the whole date", "缺少年份：请写明完整日期");
const twoReadings = both(
  "the date can be read as day/month or month/day: write the month as a word",
  "日期可按日/月或月/日两种方式理解：请写明年月日",
);
const noSuchDay = both("there is no such day: correct the date", "无此日期：请更正");
const relative = both(
  "the date hangs on a day that the contract does not give: write the date itself",
  "日期取决于合同未写明的日子：请写明具体日期",
);
const onlyMonth = both("the day is missing: write the whole date", "缺少具体日：请写明完整日期");

type Rule = readonly [RegExp, (match: RegExpExecArray) => { day?: string; why?: Words }];

const RULES: readonly Rule[] = [
  [/(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/g, ([, y, m, d]) => whole(y, m, d)],
  [
    new RegExp(`(${NUMERAL}{4})年(${NUMERAL}{1,3})月(${NUMERAL}{1,3})[日号]`, "g"),
    ([, y, m, d]) => whole(numeral(y), numeral(m), numeral(d)),
  ],
  [/(?<![\d.\-/])(\d{4})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d.\-/]\d|\d)/g, ([, y, , m, d]) => whole(y, m, d)],
  [
    new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?: day of |[\\s-]+(?:of )?)${MONTH},?[\\s-]+(\\d{4})(?!\\d)`, "gi"),
    ([, d, m, y]) => whole(y, monthOf(m), d),
  ],
  [
    new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`, "gi"),
    ([, m, d, y]) => whole(y, monthOf(m), d),
  ],
  [
    /(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/g,
    ([, a = "", , b = "", y]) => {
      if (Number(a) > 12) return whole(y, b, a);
      if (Number(b) > 12 || a === b) return whole(y, a, b);
      return { why: twoReadings };
    },
  ],
  [/(?<![\d./-])\d{1,2}\/\d{1,2}\/\d{2}(?![\d/])/g, () => ({ why: twoReadings })],
  [/\d{4}\s*年\s*\d{1,2}\s*月(?:底|末|初|中旬|上旬|下旬|份)?/g, () => ({ why: onlyMonth })],
  [/(?<![\d年])\d{1,2}\s*月\s*\d{1,2}\s*[日号]/g, () => ({ why: noYear })],
  [/[\d一二三四五六七八九十_ ]{0,6}年\s*_+\s*月\s*_+\s*日/g, () => ({ why: onlyMonth })],
  [
    new RegExp(`(?<!\\d)\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH}(?![a-z])(?!\\s*,?\\s*\\d{4})`, "gi"),
    () => ({ why: noYear }),
  ],
  [new RegExp(`\\b${MONTH}(?![a-z])\\s+\\d{1,2}(?:st|nd|rd|th)?(?!\\s*,?\\s*\\d)`, "gi"), () => ({ why: noYear })],
  [new RegExp(`\\b${MONTH}(?![a-z]),?\\s+\\d{4}(?!\\d)`, "gi"), () => ({ why: onlyMonth })],
  [
    /(?:自|从|于|在|收到)?[^,。;:\s]{0,16}?(?:之日起|之日|签订|签署|生效|上线|验收合格|通过|到账|后)(?:起|后|之后)?的?\s*(?:第)?\s*[\d一二三四五六七八九十百]{1,4}\s*个?\s*(?:工作日|自然日|日历日|日|天|周|月|年)(?:之?内|前|后)?/g,
    () => ({ why: relative }),
  ],
  [/T\s?\+\s?\d+/g, () => ({ why: relative })],
  [
    /(?<![a-z-])(?:within\s{1,3})?(?:[a-z-]{1,16}\s{0,3}\(?\s{0,3})?\d{0,4}\)?\s{0,3}(?:business |working |calendar )?(?:days?|weeks?|months?)\s+(?:after|from|of|following)\b[^,.;]{0,60}/gi,
    () => ({ why: relative }),
  ],
];

/** What a day or a period has at least, so that other lines are passed over. */
const MAY_DATE =
  /[年月日天周后起]|\d[-./+ ]\d|\+\s?\d|\d{4}|[a-z]\.? \d|\d(?:st|nd|rd|th)? [a-z]|days?\b|weeks?\b|months?\b/i;
const MAY_PERIOD = /[日天时周期月年]|days?\b|weeks?\b|months?\b|hours?\b|years?\b/i;

/** All days in the line, in its order; a more exact reading takes its characters from a looser one. */
export function dates(text: string): readonly Dated[] {
  const found: Dated[] = [];
  if (!MAY_DATE.test(text)) return found;
  for (const [pattern, read] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ start, end, ...read(match) });
    }
  }
  return completed(text, found).sort((a, b) => a.start - b.start);
}

const LATER = /^\s*(?:起)?\s*(?:至|到|-|~)\s*(?:(\d{1,2})\s*月)?\s*(\d{1,2})\s*[日号]/;
const EARLIER_DAY = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+${MONTH})?\\s*(?:to|-|until|through)\\s*$`,
  "i",
);
const LATER_DAY = new RegExp(
  `\\b${MONTH}\\s+(\\d{1,2})\\s*(?:to|-|until|through)\\s*(\\d{1,2}),?\\s+(\\d{4})(?!\\d)`,
  "gi",
);

/** Of "2027年2月5日至11日" and "5 to 11 February 2027" the year, and the month, are written once for both. */
function completed(text: string, found: readonly Dated[]): Dated[] {
  const more: Dated[] = [];
  for (const { day = "", end, start } of found) {
    if (day === "") continue;
    const [year, month] = day.split("-");
    const after = LATER.exec(text.slice(end, end + 24));
    if (after) {
      const at = end + after[0].search(/\d/);
      more.push({ start: at, end: end + after[0].length, ...whole(year, after[1] ?? month, after[2]) });
    }
    const lead = text.slice(Math.max(0, start - 24), start);
    const before = EARLIER_DAY.exec(lead);
    if (before && /[a-z]/i.test(text.slice(start, end))) {
      const at = start - lead.length + before.index;
      const length = before[0].replace(/\s*(?:to|-|until|through)\s*$/i, "").length;
      more.push({ start: at, end: at + length, ...whole(year, before[2] ? monthOf(before[2]) : month, before[1]) });
    }
  }
  for (const match of text.matchAll(LATER_DAY)) {
    const [all, name, first, last, year] = match;
    const split = match.index + all.search(/(?:to|-|until|through)\s*\d/i);
    more.push({ start: match.index, end: split, ...whole(year, monthOf(name), first) });
    more.push({
      start: split + (/^\D+/.exec(text.slice(split))?.[0].length ?? 0),
      end: match.index + all.length,
      ...whole(year, monthOf(name), last),
    });
  }
  return [...found.filter((old) => !more.some((own) => old.start < own.end && own.start < old.end)), ...more];
}

function whole(year = "", month = "", day = ""): { day?: string; why?: Words } {
  const text = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  try {
    Time.parse(`${text}T00:00Z`);
    return { day: text };
  } catch {
    return { why: noSuchDay };
  }
}

function numeral(text = ""): string {
  return String(chineseNumber(text.replaceAll("O", "〇")) ?? "");
}

function monthOf(name = ""): string {
  return String(MONTHS.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3))) + 1);
}

/** Whether days begin eight hours before UTC's. */
export type Zone = "china" | "utc";

/** The minute at which a day begins, or with `end` ends. */
export function timeOf(day: string, zone: Zone, end: boolean): string {
  const start = Time.parse(`${day}T00:00Z`) - (zone === "china" ? 480 : 0);
  // In UTC the last minute of the day, so that what is read shows the day itself.
  return Time.format(end ? start + Time.DAY - (zone === "china" ? 0 : 1) : start);
}

/** A period as written: `length` as the schema writes it; without it, `why`. */
export type Period = { start: number; end: number; length?: string; why?: Words };

const workingDays = both(
  "working days are not measured: write calendar days, and holidays as pauses",
  "不按工作日计算：请改为自然日，并将节假日列为停顿期",
);
const months = both("months differ in length: write days", "月份长短不一：请改写为天数");
const noNumber = both("the number of days is unclear: write it in figures", "天数不明确：请用数字写明");
const twice = both("the number is written twice and differs: correct one", "天数两种写法不一致：请更正");

const PERIOD_ZH =
  /(\d{1,4}|[一二两三四五六七八九十百]{1,5}|_{1,})\s*(?:\((\d{1,4}|[一二两三四五六七八九十百]{1,5})\))?\s*个?\s*(工作日|自然日|日历日|日历天|日|天|小时|周|星期|月|年)(?!\s*(?:前|活))/g;
const PERIOD_EN =
  /\b(?:([a-z]+(?:-[a-z]+)?)\s*\(\s*(\d{1,4})\s*\)|(\d{1,4})\s*(?:\(\s*([a-z]+(?:-[a-z]+)?)\s*\))?|([a-z]+(?:-[a-z]+)?))[\s-]+(business|working|calendar|consecutive|natural)?[\s-]*(days?|weeks?|months?|hours?|years?)\b/gi;

/** All periods in the line. */
export function periods(text: string): readonly Period[] {
  const found: Period[] = [];
  if (!MAY_PERIOD.test(text)) return found;
  for (const match of text.matchAll(PERIOD_ZH)) {
    // The month and day of a date are no period.
    if (/[年月]\s*$/.test(text.slice(0, match.index)) || /第\s*$/.test(text.slice(0, match.index))) continue;
    if (match[3] === "月" && !match[0].includes("个")) continue;
    const numbers = [match[1], match[2]].filter((part) => part !== undefined).map(count);
    found.push({ start: match.index, end: match.index + match[0].length, ...lengthOf(numbers, match[3] ?? "") });
  }
  for (const match of text.matchAll(PERIOD_EN)) {
    const written = [match[1], match[2], match[3], match[4], match[5]].filter((part) => part !== undefined);
    const numbers = written.map(count);
    // "the days", "calendar days": no number, no period.
    if (numbers.every((number) => number === undefined)) continue;
    const kind = /business|working/i.test(match[6] ?? "") ? "工作日" : (match[7] ?? "");
    found.push({ start: match.index, end: match.index + match[0].length, ...lengthOf(numbers, kind) });
  }
  return found.sort((a, b) => a.start - b.start);
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const number = chineseNumber(text) ?? englishNumber(text.toLowerCase());
  return number === undefined ? undefined : Number(number);
}

function lengthOf(numbers: readonly (number | undefined)[], unit: string): { length?: string; why?: Words } {
  const [first] = numbers;
  if (first === undefined || numbers.includes(undefined)) return { why: noNumber };
  if (numbers.some((number) => number !== first)) return { why: twice };
  if (/工作日/.test(unit)) return { why: workingDays };
  if (/月|年|month|year/i.test(unit)) return { why: months };
  const name = /周|星期|week/i.test(unit) ? "week" : /小时|hour/i.test(unit) ? "hour" : "day";
  return { length: `${first} ${name}${first === 1 ? "" : "s"}` };
}
