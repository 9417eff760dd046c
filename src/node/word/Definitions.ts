/** Parties as a sentence introduces them: X, registered under …, represented by … (the "Client"). */
import { both } from "../../agreement/InputError.ts";
import type { Details } from "./Details.ts";
import { BODY, FIRM_ZH, isName, looksLikeFirm, SUFFIX } from "./Firms.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import { ofWords, type Side, type Words } from "./Roles.ts";
import { type Line, matchesOf, placeIn, type Source } from "./Source.ts";

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
const CALLED_EN = "(?:herein(?:after)?)?\\s{0,3}(?:referred to as|called)?\\s{0,3},?\\s{0,3}";

const patterns = ofWords(({ speakers: { zh, en } }) => ({
  zh: new RegExp(
    `[(,]\\s{0,3}(?:以下|下|合)?(?:统一|合)?(?:简称|称)?(?:为|作)?\\s{0,3}["「『']?(${zh})["」』']?(?:\\s{0,3}(?:或|、|,|/)\\s{0,3}["「『']([^()"」』']{2,8})["」』'])?\\s{0,3}(?:\\)|[,;](${INSIDE})\\)|(?=[,。]))`,
    "gu",
  ),
  en: new RegExp(
    `(?:\\(|[;,](?=\\s{0,3}(?:hereinafter\\s+)?the\\s+["'][^"']{2,20}["']\\s{0,3}\\)))\\s{0,3}(?:together with[^()]{0,60})?(?:["'][^"'()]{2,24}["']\\s+or\\s+)?${CALLED_EN}(?:the\\s+)?["']\\s{0,3}(?:the\\s+)?(${en})["']?(?:\\s{0,3}(?:or|and|,|/)\\s{0,3}(?:the\\s+)?["']?([^()"]{2,24})["']?)?\\s{0,3}\\)`,
    "gi",
  ),
  /** Without quotation marks, or without brackets. */
  loose: new RegExp(
    `\\(\\s{0,3}(?:herein(?:after)? ${CALLED_EN}(?:the )?|the )(${en})\\s{0,3}\\)|[,-]\\s{0,3}herein(?:after)?\\s+(?:referred to as\\s+|called\\s+)?(?:the\\s+)?["']?(?:the\\s+)?(${en})\\b["']?|,\\s+is\\s+(?:called\\s+|referred to as\\s+)?the\\s+["']?(${en})["']?(?=\\s*[.;]|\\s*$)`,
    "gi",
  ),
  /** "(Customer)" defines only in a line that says of a firm what it is. */
  bare: new RegExp(`\\(\\s{0,3}(${en})\\s{0,3}\\)`, "g"),
  ending: new RegExp(`(?<![\\p{Script=Han}\\w])"?(?:${zh}|${en})"?\\s*$`, "iu"),
  leadZh: new RegExp(
    `^(?:.{0,40}?(?:由|之间|双方(?:为|是|于)?|当事人|依据|根据)(?=[^,]{4})|\\s*(?:以及|与|和|及|同|,|;|、|:)+|\\s*[(]?(?:\\d{1,2}|[一二三甲乙])[).、]|(?:委托|聘请|委任)(?=[^,]{4})|(?:${zh})(?:为|是|:)?)\\s*`,
    "u",
  ),
  /** What counts or joins the parties. */
  markZh: new RegExp(
    `^\\s*(?:以及|与|及|和)?\\s*(?:[(]?(?:\\d{1,2}|[一二三四])[).、]\\s*)?(?:(?:${zh})(?:为|是)?(?=[^,]{4})|(?:委托|聘请|委任)(?!人|方|单位)(?=[^,]{4}))?`,
  ),
}));
const SAID_OF_FIRM =
  /\b(?:incorporated|registered|organi[sz]ed|company number|whose|a company|an? [A-Z]\w+ (?:corporation|limited liability company))\b|\b(?:ABN|ACN|UEN|CRN|EIN|VAT)\b/;
/** "a limited liability company", "a municipal agency", "Acme Trading Company": no role. */
const KIND_OF_FIRM =
  /(?<!\p{L})(?!the\s)\p{L}{2,}\s+company\s*$|(?<!\p{L})an?\s+(?:\p{L}[\p{L}-]*\s+){0,4}(?:agency|provider|developer|supplier|consultant)\s*$/iu;

