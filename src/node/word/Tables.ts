/** Parts as rows of tables, or as columns of turned ones: headings say what a cell is, in any order. */
import { dates, periods } from "./Dates.ts";
import type { Cell } from "./Docx.ts";
import { type Column, columnOf, OTHER_LISTS, PARTS, rankOf, TAX_ROW, TOTAL } from "./Headings.ts";
import { narrow, place, type Source } from "./Source.ts";
import { type Group, ordinalOf, readDates, readMoney, readShare, type Stage } from "./Stages.ts";

/** Groups in tables, with the blocks that they take. */
export function inTables(source: Source): readonly Group[] {
  return source.blocks.flatMap((block, number) => {
    if (block.kind !== "table") return [];
    const upright = grid(block.rows);
    const group = rowsOf(source, number, upright) ?? rowsOf(source, number, turned(upright));
    return group ? [group] : [];
  });
}

type Grid = readonly (readonly (Cell | undefined)[])[];

function grid(rows: readonly (readonly Cell[])[]): Grid {
  return rows.map((row) => {
    const line: (Cell | undefined)[] = [];
    for (const cell of row) line[cell.column] = cell;
    return Array.from(line);
  });
}

function turned(rows: Grid): Grid {
  const width = Math.min(64, Math.max(0, ...rows.map((row) => row.length)));
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}

/** The headings of the columns, from one row or from several that stand over each other. */
type Head = { from: number; to: number; kinds: (Column | undefined)[]; texts: string[] };

const PAID: ReadonlySet<Column | undefined> = new Set(["amount", "share", "due", "net"]);
const NAMED: ReadonlySet<Column | undefined> = new Set(["title", "deliverable", "condition", "number"]);

/** A row that says what its columns are: most of its cells are headings, and none is a figure or a day. */
function heads(row: readonly (Cell | undefined)[]): boolean {
  const texts = row.flatMap((cell) => (cell && cell.text.trim() !== "" ? [narrow(cell.text)] : []));
  const known = texts.filter((text) => columnOf(text)).length;
  const data = texts.some((text) => /^\W*[\d,.]{3,}\W*$/.test(text.trim()) || dates(text).some(({ day }) => day));
  const total = texts.some((text) => TOTAL.test(text));
  return known > 0 && known * 2 >= texts.length && !data && !total;
}

function headOf(rows: Grid): Head | undefined {
  for (let from = 0; from < Math.min(4, rows.length); from++) {
    if (!heads(rows[from] ?? [])) continue;
    let to = from + 1;
    while (to < Math.min(from + 3, rows.length) && heads(rows[to] ?? []) && continues(rows, to)) to++;
    const width = Math.min(64, Math.max(...rows.slice(from, to).map((row) => row.length)));
    const kinds: (Column | undefined)[] = [];
    const texts: string[] = [];
    for (let column = 0; column < width; column++) {
      const cells = rows.slice(from, to).map((row) => covering(row, column)?.text.trim() ?? "");
      const own = cells.filter((text) => text !== "");
      const whole = own.join(" ");
      kinds.push(columnOf(own.at(-1) ?? "") ?? columnOf(whole) ?? columnOf(own[0] ?? ""));
      texts.push(narrow(whole));
    }
    const known = new Set(kinds);
    if ([...known].some((kind) => NAMED.has(kind)) && [...known].some((kind) => PAID.has(kind)))
      return { from, to, kinds, texts };
  }
  return undefined;
}

/** Whether a row stands under wide or tall headings and splits them. */
function continues(rows: Grid, at: number): boolean {
  const [above, row] = [rows[at - 1] ?? [], rows[at] ?? []];
  const wide = above.some((cell) => cell && cell.span > 1 && cell.text.trim() !== "");
  return wide || row.some((cell, column) => cell?.text.trim() === "" && above[column]?.text.trim() !== "");
}

const covering = (row: readonly (Cell | undefined)[], column: number): Cell | undefined =>
  row.findLast((cell, at) => cell && at <= column && column < at + cell.span);

