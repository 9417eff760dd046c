/** What the parts below a node do by themselves: the most that a node on them could. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type * as Store from "../../src/node/store/Store.ts";
import * as schema from "../../src/node/store/schema.ts";
import { asManyAsGo, crowd } from "./Load.ts";

/** Answers a second of the same text, by the same server with a route and nothing behind it, on a thread of its own. */
export async function routes(answer: string, seconds: number): Promise<number> {
  const worker = new Worker(fileURLToPath(new URL("bare.ts", import.meta.url)), { workerData: answer });
  const [port] = (await once(worker, "message")) as [number];
  const people = crowd(port);
  const read = (k: number) => people.ask(k, { method: "GET", path: `/v1/agreements/${k % 40}`, headers: {} });
  try {
    await asManyAsGo(1, read);
    return await asManyAsGo(seconds, read);
  } finally {
    await people.close();
    await worker.terminate();
  }
}

/** Rows a second, each in a transaction of its own. */
export function inserts(store: Store.Store, seconds: number): Promise<number> {
  return asManyAsGo(seconds, (k) =>
    store.transaction((tx) => tx.insert(schema.event).values({ kind: "bare", data: { number: k } })),
  );
}
