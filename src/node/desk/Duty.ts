/** The jobs of desks: deciding, learning, telling people in time. All of them may run again, and change nothing then. */
import type { Worker } from "../jobs/Jobs.ts";
import type { Needs } from "./Desk.ts";
import * as Desk from "./Desk.ts";
import * as Escalation from "./Escalation.ts";
import * as Models from "./Models.ts";
import * as Work from "./Work.ts";

export type Duty = { stop(): Promise<void> };

/** @returns who does jobs `{ do: "triage" | "escalate", desk }` and `{ do: "train", version }`. */
export function worker(given: Needs): Worker {
  const parts = Desk.needs(given);
  return async ({ do: what, desk = "", version = "" }) => {
    if (what === "triage") await Work.work(parts, desk);
    if (what === "escalate") await Escalation.escalate(parts, desk);
    if (what === "train") await Models.train(parts, version);
  };
}

/** Before `jobs.start`. `onFailure`: a look failed; the next one tries again. */
export function start(given: Needs, { onFailure = () => {} }: { onFailure?: (error: unknown) => void } = {}): Duty {
  const parts = Desk.needs(given);
  parts.jobs.handle("desk", worker(parts));
  // What was to be looked at while nobody was here, first.
  let running: Promise<unknown> = Escalation.sweep(parts).catch(onFailure);
  // Jobs wait by the clock of the queue: one that was moved is looked at here.
  const forget = parts.clock.onMoved?.(() => {
    running = running.then(() => Escalation.sweep(parts)).catch(onFailure);
  });
  return {
    async stop() {
      forget?.();
      await running;
    },
  };
}