export function definitionsIn(line: Line, words: Words): readonly Definition[] {
  const { text } = line;
  if (!text.includes("(") && !/以下|herein|\bis the\b/i.test(text)) return [];
  const { zh, en, loose: unquoted, bare, ending } = patterns(words);
  const exact = [...matchesOf(zh, text), ...matchesOf(en, text)].filter(
    // A comma alone defines nobody: "，甲方，".
    (match) => match[0].startsWith("(") || /简称|称/.test(match[0]) || unclosed(text, 0, match.index) !== undefined,
  );
  const loose = [...matchesOf(unquoted, text), ...(SAID_OF_FIRM.test(text) ? matchesOf(bare, text) : [])].filter(
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
    if (label.trim() === "" || (ending.test(label) && !KIND_OF_FIRM.test(label))) return [];
    const role = match[1] ?? (exact.includes(match) ? "" : (match[2] ?? match[3])) ?? "";
    const lead = /["']([^"'()]{2,24})["']\s+or\s/.exec(match[0])?.[1];
    const also = exact.includes(match) ? (match[2] ?? lead ?? "") : "";
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

/** A number that follows a name without a comma. */
const NUMBERED = "(?:ABN|ACN|UEN|CRN|EIN|VAT|[Cc]ompany [Nn]o|[Rr]eg(?:istration)?\\.? [Nn]o)\\b";
const NAME_EN = new RegExp(
  `^(.{2,150}?)(?=\\s{1,3}${NUMBERED}|\\s{0,3}\\((?![\\w ]{2,16}\\)\\s*(?:Ltd|Limited|LLC|Inc|Co)\\b)|\\s{0,3},(?!\\s*${SUFFIX})|,?\\s+(?:an? |having |with |whose |incorporated |registered |organi[sz]ed |duly |of \\d)|\\s{0,3};|\\s{0,3}:|\\s*$)`,
);
const FIRM_NAME = new RegExp(
  `(?:[\\p{Script=Han}A-Za-z0-9·&.-]|\\([^()]{1,12}\\)){2,50}?(?:${FIRM_ZH.replace("|有限合伙\\)", "")})(?:\\([^()]{2,12}\\))?(?=[,;。:(\\s]|$)`,
  "u",
);
const LEAD_EN =
  /^.*\b(?:between\b|(?:entered into|made|concluded|executed) by(?! and between)\b|(?:Party [AB]|Client|Customer|Buyer|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Company)\s*:)[:,]?\s*(?:\(?(?:1|i|a|A)[).]\s*)?|^[\s,;.]*(?:and\b)?[\s,:]*(?:\(?(?:\d|ii?|[abAB])[).]\s*)?/i;

/** The party's name, and from where on which text speaks of it. */
function spanOf({ line, from, to, until, next }: Definition, words: Words) {
  const segment = line.text.slice(from, to);
  const chinese = /\p{Script=Han}/u.test(segment);
  const name = chinese ? nameZh(segment, words) : nameEn(segment);
  // What stands before the name still speaks of the party before.
  const own = name ? segment.indexOf(name) : Math.max(segment.lastIndexOf(";"), segment.lastIndexOf("。"));
  const begin = from + Math.max(0, own);
  const after = /^(?:(?!\band\b|[;。]|\.\s)[^(])*/.exec(line.text.slice(until, next))?.[0] ?? "";
  return { name, begin, details: line.text.slice(begin, until) + after };
}

/** Writes the name that one definition states; gives what else it says of its party. */
export function readDefinition(
  source: Source,
  definition: Definition,
  words: Words,
  side: Side,
  notes: Notes,
): Details {
  const { line } = definition;
  const { name, begin, details } = spanOf(definition, words);
  const at = begin + details.indexOf(name ?? "");
  const place = name && placeIn(source, line, at, at + name.length);
  for (const part of place && isName(place.text) ? byLanguage(place) : [])
    notes.found(`parties.${side}.name.${part.language}`, part.text, part.place, defined);
  return { line, from: begin, text: details };
}

function nameZh(segment: string, words: Words): string | undefined {
  const { leadZh, markZh } = patterns(words);
  // Another party, or where and when they met, may come before.
  const last = (/[^;。:]*$/.exec(segment)?.[0] ?? "").replace(markZh, "").trim();
  const whole = FIRM_NAME.exec(last);
  if (last.length < segment.trim().length && whole?.index === 0 && whole[0].length === last.length) return last;
  let rest = segment;
  for (let round = 0; round < 4; round++) {
    const lead = leadZh.exec(rest)?.[0] ?? "";
    // A firm may be called after a word that also leads up to one.
    if (lead === "" || (round > 0 && !FIRM_NAME.test(rest.slice(lead.length)))) break;
    rest = rest.slice(lead.length);
  }
  const firm = FIRM_NAME.exec(rest);
  if (firm && firm.index <= 2) return firm[0];
  const labelled = /^.*[:]\s*/.exec(rest)?.[0].length ?? 0;
  const other = /^([^,;。:]{2,60}?)(?=\s{0,3}(?:,|;|。|\(|$))/.exec(rest.slice(labelled))?.[1];
  // Who signs, and when they met, are no names of parties.
  return other && /签署|签字|签订|订立/.test(other) ? undefined : other?.replace(markZh, "");
}

/** A firm that a sentence ends with: "… a fleet routing app for Larkspur Courier, Inc." */
const FIRM_AT_END = new RegExp(
  `(?<![\\p{L}\\d])((?:(?=[\\p{Lu}\\d])[\\p{L}\\d&'.-]{1,30},?\\s{1,3}(?:(?:of|the|&)\\s{1,3}){0,2}){1,7}(?:${SUFFIX}|${BODY})\\.?)\\s*,?\\s*$`,
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
  const names = rest.slice(0, 6).map((text) => NAME_EN.exec(text)?.[1]?.replace(/^the\s+(?=\p{Lu})/u, ""));
  // Details of the party before may come first: ", number 11, and X Ltd".
  if (names[0] && /^(?:[a-z]|.{0,40}\bnumber\b)/.test(names[0]))
    return names.find((name) => name && looksLikeFirm(name));
  return names[0];
}
