/** Nodes in processes of their own: started, killed, started again at the same address. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Given = {
  home: string;
  port: number;
  /** Unix seconds at which the node's clock starts; absent: the real time. */
  begin?: number;
  /** Ends itself there, once it has passed it so often. */
  point?: { name: string; passes: number };
  /** Wakes by events from one snapshot of the ledger to the next. */
  snapshotEvery?: number;
  env?: Readonly<Record<string, string>>;
  /** While this file is there, the disk is full in the folder that is written in it. */
  full?: string;
};

export type Process = {
  readonly url: string;
  readonly pid: number;
  /** How it ended: an exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** What it said on standard error. */
  readonly told: () => string;
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
};

const SCRIPT = fileURLToPath(new URL("nodeProcess.ts", import.meta.url));

const MODULES = new URL("../../scripts/modules.ts", import.meta.url).href;
const DISK = new URL("fullDisk.ts", import.meta.url).href;
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/commenda/compiled", import.meta.url));

/** One that is loaded and waits to be told what to do: loading takes longer than starting. */
let spare: ChildProcess | undefined;

function load(full?: string): ChildProcess {
  const args = ["--import", MODULES, ...(full === undefined ? [] : ["--import", DISK]), SCRIPT];
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: CACHE, COMMENDA_TEST_FULL: full };
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"], env });
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  child.once("close", () => process.off("exit", orphan));
  return child;
}

/** The one that waits is not needed any more. */
export function dismiss(): void {
  spare?.kill("SIGKILL");
  spare = undefined;
}

/**
 * Resolves when the node is up, or has ended at its `point` on the way there. `again`: there will be another one. Throws with what it said where it ended before.
 */
export async function start({ full, again = false, ...given }: Given & { again?: boolean }): Promise<Process> {
  const child = (full === undefined ? spare : undefined) ?? load(full);
  if (child === spare) spare = undefined;
  const ended = endOf(child);
  let told = "";
  child.stderr?.on("data", (text) => {
    told += text;
  });
  child.stdin?.end(`${JSON.stringify(given)}\n`);
  const first = await Promise.race([up(child), ended]);
  // What waited from before can bring it to its point before it says that it is up.
  const url = first === "SIGKILL" && given.point ? `http://localhost:${given.port}` : first;
  if (typeof url !== "string" || !url.startsWith("http")) throw new Error(`the node ended with ${url}: ${told}`);
  if (again) spare ??= load();
  return {
    ...{ url, pid: child.pid ?? 0, ended, told: () => told },
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return signal ?? code ?? -1;
}

function up(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (!child.stdout) throw new Error("a process that is asked for its address has an output");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("up ")) resolve(line.slice(3));
    });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
