/** Requests at a fixed rate or as many as go, over kept connections, and what they took. Times in milliseconds. */
import { setTimeout } from "node:timers/promises";
import { Pool } from "undici";

export type Request = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** People at machines of their own: the node counts the requests of each address for itself. */
export type Crowd = {
  /** `who`: any number; the same one comes from the same address. Throws where the answer is no 200. */
  ask(who: number, request: Request): Promise<string>;
  close(): Promise<void>;
};

const ADDRESSES = 8;
const CONNECTIONS = 16;
/** Requests under way of a crowd that asks for as much as it gets. */
const EAGER = 32;

export function crowd(port: number): Crowd {
  const pools = Array.from({ length: ADDRESSES }, (_, k) => {
    const connect = { localAddress: `127.0.0.${k + 2}` };
    return new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, pipelining: 1, connect });
  });
  return {
    async ask(who, request) {
      const pool = pools[who % ADDRESSES] as Pool;
      const { statusCode, body } = await pool.request(request);
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`${request.method} ${request.path}: ${statusCode} ${text}`);
      return text;
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

/** The `share` of the values that is smallest ends there: 0.99 for p99. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/**
 * Asks `perSecond` times a second, whether or not the answers come: each is timed from when it should have been sent, so
 * that a node that holds everything up is charged for all who wait.
 */
export async function atRate(
  perSecond: number,
  seconds: number,
  run: (k: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  const count = Math.round(perSecond * seconds);
  for (let k = 0; k < count; ) {
    const due = started + (1000 * k) / perSecond;
    const left = due - performance.now();
    if (left > 0) await setTimeout(left);
    while (k < count && started + (1000 * k) / perSecond <= performance.now()) {
      const intended = started + (1000 * k) / perSecond;
      running.push(run(k++).then(() => void times.push(performance.now() - intended)));
    }
  }
  await Promise.all(running);
  return times;
}

/** Some at once, the next whenever one is answered. @returns answers a second. */
export async function asManyAsGo(
  seconds: number,
  run: (k: number) => Promise<unknown>,
  atOnce = EAGER,
): Promise<number> {
  const started = performance.now();
  const until = started + 1000 * seconds;
  let asked = 0;
  let answered = 0;
  const one = async () => {
    while (performance.now() < until) {
      await run(asked++);
      if (performance.now() <= until) answered++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return answered / seconds;
}
