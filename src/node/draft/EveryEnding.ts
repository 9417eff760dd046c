/** Every ending of complete terms, for the API. It takes up to 0.3 s of a processor: a thread of its own does it. */
import { Worker } from "node:worker_threads";
import { Terms } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";

export type Endings = Table.Output<"version.endings">;
/** A question and its answer between the threads. */
export type Asked = { number: number; terms: Terms.Terms };
export type Answered = { number: number; endings: Endings } | { number: number; failed: string };

/** Documents whose endings are remembered. */
const KEPT = 100;
const kept = new Map<string, Promise<Endings>>();

/** Of a version: remembered by its content hash, the least lately used forgotten. */
export function of(terms: Terms.Terms): Promise<Endings> {
  const key = Terms.contentHash(terms);
  const known = kept.get(key);
  kept.delete(key);
  const endings = known ?? fresh(terms);
  kept.set(key, endings);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  if (!known) endings.catch(() => kept.delete(key));
  return endings;
}

type Waiting = { resolve: (endings: Endings) => void; reject: (error: Error) => void };
let thread: Worker | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/** Computed, and nothing of it kept. */
export function fresh(terms: Terms.Terms): Promise<Endings> {
  thread ??= begin();
  const worker = thread;
  const number = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    // Held only while somebody waits: an idle thread keeps no process alive.
    worker.ref();
    worker.postMessage({ number, terms } satisfies Asked);
  });
}

function begin(): Worker {
  const worker = new Worker(new URL("EndingsThread.ts", import.meta.url));
  worker.unref();
  worker.on("message", (answer: Answered) => {
    const one = waiting.get(answer.number);
    waiting.delete(answer.number);
    if (waiting.size === 0) worker.unref();
    if ("endings" in answer) one?.resolve(answer.endings);
    else one?.reject(new Error(answer.failed));
  });
  // The next question begins another one.
  worker.on("error", (error) => {
    thread = undefined;
    for (const one of waiting.values()) one.reject(error as Error);
    waiting.clear();
  });
  return worker;
}
