/** Desks as rows: found for those who may, held while they are changed, shown. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Route } from "../../desk/index.ts";
import type { Parts } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { desk, deskModel, ticket } = schema;

/**
 * All of a node that the work of a desk is given: neither ledger nor relay nor identity is in it, so that whatever
 * feedback says, nothing is at hand that could pay or sign.
 */
export type Needs = Pick<Parts, "config" | "store" | "clock" | "events" | "jobs">;
/** Nothing else goes along. */
export const needs = ({ config, store, clock, events, jobs }: Needs): Needs => ({
  ...{ config, store, clock, events, jobs },
});

export type Row = typeof desk.$inferSelect;
type Told = Table.Output<"desk.show">;

export const missing = () => Problem.notFound(both("desk", "工单台"));

/** Throws `not-found`. */
export async function find(db: Db, organisation: string, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(desk)
    .where(and(eq(desk.id, id), eq(desk.organisation, organisation)));
  if (!row) throw missing();
  return row;
}

/** Held until the transaction ends: its log grows by one at a time. Throws `not-found`. */
export async function hold(db: Db, organisation: string, id: string): Promise<Row> {
  await db.select({ id: desk.id }).from(desk).where(eq(desk.id, id)).for("update");
  return find(db, organisation, id);
}

/** Throws `state-conflict` where it is stopped. */
export function going(row: Row): Row {
  if (row.state !== "stopped") return row;
  throw new Problem.Problem(
    "state-conflict",
    both(
      "The desk was stopped for good. Set up another one; the log of this one stays.",
      "该工单台已永久停用。请另设工单台；原有日志保留。",
    ),
  );
}

export const tableOf = ({ routing }: Pick<Row, "routing">): Route.Table => routing as unknown as Route.Table;

/** In the order of the rows. */
export async function shown(db: Db, rows: readonly Row[], { config }: Pick<Parts, "config">): Promise<Told[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const counts = await db
    .select({ desk: ticket.desk, state: ticket.state, count: sql<number>`count(*)::int` })
    .from(ticket)
    .where(inArray(ticket.desk, ids))
    .groupBy(ticket.desk, ticket.state);
  const hashes = rows.flatMap(({ model }) => model ?? []);
  const models =
    hashes.length === 0
      ? []
      : await db
          .select({ hash: deskModel.hash, intents: deskModel.intents })
          .from(deskModel)
          .where(inArray(deskModel.hash, hashes));
  const intents = new Map(models.map((one) => [one.hash, one.intents]));
  return rows.map((row): Told => {
    const of = (state: string) => counts.find((one) => one.desk === row.id && one.state === state)?.count ?? 0;
    return {
      ...{ id: row.id, name: row.name, state: row.state, promise: row.promise / 10_000, reopenDays: row.reopenDays },
      ...(row.outsideShare === null ? {} : { outsideShare: row.outsideShare / 10_000 }),
      costs: row.costs,
      ...(row.model === null ? {} : { model: row.model }),
      intents: intents.get(row.model ?? "") ?? [],
      ...{ key: row.key, log: { lines: row.lines, head: row.head } },
      tickets: { new: of("new"), answered: of("answered"), handed: of("handed"), solved: of("solved") },
      rewrites: config.rewriting !== undefined,
      createdAt: row.createdAt.toISOString(),
    };
  });
}

export async function show(db: Db, row: Row, parts: Pick<Parts, "config">): Promise<Told> {
  const [told] = await shown(db, [row], parts);
  if (!told) throw missing();
  return told;
}
