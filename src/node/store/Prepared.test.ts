import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Database from "../testing/Database.ts";
import * as Statement from "./Statement.ts";
import type { Store } from "./Store.ts";
import * as schema from "./schema.ts";

const { credit, setting } = schema;

let store: Store;
beforeEach(async () => {
  store = await Database.fresh();
});
afterEach(() => store.close());

const put = (db: Store["db"], name: string, value: unknown) => db.insert(setting).values({ name, value });
const names = async (db: Store["db"]) =>
  (await db.select().from(setting).orderBy(setting.name)).map(({ name }) => name);

describe("statements that are parsed once", () => {
  test("behavior: give values of every kind back as they were, run after run", async () => {
    const { db } = store;
    const amount = 10n ** 70n;
    for (const owner of ["first", "second", "third"]) await db.insert(credit).values({ token: "t", owner, amount });
    for (const owner of ["first", "second", "third"])
      expect(await db.select().from(credit).where(eq(credit.owner, owner))).toEqual([{ token: "t", owner, amount }]);
    for (const value of [{ a: [1, "二", null] }, "text", 7, false]) {
      await db.delete(setting);
      await put(db, "one", value);
      expect(await db.select().from(setting)).toEqual([{ name: "one", value }]);
    }
    const at = new Date("2027-01-05T00:00:00.123Z");
    for (let k = 0; k < 3; k++) {
      const organisation = { id: `00000000-0000-4000-8000-00000000000${k}`, name: `${k}`, createdAt: at };
      const [row] = await db.insert(schema.organisation).values(organisation).returning();
      expect(row).toEqual({ ...organisation, personal: false, above: null });
    }
  });

  test("behavior: one that fails spoils neither itself nor those after it", async () => {
    const { db } = store;
    await put(db, "one", 1);
    for (let k = 0; k < 3; k++) {
      await expect(put(db, "one", 1)).rejects.toMatchObject({ cause: { code: "23505" } });
      await put(db, `other ${k}`, k);
    }
    expect(await names(db)).toEqual(["one", "other 0", "other 1", "other 2"]);
  });

  test("behavior: first run in a transaction that is taken back, it runs afterwards", async () => {
    const { db } = store;
    const taken = store.transaction(async (tx) => {
      await put(tx, "gone", 1);
      await put(tx, "gone", 1);
    });
    await expect(taken).rejects.toMatchObject({ cause: { code: "23505" } });
    await put(db, "kept", 1);
    expect(await names(db)).toEqual(["kept"]);
  });

  test("behavior: many at once on one store, in transactions and beside them", async () => {
    const { db } = store;
    const one = (k: number) =>
      k % 2 === 0 ? put(db, `${k}`, k) : store.transaction(async (tx) => void (await put(tx, `${k}`, k)));
    await Promise.all(Array.from({ length: 40 }, (_, k) => one(k)));
    expect(await db.$count(setting)).toBe(40);
  });
});

describe("a query that is put together once", () => {
  const lookUp = Statement.once((db) =>
    db
      .select({ value: setting.value })
      .from(setting)
      .where(eq(setting.name, sql.placeholder("name"))),
  );

  test("behavior: runs on what it is given: a store, a transaction, another store", async () => {
    const { db } = store;
    await put(db, "one", 1);
    expect(await lookUp(db, { name: "one" })).toEqual([{ value: 1 }]);
    const undone = store.transaction(async (tx) => {
      await put(tx, "two", 2);
      expect(await lookUp(tx, { name: "two" })).toEqual([{ value: 2 }]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await lookUp(db, { name: "two" })).toEqual([]);
    const other = await Database.fresh();
    try {
      expect(await lookUp(other.db, { name: "one" })).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
