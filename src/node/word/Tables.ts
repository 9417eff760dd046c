/** Parts as rows of tables, or as columns of turned ones: headings say what a cell is, in any order. */
import { periods } from "./Dates.ts";
import type { Cell } from "./Docx.ts";
import { narrow, place, type Source } from "./Source.ts";
import { type Field, type Group, ordinalOf, readDates, readMoney, readShare, type Stage } from "./Stages.ts";

type Column = Field | "title" | "share" | "criteria" | "deliverable" | "number" | "condition" | "ignored";

/** In the order in which they are tried: what is more exact comes first. */
const HEADINGS: readonly (readonly [Column, RegExp])[] = [
  ["number", /^(?:序号|编号|项次|No\.?|[#]|Item no\.?|Ref\.?)$/i],
  ["review", /验收期|审核期|验收天数|验收时限|review (?:period|days|window|time)|^review$/i],
  ["cure", /整改期|补正期|修复期|修改期|cure|rectification|correction period/i],
  ["criteria", /验收标准|验收要求|验收依据|验收条件|通过标准|criteri|acceptance (?:test|standard|basis)|^acceptance$/i],
  ["condition", /付款条件|支付条件|触发|payment (?:condition|trigger|event|terms)|trigger|payable (?:on|upon|when)/i],
  [
    "ignored",
    /付款(?:日期|时间|期限)|支付(?:日期|时间|期限)|payment (?:date|due)|备注|说明|remarks?|notes?$|负责人|责任人|responsible|owner/i,
  ],
  ["start", /开始|起始|启动|start|commence|^from$/i],
  ["share", /比例|占比|百分比|份额|percent|%|share|portion|proportion/i],
  ["net", /不含税|净额|净价|\bnet\b|excl/i],
  ["tax", /^税额|税金|增值税|^tax|^VAT|\btax amount/i],
  ["due", /日期|时间|期限|截止|到期|交期|due|deadline|complet|deliver(?:y|ed) (?:date|by|on)|\bdate\b|^by$|^until$/i],
  ["amount", /金额|价款|价格|费用|报价|合同额|应付|款额|含税|amount|price|\bfees?\b|payment|payable|value|cost|sum/i],
  ["deliverable", /交付物|交付成果|成果|交付内容|deliverable|output/i],
  [
    "title",
    /里程碑|阶段|节点|期次|分期|期数|款项|工作内容|工作项|工作|任务|名称|事项|项目|内容|milestone|phase|stage|instal?ment|task|work|description|name|title|scope|item/i,
  ],
];

const TOTAL = /^\s*(?:合\s*计|总\s*计|共\s*计|小计|总额|总价|合同总价|(?:grand )?total|sum)/i;

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

function columnOf(text: string): Column | undefined {
  const heading = narrow(text).replace(/\s+/g, " ").trim();
  if (heading === "" || heading.length > 40) return undefined;
  return HEADINGS.find(([, pattern]) => pattern.test(heading))?.[0];
}

function rowsOf(source: Source, block: number, rows: Grid): Group | undefined {
  const head = rows.slice(0, 3).findIndex((row) => {
    const kinds = new Set(row.map((cell) => cell && columnOf(cell.text)).filter(Boolean));
    const named = kinds.has("title") || kinds.has("deliverable") || kinds.has("condition") || kinds.has("number");
    return named && (kinds.has("amount") || kinds.has("share") || kinds.has("due"));
  });
  if (head < 0) return undefined;
  const columns = (rows[head] ?? []).map((cell) => (cell ? columnOf(cell.text) : undefined));
  const headings = (rows[head] ?? []).map((cell) => narrow(cell?.text ?? ""));
  const naming = (["title", "deliverable", "condition"] as const).find((kind) => columns.includes(kind));
  const group: Group = { stages: [], block, table: true };
  for (const row of rows.slice(head + 1)) {
    const cells = row.filter((cell) => cell && cell.text.trim() !== "");
    if (cells.length === 0) continue;
    const isTotal = cells.slice(0, 2).some((cell) => TOTAL.test(narrow(cell?.text ?? "")));
    const stage: Stage = { unclear: [], text: cells.map((cell) => narrow(cell?.text ?? "")).join("\n") };
    const taken = new Set<Column>();
    for (const [index, cell] of row.entries()) {
      const column = columns[index];
      if (!cell || !column || cell.text.trim() === "" || (taken.has(column) && column !== "title")) continue;
      taken.add(column);
      fill(source, block, cell, column, { stage, heading: headings[index] ?? "", naming });
    }
    if (isTotal) {
      if (stage.amount) group.total = stage.amount;
      continue;
    }
    if (stage.title || stage.amount || stage.share) group.stages.push(stage);
  }
  const worth = group.stages.some((stage) => stage.amount || stage.share || stage.due || stage.unclear.length > 0);
  return group.stages.length > 0 && worth ? group : undefined;
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

const LEAD =
  /^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[).、]\s*)?(?:第\s*([一二三四五六七八九十\d]+)\s*个?\s*(?:阶段|期款?|笔款?|次|批|里程碑|步|节点)|(?:里程碑|阶段|Milestone|Phase|Stage|Instal?ment|Payment|[MPS])\s*(?:No\.?\s*)?(\d{1,2}|[一二三四五六七八九十]{1,2}|[IV]{1,4}\b|[A-H](?=\s*(?:[:.(),-]|$))|one\b|two\b|three\b|four\b|five\b|six\b))\s*[:.\-、,]*\s*/i;

/** A title without the number before it; the number alone is a title when nothing follows. */
function titleIn(text: string): { from: number; to: number; ordinal?: number } {
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
