/** The words that stand for the parties of a contract: those that all contracts use, and those that this one defines. */
import { FIRM_ZH, looksLikeFirm } from "./Firms.ts";
import { type Line, matchesOf, type Source } from "./Source.ts";

export type Side = "client" | "provider";
/** Alternations for patterns. `zh` and `en` label a party; `speakers` are all that may be the subject of a sentence. */
export type Words = { zh: string; en: string; speakers: { zh: string; en: string } };
/** Which side a word such as 甲方 stands for in this contract. */
export type Sides = { of(word: string): Side | undefined; words: Words };

export const ZH =
  "甲方|乙方|丙方|丁方|委托方|委托人|委托单位|发包方|发包人|定作方|定作人|采购方|采购人|采购单位|购买方|买方|需方|需求方|客户方|客户|建设方|建设单位|受托方|受托人|受托单位|承包方|承包人|承建方|承建单位|承揽方|承揽人|开发方|开发人|开发单位|研发方|研究开发方|实施方|实施单位|服务提供方|服务提供商|服务方|服务商|供应商|供应方|供应人|供货方|供货商|供方|卖方|销售方|成交供应商|成交单位|中标人|中标单位|中标供应商";
export const EN =
  "Party A|Party B|Party C|Commissioning Party|Client|Customer|Buyer|Purchaser|Principal|Employer|Company|Service Provider|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Agency|Freelancer";
const USUAL: Words = { zh: ZH, en: EN, speakers: { zh: ZH, en: EN } };

const CLIENT =
  /委托|发包|定作|采购|购买|买方|需方|需求方|客户|建设(?:方|单位)|Commissioning|Client|Customer|Buyer|Purchaser|Principal|Employer/i;
const PROVIDER =
  /受托|承包|承建|承揽|开发[方人单]|研发|研究开发方|服务|供应|供货|供方|实施|中标|成交|卖方|销售|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Freelancer/i;

/** What a role's own words say: 受托 before 委托 is looked for, and 甲方 alone says nothing. */
function meaning(text: string): Side | undefined {
  const [provider, client] = [PROVIDER.test(text), CLIENT.test(text)];
  return provider === client ? undefined : provider ? "provider" : "client";
}

/** A pattern that is made of a contract's words, made once for each. */
export function ofWords<T>(make: (words: Words) => T): (words: Words) => T {
  const made = new WeakMap<Words, T>();
  return (words) => {
    const known = made.get(words) ?? make(words);
    made.set(words, known);
    return known;
  };
}

