/** Parts as rows of tables, or as columns of turned ones: headings say what a cell is, in any order. */
import { sums } from "./Amounts.ts";
import { dates } from "./Dates.ts";
import type { Cell } from "./Docx.ts";
import { type Column, columnOf, GOODS, OTHER_LISTS, PARTS, rankOf, TAX_ROW, TOTAL } from "./Headings.ts";
import { narrow, place, type Source } from "./Source.ts";
import { type Group, hasHan, ordinalOf, readField, type Stage } from "./Stages.ts";
import { titleIn } from "./Titles.ts";

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
function heads(row: readonly (Cell | undefined)[], below: readonly (Cell | undefined)[] = []): boolean {
  const texts = row.flatMap((cell) => (cell && cell.text.trim() !== "" ? [narrow(cell.text)] : []));
  const known = texts.filter((text) => columnOf(text)).length;
  const data = texts.some((text) => /^\W*[\d,.]{3,}\W*$/.test(text.trim()) || dates(text).some(({ day }) => day));
  const total = TOTAL.test(texts[0] ?? "");
  // One known heading is enough over a day and an amount.
  const cells = below.map((cell) => narrow(cell?.text ?? ""));
  const typed =
    cells.some((text) => dates(text).some(({ day }) => day)) &&
    cells.some((text) => sums(text, true).length > 0 && !dates(text).some(({ day }) => day));
  const short = texts.every((text) => text.length <= 30);
  return known > 0 && (known * 2 >= texts.length || (typed && short)) && !data && !total;
}

