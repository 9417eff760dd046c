/**
 * A run in a process of its own: whoever asks for it is not held up, outlives whatever becomes of it, and can end it with
 * all that it began. Should whoever asked be gone, it ends by itself.
 */
import { type ChildProcess, fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Criterion, InputError, type Verdict } from "../agreement/index.ts";
import { RunFailed } from "./Errors.ts";
import type * as Manual from "./kinds/Manual.ts";
import type * as Run from "./Run.ts";
import * as Sandbox from "./Sandbox.ts";
import * as Container from "./sandbox/Container.ts";

const { both } = InputError;

export type Order = {
  /** Folder of the suite. */
  readonly suite: string;
  readonly delivery:
    | { readonly folder: string }
    /** `git`: settings of git, `name=value`; `protocols` that it may speak, all of ours when absent. */
    | {
        readonly repository: string;
        readonly commit: string;
        readonly git?: readonly string[];
        readonly protocols?: string;
      };
  readonly criterion?: Criterion.Criterion;
  readonly of?: { readonly agreement: string; readonly tranche: number; readonly round: number };
  readonly shown?: Run.Shown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly answers?: readonly Manual.Sheet[];
  /** Unix seconds. */
  readonly now: number;
  readonly cache?: string;
  readonly registry?: string;
  /** MB that are fetched. */
  readonly most?: number;
  readonly unconfined?: boolean;
};

export type Options = {
  /** What the run prints, as it comes. */
  readonly onLog?: (text: string) => void;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Seconds for all of it. */
  readonly patience?: number;
};

/** What the process is given. */
export type Given = Order & { readonly engine: string };

/** From the process to whoever asked. */
export type Said =
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "verdict"; readonly verdict: Verdict.Verdict }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly next: InputError.Next;
      readonly title: InputError.Words;
      readonly words: InputError.Words;
    };

/** Of the environment only what preparing and judging need: nothing that anybody keeps secret. */
const PASSED = [
  ...["PATH", "HOME", "TMPDIR", "LANG", "XDG_CACHE_HOME", "npm_config_registry", "COMMENDA_SANDBOX"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE"],
  ...["NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"],
  ...[...Container.VARIABLES, ...Container.SETTINGS],
];
/** Milliseconds to end by itself, with its rooms, before it is ended with everything below it. */
const GRACE = 3_000;
/** Seconds, beside what the limits of its commands allow. */
const PREPARING = 1_800;

/** Seconds that a run may take in all: every check as often as the flake rule says, open and sealed, and preparing. */
export function patienceOf(run: Criterion.Run, checks: number): number {
  return Math.min(86_400, PREPARING + 2 * checks * run.flaky.runs * (run.limits.time + 5));
}

/** Throws `RunFailed` with what the run could not do, or that it was stopped; `NoSandbox`. */
export async function judge(
  order: Order,
  { onLog, signal, patience = 86_400 }: Options = {},
): Promise<Verdict.Verdict> {
  // Looked for here, where it is remembered.
  const { name: engine } = await Sandbox.find({ unconfined: order.unconfined === true });
  if (signal?.aborted) throw stopped();
  const env = Object.fromEntries(PASSED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const child = fork(join(import.meta.dirname, "childProcess.ts"), [], {
    ...{ env, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" },
  });
  let said: Said | undefined;
  let printed = "";
  let why: RunFailed | undefined;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    if (printed.length < 8_000) printed += text;
  });
  child.on("message", (message) => {
    const one = message as Said;
    if (one.kind === "log") onLog?.(one.text);
    else said = one;
  });
  const stop = (reason: RunFailed) => {
    why ??= reason;
    end(child);
  };
  const onAbort = () => stop(stopped());
  signal?.addEventListener("abort", onAbort, { once: true });
  const clock = setTimeout(() => stop(tookTooLong(patience)), patience * 1_000);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", () => resolve());
      child.send({ ...order, engine } satisfies Given, (error) => {
        // It ended before it was told: `close` says so.
        if (error) printed += error.message;
      });
    });
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", onAbort);
  }
  if (why) throw why;
  if (said?.kind === "verdict") return said.verdict;
  if (said?.kind === "failed") throw new RunFailed(said);
  throw broken(printed);
}

/** Asks it to end; ends what is still there after a while, from the leaves up. */
function end(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  setTimeout(() => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    for (const one of tree(pid).toReversed()) kill(one);
  }, GRACE).unref();
}

/** A process and all below it. */
function tree(pid: number): readonly number[] {
  const children = (id: number): readonly number[] => {
    try {
      return readdirSync(`/proc/${id}/task`).flatMap((task) => {
        const text = readFileSync(`/proc/${id}/task/${task}/children`, "latin1").trim();
        return text === "" ? [] : text.split(" ").map(Number);
      });
    } catch {
      // It has ended, or this is no Linux.
      return [];
    }
  };
  const all = [pid];
  for (const one of all) all.push(...children(one));
  return all;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

const stopped = () =>
  new RunFailed({
    ...{ name: "RunStopped", next: "retry" },
    title: both("the run was stopped", "运行已中止"),
    words: both("The run was stopped before it said anything. Start it again.", "运行在得出结论前被中止。请重新开始。"),
  });

const tookTooLong = (patience: number) =>
  new RunFailed({
    ...{ name: "RunTooLong", next: "stop" },
    title: both("the run took too long", "运行超时"),
    words: both(
      `The run had not ended after ${patience} s, all that its limits allow and half an hour to prepare. It was ended. Have fewer checks, or narrower limits, in the suite.`,
      `运行在 ${patience} 秒后仍未结束，已超过各项限制及半小时的准备时间，现已中止。请减少检查项或收紧限制。`,
    ),
  });

const broken = (printed: string) =>
  new RunFailed({
    ...{ name: "RunBroken", next: "retry" },
    title: both("the run broke off", "运行异常中断"),
    words: both(
      `The process that judges ended without a word: ${InputError.show(printed.slice(-400))}. Try again; if it stays so, look at the machine's memory and disk.`,
      `判定进程意外退出：${InputError.show(printed.slice(-400))}。请重试；如仍如此，请检查本机内存与磁盘。`,
    ),
  });
