/**
 * Where foreign code runs: without network, with nothing of the machine to write to, within limits. Inside, a command
 * finds its delivery unpacked in `/job/work`, the visible part of the suite in `/suite`, frozen inputs in `/inputs`, all
 * else read-only; whatever it writes is gone when it ends, save the files asked for.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Criterion, Time } from "../agreement/index.ts";
import { NoSandbox, SandboxFailed } from "./Errors.ts";
import { bare } from "./sandbox/Bare.ts";
import { bubblewrap } from "./sandbox/Bubblewrap.ts";
import { container } from "./sandbox/Container.ts";
import { type Engine, isRoot } from "./sandbox/Engine.ts";
import { unshare, unshareAsNobody } from "./sandbox/Unshare.ts";
import * as Usage from "./sandbox/Usage.ts";

export type Job = {
  /** The command, found in `/opt/bin` and the system's folders. */
  readonly argv: readonly string[];
  /** Archives unpacked into `/job/work`, one over the other. */
  readonly tars: readonly string[];
  /** Folders that can be read, by their place, such as `/suite`. */
  readonly places?: readonly (readonly [place: string, folder: string])[];
  readonly stdin?: string | Uint8Array;
  readonly environment: Criterion.Environment;
  /** Variables beside the pinned ones. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly limits: Criterion.Limits;
  /** Files under `/job/work` that are handed back. */
  readonly collect?: readonly string[];
  /** MB that the machine keeps: below it, what runs in the sandbox ends first. Default 192. */
  readonly reserve?: number;
  /** What the command prints, as it comes. */
  readonly onOutput?: (stream: "stdout" | "stderr", chunk: Buffer) => void;
};

/** How it ended: by itself, by a signal, or because it used more than it may. */
export type Ended = "exit" | "signal" | "time" | "cpu" | "memory" | "processes" | "output" | "stopped";

export type Ran = {
  readonly ended: Ended;
  /** Exit code where it ended by itself, else 128 + the signal. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly collected: ReadonlyMap<string, Buffer>;
  /** Seconds by the clock, of the command alone where it ended by itself. */
  readonly seconds: number;
  /** What it used at most: MB, seconds of processors, processes. Seen in samples. */
  readonly peak: Usage.Usage;
};

/** A command that goes on: a service, or one that is spoken with. */
export type Running = {
  /** What it prints on stdout, line by line. */
  lines(): AsyncIterable<string>;
  write(text: string): void;
  /** Ends it, if it has not ended. */
  stop(): Promise<Ran>;
  readonly ended: Promise<Ran>;
};

/** What is configured, then: as root the room is built with its rights; those to be started without them come after. */
export const inOrder = (): readonly Engine[] => [
  ...[container() ?? []].flat(),
  ...(isRoot() ? [unshare, bubblewrap, unshareAsNobody] : [bubblewrap, unshare]),
];

/** Milliseconds between two looks at what a command uses. */
const LOOK = 25;
const RESERVE = 192;
/** MB of addresses that V8 reserves and does not use; a process may have them beside its memory. */
const RESERVED = 1_024;
/** Processes that build a room, at most. */
const BUILDERS = 8;
const INSIDE = join(import.meta.dirname, "inside");

const found = new Map<string, Promise<Engine>>();

/** Whatever ends us, what runs in our rooms ends with us. */
const leaving = new Set<() => void>();
process.on("exit", () => {
  for (const leave of leaving) leave();
});

/**
 * The first engine that holds foreign code here, tried once a process. `COMMENDA_SANDBOX` names one; else one that is
 * configured is the only one. Throws `NoSandbox` with what each of them said; with `unconfined` there is none then, and
 * the verdict says so.
 */
export function find({ unconfined = false, only = process.env.COMMENDA_SANDBOX } = {}): Promise<Engine> {
  const key = `${unconfined} ${only} ${container()?.name}`;
  const known = found.get(key) ?? search(unconfined, only);
  found.set(key, known);
  return known;
}

