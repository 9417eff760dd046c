import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DiskFailed, LedgerDamaged, OtherLedger } from "./Errors.ts";
import type * as Journal from "./Journal.ts";
import type { Hex } from "./Ledger.ts";
import * as Outbox from "./Outbox.ts";
import { house, other } from "./testing/Faults.ts";

/** The disk: how often it was asked to keep what it has, and whether it does. */
const disk = vi.hoisted(() => ({ syncs: 0, held: undefined as Promise<void> | undefined, broken: false }));
vi.mock("./Journal.ts", async (original) => {
  const real = await original<typeof Journal>();
  const open = <T>(file: string): Journal.Journal<T> => {
    const journal = real.open<T>(file);
    return {
      ...journal,
      async sync() {
        disk.syncs++;
        await disk.held;
        if (disk.broken) throw new DiskFailed(file, { cause: new Error("EIO") });
        await journal.sync();
      },
    };
  };
  return { ...real, open };
});

const CHAIN = { chainId: 1, first: `0x${"11".repeat(32)}` as const };
const raw = async (nonce: number, gwei: number, signer = house): Promise<Hex> =>
  (await signer.transaction?.({
    ...{ chainId: 1, nonce, to: other.address, data: "0x1234" as const, value: 5n, gas: 21_000n },
    ...{ maxFeePerGas: BigInt(gwei) * 2n, maxPriorityFeePerGas: BigInt(gwei) },
  })) as Hex;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "commenda-outbox-"));
  Object.assign(disk, { syncs: 0, held: undefined, broken: false });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the record of acts", () => {
  test("behavior: comes back with every transaction of every act and what came of it", async () => {
    const outbox = Outbox.open(folder, CHAIN);
    const first = outbox.add(house.address, await raw(0, 1));
    outbox.vary(first, await raw(0, 2));
    const second = outbox.add(other.address, await raw(7, 3, other));
    const third = outbox.add(house.address, await raw(1, 3));
    const block = { number: 12, hash: `0x${"22".repeat(32)}` as const, time: 1_700_000_000 };
    const { hash } = first.variants[0];
    outbox.settle(first, { kind: "mined", transaction: hash, block });
    outbox.settle(second, { kind: "taken", by: hash });
    outbox.settle(third, { kind: "refused", why: "insufficient funds" });
    outbox.settle(outbox.reopen(third), { kind: "mined", transaction: hash, block });
    outbox.tell(first);
    outbox.tell(first);
    const { acts } = outbox;
    expect(acts[0]).toMatchObject({
      ...{ place: 0, from: house.address, nonce: 0, gas: 21_000n },
      transaction: { to: other.address, data: "0x1234", value: 5n },
      variants: [{ price: { maxFeePerGas: 2n } }, { price: { maxFeePerGas: 4n, maxPriorityFeePerGas: 2n } }],
      ...{ outcome: { kind: "mined", block }, told: true },
    });
    await outbox.close();
    const again = Outbox.open(folder, CHAIN);
    expect(again.acts).toEqual(acts);
    await again.close();
  });

  test("behavior: an act lost by the chain is under way again, and its record is as it was", async () => {
    const outbox = Outbox.open(folder, CHAIN);
    const act = outbox.add(house.address, await raw(0, 1));
    const done = outbox.settle(act, { kind: "taken", by: CHAIN.first });
    const bytes = readFileSync(join(folder, "acts"));
    expect(outbox.reopen(done)).toEqual(act);
    expect(readFileSync(join(folder, "acts"))).toEqual(bytes);
    await outbox.close();
  });

  test("behavior: sending waits for the disk, also for a flush that began before", async () => {
    const outbox = Outbox.open(folder, CHAIN);
    outbox.add(house.address, await raw(0, 1));
    let free = () => {};
    disk.held = new Promise((resolve) => {
      free = resolve;
    });
    const order: string[] = [];
    const one = outbox.flush().then(() => order.push("one"));
    outbox.add(other.address, await raw(0, 1, other));
    const two = outbox.flush().then(() => order.push("two"));
    await Promise.resolve();
    order.push("disk");
    free();
    await Promise.all([one, two]);
    expect(order[0]).toBe("disk");
    expect(disk.syncs).toBe(2);
    await outbox.flush();
    expect(disk.syncs).toBe(2);
    outbox.add(house.address, await raw(1, 1));
    await outbox.flush();
    expect(disk.syncs).toBe(3);
    await outbox.close();
  });

  test("error: a disk that fails holds up what it has not kept, until it does", async () => {
    const outbox = Outbox.open(folder, CHAIN);
    outbox.add(house.address, await raw(0, 1));
    disk.broken = true;
    await expect(outbox.flush()).rejects.toThrow(DiskFailed);
    await expect(outbox.flush()).rejects.toThrow(DiskFailed);
    disk.broken = false;
    await outbox.flush();
    expect(disk.syncs).toBe(3);
    await outbox.close();
  });

  test("error: another chain, and records that do not follow from each other", async () => {
    const outbox = Outbox.open(folder, CHAIN);
    const act = outbox.add(house.address, await raw(0, 1));
    outbox.settle(act, { kind: "taken", by: CHAIN.first });
    await outbox.close();
    expect(() => Outbox.open(folder, { ...CHAIN, chainId: 2 })).toThrow(OtherLedger);
    expect(() => Outbox.open(folder, { ...CHAIN, first: `0x${"33".repeat(32)}` })).toThrow(OtherLedger);
    await Outbox.open(folder, { ...CHAIN, first: null }).close();
    const file = join(folder, "acts");
    const lines = readFileSync(file, "utf8").split("\n");
    for (const wrong of [
      [lines[1], lines[2], ""],
      [lines[0], lines[2], ""],
      [lines[0], lines[0], ""],
    ]) {
      writeFileSync(file, wrong.join("\n"));
      expect(() => Outbox.open(folder, CHAIN)).toThrow(LedgerDamaged);
    }
  });
});
