/**
 * Ends the process when its one thread has not come round for long: the embedded database waits for ever where a full disk
 * takes no more of its log, and whoever asks would wait with it. What was acknowledged is on the disk; a start reads it.
 */
import { Worker } from "node:worker_threads";

/** Milliseconds: far beyond the longest that anything of ours computes. */
const LONGEST = 60_000;

export type Watchdog = { stop(): Promise<void> };

/** @param says What a person reads then. */
export function start(says: string, longest = LONGEST): Watchdog {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), longest / 10).unref();
  const worker = new Worker(new URL("./watchdogThread.ts", import.meta.url), {
    execArgv: [],
    workerData: { beats, longest, says },
  });
  worker.unref();
  return {
    async stop() {
      clearInterval(timer);
      await worker.terminate();
    },
  };
}
