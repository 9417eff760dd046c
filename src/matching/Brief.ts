/**
 * What is wanted, read from English or Chinese. Only what stands in the text is taken: a field that it does not name stays open, and
 * may become a question.
 */
import { Normal, Script, Token } from "../text/index.ts";
import type * as Case from "./Case.ts";
import { Empty, TooLong } from "./Errors.ts";
import * as Provider from "./Provider.ts";
import * as Skill from "./Skill.ts";

export type Brief = {
  readonly text: string;
  readonly language: Script.Language;
  /** The first sentence, if it says more than two words. */
  readonly outcome?: string;
  readonly skills?: readonly string[];
  /** Sentences that say when it is done. */
  readonly criteria?: readonly string[];
  /** What the provider has to be certified for; empty where the text says that nothing is. */
  readonly compliance?: readonly string[];
  /** Whole units of a currency. */
  readonly budget?: { readonly currency: string; readonly least?: number; readonly most: number };
  /** Hours a day together, with someone that many minutes east of UTC. */
  readonly overlap?: { readonly hours: number; readonly offset: number };
  /** Days since 1970. */
  readonly start?: number;
  /** Days from the start to the end. */
  readonly term?: number;
};

export const FIELDS = ["outcome", "skills", "criteria", "compliance", "budget", "overlap", "start", "term"] as const;
export type Field = (typeof FIELDS)[number];

/** Longest brief that is read, in UTF-16 units. */
export const LONGEST = 100_000;
/** Of it, what past cases are likened to. */
const TITLE = 2_000;
/** The area of what names no skill. */
export const ANYWHERE = "-";

const COMPLIANCE = new Set("gdpr hipaa mlps pipl iso27001 soc2 pci-dss iec62304 iso26262 accessibility-law".split(" "));

const CURRENCIES: readonly (readonly [string, RegExp])[] = [
  ["USD", /us\$|\$|usd|dollars?|美元|美金/i],
  ["EUR", /€|eur|euros?|欧元/i],
  ["GBP", /£|gbp|pounds?|英镑/i],
  ["JPY", /jpy|yen|日元/i],
  ["CNY", /¥|￥|cny|rmb|yuan|人民币|元|块/i],
];

/** Minutes east of UTC of an ordinary winter day. */
const ZONES: readonly (readonly [RegExp, number])[] = [
  [/\b(cet|berlin|paris|madrid|rome|amsterdam|zurich|central european)\b|柏林|巴黎|欧洲中部/i, 60],
  [/\b(gmt|london|uk time)\b|伦敦|英国时间/i, 0],
  [/\b(est|eastern time|new york|boston)\b|纽约|美东/i, -300],
  [/\b(pst|pacific time|san francisco|seattle)\b|旧金山|美西|太平洋时间/i, -480],
  [/\b(beijing|shanghai|china standard)\b|北京|上海|中国时间/i, 480],
  [/\b(singapore|hong kong)\b|新加坡|香港/i, 480],
  [/\b(tokyo|jst)\b|东京|日本时间/i, 540],
  [/\b(india|bangalore|ist)\b|印度/i, 330],
];

const DIGITS = "零一二三四五六七八九";
const ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** A number in figures or words: `1,500`, `20k`, `1.5 million`, `三`, `两`, `十二`, `半`, `5万`. */
const NUMBER = String.raw`(?:\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十半]+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half an?)\b)`;
const TIMES = String.raw`(?:\s*(?:k|thousand|m|million)\b|\s*[万千百]+)?`;

function numberOf(text: string): number {
  const [, figure = "", times = ""] = new RegExp(`^(${NUMBER})(${TIMES})$`, "i").exec(text.trim()) ?? [];
  const factor = [...times.toLowerCase().trim()].join("");
  const scales: Record<string, number> = {
    k: 1e3,
    thousand: 1e3,
    m: 1e6,
    million: 1e6,
    万: 1e4,
    千: 1e3,
    百: 100,
    百万: 1e6,
    千万: 1e7,
  };
  return plain(figure) * (scales[factor] ?? 1);
}

