/** What only one process may do at a time, by a row that its holder renews: whoever stops renewing loses it. */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { lease } = schema;

export type Lease = {
  /** Whether it is still ours. Ask right before what must not be done twice. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
};

/** Milliseconds that a lease lasts beyond the last renewal. */
const LASTS = 30_000;

/** Nothing where another holder has it. Renewed until it is released. `lasts`: milliseconds. */
export async function take({ db }: Pick<Store, "db">, name: string, lasts = LASTS): Promise<Lease | undefined> {
  const holder = randomUUID();
  // By the store's clock: those of several machines differ.
  const until = sql`clock_timestamp() + make_interval(secs => ${lasts / 1000})`;
  const free = lt(lease.until, sql`clock_timestamp()`);
  const taken = await db
    .insert(lease)
    .values({ name, holder, until })
    .onConflictDoUpdate({ target: lease.name, set: { holder, until }, setWhere: free })
    .returning();
  if (taken.length === 0) return undefined;
  const ours = and(eq(lease.name, name), eq(lease.holder, holder));
  const renew = async () => (await db.update(lease).set({ until }).where(ours).returning()).length > 0;
  const timer = setInterval(() => void renew().catch(() => {}), lasts / 3);
  timer.unref();
  return {
    holds: renew,
    async release() {
      clearInterval(timer);
      await db.delete(lease).where(ours);
    },
  };
}

/** Milliseconds between two asks for the right to send, and how often. */
const [PAUSE, ASKS] = [200, 100];

/**
 * Runs what sends transactions of the account, alone among all nodes of the store: two that send at once take each
 * other's numbers. `lease`: to be asked right before sending. Never within itself. Throws where others hold it too long.
 */
export async function sending<T>(
  store: Pick<Store, "db">,
  { address }: { readonly address: string },
  run: (lease: Lease) => Promise<T>,
): Promise<T> {
  for (let k = 0; k < ASKS; k++) {
    const lease = await take(store, `send: ${address.toLowerCase()}`);
    if (lease) return run(lease).finally(() => lease.release());
    await setTimeout(PAUSE);
  }
  throw new Error("another node sends for this account");
}

/** At the start of the only process of a store: whatever is held is held by one that is gone. */
export async function takeBack({ db }: Pick<Store, "db">): Promise<void> {
  await db.delete(lease);
}
