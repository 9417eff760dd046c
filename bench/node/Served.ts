/** `commenda serve` as whoever runs it has it: a process of its own, its log in a file, the limits of every node. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export type Served = {
  readonly url: string;
  readonly port: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly startMs: number;
  /** Resident memory of the process, the embedded ledger's not among it. */
  rssMb(): Promise<number>;
  /** Seconds that it has computed so far, on all its threads. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
};

const COMMAND = fileURLToPath(new URL("../../scripts/commenda.js", import.meta.url));
const PATIENCE = 120_000;

/** Resolves when it is ready. Throws where it ends before, or takes minutes. */
export async function start(home: string, databaseUrl?: string): Promise<Served> {
  mkdirSync(home, { recursive: true });
  const port = await freePort();
  const log = openSync(join(home, "log"), "a");
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) };
  const started = performance.now();
  const args = [COMMAND, "serve", "--home", home, "--port", String(port)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", log], env });
  closeSync(log);
  const orphan = () => child.kill("SIGTERM");
  process.once("exit", orphan);
  const ended = once(child, "exit").finally(() => process.off("exit", orphan));
  const url = `http://localhost:${port}`;
  const own = `http://127.0.0.1:${port}`;
  while (!(await isReady(own))) {
    if (child.exitCode !== null)
      throw new Error(`the node ended with ${child.exitCode}; ${join(home, "log")} says why`);
    if (performance.now() - started > PATIENCE) throw new Error("the node does not become ready");
    await setTimeout(10);
  }
  const startMs = performance.now() - started;
  const metric = async (name: string) => {
    const text = await (await fetch(`${own}/metrics`)).text();
    return Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${name} `))
        ?.split(" ")[1],
    );
  };
  return {
    ...{ url, port, startMs },
    rssMb: async () => (await metric("process_resident_memory_bytes")) / 1e6,
    cpuSeconds: () => metric("process_cpu_seconds_total"),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const isReady = (own: string): Promise<boolean> =>
  fetch(`${own}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

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
