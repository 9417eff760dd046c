/**
 * What a desk thinks with. Learning takes a processor seconds or minutes and judging milliseconds: each has a thread of
 * its own, so that neither keeps requests waiting, nor learning keeps judging waiting.
 */
import { Worker } from "node:worker_threads";
import type { Example } from "../../desk/Classifier.ts";
import type { Playbook, Route, Ticket, Triage } from "../../desk/index.ts";
import type { Notes } from "../../desk/Training.ts";

export type Learning = {
  readonly history: readonly Example[];
  readonly outside: readonly string[];
  readonly outsideShare?: number;
  readonly starter: boolean;
  readonly embeddings: boolean;
  /** Where embeddings are kept. */
  readonly folder: string;
};
export type Learnt = {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly intents: readonly string[];
  readonly notes: Notes;
};
export type Held = { readonly hash: string; readonly frozen: readonly Example[]; readonly folder: string };
export type Judging = {
  readonly hash: string;
  readonly tickets: readonly Ticket.Ticket[];
  readonly playbooks: readonly Playbook.Playbook[];
  readonly table: Route.Table;
  readonly promise: number;
  readonly outsideShare?: number;
  readonly isPaused: boolean;
  readonly load: Readonly<Record<string, number>>;
  /** Unix seconds. */
  readonly now: number;
  readonly folder: string;
};
export type Explaining = { readonly hash: string; readonly text: string; readonly intent: string };

/** Questions and answers between the threads. `model`: its bytes, the first time that it is used. */
export type Asked = { number: number; model?: Uint8Array } & (
  | { verb: "learn"; given: Learning }
  | { verb: "hold"; given: Held }
  | { verb: "judge"; given: Judging }
  | { verb: "explain"; given: Explaining }
);
export type Answered = { number: number; answer: unknown } | { number: number; failed: string };

/** Models that a thread keeps; the least lately used goes first. */
export const KEPT = 6;

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; readonly models: Set<string> };

const threads = new Map<"learning" | "judging", Thread>();
let asked = 0;

/** Bytes of a model by its hash. */
export type Load = (hash: string) => Promise<Uint8Array>;

export const learn = (given: Learning): Promise<Learnt> => ask("learning", { verb: "learn", given });

/** How many rows of a frozen set a model gets right. */
export const hold = (given: Held, load: Load): Promise<number> => ask("learning", { verb: "hold", given }, load);

/** In the order of the tickets. */
export const judge = (given: Judging, load: Load): Promise<readonly Triage.Decision[]> =>
  ask("judging", { verb: "judge", given }, load);

export const explain = (given: Explaining, load: Load): Promise<readonly Triage.Part[]> =>
  ask("judging", { verb: "explain", given }, load);

type Question = Asked extends infer One ? (One extends Asked ? Omit<One, "number" | "model"> : never) : never;

async function ask<T>(name: "learning" | "judging", question: Question, load?: Load): Promise<T> {
  const hash = "hash" in question.given ? question.given.hash : undefined;
  const known = threads.get(name);
  // Read before the thread is asked: what is asked at once is answered in this order.
  const model = hash === undefined || known?.models.has(hash) ? undefined : await load?.(hash);
  const thread = threads.get(name) ?? begin(name);
  if (hash !== undefined) remember(thread.models, hash);
  const number = ++asked;
  return new Promise<T>((resolve, reject) => {
    thread.waiting.set(number, { resolve: resolve as Waiting["resolve"], reject });
    // Held only while somebody waits: an idle thread keeps no process alive.
    thread.worker.ref();
    thread.worker.postMessage({ ...question, number, ...(model ? { model } : {}) } as Asked);
  });
}

/** The same list on both sides. @returns the one that has to go. */
export function remember(models: Set<string>, hash: string): string | undefined {
  models.delete(hash);
  models.add(hash);
  const [oldest] = models;
  if (models.size <= KEPT || oldest === undefined) return undefined;
  models.delete(oldest);
  return oldest;
}

function begin(name: "learning" | "judging"): Thread {
  const worker = new Worker(new URL("brainThread.ts", import.meta.url));
  const thread: Thread = { worker, waiting: new Map(), models: new Set() };
  threads.set(name, thread);
  worker.unref();
  worker.on("message", (answer: Answered) => {
    const one = thread.waiting.get(answer.number);
    thread.waiting.delete(answer.number);
    if (thread.waiting.size === 0) worker.unref();
    if ("answer" in answer) one?.resolve(answer.answer as never);
    else one?.reject(new Error(answer.failed));
  });
  // The next question begins another one.
  worker.on("error", (error) => {
    threads.delete(name);
    for (const one of thread.waiting.values()) one.reject(error as Error);
    thread.waiting.clear();
  });
  return thread;
}
