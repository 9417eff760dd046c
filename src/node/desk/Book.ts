/** The log of a desk in the store: append-only, each line with the hash of the one before, sealed by the desk's key. */
import { and, asc, eq, gt } from "drizzle-orm";
import { Log } from "../../desk/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Row } from "./Desk.ts";

const { desk, deskLine } = schema;

/** Rows of one statement: each value is a parameter of it. */
const STEP = 500;

/** Adds lines to the log of a desk that is held. @returns the desk as it is then. @param at Unix seconds. */
export async function append(tx: Db, row: Row, entries: readonly Log.Entry[], at: number): Promise<Row> {
  if (entries.length === 0) return row;
  const key = { address: row.key, secret: row.keySecret as Log.Key["secret"] };
  const lines = Log.chain({ number: row.lines, head: row.head }, entries, at, key);
  for (let from = 0; from < lines.length; from += STEP) {
    await tx.insert(deskLine).values(
      lines.slice(from, from + STEP).map(({ what, key = null, signature = null, ...line }) => ({
        ...{ ...line, desk: row.id, what: JSON.stringify(what), key, signature },
        ticket: typeof what.ticket === "string" ? what.ticket : null,
      })),
    );
  }
  const last = lines.at(-1);
  const grown = { lines: last?.number ?? row.lines, head: last?.hash ?? row.head };
  await tx.update(desk).set(grown).where(eq(desk.id, row.id));
  return { ...row, ...grown };
}

export function lineOf(row: typeof deskLine.$inferSelect): Log.Line {
  const { number, at, before, kind, what, hash, key, signature } = row;
  return {
    ...{ number, at, before, kind: kind as Log.Kind, what: JSON.parse(what) as Record<string, unknown>, hash },
    ...(key === null || signature === null ? {} : { key, signature }),
  };
}

/** Lines behind a number, oldest first. */
export async function lines(db: Db, id: string, after: number, limit: number): Promise<Log.Line[]> {
  const rows = await db
    .select()
    .from(deskLine)
    .where(and(eq(deskLine.desk, id), gt(deskLine.number, after)))
    .orderBy(asc(deskLine.number))
    .limit(limit);
  return rows.map(lineOf);
}

/** All of them up to a number. */
export async function all(db: Db, id: string, upTo = Number.MAX_SAFE_INTEGER): Promise<Log.Line[]> {
  const found: Log.Line[] = [];
  for (;;) {
    const some = await lines(db, id, found.length, Math.min(2_000, upTo - found.length));
    found.push(...some);
    if (some.length === 0 || found.length >= upTo) return found;
  }
}
