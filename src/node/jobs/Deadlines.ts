/**
 * What happens when nobody acts. Before a deadline both sides are told; when it has passed, the node sends the claim that
 * anyone may send: what silence, a missed date, a missing report or a missing ruling decided. Once, with any number of nodes.
 */
import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { InputError, State, Time } from "../../agreement/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import type { Parts } from "../Call.ts";
import * as Standings from "../index/Standings.ts";
import * as Notices from "../notify/Notices.ts";
import * as Relay from "../relay/Relay.ts";
import * as Subject from "../relay/Subject.ts";
import * as Plain from "../store/Plain.ts";
import * as schema from "../store/schema.ts";
import * as Lease from "./Lease.ts";

const { both } = InputError;
const { deadline, act, notice } = schema;

type Needs = Pick<Parts, "config" | "store" | "place" | "clock" | "events" | "jobs">;
export type Deadlines = { stop(): Promise<void> };

/** Seconds before a deadline at which people are told. */
const REMINDERS = [3 * 86_400, 86_400] as const;
/** Deadlines handled in one look; the others in the next. */
const BATCH = 500;

type Row = typeof deadline.$inferSelect;

/** Looks every minute, and when the clock was moved, until it is stopped. `onFailure`: a look failed; the next one tries again. */
export function start(parts: Needs, { every = 60_000, onFailure = () => {} }: Options = {}): Deadlines {
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    running = running.then(() => tick(parts)).catch(onFailure);
  };
  const timer = setInterval(look, every);
  const forget = parts.clock.onMoved?.(look);
  look();
  return {
    async stop() {
      clearInterval(timer);
      forget?.();
      await running;
    },
  };
}
type Options = { every?: number; onFailure?: (error: unknown) => void };

/** One look. Does nothing where another node looks. */
export async function tick(parts: Needs): Promise<void> {
  const lease = await Lease.take(parts.store, "deadlines");
  if (!lease) return;
  try {
    const now = await time(parts);
    for (const row of await near(parts, now)) await remind(parts, row, now);
    for (const row of await passed(parts, now)) await carryOut(parts, row);
  } finally {
    await lease.release();
  }
}

/** A chain judges by its own blocks: before it has come so far, a claim would be too early. */
async function time({ place, clock }: Needs): Promise<number> {
  if (place.ledger.kind === "rehearsal") return clock.now();
  return Math.min(clock.now(), (await place.ledger.head()).time);
}

const near = ({ store }: Needs, now: number): Promise<Row[]> =>
  store.db
    .select()
    .from(deadline)
    .where(and(gt(deadline.time, now), lte(deadline.time, now + REMINDERS[0])))
    .orderBy(asc(deadline.time));

async function remind(parts: Needs, row: Row, now: number): Promise<void> {
  const seconds = REMINDERS.findLast((before) => row.time - now <= before);
  const subject = await Subject.byLedgerId(parts.store.db, parts.place, row.ledgerId);
  if (seconds === undefined || !subject) return;
  const key = `near:${seconds}:${nameOf(row)}`;
  const when = Time.format(Math.floor(row.time / 60));
  const says = both(`If nobody acts, from ${when} on: ${row.says.en}`, `若无人操作，自 ${when} 起：${row.says.zh}`);
  await parts.store.transaction(async (tx) => {
    const told = await tx.select({ id: notice.id }).from(notice).where(eq(notice.key, key)).limit(1);
    if (told.length > 0) return;
    await Notices.add(parts, tx, {
      ...{ kind: "deadline.near", says, key, agreement: subject.id },
      roles: ["client", "provider"],
    });
    await parts.events.append(tx, { kind: "deadline.near", agreement: subject.id, data: { ...dataOf(row), says } });
  });
}

/** Those whose time has come, without those that an act was made of. */
const passed = ({ store }: Needs, now: number): Promise<Row[]> =>
  store.db
    .select()
    .from(deadline)
    .where(
      and(
        lte(deadline.time, now),
        eq(deadline.verb, "claim"),
        sql`not exists (select 1 from ${act} where ${act.key} = concat_ws(':', 'deadline', ${deadline.ledgerId}, ${deadline.tranche}, ${deadline.verb}, ${deadline.time}))`,
      ),
    )
    .orderBy(asc(deadline.time))
    .limit(BATCH);

async function carryOut(parts: Needs, row: Row): Promise<void> {
  const { store, place, events } = parts;
  const subject = await Subject.byLedgerId(store.db, place, row.ledgerId);
  if (!subject || !place.relayer) return;
  const { tranche } = row;
  const state = await Standings.stateOf(store.db, place, row.ledgerId as Hex, subject.terms);
  const name = subject.terms.milestones[tranche]?.name ?? "outcome";
  const number = state.cases[tranche]?.number;
  const isArbitrated = State.cell(state, tranche).code === State.Code.Arbitrated;
  const call = { verb: "claim", tranche, ...(isArbitrated && number !== undefined ? { number } : {}) };
  await store.transaction(async (tx) => {
    const [fresh] = await tx
      .insert(act)
      .values({
        ...{ id: randomUUID(), agreement: subject.id, ledgerId: row.ledgerId, verb: "claim", status: "queued" },
        ...{ act: { verb: "claim", milestone: name }, call: Plain.plain(call), key: `deadline:${nameOf(row)}` },
      })
      .onConflictDoNothing()
      .returning();
    if (!fresh) return;
    await Relay.queue(parts, tx, fresh.id);
    const changed = { act: fresh.id, verb: "claim", status: "queued" };
    await events.append(
      tx,
      { kind: "deadline.passed", agreement: subject.id, data: { ...dataOf(row), says: row.says, act: fresh.id } },
      { kind: "act.changed", agreement: subject.id, data: changed },
    );
  });
}

const nameOf = ({ ledgerId, tranche, verb, time }: Row): string => `${ledgerId}:${tranche}:${verb}:${time}`;
const dataOf = ({ ledgerId, tranche, verb, time }: Row) => ({
  ...{ ledgerId, tranche, verb, at: new Date(time * 1000).toISOString() },
});