function rowsOf(source: Source, block: number, rows: Grid): Group | undefined {
  const head = headOf(rows);
  if (!head) return undefined;
  const { texts } = head;
  const kinds = byContent(head, rows.slice(head.to));
  const all = texts.join(" ");
  if (OTHER_LISTS.test(all) && !PARTS.test(all)) return undefined;
  const naming = (["title", "deliverable", "condition"] as const).find((kind) => kinds.includes(kind));
  const unit = unitOf(source, block, rows.slice(0, head.from));
  const group: Group = { stages: [], block, table: true };
  for (const row of rows.slice(head.to)) {
    const cells = row.filter((cell) => cell && cell.text.trim() !== "");
    // Headings come again on a new page.
    if (cells.length === 0 || (heads(row) && repeats(row, texts))) continue;
    const words = cells.slice(0, 3).map((cell) => narrow(cell?.text ?? ""));
    const isTotal = cells.some((cell) => TOTAL.test(narrow(cell?.text ?? "")));
    const stage: Stage = { unclear: [], text: cells.map((cell) => narrow(cell?.text ?? "")).join("\n") };
    const taken = new Set<Column>();
    const order = [...row.keys()].sort((a, b) => rankOf(texts[a] ?? "") - rankOf(texts[b] ?? "") || a - b);
    for (const index of order) {
      const [cell, column] = [row[index], kinds[index]];
      if (!cell || !column || cell.text.trim() === "" || (taken.has(column) && column !== "title")) continue;
      if (cell.span > 1 && isTotal && TOTAL.test(narrow(cell.text))) continue;
      taken.add(column);
      fill(source, block, cell, column, { stage, heading: `${texts[index] ?? ""} ${unit}`.trim(), naming });
    }
    if (isTotal) {
      const written = words.some((text) => /小\s*计|sub-?total|不含税|未税|excl/i.test(text));
      if (stage.amount && !written) group.total = stage.amount;
      continue;
    }
    if (words.some((text) => TAX_ROW.test(text)) && !stage.due) continue;
    if (stage.title || stage.amount || stage.share) group.stages.push(stage);
  }
  named(source, group, rows.slice(head.to), kinds);
  const worth = group.stages.some((stage) => stage.amount || stage.share || stage.due || stage.unclear.length > 0);
  return group.stages.length > 0 && worth ? group : undefined;
}

/** "Payment" and "Instalment" head names as well as amounts: the cells below tell. */
function byContent({ kinds }: Head, rows: Grid): (Column | undefined)[] {
  return kinds.map((kind, column) => {
    if (kind !== "title" && kind !== "amount") return kind;
    const texts = rows.flatMap((row) => {
      const text = narrow(row[column]?.text ?? "").trim();
      return text === "" || TOTAL.test(text) ? [] : [text];
    });
    const figures = texts.filter((text) =>
      /^(?:[A-Z]{3}|[^\p{L}\d]{1,2})?\s*\d[\d,. ]{2,}\s*(?:[A-Z]{3}|[^\p{L}\d]|元)?$/u.test(text),
    );
    if (kind === "title" && texts.length > 0 && figures.length === texts.length) return "amount";
    if (kind === "amount" && texts.length > 0 && texts.every((text) => !/\d{2}|[壹贰叁肆伍陆柒捌玖拾]/.test(text)))
      return "title";
    return kind;
  });
}

const repeats = (row: readonly (Cell | undefined)[], texts: readonly string[]): boolean =>
  row.every(
    (cell, index) => !cell || cell.text.trim() === "" || (texts[index] ?? "").includes(narrow(cell.text).trim()),
  );

/** What is said of all amounts, above the table or in the line before it: 单位：万元, in thousands of euros. */
function unitOf(source: Source, block: number, above: Grid): string {
  const before = source.blocks[block - 1];
  const texts = [
    before?.kind === "paragraph" && before.text.length < 200 ? before.text : "",
    ...above.flatMap((row) => row.map((cell) => cell?.text ?? "")),
  ];
  for (const text of texts) {
    const said =
      /(?:金额)?单位\s*:?\s*([^,;。()]{0,10}元)|\b(?:all amounts |amounts )?in (thousands? (?:of )?[A-Z€£$]\w*|[A-Z]{3})\b/.exec(
        narrow(text),
      );
    if (said) return said[1] ?? said[2] ?? "";
  }
  return "";
}

