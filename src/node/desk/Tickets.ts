/** Tickets as rows: found, changed by people, shown with what a person needs. */
import { createHash } from "node:crypto";
import { and, desc, eq, inArray, ne, or } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Mask, Playbook, Route, Triage } from "../../desk/index.ts";
import { Bm25, Token } from "../../text/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Book from "./Book.ts";
import * as Brain from "./Brain.ts";
import type { Row as DeskRow, Needs } from "./Desk.ts";
import * as Desk from "./Desk.ts";

const { both } = InputError;
const { deskLine, playbook, ticket, user } = schema;

export type Row = typeof ticket.$inferSelect;
type Told = Table.Output<"ticket.list">["items"][number];
type Whole = Table.Output<"ticket.show">;

export const missing = () => Problem.notFound(both("ticket", "工单"));

/** Throws `not-found`. */
export async function find(db: Db, { id: deskId }: Pick<DeskRow, "id">, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(ticket)
    .where(and(eq(ticket.id, id), eq(ticket.desk, deskId)));
  if (!row) throw missing();
  return row;
}

export async function change(tx: Db, row: Row, set: Partial<Row>): Promise<Row> {
  const [changed] = await tx.update(ticket).set(set).where(eq(ticket.id, row.id)).returning();
  if (!changed) throw missing();
  return changed;
}

/** Says that it changed, to who looks at the queue. */
export async function tell({ events }: Pick<Needs, "events">, tx: Db, desk: DeskRow, row: Row): Promise<void> {
  const { id, number, state, reason, severity, team, references } = row;
  await events.append(tx, {
    ...{ kind: "ticket.changed", organisation: desk.organisation },
    data: {
      ...{ desk: desk.id, ticket: id, number, references, state, severity, team },
      ...(reason === null ? {} : { reason }),
    },
  });
}

/** It waits for a person again, with a time of its own. @param now Unix seconds. */
export function again(desk: DeskRow, row: Row, reason: "reopened" | "corrected", now: number): Partial<Row> {
  const danger = (row.danger ?? undefined) as NonNullable<Triage.Decision["alarm"]>["danger"] | undefined;
  const intent = row.intent ?? row.guess ?? undefined;
  const { team, severity, due, escalateAt } = Route.route(
    Desk.tableOf(desk),
    { intent, danger, language: row.language },
    now,
  );
  return {
    ...{ state: "handed", reason, team, severity, due, escalateAt, escalatedAt: null },
    ...{ answer: null, citations: [], answeredAt: null, answeredBy: null, assignee: null, assignedAt: null },
  };
}

export const decisionOf = ({ decision }: Pick<Row, "decision">) => decision as unknown as Triage.Decision | null;

const WHY: Readonly<Record<string, InputError.Words>> = {
  ...Triage.SAYS,
  reopened: both("it was not solved after all", "问题并未解决"),
  corrected: both("the desk took it for something else", "工单台判断有误"),
};
export const sayReason = (code: string): InputError.Words => WHY[code] ?? both(code, code);

/** In the order of the rows. */
export async function shown(db: Db, rows: readonly Row[]): Promise<Told[]> {
  const ids = [...new Set(rows.flatMap(({ assignee, answeredBy }) => [assignee ?? [], answeredBy ?? []].flat()))];
  const people =
    ids.length === 0 ? [] : await db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, ids));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const who = (id: string) => ({ user: id, name: names.get(id) ?? id });
  const time = (at: number) => new Date(at * 1_000).toISOString();
  return rows.map((row): Told => {
    const decision = decisionOf(row);
    return {
      ...{ id: row.id, number: row.number, text: row.text, language: row.language, masked: row.masked },
      ...{ count: row.count, references: row.references, source: row.source, state: row.state },
      ...(row.reason === null ? {} : { reason: { code: row.reason as never, says: sayReason(row.reason) } }),
      ...(row.danger === null ? {} : { danger: row.danger }),
      ...(row.severity === null ? {} : { severity: row.severity as Route.Severity }),
      ...(row.team === null ? {} : { team: row.team }),
      ...(row.due === null || row.state !== "handed" ? {} : { due: time(row.due) }),
      escalated: row.escalatedAt !== null,
      guesses: decision ? decision.guesses.map(({ intent, confidence }) => ({ intent, confidence })) : [],
      ...(decision ? { sure: decision.sure, least: decision.least } : {}),
      ...(row.intent === null ? {} : { intent: row.intent }),
      ...(row.answer === null || row.answeredAt === null
        ? {}
        : {
            answer: {
              ...{ text: row.answer, citations: row.citations, at: time(row.answeredAt) },
              ...(row.answeredBy === null ? {} : { by: who(row.answeredBy) }),
            },
          }),
      ...(row.assignee === null ? {} : { assignee: who(row.assignee) }),
      ...{ reopened: row.reopened, at: time(row.at) },
    };
  });
}