/** One that was found before, by its name. Throws `NoSandbox` where there is none of it. */
export function named(name: string): Engine {
  const engine = [...inOrder(), bare].find((one) => one.name === name);
  if (engine) return engine;
  throw new NoSandbox([{ engine: name, why: "unknown" }]);
}

async function search(unconfined: boolean, only: string | undefined): Promise<Engine> {
  const tried: { engine: string; why: string }[] = [];
  const name = only || inOrder().find(({ configured }) => configured)?.name;
  for (const engine of inOrder().filter((one) => name === undefined || one.name === name)) {
    const why = process.platform === "linux" ? await probe(engine) : `${process.platform} has no namespaces`;
    if (why === undefined) return engine;
    tried.push({ engine: engine.name, why });
  }
  if (tried.length === 0)
    tried.push({
      engine: only ?? "",
      why: `unknown; there are ${inOrder()
        .map(({ name }) => name)
        .join(", ")}`,
    });
  if (unconfined) return bare;
  throw new NoSandbox(tried);
}

/** Every engine and why it does not hold; nothing for those that do. */
export async function survey(): Promise<readonly { engine: Engine; why: string | undefined }[]> {
  const list: { engine: Engine; why: string | undefined }[] = [];
  for (const engine of inOrder()) list.push({ engine, why: await probe(engine) });
  return list;
}

/** Tries what foreign code must not be able to do. */
const ESCAPES = [
  'test "$(id -u)" = 1000 || echo "runs with the rights of another account"',
  "test -w /job/work || echo nothing can be written",
  'for f in /x /usr/x /opt/x /suite/x /etc/x; do if (: >"$f") 2>/dev/null; then echo "$f can be written"; fi; done',
  'test -e "$OUTSIDE" && echo the folders outside can be seen',
  'test "$(ls /proc | grep -c "^[0-9]")" -lt 12 || echo processes outside can be seen',
  "if unshare -U true 2>/dev/null; then echo namespaces can be made; fi",
  'test "$(grep -c : /proc/net/dev)" -le 1 || echo there is a network',
  'grep -q "^CapEff:.0*$" /proc/self/status || echo it has capabilities',
  'grep -q "^NoNewPrivs:.1$" /proc/self/status || echo it may gain rights',
].join("\n");

const NEUTRAL: Criterion.Environment = {
  ...{ tools: [], locale: "C.UTF-8", timeZone: "UTC", seed: "0", clock: "2027-01-01T00:00Z" },
};
const SMALL: Criterion.Limits = { time: 20, cpu: 10, memory: 256, disk: 16, output: 1, processes: 32 };

async function probe(engine: Engine): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "commenda-probe-"));
  chmodSync(folder, 0o755);
  try {
    const job = { argv: ["/bin/sh", "-c", ESCAPES], tars: [], environment: NEUTRAL, limits: SMALL };
    const ran = await run(engine, { ...job, places: [["/suite", folder]], variables: { OUTSIDE: folder } });
    const said = ran.stdout.toString("utf8").trim();
    if (said !== "") return said.split("\n").join("; ");
    return ran.ended === "exit" && ran.code <= 1 ? undefined : `ended by ${ran.ended}, ${ran.code}`;
  } catch (error) {
    if (error instanceof SandboxFailed) return error.said;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end. Throws `SandboxFailed` where it did not even begin. */
export async function run(engine: Engine, job: Job): Promise<Ran> {
  const { child, ended } = launch(engine, job);
  child.stdin?.end(job.stdin ?? "");
  return ended;
}

/** Starts a command that goes on. */
export function start(engine: Engine, job: Job): Running {
  let text = "";
  let done = false;
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const go of waiting.splice(0)) go();
  };
  const lines: string[] = [];
  const { child, ended, kill } = launch(engine, {
    ...job,
    onOutput(stream, chunk) {
      job.onOutput?.(stream, chunk);
      if (stream === "stderr") return;
      const parts = (text + chunk.toString("utf8")).split("\n");
      text = parts.pop() ?? "";
      lines.push(...parts);
      wake();
    },
  });
  const over = () => {
    done = true;
    wake();
  };
  ended.then(over, over);
  return {
    async *lines() {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) yield line;
        else if (done) return;
        else await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    write: (line) => void child.stdin?.write(line),
    stop() {
      kill("stopped");
      return ended;
    },
    ended,
  };
}

