import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as schema from "../store/schema.ts";
import * as Relay from "./Relay.ts";
import * as Bench from "./testing/Bench.ts";

let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open();
}, 60_000);
afterAll(() => bench.close());

/** Transactions of the relayer to the escrow with this calldata. */
async function timesSent(data: string | null): Promise<number> {
  const { ledger, escrow } = bench;
  const head = await ledger.head();
  const logs = await ledger.logs({ address: [escrow], from: 0, to: head.number });
  let count = 0;
  for (const hash of new Set(logs.map(({ transaction }) => transaction))) {
    const found = (await ledger.rpc("eth_getTransactionByHash", [hash])) as { input: string };
    if (found.input === data) count += 1;
  }
  return count;
}

const open = async () => {
  const agreement = await bench.signed();
  return bench.ask(bench.firms.client.caller, agreement, { verb: "open" });
};

describe("Relay", () => {
  const points: Relay.Point[] = ["send: taken", "send: recorded", "send: sent", "send: noted"];
  test.each(points)("behavior: cut off at “%s”, an act is sent once all the same", async (name) => {
    const act = await open();
    const cut = bench.relay((point) => {
      if (point === name) throw new Error(`cut off at ${name}`);
    });
    await expect(cut.send({ act })).rejects.toThrow("cut off");
    await bench.relay().send({ act });
    await bench.relay().send({ act });
    const row = await bench.rowOf(act);
    expect([row.status, row.problem, await timesSent(row.data)]).toEqual(["done", null, 1]);
    expect(row.transaction).toMatch(/^0x[0-9a-f]{64}$/);
  });

  test("behavior: two relays on one store send one act once", async () => {
    const act = await open();
    await Promise.all([bench.relay().send({ act }), bench.relay().send({ act })]);
    const row = await bench.rowOf(act);
    expect([row.status, await timesSent(row.data)]).toEqual(["done", 1]);
  });

  test("behavior: an act does not take another one's transaction with the same calldata for its own", async () => {
    const act = await open();
    const row = await bench.rowOf(act);
    await bench.relay().send({ act });
    const done = await bench.rowOf(act);
    // As if it had been asked twice: the second must not take the first one's transaction for its own.
    const id = "00000000-0000-4000-8000-000000000001";
    const { key: _, ...copy } = { ...row, data: done.data, fromBlock: 0 };
    await bench.store.db.insert(schema.act).values({ ...copy, id });
    await bench.relay().send({ act: id });
    expect((await bench.rowOf(id)).problem).toMatchObject({ en: { refused: "AlreadyUsed" } });
  });

  test("error: what the rules refuse is kept with the rule, in both languages, and not sent", async () => {
    const { client } = bench.firms;
    const act = await open();
    // The date until which it may be opened passes before it is sent.
    bench.clock.advance(60 * Bench.DAY);
    await bench.relay().send({ act });
    const row = await bench.rowOf(act);
    expect(row).toMatchObject({ status: "refused", transaction: null, data: null });
    expect(row.problem).toMatchObject({
      en: { refused: "PastOpenBy", rule: 1, status: 422 },
      zh: { detail: expect.stringContaining("生效") },
    });
    const { problem, status } = await bench.run(client.caller, "act.show", { agreement: row.agreement, act });
    expect([status, problem?.refused]).toEqual(["refused", "PastOpenBy"]);
    bench.clock.advance(-60 * Bench.DAY);
  });

  test("behavior: whatever waits is found at a start", async () => {
    const act = await open();
    await bench.store.db.execute("truncate pgboss.job");
    await Relay.sweep(bench.parts);
    const jobs = await bench.store.db.execute(`select data from pgboss.job where name = 'send'`);
    expect((jobs as unknown as { rows: { data: { act: string } }[] }).rows.map(({ data }) => data.act)).toContain(act);
    await bench.store.db.delete(schema.act).where(eq(schema.act.id, act));
  });
});
