/**
 * The score of a model or classifier: a command that reads input rows (JSON Lines) and prints a prediction for each. The
 * labels of the frozen set never enter the sandbox.
 */
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import { Errors, InputError } from "../../agreement/index.ts";
import type { Judged, Kind } from "../Kind.ts";
import { complaint, fail, format, pass } from "./Outcome.ts";
import { jsonLines, type Row } from "./Rows.ts";

const { both } = InputError;

const MEASURES = {
  accuracy: { classes: true, of: accuracy },
  "macro-f1": { classes: true, of: macroF1 },
  mae: { classes: false, of: (pairs: Pairs<number>) => mean(pairs.map(([wanted, found]) => Math.abs(wanted - found))) },
  rmse: { classes: false, of: (pairs: Pairs<number>) => Math.sqrt(mean(pairs.map(([a, b]) => (a - b) ** 2))) },
} as const;

type Pairs<T> = readonly (readonly [wanted: T, found: T])[];

const check = z.strictObject({
  id: Field.line,
  what: Field.words,
  measure: z.enum(["accuracy", "macro-f1", "mae", "rmse"]),
  least: z.exactOptional(z.number()),
  most: z.exactOptional(z.number()),
});

const body = z.strictObject({
  /** Reads the input on stdin, prints predictions on stdout. */
  run: z.array(z.string()).check(z.minLength(1)),
  /** Files of the suite, in JSON Lines. */
  input: z.string(),
  labels: z.string(),
  /** By which field rows belong together, and which is predicted. */
  key: z.string(),
  field: z.string(),
  checks: z.array(check),
});

type Body = z.infer<typeof body>;

export const model: Kind<Body> = {
  name: "model",
  says: both("score of a model on a frozen set", "模型在冻结数据集上的得分"),
  body,
  check({ input, labels, checks }, has) {
    const expected = both("a file of the suite outside visible/", "用例集中 visible/ 之外的文件");
    return [
      ...[input, labels]
        .filter((path) => !has(path) || path.startsWith("visible/"))
        .map((path) => new Errors.MissingField({ field: path, expected })),
      ...checks.flatMap(({ least, most }, index) => {
        if (least !== undefined || most !== undefined) return [];
        const bound = both("least or most", "least 或 most");
        return [new Errors.MissingField({ field: `judge.checks[${index}].least`, expected: bound })];
      }),
    ];
  },
  plan: ({ checks }) => checks.map(({ id, what }) => ({ id, what })),
  async judge({ run, input, labels, key, field, checks }, bench) {
    const all = (why: InputError.Words, result: "fail" | "error"): Judged[] =>
      checks.map(({ id }) => ({ id, result, why }));
    const wanted = jsonLines(bench.file(labels).toString("utf8"));
    if ("line" in wanted)
      return all(both(`${labels}: line ${wanted.line}`, `${labels}：第 ${wanted.line} 行`), "error");
    const ran = await bench.run({ argv: run, stdin: bench.file(input) });
    const why = complaint(ran);
    if (why) return all(why, "fail");
    const found = jsonLines(ran.stdout.toString("utf8"));
    if ("line" in found)
      return all(
        both(`line ${found.line} of the predictions is no JSON object`, `预测结果第 ${found.line} 行不是 JSON 对象`),
        "fail",
      );
    const pairs = paired(wanted.rows, found.rows, key, field);
    if (!pairs) {
      const [rows, wants] = [found.rows.length, wanted.rows.length];
      return all(
        both(
          `each of the ${wants} rows needs one prediction by its ${key}; there are ${rows}`,
          `${wants} 行须各有一个按 ${key} 对应的预测；现有 ${rows} 行`,
        ),
        "fail",
      );
    }
    return checks.map((one) => judge(one, pairs, ran.seconds));
  },
};

/** Wanted and found by key: each once, none else. */
function paired(wanted: readonly Row[], found: readonly Row[], key: string, field: string): Pairs<unknown> | undefined {
  const by = new Map(found.map((row) => [String(row[key]), row]));
  if (by.size !== found.length || found.length !== wanted.length) return undefined;
  const pairs = wanted.map((row) => [row[field], by.get(String(row[key]))?.[field]] as const);
  return pairs.some(([, prediction]) => prediction === undefined) ? undefined : pairs;
}

function judge({ id, measure, least, most }: z.infer<typeof check>, pairs: Pairs<unknown>, seconds: number): Judged {
  const { classes, of } = MEASURES[measure];
  const typed = pairs.every((pair) => pair.every((value) => (classes ? isClass(value) : Number.isFinite(value))));
  if (!typed) return fail(id, "a prediction has the wrong type", "预测值类型不正确");
  const value = (of as (pairs: Pairs<unknown>) => number)(pairs);
  const measures = [
    { name: measure, value: format(value), unit: "" },
    { name: "time", value: format(seconds), unit: "s" },
  ];
  const enough = (least === undefined || value >= least) && (most === undefined || value <= most);
  if (enough) return pass(id, { measures });
  const bound =
    least === undefined ? both(`at most ${most}`, `至多 ${most}`) : both(`at least ${least}`, `至少 ${least}`);
  return fail(
    id,
    `${measure} is ${format(value)}, expected ${bound.en}`,
    `${measure} 为 ${format(value)}，应${bound.zh}`,
    {
      measures,
    },
  );
}

const isClass = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;

function accuracy(pairs: Pairs<unknown>): number {
  return pairs.filter(([wanted, found]) => wanted === found).length / pairs.length;
}

/** The mean over the classes of the set of 2PR / (P + R); a class that is never right counts 0. */
function macroF1(pairs: Pairs<unknown>): number {
  const classes = [...new Set(pairs.map(([wanted]) => wanted))];
  return mean(
    classes.map((one) => {
      const right = pairs.filter(([wanted, found]) => wanted === one && found === one).length;
      const either =
        pairs.filter(([wanted]) => wanted === one).length + pairs.filter(([, found]) => found === one).length;
      return (2 * right) / either;
    }),
  );
}
