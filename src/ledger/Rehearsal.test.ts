import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as Abi from "./Abi.ts";
import { LedgerBusy, LedgerDamaged } from "./Errors.ts";
import * as Rehearsal from "./Rehearsal.ts";
import { type Acknowledged, account, check, run, TOKEN } from "./testing/Stream.ts";

const folders: string[] = [];
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), "commenda-ledger-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const GENESIS = 1_700_000_000;

async function mint(ledger: Rehearsal.Rehearsal, first: number, last: number) {
  for (let k = first; k <= last; k++) {
    const data = Abi.encode("RehearsalToken", "mint", [account(k), 1n]);
    await ledger.send(ledger.house, { to: TOKEN, data }, { at: GENESIS + 60 * k });
  }
}

/** A ledger of 12 acts, closed; snapshots after 5 and 10 records of acts. */
async function written(): Promise<{ folder: string; hash: string }> {
  const folder = fresh();
  const ledger = await Rehearsal.open({ folder, genesis: GENESIS, snapshotEvery: 5 });
  await ledger.deploy("RehearsalToken", [6], { at: GENESIS });
  await mint(ledger, 1, 12);
  const { hash } = await ledger.head();
  await ledger.close();
  return { folder, hash };
}

const reopened = async (folder: string) => {
  const ledger = await Rehearsal.open({ folder });
  const { hash } = await ledger.head();
  await ledger.close();
  return hash;
};

describe("a rehearsal ledger", () => {
  test("behavior: has the same addresses and blocks wherever it starts from the same acts", async () => {
    const one = await Rehearsal.open({ genesis: GENESIS });
    const { folder, hash } = await written();
    const other = await Rehearsal.open({ genesis: GENESIS });
    expect(other.deployment).toEqual(one.deployment);
    await other.deploy("RehearsalToken", [6], { at: GENESIS });
    await mint(other, 1, 12);
    expect((await other.head()).hash).toBe(hash);
    expect(await reopened(folder)).toBe(hash);
    await one.close();
    await other.close();
  });

  test("behavior: sets time where the act says, and never back", async () => {
    const ledger = await Rehearsal.open({ genesis: GENESIS });
    const at = GENESIS + 86_400;
    const { block } = await ledger.send(ledger.house, { to: TOKEN, data: "0x" }, { at });
    expect(block.time).toBe(at);
    await expect(ledger.send(ledger.house, { to: TOKEN, data: "0x" }, { at: at - 1 })).rejects.toMatchObject({
      name: "BadTime",
    });
    expect((await ledger.send(ledger.house, { to: TOKEN, data: "0x" }, { at })).block.time).toBe(at);
    await ledger.close();
  });

  test("error: a second process on the same folder", async () => {
    const folder = fresh();
    const ledger = await Rehearsal.open({ folder, genesis: GENESIS });
    await expect(Rehearsal.open({ folder })).rejects.toThrow(LedgerBusy);
    await ledger.close();
    await reopened(folder);
  });
});