/** A word in quotation marks beside a firm: 某公司（“剧场”）, Acme Ltd ("Acme"), "we", "you". */
const CALLED_ZH =
  /\(\s{0,3}(?:以下|下|合)?(?:统一|合)?(?:简称|称)?(?:为|作)?\s{0,3}["「『'](\p{Script=Han}{2,8})["」』']\s{0,3}\)/gu;
const CALLED_EN =
  /\(\s{0,3}(?:herein(?:after)?\s{1,3})?(?:referred to as\s{1,3}|called\s{1,3})?(?:the\s{1,3})?"(?:the )?([A-Za-z][A-Za-z ]{1,22})"(?:\s{0,3}(?:,|or|and|\/)\s{0,3}"(?:the )?([A-Za-z][A-Za-z ]{1,22})")?\s{0,3}\)/g;
/** What contracts define besides their parties. */
const NO_PARTY =
  /合同|协议|平台|系统|软件|产品|项目|成果|服务|工作|双方|各方|当事人|小程序|订单|附件|\b(?:agreement|contract|services?|software|systems?|products?|work|project|deliverables?|party|parties|msa|sow|order|fees?|platform|apps?|date|territory|schedule|site)\b/i;
const PRONOUN = /^(?:we|us|our|you|your|我方|贵方|我司|贵司|本公司|贵公司)$/i;
/** A letter in Chinese speaks so without a definition. */
const SPEAKS_ZH = /我方|贵方|我司|贵司/g;

/** What a party is called in brackets behind its name. */
export const calledIn = (text: string): readonly string[] =>
  [...matchesOf(CALLED_ZH, text), ...matchesOf(CALLED_EN, text)].flatMap((match) =>
    match.slice(1, 3).filter((word) => word !== undefined),
  );

/** Words that this contract defines for a firm, at most a few. */
function definedIn(source: Source): readonly string[] {
  const found = new Set<string>();
  for (const { text } of source.lines) {
    if (!text.includes("(") || found.size >= 8) continue;
    let from = 0;
    for (const match of [...matchesOf(CALLED_ZH, text), ...matchesOf(CALLED_EN, text)].sort(
      (a, b) => a.index - b.index,
    )) {
      const before = text.slice(Math.max(from, match.index - 300), match.index);
      from = match.index + match[0].length;
      const firm = looksLikeFirm(before) || new RegExp(`(?:${FIRM_ZH})\\s*$`).test(before);
      for (const word of match.slice(1, 3)) if (firm && word && !NO_PARTY.test(word)) found.add(word.trim());
    }
  }
  for (const { text } of source.lines) for (const word of text.match(SPEAKS_ZH) ?? []) found.add(word);
  return [...found];
}

/** The words of this contract, and the same object for all that define none of their own. */
export function wordsIn(source: Source): Words {
  const known = new RegExp(`^(?:${ZH}|${EN})$`, "i");
  const own = definedIn(source).filter((word) => !known.test(word));
  if (own.length === 0) return USUAL;
  const [zh, en] = [own.filter((word) => !/[A-Za-z]/.test(word)), own.filter((word) => /[A-Za-z]/.test(word))];
  const add = (usual: string, words: readonly string[]) => [...words, usual].join("|");
  const names = (words: readonly string[]) => words.filter((word) => !PRONOUN.test(word));
  return { zh: add(ZH, names(zh)), en: add(EN, names(en)), speakers: { zh: add(ZH, zh), en: add(EN, en) } };
}

/** What either side does, after its name. */
const PAYS_ZH = /^[^,。;:]{0,24}?(?:支付|付款|付清|委托|聘请|另付)/;
const WORKS_ZH = /^(?:(?!收到|接到|委托|聘请)[^,。;:]){0,16}?(?:交付|开发|研发|提供|指派|整改|修改|返工|提交)/;
const PAYS_EN =
  /^"?(?:,[^,.;]{1,40},)?\s+(?:(?:shall|will|must|agrees? to|hereby|also|may)\s+){0,2}(?:pays?|engages?|appoints?|commissions?|retains? the|accepts?|orders?)\b/i;
const WORKS_EN =
  /^"?(?:,[^,.;]{1,40},)?\s+(?:(?:shall|will|must|agrees? to|also)\s+){0,2}(?:delivers?|develops?|builds?|designs?|provides?|performs?|supply|supplies|corrects?|remed\w+|invoices?|implements?|redelivers?|sends? an invoice)\b/i;

/** The side that a word stands for by what it does in this contract. */
function byDeeds(word: string, source: Source): Side | undefined {
  const chinese = !/[A-Za-z]/.test(word);
  const subject = new RegExp(chinese ? word : `\\b(?:the )?${word}\\b`, chinese ? "g" : "gi");
  let [pays, works] = [0, 0];
  for (const { text } of source.lines) {
    for (const match of matchesOf(subject, text).slice(0, 50)) {
      const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 80);
      if ((chinese ? PAYS_ZH : PAYS_EN).test(rest)) pays += 1;
      if ((chinese ? WORKS_ZH : WORKS_EN).test(rest)) works += 1;
    }
  }
  if (pays === works) return undefined;
  if (pays > works) return pays >= works * 2 ? "client" : undefined;
  return works >= pays * 2 ? "provider" : undefined;
}

/** Who writes and who is written to. */
const SPEAKERS = [
  ["我方", "贵方"],
  ["我司", "贵司"],
  ["we", "you"],
] as const;
const LETTERS = [
  ["甲方", "乙方"],
  ["party a", "party b"],
] as const;

/** Labels with what was said in their brackets; a bare 甲方 is the client unless the contract says otherwise. */
export function sidesOf(
  roles: readonly (readonly [string, string])[],
  aliases: readonly (readonly [word: string, role: string])[],
  words: Words,
  source: Source,
): Sides {
  const known = new Map<string, Side>();
  const key = (label: string) => label.toLowerCase();
  const unclear = new Set<string>();
  for (const [label, hint] of roles) {
    const side = meaning(label) ?? meaning(hint);
    if (side) {
      known.set(key(label), side);
      for (const other of hint.match(/甲方|乙方|Party [AB]/gi) ?? []) known.set(key(other), side);
    } else if (!/^(?:[甲乙丙丁]方|party [abc])$/i.test(label)) unclear.add(label);
  }
  // One letter turned round turns the other with it.
  for (const [one, other] of LETTERS) {
    const [a, b] = [known.get(one), known.get(other)];
    if (a && !b) known.set(other, a === "client" ? "provider" : "client");
    if (b && !a) known.set(one, b === "client" ? "provider" : "client");
    if (a && a === b) {
      known.delete(one);
      known.delete(other);
    } else if (!a && !b) {
      known.set(one, "client");
      known.set(other, "provider");
    }
  }
  for (const word of words.speakers.zh.match(SPEAKS_ZH) ?? []) unclear.add(word);
  for (const [word, role] of aliases) {
    const side = known.get(key(role)) ?? meaning(role);
    if (side && !known.has(key(word))) known.set(key(word), side);
    unclear.delete(word);
  }
  // "the Company" buys from a contractor and sells to a customer; a word of the contract's own is known by its deeds.
  const clear = new Set(
    [...known].filter(([label]) => !LETTERS.flat().includes(label as never)).map(([, side]) => side),
  );
  const others = unclear.size === 1 && clear.size === 1 ? [...clear][0] : undefined;
  for (const label of unclear) {
    const side = others ? opposite(others) : byDeeds(label, source);
    if (side) known.set(key(label), side);
  }
  for (const [one, other] of SPEAKERS) {
    const [a, b] = [known.get(one), known.get(other)];
    if (a && !b) known.set(other, opposite(a));
    if (b && !a) known.set(one, opposite(b));
  }
  // ("we" or "Acme"): what one of the two does, the other does.
  for (const [label, hint] of roles) {
    if (hint === "" || known.has(key(label)) === known.has(key(hint))) continue;
    const [side, word] = known.has(key(label)) ? [known.get(key(label)), hint] : [known.get(key(hint)), label];
    if (side && !meaning(word) && word.length <= 24) known.set(key(word), side);
  }
  return { of: (label) => known.get(SPOKEN[key(label)] ?? key(label)) ?? meaning(label), words };
}

/** Who is spoken of in any case of the word. */
const SPOKEN: Readonly<Record<string, string>> = { us: "we", our: "we", ours: "we", your: "you", yours: "you" };

export const opposite = (side: Side): Side => (side === "client" ? "provider" : "client");

/** A letter with its role in brackets, wherever it stands. */
const EXPLAINED = /(甲方|乙方|Party A|Party B)"?\s*\(([^()]{2,30})\)/gi;

export const explained = (lines: readonly Line[]): readonly (readonly [string, string])[] =>
  lines.flatMap(({ text }) => matchesOf(EXPLAINED, text).map((match) => [match[1] ?? "", match[2] ?? ""] as const));
