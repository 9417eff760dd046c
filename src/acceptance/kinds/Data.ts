/** Quality of data: a file of the delivery, or what a command makes of the suite's raw data. */
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import { Errors, InputError, Share } from "../../agreement/index.ts";
import type { Bench, Judged, Kind, Planned } from "../Kind.ts";
import { complaint, equal, fail, format, pass } from "./Outcome.ts";
import { csv, jsonLines, type Row } from "./Rows.ts";

const { both } = InputError;

const column = z.strictObject({
  type: z.enum(["text", "integer", "number", "date", "boolean"]),
  /** Share of rows that have a value; default all. */
  complete: z.exactOptional(Field.share),
  /** No value twice. */
  unique: z.exactOptional(z.boolean()),
  /** Values that may be there. */
  values: z.exactOptional(z.array(z.string()).check(z.minLength(1))),
  least: z.exactOptional(z.number()),
  most: z.exactOptional(z.number()),
});

const body = z.strictObject({
  /** Prints the data, or writes `file`; reads `input` on stdin. Without it, `file` lies in the delivery. */
  run: z.exactOptional(z.array(z.string()).check(z.minLength(1))),
  input: z.exactOptional(z.string()),
  file: z.exactOptional(z.string()),
  format: z.enum(["csv", "jsonl"]),
  columns: z.record(z.string(), column),
  rows: z.exactOptional(z.strictObject({ least: z.exactOptional(z.int()), most: z.exactOptional(z.int()) })),
  /** The right rows, in whatever order, by a key: a file of the suite in JSON Lines. Of each at least this share. */
  right: z.exactOptional(z.strictObject({ file: z.string(), key: z.string(), least: Field.share })),
});

type Body = z.infer<typeof body>;
type Column = z.infer<typeof column>;

export const data: Kind<Body> = {
  name: "data",
  says: both("quality of data", "数据质量"),
  body,
  check({ run, input, file, right }, has) {
    const problems: InputError.InputError[] = [];
    if (!run && file === undefined) {
      const expected = both("a command or a file", "命令或文件");
      problems.push(new Errors.MissingField({ field: "judge.file", expected }));
    }
    const expected = both("a file of the suite", "用例集中的文件");
    for (const path of [input, right?.file])
      if (path !== undefined && !has(path)) problems.push(new Errors.MissingField({ field: path, expected }));
    return problems;
  },
  plan,
  async judge(body, bench) {
    const planned = plan(body);
    const text = await produce(body, bench);
    if (typeof text !== "string") return planned.map(({ id }) => ({ id, result: "fail", why: text }));
    const read = body.format === "csv" ? csv(text) : jsonLines(text);
    if ("line" in read) {
      const why = both(`line ${read.line} is no row`, `第 ${read.line} 行不是有效的行`);
      return planned.map(({ id }) => ({ id, result: "fail", why }));
    }
    return planned.map(({ id }) => judge(id, body, read.rows, bench));
  },
};

const CHECKS = {
  rows: both("as many rows as agreed", "行数符合约定"),
  columns: both("the columns agreed, and no others", "列与约定一致，无多余列"),
  types: both("every value has the type of its column", "每个值符合列类型"),
  right: both("the rows are the right ones", "各行内容正确"),
};

function plan({ columns, rows, right }: Body): readonly Planned[] {
  const each = Object.entries(columns).flatMap(([name, one]) => [
    { id: `complete ${name}`, what: both(`${name} is filled in`, `${name} 已填写`) },
    ...(one.unique ? [{ id: `unique ${name}`, what: both(`${name} is there once`, `${name} 不重复`) }] : []),
    ...(one.values || one.least !== undefined || one.most !== undefined
      ? [{ id: `values ${name}`, what: both(`${name} has allowed values`, `${name} 取值在允许范围内`) }]
      : []),
  ]);
  return [
    { id: "columns", what: CHECKS.columns },
    { id: "types", what: CHECKS.types },
    ...(rows ? [{ id: "rows", what: CHECKS.rows }] : []),
    ...each,
    ...(right ? [{ id: "right", what: CHECKS.right }] : []),
  ];
}

