/** The watchdog's own thread: it goes on while the other one hangs. */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

const { beats, longest, says } = workerData as { beats: Int32Array; longest: number; says: string };
let seen = -1;

setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now !== seen) {
    seen = now;
    return;
  }
  // The other thread prints nothing any more, nor does it hear a signal.
  writeSync(2, `${says}\n`);
  process.kill(process.pid, "SIGKILL");
}, longest);
