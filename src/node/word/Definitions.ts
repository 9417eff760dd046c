/** Parties as a sentence introduces them: X, registered under …, represented by … (the "Client"). */
import { both } from "../../agreement/InputError.ts";
import { FIRM_ZH, isName, looksLikeFirm, SUFFIX } from "./Firms.ts";
import { ROLES_EN, ROLES_ZH } from "./Labels.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import type { Side } from "./Pair.ts";
import { type Line, placeIn, type Source, tidy } from "./Source.ts";

/** What stands before the role's name, from `from` to `to`, after it within the same brackets, until `until`, and what follows until the next at `next`. */
type Definition = {
  role: string;
  also: string;
  line: Line;
  from: number;
  to: number;
  until: number;
  next: number;
};

const defined = both("read from the definition of the party", "读自当事人定义");

const INSIDE = "(?:[^()]|\\([^()]{0,40}\\)){0,400}?";
const DEFINED_ZH = new RegExp(
  `[(,]\\s{0,3}(?:以下|下|合)?(?:统一|合)?(?:简称|称)?(?:为|作)?\\s{0,3}["「『']?(${ROLES_ZH})["」』']?(?:\\s{0,3}(?:或|、|,|/)\\s{0,3}["「『']([^()"」』']{2,8})["」』'])?\\s{0,3}(?:\\)|[,;](${INSIDE})\\)|(?=[,。]))`,
  "gu",
);
const CALLED_EN = "(?:herein(?:after)?)?\\s{0,3}(?:referred to as|called)?\\s{0,3},?\\s{0,3}";
const DEFINED_EN = new RegExp(
  `(?:\\(|[;,](?=\\s{0,3}(?:hereinafter\\s+)?the\\s+["'][^"']{2,20}["']\\s{0,3}\\)))\\s{0,3}(?:together with[^()]{0,60})?(?:["'][^"'()]{2,24}["']\\s+or\\s+)?${CALLED_EN}(?:the\\s+)?["']\\s{0,3}(?:the\\s+)?(${ROLES_EN})["']?(?:\\s{0,3}(?:or|and|,|/)\\s{0,3}(?:the\\s+)?["']?([^()"]{2,24})["']?)?\\s{0,3}\\)`,
  "gi",
);
/** Without quotation marks, or without brackets. */
const LOOSE_EN = new RegExp(
  `\\(\\s{0,3}(?:herein(?:after)? ${CALLED_EN}(?:the )?|the )(${ROLES_EN})\\s{0,3}\\)|[,-]\\s{0,3}herein(?:after)?\\s+(?:referred to as\\s+|called\\s+)?(?:the\\s+)?["']?(?:the\\s+)?(${ROLES_EN})\\b["']?`,
  "gi",
);
/** "(Customer)" defines only in a line that says of a firm what it is. */
const BARE_EN = new RegExp(`\\(\\s{0,3}(${ROLES_EN})\\s{0,3}\\)`, "g");
const SAID_OF_FIRM =
  /\b(?:incorporated|registered|organi[sz]ed|company number|whose|a company|an? [A-Z]\w+ (?:corporation|limited liability company))\b/;
const ENDS_WITH_ROLE = new RegExp(`(?<![\\p{Script=Han}\\w])"?(?:${ROLES_ZH}|${ROLES_EN})"?\\s*$`, "iu");

/** "a limited liability company", "Acme Trading Company": no role. */
const KIND_OF_FIRM = /(?<!\p{L})(?!the\s)\p{L}{2,}\s+company\s*$/iu;

export function definitionsIn(line: Line): readonly Definition[] {
  const { text } = line;
  if (!text.includes("(") && !/以下|herein/i.test(text)) return [];
  const exact = [...text.matchAll(DEFINED_ZH), ...text.matchAll(DEFINED_EN)].filter(
    // A comma alone defines nobody: "，甲方，".
    (match) => match[0].startsWith("(") || /简称|称/.test(match[0]) || unclosed(text, 0, match.index) !== undefined,
  );
  const loose = [...text.matchAll(LOOSE_EN), ...(SAID_OF_FIRM.test(text) ? text.matchAll(BARE_EN) : [])].filter(
    ({ index }) =>
      looksLikeFirm(text.slice(0, index)) &&
      !exact.some((match) => index >= match.index && index < match.index + match[0].length),
  );
  const matches = [...exact, ...loose].sort((a, b) => a.index - b.index);
  let last = 0;
  return matches.flatMap((match, index) => {
    const from = last;
    last = match.index + match[0].length;
    const label = /[:]\s*$/.test(text.slice(0, from)) ? "" : text.slice(from, match.index);
    // "甲方（委托方）" says what 甲方 is, and names nobody.
    if (label.trim() === "" || (ENDS_WITH_ROLE.test(label) && !KIND_OF_FIRM.test(label))) return [];
    const role = match[1] ?? (exact.includes(match) ? "" : match[2]) ?? "";
    const also = exact.includes(match) ? (match[2] ?? "") : "";
    // Within brackets that say more than the role, the party stands before them.
    const to = unclosed(text, from, match.index) ?? match.index;
    return [{ role, also, line, from, to, until: last, next: matches[index + 1]?.index ?? text.length }];
  });
}