/** Approved words for an intent in the ticket's language; nothing where there are none. */
export async function draft(db: Db, row: Row, intent: string | undefined): Promise<Playbook.Draft | undefined> {
  if (intent === undefined) return undefined;
  const fitting = await db
    .select()
    .from(playbook)
    .where(and(eq(playbook.desk, row.desk), eq(playbook.intent, intent)))
    .orderBy(playbook.id);
  return Playbook.draft(fitting, { intent, language: row.language, text: row.text });
}

const MISSING: Readonly<Record<string, InputError.Words>> = {
  order: both("the number of the order", "订单号"),
  device: both("the device and its system", "机型与系统"),
  account: both("which account it is", "所涉账号"),
};

/** Tickets among which like ones are looked for, and how many are shown. */
const [LOOKED, SHOWN] = [400, 3];

async function similar(db: Db, row: Row, intents: readonly string[]): Promise<Row[]> {
  if (intents.length === 0) return [];
  const rows = await db
    .select()
    .from(ticket)
    .where(
      and(
        ...[eq(ticket.desk, row.desk), ne(ticket.id, row.id), inArray(ticket.state, ["answered", "solved"])],
        or(inArray(ticket.intent, [...intents]), inArray(ticket.guess, [...intents])),
      ),
    )
    .orderBy(desc(ticket.number))
    .limit(LOOKED);
  const index = Bm25.create();
  for (const { text } of rows) Bm25.add(index, Token.tokens(text));
  return Bm25.search(index, Token.tokens(row.text), SHOWN).flatMap(({ document }) => rows[document] ?? []);
}

/** Looks, now and then, whether it is answered in time. */
export const remind = ({ jobs }: Pick<Needs, "jobs">, tx: Db, { id }: Pick<DeskRow, "id">): Promise<void> =>
  jobs.add(tx, "desk", { do: "escalate", desk: id }, { key: `escalate:${id}:again` });

/** What a person needs to go on. `load`: not within a transaction; the words that spoke for it come by it. */
export async function whole(db: Db, row: Row, load?: Brain.Load): Promise<Whole> {
  const [told] = await shown(db, [row]);
  if (!told) throw missing();
  const decision = decisionOf(row);
  const intent = row.intent ?? decision?.guesses[0]?.intent;
  const isDangerous = row.danger !== null;
  const approved = isDangerous ? undefined : await draft(db, row, intent);
  const like = await similar(db, row, [
    ...new Set([intent ?? [], decision?.guesses.map((one) => one.intent) ?? []].flat()),
  ]);
  // Words of a person for the same thing are no approved answer: a person may send them, the desk never does.
  const past = like.find(
    (one) => one.answeredBy !== null && one.language === row.language && (one.intent ?? one.guess) === intent,
  );
  const words = approved
    ? { text: approved.text, citations: [...approved.citations], from: "playbook" as const }
    : past?.answer && !isDangerous
      ? { text: Mask.mask(past.answer).text, citations: [`ticket/${past.number}`], from: "past answer" as const }
      : undefined;
  const lines = await db.select().from(deskLine).where(eq(deskLine.ticket, row.id)).orderBy(deskLine.number).limit(50);
  const spoke =
    load && decision && intent !== undefined
      ? await Brain.explain({ hash: decision.model, text: row.text, intent }, load)
      : [];
  return {
    ...told,
    packet: {
      ...(words ? { draft: words } : {}),
      missing: (approved?.missing ?? []).map((what) => ({ what, says: MISSING[what] ?? both(what, what) })),
      similar: like.map((one) => ({
        ...{ id: one.id, number: one.number, text: one.text },
        ...((one.intent ?? one.guess) === null ? {} : { intent: one.intent ?? one.guess ?? "" }),
        ...(one.answer === null ? {} : { answer: Mask.mask(one.answer).text }),
      })),
      words: spoke.map(({ gram, weight }) => ({ gram, weight })),
      ...(decision?.alarm ? { alarm: { ...decision.alarm } } : {}),
      ...(decision ? { model: decision.model } : {}),
      lines: lines.map((line) => toldLine(Book.lineOf(line))),
    },
  };
}

type Line = Table.Output<"desk.log">["items"][number];
export const toldLine = (line: ReturnType<typeof Book.lineOf>): Line => line as unknown as Line;

export const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");
