/**
 * Where the agreements stand whose terms this node knows: their cells as the escrow has them, what comes if nobody acts,
 * and the status people see. Read from the ledger once the facts are known, for those that a fact has touched.
 */
import { and, eq, isNull, sql } from "drizzle-orm";
import { type Agreement, Deadline, State, Terms } from "../../agreement/index.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import { caseOf } from "../../ledger/pack/collect.ts";
import type { Parts } from "../Call.ts";
import { speech } from "../Speech.ts";
import { rich } from "../store/Plain.ts";
import * as Rows from "../store/Rows.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Glance from "./Glance.ts";

const { standing, version, fact, deadline, agreement } = schema;

/** Brings those up to date that facts have touched. @returns how many. */
export async function refresh({ store, place }: Pick<Parts, "store" | "place">): Promise<number> {
  const stale = await store.db
    .selectDistinctOn([standing.ledgerId], {
      ledgerId: standing.ledgerId,
      block: standing.block,
      document: version.document,
    })
    .from(standing)
    .innerJoin(version, eq(version.ledgerId, standing.ledgerId))
    .where(isNull(standing.cells))
    .limit(500);
  for (const { ledgerId, block, document } of stale) {
    const terms = Terms.parse(document);
    const state = await stateOf(store.db, place, ledgerId as Hex, terms);
    const ends = Deadline.all(state);
    const rows = ends.map((one) => ({
      ...{ ledgerId, tranche: one.tranche, verb: one.verb, time: one.minute * 60 },
      ...{ says: Deadline.says(one, speech(terms)), milestone: Glance.milestone(terms, one.tranche).name },
      ...Glance.brings(one),
    }));
    await store.transaction(async (tx) => {
      const kept = await tx
        .update(standing)
        .set({ cells: wordOf(state), ...Glance.of(state, terms, ends) })
        // A fact that came meanwhile asks for another look.
        .where(and(eq(standing.ledgerId, ledgerId), eq(standing.block, block)))
        .returning();
      if (kept.length === 0) return;
      await tx.delete(deadline).where(eq(deadline.ledgerId, ledgerId));
      if (rows.length > 0) await tx.insert(deadline).values(rows);
    });
  }
  return stale.length;
}

/** The cells as `standing` keeps them. */
export const wordOf = ({ cells }: State.State): string => `0x${State.pack(cells).toString(16)}`;

/** As the ledger has it now, with the disputes that its facts tell of. */
export async function stateOf(db: Db, place: Parts["place"], id: Hex, terms: Terms.Terms): Promise<State.State> {
  const ledgerTerms = Terms.toAgreement(terms);
  const state = await Escrow.state(place.ledger, { escrow: place.escrow, agreement: ledgerTerms });
  if (!state.cells.some(({ code }) => code === State.Code.Arbitrated)) return state;
  return { ...state, cases: await casesOf(db, id, ledgerTerms) };
}

/** Disputes are told by their group, which is the agreement's id with the tranche. */
async function casesOf(db: Db, id: Hex, { work, parties }: Agreement.Agreement): Promise<State.State["cases"]> {
  const rows = await db.select({ data: fact.data }).from(fact).where(eq(fact.kind, "dispute"));
  const disputes = rows.map(({ data }) => rich<{ number: bigint; case: bigint }>(data));
  return Array.from({ length: 8 }, (_, tranche) => {
    if (tranche >= work.tranches.length) return undefined;
    const found = disputes.findLast((one) => one.case === caseOf(id, tranche));
    return found && { number: found.number, fronter: parties.client };
  });
}

/** What people see follows what the ledger has. */
export async function follow(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const ours = await tx
    .select({ id: agreement.id, status: agreement.status, ledgerId: agreement.ledgerId, now: standing.status })
    .from(agreement)
    .leftJoin(standing, eq(standing.ledgerId, agreement.ledgerId))
    .where(Rows.among(agreement.ledgerId, ids));
  for (const { id, status, now } of ours) {
    // A block that fell took it off the ledger: both signatures are still there.
    const next = now ?? (ON_LEDGER.has(status) ? "signed" : status);
    if (next === status) continue;
    const change = { status: next, updatedAt: new Date(), revision: sql`${agreement.revision} + 1` };
    await tx.update(agreement).set(change).where(eq(agreement.id, id));
  }
}

const ON_LEDGER: ReadonlySet<string> = new Set(["open", "closed", "revoked", "replaced"]);