/** Where the bracket opens that is still open at `to`. */
function unclosed(text: string, from: number, to: number): number | undefined {
  const open: number[] = [];
  for (let at = from; at < to; at++) {
    if (text[at] === "(") open.push(at);
    else if (text[at] === ")") open.pop();
  }
  return open[0];
}

const NAME_EN = new RegExp(
  `^(.{2,150}?)(?=\\s{0,3}\\(|\\s{0,3},(?!\\s*${SUFFIX})|,?\\s+(?:an? |having |with |whose |incorporated |registered |organi[sz]ed |duly |of \\d)|\\s{0,3};|\\s{0,3}:|\\s*$)`,
);
const NUMBER_EN =
  /(?:company|compan(?:y|ies) house|registration|registered|register|registry|business|org|HR[AB]|CVR|KvK|UEN|CRN|ABN|Unified Social Credit Code|USCC)[^()\d,;]{0,40}?\b((?:HR[AB] )?(?=[A-Z0-9-]{0,24}\d)[A-Z0-9][A-Z0-9-]{4,23}|\d{2,4}(?: \d{2,4}){2,4})(?![\w-])/i;
const TAX_EN = /\b(?:EIN|TIN|VAT|tax)\b[^()\d,;]{0,40}?\b((?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,23})\b/i;
const NUMBER_ZH = /(?:统一社会信用代码|信用代码|注册号码?|登记号码?|公司编号)(?:证号)?(?:为)?[:\s]*([0-9A-Z]{6,24})/;
const FIRM_NAME = new RegExp(
  `(?:[\\p{Script=Han}A-Za-z0-9·&.-]|\\([^()]{1,12}\\)){2,50}?(?:${FIRM_ZH.replace("|有限合伙\\)", "")})(?:\\([^()]{2,12}\\))?(?=[,;。:(\\s]|$)`,
  "u",
);
/** What leads up to a name in Chinese, and is none of it. */
const LEAD_ZH = new RegExp(
  `^(?:.{0,40}?(?:由|之间|双方(?:为|是|于)?|当事人)(?=[^,]{4})|\\s*(?:以及|与|和|及|同|,|;|、|:)+|\\s*[(]?(?:\\d{1,2}|[一二三甲乙])[).、]|(?:委托|聘请|委任)(?=[^,]{4})|(?:${ROLES_ZH})(?:为|是|:)?)\\s*`,
  "u",
);
const LEAD_EN =
  /^.*\b(?:between\b|(?:Party [AB]|Client|Customer|Buyer|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Company)\s*:)[:,]?\s*(?:\(?(?:1|i|a|A)[).]\s*)?|^[\s,;.]*(?:and\b)?[\s,:]*(?:\(?(?:\d|ii?|[abAB])[).]\s*)?/i;

const SIGNS_ZH = /(法定代表人|授权代表|董事|负责人)(?:为|:)?\s*(\p{Script=Han}{2,4})(?=[,;()\s]|$)/u;
/** 由其总经理何知远代表签署 */
const SIGNS_FOR_ZH =
  /由(?:其|该公司|本公司)?(\p{Script=Han}{0,6}?(?:法定代表人|授权代表|委托代理人|代表人|董事长|董事|经理|总裁|总监|主任|院长|校长|馆长|厂长|局长|会长|理事长|秘书长|所长|社长|店长|主席|合伙人|负责人|经营者|执行官))(?:为|:)?\s*(\p{Script=Han}{2,4}?)(?:先生|女士)?(?:作为)?(?:代表)?(?:其|公司|签约)?(?:签署|签字|签订)/u;
