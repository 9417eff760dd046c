/** One run of a criterion on a delivery, from suite to verdict. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { Criterion, Errors, Evidence, InputError, Verdict } from "../agreement/index.ts";
import * as Delivery from "./Delivery.ts";
import { BadSuite, HashDiffers } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import type { Answers, Bench, Judged } from "./Kind.ts";
import * as Manual from "./kinds/Manual.ts";
import * as Sandbox from "./Sandbox.ts";
import * as Suite from "./Suite.ts";
import type { Engine } from "./sandbox/Engine.ts";

const { both } = InputError;

/** A sealed part as it is shown at judgement: two folders and the salt of both. */
export type Shown = { readonly part: string; readonly reference?: string; readonly salt: string };

export type Options = {
  readonly suite: Suite.Suite;
  readonly delivery: Delivery.Delivery;
  readonly engine: Engine;
  /** Of the terms; without it a suite is tried, as it says itself. */
  readonly criterion?: Criterion.Criterion;
  readonly of?: { readonly agreement: string; readonly tranche: number; readonly round: number };
  /** Of the round; without it, what is sealed counts as passed. */
  readonly shown?: Shown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly answers?: readonly Manual.Sheet[];
  /** Unix seconds. */
  readonly now: number;
  readonly cache?: string;
  /** What the log gets, as it comes. */
  readonly onLog?: (text: string) => void;
};

/** Of this program, in the verdict. */
const VERSION = "1";