/** Where the column of titles holds no more than "M1", what is delivered names the part. */
function named(source: Source, group: Group, rows: Grid, kinds: readonly (Column | undefined)[]) {
  const at = kinds.indexOf("deliverable");
  if (at < 0) return;
  for (const stage of group.stages) {
    if (stage.title && !stage.numberOnly) continue;
    const cell = rows
      .map((row) => row[at])
      .find((each) => each && each.text.trim() !== "" && stage.text.includes(narrow(each.text)));
    if (!cell) continue;
    stage.title = place(source, group.block, cell.start, cell.start + cell.text.length);
    stage.numberOnly = false;
  }
}

function fill(
  source: Source,
  block: number,
  cell: Cell,
  column: Column,
  { stage, heading, naming }: { stage: Stage; heading: string; naming: Column | undefined },
) {
  const where = place(source, block, cell.start, cell.start + cell.text.length);
  const text = narrow(where.text);
  if (column === "number") number(stage, ordinalOf(text));
  if (column === naming) {
    if (/^\W*\d{1,2}\W*$/.test(text)) return number(stage, ordinalOf(text));
    const title = titleIn(text);
    number(stage, title.ordinal);
    const bare = title.from === 0 && title.ordinal !== undefined;
    if (title.to > title.from && (!stage.title || (stage.numberOnly && !bare))) {
      stage.numberOnly = bare;
      stage.title = place(source, block, where.start + title.from, where.start + title.to);
    }
  } else if (column === "criteria") stage.criteria = where;
  else if (column === "share") readShare(stage, text, where, true);
  else if (column === "amount" || column === "net" || column === "tax") {
    readMoney(stage, column, text, where, heading);
    if (column === "amount" && !stage.share) readShare(stage, text, where, true);
  } else if (column === "due" || column === "start") readDates(stage, column, text, where);
  else if (column === "review" || column === "cure") {
    const [period] = periods(/\d\s*$/.test(text) ? `${text}${unitIn(heading)}` : text);
    if (period?.length) stage[column] = { value: period.length, place: where };
    else if (period?.why) stage.unclear.push({ field: column, what: period.why, places: [where] });
  }
}

function number(stage: Stage, ordinal: number | undefined) {
  if (ordinal !== undefined) stage.ordinal ??= ordinal;
}

const unitIn = (heading: string): string =>
  /工作日|日|天|(?:business |working )?days?|weeks?|周/i.exec(heading)?.[0] ?? "";

/** "First payment" counts and names nothing. */
const COUNTED =
  /^\s*(?:the )?(first|second|third|fourth|fifth|sixth|last|final)\s+(?:payment|instal?ment|milestone|phase|stage|delivery|tranche)\s*$/i;
const LEAD =
  /^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[).、]\s*)?(?:第\s*([一二三四五六七八九十\d]+)\s*个?\s*(?:阶段|期款?|笔款?|次|批|里程碑|步|节点)|(?:里程碑|阶段|Milestone|Phase|Stage|Instal?ment|Payment|[MPS])\s*(?:No\.?\s*)?(\d{1,2}|[一二三四五六七八九十]{1,2}|[IV]{1,4}\b|[A-H](?=\s*(?:[:.(),-]|$))|one\b|two\b|three\b|four\b|five\b|six\b))\s*[:.\-、,]*\s*/i;

/** A title without the number before it; the number alone is a title when nothing follows. */
function titleIn(text: string): { from: number; to: number; ordinal?: number } {
  const counted = COUNTED.exec(text);
  if (counted) return { from: 0, to: text.length, ordinal: ordinalOf(counted[1] ?? "") ?? 99 };
  const lead = LEAD.exec(text);
  const bare = /^\s*\(?[\d]{1,2}[).、]\s*/.exec(text);
  const from = lead?.[0].length ?? bare?.[0].length ?? 0;
  const number = lead?.[1] ?? lead?.[2];
  const ordinal = number ? ordinalOf(number) : undefined;
  const rest = text.slice(from).trim();
  const wrapped = /^\((.+)\)$/.exec(rest);
  const skip = wrapped ? text.indexOf("(", from) + 1 : from;
  if (rest === "") return { from: 0, to: text.length, ...(ordinal === undefined ? {} : { ordinal }) };
  return {
    from: skip,
    to: wrapped ? skip + (wrapped[1]?.length ?? 0) : text.length,
    ...(ordinal === undefined ? {} : { ordinal }),
  };
}
