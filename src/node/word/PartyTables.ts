/** Labels and values in the cells of a table: beside each other, under a heading of parties, or in the row of a party. */

import type { Block, Cell } from "./Docx.ts";
import { looksLikeFirm } from "./Firms.ts";
import { attributeOf, labelsOf } from "./Labels.ts";
import { type Pair, pairOf } from "./Pair.ts";
import type { Words } from "./Roles.ts";
import { type Line, narrow, place, type Source } from "./Source.ts";

/** A cell that labels others: by a role, by an attribute, or by the name of a party. */
type Label = { match: readonly (string | undefined)[]; role?: string; named?: string };
type Table = Extract<Block, { kind: "table" }>;
type Row = readonly Cell[];
/** Whom a value belongs to. */
type Owner = { under?: string; named?: string };

export function inTable(source: Source, words: Words, table: Table, lines: readonly Line[]): readonly Pair[] {
  const [first] = lines;
  if (!first) return [];
  const block = first.block;
  const lineOf = (start: number) => lines.find((line) => line.start >= start);
  const found: Pair[] = [];
  const columns = new Map<number, Label>();
  /** Roles that stand left of their rows, by their column. */
  const sideways = new Map<number, Label>();
  let section: Label | undefined;
  let headed = false;
  const alone = new Set(table.rows.flat().flatMap(({ text }) => labelOf(text, words)?.match[2] ?? [])).size < 2;

  const announce = (label: Label, cell: Cell) => {
    const line = lineOf(cell.start);
    if (label.role && line) found.push({ ...pairOf(source, line, label.match, 0, 0), value: "" });
  };
  const emit = (label: Label, cell: Cell | undefined, { under, named }: Owner) => {
    const line = cell && lineOf(cell.start);
    if (!cell || !line || cell.text.trim() === "") return;
    const at = place(source, block, cell.start, cell.start + cell.text.length);
    const owner = { ...(under ? { under } : {}), ...(named ? { named } : {}) };
    found.push({ ...pairOf(source, line, label.match, 0, 0), value: narrow(at.text), place: at, ...owner });
  };

  for (const [number, row] of table.rows.entries()) {
    const labels = labelsIn(row, words);
    const filled = row.flatMap((cell, index) => (cell.text.trim() === "" ? [] : [index]));
    const [lone = -1] = filled;
    if (headed && labels.every((label) => !label) && row.some(({ text }) => looksLikeFirm(text))) {
      headed = false;
      // Names without a label, straight below the parties that they are the names of.
      for (const cell of row) {
        const { role } = columns.get(cell.column) ?? {};
        if (role && cell.text.trim() !== "" && cell.text.length < 120 && !/[:：。]/.test(cell.text))
          emit({ match: ["", undefined, "名称", ""] }, cell, { under: role });
      }
      continue;
    }
    headed = false;
    const heading = headingOf(row, labels, number, words);
    if (filled.length === 1 && labels[lone]?.role) {
      section = labels[lone];
      columns.clear();
      sideways.clear();
      for (const cell of row) if (section) announce(section, cell);
      continue;
    }
    if (heading) {
      columns.clear();
      sideways.clear();
      section = undefined;
      headed = heading.some((label) => label?.role);
      for (const [index, label] of heading.entries()) {
        const cell = row[index];
        if (!label || !cell) continue;
        for (let column = cell.column; column < cell.column + cell.span; column++) columns.set(column, label);
        if (cell.text.trim() !== "") announce(label, cell);
      }
      continue;
    }
    const ownerOf = ({ column }: Cell): Owner => {
      const beside = [...sideways].filter(([at]) => at <= column).sort(([a], [b]) => b - a)[0]?.[1];
      const label = beside ?? columns.get(column) ?? section;
      return { ...(label?.role ? { under: label.role } : {}), ...(label?.named ? { named: label.named } : {}) };
    };
    const owned = [...columns.values()].some(({ role, named }) => role || named);
    for (const [index, cell] of row.entries()) {
      const [label, next] = [labels[index], labels[index + 1]];
      if (cell.text.trim() !== "" && !label?.role) sideways.delete(cell.column);
      if (label?.role && next && !next.role) {
        sideways.set(cell.column, label);
        announce(label, cell);
      }
    }
    for (const [index, label] of labels.entries()) {
      const cell = row[index];
      if (!label || !cell) continue;
      const attributes = [...columns.values()].some((above) => !above.role && !above.named);
      if (label.role && attributes) {
        // A row of a party under a heading of attributes.
        for (const value of row.slice(index + 1)) {
          const above = columns.get(value.column);
          if (above && !above.role) emit(above, value, { under: label.role });
        }
        break;
      }
      const single = labels.filter(Boolean).length === 1;
      if (!label.role && owned && single && sideways.size === 0) {
        for (const value of row.slice(index + 1)) {
          const owner = ownerOf(value);
          if (owner.under || owner.named) emit(label, value, owner);
        }
        break;
      }
      if (labels[index + 1] || !row[index + 1]) continue;
      if (label.role) {
        if (labels[0]) emit(label, row[index + 1], {});
        continue;
      }
      const owner = ownerOf(cell);
      // A lone label such as 名称 also heads lists of goods.
      if (owner.under || owner.named || !alone) emit(label, row[index + 1], owner);
    }
  }
  return found;
}

