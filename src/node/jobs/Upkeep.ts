/**
 * What a store needs so that it does not grow for ever. Deliveries of webhooks that came to their end go after a month. A
 * PostgreSQL cleans up after itself; the one in this process has nobody beside it who would, so the node does it.
 */
import type { PGlite } from "@electric-sql/pglite";
import { and, inArray, lt, ne } from "drizzle-orm";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Lease from "./Lease.ts";

const { delivery } = schema;

/** Days that a delivery can be looked at and sent again. */
export const KEPT = 30;
/** Milliseconds between two looks at the tables, and looks between two at old deliveries. */
const [EVERY, PRUNED] = [60_000, 60];
/** Rows of one statement: others wait for it. */
const BATCH = 2_000;
/** Bytes of the log that a start after a kill has to read again: some seconds. */
const LOG = 64 * 1024 * 1024;

export type Upkeep = { stop(): Promise<void> };

/** `onFailure`: a look failed; the next one tries again. */
export function start(store: Store, { onFailure = () => {} }: { onFailure?: (error: unknown) => void } = {}): Upkeep {
  let [looks, stopped] = [0, false];
  let running: Promise<unknown> = Promise.resolve();
  async function look(): Promise<void> {
    if (looks++ % PRUNED === 0) await prune(store);
    if ("pglite" in store.driver) await sweep(store.driver.pglite, () => stopped);
  }
  const timer = setInterval(() => {
    running = running.then(look).catch(onFailure);
  }, EVERY);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Does nothing where another node looks. `now`: Unix seconds, as receivers have them. */
export async function prune(store: Pick<Store, "db">, now = Date.now() / 1_000): Promise<void> {
  const lease = await Lease.take(store, "prune");
  if (!lease) return;
  try {
    const { db } = store;
    const before = new Date((now - KEPT * 86_400) * 1_000);
    const old = db
      .select({ id: delivery.id })
      .from(delivery)
      .where(and(ne(delivery.state, "waiting"), lt(delivery.createdAt, before)))
      .limit(BATCH);
    const some = db.delete(delivery).where(inArray(delivery.id, old)).returning({ id: delivery.id });
    while ((await some).length === BATCH);
  } finally {
    await lease.release();
  }
}

/** As a server's own helpers do it, by their default rules: tables one by one, so that requests get in between. */
export async function sweep(pglite: PGlite, isOver: () => boolean = () => false): Promise<void> {
  const { rows: tables } = await pglite.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
    where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
    order by n_dead_tup desc`,
  );
  for (const { name } of tables) if (!isOver()) await pglite.exec(`vacuum (analyze) ${name}`);
  // After it: cleaning is written to the log too.
  const { rows: log } = await pglite.query<{ bytes: number }>(
    "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()",
  );
  if ((log[0]?.bytes ?? 0) > LOG) await pglite.exec("checkpoint");
}
