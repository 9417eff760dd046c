/** Who pays and who works: their names, register numbers and signatories, from labels, tables and definitions. */
import { both } from "../../agreement/InputError.ts";
import { byLanguage } from "./Names.ts";
import type { Notes } from "./Notes.ts";
import { type Pair, pairs, ROLES_EN, ROLES_ZH, type Side } from "./Pairs.ts";
import { type Line, languageOf, type Place, placeIn, type Source, tidy } from "./Source.ts";

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
const defined = both("read from the definition of the party", "读自当事人定义");

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
  for (const definition of definitions) readDefinition(source, definition, sides, notes);
  readPairs(found, sides, notes);
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

type Definition = { role: string; also: string; line: Line; from: number; to: number };

const DEFINED_ZH = new RegExp(
  `\\(\\s*(?:以下|下)?(?:统一)?(?:简称|称)?(?:为|作)?\\s*["「『']?(${ROLES_ZH})["」』']?(?:\\s*(?:或|、|,|/)\\s*["「『']?([^()"」』']{2,8})["」』']?)?\\s*\\)`,
  "g",
);
const DEFINED_EN = new RegExp(
  `\\(\\s*(?:together with[^()]{0,60})?(?:herein(?:after)?)?\\s*(?:referred to as|called)?\\s*,?\\s*(?:the\\s+)?["']\\s*(?:the\\s+)?(${ROLES_EN})["']?(?:\\s*(?:or|and|,|/)\\s*(?:the\\s+)?["']?([^()"]{2,24})["']?)?\\s*\\)`,
  "gi",
);

const ENDS_WITH_ROLE = new RegExp(`(?<![\\p{Script=Han}\\w])"?(?:${ROLES_ZH}|${ROLES_EN})"?\\s*$`, "iu");
/** A letter with its role in brackets, wherever it stands. */
const EXPLAINED = /(甲方|乙方|Party A|Party B)"?\s*\(([^()]{2,30})\)/gi;

function definitionsIn(line: Line): readonly Definition[] {
  const matches = [...line.text.matchAll(DEFINED_ZH), ...line.text.matchAll(DEFINED_EN)].sort(
    (a, b) => a.index - b.index,
  );
  let last = 0;
  return matches.flatMap((match) => {
    const from = last;
    last = match.index + match[0].length;
    const label = /[:]\s*$/.test(line.text.slice(0, from)) ? "" : line.text.slice(from, match.index);
    // "甲方（委托方）" says what 甲方 is, and names nobody.
    return label.trim() === "" || ENDS_WITH_ROLE.test(label)
      ? []
      : [{ role: match[1] ?? "", also: match[2] ?? "", line, from, to: match.index }];
  });
}

const SUFFIX =
  "(?:Inc|LLC|L\\.L\\.C|Ltd|Limited|LLP|LP|L\\.P|Corp|Corporation|Co|Company|PLC|S\\.A|S\\.A\\.S|AG|GmbH|Pte|Pty|B\\.V|S\\.r\\.l|N\\.V)\\b";
const NAME_EN = new RegExp(
  `^(.{2,150}?)(?=\\s*\\(|\\s*,(?!\\s*${SUFFIX})|,?\\s+(?:an? |having |with |whose |incorporated |registered |organi[sz]ed |duly |of \\d)|\\s*;|\\s*:|\\s*$)`,
);
const NUMBER_EN =
  /(?:company|compan(?:y|ies) house|registration|registered|business|UEN|EIN|CRN|ABN|Unified Social Credit Code|USCC)[^()\d,;]{0,40}?\b((?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,23})\b/i;

function readDefinition(source: Source, { role, line, from, to }: Definition, sides: Sides, notes: Notes) {
  const side = sides.of(role);
  if (!side) return;
  const segment = line.text.slice(from, to);
  const chinese = /\p{Script=Han}/u.test(segment);
  const lead = chinese
    ? /^.*(?:由|合同双方|双方|[:]|^\s*[(]?\d{1,2}[).、]|^\s*[一二三][、.])\s*|^\s*(?:以及|与|和|及|,|;|、)+\s*/u.exec(
        segment,
      )
    : /^.*\b(?:between\b|(?:Party [AB]|Client|Customer|Buyer|Provider|Contractor|Supplier|Developer|Vendor|Consultant|Seller|Company)\s*:)[:,]?\s*(?:\(?(?:1|i|a|A)[).]\s*)?|^[\s,;.]*(?:and\b)?[\s,:]*(?:\(?(?:\d|ii?|[abAB])[).]\s*)?/i.exec(
        segment,
      );
  const start = lead?.[0].length ?? 0;
  const body = segment.slice(start);
  const name = chinese
    ? /^(?:甲方|乙方)?[:\s]*([^,;。:]{2,60}?)(?=\s*(?:,|;|。|\(统一|\(注册|$))/.exec(body)?.[1]
    : NAME_EN.exec(body)?.[1];
  if (name && isName(name)) {
    const at = from + start + body.indexOf(name);
    nameParty(source, line, at, at + name.length, side, notes);
  }
  const number = chinese
    ? /(?:统一社会信用代码|注册号|登记号)(?:为)?[:\s]*([0-9A-Z]{6,24})/.exec(body)?.[1]
    : NUMBER_EN.exec(body)?.[1];
  if (number) {
    const at = from + start + body.indexOf(number);
    register(number, placeIn(source, line, at, at + number.length), side, notes, "registration", defined);
  }
  const signs = chinese
    ? /(法定代表人|授权代表)(?:为|:)?\s*(\p{Script=Han}{2,4})(?=[,;)\s]|$)/u.exec(body)
    : /\brepresented by (?:(?:its|the) )?(?:([A-Z]?[A-Za-z ]{4,40}?),? )?((?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][\p{L}'-]+(?: [A-Z][\p{L}'.-]*){1,3})(?:, (?:its |the )?([A-Za-z ]{2,40}))?/u.exec(
        body,
      );
  if (signs) {
    const write = (key: string, text: string | undefined) => {
      if (!text) return;
      const at = from + start + signs.index + signs[0].indexOf(text);
      const where = placeIn(source, line, at, at + text.length);
      notes.found(`parties.${side}.signatory.${key}.${chinese ? "zh" : "en"}`, tidy(where.text), where, defined);
    };
    write("name", signs[2]);
    write("authority", chinese ? signs[1] : (signs[3] ?? signs[1]));
  }
}

