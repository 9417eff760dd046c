/**
 * Packs of anybody's, held against this node's ledger where they are of it. Hashing and recovering keys takes a processor
 * seconds: each has a thread of its own, one at a time, ended when it takes too long.
 */
import { Worker } from "node:worker_threads";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { NodeDown, NodeRefused, Reverted } from "../../ledger/Errors.ts";
import type { Ledger } from "../../ledger/Ledger.ts";
import type * as Pack from "../../ledger/Pack.ts";

const { both } = InputError;

type Findings = Awaited<ReturnType<typeof Pack.verify>>;

/** What the thread asks the ledger for. */
export const METHODS = ["head", "call", "code", "receipt", "logs", "rpc"] as const;
export type Method = (typeof METHODS)[number];
export type About = Pick<Ledger, "kind" | "name" | "chainId">;
/** Given to the thread. */
export type Asked = { pack: Pack.Pack; ledger?: About };
export type Failure =
  | { kind: "reverted"; data: `0x${string}` }
  | { kind: "down"; where: string }
  | { kind: "refused"; code: number; message: string };
export type ToThread = { number: number; value: unknown } | { number: number; failure: Failure };
export type FromThread =
  | { number: number; method: Method; args: readonly unknown[] }
  | { findings: Findings }
  | { failed: string; failure?: Failure };

/** Milliseconds of one; a pack of 4 MB takes a few thousand. */
const PATIENCE = 30_000;
/** Those that may wait for their turn. */
const MOST = 8;

let last: Promise<unknown> = Promise.resolve();
let queued = 0;

type Options = { ledger?: Ledger; patience?: number };

/** `ledger`: that of the pack, if it is at hand. Throws `too-many`, `wrong-file` for one that takes too long, `NodeDown`. */
export async function check(pack: Pack.Pack, { ledger, patience = PATIENCE }: Options = {}): Promise<Findings> {
  if (queued >= MOST) throw busy();
  queued++;
  const turn = last.then(() => run(pack, ledger, patience));
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    queued--;
  }
}

function run(pack: Pack.Pack, ledger: Ledger | undefined, patience: number): Promise<Findings> {
  const about = ledger && { kind: ledger.kind, name: ledger.name, chainId: ledger.chainId };
  const workerData: Asked = { pack, ...(about ? { ledger: about } : {}) };
  const worker = new Worker(new URL("checkingThread.ts", import.meta.url), { workerData });
  const asked = new Promise<Findings>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLong()), patience);
    worker.on("message", (message: FromThread) => {
      if ("findings" in message) resolve(message.findings);
      else if ("failed" in message) reject(message.failure ? errorOf(message.failure) : new Error(message.failed));
      else if (ledger) void answer(ledger, message).then((said) => worker.postMessage(said));
    });
    worker.on("error", reject);
    worker.on("exit", () => clearTimeout(timer));
  });
  return asked.finally(() => worker.terminate());
}

type Question = Extract<FromThread, { method: Method }>;

async function answer(ledger: Ledger, { number, method, args }: Question): Promise<ToThread> {
  const asked = ledger[method] as (...args: readonly unknown[]) => Promise<unknown>;
  return asked(...args).then(
    (value) => ({ number, value }),
    (error: unknown) => ({ number, failure: failureOf(error) ?? { kind: "down", where: String(error) } }),
  );
}

/** What can be said of it on the other side; nothing of a fault of ours. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Reverted) return { kind: "reverted", data: error.data };
  if (error instanceof NodeRefused) return { kind: "refused", code: error.code, message: error.message };
  return error instanceof NodeDown ? { kind: "down", where: error.message } : undefined;
}

export function errorOf(failure: Failure): Error {
  if (failure.kind === "reverted") return new Reverted(failure.data);
  if (failure.kind === "down") return new NodeDown(failure.where);
  return new NodeRefused("the node", failure.code, failure.message);
}

const busy = () =>
  new Problem.Problem(
    "too-many",
    both(
      "Other packs are being verified. Try again in a minute, or use `commenda verify`, which needs no node.",
      "正在核验其他证明包。请一分钟后重试，或使用无需节点的 `commenda verify`。",
    ),
    { after: 60 },
  );

const tooLong = () =>
  new Problem.Problem(
    "wrong-file",
    both(
      "Verifying this pack takes longer than this node allows for one. Use `commenda verify`, which needs no node.",
      "核验该证明包所需时间超过本节点的限度。请使用无需节点的 `commenda verify`。",
    ),
    { field: "pack" },
  );