function plain(figure: string): number {
  if (/^\d/.test(figure)) return Number(figure.replaceAll(",", ""));
  const english = ENGLISH.indexOf(figure.toLowerCase());
  if (english >= 0) return english;
  if (/^(半|half)/i.test(figure)) return 0.5;
  const [tens = "", ones = ""] = figure.includes("十") ? figure.split("十") : ["零", figure];
  const digit = (sign: string, without: number) => (sign === "两" ? 2 : sign === "" ? without : DIGITS.indexOf(sign));
  return figure.includes("十") ? digit(tens, 1) * 10 + digit(ones, 0) : digit(ones, 0);
}

/** Says of what is named beside it that it is not asked for. */
const WAIVED =
  /\b(?:(?:is|are)(?: not|n't) (?:needed|required|necessary|relevant|applicable)|do(?:es)?(?: not|n't) (?:apply|need|require)|no need (?:for|of))\b|无需|不需要|不要求|不涉及|不适用/i;

const clauses = (text: string): readonly string[] => text.split(/[.!?](?=\s|$)|[,;，。！？；\n]/);

/** Reads a text. `at` is the day on which it is read, in days since 1970. Throws `Empty`, `TooLong`. */
export function parse(given: string, at: number): Brief {
  if (given.length > LONGEST) throw new TooLong({ field: "text", found: given.slice(0, 80), most: LONGEST });
  // Sentences are told apart by line breaks too.
  const text = given
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(Normal.clean)
    .filter(Boolean)
    .join("\n");
  if (Token.tokens(text, { stops: false }).length === 0) throw new Empty({ field: "text", found: given.slice(0, 80) });
  const sentences = text
    .split(/(?<=[.!?])\s+|(?<=[。！？;；])|\n/)
    .map((each) => each.trim())
    .filter(Boolean);
  const found = Skill.find(text);
  const asked = new Set(
    Skill.find(
      clauses(text)
        .filter((each) => !WAIVED.test(each))
        .join("\n"),
    ),
  );
  const named = found.filter((skill) => COMPLIANCE.has(skill));
  const compliance = named.filter((skill) => asked.has(skill));
  const skills = found.filter((skill) => !COMPLIANCE.has(skill));
  const [first = ""] = sentences;
  const criteria = sentences.filter((each) =>
    /\b(accept(ed|ance)|done when|criteri(a|on)|must pass)\b|验收|完成标准|合格标准/i.test(each),
  );
  const isWaived = named.length > 0 && compliance.length === 0;
  const isFree = isWaived || /\bno (special |particular )?compliance\b|无(特殊)?合规(要求|需求)|不涉及合规/i.test(text);
  const [budget, overlap, start, term] = [budgetOf(text), overlapOf(text), startOf(text, at), termOf(text)];
  return {
    text,
    language: Script.language(text),
    ...(Token.tokens(first).length > 2 ? { outcome: first } : {}),
    ...(skills.length > 0 ? { skills } : {}),
    ...(criteria.length > 0 ? { criteria } : {}),
    ...(compliance.length > 0 || isFree ? { compliance } : {}),
    ...(budget ? { budget } : {}),
    ...(overlap ? { overlap } : {}),
    ...(start === undefined ? {} : { start }),
    ...(term === undefined ? {} : { term }),
  };
}

/** An amount near a word for money; without a currency it is none. */
function budgetOf(text: string): Brief["budget"] {
  const sign = String.raw`(?:us\$|\$|€|£|¥|usd|eur|gbp|cny|rmb|jpy)?\s*`;
  const unit = String.raw`\s*(?:usd|eur|gbp|cny|rmb|jpy|dollars?|euros?|pounds?|yuan|yen|美元|美金|欧元|英镑|日元|人民币|元|块)?`;
  const amount = `${sign}${NUMBER}${TIMES}${unit}`;
  const range = new RegExp(`(${amount})(?:\\s*(?:-|–|—|~|to|and|至|到)\\s*(${amount}))?`, "gi");
  for (const part of text.split(/(?<=[.!?])\s+|[。！？;；\n]/)) {
    const word = /budget|cost|price|spend|pay up to|预算|费用|报价|价格|投入/i.exec(part);
    const money = CURRENCIES.find(([, pattern]) => pattern.test(part));
    if (!word || !money) continue;
    const amounts = [...part.matchAll(range)].flatMap(([whole, low = "", high]) => {
      if (!CURRENCIES.some(([, pattern]) => pattern.test(whole))) return [];
      const bare = (each: string) =>
        each
          .replace(new RegExp(`^${sign}`, "i"), "")
          .replace(new RegExp(`${unit.slice(0, -1)}$`, "i"), "")
          .trim();
      const most = numberOf(bare(high ?? low));
      // `5-8 万`: both are counted in ten thousands.
      const scale =
        high === undefined ? "" : (/(?:\s*(?:k|thousand|m|million)|[万千百]+)$/i.exec(bare(high))?.[0] ?? "");
      const least =
        high === undefined
          ? undefined
          : /[a-z万千百]$/i.test(bare(low))
            ? numberOf(bare(low))
            : numberOf(`${bare(low)}${scale}`);
      return [{ most, ...(least === undefined ? {} : { least }) }];
    });
    const [amountFound] = amounts;
    if (amountFound && amountFound.most > 0) return { currency: money[0], ...amountFound };
  }
  return undefined;
}

