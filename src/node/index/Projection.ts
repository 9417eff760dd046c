/**
 * What the node knows of the ledger, from facts alone. The tables are written here and nowhere else, in the order of the
 * ledger, and come out the same however the facts were cut into ranges.
 */
import { and, eq, gte, sql } from "drizzle-orm";
import type * as Fact from "../../ledger/Fact.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import { plain, rich } from "../store/Plain.ts";
import * as Rows from "../store/Rows.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { fact, standing, credit } = schema;

/** Sums of one tranche; base units as text, gross. */
export type Sums = { paid: string; refunded: string; fee: string };
type Standing = typeof standing.$inferInsert;

/** Rows of one statement. */
const ROWS = 2_000;
const FACT = ["block", "index", "blockHash", "time", "transaction", "ledgerId", "kind", "data"] as const;
const STANDING = ["ledgerId", "client", "provider", "document", "status", "tranches", "openedAt", "block"] as const;

/** Adds what came. @returns ids of the agreements touched. */
export async function apply(tx: Db, facts: readonly Fact.Fact[]): Promise<ReadonlySet<Hex>> {
  for (let from = 0; from < facts.length; from += ROWS)
    await tx.execute(Rows.insertion(fact, FACT, facts.slice(from, from + ROWS).map(rowOf)));
  const touched = new Set(facts.flatMap((one) => ("agreement" in one ? [one.agreement] : [])));
  const known = await read(tx, [...touched]);
  const credits = new Map<string, { token: string; owner: string; change: bigint }>();
  for (const one of facts) {
    if ("agreement" in one) {
      const next = fold(known.get(one.agreement), one);
      if (next) known.set(one.agreement, next);
    } else if (one.kind === "credited" || one.kind === "creditPaid") {
      const { token, owner, amount } = one;
      const before = credits.get(`${token} ${owner}`)?.change ?? 0n;
      const change = before + (one.kind === "credited" ? amount : -amount);
      credits.set(`${token} ${owner}`, { token, owner, change });
    }
  }
  await write(tx, [...known.values()]);
  for (const { token, owner, change } of credits.values()) {
    await tx
      .insert(credit)
      .values({ token, owner, amount: change })
      .onConflictDoUpdate({ target: [credit.token, credit.owner], set: { amount: sql`${credit.amount} + ${change}` } });
  }
  return touched;
}

/** Takes back what blocks from `from` on brought. @returns ids of the agreements touched, and the facts that fell. */
export async function undo(tx: Db, from: number): Promise<{ touched: ReadonlySet<Hex>; fallen: readonly Row[] }> {
  const fallen = await tx.delete(fact).where(gte(fact.block, from)).returning();
  const touched = new Set(fallen.flatMap(({ ledgerId }) => (ledgerId === null ? [] : [ledgerId as Hex])));
  const ids = [...touched];
  for (let k = 0; k < ids.length; k += ROWS) {
    const some = ids.slice(k, k + ROWS);
    await tx.delete(standing).where(Rows.among(standing.ledgerId, some));
    const left = await tx.select().from(fact).where(Rows.among(fact.ledgerId, some)).orderBy(fact.block, fact.index);
    const anew = new Map<string, Standing>();
    for (const row of left) {
      const next = fold(anew.get(String(row.ledgerId)), factOf(row));
      if (next) anew.set(next.ledgerId, next);
    }
    await write(tx, [...anew.values()]);
  }
  for (const row of fallen) {
    const one = factOf(row);
    if (one.kind !== "credited" && one.kind !== "creditPaid") continue;
    const back = one.kind === "credited" ? -one.amount : one.amount;
    await tx
      .update(credit)
      .set({ amount: sql`${credit.amount} + ${back}` })
      .where(and(eq(credit.token, one.token), eq(credit.owner, one.owner)));
  }
  return { touched, fallen };
}

export type Row = typeof fact.$inferSelect;

export function rowOf(one: Fact.Fact): typeof fact.$inferInsert {
  const { block, transaction, index, kind, ...data } = one;
  return {
    ...{ block: block.number, blockHash: block.hash, time: block.time, transaction, index, kind },
    ledgerId: "agreement" in one ? one.agreement : null,
    data: plain(data),
  };
}

export function factOf({ block, blockHash, time, transaction, index, kind, data }: Row): Fact.Fact {
  const place = { block: { number: block, hash: blockHash as Hex, time }, transaction, index };
  return { kind, ...(rich(data) as object), ...place } as unknown as Fact.Fact;
}

async function read(tx: Db, ids: readonly Hex[]): Promise<Map<string, Standing>> {
  const known = new Map<string, Standing>();
  for (let k = 0; k < ids.length; k += ROWS) {
    const some = ids.slice(k, k + ROWS);
    for (const row of await tx.select().from(standing).where(Rows.among(standing.ledgerId, some)))
      known.set(row.ledgerId, row);
  }
  return known;
}

async function write(tx: Db, rows: readonly Standing[]): Promise<void> {
  for (let k = 0; k < rows.length; k += ROWS) {
    const some = Rows.insertion(standing, STANDING, rows.slice(k, k + ROWS));
    // Cells are read anew from the ledger, once all that is known was read.
    await tx.execute(sql`${some} on conflict (ledger_id) do update set
      status = excluded.status, tranches = excluded.tranches, block = excluded.block, cells = null`);
  }
}

const EMPTY: Sums = { paid: "0", refunded: "0", fee: "0" };

/** Where an agreement stands after one more fact. */
function fold(before: Standing | undefined, one: Fact.Fact): Standing | undefined {
  const { number, time } = one.block;
  if (!("agreement" in one)) return before;
  if (one.kind === "opened" || (one.kind === "revoked" && !before)) {
    const [client, provider, document] =
      one.kind === "opened" ? [one.client, one.provider, one.document] : [one.by, one.by, "0x"];
    const status = one.kind === "opened" ? "open" : "revoked";
    const fresh = { client, provider, document, status, cells: null, tranches: [], openedAt: time, block: number };
    return { ledgerId: one.agreement, ...fresh } as Standing;
  }
  // A right taken away before the opening leaves no trace here: the opening begins anew.
  if (!before) return undefined;
  const next: Standing = { ...before, cells: null, block: number };
  switch (one.kind) {
    case "paid":
    case "refunded": {
      const tranches = [...(before.tranches as Sums[])];
      while (tranches.length <= one.tranche) tranches.push(EMPTY);
      const sums = tranches[one.tranche] ?? EMPTY;
      tranches[one.tranche] =
        one.kind === "paid"
          ? { ...sums, paid: add(sums.paid, one.amount), fee: add(sums.fee, one.fee) }
          : { ...sums, refunded: add(sums.refunded, one.amount) };
      return { ...next, tranches };
    }
    case "replaced":
      return { ...next, status: "replaced" };
    case "closed":
      return { ...next, status: before.status === "replaced" ? "replaced" : "closed" };
    default:
      return next;
  }
}

const add = (sum: string, more: bigint): string => (BigInt(sum) + more).toString();