describe("what a crash leaves", () => {
  test("behavior: a journal without snapshots gives the same blocks", async () => {
    const { folder, hash } = await written();
    for (const generation of [0, 1]) rmSync(join(folder, `snapshot.${generation}`));
    expect(await reopened(folder)).toBe(hash);
  });

  test("behavior: a snapshot larger than two megabytes is read back", { timeout: 60_000 }, async () => {
    const folder = fresh();
    const ledger = await Rehearsal.open({ folder, genesis: GENESIS, snapshotEvery: 1_000_000 });
    // Code is not compressed away: each deployment is as good as forty acts.
    const noise = () => `0x600a600c600039600a6000f3${randomBytes(12_000).toString("hex")}` as const;
    for (let k = 0; k < 120; k++) await ledger.send(ledger.house, { data: noise() }, { at: GENESIS });
    await ledger.snapshot();
    const { hash } = await ledger.head();
    await ledger.close();
    expect(statSync(join(folder, "snapshot.0")).size).toBeGreaterThan(1_100_000);
    expect(await reopened(folder)).toBe(hash);
  });

  test("behavior: a torn snapshot is passed over for the older one, and both for the journal", async () => {
    const { folder, hash } = await written();
    for (const generation of [0, 1]) {
      truncateSync(join(folder, `snapshot.${generation}`), 400);
      expect(await reopened(folder)).toBe(hash);
    }
  });

  test("behavior: a line cut at the end was never acknowledged", async () => {
    const { folder } = await written();
    const journal = join(folder, "journal");
    const bytes = readFileSync(journal);
    truncateSync(journal, bytes.length - 9);
    const ledger = await Rehearsal.open({ folder });
    // The last act is there, as its own record is whole: only what it came to was cut, and is computed again.
    expect(readFileSync(journal)).toEqual(bytes);
    await ledger.close();
    appendFileSync(journal, "deadbeef {");
    await reopened(folder);
  });

  test("error: a damaged line in the middle, and a journal that is not of these blocks", async () => {
    const { folder } = await written();
    const journal = join(folder, "journal");
    const bytes = readFileSync(journal);
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged[300] ?? 0) ^ 1, 300);
    writeFileSync(journal, damaged);
    await expect(Rehearsal.open({ folder })).rejects.toThrow(LedgerDamaged);
    const lines = bytes.toString().split("\n");
    writeFileSync(journal, [...lines.slice(0, 8), ...lines.slice(10)].join("\n"));
    await expect(Rehearsal.open({ folder })).rejects.toThrow(LedgerDamaged);
    writeFileSync(journal, bytes);
    await reopened(folder);
  });

  test("behavior: a snapshot that does not fit on the disk loses nothing", async () => {
    const folder = fresh();
    const failures: unknown[] = [];
    const ledger = await Rehearsal.open({
      folder,
      genesis: GENESIS,
      snapshotEvery: 3,
      onSnapshotFailed: (error) => failures.push(error),
    });
    await ledger.deploy("RehearsalToken", [6], { at: GENESIS });
    await ledger.snapshot();
    // Nothing can be written where a folder stands.
    mkdirSync(join(folder, "snapshot.new"), { recursive: true });
    await mint(ledger, 1, 7);
    const { hash } = await ledger.head();
    await ledger.close();
    expect(failures.length).toBeGreaterThan(0);
    const copy = fresh();
    cpSync(folder, copy, { recursive: true });
    expect(await reopened(copy)).toBe(hash);
  });
});

const points: Rehearsal.Point[] = [
  "act: signed",
  "act: journaled",
  "act: sent",
  "act: recorded",
  "act: flushed",
  "snapshot: written",
  "snapshot: flushed",
  "snapshot: renamed",
];

describe("killed under a stream of acts", () => {
  test("behavior: at every named point, each acknowledged act is there exactly once", {
    timeout: 120_000,
  }, async () => {
    const folder = fresh();
    const known: Acknowledged = new Map();
    let next = 1;
    for (const [k, point] of points.entries()) {
      const died = await run(folder, next, next + 30, { point, passes: k % 2 }, known);
      expect(died, point).toBe(true);
      next += 31;
      await check(folder, next - 1, known);
    }
    expect(known.size).toBeGreaterThan(points.length);
  });

  test("behavior: when the disk is full, what was acknowledged is there and the rest is not", async () => {
    const folder = fresh();
    const known: Acknowledged = new Map();
    // The contracts and their snapshot take most of it.
    await run(folder, 1, 5, { point: "act: signed", passes: -1 }, known);
    const size = Math.ceil(statSync(join(folder, "journal")).size / 1024) + 4;
    await run(folder, 6, 60, { fileSize: size }, known);
    expect(known.size).toBeGreaterThan(5);
    expect(known.size).toBeLessThan(60);
    expect(await check(folder, 60, known)).toBe(known.size);
  });

  test("behavior: at random, the process and the node", { timeout: 1_800_000 }, async () => {
    const kills = process.env.COMMENDA_DEEP ? 200 : 5;
    const folder = fresh();
    const known: Acknowledged = new Map();
    let next = 1;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let k = 0; k < kills; k++) {
      const whom = random(2) === 0 ? "process" : "node";
      const count = 3 + random(12);
      await run(folder, next, next + count, { whom, after: known.size + 1 + random(count) }, known);
      next += count + 1;
      if (k % 5 === 4) await check(folder, next - 1, known);
    }
    expect(known.size).toBeGreaterThan(kills);
  });
});
