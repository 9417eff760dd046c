/** What nobody will ask for again goes: deliveries of webhooks that came to their end. One node looks, once an hour. */
import { and, inArray, lt, ne } from "drizzle-orm";
import type { Parts } from "../Call.ts";
import * as schema from "../store/schema.ts";
import * as Lease from "./Lease.ts";

const { delivery } = schema;

/** Days that a delivery can be looked at and sent again. */
export const KEPT = 30;
/** Milliseconds between two looks. */
const EVERY = 3_600_000;
/** Rows of one statement: others wait for it. */
const BATCH = 2_000;

export type Prune = { stop(): Promise<void> };
type Needs = Pick<Parts, "store">;

/** `onFailure`: a look failed; the next one tries again. */
export function start(
  parts: Needs,
  { every = EVERY, onFailure = () => {} }: { every?: number; onFailure?: (error: unknown) => void } = {},
): Prune {
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    running = running.then(() => tick(parts)).catch(onFailure);
  };
  const timer = setInterval(look, every);
  look();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** One look. Does nothing where another node looks. `now`: Unix seconds, as receivers have them. */
export async function tick({ store }: Needs, now = Date.now() / 1_000): Promise<void> {
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
    while (
      (await db.delete(delivery).where(inArray(delivery.id, old)).returning({ id: delivery.id })).length === BATCH
    );
  } finally {
    await lease.release();
  }
}
