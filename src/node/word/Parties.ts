/** Who pays and who works: their names, register numbers and signatories, from labels, tables and definitions. */
import { both } from "../../agreement/InputError.ts";
import { definitionsIn, readDefinition } from "./Definitions.ts";
import { type Details, readNumbers, readSigner } from "./Details.ts";
import { blank, isName, looksLikeFirm, SUFFIX } from "./Firms.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import type { Pair } from "./Pair.ts";
import { pairs } from "./Pairs.ts";
import { personIn } from "./Person.ts";
import { calledIn, explained, type Side, type Sides, sidesOf, wordsIn } from "./Roles.ts";
import * as Signatures from "./Signatures.ts";
import { type Line, languageOf, narrow, type Place, type Source, tidy } from "./Source.ts";

const labelled = both("read beside its label", "读自其标签旁");
const defined = both("read from the definition of the party", "读自当事人定义");

export function read(source: Source, notes: Notes): Sides {
  const words = wordsIn(source);
  const found = pairs(source, words);
  const definitions = source.lines.flatMap((line) => definitionsIn(line, words));
  const sides = sidesOf(
    [
      ...found.flatMap(({ role, hint }) => (role ? [[role, hint] as const] : [])),
      ...definitions.map(({ role, also }) => [role, also] as const),
      ...explained(source.lines),
    ],
    found.flatMap(({ role, value }) => (role ? calledIn(value).map((word) => [word, role] as const) : [])),
    words,
    source,
  );
  const said: { side: Side; details: Details }[] = [];
  for (const definition of definitions) {
    const side = sides.of(definition.role);
    if (side) said.push({ side, details: readDefinition(source, definition, words, side, notes) });
  }
  for (const pair of found) {
    const side = pair.role && sides.of(pair.role);
    // "甲方：某公司，统一社会信用代码…，法定代表人…" says it all in one line.
    if (side && /[,;(]/.test(pair.value))
      said.push({ side, details: { line: pair.line, from: pair.place.start - pair.line.start, text: pair.value } });
  }
  for (const { side, details } of said) readNumbers(source, details, side, notes, defined);
  readPairs(found, sides, notes);
  Signatures.read(source, sides, (text) => namedIn(text, notes), notes);
  for (const { side, details } of said) readSigner(source, details, side, notes, defined);
  for (const side of ["client", "provider"] as const) ask(side, source, notes);
  return sides;
}

/** Where another matter begins: an annex speaks of goods and accounts, and a clause of duties. */
const APART =
  /^\s*(?:附件|附录|附表|第[一二三四五六七八九十百\d]{1,4}\s*[条章]|(?:Annex|Appendix|Schedule|Exhibit|Article|Section)\b(?!.{80}))/i;

/** What a label in brackets or behind a stroke says besides. */
const BOTH_TAX = /税号|纳税|税务登记|\b(?:tax|VAT)\b/i;
const BOTH_REGISTER = /信用代码|注册号|登记号|营业执照|\b(?:registration|credit code|company no)/i;

/** What is read of those who sign, by side and language. */
type Signing = Map<string, { signatory?: Pair; legal?: Pair; title?: Pair }>;

function readPairs(found: readonly Pair[], sides: Sides, notes: Notes) {
  let current: Side | undefined;
  /** In the order of a line that labels both: what follows comes in the same order. */
  let order: Side[] = [];
  const columns = new Map<string, Side>();
  const signing = new Set<Side>();
  const signers: Signing = new Map();
  const signer = (side: Side, kind: "signatory" | "legal" | "title", pair: Pair) => {
    const key = `${side} ${languageOf(`${pair.label} ${pair.value}`) ?? "zh"}`;
    const known = signers.get(key) ?? {};
    signers.set(key, { ...known, [kind]: known[kind] ?? pair });
  };
  let line: Line | undefined;
  let seen = 0;
  for (const pair of found) {
    if (pair.line !== line) {
      [line, seen] = [pair.line, 0];
      if (!line.cell && APART.test(line.text) && !pair.role) [current, order] = [undefined, []];
    }
    const { cell, block } = pair.line;
    const column = cell && `${block}:${cell.column}`;
    const take = (side: Side) => {
      for (let at = 0; cell && at < cell.span; at++) columns.set(`${block}:${cell.column + at}`, side);
    };
    if (pair.role) {
      const side = sides.of(pair.role);
      if (!side) continue;
      order = seen === 0 ? [side] : [...order, side];
      seen += 1;
      current = side;
      take(side);
      const signs = /盖章|签章|公章|签字|签名|seal|signature|signed/i.test(pair.hint);
      if (signs) signing.add(side);
      const known = named(side, notes) && !looksLikeFirm(pair.value);
      const person = (signs && known) || (signs && pair.behalf && !looksLikeFirm(pair.value));
      // "签署人：甲方：副总经理 某某" names a person with an office.
      if (known && !signs && personIn(pair.value)?.office) signer(side, "signatory", { ...pair, label: "name" });
      else if (person && /签字|签名|signature|signed/i.test(pair.hint)) {
        if (!blank(pair.value)) signer(side, "signatory", { ...pair, label: "name" });
      } else if (!person) nameFrom(pair, side, notes);
      continue;
    }
    if (pair.label === "") {
      const side = namedIn(pair.value, notes);
      if (side) {
        current = side;
        order = [side];
        signing.add(side);
        take(side);
      }
      continue;
    }
    const inOrder = order.length > 1 ? order[Math.min(seen, order.length - 1)] : current;
    const heading = pair.named ? namedIn(pair.named, notes) : undefined;
    // Who is a party signs for himself.
    const own = pair.attribute === "signatory" && pair.value.length > 5 ? ownName(pair.value, notes) : undefined;
    const side = (pair.under && sides.of(pair.under)) ?? heading ?? own ?? (column && columns.get(column)) ?? inOrder;
    if (pair.under && side && !cell) [current, order] = [side, [side]];
    seen += 1;
    if (side && pair.attribute === "by") {
      signing.add(side);
      // "李海生 Li Haisheng，总经理 General Manager"
      const person = personIn(pair.value) ?? personIn(pair.value.replace(/[A-Za-z.'-]+/g, " "));
      if (person && (person.office || /\p{Script=Han}/u.test(pair.label))) signer(side, "signatory", pair);
    }
    if (!side || blank(pair.value)) continue;
    if (pair.attribute === "name") nameFrom(pair, side, notes);
    else if (pair.attribute === "registration" || pair.attribute === "taxNumber") {
      const number = /^(?:[A-Z][A-Za-z]{0,12}\.? ){0,2}(?=\S*\d)[0-9A-Z][0-9A-Z./-]{1,30}(?: \d[0-9A-Z/-]*)*/i.exec(
        pair.value,
      )?.[0];
      if (!number || number.length <= 3) continue;
      register(number, pair.place, side, notes, pair.attribute, labelled);
      // "统一社会信用代码（纳税人识别号）": one number is both.
      const also = pair.attribute === "registration" ? BOTH_TAX : BOTH_REGISTER;
      if (also.test(pair.hint))
        register(
          number,
          pair.place,
          side,
          notes,
          pair.attribute === "registration" ? "taxNumber" : "registration",
          labelled,
        );
    } else if (pair.attribute === "legal" || pair.attribute === "signatory") signer(side, pair.attribute, pair);
    else if (pair.attribute === "person") {
      const known = named(side, notes) && !looksLikeFirm(pair.value) && personIn(pair.value) !== undefined;
      const isCompany =
        !known && !signing.has(side) && (pair.under !== undefined || looksLikeFirm(pair.value)) && !heading;
      if (isCompany) nameFrom(pair, side, notes);
      else signer(side, "signatory", pair);
    } else if (pair.attribute === "authority") signer(side, "title", pair);
  }
  for (const [key, { signatory, legal, title }] of signers) {
    const side = key.startsWith("client") ? "client" : "provider";
    // Who is authorised signs; the legal representative where nobody else is named.
    const pair = signatory && signatory.value !== legal?.value ? signatory : legal;
    const twin = [...signers].find(([other]) => other !== key && other.startsWith(side))?.[1];
    if (pair) sign(pair, title ?? twin?.title, side, notes);
  }
}

const named = (side: Side, notes: Notes): boolean =>
  (["zh", "en"] as const).some((language) => notes.valueOf(`parties.${side}.name.${language}`) !== undefined);

/** The side whose name, and not the other's, a line holds. */
function namedIn(text: string, notes: Notes): Side | undefined {
  const holds = (side: Side) =>
    (["zh", "en"] as const).some((language) => {
      const name = notes.valueOf(`parties.${side}.name.${language}`);
      return typeof name === "string" && text.toLowerCase().includes(narrow(name).toLowerCase());
    });
  const [client, provider] = [holds("client"), holds("provider")];
  return client === provider ? undefined : client ? "client" : "provider";
}

/** The side that is the very person. */
function ownName(person: string, notes: Notes): Side | undefined {
  const is = (side: Side) => {
    const name = notes.valueOf(`parties.${side}.name.en`);
    return typeof name === "string" && narrow(name).toLowerCase().startsWith(person.trim().toLowerCase());
  };
  return is("client") ? "client" : is("provider") ? "provider" : undefined;
}

function sign(pair: Pair, title: Pair | undefined, side: Side, notes: Notes) {
  const known = personIn(pair.value);
  const [first = "", ...rest] = pair.value.split(/[,;]\s*(?=\S)|\s+\((?=[^)]*\)$)/);
  const person = known?.name ?? first.trimEnd();
  const where = part(pair.place, person);
  if (!where || person.length < 2 || person.length > 80 || /\d|_{2,}/.test(person)) return;
  for (const each of byLanguage(where))
    notes.found(`parties.${side}.signatory.name.${each.language}`, each.text, each.place, labelled);
  const beside = known
    ? (known.office ?? "")
    : rest
        .join(", ")
        .replace(/\)$/, "")
        .replace(/^(?:an?|its|the|as(?: an?| its)?|in (?:his|her) capacity as) /i, "");
  const said = tidy(title ? title.place.text : beside);
  const place = title?.place ?? part(pair.place, beside) ?? pair.place;
  const text =
    said ||
    (/^(name|print|姓名|by|signed|represented|法定代表人.+代|signatory|representative|代表人?$|签字|签署|签约|经办|经手)/i.test(
      pair.label,
    )
      ? ""
      : pair.label);
  if (!text) return;
  const parts = said ? byLanguage({ ...place, text: said, end: place.start + said.length }) : [];
  if (parts.length > 0) {
    for (const each of parts)
      notes.found(`parties.${side}.signatory.authority.${each.language}`, each.text, place, labelled);
  } else notes.found(`parties.${side}.signatory.authority.${languageOf(text) ?? "zh"}`, text, place, labelled);
}

/** The place of a text within a place. */
function part(place: Place, text: string): Place | undefined {
  const at = text === "" ? -1 : narrow(place.text).indexOf(text);
  if (at < 0) return undefined;
  return {
    ...place,
    start: place.start + at,
    end: place.start + at + text.length,
    text: place.text.slice(at, at + text.length),
  };
}

/** Where a name beside its label ends: before what was said of it, an address, or a comma that no legal form follows. */
const NAME_ENDS = [
  /\s*\((?:以下|下称|盖章|签章|公章|hereinafter|the "|")/i,
  /,?\s*(?:\ba company|\ba corporation|\bincorporated (?:in|under)|\bregistered)|,\s*(?:an? |with |having |whose |\d)/i,
  new RegExp(`(?<=\\b${SUFFIX}\\.?)\\s*,(?!\\s*${SUFFIX})`),
  /(?<=\p{Script=Han}\)?)\s*[,;]/u,
  // A number in a bracket is no part of it.
  /\s*\((?=[^()]*\d{4})/,
  // "(统一社会信用代码: …": what a bracket labels is no part of the name.
  /\s*\((?!\s*(?:[中英]文|English|Chinese))(?=[^()]{0,24}:)/i,
  // A place behind a Chinese name is no part of it, what kind of firm it is is.
  /(?<=\p{Script=Han})\s*\((?!有限合伙|普通合伙|特殊普通合伙|个人独资|个体工商户|集团)(?=\p{Script=Han}{2,12}\)\s*$)/u,
  /[,;:(\s]+$/,
];

function nameFrom(pair: Pair, side: Side, notes: Notes) {
  // A word beside a party's label in a table is a name only where it looks like one, or where there is no other.
  if (blank(pair.value) || (named(side, notes) && !looksLikeFirm(pair.value))) return;
  const ends = NAME_ENDS.map((pattern) => pattern.exec(pair.value)?.index ?? pair.value.length);
  const length = Math.min(...ends);
  const place = { ...pair.place, end: pair.place.start + length, text: pair.place.text.slice(0, length) };
  if (!isName(place.text)) return;
  for (const part of byLanguage(place))
    notes.found(`parties.${side}.name.${part.language}`, part.text, part.place, labelled);
}

function register(number: string, place: Place, side: Side, notes: Notes, key: string, how: typeof labelled) {
  const value = number.replace(/[.,;]+$/, "");
  // No two firms have one number: what a definition said of the other stands.
  if (notes.valueOf(`parties.${side === "client" ? "provider" : "client"}.${key}`) === value) return;
  if (/\d/.test(value) && !/^X{4,}/i.test(value)) notes.found(`parties.${side}.${key}`, value, place, how);
}

function ask(side: Side, source: Source, notes: Notes) {
  const who = side === "client" ? both("the client", "甲方") : both("the provider", "乙方");
  for (const language of ["zh", "en"] as const) {
    const other = source.languages.includes(language) ? "" : language;
    const translated = other ? both(" in this language", "（该语言）") : both("", "");
    notes.missing(
      `parties.${side}.name.${language}`,
      both(`write the registered name of ${who.en}${translated.en}`, `请填写${who.zh}的登记名称${translated.zh}`),
    );
    notes.missing(
      `parties.${side}.signatory.name.${language}`,
      both(`write who signs for ${who.en}${translated.en}`, `请填写${who.zh}的签署人${translated.zh}`),
    );
    notes.missing(
      `parties.${side}.signatory.authority.${language}`,
      both(
        `write by what authority the signatory of ${who.en} signs${translated.en}`,
        `请填写${who.zh}签署人的职务或授权${translated.zh}`,
      ),
    );
  }
  notes.missing(
    `parties.${side}.registration`,
    both(
      `write the register number of ${who.en}, or leave it out`,
      `请填写${who.zh}的统一社会信用代码或登记号，无则省略`,
    ),
  );
  notes.missing(
    `parties.${side}.country`,
    both(`write the country of ${who.en} as two letters`, `请以两个字母填写${who.zh}的国家`),
  );
  notes.missing(
    `parties.${side}.address`,
    both(`write the account that signs for ${who.en}`, `请填写${who.zh}签署所用账户地址`),
  );
}
