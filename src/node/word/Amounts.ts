/** Amounts and shares in a line, in figures and in words, Chinese and English. Exact: no float, and nothing rounded. */
import * as Money from "../../agreement/Money.ts";
import * as Share from "../../agreement/Share.ts";
import { AFTER, BEFORE, UNITS_EN, UNITS_ZH } from "./Currencies.ts";

/** Decimals that amounts are worked out with; more than any currency has. */
export const SCALE = 8;

/** An amount as written. `units` are 10^-8; undefined when the writing has two readings. */
export type Amount = {
  start: number;
  end: number;
  units: bigint | undefined;
  /** ISO 4217 code, or what stands for several: `$`, `元`. */
  currency?: string;
  how: "figures" | "words";
};

/** One amount, written once or both ways. `agree` is false when the two differ. */
export type Sum = {
  start: number;
  end: number;
  units: bigint | undefined;
  currency?: string;
  parts: readonly Amount[];
  agree: boolean;
};

const FIGURES = /(?<![\d.A-Za-z]|\d,)\d{1,15}(?:[,.' ]\d{3}(?!\d))*(?:[.,]\d{1,8})?(?![\d])/g;
const MULTIPLES: Record<string, bigint> = {
  十: 10n,
  百: 100n,
  千: 1000n,
  万: 10_000n,
  萬: 10_000n,
  百万: 1_000_000n,
  千万: 10_000_000n,
  亿: 100_000_000n,
  億: 100_000_000n,
  million: 1_000_000n,
  thousand: 1000n,
  k: 1000n,
};

/** Every amount in figures or words that names a currency; those without one only where `bare` allows them. */
export function amounts(text: string, bare = false): readonly Amount[] {
  return [...figures(text, bare), ...chinese(text), ...english(text)].sort((a, b) => a.start - b.start);
}

/** Amounts with their twin in words beside them joined into one. */
export function sums(text: string, bare = false): readonly Sum[] {
  const list = amounts(text, bare);
  const found: Sum[] = [];
  for (const amount of list) {
    const last = found.at(-1);
    const between = last ? text.slice(last.end, amount.start) : "";
    const twin = last?.parts.length === 1 && last.parts[0]?.how !== amount.how && TWIN.test(between);
    if (!last || !twin) {
      const { start, end, units, currency } = amount;
      found.push({ start, end, units, ...(currency ? { currency } : {}), parts: [amount], agree: true });
      continue;
    }
    const agree = last.units !== undefined && last.units === amount.units;
    const currency = precise(last.currency, amount.currency);
    found[found.length - 1] = {
      start: last.start,
      end: amount.end,
      units: agree ? last.units : undefined,
      ...(currency ? { currency } : {}),
      parts: [...last.parts, amount],
      agree,
    };
  }
  return found;
}

/** What may stand between an amount in figures and the same in words. */
const TWIN =
  /^\s*(?:元|整|正)*\s*[,.;:、]?\s*[([]?\s*(?:即|计|合计|合|为|in words|in figures|say|being|SAY)?\s*[:,]?\s*[([]?\s*(?:人民币|RMB|CNY|USD|US\$|美元)?\s*(?:[([]?(?:大写|小写|in words|in figures)[)\]]?(?:金额)?)?\s*[:为]?\s*(?:人民币|RMB|CNY|USD|US\$|美元|only)?\s*[:]?\s*[([]?\s*$/i;

function precise(a: string | undefined, b: string | undefined): string | undefined {
  const exact = [a, b].filter((code) => code !== undefined && Money.isCurrency(code));
  if (exact.length === 2 && exact[0] !== exact[1]) return undefined;
  return exact[0] ?? a ?? b;
}

function figures(text: string, bare: boolean): readonly Amount[] {
  const found: Amount[] = [];
  for (const match of text.matchAll(FIGURES)) {
    const at = match.index;
    const before = /[^\s:,;([]*\s?$/.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? "";
    const rest = text.slice(at + match[0].length, at + match[0].length + 40);
    if (/^\s*%|^\s*[年月日号条款项期个份天人名次版]/.test(rest)) continue;
    const multiple = /^\s*(百万|千万|[十百千万萬亿億](?!一)|million\b|thousand\b|k\b)/i.exec(rest);
    const after = rest.slice(multiple?.[0].length ?? 0).trimStart();
    const prefix = BEFORE.find(([pattern]) => pattern.test(before.trimEnd()));
    const suffix = AFTER.find(([pattern]) => pattern.test(after));
    if (!prefix && !suffix && !bare) continue;
    const currency = precise(prefix?.[1], suffix?.[1]);
    const number = decimal(match[0].trim());
    const factor = multiple?.[1] ? (MULTIPLES[multiple[1].toLowerCase()] ?? 1n) : 1n;
    const sign = prefix ? (prefix[0].exec(before.trimEnd())?.[0].length ?? 0) : 0;
    const gap = before.length - before.trimEnd().length;
    const skipped = rest.length - rest.slice(multiple?.[0].length ?? 0).trimStart().length;
    const tail = suffix ? skipped + (suffix[0].exec(after)?.[0].length ?? 0) : (multiple?.[0].length ?? 0);
    found.push({
      start: prefix ? at - gap - sign : at,
      end: at + match[0].length + tail,
      units: number === undefined ? undefined : number * factor,
      ...(currency ? { currency } : {}),
      how: "figures",
    });
  }
  return found;
}

/** "120,000.00" in 10^-8; undefined for "120.000,00" and "120.000", which differ from country to country. */
export function decimal(text: string): bigint | undefined {
  const plain = /^\d{1,3}([,' ]\d{3})+(\.\d{1,8})?$/.test(text) ? text.replace(/[,' ]/g, "") : text;
  if (!/^\d+(\.\d{1,8})?$/.test(plain) || /^[1-9]\d{0,2}\.\d{3}$/.test(text)) return undefined;
  return Money.parse(plain.replace(/^0+(?=\d)/, ""), SCALE);
}

const DIGITS: Record<string, bigint> = Object.fromEntries(
  ["零〇○Ｏ", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"].flatMap((same, digit) =>
    [...same].map((character) => [character, BigInt(digit)]),
  ),
);
const SMALL: Record<string, bigint> = { 十: 10n, 拾: 10n, 百: 100n, 佰: 100n, 千: 1000n, 仟: 1000n };
const LARGE: Record<string, bigint> = { 万: 10_000n, 萬: 10_000n, 亿: 100_000_000n, 億: 100_000_000n };
const NUMERALS = "零〇○一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億";
const WORDS = new RegExp(
  `(?<![\\d.]\\s?)(?<![${NUMERALS}])((?![百佰千仟万萬亿億])[${NUMERALS}]{1,40})\\s*(${UNITS_ZH})(?:([${NUMERALS}])角)?(?:零?([${NUMERALS}])分)?(?:整|正)?`,
  "g",
);

/** 贰佰万元整, 伍万叁仟元零伍角. */
function chinese(text: string): readonly Amount[] {
  if (!/[元圆圓镑郎朗铢特姆比币金]/.test(text)) return [];
  return [...text.matchAll(WORDS)].map((match) => {
    // 元零伍角 has a 零 between: taken up by a second look.
    const rest = text.slice(match.index + match[0].length);
    const cents =
      match[3] || match[4] ? null : new RegExp(`^零?([${NUMERALS}])角(?:([${NUMERALS}])分)?(?:整|正)?`).exec(rest);
    const jiao = DIGITS[match[3] ?? cents?.[1] ?? "零"];
    const fen = DIGITS[match[4] ?? cents?.[2] ?? "零"];
    // "节点一壹佰万元": what counts the part is no part of the amount.
    const counted = /^[一二三四五六七八九十](?=[壹贰貳叁參肆伍陆陸柒捌玖])/.exec(match[1] ?? "")?.[0].length ?? 0;
    const whole = chineseNumber((match[1] ?? "").slice(counted));
    const unit = 10n ** BigInt(SCALE);
    const units =
      whole === undefined || jiao === undefined || fen === undefined
        ? undefined
        : whole * unit + (jiao * unit) / 10n + (fen * unit) / 100n;
    const start = match.index + counted;
    const before = text.slice(Math.max(0, start - 6), start);
    const prefix = BEFORE.find(([pattern]) => pattern.test(before.trimEnd()));
    const currency = precise(prefix?.[1], AFTER.find(([pattern]) => pattern.test(match[2] ?? ""))?.[1]);
    return {
      start,
      end: match.index + match[0].length + (cents?.[0].length ?? 0),
      units,
      ...(currency ? { currency } : {}),
      how: "words" as const,
    };
  });
}

/** 一百二十万 is 1,200,000; 二〇二七 is 2027. Undefined for what is no number. */
export function chineseNumber(text: string): bigint | undefined {
  const characters = [...text];
  if (characters.length === 0) return undefined;
  if (characters.every((character) => DIGITS[character] !== undefined)) {
    if (characters.length === 1 || characters.length === 4) {
      return BigInt(characters.map((character) => DIGITS[character]).join(""));
    }
    return undefined;
  }
  let [total, section, digit] = [0n, 0n, undefined as bigint | undefined];
  let lastSmall = 10_000n;
  for (const character of characters) {
    const value = DIGITS[character];
    const small = SMALL[character];
    const large = LARGE[character];
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0n) return undefined;
      digit = value;
    } else if (small !== undefined) {
      if (small >= lastSmall) return undefined;
      section += (digit === undefined || digit === 0n ? 1n : digit) * small;
      lastSmall = small;
      digit = undefined;
    } else if (large !== undefined) {
      section += digit ?? 0n;
      if (large === 100_000_000n) total = (total + section) * large;
      else total += section * large;
      [section, digit, lastSmall] = [0n, undefined, 10_000n];
    } else return undefined;
  }
  return total + section + (digit ?? 0n);
}

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const NUMBER_WORD = [...UNITS, ...TENS.slice(2), "hundred", "thousand", "million", "and"].join("|");
const SPOKEN = new RegExp(
  `\\b((?!and\\b)(?:${NUMBER_WORD})(?:[\\s-]+(?:${NUMBER_WORD}))*)\\s+(${UNITS_EN})(?![a-z])`,
  "gi",
);

const MAY_SPEAK = new RegExp(UNITS_EN, "i");

/** One hundred twenty thousand US dollars. */
function english(text: string): readonly Amount[] {
  if (!MAY_SPEAK.test(text)) return [];
  return [...text.matchAll(SPOKEN)].map((match) => {
    const whole = englishNumber(match[1] ?? "");
    const currency = AFTER.find(([pattern]) => pattern.test(match[2] ?? ""))?.[1];
    return {
      start: match.index,
      end: match.index + match[0].length,
      units: whole === undefined ? undefined : whole * 10n ** BigInt(SCALE),
      ...(currency ? { currency } : {}),
      how: "words" as const,
    };
  });
}

/** "one hundred and twenty thousand" is 120,000. */
export function englishNumber(text: string): bigint | undefined {
  let [total, section] = [0n, 0n];
  const words = text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => word !== "and");
  if (words.length === 0) return undefined;
  for (const word of words) {
    const unit = UNITS.indexOf(word);
    const ten = TENS.indexOf(word);
    if (unit >= 0) section += BigInt(unit);
    else if (ten >= 2) section += BigInt(ten * 10);
    else if (word === "hundred") section = (section === 0n ? 1n : section) * 100n;
    else if (word === "thousand" || word === "million") {
      total += (section === 0n ? 1n : section) * (MULTIPLES[word] ?? 1n);
      section = 0n;
    } else return undefined;
  }
  return total + section;
}

/** A share as written, in bps; undefined when it is finer than a bp or above the whole. */
export type Portion = { start: number; end: number; bps: number | undefined };

/** 30%, 30 percent, thirty percent (30%), 百分之三十, 三成. */
export function shares(text: string): readonly Portion[] {
  const found: Portion[] = [];
  if (!/%|per ?cent|百分|成/i.test(text)) return found;
  const add = (start: number, length: number, bps: number | undefined) =>
    found.push({ start, end: start + length, bps });
  for (const match of text.matchAll(/(?<![\d.])(\d{1,3}(?:\.\d{1,6})?)\s*(?:%|percent\b|per cent\b)/gi)) {
    add(match.index, match[0].length, ofPercent(match[1] ?? ""));
  }
  for (const match of text.matchAll(new RegExp(`百分之([${NUMERALS}]{1,6})(?:点([${NUMERALS}]{1,2}))?`, "g"))) {
    // "节点一壹佰万元": what counts the part is no part of the amount.
    const counted = /^[一二三四五六七八九十](?=[壹贰貳叁參肆伍陆陸柒捌玖])/.exec(match[1] ?? "")?.[0].length ?? 0;
    const whole = chineseNumber((match[1] ?? "").slice(counted));
    const part = [...(match[2] ?? "")].map((character) => DIGITS[character]).join("");
    add(
      match.index,
      match[0].length,
      whole === undefined ? undefined : ofPercent(part ? `${whole}.${part}` : `${whole}`),
    );
  }
  for (const match of text.matchAll(/([一二三四五六七八九])成(?=[^\p{L}]|款|的|$|支付|付)/gu)) {
    add(match.index, match[0].length, Number(DIGITS[match[1] ?? ""] ?? 0n) * 1000);
  }
  for (const match of text.matchAll(
    new RegExp(`\\b((?!and\\b)(?:${NUMBER_WORD})(?:[\\s-]+(?:${NUMBER_WORD}))*)\\s+(?:percent|per cent)\\b`, "gi"),
  )) {
    const whole = englishNumber(match[1] ?? "");
    add(match.index, match[0].length, whole === undefined ? undefined : ofPercent(`${whole}`));
  }
  const sorted = found.sort((a, b) => a.start - b.start);
  // "thirty percent (30%)" says one thing twice.
  return sorted.filter((portion, index) => {
    const last = sorted[index - 1];
    return !(last && last.bps === portion.bps && /^\s*[([]\s*$/.test(text.slice(last.end, portion.start)));
  });
}

function ofPercent(text: string): number | undefined {
  try {
    return Share.parse(`${text.replace(/^0+(?=\d)/, "")} %`);
  } catch {
    return undefined;
  }
}

/** 10^-8 as the document writes amounts. */
export function format(units: bigint): string {
  return Money.format(units, SCALE);
}