function nameParty(source: Source, line: Line, from: number, to: number, side: Side, notes: Notes) {
  const where = placeIn(source, line, from, to);
  for (const part of byLanguage(where))
    notes.found(`parties.${side}.name.${part.language}`, part.text, part.place, defined);
}

function readPairs(found: readonly Pair[], sides: Sides, notes: Notes) {
  let current: Side | undefined;
  /** In the order of a line that labels both: what follows comes in the same order. */
  let order: Side[] = [];
  const columns = new Map<string, Side>();
  const signing = new Set<Side>();
  const signatories = new Map<Side, Pair & { authority?: string }>();
  const legal = new Map<Side, Pair>();
  const titles = new Map<Side, Pair>();
  let line: Line | undefined;
  let seen = 0;
  for (const pair of found) {
    if (pair.line !== line) [line, seen] = [pair.line, 0];
    const column = pair.line.cell && `${pair.line.block}:${pair.line.cell.column}`;
    if (pair.role) {
      const side = sides.of(pair.role);
      if (!side) continue;
      order = seen === 0 ? [side] : [...order, side];
      seen += 1;
      current = side;
      if (column) columns.set(column, side);
      if (/盖章|签章|公章|签字|seal|signature|signed/i.test(pair.hint)) signing.add(side);
      nameFrom(pair, side, notes);
      continue;
    }
    if (pair.label === "") {
      const named = namedIn(pair.value, notes);
      if (named) {
        current = named;
        order = [named];
        signing.add(named);
        if (column) columns.set(column, named);
      }
      continue;
    }
    const inOrder = order.length > 1 ? order[Math.min(seen, order.length - 1)] : current;
    const side = (pair.under && sides.of(pair.under)) ?? (column && columns.get(column)) ?? inOrder;
    if (pair.under && side && !pair.line.cell) [current, order] = [side, [side]];
    seen += 1;
    if (!side || blank(pair.value)) {
      if (side && pair.attribute === "by") signing.add(side);
      continue;
    }
    if (pair.attribute === "by") signing.add(side);
    else if (pair.attribute === "name") nameFrom(pair, side, notes);
    else if (pair.attribute === "registration" || pair.attribute === "taxNumber") {
      const number = /^(?:[A-Z]{1,8}\.? )?(?=\S*\d)[0-9A-Z][0-9A-Z./-]{2,30}(?: \d[0-9A-Z/-]*)*/i.exec(pair.value)?.[0];
      if (number) register(number, pair.place, side, notes, pair.attribute, labelled);
    } else if (pair.attribute === "legal") legal.set(side, legal.get(side) ?? pair);
    else if (pair.attribute === "signatory") signatories.set(side, signatories.get(side) ?? pair);
    else if (pair.attribute === "person") {
      const isCompany = !signing.has(side) && (pair.under !== undefined || looksLikeFirm(pair.value));
      if (isCompany) nameFrom(pair, side, notes);
      else signatories.set(side, signatories.get(side) ?? pair);
    } else if (pair.attribute === "authority") titles.set(side, titles.get(side) ?? pair);
  }
  for (const side of ["client", "provider"] as const) {
    // Who is authorised signs; the legal representative where nobody else is named.
    const [signatory, representative] = [signatories.get(side), legal.get(side)];
    const pair = signatory && signatory.value !== representative?.value ? signatory : representative;
    if (pair) sign(pair, titles.get(side), side, notes);
  }
}

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
  const said = title ? tidy(title.place.text) : tidy(rest.join(", ").replace(/\)$/, ""));
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
  /[,;:\s]+$/,
];

function nameFrom(pair: Pair, side: Side, notes: Notes) {
  if (blank(pair.value)) return;
  const ends = NAME_ENDS.map((pattern) => pattern.exec(pair.value)?.index ?? pair.value.length);
  const length = Math.min(...ends);
  const place = { ...pair.place, end: pair.place.start + length, text: pair.place.text.slice(0, length) };
  if (!isName(place.text)) return;
  for (const part of byLanguage(place))
    notes.found(`parties.${side}.name.${part.language}`, part.text, part.place, labelled);
}

function register(number: string, place: Place, side: Side, notes: Notes, key: string, how: typeof labelled) {
  const value = number.replace(/[.,;]+$/, "");
  if (/\d/.test(value) && !/^X{4,}/i.test(value)) notes.found(`parties.${side}.${key}`, value, place, how);
}

const looksLikeFirm = (text: string) =>
  /公司|工作室|事务所|中心|集团|商行|大学|研究院|\b(?:Inc|LLC|Ltd|Limited|LLP|Corp|Corporation|Company|PLC|GmbH|B\.V|S\.A|Pte|Pty|Studio|Labs?|Group)\b/i.test(
    text,
  );
const blank = (text: string) =>
  text.replace(/[_\s.…\-/[\]]|\(?(?:盖章|签字|签章|公章|签名|seal|signature)\)?/gi, "") === "";

function isName(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 150 &&
    !blank(text) &&
    !/_{2,}|。|以下简称|应当|负责|支付|shall|will\b|must|\?/.test(text)
  );
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
