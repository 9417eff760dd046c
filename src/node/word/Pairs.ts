/** Labels with their values: "甲方：…" in a line, or a label's cell with its value's cell, however the table is turned. */
import { BEHALF, IN_CELL, IN_LINE, ROLES_EN } from "./Labels.ts";
import { type Pair, pairOf } from "./Pair.ts";
import { inTable } from "./PartyTables.ts";
import { type Line, matchesOf, type Source } from "./Source.ts";

/** All pairs in the order of the document. */
export function pairs(source: Source): readonly Pair[] {
  const found: Pair[] = [];
  const tables = new Map<number, Line[]>();
  for (const line of source.lines) {
    if (!line.cell) continue;
    const own = tables.get(line.block);
    if (own) own.push(line);
    else tables.set(line.block, [line]);
  }
  let last = -1;
  for (const line of source.lines) {
    const table = source.blocks[line.block];
    if (line.cell && line.block !== last && table?.kind === "table")
      found.push(...inTable(source, table, tables.get(line.block) ?? []));
    last = line.block;
    found.push(...inLine(source, line));
  }
  return found;
}

function inLine(source: Source, line: Line): readonly Pair[] {
  const may = /:|\b(?:no|nr|number|id|ein|uen|abn|by)\b/i.test(line.text);
  const matches = (may ? matchesOf(IN_LINE, line.text) : []).filter(
    // "Signed by" without a colon names a person, with capitals.
    (match) => /[:\d]\s*$|(?:no\.?|nr\.?|number|EIN|UEN|ABN|ID)\s*$/i.test(match[0]) || signs(line, match),
  );
  const behalf = SIGNED_BEHALF.exec(line.text);
  if (behalf) {
    const from = behalf.index + (behalf[1]?.length ?? 0);
    const signatory = pairOf(source, line, ["", undefined, "Signed by", ""], from, from + (behalf[2]?.length ?? 0));
    return [{ ...signatory, named: behalf[3] ?? "", ...(behalf[4] ? { under: behalf[4] } : {}) }];
  }
  if (matches.length === 0) {
    // A line of its own may say whose signature follows.
    const alone = (line.cell ? null : IN_CELL.exec(line.text)) ?? BEHALF.exec(line.text);
    if (alone?.[1]) return [{ ...pairOf(source, line, [alone[0], alone[1], undefined, "signature"], 0, 0), value: "" }];
    return line.text.length > 160 ? [] : [{ ...pairOf(source, line, ["", undefined, "", ""], 0, line.text.length) }];
  }
  return matches.map((match, index) => {
    const from = match.index + match[0].length;
    const limit = matches[index + 1]?.index ?? line.text.length;
    const rest = line.text.slice(from, limit);
    // A value ends with its sentence, or where tabs set the next column apart.
    const stop =
      /[。;]|\t| {3,}|(?<=\S) {2,}(?=\S)/.exec(rest.replace(/^\s+/, (space) => "x".repeat(space.length)))?.index ??
      rest.length;
    const [whole, owner, role, attribute, hint] = match;
    const before = line.text.slice(Math.max(0, match.index - 24), match.index);
    const forRole = role && /(?:^|\b)(?:for|on behalf of|signed by)\s*$/i.test(before);
    return {
      ...pairOf(source, line, [whole, role, attribute, forRole ? `${hint} signature` : hint], from, from + stop),
      ...(owner ? { under: owner } : {}),
      ...(forRole ? { behalf: true as const } : {}),
    };
  });
}

/** "Signed by N, title, for and on behalf of P": groups 2 the signatory, 3 the party, 4 its role. */
const SIGNED_BEHALF = new RegExp(
  `^(\\s*(?:signed|executed)(?: as a deed)? by\\s+)(\\p{L}[^:;()]{3,90}?),?\\s+(?:for and )?on behalf of\\s+((?:the )?"?(${ROLES_EN})?\\b.{0,100})$`,
  "iu",
);

const signs = (line: Line, match: RegExpExecArray): boolean =>
  /^\p{Lu}[\p{L}'.-]+ (?:\p{Lu}[\p{L}'.-]* ?)+/u.test(line.text.slice(match.index + match[0].length));
