/**
 * Commands on the delivery: what they print, the files they write, how they end, the tests they report, how long they
 * take against a command of the suite. Expected answers stay outside, so that the delivery cannot read them.
 */
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import { Errors, InputError } from "../../agreement/index.ts";
import type { Bench, Judged, Kind, Step } from "../Kind.ts";
import type { Ran } from "../Sandbox.ts";
import { clip, complaint, equal, fail, format, holds, parse, pass } from "./Outcome.ts";

const { both } = InputError;

const argv = z.array(z.string()).check(z.minLength(1));
/** A text, a file of the suite, or a value that is written as JSON. */
const content = z.union([z.string(), z.strictObject({ file: z.string() }), z.strictObject({ json: z.unknown() })]);

const check = z.strictObject({
  id: Field.line,
  what: Field.words,
  /** Default: that of the suite. */
  run: z.exactOptional(argv),
  /** After the command. */
  args: z.exactOptional(z.array(z.string())),
  stdin: z.exactOptional(content),
  expect: z.exactOptional(
    z.strictObject({
      exit: z.exactOptional(z.int()),
      /** All that it prints, but for white space at the end; as JSON, whatever its form. */
      stdout: z.exactOptional(content),
      /** Texts that are among what it prints. */
      prints: z.exactOptional(z.array(z.string())),
      /** Files that it writes, by path. */
      files: z.exactOptional(z.record(z.string(), content)),
    }),
  ),
  /** Names of tests that a TAP report must give as passed; others may be there, none may fail. */
  tests: z.exactOptional(z.array(z.string()).check(z.minLength(1))),
  /** A benchmark: the time of the command divided by that of a command of the suite, the middle of several. */
  ratio: z.exactOptional(
    z.strictObject({
      baseline: argv,
      most: z.number().check(z.positive()),
      runs: z.int().check(z.minimum(1), z.maximum(25)),
    }),
  ),
  /** Files that are in the delivery as it lies there; JSON may have more fields. */
  has: z.exactOptional(z.record(z.string(), z.union([z.literal(true), content]))),
});

const body = z.strictObject({
  run: z.exactOptional(argv),
  /** Commands before each, such as a build. */
  before: z.exactOptional(z.array(argv)),
  checks: z.array(check),
});

type Body = z.infer<typeof body>;
type Check = z.infer<typeof check>;
type Content = z.infer<typeof content>;

export const command: Kind<Body> = {
  name: "command",
  says: both("commands on a delivery", "在交付物上运行命令"),
  body,
  check({ run, checks }, has) {
    return checks.flatMap((one, index) => {
      const field = `judge.checks[${index}]`;
      const problems: InputError.InputError[] = [];
      const expects = one.expect ?? one.tests ?? one.ratio;
      if (!expects && !one.has) {
        const expected = both("expect, tests, ratio or has", "expect、tests、ratio 或 has");
        problems.push(new Errors.MissingField({ field, expected }));
      }
      if (expects && !run && !one.run) {
        const expected = both("a command, here or for all checks", "命令（在此处或为全部检查项指定）");
        problems.push(new Errors.MissingField({ field: `${field}.run`, expected }));
      }
      for (const path of filesOf(one).filter((path) => !has(path)))
        problems.push(
          new Errors.MissingField({ field: path, expected: both("a file of the suite", "用例集中的文件") }),
        );
      return problems;
    });
  },
  plan: ({ checks }) => checks.map(({ id, what }) => ({ id, what })),
  async judge(body, bench) {
    const judged: Judged[] = [];
    for (const one of body.checks) {
      bench.note(`# ${one.id}`);
      judged.push(await judge(body, one, bench));
    }
    return judged;
  },
};

function filesOf({ stdin, expect, has }: Check): readonly string[] {
  const all = [stdin, expect?.stdout, ...Object.values(expect?.files ?? {}), ...Object.values(has ?? {})];
  return all.flatMap((one) => (typeof one === "object" && "file" in one ? [one.file] : []));
}

async function judge(body: Body, check: Check, bench: Bench): Promise<Judged> {
  const { id, expect, tests, ratio, has, args = [] } = check;
  for (const [path, wanted] of Object.entries(has ?? {})) {
    const found = bench.delivered(path);
    if (!found) return fail(id, `the delivery has no file ${path}`, `交付物中没有文件 ${path}`);
    if (wanted !== true && !fits(found.toString("utf8"), wanted, bench, holds))
      return fail(id, `the file ${path} is otherwise than expected`, `文件 ${path} 与预期不符`);
  }
  const own = check.run ?? body.run;
  if (!own || !(expect ?? tests ?? ratio)) return pass(id);
  const step = (argv: readonly string[]): Step => ({
    argv: chained([...(body.before ?? []), argv]),
    ...(check.stdin === undefined ? {} : { stdin: written(check.stdin, bench) }),
    collect: Object.keys(expect?.files ?? {}),
  });
  const ran = await bench.run(step([...own, ...args]));
  const measures = [{ name: "time", value: format(ran.seconds), unit: "s" }];
  const why = complaint(ran, expect?.exit);
  if (why) return { id, result: "fail", why, measures };
  const differs = expect && unmet(ran, expect, bench);
  if (differs) return { id, result: "fail", why: differs, measures };
  const untested = tests && missed(ran.stdout.toString("utf8"), tests);
  if (untested) return { id, result: "fail", why: untested, measures };
  if (!ratio) return pass(id, { measures });
  return compare(id, ran, step, { ...ratio, own: [...own, ...args] }, bench);
}

