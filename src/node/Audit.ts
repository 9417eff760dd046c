/**
 * The audit log: who did what to what, in whose name. Append-only, each record with the hash of the one before: a record
 * that is changed or taken out breaks the chain from there on. Facts never hold secrets or contents.
 */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { asc, desc, sql } from "drizzle-orm";
import * as Statement from "./store/Statement.ts";
import type { Db } from "./store/Store.ts";
import * as schema from "./store/schema.ts";

export type Record = {
  at: Date;
  /** User id, `key:…`, `node`, or `nobody`. */
  by: string;
  /** Name of the operation. */
  did: string;
  organisation?: string | undefined;
  object?: string | undefined;
  facts: { [name: string]: unknown };
};

export type Audit = { append(tx: Db, record: Record): Promise<void> };

export const ZERO = `0x${"0".repeat(64)}`;
/** Any number: one record after the other. */
const ORDER = 7_266_374;

export const open = (): Audit => ({ append });

async function append(tx: Db, record: Record): Promise<void> {
  // Apart from what it guards: a statement sees what was there when it began.
  await tx.execute(LOCK);
  const [before] = await last(tx, {});
  const row = { ...record, number: (before?.number ?? 0) + 1, previous: before?.hash ?? ZERO };
  const { organisation = null, object = null } = row;
  await add(tx, { ...row, organisation, object, hash: hashOf(row) });
}

const LOCK = sql`select pg_advisory_xact_lock(${ORDER})`;
const last = Statement.once((db) =>
  db
    .select({ number: schema.audit.number, hash: schema.audit.hash })
    .from(schema.audit)
    .orderBy(desc(schema.audit.number))
    .limit(1),
);
const { placeholder } = sql;
const add = Statement.once((db) =>
  db.insert(schema.audit).values({
    number: placeholder("number"),
    at: placeholder("at"),
    organisation: placeholder("organisation"),
    by: placeholder("by"),
    did: placeholder("did"),
    object: placeholder("object"),
    facts: placeholder("facts"),
    previous: placeholder("previous"),
    hash: placeholder("hash"),
  }),
);

type Row = Record & { number: number; previous: string };

/** SHA-256 of the canonical form of everything in the record, the hash before included. */
function hashOf({ number, at, by, did, organisation, object, facts, previous }: Row): string {
  const plain = { number, at: at.toISOString(), by, did, organisation, object, facts, previous };
  const text = canonicalize(JSON.parse(JSON.stringify(plain))) ?? "";
  return `0x${createHash("sha256").update(text).digest("hex")}`;
}

/** Recomputes the chain. `broken`: number of the first record that does not fit. */
export async function verify(db: Db): Promise<{ records: number; head: string; broken?: number }> {
  let previous = ZERO;
  let number = 0;
  const { audit } = schema;
  for (;;) {
    const rows = await db
      .select()
      .from(audit)
      .where(sql`${audit.number} > ${number}`)
      .orderBy(asc(audit.number))
      .limit(1000);
    for (const row of rows) {
      const { organisation, object, ...rest } = row;
      const given = { ...rest, organisation: organisation ?? undefined, object: object ?? undefined };
      if (row.number !== number + 1 || row.previous !== previous || hashOf(given) !== row.hash)
        return { records: number, head: previous, broken: number + 1 };
      number = row.number;
      previous = row.hash;
    }
    if (rows.length === 0) return { records: number, head: previous };
  }
}
