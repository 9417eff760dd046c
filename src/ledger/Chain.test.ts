import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TxEnvelopeEip1559 } from "ox";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Abi from "./Abi.ts";
import type { Point } from "./Chain.ts";
import * as Chain from "./Chain.ts";
import {
  AccountBusy,
  ActPending,
  FeeAboveCap,
  LedgerBusy,
  LedgerDamaged,
  NodeContradicts,
  NodeDown,
  NodeRefused,
  NonceTaken,
  NotEnoughForGas,
  OnlyRehearsed,
  OtherLedger,
  ReadOnly,
  Reverted,
  WrongChain,
} from "./Errors.ts";
import type { Hex } from "./Ledger.ts";
import * as Node from "./Node.ts";
import * as Signer from "./Signer.ts";
import * as Faults from "./testing/Faults.ts";

const { house, mint, until } = Faults;

let bench: Faults.Bench;
beforeEach(async () => {
  bench = await Faults.bench();
});
afterEach(() => bench.close());

const rpc = (method: string, params: readonly unknown[] = []) => bench.anvil.rpc(method, params);
const act = (k: number) => mint(bench.token, k);
const sendings = () => bench.faulty.calls.filter(({ method }) => method === "eth_sendRawTransaction");
const count = () => Node.nonce(bench.anvil.rpc, house.address);
/** The node keeps what it gets, until told to mine. */
const hold = () => rpc("evm_setAutomine", [false]);
const release = async () => {
  await rpc("evm_setAutomine", [true]);
  await rpc("anvil_mine", ["0x1"]);
};

