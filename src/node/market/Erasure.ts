/** What goes with a person whose firm was theirs alone: what they offered, told, proved and wanted. */
import { inArray } from "drizzle-orm";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { attestation, brief, callFor, proof, provider, ranking, shownCase, toldCase } = schema;

/** `own`: organisations. Of rankings made for others their id stays, which leads to nobody. Part of the transaction. */
export async function erase(db: Db, own: readonly string[]): Promise<void> {
  if (own.length === 0) return;
  for (const table of [provider, toldCase, shownCase, proof, attestation])
    await db.delete(table).where(inArray(table.organisation, [...own]));
  const theirs = db
    .select({ id: brief.id })
    .from(brief)
    .where(inArray(brief.organisation, [...own]));
  await db.delete(ranking).where(inArray(ranking.brief, theirs));
  await db.update(callFor).set({ revokedAt: new Date() }).where(inArray(callFor.brief, theirs));
  await db
    .update(brief)
    .set({ brief: { text: "", language: "other" }, closed: true, shown: false })
    .where(inArray(brief.organisation, [...own]));
}