function launch(engine: Engine, job: Job) {
  const folder = mkdtempSync(join(tmpdir(), "commenda-run-"));
  // The account that the room is left with may pass, and read nothing.
  chmodSync(folder, 0o711);
  for (const name of ["root", "job"]) mkdirSync(join(folder, name));
  const { limits } = job;
  const places = [
    ["/opt/commenda", INSIDE] as const,
    ...(job.places ?? []),
    ...job.tars.map((tar, index) => [`/in/${index}`, dirname(tar)] as const),
  ];
  const command = engine.command({
    ...{ folder, tools: tools(), places, disk: limits.disk, time: limits.time + 5 },
    ...{ memory: limits.memory, processes: limits.processes },
    enter: entering(job),
  });
  const child = spawn(command.file, [...command.args], {
    env: command.env,
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A group of its own, so that all of it can be ended where no namespace does that.
    detached: true,
  });
  // A command that does not read to the end is no fault.
  child.stdin?.on("error", () => {});
  const [stdout, stderr, handed]: [Buffer[], Buffer[], Buffer[]] = [[], [], []];
  let [size, cause]: [number, Ended | undefined] = [0, undefined];
  /** The machine is short of memory: no fault of the command. */
  let short = false;
  let peak: Usage.Usage = { memory: 0, cpu: 0, processes: 0 };
  const started = performance.now();
  const kill = (why: Ended) => {
    // A room with a name may outlive what was started, once.
    const over = child.signalCode !== null && (!engine.ending || cause !== undefined);
    if (child.exitCode !== null || over) return;
    cause ??= why;
    end(child, engine, folder);
  };
  const take = (list: Buffer[], stream?: "stdout" | "stderr") => (chunk: Buffer) => {
    size += chunk.length;
    // What lies above the limit is counted and dropped.
    if (size > limits.output * 1_048_576) return kill("output");
    list.push(chunk);
    if (stream) job.onOutput?.(stream, chunk);
  };
  child.stdout?.on("data", take(stdout, "stdout"));
  child.stderr?.on("data", take(stderr, "stderr"));
  child.stdio[3]?.on("data", take(handed));
  const clock = setTimeout(() => kill("time"), limits.time * 1_000);
  const look = setInterval(() => {
    if (child.pid === undefined || process.platform !== "linux") return;
    const first = engine.first ? engine.first(folder) : child.pid;
    const seen = first === undefined ? peak : Usage.of(first);
    peak = {
      memory: Math.max(peak.memory, seen.memory),
      cpu: Math.max(peak.cpu, seen.cpu),
      processes: Math.max(peak.processes, seen.processes),
    };
    if (seen.memory > limits.memory) kill("memory");
    else if (Usage.left() < (job.reserve ?? RESERVE)) {
      short = true;
      kill("stopped");
    } else if (seen.cpu > limits.cpu) kill("cpu");
    // The kernel holds them in a sandbox; what builds the room comes beside. Should it ever not, we do.
    else if (seen.processes > limits.processes + BUILDERS) kill("processes");
  }, LOOK);
  const leave = () => {
    end(child, engine, folder, true);
    rmSync(folder, { recursive: true, force: true });
  };
  leaving.add(leave);
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", (error) => reject(new SandboxFailed(engine.name, error.message)));
    child.on("close", (code, signal) => {
      const seconds = (performance.now() - started) / 1_000;
      if (short) return reject(new SandboxFailed(engine.name, "the machine has too little memory left"));
      const told = unframe(Buffer.concat(handed), job.collect ?? []);
      const said = Buffer.concat(stderr);
      if (!told && cause === undefined) return reject(new SandboxFailed(engine.name, said.toString("utf8")));
      const number = code ?? 137;
      const byItself: Ended = signal !== null || number > 128 ? "signal" : "exit";
      resolve({
        ...{ ended: cause ?? byItself, code: number, seconds: told?.took ?? seconds, peak },
        ...{ stdout: Buffer.concat(stdout), stderr: said, collected: told?.collected ?? new Map() },
      });
    });
  }).finally(() => {
    clearTimeout(clock);
    clearInterval(look);
    leaving.delete(leave);
    // What stayed behind in a group without a namespace.
    if (!engine.confined) end(child, engine, folder);
    rmSync(folder, { recursive: true, force: true });
  });
  return { child, ended, kill };
}

