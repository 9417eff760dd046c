/** Runs as rows: begun once for a side, criterion, round and attempt; shown to the organisation that they are for. */
import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, lt, or } from "drizzle-orm";
import { InputError, Verdict } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Parts, Seat } from "../Call.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type * as Round from "./Round.ts";
import * as Sealed from "./Sealed.ts";

const { both } = InputError;
const { run, verdict } = schema;

export type Row = typeof run.$inferSelect;

/** What is run on what. Of a run by the terms `suite` is absent: the terms say it. */
export type Order = {
  readonly subject: { readonly kind: "commit" | "tree"; readonly hash: string };
  readonly repository?: string;
  /** Ids of folders. */
  readonly folder?: string;
  readonly suite?: string;
  readonly suiteHash: string;
  readonly answers?: readonly { by: string; answers: Record<string, boolean>; signature: string }[];
};

export const orderOf = ({ order }: Row): Order => order as unknown as Order;

export type Asked = {
  readonly side: "client" | "provider" | "arbitrator";
  readonly criterion: Round.Coded;
  readonly attempt: number;
  readonly organisation: string;
  /** Null: the node itself. */
  readonly user: string | null;
  readonly answers?: Order["answers"];
};

/**
 * Begins a run by the terms, or gives the one that was begun; one that came to nothing is begun anew where a person asks.
 * Part of the transaction.
 */
export async function begin(
  parts: Pick<Parts, "events" | "jobs" | "clock">,
  tx: Db,
  round: Round.Round,
  asked: Asked,
): Promise<Row | undefined> {
  const { subject, tranche, work, delivered } = round;
  if (!work || !delivered) return undefined;
  const { side, criterion, attempt, organisation, user, answers } = asked;
  const sealed = await Sealed.of(tx, subject.id, criterion, round.round);
  const end = Sealed.until(criterion, delivered.at);
  const waits = sealed !== undefined && Sealed.stateOf(sealed.row, end, parts.clock.now()) === "hidden";
  const state = waits ? "waiting" : "queued";
  // Arbitrators look as often as they like; of the sides each run is one.
  const name = [subject.ledgerId, tranche, round.round, criterion.name, side, attempt].join(":");
  const key = side === "arbitrator" ? null : name;
  const order: Order = {
    subject: { kind: work.kind, hash: work.hash },
    ...(work.repository === undefined ? {} : { repository: work.repository }),
    suiteHash: criterion.suite,
    ...(answers && answers.length > 0 ? { answers } : {}),
  };
  const [fresh] = await tx
    .insert(run)
    .values({
      ...{ id: randomUUID(), agreement: subject.id, ledgerId: subject.ledgerId, tranche, round: round.round, attempt },
      ...{ organisation, user, side, criterion: criterion.name, order: { ...order }, key, state },
    })
    .onConflictDoNothing()
    .returning();
  if (fresh) {
    await tell(parts, tx, fresh);
    return fresh;
  }
  const [known] = await tx.select().from(run).where(eq(run.key, name)).for("update");
  if (!known) return undefined;
  const isOver = known.state === "failed" || known.state === "stopped";
  const goesOn = known.state === "waiting" && !waits;
  if (!goesOn && !(isOver && user !== null)) return known;
  const anew = isOver ? { user, organisation, order: { ...order }, problem: null, tries: 0, endedAt: null } : {};
  const [again] = await tx
    .update(run)
    .set({ ...anew, state })
    .where(eq(run.id, known.id))
    .returning();
  await tell(parts, tx, again ?? known);
  return again ?? known;
}

/** Begins a trial, which binds nobody. */
export async function attempt(
  parts: Pick<Parts, "events" | "jobs">,
  tx: Db,
  { agreement, organisation, user, order }: { agreement: string; organisation: string; user: string; order: Order },
): Promise<Row> {
  const [fresh] = await tx
    .insert(run)
    .values({
      ...{ id: randomUUID(), agreement, organisation, user, criterion: "trial", order: { ...order } },
      state: "queued",
    })
    .returning();
  if (!fresh) throw new Error("an insert gives its row");
  await tell(parts, tx, fresh);
  return fresh;
}

/** What became of it, to its organisation; and the job, where it is to be done. Part of the transaction. */
export async function tell({ events, jobs }: Pick<Parts, "events" | "jobs">, tx: Db, row: Row): Promise<void> {
  const { id, agreement, organisation, state, criterion, side } = row;
  const data = { run: id, state, criterion, ...(side === null ? {} : { side }) };
  await events.append(tx, { kind: "run.changed", agreement, organisation, data });
  if (state === "queued") await jobs.add(tx, "judge", { run: id }, { key: id });
}

/** Throws `not-found` for what is not there, and for what is another organisation's. */
export async function find(tx: Db, agreement: string, id: string, seats: readonly Seat[]): Promise<Row> {
  const [row] = await tx
    .select()
    .from(run)
    .where(and(eq(run.id, id), eq(run.agreement, agreement)));
  if (!row || !seats.some(({ organisation }) => organisation === row.organisation))
    throw Problem.notFound(both("run", "运行"));
  return row;
}

/** Newest first. */
export async function list(
  tx: Db,
  agreement: string,
  seats: readonly Seat[],
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ items: Row[]; next?: string }> {
  const from = Page.afterTime(after);
  const older = from ? [or(lt(run.createdAt, from.at), and(eq(run.createdAt, from.at), lt(run.id, from.id)))] : [];
  const mine = seats.map(({ organisation }) => organisation);
  const rows = await tx
    .select()
    .from(run)
    .where(and(eq(run.agreement, agreement), inArray(run.organisation, mine), ...older))
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(limit + 1);
  return Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
}

/** As the API tells of them, in the order of the rows; `milestones` by tranche. */
export async function told(
  tx: Db,
  rows: readonly Row[],
  milestones: readonly string[],
  language: InputError.Language,
): Promise<Table.Output<"run.show">[]> {
  const ids = rows.map(({ id }) => id);
  const signed =
    ids.length === 0
      ? []
      : await tx.select({ id: verdict.id, run: verdict.run }).from(verdict).where(inArray(verdict.run, ids));
  return rows.map((row) => {
    const { subject, suiteHash } = orderOf(row);
    const said = row.verdict as Verdict.Verdict | null;
    const given = signed.find((one) => one.run === row.id);
    return {
      ...{ id: row.id, state: row.state, criterion: row.criterion, attempt: row.attempt, subject, suite: suiteHash },
      by: row.user ?? "node",
      ...(row.side === null ? {} : { side: row.side }),
      ...(row.tranche === null ? {} : { milestone: milestones[row.tranche] ?? String(row.tranche) }),
      ...(row.round === null ? {} : { round: row.round }),
      ...(said === null
        ? {}
        : {
            ...{ checks: said.checks, passed: Verdict.passed(said), digest: Verdict.digest(said) },
            ...{ confined: said.confined, artefacts: said.artefacts, document: said },
          }),
      ...(given ? { verdict: given.id } : {}),
      ...(row.problem === null
        ? {}
        : { problem: row.problem[language] as NonNullable<Table.Output<"run.show">["problem"]> }),
      createdAt: row.createdAt.toISOString(),
      ...(row.startedAt === null ? {} : { startedAt: row.startedAt.toISOString() }),
      ...(row.endedAt === null ? {} : { endedAt: row.endedAt.toISOString() }),
    };
  });
}
