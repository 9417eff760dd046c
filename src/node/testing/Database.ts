/**
 * Stores for tests. PGlite starts from an image with the tables made already: making it takes seconds, loading it a
 * fraction of one. With `COMMENDA_TEST_DATABASE_URL` every store is a fresh database on that PostgreSQL.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import * as Store from "../store/Store.ts";

const MIGRATIONS = fileURLToPath(new URL("../store/migrations", import.meta.url));
const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/commenda", import.meta.url));

/** A fresh, empty store in memory (or on the PostgreSQL of the environment). */
export async function fresh(): Promise<Store.Store> {
  const url = process.env.COMMENDA_TEST_DATABASE_URL;
  return url === undefined ? Store.open({ image: await image() }) : onPostgres(url);
}

/** A fresh database on a PostgreSQL; dropped when the store closes. */
export async function onPostgres(url: string): Promise<Store.Store> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${name}`);
  const at = new URL(url);
  at.pathname = `/${name}`;
  const store = await Store.open({ url: at.href });
  return {
    ...store,
    async close() {
      await store.close();
      await administer(url, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function image(): Promise<Blob> {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .sort())
    hash.update(readFileSync(join(MIGRATIONS, name)));
  const file = join(CACHE, `pglite-${hash.digest("hex").slice(0, 16)}.tar`);
  try {
    return new Blob([readFileSync(file)]);
  } catch {
    const store = await Store.open({});
    if (!("pglite" in store.driver)) throw new Error("a store in memory is a PGlite");
    const made = await store.driver.pglite.dumpDataDir("none");
    await store.close();
    mkdirSync(CACHE, { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, Buffer.from(await made.arrayBuffer()));
    renameSync(temporary, file);
    return made;
  }
}