/** Beside 职务 or Title, the word for an office is a value and labels nobody. */
function labelsIn(row: Row, words: Words): (Label | undefined)[] {
  const labels = row.map(({ text }) => labelOf(text, words));
  const offices = labels.some((label) => attributeOf(label?.match[2] ?? "") === "authority");
  return labels.map((label) => (offices && attributeOf(label?.match[2] ?? "") === "legal" ? undefined : label));
}

function labelOf(text: string, words: Words): Label | undefined {
  if (text.length > 100) return undefined;
  const match = labelsOf(words).inCell.exec(narrow(text));
  return match ? { match: [...match], ...(match[1] ? { role: match[1] } : {}) } : undefined;
}

/** The labels of a row that heads columns: parties, or what is said of each. An empty cell goes with the one left of it. */
function headingOf(
  row: Row,
  labels: readonly (Label | undefined)[],
  number: number,
  words: Words,
): (Label | undefined)[] | undefined {
  const parties = row.map((cell, index): Label | undefined => {
    const own = labels[index];
    const text = narrow(cell.text).trim();
    if (own?.role || text === "" || text.length > 120 || /[:。]/.test(text)) return own?.role ? own : undefined;
    const role = labelsOf(words).behalf.exec(text)?.[1];
    if (role) return { match: ["", role, undefined, "signature"], role };
    const named = /^(?:(?:signed |executed )?(?:for|by)(?: and on behalf of)?|on behalf of|代表)\s*(.{3,})$/i.exec(
      text,
    )?.[1];
    return named || looksLikeFirm(text) ? { match: ["", undefined, undefined, ""], named: named ?? text } : undefined;
  });
  const filled = row.flatMap(({ text }, index) => (text.trim() === "" ? [] : [index]));
  const rest = filled.filter((index) => index > 0);
  const covers = (list: readonly (Label | undefined)[]) => rest.every((index) => list[index]);
  const count = (list: readonly (Label | undefined)[]) => list.filter(Boolean).length;
  const first = row[0]?.text.trim() === "" || parties[0] || count(parties) >= 2;
  let heading: readonly (Label | undefined)[] | undefined;
  // A party's label beside a party's name is a label beside its value.
  const mixed = parties.some((label) => label?.role) && parties.some((label) => label?.named);
  if (!mixed && count(parties) >= 2 && covers(parties) && first && !(labels[0] && !labels[0].role)) heading = parties;
  else if (number === 0 && count(labels) >= 2 && covers(labels) && rest.length > 0) heading = labels;
  if (!heading) return undefined;
  let last: Label | undefined;
  return heading.map((label, index) => {
    if (label) last = label;
    return label ?? (row[index]?.text.trim() === "" ? last : undefined);
  });
}
