/** A way to hold foreign code, and what it is given: one interface, a file each. */
import { readlinkSync } from "node:fs";

export type Room = {
  /** A folder of the run's own; `root` in it is empty. */
  readonly folder: string;
  /** Programs by name, in `/opt/bin`. */
  readonly tools: readonly (readonly [name: string, file: string])[];
  /** Folders that can be read, by their place inside. */
  readonly places: readonly (readonly [place: string, folder: string])[];
  /** MB that may be written. */
  readonly disk: number;
  /** MB of memory, and processes at once: of the command, for engines that bound them beside what is measured. */
  readonly memory: number;
  readonly processes: number;
  /** Seconds until it ends, whatever becomes of us. */
  readonly time: number;
  /** Arguments of `inside/enter.sh`. */
  readonly enter: readonly string[];
};

export type Started = { readonly file: string; readonly args: readonly string[]; readonly env: Record<string, string> };

export type Engine = {
  readonly name: string;
  /** Whether it holds what runs in it. */
  readonly confined: boolean;
  /** Chosen by whoever runs the machine: then no other is used in its place. */
  readonly configured?: boolean;
  /** What is started, with descriptors 0 to 3. */
  command(room: Room): Started;
  /** Where the room is not below what was started: the number of its first process, once it is there. */
  first?(folder: string): number | undefined;
  /** Where it does not end with what was started: what ends it by name. */
  ending?(folder: string): Started;
};

/** Where programs of the system are. */
export const PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
/** Of the account that owns what foreign code writes when the runner is root: `nobody`. */
export const NOBODY = 65_534;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** A program with the rights of `nobody`, where root starts it. */
export function asNobody(file: string, args: readonly string[], root: boolean): Pick<Started, "file" | "args"> {
  if (!root) return { file, args };
  return { file: "setpriv", args: [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--", file, ...args] };
}

/** Folders of the system beside /usr; on most systems links into it. */
export const SYSTEM = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/** Where a link leads; nothing of what is none. */
export function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // EINVAL: a folder and no link.
    return undefined;
  }
}
