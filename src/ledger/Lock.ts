/** One owner of a folder: a file with the owner's process id. What a dead process left behind does not count. */
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { LedgerBusy } from "./Errors.ts";

/** `release` gives the folder up. Throws `LedgerBusy`. */
export function acquire(folder: string): { release(): void } {
  const file = join(folder, "lock");
  const own = join(folder, `lock.${process.pid}`);
  const mine = noteOf(process.pid);
  const handle = openSync(own, "w");
  writeSync(handle, mine);
  fsyncSync(handle);
  closeSync(handle);
  try {
    for (;;) {
      try {
        // A link is made whole or not at all, and never over another one.
        linkSync(own, file);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const owner = stillRuns(file);
        if (owner !== undefined) throw new LedgerBusy(folder, owner);
        rmSync(file, { force: true });
      }
    }
  } finally {
    unlinkSync(own);
  }
  return {
    release() {
      if (read(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

function read(file: string): { pid: number; start: string } | undefined {
  try {
    const [pid = "", start = ""] = readFileSync(file, "utf8").trim().split(" ");
    return { pid: Number(pid), start };
  } catch {
    return undefined;
  }
}

/** A note of a process, by which `stillRuns` finds it again. */
export const noteOf = (pid: number): string => `${pid} ${startOf(pid)}\n`;

/** The process of a note that still runs, and is the same one. */
export function stillRuns(file: string): number | undefined {
  const noted = read(file);
  return noted && noted.start !== "" && startOf(noted.pid) === noted.start ? noted.pid : undefined;
}

/** When a process started, so that a number used again is not taken for the old one; empty if it does not run. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "";
  }
  try {
    // Field 22 of /proc/PID/stat, behind the name in brackets.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "?";
  } catch {
    return "?";
  }
}