/** With namespaces, killing the first process ends all; without, its group is all we know; what is not below us has a name. */
function end(child: ChildProcess, engine: Engine, folder: string, wait = false): void {
  if (child.pid === undefined) return;
  const ending = engine.ending?.(folder);
  try {
    process.kill(engine.confined && !ending ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
  if (!ending) return;
  // After it, so that nothing begins any more.
  const { file, args, env } = ending;
  if (wait) spawnSync(file, [...args], { env, stdio: "ignore" });
  // Where there is no such program, there is nothing to end either.
  else spawn(file, [...args], { env, stdio: "ignore" }).on("error", () => {});
}

/** Node, of the very version that runs us. */
function tools(): readonly (readonly [string, string])[] {
  return [["node", process.execPath]];
}

function entering({ argv, tars, environment, variables = {}, limits, collect = [] }: Job): readonly string[] {
  const { locale, timeZone, seed, clock } = environment;
  const start = String(Time.parse(clock) * 60);
  const pinned: Record<string, string> = {
    ...{ PATH: "/opt/bin:/usr/local/bin:/usr/bin:/bin", HOME: "/job/home", TMPDIR: "/job/tmp", USER: "runner" },
    ...{ LANG: locale, LC_ALL: locale, TZ: timeZone, CI: "1", NO_COLOR: "1" },
    ...{ COMMENDA_SEED: seed, COMMENDA_CLOCK: start, SOURCE_DATE_EPOCH: start },
    PYTHONHASHSEED: String(BigInt.asUintN(32, BigInt(seed))),
    PYTHONDONTWRITEBYTECODE: "1",
    NODE_OPTIONS: "--require /opt/commenda/pins.cjs",
    ...variables,
  };
  const archives = tars.map((tar, index) => `/in/${index}/${basename(tar)}`);
  return [
    ...[limits.processes, limits.cpu, (limits.memory + RESERVED) * 1_048_576].map(String),
    ...[String(collect.length), ...collect, String(archives.length), ...archives],
    ...Object.entries(pinned).map(([name, value]) => `${name}=${value}`),
    ...argv,
  ];
}

/** What `inside/enter.sh` wrote on descriptor 3; nothing where the command never began. */
function unframe(bytes: Buffer, asked: readonly string[]) {
  const collected = new Map<string, Buffer>();
  let [began, took, at]: [bigint | undefined, number | undefined, number] = [undefined, undefined, 0];
  for (;;) {
    const line = bytes.indexOf(10, at);
    if (line < 0) break;
    const [, word = "", rest = ""] = /^(\S+) (.*)$/s.exec(bytes.subarray(at, line).toString("utf8")) ?? [];
    at = line + 1;
    if (word === "ready") began = BigInt(rest);
    else if (word === "done" && began !== undefined) took = Number(BigInt(rest) - began) / 1e9;
    else {
      const end = at + Number(word);
      if (!asked.includes(rest) || !(end <= bytes.length)) break;
      collected.set(rest, bytes.subarray(at, end));
      at = end;
    }
  }
  return began === undefined ? undefined : { collected, took };
}

/** What the machine is, for the record. */
export function system(): string {
  const release = process.platform === "linux" ? readFileSync("/proc/sys/kernel/osrelease", "utf8").trim() : "";
  return `${process.platform} ${process.arch} ${release}`.trim();
}