function headOf(rows: Grid): Head | undefined {
  for (let from = 0; from < Math.min(4, rows.length); from++) {
    if (!heads(rows[from] ?? [], rows[from + 1])) continue;
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
    const naming = [...known].some((kind) => NAMED.has(kind) || kind === undefined);
    if (naming && [...known].some((kind) => PAID.has(kind))) return { from, to, kinds, texts };
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
  if (!kinds.some((kind) => NAMED.has(kind))) return undefined;
  const all = texts.join(" ");
  if (OTHER_LISTS.test(all) && !PARTS.test(all)) return undefined;
  // A list of goods is one of parts where it is said of each when it is delivered.
  const goods = GOODS.test(all) && !PARTS.test(all);
  if (goods && !kinds.includes("amount")) return undefined;
  const naming = (["title", "deliverable", "condition"] as const).find((kind) => kinds.includes(kind));
  const unit = unitOf(source, block, rows.slice(0, head.from));
  const lacks = goods && !kinds.includes("due");
  const group: Group = { stages: [], block, table: true, ...(lacks ? { lacks: "days" } : {}) };
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
    // "Prototype (delivery by 12 March 2027)" in the cell of the name.
    if (!stage.due && !taken.has("due")) {
      const said = row.find(
        (cell, index) => cell && NAMES.has(kinds[index]) && dates(narrow(cell.text)).some(({ day }) => day),
      );
      if (said) readField(stage, "due", place(source, block, said.start, said.start + said.text.length), "");
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

/** What the cells below tell where a heading does not, or may mean two things: "Payment", "When". */
function byContent({ kinds }: Head, rows: Grid): (Column | undefined)[] {
  const typed = kinds.map((kind, column) => {
    if (kind !== undefined && kind !== "title" && kind !== "amount") return kind;
    const texts = rows.flatMap((row) => {
      const text = narrow(row[column]?.text ?? "").trim();
      return text === "" || TOTAL.test(text) ? [] : [text];
    });
    const all = (test: (text: string) => boolean) => texts.length > 0 && texts.every(test);
    if (all((text) => dates(text).some(({ day, start, end }) => day && end - start > text.length - 12))) return "due";
    if (all((text) => /^\d{1,3}(?:\.\d+)?\s*%$/.test(text))) return "share";
    // "HK$155,000 (25%)"
    if (all((text) => FIGURE.test(text.replace(/\s*[([]\s*\d{1,3}(?:\.\d+)?\s*%\s*[)\]]\s*$/, "")))) return "amount";
    if (kind === "amount" && all((text) => !/\d{2}|[壹贰叁肆伍陆柒捌玖拾]/.test(text))) return "title";
    if (kind === undefined && rows.length > 1 && all((text) => /\p{L}{3}|\p{Script=Han}{2}/u.test(text)))
      return "words";
    return kind;
  });
  // A column of words without a known heading names the parts where no other does.
  const names = typed.some((kind, column) => NAMES.has(kind) && !counts(rows, column));
  const first = names ? -1 : typed.indexOf("words");
  return typed.map((kind, column) => (kind === "words" ? (column === first ? "deliverable" : undefined) : kind));
}

const FIGURE = /^(?:[A-Z]{3}|[^\p{L}\d]{1,2})?\s*\d[\d,. ]{2,}\s*(?:[A-Z]{3}|[^\p{L}\d]|元)?$|^\d[\d.]*\s*[万千]?元$/u;
const NAMES: ReadonlySet<Column | "words" | undefined> = new Set(["title", "deliverable", "condition"]);

/** Whether a column only counts: 1, II, 三, M2. */
const counts = (rows: Grid, column: number): boolean =>
  rows.every((row) => {
    const text = narrow(row[column]?.text ?? "").trim();
    return (
      text === "" ||
      TOTAL.test(text) ||
      COUNT.test(text) ||
      (cellTitle(text).ordinal !== undefined && cellTitle(text).from === 0)
    );
  });

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

/** Where the column of titles holds no more than "M1", what is delivered names the part, or upon what it is paid. */
function named(source: Source, group: Group, rows: Grid, kinds: readonly (Column | undefined)[]) {
  const naming = (["deliverable", "condition"] as const).flatMap((wanted) =>
    kinds.flatMap((kind, at) => (kind === wanted ? [[at, kind] as const] : [])),
  );
  for (const [at, kind] of naming) {
    for (const stage of group.stages) {
      if (stage.title && !stage.numberOnly) continue;
      const cell = rows
        .map((row) => row[at])
        .find((each) => each && each.text.trim() !== "" && stage.text.includes(narrow(each.text)));
      if (!cell) continue;
      const text = narrow(cell.text);
      const name = titleIn(text, true);
      if (kind === "condition" && !name) continue;
      const { from, to } = kind === "condition" && name ? name : { from: 0, to: text.length };
      stage.title = place(source, group.block, cell.start + from, cell.start + to);
      stage.numberOnly = false;
    }
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
    if (COUNT.test(text)) return number(stage, ordinalOf(text));
    const title = spoken(text) ?? cellTitle(text);
    number(stage, title.ordinal);
    const bare = title.from === 0 && title.ordinal !== undefined;
    if (title.to > title.from && (!stage.title || (stage.numberOnly && !bare))) {
      stage.numberOnly = bare;
      stage.title = place(source, block, where.start + title.from, where.start + title.to);
    }
  } else readField(stage, column, where, heading);
}

/** A cell that counts and names nothing. */
const COUNT =
  /^[^\p{L}\d]*(?:\d{1,4}|[一二三四五六七八九十]{1,2}|[IVX]{1,4}|[A-H])(?:[^\p{L}\d]+(?:\d{1,4}|[一二三四五六七八九十]{1,2}|[IVX]{1,4}))?[^\p{L}\d]*$/u;

/** The name in a cell that says more than it: a day, an amount, or what it is about in paragraphs below. */
function spoken(text: string): { from: number; to: number; ordinal?: number } | undefined {
  const first = /^[^\n]*/.exec(text)?.[0] ?? "";
  // The paragraph below may say the same in the other language.
  const more = first.length < text.length && hasHan(first) === hasHan(text.slice(first.length));
  if (!more && !dates(text).some(({ day }) => day) && sums(text).length === 0) return undefined;
  const name = more ? cellTitle(first) : titleIn(text, true);
  return name && name.to > name.from ? name : undefined;
}

function number(stage: Stage, ordinal: number | undefined) {
  if (ordinal !== undefined) stage.ordinal ??= ordinal;
}

/** "First payment" counts and names nothing. */
const COUNTED =
  /^\s*(?:the )?(first|second|third|fourth|fifth|sixth|last|final)\s+(?:payment|instal?ment|milestone|phase|stage|delivery|tranche)\s*$/i;
const LEAD =
  /^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[).、]\s*)?(?:第\s*([一二三四五六七八九十\d]+)\s*个?\s*(?:阶段|期款?|笔款?|次|批|里程碑|步|节点)|(?:里程碑|阶段|Milestone|Phase|Stage|Instal?ment|Payment|[MPS])\s*(?:No\.?\s*)?(\d{1,2}|[一二三四五六七八九十]{1,2}|[IV]{1,4}\b|[A-H](?=\s*(?:[:.(),-]|$))|one\b|two\b|three\b|four\b|five\b|six\b))\s*[:.\-、,]*\s*/i;

/** A title without the number before it; the number alone is a title when nothing follows. */
function cellTitle(text: string): { from: number; to: number; ordinal?: number } {
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
