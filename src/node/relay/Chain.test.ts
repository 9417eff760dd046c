import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Chain } from "../../ledger/Chain.ts";
import { ActPending } from "../../ledger/Errors.ts";
import * as Node from "../../ledger/Node.ts";
import * as Faults from "../../ledger/testing/Faults.ts";
import type * as Relay from "./Relay.ts";
import * as Bench from "./testing/Bench.ts";

let faults: Faults.Bench;
let chain: Chain;
let bench: Bench.Bench;
beforeAll(async () => {
  faults = await Faults.bench(Bench.GENESIS);
  chain = await faults.open();
  bench = await Bench.open({ ledger: chain, house: Faults.house });
  // On a chain also a persona pays for the approval that it sends.
  await faults.anvil.rpc("anvil_setBalance", [bench.firms.client.address, "0xde0b6b3a7640000"]);
}, 60_000);
afterAll(async () => {
  await bench.close();
  await faults.close();
});

/** As after a start of the node. */
async function again(options: Parameters<Faults.Bench["open"]>[0] = {}): Promise<Chain> {
  await chain.close();
  chain = await faults.open(options);
  return chain;
}
const hold = () => faults.anvil.rpc("evm_setAutomine", [false]);
const release = async () => {
  await faults.anvil.rpc("evm_setAutomine", [true]);
  await faults.anvil.rpc("anvil_mine", ["0x1"]);
};
const sendings = () => Node.nonce(faults.anvil.rpc, Faults.house.address);
const revoke = async () => bench.ask(bench.firms.client.caller, await bench.draft(), { verb: "revoke" });

describe("Relay on a chain", () => {
  const points: Relay.Point[] = ["send: taken", "send: recorded", "send: sent", "send: noted"];
  test.each(points)("behavior: a node that ends at “%s” and starts anew sends once", async (name) => {
    const act = await revoke();
    const before = await sendings();
    const cut = bench.relay((point) => {
      if (point === name) throw new Error(`cut off at ${name}`);
    }, chain);
    await expect(cut.send({ act })).rejects.toThrow("cut off");
    await again();
    await bench.relay(undefined, chain).send({ act });
    expect([(await bench.rowOf(act)).status, (await sendings()) - before]).toEqual(["done", 1]);
  });

  test("behavior: what is in no block yet is followed, also by a node that starts anew, and never sent twice", async () => {
    const act = await revoke();
    const before = await sendings();
    await hold();
    await again({ patience: 50 });
    const waiting = () => bench.relay(undefined, chain).send({ act });
    await expect(waiting()).rejects.toThrow(ActPending);
    const pending = await bench.rowOf(act);
    expect(pending).toMatchObject({ status: "sent", transaction: expect.stringMatching(/^0x/) });
    await again({ patience: 50 });
    await expect(waiting()).rejects.toThrow(ActPending);
    await release();
    await waiting();
    expect(await bench.rowOf(act)).toMatchObject({ status: "done", transaction: pending.transaction });
    expect((await sendings()) - before).toBe(1);
  });
});
