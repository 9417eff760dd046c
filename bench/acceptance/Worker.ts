/** A runner of the measurement: a process with an account, a language, a time zone and a folder of its own. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Delivery, Run, Sandbox, Suite } from "../../src/acceptance/index.ts";
import { Verdict } from "../../src/agreement/index.ts";

export type Order = { readonly suite: string; readonly delivery: string; readonly seed: number };
export type Answer = {
  readonly digest: string;
  readonly compared: string;
  readonly ms: number;
  readonly sandbox: string;
};

const folder = process.env.BENCH_FOLDER ?? "";
/** mulberry32 of pins.cjs is for what is judged; here a plain one is enough. */
const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** The same files, made in another order and at another time, in a folder of another name. */
function scattered(from: string, to: string, next: () => number): void {
  const walk = (path: string): string[] =>
    readdirSync(join(from, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(path, entry.name)) : [join(path, entry.name)],
    );
  for (const path of walk("").sort(() => next() - 0.5)) {
    mkdirSync(join(to, path, ".."), { recursive: true });
    writeFileSync(join(to, path), readFileSync(join(from, path)), { mode: statSync(join(from, path)).mode });
    utimesSync(join(to, path), next() * 1e9, next() * 1e9);
  }
}

async function work({ suite, delivery, seed }: Order): Promise<Answer> {
  const next = random(seed);
  const own = mkdtempSync(join(folder, next() < 0.5 ? "r" : "运行 ، "));
  try {
    scattered(delivery, join(own, "delivery"), next);
    scattered(suite, join(own, "suite"), next);
    const cache = join(own, "cache");
    const engine = await Sandbox.find();
    const ready = await Delivery.ofFolder(join(own, "delivery"), { cache });
    const began = performance.now();
    const now = Math.floor(next() * 2e9);
    const verdict = await Run.judge({ suite: Suite.open(join(own, "suite")), delivery: ready, engine, now, cache });
    const ms = performance.now() - began;
    return { digest: Verdict.digest(verdict), compared: Verdict.compared(verdict), ms, sandbox: engine.name };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

process.on("message", async ({ id, order }: { id: number; order: Order }) => {
  try {
    process.send?.({ id, answer: await work(order) });
  } catch (error) {
    process.send?.({ id, error: (error as Error).message });
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: true });
