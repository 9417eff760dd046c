/** What the escrow holds for an agreement, as far as its standing tells. Base units. */
import * as Money from "../../../../../src/agreement/Money.ts";
import type { Document, Standing } from "../../../agreement/useStanding.ts";

export const held = (standing: Standing | undefined): bigint =>
  (standing?.tranches ?? []).reduce((sum, one) => sum + BigInt(one.held), 0n);

/** Deposits of contests that both can still divide: one until it is answered, then two; one belongs to who fronted a cost. */
const POSTED: Readonly<Record<string, bigint>> = {
  contestedByClient: 1n,
  contestedByProvider: 1n,
  contestedUndelivered: 1n,
  disputed: 2n,
  arbitrated: 1n,
};

export function deposits(standing: Standing | undefined, document: Document | undefined): bigint {
  const by = document?.arbitration.by;
  if (!by || !document) return 0n;
  const one = Money.parse(by.deposit, document.currency.scale);
  return (standing?.tranches ?? []).reduce((sum, { stage }) => sum + one * (POSTED[stage] ?? 0n), 0n);
}