describe("a chain", () => {
  test("behavior: acts, in the order of asking, each once, and is read", async () => {
    const chain = await bench.open();
    expect([chain.kind, chain.chainId]).toEqual(["chain", Faults.CHAIN]);
    const receipts = await Promise.all([1, 2, 3].map((k) => chain.send(house, act(k))));
    expect(receipts.map(({ ok }) => ok)).toEqual([true, true, true]);
    const [first, second, third] = receipts.map(({ block }) => block.number);
    expect([second, third]).toEqual([(first ?? 0) + 1, (first ?? 0) + 2]);
    expect(await Promise.all([1, 2, 3].map(bench.times))).toEqual([1n, 1n, 1n]);
    expect(await chain.head()).toEqual(receipts[2]?.block);
    expect(await chain.receipt(receipts[1]?.hash ?? "0x")).toEqual(receipts[1]);
    const logs = await chain.logs({ address: [bench.token], from: first ?? 0, to: third ?? 0 });
    expect(logs.map(({ transaction }) => transaction)).toEqual(receipts.map(({ hash }) => hash));
    expect(await chain.code(bench.token)).not.toBe("0x");
    const supply = await chain.call({ to: bench.token, data: Abi.encode("RehearsalToken", "totalSupply") });
    expect(Abi.decode("RehearsalToken", "totalSupply", supply)).toBe(3n);
    expect(bench.recorded("signed")).toBe(3);
    expect(bench.recorded("mined")).toBe(3);
  });

  test("behavior: one transaction under way per account, accounts beside each other", async () => {
    await hold();
    const chain = await bench.open();
    const all = Promise.all([1, 2].map((k) => chain.send(house, act(k))));
    const beside = chain.send(Faults.other, act(3));
    await until(() => sendings().length === 2);
    // Asked for and taken are two things: the second is waited for.
    await expect.poll(() => Node.nonce(bench.anvil.rpc, house.address, "pending")).toBe(1);
    expect(sendings().length).toBe(2);
    await release();
    await Promise.all([all, beside]);
    expect(await Promise.all([1, 2, 3].map(bench.times))).toEqual([1n, 1n, 1n]);
  });

  test("behavior: waits for the confirmations asked for", async () => {
    const points: Point[] = [];
    const chain = await bench.open({ confirmations: 3, point: (name) => points.push(name) });
    const sent = chain.send(house, act(1));
    await until(() => points.includes("act: mined"));
    expect(points).not.toContain("act: recorded");
    await rpc("anvil_mine", ["0x2"]);
    const { block } = await sent;
    expect((await chain.head()).number).toBe(block.number + 2);
  });

  test("behavior: pays what the chain asks, with a fifth more gas than found, and never over the cap", async () => {
    const chain = await bench.open({ feeCap: 5_000_000_000n });
    const found = await Node.estimateGas(bench.anvil.rpc, act(1), house.address);
    await chain.send(house, act(1));
    const raw = sendings()[0]?.params[0] as TxEnvelopeEip1559.Serialized;
    const { gas = 0n, maxFeePerGas = 0n, maxPriorityFeePerGas } = TxEnvelopeEip1559.deserialize(raw);
    expect(gas).toBe(found + found / 5n);
    expect(maxPriorityFeePerGas).toBe(1_000_000_000n);
    expect(maxFeePerGas).toBeGreaterThan(1_500_000_000n);
    expect(maxFeePerGas).toBeLessThanOrEqual(5_000_000_000n);
    await rpc("anvil_setNextBlockBaseFeePerGas", ["0x12a05f201"]);
    await rpc("anvil_mine", ["0x1"]);
    await rpc("anvil_setNextBlockBaseFeePerGas", ["0x2540be400"]);
    await rpc("anvil_mine", ["0x1"]);
    await expect(chain.send(house, act(2))).rejects.toThrow(FeeAboveCap);
    expect(bench.recorded("signed")).toBe(1);
  });

  test("error: another chain, another folder's chain, a second process, a damaged record", async () => {
    await expect(bench.open({ expectedChainId: 1 })).rejects.toThrow(WrongChain);
    const chain = await bench.open({ expectedChainId: Faults.CHAIN });
    await expect(bench.open()).rejects.toThrow(LedgerBusy);
    await chain.send(house, act(1));
    await chain.close();
    // The same chain id, and yet another beginning.
    const elsewhere = await Faults.bench(1_800_000_000);
    await expect(bench.open({ url: elsewhere.anvil.url })).rejects.toThrow(OtherLedger);
    await elsewhere.close();
    const file = join(bench.folder, "acts");
    const bytes = readFileSync(file);
    const lines = bytes.toString().split("\n");
    writeFileSync(file, [...lines.slice(0, 1), ...lines.slice(2)].join("\n"));
    await expect(bench.open()).rejects.toThrow(LedgerDamaged);
    writeFileSync(file, bytes);
    await (await bench.open()).close();
  });

  test("error: what cannot be sent is not signed: a revert, no money for gas, a date, no folder, no node", async () => {
    const chain = await bench.open();
    const burn = { to: bench.token, data: Abi.encode("RehearsalToken", "transfer", [Faults.account(1), 1n]) };
    await expect(chain.send(house, burn)).rejects.toThrow(Reverted);
    const poor = Signer.fromKey(`0x${"11".repeat(32)}`);
    await expect(chain.send(poor, act(1))).rejects.toThrow(NotEnoughForGas);
    await expect(chain.send(house, act(1), { at: 2_000_000_000 })).rejects.toThrow(OnlyRehearsed);
    const reading = await Chain.open({ url: bench.anvil.url });
    await expect(reading.send(house, act(1))).rejects.toThrow(ReadOnly);
    await reading.close();
    bench.faulty.on("*", Faults.down);
    await expect(chain.send(house, act(1))).rejects.toThrow(NodeDown);
    await expect(bench.open({ folder: join(bench.folder, "new") })).rejects.toThrow(NodeDown);
    expect(bench.recorded("signed")).toBe(0);
  });
});

