/**
 * Who works on a PostgreSQL: any number of nodes together, or one who needs it alone. A lock of a session says so, and
 * goes with the session, however its process ends. A folder has a lock of its own.
 */
import pg from "pg";
import { StoreInUse } from "../Errors.ts";
import type { Store } from "./Store.ts";

export type How = "together" | "alone";

/** Any number, the same in every node. */
const PRESENT = 7_266_375;
/** Milliseconds between two tries to come back. */
const PAUSE = 500;

/** @returns how to leave. Throws `StoreInUse` where somebody else's presence forbids it. */
export async function enter({ driver }: Pick<Store, "driver">, how: How): Promise<() => Promise<void>> {
  if ("pglite" in driver) return async () => {};
  const { connectionString } = driver.pool.options;
  const lock = how === "alone" ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
  let client: pg.Client | undefined;
  let isGone = false;

  async function come(): Promise<void> {
    const fresh = new pg.Client(connectionString === undefined ? {} : { connectionString });
    fresh.on("error", () => {
      if (client !== fresh || isGone) return;
      client = undefined;
      comeBack();
    });
    await fresh.connect();
    const { rows } = await fresh.query<{ is: boolean }>(`select ${lock}($1) as is`, [PRESENT]);
    if (rows[0]?.is !== true) {
      await fresh.end();
      throw new StoreInUse(how);
    }
    client = fresh;
    if (isGone) await fresh.end();
  }

  /** Until it is there again: the store may be away for long. */
  function comeBack(): void {
    const timer = setTimeout(() => {
      if (!isGone) come().catch(comeBack);
    }, PAUSE);
    timer.unref();
  }

  await come();
  return async () => {
    isGone = true;
    await client?.end();
  };
}
