/** Who pays and who works: their names, register numbers and signatories, from labels, tables and definitions. */
import { both } from "../../agreement/InputError.ts";
import { definitionsIn, readDefinition, readSigner } from "./Definitions.ts";
import { blank, isName, looksLikeFirm, SUFFIX } from "./Firms.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import type { Pair, Side } from "./Pair.ts";
import { pairs } from "./Pairs.ts";
import { type Line, languageOf, type Place, type Source, tidy } from "./Source.ts";

/** Which side a label such as 甲方 stands for in this contract. */
export type Sides = { of(label: string): Side | undefined };

const CLIENT =
  /委托|发包|定作|采购|购买|买方|需方|客户|Commissioning|Client|Customer|Buyer|Purchaser|Principal|Employer/i;
const PROVIDER =
  /受托|承包|承揽|开发方|研发|研究开发方|服务|供应|供货|供方|卖方|销售|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Agency|Freelancer/i;

/** What a role's own words say: 受托 before 委托 is looked for, and 甲方 alone says nothing. */
function meaning(text: string): Side | undefined {
  const [provider, client] = [PROVIDER.test(text), CLIENT.test(text)];
  return provider === client ? undefined : provider ? "provider" : "client";
}

const labelled = both("read beside its label", "读自其标签旁");

export function read(source: Source, notes: Notes): Sides {
  const found = pairs(source);
  const definitions = source.lines.flatMap((line) => definitionsIn(line));
  const sides = sidesOf(
    [
      ...found.flatMap(({ role, hint }) => (role ? [[role, hint] as const] : [])),
      ...definitions.map(({ role, also }) => [role, also] as const),
      ...source.lines.flatMap(({ text }) =>
        [...text.matchAll(EXPLAINED)].map((match) => [match[1] ?? "", match[2] ?? ""] as const),
      ),
    ],
    source,
  );
  for (const definition of definitions) {
    const side = sides.of(definition.role);
    if (side) readDefinition(source, definition, side, notes);
  }
  readPairs(found, sides, notes);
  for (const definition of definitions) {
    const side = sides.of(definition.role);
    if (side) readSigner(source, definition, side, notes);
  }
  for (const side of ["client", "provider"] as const) ask(side, source, notes);
  return sides;
}

/** Labels with what was said in their brackets; a bare 甲方 is the client unless the contract says otherwise. */
function sidesOf(roles: readonly (readonly [string, string])[], source: Source): Sides {
  const known = new Map<string, Side>();
  const key = (label: string) => label.toLowerCase();
  const letters: Record<string, Side> = {
    甲方: "client",
    乙方: "provider",
    "party a": "client",
    "party b": "provider",
  };
  for (const [label, hint] of roles) {
    const side = meaning(label) ?? meaning(hint);
    if (side) {
      known.set(key(label), side);
      for (const other of hint.match(/甲方|乙方|Party [AB]/gi) ?? []) known.set(key(other), side);
    }
  }
  // One letter turned round turns the other with it.
  for (const [one, other] of [
    ["甲方", "乙方"],
    ["party a", "party b"],
  ] as const) {
    const [a, b] = [known.get(one), known.get(other)];
    if (a && !b) known.set(other, a === "client" ? "provider" : "client");
    if (b && !a) known.set(one, b === "client" ? "provider" : "client");
    if (a && a === b) {
      known.delete(one);
      known.delete(other);
    } else if (!a && !b) {
      known.set(one, letters[one] ?? "client");
      known.set(other, letters[other] ?? "provider");
    }
  }
  // "the Company" buys from a contractor, and sells to a customer.
  const text = source.lines.map((line) => line.text).join("\n");
  const others = [...known].filter(([label]) => !/^(甲方|乙方|party [ab])$/.test(label)).map(([, side]) => side);
  if (/"Company"/i.test(text) && new Set(others).size === 1) {
    known.set("company", others[0] === "client" ? "provider" : "client");
  }
  return { of: (label) => known.get(key(label)) ?? meaning(label) };
}

/** A letter with its role in brackets, wherever it stands. */
const EXPLAINED = /(甲方|乙方|Party A|Party B)"?\s*\(([^()]{2,30})\)/gi;

