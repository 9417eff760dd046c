/** An agreement as its seats see it. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Call, Caller, Seat, User } from "../Call.ts";
import * as Statement from "../store/Statement.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Document from "./Document.ts";

const { both } = InputError;
const { agreement, version, seat, organisation, account, user } = schema;

export type Row = typeof agreement.$inferSelect;
type Full = Table.Output<"agreement.show">;
type Summary = Omit<Full, "document" | "problems" | "mine">;
export type Side = "client" | "provider";
type Here = Pick<Call, "parts" | "caller" | "db">;

export const isSide = (role: string): role is Side => role === "client" || role === "provider";

/** The dispatcher has refused whoever is not signed in. */
export function userOf(caller: Caller): User {
  if (caller.kind === "user") return caller;
  throw new Problem.Problem("not-signed-in", both("Sign in first.", "请先登录。"));
}

/** `lock`: nobody else changes it before the transaction ends. Throws `not-found`. */
export async function rowOf(db: Db, id: string, { lock = false } = {}): Promise<Row> {
  const query = db.select().from(agreement).where(eq(agreement.id, id));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) throw Problem.notFound(both("agreement", "协议"));
  return row;
}

/** Throws `not-found`. */
export async function versionOf(db: Db, id: string, number: number) {
  const [row] = await db
    .select({ ...COLUMNS, document: version.document })
    .from(version)
    .innerJoin(user, eq(user.id, version.user))
    .where(and(eq(version.agreement, id), eq(version.version, number)));
  if (!row) throw Problem.notFound(both("version", "版本"));
  return row;
}

const COLUMNS = {
  version: version.version,
  note: version.note,
  user: version.user,
  name: user.name,
  organisation: version.organisation,
  contentHash: version.contentHash,
  ledgerId: version.ledgerId,
  createdAt: version.createdAt,
};

export const versionsOf = (db: Db) =>
  db.select(COLUMNS).from(version).innerJoin(user, eq(user.id, version.user)).$dynamic();

type VersionRow = Omit<Awaited<ReturnType<typeof versionOf>>, "document">;

export const versionShown = ({ version, note, user, name, organisation, ...row }: VersionRow) => ({
  version,
  by: { user, name, organisation },
  note,
  contentHash: row.contentHash,
  ...(row.ledgerId === null ? {} : { ledgerId: row.ledgerId }),
  createdAt: row.createdAt.toISOString(),
});

/** In the order of the rows. */
export async function summaries(db: Db, rows: readonly Row[]): Promise<Summary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const seats = await db
    .select({ agreement: seat.agreement, organisation: seat.organisation, name: organisation.name, role: seat.role })
    .from(seat)
    .innerJoin(organisation, eq(organisation.id, seat.organisation))
    .where(inArray(seat.agreement, ids))
    .orderBy(asc(seat.createdAt), asc(seat.organisation), asc(seat.role));
  const of = Map.groupBy(seats, (one) => one.agreement);
  return rows.map((row) =>
    summary(
      row,
      (of.get(row.id) ?? []).map(({ organisation, name, role }) => ({ organisation, name, role })),
    ),
  );
}

const summary = (
  { id, title, status, version, ledgerId, createdAt, updatedAt }: Row,
  seats: Summary["seats"],
): Summary => ({
  ...{ id, title, version, seats },
  status: status as Summary["status"],
  ...(ledgerId === null ? {} : { ledgerId }),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** An agreement with its latest version and all seats of it. */
const found = Statement.once((db) =>
  db
    .select({
      row: agreement,
      document: version.document,
      contentHash: version.contentHash,
      seats: sql<Summary["seats"]>`(
        select coalesce(json_agg(
          json_build_object('organisation', ${seat.organisation}, 'name', ${organisation.name}, 'role', ${seat.role})
          order by ${seat.createdAt}, ${seat.organisation}, ${seat.role}), '[]')
        from ${seat} join ${organisation} on ${organisation.id} = ${seat.organisation}
        where ${seat.agreement} = ${agreement.id})`,
    })
    .from(agreement)
    .innerJoin(version, and(eq(version.agreement, agreement.id), eq(version.version, agreement.version)))
    .where(eq(agreement.id, sql.placeholder("id"))),
);

/** All of it, for whoever has a seat in it. `known`: the caller's seats, where they were looked up. */
export async function full({ parts, caller, db }: Here, id: string, known?: readonly Seat[]): Promise<Full> {
  const [only] = await found(db, { id });
  if (!only) throw Problem.notFound(both("agreement", "协议"));
  const { row, document, contentHash, seats } = only;
  const mine = known ?? (await Access.seatsIn(db, userOf(caller), id));
  return {
    ...summary(row, seats),
    document,
    problems: await problemsOf({ parts, caller, db }, row, document, contentHash),
    mine: [...new Set(mine.map((one) => one.seat))],
  };
}

/** What keeps a document from being signed and opened here; of what is signed, dates that have passed are no matter. */
export async function problemsOf({ parts, caller, db }: Here, row: Row, document: Document.Json, contentHash: string) {
  const isOpen = EDITABLE.has(row.status);
  const problems = Document.judgeAgain(document, contentHash, parts.place, isOpen ? minuteNow(parts) : undefined);
  const named = await Promise.all(
    problems.map(async (problem) => {
      const side = /^parties\.(client|provider)\.address$/.exec(problem.field)?.[1] as Side | undefined;
      return side && problem.name === "MissingField" ? ((await hint(db, row.id, side)) ?? problem) : problem;
    }),
  );
  return named.map((problem) => problem.toProblem(languageOf(caller)));
}

/** A document is never changed behind its writers: where a seat was taken, its account is offered. */
async function hint(db: Db, id: string, side: Side): Promise<InputError.InputError | undefined> {
  const rows = await db
    .select({ name: organisation.name, address: account.address })
    .from(seat)
    .innerJoin(organisation, eq(organisation.id, seat.organisation))
    .innerJoin(account, eq(account.organisation, seat.organisation))
    .where(and(eq(seat.agreement, id), eq(seat.role, side)))
    .limit(2);
  const [only] = rows;
  return only && rows.length === 1 ? Document.missingAddress(side, only.name, only.address) : undefined;
}

export const languageOf = (caller: Caller): InputError.Language => (caller.kind === "user" ? caller.language : "en");

export const minuteNow = ({ clock }: Pick<Call["parts"], "clock">): number => Math.floor(clock.now() / 60);

/** While it is one of these, the document can be changed. */
export const EDITABLE: ReadonlySet<string> = new Set(["draft", "offered"]);

/** Over for good. */
export const OVER: ReadonlySet<string> = new Set(["closed", "revoked", "replaced", "withdrawn"]);

/** The side that the caller writes for. Throws `forbidden` for an arbitrator's or reporter's seat. */
export function sideOf(seats: readonly Seat[]): { side: Side; organisation: string } {
  for (const { seat, organisation } of seats) if (isSide(seat)) return { side: seat, organisation };
  throw Access.forbidden(both("the client or the provider", "甲方或乙方"));
}

export const other = (side: Side): Side => (side === "client" ? "provider" : "client");

/** What was asked needs another status. */
export function conflict(status: string, needed: InputError.Words, next: InputError.Words): Problem.Problem {
  return new Problem.Problem(
    "state-conflict",
    both(
      `The agreement is ${status}; this needs ${needed.en}. ${next.en}`,
      `协议状态为 ${status}；此操作需要${needed.zh}。${next.zh}`,
    ),
    { found: status },
  );
}
