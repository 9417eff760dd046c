// `npm run -s bench -- acceptance [--runs N] [--planted WORD] [--json]`: verdicts that are equal wherever a suite is run, and what planted
// defects and attacks come to. The last line is one JSON object.
//   runs                    double runs of the sample deliveries of the standard suites, each run by another process: other
//                           account (where root starts it), sandbox, folder, time zone, locale, order and times of files,
//                           clock of the runner, and load
//   equalVerdicts           those whose two digests are equal; what differs is listed
//   overheadMs              the median of what a run takes longer in the sandbox than without one, the same delivery by turns
//   plantedDefects          deliveries with a defect or an attack, see acceptance/Planted.ts
//   plantedDefectsCaught    those whose verdict did not pass, or that were refused; the others are listed
//   escapes                 attacks of which anything was seen outside
// With --planted only defects whose name or group has the word are planted, and each is told with what caught it.
import { execFileSync, fork, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { cpus, homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Delivery, Run, Sandbox, Suite } from "../src/acceptance/index.ts";
import { bare } from "../src/acceptance/sandbox/Bare.ts";
import { isRoot, NOBODY } from "../src/acceptance/sandbox/Engine.ts";
import { type Criterion, InputError, Terms } from "../src/agreement/index.ts";
import { all, type Outside, type Planted } from "./acceptance/Planted.ts";
import * as Samples from "./acceptance/Samples.ts";
import type { Answer, Order } from "./acceptance/Worker.ts";

const { values } = parseArgs({
  options: { runs: { type: "string" }, planted: { type: "string" }, json: { type: "boolean" } },
});
const runs = Number(values.runs ?? 1_000);
const say = (text: string) => console.error(text);
const root = mkdtempSync(join(tmpdir(), "commenda-bench-acceptance-"));
chmodSync(root, 0o755);
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

// Double runs

type Worker = { name: string; ask(order: Order): Promise<Answer>; close(): void };

/** Where it is run makes no difference: each of them differs from the others in all that a machine may differ in. */
async function workers(): Promise<readonly Worker[]> {
  const holding = (await Sandbox.survey()).filter(({ why }) => why === undefined).map(({ engine }) => engine);
  if (holding.length === 0) throw new Error("no sandbox works here");
  const places = [
    { TZ: "UTC", LC_ALL: "C", user: undefined },
    { TZ: "Asia/Shanghai", LC_ALL: "zh_CN.UTF-8", user: NOBODY },
    { TZ: "America/St_Johns", LC_ALL: "tr_TR.UTF-8", user: NOBODY },
  ];
  return Promise.all(
    places.map(({ TZ, LC_ALL, user }, index) => {
      const folder = join(root, ["a", "工作 文件夹", "c".repeat(60)][index] ?? "");
      mkdirSync(folder);
      const ordinary = isRoot() && user !== undefined;
      if (ordinary) execFileSync("chown", [String(user), folder]);
      const allowed = holding
        // The images of a container engine are those of the account that made them.
        .filter(({ name, configured }) => !ordinary || (name !== "unshare" && !configured))
        .map(({ name }) => name.replace("unshare-as-nobody", "unshare"));
      const COMMENDA_SANDBOX = allowed[index % allowed.length] ?? "";
      return worker(`${ordinary ? "nobody" : "own"} ${COMMENDA_SANDBOX}`, {
        env: {
          ...process.env,
          TZ,
          LC_ALL,
          LANG: LC_ALL,
          COMMENDA_SANDBOX,
          BENCH_FOLDER: folder,
          TMPDIR: folder,
          HOME: folder,
        },
        ...(ordinary ? { uid: user, gid: user } : {}),
      });
    }),
  );
}

function worker(name: string, options: { env: NodeJS.ProcessEnv; uid?: number; gid?: number }): Promise<Worker> {
  const child = fork(join(import.meta.dirname, "acceptance/Worker.ts"), {
    ...options,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let last = 0;
  const self: Worker = {
    name,
    ask(order) {
      last += 1;
      const id = last;
      child.send({ id, order });
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    close: () => child.disconnect(),
  };
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`the runner ${name} ended with ${code}`));
    });
    child.on("message", (message: { ready?: true; id: number; answer?: Answer; error?: string }) => {
      if (message.ready) return resolve(self);
      const one = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.answer) one?.resolve(message.answer);
      else one?.reject(new Error(message.error));
    });
  });
}