/** Where another matter begins: an annex speaks of goods and accounts, and a clause of duties. */
const APART =
  /^\s*(?:附件|附录|附表|第[一二三四五六七八九十百\d]{1,4}\s*[条章]|(?:Annex|Appendix|Schedule|Exhibit|Article|Section)\b(?!.{80}))/i;

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
      const person = signs && !looksLikeFirm(pair.value) && (named(side, notes) || pair.behalf);
      if (person && /签字|签名|signature|signed/i.test(pair.hint)) {
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
    const side = (pair.under && sides.of(pair.under)) ?? heading ?? (column && columns.get(column)) ?? inOrder;
    if (pair.under && side && !cell) [current, order] = [side, [side]];
    seen += 1;
    if (side && pair.attribute === "by") signing.add(side);
    if (!side || blank(pair.value)) continue;
    if (pair.attribute === "name") nameFrom(pair, side, notes);
    else if (pair.attribute === "registration" || pair.attribute === "taxNumber") {
      const number = /^(?:[A-Z][A-Za-z]{0,12}\.? ){0,2}(?=\S*\d)[0-9A-Z][0-9A-Z./-]{1,30}(?: \d[0-9A-Z/-]*)*/i.exec(
        pair.value,
      )?.[0];
      if (number && number.length > 3) register(number, pair.place, side, notes, pair.attribute, labelled);
    } else if (pair.attribute === "legal" || pair.attribute === "signatory") signer(side, pair.attribute, pair);
    else if (pair.attribute === "person") {
      const isCompany = !signing.has(side) && (pair.under !== undefined || looksLikeFirm(pair.value)) && !heading;
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
      return typeof name === "string" && text.toLowerCase().includes(name.toLowerCase());
    });
  const [client, provider] = [holds("client"), holds("provider")];
  return client === provider ? undefined : client ? "client" : "provider";
}

function sign(pair: Pair, title: Pair | undefined, side: Side, notes: Notes) {
  const [person = "", ...rest] = pair.value.split(/[,;]\s*(?=\S)|\s+\((?=[^)]*\)$)/);
  const from = pair.place.start;
  const where = {
    ...pair.place,
    end: from + person.trimEnd().length,
    text: pair.place.text.slice(0, person.trimEnd().length),
  };
  if (person.length < 2 || person.length > 80 || /\d|_{2,}/.test(person)) return;
  for (const part of byLanguage(where))
    notes.found(`parties.${side}.signatory.name.${part.language}`, part.text, part.place, labelled);
  const beside = rest
    .join(", ")
    .replace(/\)$/, "")
    .replace(/^(?:an?|its|the|as(?: an?| its)?|in (?:his|her) capacity as) /i, "");
  const said = tidy(title ? title.place.text : beside);
  const place = title?.place ?? pair.place;
  const text =
    said ||
    (/^(name|print|姓名|by|signed|represented|法定代表人.+代|signatory|representative|代表人?$|签字人|签署人|签约人)/i.test(
      pair.label,
    )
      ? ""
      : pair.label);
  if (!text) return;
  const parts = said ? byLanguage({ ...place, text: said, start: place.start, end: place.start + said.length }) : [];
  if (parts.length > 0) {
    for (const part of parts)
      notes.found(`parties.${side}.signatory.authority.${part.language}`, part.text, place, labelled);
  } else notes.found(`parties.${side}.signatory.authority.${languageOf(text) ?? "zh"}`, text, place, labelled);
}

/** Where a name beside its label ends: before what was said of it, an address, or a comma that no legal form follows. */
const NAME_ENDS = [
  /\s*\((?:以下|下称|盖章|签章|公章|hereinafter|the "|")/i,
  /,?\s*(?:\ba company|\ba corporation|\bincorporated (?:in|under)|\bregistered)|,\s*(?:an? |with |having |whose |\d)/i,
  new RegExp(`(?<=\\b${SUFFIX}\\.?)\\s*,(?!\\s*${SUFFIX})`),
  /(?<=\p{Script=Han}\)?)\s*[,;]/u,
  // "(统一社会信用代码: …": what a bracket labels is no part of the name.
  /\s*\((?!\s*(?:[中英]文|English|Chinese))(?=[^()]{0,24}:)/i,
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
