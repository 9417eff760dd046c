import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import * as Store from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { fresh } from "../testing/Database.ts";
import * as Boss from "./Boss.ts";
import * as Lease from "./Lease.ts";

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop();
});

async function scene(store?: Store.Store) {
  const kept = store ?? (await fresh());
  open.push({ stop: () => kept.close() });
  const failures: unknown[] = [];
  const jobs = await Boss.open(kept, { onFailure: (error) => failures.push(error) });
  open.push(jobs);
  return { store: kept, jobs, failures };
}

/** Resolves with all that was done when the job named `end` is. */
function until(jobs: Awaited<ReturnType<typeof Boss.open>>, end: string, work: (job: string) => void = () => {}) {
  const done: string[] = [];
  return new Promise<string[]>((resolve) => {
    jobs.handle("mail", async ({ notice = "" }) => {
      work(notice);
      done.push(notice);
      if (notice === end) resolve(done);
    });
  });
}

describe("Boss", () => {
  test("behavior: a job is added by its transaction, or not at all", async () => {
    const { store, jobs } = await scene();
    const done = until(jobs, "kept");
    const undone = store.transaction(async (tx) => {
      await jobs.add(tx, "mail", { notice: "rolled back" });
      throw new Error("changed my mind");
    });
    await expect(undone).rejects.toThrow("changed my mind");
    await store.transaction((tx) => jobs.add(tx, "mail", { notice: "kept" }));
    await jobs.start();
    expect(await done).toEqual(["kept"]);
  });

  test("behavior: of a key one job waits, without a key each", async () => {
    const { store, jobs } = await scene();
    const done = until(jobs, "end");
    await store.transaction(async (tx) => {
      for (const key of ["a", "a", "b"]) await jobs.add(tx, "mail", { notice: key }, { key });
      await jobs.add(tx, "mail", { notice: "same" });
      await jobs.add(tx, "mail", { notice: "same" });
    });
    await store.transaction((tx) => jobs.add(tx, "mail", { notice: "a" }, { key: "a" }));
    await store.transaction((tx) => jobs.add(tx, "mail", { notice: "end" }));
    await jobs.start();
    await done;
    expect((await done).sort()).toEqual(["a", "b", "end", "same", "same"]);
  });

  test("behavior: what throws is done again", async () => {
    const { store, jobs, failures } = await scene();
    let tries = 0;
    const done = until(jobs, "stubborn", () => {
      tries += 1;
      if (tries === 1) throw new Error("not yet");
    });
    await store.transaction((tx) => jobs.add(tx, "mail", { notice: "stubborn" }));
    await jobs.start();
    expect(await done).toEqual(["stubborn"]);
    expect(tries).toBe(2);
    expect(failures).toEqual([new Error("not yet")]);
  });

  test("behavior: a job waits for who opens the store next", async () => {
    const folder = mkdtempSync(join(tmpdir(), "commenda-jobs-"));
    open.push({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const before = await Store.open({ folder });
    const first = await Boss.open(before);
    await before.transaction((tx) => first.add(tx, "mail", { notice: "later" }));
    await first.stop();
    await before.close();
    const { jobs } = await scene(await Store.open({ folder }));
    const done = until(jobs, "later");
    await jobs.start();
    expect(await done).toEqual(["later"]);
  }, 60_000);
});

describe("Lease", () => {
  test("behavior: one holder at a time, another after it was given back or ran out", async () => {
    const { store } = await scene();
    const first = await Lease.take(store, "relayer");
    expect(await first?.holds()).toBe(true);
    expect(await Lease.take(store, "relayer")).toBeUndefined();
    expect(await Lease.take(store, "other")).toBeDefined();
    await first?.release();
    const second = await Lease.take(store, "relayer");
    expect(await second?.holds()).toBe(true);
    await store.db.update(schema.lease).set({ until: new Date(0) });
    const third = await Lease.take(store, "relayer");
    expect(await second?.holds()).toBe(false);
    expect(await third?.holds()).toBe(true);
    await second?.release();
    expect(await third?.holds()).toBe(true);
  });
});