describe("a node that fails", () => {
  test.each([
    ["times out after it accepted", Faults.timeOutAfterwards],
    ["gets it twice and answers the second", Faults.passTwice],
    ["answers twice", Faults.answerTwice],
    ["answers something else", Faults.answerAnother],
    ["refuses what it took: already known", Faults.refuse("already known")],
  ])("behavior: %s: the act is there once", async (_name, fault) => {
    const chain = await bench.open();
    bench.faulty.on("eth_sendRawTransaction", async (pass, call) => {
      await pass();
      return fault(pass, call);
    });
    for (const k of [1, 2]) expect((await chain.send(house, act(k))).ok).toBe(true);
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([1n, 1n]);
    expect(await count()).toBe(2);
    expect(bench.recorded("signed")).toBe(2);
  });

  test("behavior: is too busy to show receipts: nothing else is signed until it does", async () => {
    const chain = await bench.open({ patience: 40 });
    const busy = () => bench.faulty.on("eth_getTransactionReceipt", Faults.refuse("rate limit exceeded"));
    let back = busy();
    for (const k of [1, 2]) await expect(chain.send(house, act(k))).rejects.toThrow(ActPending);
    back();
    back = busy();
    await chain.close();
    const next = await bench.open({ patience: 40 });
    await expect(next.send(house, act(2))).rejects.toThrow(ActPending);
    await expect(next.recover()).rejects.toThrow(ActPending);
    expect(bench.recorded("signed")).toBe(1);
    back();
    await next.close();
    const last = await bench.open();
    await last.send(house, act(2));
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([1n, 1n]);
    expect(await last.recover()).toMatchObject([{ transaction: act(1), receipt: { ok: true } }]);
  });

  test("behavior: a signer that signs no replacement leaves the first one where it is", async () => {
    await hold();
    let signed = 0;
    const chain = await bench.open({ stuckAfter: 20 });
    const sent = chain.send(
      {
        ...house,
        async transaction(unsigned) {
          if (signed++ > 0) throw new Error("declined");
          return (await house.transaction?.(unsigned)) as Hex;
        },
      },
      act(1),
    );
    await until(() => signed >= 3);
    await release();
    expect((await sent).ok).toBe(true);
    expect(bench.recorded("signed")).toBe(1);
    expect(await bench.times(1)).toBe(1n);
  });

  test("behavior: goes down before it has the act and comes back: the act is sent then", async () => {
    const chain = await bench.open();
    const back = bench.faulty.on("eth_sendRawTransaction", Faults.down);
    const sent = chain.send(house, act(1));
    await until(() => sendings().length > 2);
    expect(await bench.times(1)).toBe(0n);
    back();
    expect((await sent).ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
    expect(bench.recorded("signed")).toBe(1);
  });

  test("behavior: stays down for longer than the patience: recorded, and the same act asked again is that act", async () => {
    const chain = await bench.open({ patience: 30 });
    const back = bench.faulty.on("eth_sendRawTransaction", async (pass) => {
      await pass();
      // Nothing is heard of it from then on.
      bench.faulty.on("*", Faults.down, 12);
      throw new TypeError("fetch failed");
    });
    const problem = await chain.send(house, act(1)).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ActPending);
    expect((problem as ActPending).cause).toBeInstanceOf(NodeDown);
    expect((problem as ActPending).in("zh")).toContain("无应答");
    back();
    const receipt = await (async () => {
      for (;;) {
        const result = await chain.send(house, act(1)).catch((error: unknown) => error);
        if (!(result instanceof NodeDown || result instanceof ActPending)) return result;
      }
    })();
    expect(receipt).toMatchObject({ ok: true, hash: (problem as ActPending).transaction });
    expect(await bench.times(1)).toBe(1n);
    // Told once: now it is another one.
    await chain.send(house, act(1));
    expect(await bench.times(1)).toBe(2n);
  });

  test("behavior: a refusal that no time heals ends the act, and leaves its number to the next", async () => {
    const chain = await bench.open();
    bench.faulty.on("eth_sendRawTransaction", Faults.refuse("sender not permitted"), 4);
    await expect(chain.send(house, act(1))).rejects.toThrow(NodeRefused);
    expect((await chain.send(house, act(2))).ok).toBe(true);
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([0n, 1n]);
  });

  test("behavior: a refused act that the node passed on all the same is found, and not done twice", async () => {
    const chain = await bench.open();
    const raws: Hex[] = [];
    bench.faulty.on(
      "eth_sendRawTransaction",
      (pass, call) => {
        raws.push(call.params[0] as Hex);
        return Faults.refuse("insufficient funds for gas * price + value")(pass, call);
      },
      4,
    );
    await expect(chain.send(house, act(1))).rejects.toThrow(NodeRefused);
    expect(await chain.recover()).toEqual([]);
    await hold();
    await rpc("eth_sendRawTransaction", [raws[0]]);
    await expect(chain.send(house, act(1))).rejects.toThrow(AccountBusy);
    // It gets into a block while the next number is looked for.
    bench.faulty.on(
      "eth_getTransactionCount",
      async (pass) => {
        await release();
        return pass();
      },
      1,
    );
    expect((await chain.send(house, act(1))).ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
    // And without anybody who asks.
    bench.faulty.on("eth_sendRawTransaction", Faults.refuse("intrinsic gas too low"), 4);
    await expect(chain.send(house, act(2))).rejects.toThrow(NodeRefused);
    await rpc("eth_sendRawTransaction", [sendings().at(-1)?.params[0]]);
    await until(async () => (await count()) === 2);
    expect(await chain.recover()).toMatchObject([{ transaction: act(2), receipt: { ok: true } }]);
    await chain.send(house, act(1));
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([2n, 1n]);
  });
});

describe("a node that lies about the number of transactions", () => {
  const lie = (to: (truth: number) => number, times?: number) =>
    bench.faulty.on(
      "eth_getTransactionCount",
      async (pass, call) => {
        const { result } = (await (await pass()).json()) as { result: Hex };
        return Faults.say(`0x${to(Number(result)).toString(16)}`)(pass, call);
      },
      times,
    );

  test.each([
    ["too low", (truth: number) => truth - 1],
    ["too high", (truth: number) => truth + 2],
  ])("error: always %s: nothing is signed, and told the truth it goes on", async (_name, to) => {
    const chain = await bench.open();
    for (const k of [1, 2]) await chain.send(house, act(k));
    const truth = lie(to);
    await expect(chain.send(house, act(3))).rejects.toThrow(NodeContradicts);
    expect(bench.recorded("signed")).toBe(2);
    expect(sendings().length).toBe(2);
    truth();
    await chain.send(house, act(3));
    expect(await Promise.all([1, 2, 3].map(bench.times))).toEqual([1n, 1n, 1n]);
  });

  test.each([
    ["too low", (truth: number) => truth - 1],
    ["too high", (truth: number) => truth + 2],
  ])("behavior: once %s: asked again, it acts", async (_name, to) => {
    const chain = await bench.open();
    await chain.send(house, act(1));
    lie(to, 1);
    await chain.send(house, act(2));
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([1n, 1n]);
  });

  test.each([
    ["too low", (truth: number) => truth - 1],
    ["too high", (truth: number) => truth + 2],
  ])("error: %s to somebody who never sent: nothing is signed", async (_name, to) => {
    await (await bench.open()).send(house, act(1));
    const chain = await bench.open({ folder: mkdtempSync(join(bench.folder, "new-")) });
    lie(to);
    await expect(chain.send(house, act(2))).rejects.toThrow(NodeContradicts);
    expect(sendings().length).toBe(1);
  });

  test("error: a number too low that nothing contradicts: the act has no place, and is not sent again", async () => {
    await (await bench.open()).send(house, act(1));
    const chain = await bench.open({ folder: mkdtempSync(join(bench.folder, "new-")) });
    bench.faulty.on("eth_getProof", Faults.refuse("the method eth_getProof does not exist"));
    lie((truth) => truth - 1, 2);
    await expect(chain.send(house, act(2))).rejects.toThrow(NonceTaken);
    expect(await bench.times(2)).toBe(0n);
    await chain.send(house, act(2));
    expect(await bench.times(2)).toBe(1n);
  });

  test("error: too high while an act is under way: it is neither given up nor done twice", async () => {
    const chain = await bench.open();
    await hold();
    const sent = chain.send(house, act(1)).catch((error: unknown) => error);
    await until(() => sendings().length === 1);
    const truth = lie((count) => count + 1);
    expect(await sent).toBeInstanceOf(NodeContradicts);
    truth();
    const again = chain.send(house, act(1));
    await release();
    expect((await again).ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
    expect(bench.recorded("signed")).toBe(1);
  });

  test("behavior: without proofs of state, a number used elsewhere is found in its block", async () => {
    const chain = await bench.open();
    await chain.send(house, act(1));
    const elsewhere = await bench.open({ folder: mkdtempSync(join(bench.folder, "new-")) });
    await elsewhere.send(house, act(2));
    bench.faulty.on("eth_getProof", Faults.refuse("the method eth_getProof does not exist"));
    await chain.send(house, act(3));
    lie((truth) => truth + 1);
    await expect(chain.send(house, act(4))).rejects.toThrow(NodeContradicts);
    expect(await Promise.all([1, 2, 3, 4].map(bench.times))).toEqual([1n, 1n, 1n, 0n]);
  });
});

describe("an account that also sends from elsewhere", () => {
  const foreign = async (nonce: number, gwei: bigint) => {
    const price = { maxFeePerGas: gwei * 10n ** 9n, maxPriorityFeePerGas: gwei * 10n ** 9n };
    const raw = await house.transaction?.({
      ...{ chainId: Faults.CHAIN, nonce, ...act(9), value: 0n, gas: 200_000n },
      ...price,
    });
    return (await rpc("eth_sendRawTransaction", [raw])) as Hex;
  };

  test("behavior: goes on behind what was sent there", async () => {
    const chain = await bench.open();
    await chain.send(house, act(1));
    await foreign(1, 10n);
    await foreign(2, 10n);
    await until(async () => (await count()) === 3);
    await chain.send(house, act(2));
    expect(await Promise.all([1, 2, 9].map(bench.times))).toEqual([1n, 1n, 2n]);
  });

  test("error: what waits there is not replaced", async () => {
    const chain = await bench.open();
    await hold();
    await foreign(0, 10n);
    await expect(chain.send(house, act(1))).rejects.toThrow(AccountBusy);
    await release();
    await chain.send(house, act(1));
    expect(await Promise.all([1, 9].map(bench.times))).toEqual([1n, 1n]);
  });

  test("error: its number taken there, an act has not happened, and says by what", async () => {
    const chain = await bench.open();
    await hold();
    const sent = chain.send(house, act(1)).catch((error: unknown) => error);
    await until(() => sendings().length === 1);
    const by = await foreign(0, 50n);
    await release();
    const problem = await sent;
    expect(problem).toBeInstanceOf(NonceTaken);
    expect((problem as NonceTaken).by).toBe(by);
    await chain.send(house, act(1));
    expect(await Promise.all([1, 9].map(bench.times))).toEqual([1n, 1n]);
  });
});

describe("an act that gets stuck", () => {
  test("behavior: what the node dropped is replaced for an eighth more, recorded before it is sent", async () => {
    const points: [Point, number][] = [];
    const chain = await bench.open({
      stuckAfter: 30,
      point: (name) => points.push([name, bench.recorded("signed")]),
    });
    const { hash } = TxEnvelopeEip1559;
    // It says yes, and forgets it.
    bench.faulty.on(
      "eth_sendRawTransaction",
      async (_pass, call) => {
        const raw = call.params[0] as TxEnvelopeEip1559.Serialized;
        return Faults.say(hash(TxEnvelopeEip1559.deserialize(raw) as never))(_pass, call);
      },
      1,
    );
    const receipt = await chain.send(house, act(1));
    const prices = sendings().map(({ params: [raw] }) => TxEnvelopeEip1559.deserialize(raw as never));
    expect(prices.length).toBe(2);
    expect(prices[1]?.nonce).toBe(prices[0]?.nonce);
    for (const part of ["maxFeePerGas", "maxPriorityFeePerGas"] as const)
      expect((prices[1]?.[part] ?? 0n) * 8n).toBeGreaterThanOrEqual((prices[0]?.[part] ?? 0n) * 9n);
    expect(points.find(([name]) => name === "replacement: journaled")?.[1]).toBe(2);
    expect(receipt.ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
    expect(await count()).toBe(1);
  });

  test("behavior: whichever is mined counts, the first one too", async () => {
    await hold();
    const chain = await bench.open({ stuckAfter: 30 });
    const sent = chain.send(house, act(1));
    await until(() => sendings().length === 1);
    // The replacements get lost.
    const lost = bench.faulty.on("eth_sendRawTransaction", Faults.say(`0x${"00".repeat(32)}`));
    await until(() => sendings().length >= 3);
    await release();
    const { hash } = await sent;
    lost();
    const first = (await rpc("eth_getTransactionByHash", [hash])) as { nonce: Hex; maxFeePerGas: Hex };
    const raw = sendings()[0]?.params[0] as TxEnvelopeEip1559.Serialized;
    expect(BigInt(first.maxFeePerGas)).toBe(TxEnvelopeEip1559.deserialize(raw).maxFeePerGas);
    expect(await bench.times(1)).toBe(1n);
    await chain.send(house, act(2));
    expect(await count()).toBe(2);
  });

  test("behavior: at the cap the same is sent again, until it is in", async () => {
    await hold();
    const chain = await bench.open({ stuckAfter: 20, feeCap: 3_000_000_000n });
    const sent = chain.send(house, act(1));
    await until(() => sendings().length >= 4);
    expect(new Set(sendings().map(({ params: [raw] }) => raw)).size).toBe(bench.recorded("signed"));
    const highest = sendings().map(
      ({ params: [raw] }) => TxEnvelopeEip1559.deserialize(raw as never).maxFeePerGas ?? 0n,
    );
    for (const price of highest) expect(price).toBeLessThanOrEqual(3_000_000_000n);
    await release();
    expect((await sent).ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
  });

  test("behavior: what the account cannot pay is no replacement: the same is sent again", async () => {
    const chain = await bench.open({ stuckAfter: 20 });
    // It forgets it, and there is enough for this price alone.
    bench.faulty.on(
      "eth_sendRawTransaction",
      async (pass, call) => {
        const { gas = 0n, maxFeePerGas = 0n } = TxEnvelopeEip1559.deserialize(call.params[0] as never);
        await rpc("anvil_setBalance", [house.address, `0x${(gas * maxFeePerGas).toString(16)}`]);
        return Faults.say(`0x${"00".repeat(32)}`)(pass, call);
      },
      1,
    );
    expect((await chain.send(house, act(1))).ok).toBe(true);
    expect(bench.recorded("signed")).toBe(1);
    expect(await bench.times(1)).toBe(1n);
  });

  test("behavior: left when the ledger closed, it is replaced with the key of the next act", async () => {
    await hold();
    const chain = await bench.open();
    const sent = chain.send(house, act(1)).catch((error: unknown) => error);
    await until(() => sendings().length === 1);
    await chain.close();
    expect(await sent).toBeInstanceOf(ActPending);
    const pool = (await rpc("eth_getBlockByNumber", ["pending", false])) as { transactions: Hex[] };
    for (const hash of pool.transactions) await rpc("anvil_dropTransaction", [hash]);
    const next = await bench.open({ stuckAfter: 20 });
    const second = next.send(house, act(2));
    await until(() => bench.recorded("signed") >= 2);
    await release();
    expect((await second).ok).toBe(true);
    expect(await next.recover()).toMatchObject([{ nonce: 0, transaction: act(1), receipt: { ok: true } }]);
    expect(await next.recover()).toEqual([]);
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([1n, 1n]);
  });
});

describe("killed", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  const die = (point: Point, k: number, stuck = "") =>
    new Promise<string | null>((resolve, reject) => {
      const script = new URL("./testing/chainProcess.ts", import.meta.url).pathname;
      const args = [script, bench.anvil.url, bench.folder, bench.token, String(k), point, stuck];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
      children.push(child);
      child.once("error", reject);
      child.once("exit", (_code, signal) => resolve(signal));
    });

  const cases: [Point, { signed: number }][] = [
    ["act: signed", { signed: 0 }],
    ["act: journaled", { signed: 1 }],
    ["act: sent", { signed: 1 }],
    ["act: mined", { signed: 1 }],
    ["act: recorded", { signed: 1 }],
  ];
  test.each(cases)("behavior: at '%s', what is recorded happens once and the rest not at all", async (point, left) => {
    expect(await die(point, 1)).toBe("SIGKILL");
    expect(bench.recorded("signed")).toBe(left.signed);
    const chain = await bench.open();
    const news = await chain.recover();
    expect(await bench.times(1)).toBe(BigInt(left.signed));
    expect(news.length).toBe(left.signed);
    await chain.send(house, act(2));
    expect(await bench.times(2)).toBe(1n);
    expect(await count()).toBe(left.signed + 1);
  });

  test("behavior: the same act asked again afterwards is the one that was cut off", async () => {
    await die("act: journaled", 1);
    const chain = await bench.open();
    expect((await chain.send(house, act(1))).ok).toBe(true);
    expect(await bench.times(1)).toBe(1n);
    expect(await chain.recover()).toEqual([]);
  });

  test("behavior: also when others opened and closed in between, as long as nobody was told", async () => {
    await die("act: recorded", 1);
    await (await bench.open()).close();
    await die("act: signed", 2);
    const chain = await bench.open();
    await chain.send(house, act(2));
    expect((await chain.send(house, act(1))).ok).toBe(true);
    expect(await Promise.all([1, 2].map(bench.times))).toEqual([1n, 1n]);
    await chain.close();
    await (await bench.open()).send(house, act(1));
    expect(await bench.times(1)).toBe(2n);
  });

  test("behavior: opening is enough to send what was cut off", async () => {
    await die("act: journaled", 1);
    await bench.open();
    await until(async () => (await bench.times(1)) === 1n);
  });

  test.each<Point>(["replacement: journaled", "replacement: sent"])(
    "behavior: at '%s', one of the two happens",
    async (point) => {
      await hold();
      expect(await die(point, 1, "stuck")).toBe("SIGKILL");
      expect(bench.recorded("signed")).toBe(2);
      const chain = await bench.open();
      await release();
      expect(await chain.recover()).toMatchObject([{ nonce: 0, receipt: { ok: true } }]);
      expect(await bench.times(1)).toBe(1n);
      expect(await count()).toBe(1);
    },
  );
});

describe("a reorganisation of 5 blocks", () => {
  test("behavior: an act that waits for confirmations is sent again, and is there once", async () => {
    const points: Point[] = [];
    const chain = await bench.open({ confirmations: 6, point: (name) => points.push(name) });
    const sent = chain.send(house, act(1));
    await until(() => points.includes("act: mined"));
    await rpc("anvil_mine", ["0x4"]);
    await rpc("anvil_reorg", [5, []]);
    // It is gone now, or has been sent again already.
    await until(async () => (await bench.times(1)) === 1n);
    await rpc("anvil_mine", ["0x5"]);
    const { block, hash } = await sent;
    expect((await chain.receipt(hash))?.block).toEqual(block);
    expect(await bench.times(1)).toBe(1n);
    expect(bench.recorded("signed")).toBe(1);
    expect(sendings().length).toBe(2);
  });

  test.each(["anvil_reorg", "anvil_rollback"])(
    "behavior: acts acknowledged and lost (%s) are sent again in their order, each once",
    async (method) => {
      const chain = await bench.open();
      const before: Hex[] = [];
      for (const k of [1, 2, 3]) before.push((await chain.send(house, act(k))).block.hash);
      await rpc("anvil_mine", ["0x2"]);
      await rpc(method, method === "anvil_reorg" ? [5, []] : [5]);
      if (method === "anvil_rollback") await rpc("anvil_mine", ["0x6"]);
      expect(await count()).toBe(0);
      const news = await chain.recover();
      expect(news).toMatchObject([1, 2, 3].map((k) => ({ nonce: k - 1, transaction: act(k), receipt: { ok: true } })));
      expect(await Promise.all([1, 2, 3].map(bench.times))).toEqual([1n, 1n, 1n]);
      expect(bench.recorded("signed")).toBe(3);
      for (const one of news) expect(before).not.toContain("receipt" in one && one.receipt.block.hash);
      // Its sender was told the first time: the same again is another act.
      await chain.send(house, act(1));
      expect(await bench.times(1)).toBe(2n);
    },
  );

  test("behavior: noticed by the next act and by the next opening too", async () => {
    const chain = await bench.open();
    await chain.send(house, act(1));
    await rpc("anvil_mine", ["0x4"]);
    await rpc("anvil_reorg", [5, []]);
    // The one before was told: this is another one.
    await chain.send(house, act(1));
    expect(await bench.times(1)).toBe(2n);
    await rpc("anvil_mine", ["0x3"]);
    await rpc("anvil_reorg", [5, []]);
    await chain.close();
    expect(await bench.times(1)).toBe(0n);
    await (await bench.open()).recover();
    expect(await bench.times(1)).toBe(2n);
    expect(await count()).toBe(2);
  });
});

describe("all of it at random", () => {
  test("behavior: who asks again until told has each act once", { timeout: 1_800_000 }, async () => {
    let seed = 5;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const lie: Faults.Fault = async (pass, call) => {
      const { result } = (await (await pass()).json()) as { result: Hex };
      return Faults.say(`0x${Math.max(0, Number(result) + random(5) - 2).toString(16)}`)(pass, call);
    };
    const forget: Faults.Fault = Faults.say(`0x${"00".repeat(32)}`);
    const sending = [Faults.timeOutAfterwards, Faults.passTwice, Faults.down, forget, Faults.refuse("already known")];
    const reading = [Faults.answerTwice, Faults.answerAnother, Faults.down];
    // Others send too: what our replacements pay is not the market's price.
    bench.faulty.on("eth_maxPriorityFeePerGas", Faults.say("0x3b9aca00"));
    const open = () => bench.open({ stuckAfter: 30, patience: 60, asks: 1 });
    // The token stays.
    await rpc("anvil_mine", ["0x6"]);
    let chain = await open();
    const passing = [AccountBusy, ActPending, NodeContradicts, NodeDown];
    const problems = new Set<string>();
    const acts = process.env.COMMENDA_DEEP ? 1_000 : 25;
    for (let k = 1; k <= acts; k++) {
      const ends = [
        bench.faulty.on("eth_sendRawTransaction", sending[random(sending.length)] as Faults.Fault, random(20)),
        bench.faulty.on("eth_getTransactionCount", lie, random(3)),
        bench.faulty.on("eth_getTransactionReceipt", reading[random(reading.length)] as Faults.Fault, random(3)),
      ];
      for (;;) {
        try {
          await chain.send(house, act(k));
          break;
        } catch (error) {
          if (!passing.some((kind) => error instanceof kind)) throw error;
          problems.add((error as Error).name);
          if (random(3) > 0) continue;
          await chain.close();
          chain = await open().catch(() => open());
        }
      }
      for (const end of ends) end();
      if (random(4) > 0) continue;
      await rpc("anvil_reorg", [1 + random(5), []]);
    }
    await chain.recover();
    for (let k = 1; k <= acts; k++) expect(await bench.times(k), `act ${k}`).toBe(1n);
    expect(await count()).toBe(acts);
    expect(problems).toContain("ActPending");
  });
});