async function doubleRuns(): Promise<{ equal: number; differences: string[] }> {
  const crowd = await workers();
  say(`runners: ${crowd.map(({ name }) => name).join(", ")}`);
  const { often, seldom } = Samples.samples();
  const list = Array.from({ length: runs }, (_, index) => {
    const rare = index % 50 === 49 ? seldom[Math.floor(index / 50) % seldom.length] : undefined;
    return rare ?? often[index % often.length];
  });
  const differences: string[] = [];
  let equal = 0;
  const load = burden();
  try {
    for (const [index, sample] of list.entries()) {
      // Each with each other: the second is one or two places further.
      const [one, other] = [crowd[index % crowd.length], crowd[(index + 1 + (index % 2)) % crowd.length]];
      if (!sample || !one || !other) continue;
      load(Math.floor(index / 50) % 4 === 1);
      const [left, right] = await Promise.all([
        one.ask({ ...sample, seed: 2 * index + 1 }),
        other.ask({ ...sample, seed: 2 * index + 2 }),
      ]);
      if (left.digest === right.digest) equal += 1;
      else {
        const runs = `${one.name} ${left.compared}\n  ${other.name} ${right.compared}`;
        differences.push(`${sample.delivery} by ${sample.suite}:\n  ${runs}`);
      }
      if ((index + 1) % 100 === 0) say(`${index + 1} double runs, ${equal} equal`);
    }
  } finally {
    load(false);
    for (const one of crowd) one.close();
  }
  return { equal, differences };
}

/** A process that computes for nothing, on or off. */
function burden(): (on: boolean) => void {
  let busy: ReturnType<typeof spawn> | undefined;
  return (on) => {
    if (on && !busy) busy = spawn(process.execPath, ["-e", "for(;;);"], { stdio: "ignore" });
    if (!on && busy) {
      busy.kill("SIGKILL");
      busy = undefined;
    }
  };
}

// Overhead

async function overhead(): Promise<number> {
  const engine = await Sandbox.find();
  const cache = join(root, "overhead");
  const more: number[] = [];
  for (const name of ["shop", "rest", "cleaning", "model", "migration"]) {
    const { suite: folder, good } = Samples.standard(name);
    const suite = Suite.open(folder);
    const delivery = await Delivery.ofFolder(good, { cache });
    const timed = async (with_: typeof engine) => {
      const began = performance.now();
      await Run.judge({ suite, delivery, engine: with_, now: 1, cache });
      return performance.now() - began;
    };
    const each: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) each.push((await timed(engine)) - (await timed(bare)));
    say(`overhead of a run of ${name}: ${Math.round(median(each))} ms`);
    more.push(...each);
  }
  return median(more);
}

// Planted defects

const criterionOf = (suite: Suite.Suite): Criterion.Criterion => {
  const [first] = Terms.example().criteria;
  if (!first) throw new Error("no criterion");
  return { ...first, name: "planted", suite: suite.hash, run: suite.run };
};

function plant(
  one: Planted,
  place: { suite: string; good: string },
  folder: string,
): { suite: string; delivery: string } {
  const [delivery, suite] = [join(folder, "delivery"), join(folder, "suite")];
  cpSync(place.good, delivery, { recursive: true });
  const change = (where: string, [file, from, to]: readonly [string, string | RegExp, string]) => {
    const before = readFileSync(join(where, file), "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${one.name}: ${file} has no ${String(from)}`);
    writeFileSync(join(where, file), after);
  };
  for (const each of one.edit ?? []) change(delivery, each);
  for (const [path, content] of Object.entries(one.files ?? {})) {
    if (content === null) rmSync(join(delivery, path));
    else Samples.write(delivery, { [path]: content });
  }
  for (const [path, target] of Object.entries(one.links ?? {})) {
    rmSync(join(delivery, path), { force: true });
    symlinkSync(target, join(delivery, path));
  }
  if (!one.suite) return { suite: place.suite, delivery };
  cpSync(place.suite, suite, { recursive: true });
  for (const each of one.suite) change(suite, each);
  return { suite, delivery };
}

/** Links come with commits only: a folder with a link in it is refused as it is. */
async function delivered(folder: string, one: Planted, cache: string): Promise<Delivery.Delivery> {
  if (!one.links) return Delivery.ofFolder(folder, { cache });
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=b", "-c", "user.email=b@example.com", ...args], {
      encoding: "utf8",
    }).trim();
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "one");
  return Delivery.ofCommit(folder, git("rev-parse", "HEAD"), { cache });
}

type Place = { readonly suite: string; readonly good: string; readonly sealed?: string | undefined };

