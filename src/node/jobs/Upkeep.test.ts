import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Store from "../store/Store.ts";
import * as Upkeep from "./Upkeep.ts";

let store: Store.Store;
let pglite: PGlite;
beforeAll(async () => {
  // Whatever the others are tested on: a server has its own helpers.
  store = await Store.open({});
  if (!("pglite" in store.driver)) throw new Error("without an address the store is in this process");
  pglite = store.driver.pglite;
  await pglite.exec("create table note (id int primary key, text text)");
});
afterAll(() => store.close());

const one = async (statement: string) => (await pglite.query<{ is: number }>(statement)).rows[0]?.is ?? -1;
const log = () =>
  one("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::int as is from pg_control_checkpoint()");
const dead = () => one("select n_dead_tup::int as is from pg_stat_user_tables where relname = 'note'");

describe("the store in this process", () => {
  test("behavior: rows that nobody sees any more go, and their room is used again", async () => {
    await pglite.exec("insert into note select k, repeat('x', 100) from generate_series(1, 2000) as k");
    const size = () => one("select pg_relation_size('note')::int as is");
    const before = await size();
    for (let k = 0; k < 4; k++) {
      await pglite.exec("update note set text = repeat('y', 100)");
      // Counted once a second, else.
      await pglite.exec("select pg_stat_force_next_flush()");
      expect(await dead()).toBeGreaterThan(0);
      await Upkeep.sweep(pglite);
      expect(await dead()).toBe(0);
    }
    expect(await size()).toBeLessThan(3 * before);
  });

  test("behavior: its log stays short enough for a start after a kill", async () => {
    const write = "insert into note select $1::int * 100000 + k, repeat('x', 2000) from generate_series(1, 10000) as k";
    for (let k = 1; (await log()) < 64 * 1024 * 1024; k++) await pglite.query(write, [k]);
    await Upkeep.sweep(pglite);
    expect(await log()).toBeLessThan(8 * 1024 * 1024);
  });
});