function overlapOf(text: string): Brief["overlap"] {
  const part = text
    .split(/(?<=[.!?])\s+|[。！？;；\n]/)
    .find((each) => /overlap|time ?zone|working hours|重叠|时区|重合/i.test(each));
  if (!part) return undefined;
  const [, sign, hours, minutes = "0"] = /(?:utc|gmt)\s*([+-−])\s*(\d{1,2})(?::(\d\d))?/i.exec(part) ?? [];
  const offset =
    hours === undefined
      ? ZONES.find(([pattern]) => pattern.test(part))?.[1]
      : (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  const [, count] = new RegExp(`(${NUMBER})\\s*(?:个|working|business)?\\s*(?:hours?|h\\b|小时)`, "i").exec(part) ?? [];
  return offset === undefined || count === undefined ? undefined : { hours: plain(count), offset };
}

function startOf(text: string, at: number): number | undefined {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text) ?? /(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?/.exec(text);
  const pad = (figure: string | undefined) => (figure ?? "1").padStart(2, "0");
  if (iso) return real(`${iso[1]}-${pad(iso[2])}-${pad(iso[3])}`);
  const english =
    /\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b/i.exec(
      text,
    );
  if (english) {
    const month = MONTHS.indexOf((english[2] ?? "").toLowerCase()) + 1;
    return real(`${english[4]}-${pad(String(month))}-${pad(english[1] ?? english[3])}`);
  }
  if (/\b(asap|as soon as possible|immediately|right away)\b|尽快|立即|马上/i.test(text)) return at;
  if (/\b(start|begin)\w*\s+next month\b|下个?月(初)?(开始|启动)/i.test(text)) {
    const now = new Date(at * 86_400_000);
    return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) / 86_400_000;
  }
  return undefined;
}

function real(day: string): number | undefined {
  const found = Provider.dayOf(day);
  return Number.isNaN(found) ? undefined : found;
}

/** The first stretch of time that is named; a day of the calendar is none, nor are hours. */
function termOf(text: string): number | undefined {
  const plainText = text.replace(/\d{4}年(\d{1,2}月)?(\d{1,2}[日号])?/g, " ");
  const units: readonly (readonly [RegExp, number])[] = [
    [/^(个月|month)/i, 30],
    [/^(个?周|个?星期|week)/i, 7],
    [/^(天|day)/i, 1],
    [/^(年|year)/i, 365],
  ];
  const stretch = new RegExp(`(${NUMBER})[\\s-]*(个月|个?星期|个?周|天|年|months?|weeks?|days?|years?)`, "gi");
  for (const [, count = "", unit = ""] of plainText.matchAll(stretch)) {
    const days = units.find(([is]) => is.test(unit))?.[1] ?? 1;
    const term = Math.round(plain(count) * days);
    if (term >= 2) return term;
  }
  return undefined;
}

/** What is looked for by it: its words, the names of its skills, and the first of them as the area. */
export function toRequest(brief: Brief, { id, at }: Pick<Case.Case, "id" | "at">) {
  const { text, skills = [] } = brief;
  return { id, at, area: skills[0] ?? ANYWHERE, title: text.slice(0, TITLE), skills: [...skills], brief };
}

/** How much of it is there, from 0 to 1, and what is not. */
export function completeness(brief: Brief): { readonly share: number; readonly missing: readonly Field[] } {
  const missing = FIELDS.filter((field) => brief[field] === undefined);
  return { share: (FIELDS.length - missing.length) / FIELDS.length, missing };
}