function unmet(ran: Ran, expect: NonNullable<Check["expect"]>, bench: Bench): InputError.Words | undefined {
  const printed = ran.stdout.toString("utf8");
  if (expect.stdout !== undefined && !fits(printed, expect.stdout, bench, equal))
    return both(
      clip(`it printed ${InputError.show(printed.slice(0, 120))}, which is not what is expected`),
      clip(`输出为 ${InputError.show(printed.slice(0, 120))}，与预期不符`),
    );
  const missing = expect.prints?.find((text) => !printed.includes(text));
  if (missing !== undefined)
    return both(clip(`it did not print ${InputError.show(missing)}`), clip(`未输出 ${InputError.show(missing)}`));
  for (const [path, wanted] of Object.entries(expect.files ?? {})) {
    const written = ran.collected.get(path);
    if (!written) return both(clip(`it wrote no file ${path}`), clip(`未写出文件 ${path}`));
    if (!fits(written.toString("utf8"), wanted, bench, equal))
      return both(clip(`the file ${path} is not what is expected`), clip(`文件 ${path} 与预期不符`));
  }
  return undefined;
}

/** Each at its best: alternately, so that load hits both; the middle of the ratios. */
async function compare(
  id: string,
  first: Ran,
  step: (argv: readonly string[]) => Step,
  { baseline, most, runs, own }: NonNullable<Check["ratio"]> & { own: readonly string[] },
  bench: Bench,
): Promise<Judged> {
  const ratios: number[] = [];
  let mine = first;
  for (let run = 0; run < runs; run += 1) {
    if (run > 0) mine = await bench.run(step(own));
    const theirs = await bench.run(step(baseline));
    if (complaint(theirs)) return { id, result: "error", why: both("the baseline fails", "基准命令失败") };
    ratios.push(mine.seconds / theirs.seconds);
  }
  const middle = ratios.toSorted((one, other) => one - other)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  const measures = [{ name: "ratio", value: format(middle), unit: "" }];
  if (middle <= most) return pass(id, { measures });
  return fail(
    id,
    `it takes ${middle.toFixed(2)} times the baseline, at most ${most} is allowed`,
    `用时为基准的 ${middle.toFixed(2)} 倍，上限为 ${most}`,
    { measures },
  );
}

/** Several commands as one: what goes before prints to stderr, and the last takes the place of the shell. */
function chained(steps: readonly (readonly string[])[]): readonly string[] {
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  const quoted = (argv: readonly string[]) => argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const before = steps.slice(0, -1).map((argv) => `${quoted(argv)} </dev/null >&2`);
  return ["/bin/sh", "-ec", [...before, `exec ${quoted(steps.at(-1) ?? [])}`].join("\n")];
}

function written(content: Content, bench: Pick<Bench, "file">): string | Uint8Array {
  if (typeof content === "string") return content;
  return "file" in content ? bench.file(content.file) : JSON.stringify(content.json);
}

function fits(
  found: string,
  wanted: Content,
  bench: Pick<Bench, "file">,
  same: (found: unknown, expected: unknown) => boolean,
): boolean {
  if (typeof wanted === "object" && "json" in wanted) {
    const parsed = parse(found);
    return parsed !== undefined && same(parsed.value, wanted.json);
  }
  const text = typeof wanted === "string" ? wanted : bench.file(wanted.file).toString("utf8");
  const plain = (one: string) => one.replaceAll("\r\n", "\n").trimEnd();
  return plain(found) === plain(text);
}

/**
 * Why a report in TAP (https://testanything.org) does not show every test as passed, once and at the depth it was found;
 * nothing where it does. A test that is skipped or to be done has not passed.
 */
function missed(report: string, wanted: readonly string[]): InputError.Words | undefined {
  const results = new Map<string, boolean[]>();
  for (const line of report.split("\n")) {
    const [, not, , name = "", directive] =
      /^\s*(not )?ok\b(?:\s+(\d+))?\s*-?\s*(.*?)(?:\s+#\s*(skip|todo).*)?$/i.exec(line) ?? [];
    if (name === "") continue;
    const plain = name.replace(/\\([#\\])/g, "$1");
    results.set(plain, [...(results.get(plain) ?? []), not === undefined && directive === undefined]);
  }
  const bad = [...results].find(([, list]) => list.includes(false));
  if (bad) return both(clip(`the test "${bad[0]}" did not pass`), clip(`测试“${bad[0]}”未通过`));
  const gone = wanted.find((name) => results.get(name)?.length !== 1);
  if (gone === undefined) return undefined;
  return both(clip(`the test "${gone}" was not reported once`), clip(`测试“${gone}”未恰好报告一次`));
}
