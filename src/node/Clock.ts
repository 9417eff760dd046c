/** The node's clock: real time, and on a rehearsal what it was moved ahead for a demonstration, kept in the store. */
import { eq } from "drizzle-orm";
import type { Clock } from "./Call.ts";
import type { Db } from "./store/Store.ts";
import { setting } from "./store/schema.ts";

const NAME = "clock";

/** Real time plus what the store remembers, in seconds. */
export async function open(db: Db, real: () => number = () => Math.floor(Date.now() / 1000)): Promise<Clock> {
  const [kept] = await db.select().from(setting).where(eq(setting.name, NAME));
  let ahead = typeof kept?.value === "number" ? kept.value : 0;
  const listeners = new Set<() => void>();
  return {
    now: () => real() + ahead,
    advance(seconds) {
      ahead += seconds;
      for (const tell of listeners) tell();
    },
    onMoved(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Part of a transaction; the clock itself is moved when that is durable. */
export async function keep(tx: Db, seconds: number): Promise<void> {
  const [kept] = await tx.select().from(setting).where(eq(setting.name, NAME)).for("update");
  const value = (typeof kept?.value === "number" ? kept.value : 0) + seconds;
  await tx.insert(setting).values({ name: NAME, value }).onConflictDoUpdate({ target: setting.name, set: { value } });
}
