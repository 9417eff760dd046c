/** Labels with their values: "甲方：…" in a line, or a label's cell with its value's cell, however the table is turned. */
import { labelsOf } from "./Labels.ts";
import { type Pair, pairOf } from "./Pair.ts";
import { inTable } from "./PartyTables.ts";
import type { Words } from "./Roles.ts";
import { keyed } from "./Rows.ts";
import { type Line, matchesOf, type Source } from "./Source.ts";

/** All pairs in the order of the document. */
export function pairs(source: Source, words: Words): readonly Pair[] {
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
      found.push(...inTable(source, words, table, tables.get(line.block) ?? []));
    last = line.block;
    found.push(...inLine(source, words, line));
  }
  // "甲方信用代码 | 9133…": a cell that is no label alone is one with its value.
  const { inCell } = labelsOf(words);
  for (const row of keyed(source)) {
    const key = /^[^:]*/.exec(row.text)?.[0] ?? "";
    if (!inCell.test(key)) found.push(...inLine(source, words, row).filter(({ label }) => label !== ""));
  }
  return found;
}

function inLine(source: Source, words: Words, line: Line): readonly Pair[] {
  const labels = labelsOf(words);
  const may = /:|\b(?:no|nr|number|id|ein|uen|abn|by)\b/i.test(line.text);
  const matches = (may ? matchesOf(labels.inLine, line.text) : []).filter(
    // "Signed by" without a colon names a person, with capitals.
    (match) => /[:\d]\s*$|(?:no\.?|nr\.?|number|EIN|UEN|ABN|ID)\s*$/i.test(match[0]) || signs(line, match),
  );
  const behalf = labels.signedBehalf.exec(line.text);
  if (behalf) {
    const from = behalf.index + (behalf[1]?.length ?? 0);
    const signatory = pairOf(source, line, ["", undefined, "Signed by", ""], from, from + (behalf[2]?.length ?? 0));
    return [{ ...signatory, named: behalf[3] ?? "", ...(behalf[4] ? { under: behalf[4] } : {}) }];
  }
  const behalfZh = labels.behalfZh.exec(line.text);
  if (behalfZh?.[1] && behalfZh[2]) {
    const from = line.text.length - behalfZh[2].length;
    return [{ ...pairOf(source, line, ["", undefined, "签署人", ""], from, line.text.length), under: behalfZh[1] }];
  }
  if (matches.length === 0) {
    // Two columns that tabs make: the parties side by side.
    const pieces = line.text.split(/\t+| {3,}/).filter((piece) => piece.trim() !== "");
    const roles = pieces.map((piece) => labels.inCell.exec(piece)?.[1]);
    if (pieces.length > 1 && roles.every((role) => role !== undefined))
      return roles.map((role) => ({ ...pairOf(source, line, ["", role, undefined, "signature"], 0, 0), value: "" }));
    // A line of its own may say whose signature follows.
    const alone = (isCell(source, line) ? null : labels.inCell.exec(line.text)) ?? labels.behalf.exec(line.text);
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
    // "Signed for the Purchaser by: …"
    const signer = !role && /^by$/i.test(attribute ?? "") ? labels.behalf.exec(before)?.[1] : undefined;
    const under = owner ?? signer;
    const forRole = role && /(?:^|\b)(?:for|on behalf of|signed by)\s*$/i.test(before);
    return {
      ...pairOf(source, line, [whole, role, attribute, forRole ? `${hint} signature` : hint], from, from + stop),
      ...(under ? { under } : {}),
      ...(forRole ? { behalf: true as const } : {}),
    };
  });
}

/** Whether the line is the whole of a cell, which is read with its row. */
function isCell(source: Source, { cell, block }: Line): boolean {
  const table = source.blocks[block];
  if (!cell || table?.kind !== "table") return false;
  return !table.rows[cell.row]?.some(({ column, text }) => column === cell.column && text.trim().includes("\n"));
}

const signs = (line: Line, match: RegExpExecArray): boolean =>
  /^\p{Lu}[\p{L}'.-]+ (?:\p{Lu}[\p{L}'.-]* ?)+/u.test(line.text.slice(match.index + match[0].length));
