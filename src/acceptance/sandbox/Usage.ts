/** What a tree of processes uses, read from /proc: no right is needed, and it counts for root as for anybody. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";

/** `memory` in MB: what is private to the processes, or shared between them only. `cpu` in seconds. */
export type Usage = { readonly memory: number; readonly cpu: number; readonly processes: number };

/** Clock ticks a second, as all Linux architectures of today tell them. */
const TICKS = 100;

/** Of a process and all below it. A process that ends meanwhile counts nothing more. */
export function of(pid: number): Usage {
  let [memory, ticks, processes] = [0, 0, 0];
  const files = new Map<string, number>();
  const pending = [pid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const seen = look(next, files);
    if (!seen) continue;
    processes += 1;
    memory += seen.memory;
    ticks += seen.ticks;
    pending.push(...seen.children);
  }
  for (const kilobytes of files.values()) memory += kilobytes;
  return { memory: memory / 1_024, cpu: ticks / TICKS, processes };
}

/** MB that the machine has left before somebody's processes are killed. */
export function left(): number {
  const text = read("/proc/meminfo") ?? "";
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes === undefined ? Number.POSITIVE_INFINITY : Number(kilobytes) / 1_024;
}

/** `files`: memory files by inode, in kB; they belong to no process alone. */
function look(pid: number, files: Map<string, number>) {
  const status = read(`/proc/${pid}/status`);
  const stat = read(`/proc/${pid}/stat`);
  if (status === undefined || stat === undefined) return undefined;
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, and those of children that were waited for: fields 14 to 17 of proc(5).
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? "").trim();
  memoryFiles(pid, files);
  return {
    memory: kilobytes("RssAnon"),
    ticks,
    children: children === "" ? [] : children.split(" ").map(Number),
  };
}

/** Files of memfd_create(2), mapped or not. */
function memoryFiles(pid: number, files: Map<string, number>): void {
  const folder = `/proc/${pid}/fd`;
  for (const name of attempt(() => readdirSync(folder)) ?? []) {
    const link = attempt(() => readlinkSync(`${folder}/${name}`));
    if (!link?.startsWith("/memfd:")) continue;
    const found = attempt(() => statSync(`${folder}/${name}`));
    if (found) files.set(`${found.dev} ${found.ino}`, found.blocks / 2);
  }
}

const read = (file: string) => attempt(() => readFileSync(file, "latin1"));

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    // It has ended, or was never there.
    return undefined;
  }
}
