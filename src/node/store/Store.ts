/**
 * The store: one PostgreSQL, in process (PGlite, the default) or elsewhere (`DATABASE_URL`). The same tables, the same
 * statements, the same tests.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as overPg } from "drizzle-orm/node-postgres";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as overPglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import * as Lock from "../../ledger/Lock.ts";
import { StoreUnreachable } from "../Errors.ts";
import * as Image from "./Image.ts";
import * as Prepared from "./Prepared.ts";
import * as Room from "./Room.ts";
import * as schema from "./schema.ts";

/** The database, or a transaction in it: what every function that reads or writes is given. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Store = {
  readonly kind: "pglite" | "postgres";
  /** Never used inside `transaction`: there the transaction is. */
  readonly db: Db;
  transaction<T>(run: (tx: Db) => Promise<T>): Promise<T>;
  /** Calls `heard` for each `NOTIFY` on the channel; again after a lost connection, with nothing. @returns how to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /** What the job queue works on. */
  readonly driver: { pglite: PGlite } | { pool: pg.Pool };
  /** Whether it answers. */
  isUp(): Promise<boolean>;
  close(): Promise<void>;
};

/** The 128 MB that PostgreSQL keeps pages in by default are filled at every start: the system caches files as well. */
const START = [...PGlite.defaultStartParams, "-c", "shared_buffers=32MB"];
/** Of a log in segments of 1 MB. */
const MAKE: PGliteOptions = {
  startParams: [...START, "-c", "min_wal_size=32MB"],
  initDbStartParams: Image.MAKING,
};

/** A folder that an earlier version made has segments of 16 MB, of which the log keeps two at least. */
function keptLog(folder: string): readonly string[] {
  const log = join(folder, "pg_wal");
  const segment = readdirSync(log).find((name) => /^[0-9A-F]{24}$/.test(name));
  const megabytes = segment === undefined ? 1 : statSync(join(log, segment)).size / 2 ** 20;
  return ["-c", `min_wal_size=${Math.max(16, 2 * megabytes)}MB`];
}

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL("migrations", import.meta.url)) };

/**
 * @param url Of a PostgreSQL; else `folder` is where PGlite keeps its files; else it is in memory.
 * Throws `LedgerBusy` where another process has the folder, `StoreUnreachable`.
 */
export async function open(options: { url: string } | { folder?: string }): Promise<Store> {
  return "url" in options ? openPostgres(options.url) : openPglite(options.folder);
}

async function openPglite(folder: string | undefined): Promise<Store> {
  if (folder) mkdirSync(folder, { recursive: true });
  const lock = folder ? Lock.acquire(folder) : undefined;
  try {
    if (folder) await initialise(join(folder, "data"));
    const pglite = folder ? await reopen(join(folder, "data")) : await fresh();
    await migratePglite(overPglite({ client: pglite, schema }), MIGRATIONS);
    const db = overPglite({ client: Prepared.onPglite(pglite) as PGlite, schema });
    // Whoever writes past `transaction` is refused by the database itself.
    const refuse = (hasRoom: boolean) => {
      void pglite.exec(`set default_transaction_read_only = ${hasRoom ? "off" : "on"}`);
    };
    const room = folder ? Room.open(folder, refuse) : undefined;
    return {
      kind: "pglite",
      db: db as unknown as Db,
      async transaction(run) {
        if (room?.look() === false) throw Room.none();
        return db.transaction((tx) => run(tx as unknown as Db));
      },
      listen: (channel, heard) => pglite.listen(channel, heard),
      driver: { pglite },
      isUp: () => answers(db as unknown as Db),
      async close() {
        room?.close();
        await pglite.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

const reopen = (dataDir: string) => PGlite.create({ ...MAKE, dataDir, startParams: [...START, ...keptLog(dataDir)] });

/** A data folder appears whole or not at all: a process killed while making one leaves nothing that cannot be opened. */
async function initialise(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const temporary = `${folder}.new`;
  rmSync(temporary, { recursive: true, force: true });
  if (!Image.copy(temporary)) {
    await (await make(temporary)).close();
    Image.keepFolder(temporary);
  }
  renameSync(temporary, folder);
}

/** In memory, with the tables and nothing in them. */
async function fresh(): Promise<PGlite> {
  const image = Image.read();
  if (image) return PGlite.create({ ...MAKE, loadDataDir: image });
  const made = await make();
  await Image.keep(made);
  return made;
}

async function make(dataDir?: string): Promise<PGlite> {
  const made = await PGlite.create({ ...MAKE, ...(dataDir === undefined ? {} : { dataDir }) });
  await migratePglite(overPglite({ client: made, schema }), MIGRATIONS);
  return made;
}

async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced by the next use.
  pool.on("error", () => {});
  Prepared.onPg(pool);
  const db = overPg({ client: pool, schema });
  try {
    await migrateOnce(pool, () => migratePg(db, MIGRATIONS));
  } catch (cause) {
    await pool.end();
    throw new StoreUnreachable(url, { cause });
  }
  return {
    kind: "postgres",
    db: db as unknown as Db,
    transaction: (run) => db.transaction((tx) => run(tx as unknown as Db)),
    listen: (channel, heard) => listenPg(url, channel, heard),
    driver: { pool },
    isUp: () => answers(db as unknown as Db),
    close: () => pool.end(),
  };
}

const answers = (db: Db): Promise<boolean> =>
  db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );

/** Any number, the same in every node: two that start at once migrate one after the other. */
const MIGRATING = 7_266_372;

async function migrateOnce(pool: pg.Pool, migrate: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATING]);
    await migrate();
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATING]).catch(() => {});
    client.release();
  }
}

/** A connection of its own, made anew when it breaks. */
async function listenPg(url: string, channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let stopped = false;
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url });
    fresh.on("notification", ({ payload }) => heard(payload ?? ""));
    fresh.on("error", () => {
      if (client !== fresh || stopped) return;
      client = undefined;
      void again();
    });
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = fresh;
  };
  const again = async (): Promise<void> => {
    while (!stopped && !client) {
      await new Promise((resolve) => setTimeout(resolve, 500).unref());
      await connect().then(
        // What was said meanwhile was not heard: look.
        () => heard(""),
        () => {},
      );
    }
  };
  await connect();
  return async () => {
    stopped = true;
    await client?.end().catch(() => {});
  };
}
