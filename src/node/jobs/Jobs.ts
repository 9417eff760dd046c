/** Work that outlives a request: at least once, so everything it does is keyed. */
import type { Db } from "../store/Store.ts";

/**
 *   send      an act to the ledger: `{ act }`
 *   deliver   an event to a webhook: `{ delivery }`
 *   mail      a notice by e-mail: `{ notice }`; a link that proves an address: `{ proof }`
 *   desk      what a desk does by itself: `{ do: "triage" | "escalate", desk }`, `{ do: "train", version }`
 *   judge     a run of a criterion, in a process of its own: `{ run }`
 *   round     what the verdicts of a milestone come to: `{ ledgerId, tranche }`
 */
export const QUEUES = ["send", "deliver", "mail", "desk", "judge", "round"] as const;
export type Queue = (typeof QUEUES)[number];

/** Does one job. What it throws is tried again later. */
export type Worker = (data: Readonly<Record<string, string>>) => Promise<void>;

export type Jobs = {
  /** Part of the transaction. `key`: at most one such job waits at a time. */
  add(tx: Db, queue: Queue, data: Record<string, string>, options?: { key?: string; after?: Date }): Promise<void>;
  /** Who does the jobs of a queue on this node; said before `start`. Jobs of a queue without a worker wait. */
  handle(queue: Queue, worker: Worker): void;
  /** Begins to work; before it, jobs only wait. */
  start(): Promise<void>;
  /** Lets running work end. */
  stop(): Promise<void>;
};
