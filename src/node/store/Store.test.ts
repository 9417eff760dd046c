import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as Store from "./Store.ts";

test("behavior: a folder that an earlier version made, with a log in larger segments, is opened with all that is in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "commenda-store-"));
  mkdirSync(join(folder, "store"));
  const before = await PGlite.create(join(folder, "store", "data"));
  await before.exec("create table kept (what text); insert into kept values ('an agreement')");
  await before.close();
  const store = await Store.open({ folder: join(folder, "store") });
  const { rows } = (await store.db.execute(sql`select what from kept`)) as unknown as { rows: unknown[] };
  expect(rows).toEqual([{ what: "an agreement" }]);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