/** The text of the data, or why there is none. */
async function produce({ run, input, file }: Body, bench: Bench): Promise<string | InputError.Words> {
  if (!run) {
    const bytes = bench.delivered(file ?? "");
    return bytes ? bytes.toString("utf8") : both(`there is no file ${file}`, `没有文件 ${file}`);
  }
  const ran = await bench.run({
    argv: run,
    ...(input === undefined ? {} : { stdin: bench.file(input) }),
    ...(file === undefined ? {} : { collect: [file] }),
  });
  const why = complaint(ran);
  if (why) return why;
  const bytes = file === undefined ? ran.stdout : ran.collected.get(file);
  return bytes ? bytes.toString("utf8") : both(`it wrote no file ${file}`, `未写出文件 ${file}`);
}

function judge(id: string, body: Body, rows: readonly Row[], bench: Bench): Judged {
  const { columns, right } = body;
  const [what, name = ""] = id.split(/ (.*)/s);
  const one = columns[name];
  const values = rows.map((row) => row[name]).filter(isFilled);
  if (what === "columns") {
    const odd = rows.findIndex((row) => !equal(Object.keys(row).toSorted(), Object.keys(columns).toSorted()));
    if (rows.length > 0 && odd < 0) return pass(id);
    return fail(id, `row ${odd + 1} has other columns`, `第 ${odd + 1} 行的列不符`);
  }
  if (what === "types") {
    for (const [name, { type }] of Object.entries(columns)) {
      const bad = rows.findIndex((row) => isFilled(row[name]) && !TYPES[type](row[name]));
      if (bad >= 0) return fail(id, `row ${bad + 1}: ${name} is no ${type}`, `第 ${bad + 1} 行：${name} 不是 ${type}`);
    }
    return pass(id);
  }
  if (what === "rows") {
    const { least = 0, most = Number.POSITIVE_INFINITY } = body.rows ?? {};
    const measures = [{ name: "rows", value: String(rows.length), unit: "" }];
    if (rows.length >= least && rows.length <= most) return pass(id, { measures });
    return fail(id, `there are ${rows.length} rows`, `共 ${rows.length} 行`, { measures });
  }
  if (what === "right" && right) return rightRows(id, right, rows, bench);
  if (!one) return { id, result: "error" };
  if (what === "complete") {
    const share = rows.length === 0 ? 0 : values.length / rows.length;
    const measures = [{ name: "complete", value: format(share), unit: "" }];
    if (share * Share.WHOLE >= Share.parse(one.complete ?? "100 %")) return pass(id, { measures });
    return fail(id, `${format(share * 100)} % are filled in`, `已填写 ${format(share * 100)} %`, { measures });
  }
  if (what === "unique") {
    const seen = new Set(values.map(String));
    if (seen.size === values.length) return pass(id);
    const twice = values.length - seen.size;
    return fail(id, `${twice} values are there more than once`, `有 ${twice} 个重复值`);
  }
  const bad = values.find((value) => !allowed(value, one));
  if (bad === undefined) return pass(id);
  return fail(id, `${InputError.show(bad)} is not allowed`, `不允许的取值 ${InputError.show(bad)}`);
}

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== "";
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const TYPES: Record<Column["type"], (value: unknown) => boolean> = {
  text: (value) => typeof value === "string",
  integer: (value) => (typeof value === "string" ? /^-?(0|[1-9]\d*)$/.test(value) : Number.isSafeInteger(value)),
  number: (value) => (typeof value === "string" ? numeral.test(value) : Number.isFinite(value)),
  date: (value) =>
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value,
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
};

function allowed(value: unknown, { values, least, most }: Column): boolean {
  if (values && !values.includes(String(value))) return false;
  const number = Number(value);
  return (least === undefined || number >= least) && (most === undefined || number <= most);
}

/** Numbers and their texts count alike: CSV knows only texts. */
function rightRows(id: string, { file, key, least }: NonNullable<Body["right"]>, rows: readonly Row[], bench: Bench) {
  const wanted = jsonLines(bench.file(file).toString("utf8"));
  if ("line" in wanted) return { id, result: "error" as const };
  const plain = (row: Row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isFilled(value) ? String(value) : ""]));
  const found = new Map(rows.map((row) => [String(row[key]), plain(row)]));
  const good = wanted.rows.filter((row) => equal(found.get(String(row[key])), plain(row))).length;
  const share = good / Math.max(wanted.rows.length, found.size);
  const measures = [{ name: "right", value: format(share), unit: "" }];
  if (share * Share.WHOLE >= Share.parse(least)) return pass(id, { measures });
  return fail(id, `${format(share * 100)} % of the rows are right`, `正确的行占 ${format(share * 100)} %`, {
    measures,
  });
}
