/** What a delivery is judged by: what is checked, how, by whose run, and how much it counts. */
import * as z from "zod/mini";
import { ClauseConflict, MissingField, SharesDoNotFit, UnknownName, WrongForm } from "./Errors.ts";
import { hash, line, name, repeated, share, time, whole, window, words } from "./Field.ts";
import { both, type InputError, type Words } from "./InputError.ts";
import * as Share from "./Share.ts";
import * as Time from "./Time.ts";

/** A whole number from `min` to `max`. */
const within = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

/** What a run may use. They hold for the administrator of a machine too. */
export const limits = z.strictObject({
  /** Seconds by the clock, of each command. */
  time: within(1, 21_600),
  /** Seconds of all processors together, of each command. */
  cpu: within(1, 86_400),
  /** MB (1,048,576 bytes) of memory, all processes together. */
  memory: within(16, 262_144),
  /** MB written. */
  disk: within(1, 262_144),
  /** MB printed. */
  output: within(1, 1_024),
  /** Processes and threads at once. */
  processes: within(1, 4_096),
});

/** What must be alike wherever the suite is run. */
export const environment = z.strictObject({
  /** Programs and their versions, as `NAME --version` tells; the version may be a beginning, such as `24` or `3.12`. */
  tools: z.array(z.strictObject({ name, version: line })),
  /** POSIX, such as `C.UTF-8`. */
  locale: line,
  /** IANA, such as `UTC` or `Asia/Shanghai`. */
  timeZone: line,
  /** Of what is random. */
  seed: whole,
  /** The time it is when a command starts. */
  clock: time,
});

/** What becomes of a check that does not come out alike each time: it is run so often, and so judged. */
export const flaky = z.strictObject({ runs: within(1, 9), passes: z.enum(["all", "most", "any"]) });

/** How the suite of a criterion is run, wherever it is run. */
export const run = z.strictObject({
  /** Name of a kind of suite, such as `command` or `model`. */
  kind: name,
  /** Frozen sets and other files beside the suite, by the hash of their tree. */
  inputs: z.array(z.strictObject({ name, hash })),
  environment,
  limits,
  flaky,
  /** Measures that must be equal in both runs; all others are only signed beside the result. */
  exact: z.array(line),
  /** From the delivery: how long both parties have to run it, and to show what is sealed. */
  within: window,
});

export type Limits = z.infer<typeof limits>;
export type Environment = z.infer<typeof environment>;
export type Flaky = z.infer<typeof flaky>;
export type Run = z.infer<typeof run>;

export const schema = z.strictObject({
  name,
  what: words,
  how: z.enum(["test suite", "measurement", "inspection", "document"]),
  /** Whose run counts. */
  by: z.enum(["client", "provider", "both", "third party"]),
  /** Of the milestone that names it; the weights of a milestone's criteria sum to 100 %. */
  weight: share,
  /** SHA-256 of the acceptance suite, where there is one. */
  suite: z.exactOptional(hash),
  /** Parts of the suite that the provider does not see beforehand, by their salted hashes. */
  sealed: z.exactOptional(
    z.array(
      z.strictObject({
        part: words,
        /** SHA-256(salt || hash of its tree). */
        commitment: hash,
        /** In which round it is shown, from 0; without it, its place in the list. */
        round: z.exactOptional(within(0, 3)),
        /** SHA-256(salt || hash of the tree) of a solution that passes it: if it does not, the part is void. */
        reference: z.exactOptional(hash),
      }),
    ),
  ),
  /** How the suite is run by code; without it, people follow `how`. */
  run: z.exactOptional(run),
});

export type Criterion = z.infer<typeof schema>;
export type Sealed = NonNullable<Criterion["sealed"]>[number];

/** The sealed part that a round is judged by too, if there is one. */
export function sealedOf({ sealed = [] }: Criterion, round: number): Sealed | undefined {
  return sealed.find((part, index) => (part.round ?? index) === round);
}

