/**
 * What the desk does with tickets that are not decided yet. It judges outside of any transaction, and keeps what it
 * decided in one: tickets, log, events, notices and the job that looks whether somebody answers in time.
 */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import type { Triage } from "../../desk/index.ts";
import * as Notices from "../notify/Notices.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Book from "./Book.ts";
import * as Brain from "./Brain.ts";
import type { Needs, Row } from "./Desk.ts";
import * as Desk from "./Desk.ts";
import * as Models from "./Models.ts";
import * as Rewrite from "./Rewrite.ts";

const { both } = InputError;
const { desk, member, playbook, ticket } = schema;

/** Tickets that are judged at once. */
const STEP = 200;

type Waiting = typeof ticket.$inferSelect;

const running = new Map<string, Promise<void>>();

/** Decides all that waits, one call after the other in this process; what another process decided stays so. */
export function work(parts: Needs, id: string): Promise<void> {
  const turn = (running.get(id) ?? Promise.resolve()).catch(() => {}).then(() => all(parts, id));
  running.set(id, turn);
  const done = () => {
    if (running.get(id) === turn) running.delete(id);
  };
  turn.then(done, done);
  return turn;
}

async function all(parts: Needs, id: string): Promise<void> {
  while (await step(parts, id));
}

/** @returns whether there may be more to do. */
async function step(parts: Needs, id: string): Promise<boolean> {
  const { db } = parts.store;
  const waiting = await db
    .select()
    .from(ticket)
    .where(and(eq(ticket.desk, id), eq(ticket.state, "new")))
    .orderBy(asc(ticket.number))
    .limit(STEP);
  if (waiting.length === 0) return false;
  const read = async () => (await db.select().from(desk).where(eq(desk.id, id)))[0];
  const found = await read();
  if (!found) return false;
  await Models.ensure(parts, found);
  const row = await read();
  // What waits when a desk is stopped is handed over by who stops it.
  if (!row?.model || row.state === "stopped") return false;
  const now = parts.clock.now();
  const decisions = await judge(parts, row, row.model, waiting, now);
  const wished = decisions.map((decision, at) => ({ decision, waiting: waiting[at] as Waiting }));
  const drafted = wished.filter(({ decision }) => decision.draft !== undefined && decision.outcome === "answered");
  const rewritten = await Rewrite.rewrite(
    parts.config,
    drafted.map(({ decision, waiting: { text, language } }) => ({
      draft: decision.draft as NonNullable<Triage.Decision["draft"]>,
      text,
      language,
    })),
  );
  const drafts = new Map(drafted.map(({ waiting: one }, at) => [one.id, rewritten[at]]));
  return parts.store.transaction(async (tx) => {
    const held = await Desk.hold(tx, row.organisation, row.id);
    // Paused, stopped or given another model meanwhile: judged again.
    if (held.state !== row.state || held.model !== row.model) return true;
    const still = await tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(
        and(
          eq(ticket.state, "new"),
          inArray(
            ticket.id,
            waiting.map((one) => one.id),
          ),
        ),
      );
    const open = new Set(still.map((one) => one.id));
    const made = wished
      .filter(({ waiting: one }) => open.has(one.id))
      .map(({ decision, waiting: one }) => {
        const checked = drafts.get(one.id);
        const { draft = decision.draft, isRewritten = false, refused = [] } = checked ?? {};
        const words = isRewritten || refused.length > 0 ? { rewriting: { isRewritten, refused } } : {};
        return { waiting: one, decision: { ...decision, ...words, draft, ticket: one.id } };
      });
    await keep(tx, made, now);
    await Book.append(
      tx,
      held,
      made.map(({ decision }) => ({ kind: "decision", what: { ...decision } })),
      now,
    );
    await tell(parts, tx, held, made);
    return true;
  });
}

type Made = { readonly waiting: Waiting; readonly decision: Triage.Decision };

async function judge({ store, config }: Needs, row: Row, hash: string, waiting: readonly Waiting[], now: number) {
  const { db } = store;
  const playbooks = await db.select().from(playbook).where(eq(playbook.desk, row.id)).orderBy(playbook.id);
  const teams = await db
    .select({ team: ticket.team, count: sql<number>`count(*)::int` })
    .from(ticket)
    .where(and(eq(ticket.desk, row.id), eq(ticket.state, "handed")))
    .groupBy(ticket.team);
  return Brain.judge(
    {
      ...{ hash, now, promise: row.promise / 10_000, table: Desk.tableOf(row), isPaused: row.state !== "working" },
      tickets: waiting.map(({ id, text, language, masked, count }) => ({
        ...{ id, text, language: language as "en", masked: masked as [], count, at: [] },
      })),
      playbooks: playbooks.map(({ id, intent, language, answer, needs }) => ({ id, intent, language, answer, needs })),
      ...(row.outsideShare === null ? {} : { outsideShare: row.outsideShare / 10_000 }),
      load: Object.fromEntries(teams.flatMap(({ team, count }) => (team === null ? [] : [[team, count]]))),
      folder: Models.folderOf(config),
    },
    Models.load({ store }),
  );
}