/** What follows until the sentence turns to something else. */
const SIGNS_EN = /\b(?:represented|acting|signing) (?:herein )?(?:by|through)\s+([^;:()"]{4,120})/;
const PERSON_EN =
  /^((?:(?:Mr|Ms|Mrs|Dr)\.? )?\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'.-]*){1,3})(?=$|\.?\s*$| (?:and|as|to|of|hereinafter)\b)/u;
const OFFICE_EN =
  /\b(?:Directors?|Managers?|Member|President|Officer|C[A-Z]O|Partner|Secretary|Owner|Chair\w*|Head|Founder|Principal|Representative|Attorney|Proprietor|Signatory|Dean|Trustee|Treasurer|Curator|Mayor|Executive)\b/i;

type Signs = { name: string; office: string | undefined; index: number };

/** The party's name, and from where on which text speaks of it. */
function spanOf({ line, from, to, until, next }: Definition) {
  const segment = line.text.slice(from, to);
  const chinese = /\p{Script=Han}/u.test(segment);
  const name = chinese ? nameZh(segment) : nameEn(segment);
  // What stands before the name still speaks of the party before.
  const own = name ? segment.indexOf(name) : Math.max(segment.lastIndexOf(";"), segment.lastIndexOf("。"));
  const begin = from + Math.max(0, own);
  const after = /^(?:(?!\band\b|[;。]|\.\s)[^(])*/.exec(line.text.slice(until, next))?.[0] ?? "";
  return { chinese, name, begin, details: line.text.slice(begin, until) + after };
}

/** Writes what one definition says of its party. */
export function readDefinition(source: Source, definition: Definition, side: Side, notes: Notes) {
  const { line } = definition;
  const { chinese, name, begin, details } = spanOf(definition);
  const find = (text: string | undefined) => {
    if (!text) return undefined;
    const at = begin + details.indexOf(text);
    return placeIn(source, line, at, at + text.length);
  };
  const place = find(name);
  for (const part of place && isName(place.text) ? byLanguage(place) : [])
    notes.found(`parties.${side}.name.${part.language}`, part.text, part.place, defined);
  const tax = chinese ? /(?:纳税人识别号|税号)[:\s]*([0-9A-Z]{6,24})/.exec(details)?.[1] : TAX_EN.exec(details)?.[1];
  const number = chinese ? NUMBER_ZH.exec(details)?.[1] : NUMBER_EN.exec(details)?.[1];
  for (const [key, text] of [
    ["registration", number === tax ? undefined : number],
    ["taxNumber", tax],
  ] as const) {
    const where = find(text);
    if (where && text && !/^X{4,}/i.test(text)) notes.found(`parties.${side}.${key}`, text, where, defined);
  }
}

/** Who signs for the party, where nobody is named beside a label. */
export function readSigner(source: Source, definition: Definition, side: Side, notes: Notes) {
  const { line } = definition;
  const { chinese, begin, details } = spanOf(definition);
  const language = chinese ? "zh" : "en";
  const signs = chinese ? signsZh(details) : signsEn(details);
  if (!signs || notes.valueOf(`parties.${side}.signatory.name.${language}`) !== undefined) return;
  const write = (key: string, text: string | undefined) => {
    if (!text) return;
    const at = begin + details.indexOf(text, signs.index);
    const where = placeIn(source, line, at, at + text.length);
    notes.found(`parties.${side}.signatory.${key}.${language}`, tidy(where.text), where, defined);
  };
  write("name", signs.name);
  write("authority", signs.office);
}

function signsZh(details: string): Signs | undefined {
  const hit = SIGNS_FOR_ZH.exec(details) ?? SIGNS_ZH.exec(details);
  return hit?.[2] ? { name: hit[2], office: hit[1], index: hit.index } : undefined;
}

/** "by Jane Roe, its Director", "by its Director, Jane Roe", "by its Director Jane Roe" */
function signsEn(details: string): Signs | undefined {
  const hit = SIGNS_EN.exec(details);
  if (!hit?.[1]) return undefined;
  const [first = "", second = ""] = hit[1].split(/,\s*/).map((text) => text.replace(/^(?:its|the|as|an?)\s+/i, ""));
  const index = hit.index;
  const beside = /^(.*\S) (?=\p{Lu}\S+ \p{Lu}\S*\s*$)/u.exec(first)?.[1];
  const person = PERSON_EN.exec(first)?.[1];
  if (person && !OFFICE_EN.test(person)) {
    const office = OFFICE_EN.test(second)
      ? second.replace(/\.?\s*$/, "").replace(/\s+(?:and|to|of the|hereinafter)\b.*$/, "")
      : undefined;
    return { name: person, office, index };
  }
  if (!OFFICE_EN.test(first)) return undefined;
  const joined = beside && OFFICE_EN.test(beside) ? PERSON_EN.exec(first.slice(beside.length + 1))?.[1] : undefined;
  if (beside && joined && !OFFICE_EN.test(joined)) return { name: joined, office: beside, index };
  const after = PERSON_EN.exec(second)?.[1];
  return after && !OFFICE_EN.test(after) ? { name: after, office: first, index } : undefined;
}

/** What counts or joins the parties. */
const MARK_ZH = new RegExp(
  `^\\s*(?:以及|与|及|和)?\\s*(?:[(]?(?:\\d{1,2}|[一二三四])[).、]\\s*)?(?:(?:${ROLES_ZH})(?:为|是)?(?=[^,]{4})|(?:委托|聘请|委任)(?!人|方|单位)(?=[^,]{4}))?`,
);

function nameZh(segment: string): string | undefined {
  // Another party, or where and when they met, may come before.
  const last = (/[^;。:]*$/.exec(segment)?.[0] ?? "").replace(MARK_ZH, "").trim();
  const whole = FIRM_NAME.exec(last);
  if (last.length < segment.trim().length && whole?.index === 0 && whole[0].length === last.length) return last;
  let rest = segment;
  for (let round = 0; round < 4; round++) {
    const lead = LEAD_ZH.exec(rest)?.[0] ?? "";
    // A firm may be called after a word that also leads up to one.
    if (lead === "" || (round > 0 && !FIRM_NAME.test(rest.slice(lead.length)))) break;
    rest = rest.slice(lead.length);
  }
  const firm = FIRM_NAME.exec(rest);
  if (firm && firm.index <= 2) return firm[0];
  const labelled = /^.*[:]\s*/.exec(rest)?.[0].length ?? 0;
  const other = /^([^,;。:]{2,60}?)(?=\s{0,3}(?:,|;|。|\(|$))/.exec(rest.slice(labelled))?.[1];
  // Who signs, and when they met, are no names of parties.
  return other && /签署|签字|签订|订立/.test(other) ? undefined : other?.replace(MARK_ZH, "");
}

/** A firm that a sentence ends with: "… a fleet routing app for Larkspur Courier, Inc." */
const FIRM_AT_END = new RegExp(
  `(?<![\\p{L}\\d])((?:(?=[\\p{Lu}\\d])[\\p{L}\\d&'.-]{1,30},?\\s{1,3}(?:(?:of|the|&)\\s{1,3}){0,2}){1,7}${SUFFIX}\\.?)\\s*,?\\s*$`,
  "u",
);
/** Two small words are of a sentence, and not of a name. */
const PROSE = /(?<![\p{L}\d])(?!(?:of|and|for|the)\b)\p{Ll}{2,}\b.*?\s(?!(?:of|and|for|the)\b)\p{Ll}+(?![\p{L}.])/u;

function nameEn(segment: string): string | undefined {
  const ends = FIRM_AT_END.exec(segment);
  const lead = ends ? segment.slice(0, ends.index) : "";
  // "Johnson and Sons Ltd" in a sentence may be one firm or two.
  if (ends?.[1] && PROSE.test(lead)) return /(?:\p{Lu}\S*\s+and|&)\s*$/u.test(lead) ? undefined : ends[1];
  const name = namedEn(segment);
  // "… engages Blue Fern Studio LLC"
  return name && ends?.[1] && name.endsWith(ends[1]) && /^(?!the\s)\p{Ll}/u.test(name) ? ends[1] : name;
}

function namedEn(segment: string): string | undefined {
  const lead = LEAD_EN.exec(segment)?.[0].length ?? 0;
  const own = segment.slice(lead);
  const rest = [
    own,
    ...[...own.matchAll(/\band\s+(?=[A-Z])/g)].map(({ index, 0: and }) => own.slice(index + and.length)),
  ];
  const names = rest.slice(0, 6).map((text) => NAME_EN.exec(text)?.[1]);
  // Details of the party before may come first: ", number 11, and X Ltd".
  if (names[0] && /^(?:[a-z]|.{0,40}\bnumber\b)/.test(names[0]))
    return names.find((name) => name && looksLikeFirm(name));
  return names[0];
}
