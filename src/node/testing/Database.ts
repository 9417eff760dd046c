/** Stores for tests: in memory, or with `COMMENDA_TEST_DATABASE_URL` each a fresh database on that PostgreSQL. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import * as Store from "../store/Store.ts";

/** A fresh, empty store in memory (or on the PostgreSQL of the environment). */
export async function fresh(): Promise<Store.Store> {
  const url = process.env.COMMENDA_TEST_DATABASE_URL;
  return url === undefined ? Store.open({}) : onPostgres(url);
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
