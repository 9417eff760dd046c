/** Tells people before a time is missed by which a ticket has to be answered. */
import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { InputError, Time } from "../../agreement/index.ts";
import * as Notices from "../notify/Notices.ts";
import * as schema from "../store/schema.ts";
import * as Book from "./Book.ts";
import type { Needs } from "./Desk.ts";
import * as Desk from "./Desk.ts";
import * as Work from "./Work.ts";

const { both } = InputError;
const { desk, ticket } = schema;

/** Tickets of one transaction. */
const STEP = 100;

/** Whatever of a desk should have been answered soon, or before. Again it tells nobody twice. */
export async function escalate(parts: Needs, id: string): Promise<void> {
  const { store, clock, events } = parts;
  const [found] = await store.db.select().from(desk).where(eq(desk.id, id));
  if (!found) return;
  const more = await store.transaction(async (tx) => {
    const row = await Desk.hold(tx, found.organisation, id);
    const now = clock.now();
    const late = await tx
      .select()
      .from(ticket)
      .where(
        and(
          ...[eq(ticket.desk, id), eq(ticket.state, "handed"), isNull(ticket.escalatedAt)],
          lte(ticket.escalateAt, now),
        ),
      )
      .orderBy(asc(ticket.due))
      .limit(STEP);
    if (late.length === 0) return false;
    const ids = late.map((one) => one.id);
    await tx.update(ticket).set({ escalatedAt: now }).where(inArray(ticket.id, ids));
    const entries = ids.map((one) => ({ kind: "escalated" as const, what: { ticket: one } }));
    await Book.append(tx, row, entries, now);
    const people = await Work.crew(tx, row.organisation);
    for (const { id: one, number, due, assignee } of late) {
      const when = Time.format(Math.floor((due ?? now) / 60));
      await Notices.tellUsers(parts, tx, assignee !== null && people.includes(assignee) ? [assignee] : people, {
        ...{ kind: "desk.overdue", key: `overdue:${one}:${due}` },
        says: both(
          `${row.name}: ticket ${number} has to be answered by ${when}, and nobody has.`,
          `${row.name}：工单 ${number} 须于 ${when} 前答复，目前尚未答复。`,
        ),
      });
    }
    const told = late.map(({ id: one, number, severity, team }) => ({
      ...{ kind: "ticket.changed" as const, organisation: row.organisation },
      data: { desk: id, ticket: one, number, state: "handed", escalated: true, severity, team },
    }));
    await events.append(tx, ...told);
    return late.length === STEP;
  });
  if (more) return escalate(parts, id);
  await ask(parts, id);
}

/** When so many seconds are over, by the clock of the queue: that of a rehearsal is another one. */
export const later = (seconds: number): Date => new Date(Date.now() + Math.max(1, seconds) * 1_000);

/** A job for the next ticket whose time comes. */
async function ask({ store, jobs, clock }: Needs, id: string): Promise<void> {
  await store.transaction(async (tx) => {
    const [next] = await tx
      .select({ at: ticket.escalateAt })
      .from(ticket)
      .where(and(eq(ticket.desk, id), eq(ticket.state, "handed"), isNull(ticket.escalatedAt)))
      .orderBy(asc(ticket.escalateAt))
      .limit(1);
    if (next?.at == null) return;
    const after = later(next.at - clock.now());
    await jobs.add(tx, "desk", { do: "escalate", desk: id }, { key: `escalate:${id}:${next.at}`, after });
  });
}

/** Every desk with a ticket whose time has come: where the clock was moved, no job knows of it. */
export async function sweep(parts: Needs): Promise<void> {
  const late = await parts.store.db
    .selectDistinct({ desk: ticket.desk })
    .from(ticket)
    .where(and(eq(ticket.state, "handed"), isNull(ticket.escalatedAt), lte(ticket.escalateAt, parts.clock.now())));
  for (const one of late) await escalate(parts, one.desk);
}