/** All in one statement: a row each would hold the store for long. */
async function keep(tx: Db, made: readonly Made[], now: number): Promise<void> {
  const rows = made.map(({ waiting: { id }, decision }) => {
    const { outcome, reason, alarm, guesses, sure, routed, draft } = decision;
    const isAnswered = outcome === "answered";
    return {
      ...{ id, state: isAnswered ? "answered" : "handed", reason: reason ?? null, danger: alarm?.danger ?? null },
      ...{ severity: routed.severity, team: routed.team, due: routed.due, decision, sure, guess: guesses[0]?.intent },
      escalate_at: isAnswered ? null : routed.escalateAt,
      answer: isAnswered ? (draft?.text ?? null) : null,
      citations: isAnswered ? (draft?.citations ?? []) : [],
      answered_at: isAnswered ? now : null,
    };
  });
  await tx.execute(sql`
    update ticket set state = made.state, reason = made.reason, danger = made.danger, severity = made.severity,
      team = made.team, due = made.due, escalate_at = made.escalate_at, decision = made.decision, sure = made.sure,
      guess = made.guess, answer = made.answer, citations = made.citations, answered_at = made.answered_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as made (id uuid, state text, reason text, danger text,
      severity text, team text, due bigint, escalate_at bigint, decision jsonb, sure real, guess text, answer text,
      citations jsonb, answered_at bigint)
    where ticket.id = made.id`);
}

async function tell(parts: Needs, tx: Db, row: Row, made: readonly Made[]): Promise<void> {
  const { events, jobs, clock } = parts;
  const { organisation } = row;
  await events.append(
    tx,
    ...made.map(({ waiting: { id, number, references }, decision: { outcome, reason, routed, alarm } }) => ({
      ...{ kind: "ticket.changed" as const, organisation },
      data: {
        ...{ desk: row.id, ticket: id, number, references, state: outcome },
        ...{ severity: routed.severity, team: routed.team },
        ...(reason === undefined ? {} : { reason }),
        ...(alarm ? { danger: alarm.danger } : {}),
      },
    })),
  );
  const handed = made.filter(({ decision }) => decision.outcome === "handed");
  const dangerous = handed.filter(({ decision }) => decision.alarm !== undefined);
  const people = dangerous.length === 0 ? [] : await crew(tx, organisation);
  for (const { waiting: one, decision } of dangerous) {
    const says = DANGERS[decision.alarm?.danger ?? "vulnerability"];
    await Notices.tellUsers(parts, tx, people, {
      ...{ kind: "desk.danger", key: `danger:${one.id}` },
      says: both(
        `${row.name}: ticket ${one.number} may be about ${says.en}. Look at it before all others.`,
        `${row.name}：工单 ${one.number} 可能涉及${says.zh}，请优先查看。`,
      ),
    });
  }
  if (handed.length === 0) return;
  const first = Math.min(...handed.map(({ decision }) => decision.routed.escalateAt));
  await jobs.add(
    tx,
    "desk",
    { do: "escalate", desk: row.id },
    { key: `escalate:${row.id}:${first}`, after: new Date(Date.now() + Math.max(1, first - clock.now()) * 1_000) },
  );
}

/** Who works in an organisation. */
export async function crew(tx: Db, organisation: string): Promise<string[]> {
  const people = await tx
    .select({ user: member.user })
    .from(member)
    .where(and(eq(member.organisation, organisation), inArray(member.role, ["owner", "signer", "member"])));
  return people.map(({ user }) => user);
}

const DANGERS: Readonly<Record<NonNullable<Triage.Decision["alarm"]>["danger"], InputError.Words>> = {
  vulnerability: both("a vulnerability", "系统漏洞"),
  leak: both("leaked data", "数据泄露"),
  takeover: both("an account taken over", "账号被盗"),
  fraud: both("payment fraud", "支付欺诈"),
  legal: both("a legal threat", "法律风险"),
  harm: both("danger to a life", "人身安全"),
};