/** What came of it: whether it was caught, by what, and all that was printed. */
async function judgePlanted(one: Planted, own: ReturnType<typeof Samples.own>, outside: Outside) {
  const folder = mkdtempSync(join(root, "planted-"));
  let log = "";
  try {
    const place: Place = one.base in own ? own[one.base as keyof typeof own] : Samples.standard(one.base);
    const { suite, delivery } = plant(one, place, folder);
    const engine = await Sandbox.find();
    const ready = await delivered(delivery, one, join(folder, "cache"));
    const parts = [suite, ...(place.sealed === undefined ? [] : [place.sealed])];
    const failed: string[] = [];
    for (const part of parts) {
      // Both have signed the suite as it was.
      const criterion = criterionOf(Suite.open(part === suite ? place.suite : part));
      const verdict = await Run.judge({
        ...{ suite: Suite.open(part), delivery: ready, engine, criterion, now: 1, cache: join(folder, "cache") },
        onLog: (text) => {
          log += text;
        },
      });
      failed.push(
        ...verdict.checks.filter(({ result }) => result !== "pass").map(({ id, why }) => `${id}: ${why?.en}`),
      );
    }
    return { caught: failed.length > 0, by: failed[0] ?? "", told: log.includes(outside.secret) };
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    return { caught: true, by: error.name, told: log.includes(outside.secret) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SYSTEM = ["/etc", "/usr", "/usr/bin", "/", "/opt", "/dev", "/var", "/root", "/home", homedir(), tmpdir()];
const SETTINGS = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname"];

/** All that would be otherwise if something had got out. */
function traces(outside: Outside): string {
  const files = SYSTEM.filter((folder) => existsSync(join(folder, "commenda-escape")));
  const settings = SETTINGS.map((file) => readFileSync(file, "utf8"));
  const left = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => {
      try {
        return /commenda-escape/.test(readFileSync(`/proc/${pid}/cmdline`, "latin1"));
      } catch {
        // It has ended.
        return false;
      }
    });
  const kept = readdirSync(outside.folder).map((name) =>
    name === "socket" ? name : `${name} ${readFileSync(join(outside.folder, name), "utf8")}`,
  );
  return JSON.stringify({ files, settings, left: left.length, kept, node: readFileSync(process.execPath).length });
}

async function plantedDefects() {
  const folder = join(root, "outside");
  mkdirSync(folder);
  const secret = "commenda-secret-42";
  writeFileSync(join(folder, "answers.txt"), secret, { mode: 0o644 });
  let reached = 0;
  const listen = (where: object | string) =>
    new Promise<ReturnType<typeof createServer>>((resolve) => {
      const server = createServer((socket) => {
        reached += 1;
        socket.on("error", () => {});
        socket.end(`HTTP/1.0 200 OK\r\n\r\n${secret}`);
      });
      server.listen(where as never, () => resolve(server));
    });
  const socket = `commenda-${process.pid}`;
  const servers = [
    await listen({ port: 0, host: "127.0.0.1" }),
    await listen(`\0${socket}`),
    await listen(join(folder, "socket")),
  ];
  const { port } = (servers[0]?.address() ?? { port: 0 }) as { port: number };
  const outside: Outside = { folder, secret, port, socket };
  const own = Samples.own(join(root, "own"));
  const { planted: word } = values;
  const list = all(outside).filter(({ name, group }) => word === undefined || `${group} ${name}`.includes(word));
  const before = traces(outside);
  const [missed, escaped]: [string[], string[]] = [[], []];
  try {
    for (const [index, one] of list.entries()) {
      const { caught, by, told } = await judgePlanted(one, own, outside);
      if (!caught) missed.push(one.name);
      if (told || reached > 0 || traces(outside) !== before) escaped.push(one.name);
      reached = 0;
      if (word !== undefined) say(`${caught ? "✓" : "✗"} ${one.name}: ${by}`);
      if ((index + 1) % 50 === 0) say(`${index + 1} of ${list.length} planted defects`);
    }
  } finally {
    for (const server of servers) server.close();
  }
  return { count: list.length, missed, escaped };
}

try {
  const started = performance.now();
  const overheadMs = values.planted === undefined ? Math.round(await overhead()) : 0;
  const planted = await plantedDefects();
  for (const name of planted.missed) say(`not caught: ${name}`);
  for (const name of planted.escaped) say(`escaped: ${name}`);
  const { equal, differences } = await doubleRuns();
  for (const one of differences) say(`different: ${one}`);
  const minutes = (performance.now() - started) / 60_000;
  say(`${minutes.toFixed(1)} min on ${cpus().length} processors`);
  console.log(
    JSON.stringify({
      ...{ runs, equalVerdicts: equal, overheadMs },
      ...{
        plantedDefects: planted.count,
        plantedDefectsCaught: planted.count - planted.missed.length,
        escapes: planted.escaped.length,
      },
    }),
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