/** A criterion in itself: code that is run has a suite, a round one sealed part, an input one name. */
export function check(criterion: Criterion, field: string): readonly InputError[] {
  const { run, suite, sealed = [] } = criterion;
  const problems: InputError[] = [];
  if (run && suite === undefined) {
    const expected = both("the hash of the suite, since there is a run", "用例集的哈希（因约定了运行方式）");
    problems.push(new MissingField({ field: `${field}.suite`, expected, others: [`${field}.run`] }));
  }
  const rounds = sealed.map(({ round }, index) => round ?? index);
  for (const [index, found] of rounds.entries()) {
    const first = rounds.indexOf(found);
    if (first === index) continue;
    const expected = both(
      `one part a round; sealed[${first}] has round ${found}`,
      `每轮一个密封部分；sealed[${first}] 已是第 ${found} 轮`,
    );
    problems.push(
      new ClauseConflict({ field: `${field}.sealed[${index}].round`, found, expected, others: [`${field}.sealed`] }),
    );
  }
  if (!run) return problems;
  const { inputs, environment } = run;
  const names = (list: readonly { name: string }[], at: string) =>
    repeated(
      list.map((one) => one.name),
      (index) => `${field}.run.${at}[${index}].name`,
    );
  problems.push(...names(inputs, "inputs"), ...names(environment.tools, "environment.tools"));
  if (!/^[A-Za-z][\w+-]*(\/[A-Za-z][\w+-]*)*$/.test(environment.timeZone)) {
    const expected = both("a time zone of IANA such as UTC or Asia/Shanghai", " IANA 时区，如 UTC 或 Asia/Shanghai");
    problems.push(new WrongForm({ field: `${field}.run.environment.timeZone`, found: environment.timeZone, expected }));
  }
  if (!/^[A-Za-z][\w.@-]*$/.test(environment.locale)) {
    const expected = both("a locale such as C.UTF-8", "区域设置，如 C.UTF-8");
    problems.push(new WrongForm({ field: `${field}.run.environment.locale`, found: environment.locale, expected }));
  }
  return problems;
}

/** A milestone names criteria that exist, at least one, and their weights sum to 100 %. */
export function checkUse(
  names: readonly string[],
  criteria: readonly Criterion[],
  field: string,
): readonly InputError[] {
  if (names.length === 0)
    return [new MissingField({ field, found: names, expected: both("at least one criterion", "至少一项验收标准") })];
  const known = criteria.map((criterion) => criterion.name);
  const others = criteria.flatMap((_, index) => [`criteria[${index}].name`, `criteria[${index}].weight`]);
  const unknown = names.flatMap((found, index) =>
    known.includes(found) ? [] : [new UnknownName({ field: `${field}[${index}]`, found, known, others })],
  );
  if (unknown.length > 0) return unknown;
  const used = criteria.filter((criterion) => names.includes(criterion.name));
  const sum = used.reduce((total, criterion) => total + Share.parse(criterion.weight), 0);
  if (sum === Share.WHOLE) return [];
  const found = used.map((criterion) => `${criterion.name} ${criterion.weight}`).join(", ");
  const expected = both("weights that sum to 100 %", "权重合计 100 %");
  return [new SharesDoNotFit({ field, found, expected, others })];
}

/** How it is run, for people who read the terms. */
export function show({ kind, inputs, environment, limits, flaky, exact, within }: Run): readonly Words[] {
  const { tools, locale, timeZone, seed, clock } = environment;
  const { time, cpu, memory, disk, output, processes } = limits;
  const programs = tools.map((tool) => `${tool.name} ${tool.version}`).join(" + ") || "-";
  const times = { all: both("all", "全部"), most: both("most", "多数"), any: both("one", "一次") }[flaky.passes];
  return [
    both(`kind: ${kind}`, `类型：${kind}`),
    ...inputs.map((input) => both(`input ${input.name} ${input.hash}`, `输入 ${input.name} ${input.hash}`)),
    both(
      `with ${programs}, ${locale}, ${timeZone}, seed ${seed}, clock at ${clock}`,
      `环境：${programs}，${locale}，${timeZone}，随机种子 ${seed}，时钟 ${clock}`,
    ),
    both(
      `at most ${time} s, ${cpu} s of processors, ${memory} MB memory, ${disk} MB disk, ${output} MB output, ${processes} processes`,
      `上限：${time} 秒，处理器 ${cpu} 秒，内存 ${memory} MB，磁盘 ${disk} MB，输出 ${output} MB，${processes} 个进程`,
    ),
    both(`run ${flaky.runs} times, ${times.en} must pass`, `运行 ${flaky.runs} 次，须${times.zh}通过`),
    ...(exact.length > 0
      ? [both(`equal in both runs: ${exact.join(", ")}`, `两次运行须相等：${exact.join("、")}`)]
      : []),
    both(
      `both run it within ${within} of the delivery`,
      `双方在交付后 ${Time.formatDuration(Time.duration(within), "zh")} 内运行`,
    ),
  ];
}
