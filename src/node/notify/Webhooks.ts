/**
 * Turns events into deliveries. A webhook's `seq` says how far it is: deliveries, their jobs and the new `seq` are one
 * transaction that holds the webhook's row, so that of several nodes one does it and nothing is told twice or missed.
 */
import { and, asc, eq, gt, inArray, isNull, lt, lte, max, ne, or } from "drizzle-orm";
import type { Parts } from "../Call.ts";
import { uuidOf } from "../identity/Users.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Point } from "./Point.ts";

const { delivery, event, seat, webhook } = schema;

type Event = typeof event.$inferSelect;
type Webhook = typeof webhook.$inferSelect;

/** Events of one webhook in one transaction. */
const STEP = 200;
/** Webhooks that are looked at in one round; the furthest behind first. */
const ROUND = 1_000;

export type Options = { point?: (name: Point) => void };

/** Goes on with every webhook that is behind. @returns whether there is more to do. */
export async function step(parts: Pick<Parts, "store" | "jobs">, options: Options = {}): Promise<boolean> {
  const { db } = parts.store;
  const behind = await db
    .select({ id: webhook.id })
    .from(webhook)
    .where(and(eq(webhook.active, true), lt(webhook.seq, db.select({ seq: max(event.seq) }).from(event))))
    .orderBy(asc(webhook.seq))
    .limit(ROUND);
  let more = behind.length === ROUND;
  for (const { id } of behind) more = (await spread(parts, id, options)) || more;
  return more;
}

/** Number of the last event; a webhook that begins here is told of what comes after. */
export async function latest(db: Db): Promise<number> {
  const [row] = await db.select({ seq: max(event.seq) }).from(event);
  return row?.seq ?? 0;
}

async function spread(
  { store, jobs }: Pick<Parts, "store" | "jobs">,
  id: string,
  { point = () => {} }: Options,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const [hook] = await tx
      .select()
      .from(webhook)
      .where(and(eq(webhook.id, id), eq(webhook.active, true)))
      .for("update", { skipLocked: true });
    // Another node is at it, or it was switched off.
    if (!hook) return false;
    // Before the events, so that none that comes meanwhile is passed over.
    const head = await latest(tx);
    const rows = await seen(tx, hook, head);
    const last = rows.at(-1);
    const isCut = rows.length === STEP && last !== undefined;
    await deliver({ jobs }, tx, hook, rows);
    await tx
      .update(webhook)
      .set({ seq: isCut ? last.seq : head })
      .where(eq(webhook.id, id));
    point("notify: written");
    return isCut;
  });
}

/** What an organisation sees whatever its people: what names it, and what names nothing but an agreement of its own. */
function seen(tx: Db, { organisation, seq, kinds }: Webhook, head: number): Promise<Event[]> {
  const agreements = tx.select({ id: seat.agreement }).from(seat).where(eq(seat.organisation, organisation));
  return tx
    .select()
    .from(event)
    .where(
      and(
        ...[gt(event.seq, seq), lte(event.seq, head), isNull(event.user)],
        or(eq(event.organisation, organisation), and(isNull(event.organisation), inArray(event.agreement, agreements))),
        // What runs print is told to those who ask for it by name.
        kinds.length > 0 ? inArray(event.kind, kinds) : ne(event.kind, "run.log"),
      ),
    )
    .orderBy(asc(event.seq))
    .limit(STEP);
}

async function deliver({ jobs }: Pick<Parts, "jobs">, tx: Db, hook: Webhook, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((one) => ({
    // The same for the same event, whoever writes it: receivers know it by `webhook-id`.
    id: uuidOf(`delivery of event ${one.seq} to webhook ${hook.id}`),
    ...{ webhook: hook.id, seq: one.seq, kind: one.kind, body: bodyOf(one), state: "waiting" as const },
  }));
  const fresh = await tx.insert(delivery).values(rows).onConflictDoNothing().returning({ id: delivery.id });
  for (const { id } of fresh) await jobs.add(tx, "deliver", { delivery: id }, { key: id });
}

/** As Standard Webhooks has it. `data.event` is the number to go on from with `event.list`. */
function bodyOf({ seq, kind, agreement, organisation, data, at }: Event): string {
  const where = { ...(agreement ? { agreement } : {}), ...(organisation ? { organisation } : {}) };
  return JSON.stringify({ type: kind, timestamp: at.toISOString(), data: { ...data, event: String(seq), ...where } });
}
