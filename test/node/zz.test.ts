import { test, expect } from "vitest";
import * as Home from "./Home.ts";
import * as Traffic from "./Traffic.ts";
import * as schema from "../../src/node/store/schema.ts";
test("one", async () => {
  const t0 = performance.now();
  const lap = (n: string) => console.log(n, Math.round(performance.now() - t0));
  const home = await Home.prepare();
  lap("prepared");
  const node = await home.open();
  lap("open");
  const traffic = Traffic.open({ ...home, node: async () => node.url, onAnswer: (n) => { lap(`answer ${n} ${traffic.acknowledged.at(-1)?.route} ${JSON.stringify(traffic.acknowledged.at(-1)?.input.act ?? "")}`); if (n > 10) traffic.stop(); } });
  try { await traffic.run(1); } catch (e) { console.log(e); }
  lap("ran");
  console.log(await node.parts.store.db.select({ k: schema.fact.kind, d: schema.fact.data, b: schema.fact.block }).from(schema.fact));
  console.log(await node.parts.store.db.select().from(schema.act));
  await node.stop();
  lap("stopped");
  const again = await home.open();
  lap("reopened");
  await again.stop();
  lap("stopped");
  home.remove();
}, 60000);