/** Throws `HashDiffers` where suite, sealed part or inputs are not those of the terms, and `SandboxFailed`. */
export async function judge(options: Options): Promise<Verdict.Verdict> {
  const { suite, delivery, engine, criterion, of, shown, now } = options;
  const run = criterion?.run ?? suite.run;
  if (criterion?.suite !== undefined && criterion.suite !== suite.hash)
    throw new HashDiffers(both(`The suite ${suite.folder}`, `用例集 ${suite.folder}`), suite.hash, criterion.suite);
  const inputs = run.inputs.map(({ name, hash }) => {
    const folder = options.inputs?.[name];
    if (folder === undefined) throw new BadSuite(suite.folder, [missingInput(name)]);
    const found = Folder.read(folder).hash;
    if (found !== hash) throw new HashDiffers(both(`The input ${name}`, `输入 ${name}`), found, hash);
    return { name, hash, folder };
  });
  const started = performance.now();
  const log = new Log(options.onLog);
  const folder = mkdtempSync(join(tmpdir(), "commenda-judge-"));
  try {
    const about = { suite: suite.hash, subject: `${delivery.subject.kind} ${delivery.subject.hash}` };
    const answers = (options.answers ?? []).filter((sheet) => Manual.isSigned(sheet, about));
    const base = { engine, run, inputs, folder, log, now: Math.floor(now / 60), answers, about };
    const tools = await toolsFound(base);
    const judged = tools.wrong
      ? suite.plan.map(({ id }): Judged => ({ id, result: "error", why: tools.wrong as InputError.Words }))
      : await repeated(suite, delivery, base);
    const sealed = criterion && of ? await judgeSealed(criterion, of.round, shown, { ...base, delivery }) : undefined;
    const all = [...judged, ...(sealed?.judged ?? [])];
    const artefacts = log.text === "" ? [] : [keep(Buffer.from(log.text, "utf8"), "log.txt", options)];
    return Verdict.parse({
      version: "commenda-verdict/1",
      ...(of ?? {}),
      criterion: criterion?.name ?? "trial",
      subject: delivery.subject,
      suite: suite.hash,
      ...(sealed ? { sealed: sealed.state } : {}),
      inputs: inputs.map(({ name, hash }) => ({ name, hash })),
      environment: tools.hash,
      checks: all.map((one) => checkOf(one, run.exact)),
      measures: all.flatMap(({ id, measures = [] }) => measures.map((each) => ({ check: id, ...each }))),
      confined: engine.confined,
      runner: { sandbox: engine.name, system: Sandbox.system(), version: VERSION },
      started: now,
      ended: now + Math.ceil((performance.now() - started) / 1_000),
      artefacts,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Base = {
  readonly engine: Engine;
  readonly run: Criterion.Run;
  readonly inputs: readonly { name: string; folder: string }[];
  readonly folder: string;
  readonly log: Log;
  readonly now: number;
  readonly answers: readonly Answers[];
  readonly about: Bench["about"];
};

/** Every check as often as the flake rule says, and what that makes of it. */
async function repeated(suite: Suite.Suite, delivery: Delivery.Delivery, base: Base): Promise<readonly Judged[]> {
  const rounds: (readonly Judged[])[] = [];
  const { runs } = base.run.flaky;
  for (let round = 0; round < runs; round += 1) rounds.push(await once(suite, delivery, base));
  return suite.plan.map(({ id }): Judged => {
    const list = rounds.flatMap((judged) => judged.filter((one) => one.id === id));
    const result = Verdict.fold(
      list.map((one) => one.result),
      base.run.flaky,
    );
    return list.findLast((one) => one.result === result) ?? { id, result };
  });
}

/** What a kind says, each planned check once; what it says nothing of, or two things of, is an error. */
async function once(suite: Suite.Suite, delivery: Delivery.Delivery, base: Base): Promise<readonly Judged[]> {
  const { log } = base;
  const bench = benchOf(suite, delivery, base);
  const judged = await suite.kind.judge(suite.body, bench);
  const list = suite.plan.map(({ id }): Judged => {
    const [one, ...more] = judged.filter((each) => each.id === id);
    if (one && more.length === 0) return one;
    return { id, result: "error", why: both("no result was given for it", "未给出结果") };
  });
  for (const { id, result, why } of list) log.line(`${result} ${id}${why ? `: ${why.en}` : ""}`);
  return list;
}

function benchOf(suite: Suite.Suite, delivery: Delivery.Delivery, base: Base): Bench {
  const { engine, run, log, folder } = base;
  const [visible, over] = [Suite.part(suite, "visible"), Suite.part(suite, "over")];
  const tars = [delivery.tar];
  if (over !== undefined) {
    const packed = join(folder, `over-${suite.hash.slice(2)}`);
    const tar = join(packed, "over.tar");
    if (!existsSync(packed)) {
      mkdirSync(packed);
      Folder.pack(over, tar);
    }
    tars.push(tar);
  }
  const places = [
    ...(visible === undefined ? [] : [["/suite", visible] as const]),
    ...(delivery.dependencies === undefined ? [] : [["/deps", delivery.dependencies] as const]),
    ...base.inputs.map(({ name, folder }) => [`/inputs/${name}`, folder] as const),
  ];
  const job = { tars, places, environment: run.environment, limits: run.limits, onOutput: log.output };
  return {
    file: suite.file,
    delivered: (path, most = run.limits.output * 1_048_576) => Folder.file(delivery.folder, path, most),
    run: (step) => Sandbox.run(engine, { ...job, ...step }),
    start: (step) => Sandbox.start(engine, { ...job, ...step }),
    note: (text) => log.line(text),
    ...{ answers: base.answers, about: base.about, now: base.now },
  };
}

type Sealed = { judged: readonly Judged[]; state: NonNullable<Verdict.Verdict["sealed"]> };

/** The sealed part of the round: judged where it was shown, void where its own reference fails it. */
async function judgeSealed(
  criterion: Criterion.Criterion,
  round: number,
  shown: Shown | undefined,
  base: Base & { delivery: Delivery.Delivery },
): Promise<Sealed | undefined> {
  const sealed = Criterion.sealedOf(criterion, round);
  if (!sealed) return undefined;
  const { commitment } = sealed;
  if (!shown) return { judged: [], state: { commitment, state: "not shown" } };
  const suite = Suite.open(shown.part);
  demand(both("The sealed part", "密封部分"), Evidence.commit(shown.salt, suite.hash), commitment);
  if (sealed.reference !== undefined) {
    if (shown.reference === undefined) return { judged: [], state: { commitment, state: "void" } };
    const { hash } = Folder.read(shown.reference);
    demand(both("The reference solution", "参考实现"), Evidence.commit(shown.salt, hash), sealed.reference);
    const reference = await Delivery.ofFolder(shown.reference, { cache: base.folder });
    const own = await once(suite, reference, base);
    if (own.some(({ result }) => result !== "pass")) return { judged: [], state: { commitment, state: "void" } };
  }
  const judged = await repeated(suite, base.delivery, base);
  return { judged: judged.map((one) => ({ ...one, id: `sealed: ${one.id}` })), state: { commitment, state: "judged" } };
}

function demand(what: InputError.Words, found: string, expected: string): void {
  if (found !== expected) throw new HashDiffers(what, found, expected);
}

/** Versions of the programs that the terms name, and the hash of the pins as they are here. */
async function toolsFound({ engine, run }: Base) {
  const { environment } = run;
  const found: { name: string; version: string }[] = [];
  for (const tool of environment.tools) {
    const argv = ["/bin/sh", "-c", '"$0" --version 2>/dev/null | head -n 1', tool.name];
    const ran =
      tool.name === "node"
        ? process.version
        : await versionOf(engine, { argv, tars: [], environment, limits: run.limits });
    const version = /\d+(\.\d+)*/.exec(ran)?.[0] ?? "-";
    const fits = version === tool.version || version.startsWith(`${tool.version}.`);
    // As the terms write it: two machines that both fit are alike.
    found.push({ name: tool.name, version: fits ? tool.version : version });
  }
  const other = environment.tools.find((tool, index) => found[index]?.version !== tool.version);
  const has = found.find(({ name }) => name === other?.name)?.version;
  return {
    hash: Evidence.contentHash(canonicalize({ pins: environment, found }) ?? ""),
    wrong: other
      ? both(
          `it needs ${other.name} ${other.version}; here is ${has}`,
          `需要 ${other.name} ${other.version}，此处为 ${has}`,
        )
      : undefined,
  };
}

async function versionOf(engine: Engine, job: Sandbox.Job): Promise<string> {
  const ran = await Sandbox.run(engine, job);
  return ran.stdout.toString("utf8");
}

function checkOf({ id, result, why, measures = [] }: Judged, exact: readonly string[]): Verdict.Check {
  const own = measures.filter(({ name }) => exact.includes(name)).map(({ name, value }) => [name, value] as const);
  return {
    ...{ id, result },
    ...(own.length > 0 ? { exact: Object.fromEntries(own) } : {}),
    ...(why && result !== "pass" ? { why } : {}),
  };
}

/** Keeps what a run left, by its hash. */
function keep(content: Buffer, name: string, options: Delivery.Options) {
  const hash = createHash("sha256").update(content).digest("hex");
  const folder = join(Delivery.cacheOf(options), "artefacts");
  const file = join(folder, hash);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, content);
    renameSync(`${file}.${process.pid}`, file);
  }
  return { name, size: content.length, hash: `0x${hash}` };
}

const missingInput = (name: string) =>
  new Errors.MissingField({ field: `inputs.${name}`, expected: both("its folder (--input)", "其文件夹（--input）") });

/** What commands print and what came of them, at most 4 MB. */
class Log {
  text = "";
  readonly #onLog: ((text: string) => void) | undefined;

  constructor(onLog: ((text: string) => void) | undefined) {
    this.#onLog = onLog;
  }

  line(text: string): void {
    this.#add(`${text}\n`);
  }

  readonly output = (_stream: "stdout" | "stderr", chunk: Buffer): void => this.#add(chunk.toString("utf8"));

  #add(text: string): void {
    if (this.text.length > 4_000_000) return;
    this.text += text;
    this.#onLog?.(text);
  }
}
