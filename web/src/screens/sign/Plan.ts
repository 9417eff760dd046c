/** What opening takes, and what is paid in later. Base units; pure. */
import * as Milestone from "../../../../src/agreement/Milestone.ts";
import * as Outcome from "../../../../src/agreement/Outcome.ts";
import type { Document } from "../../agreement/useStanding.ts";

export type Part = {
  readonly name: string;
  readonly amount: bigint;
  /** Taken at the opening. */
  readonly now: bigint;
  /** Until when the rest is paid in; ISO 8601. */
  readonly fundBy?: string;
};
export type Plan = { readonly parts: readonly Part[]; readonly now: bigint; readonly total: bigint };

export function of({ milestones, outcome, options, currency }: Document): Plan {
  const { scale } = currency;
  const tranches = milestones.map((one) => ({ ...one, tranche: Milestone.toTranche(one, options, scale) }));
  const all = [
    ...tranches.map(({ name, fundBy, tranche }) => ({ name, fundBy, tranche })),
    ...(outcome
      ? [{ name: Outcome.NAME, fundBy: outcome.fundBy, tranche: Outcome.toTranche(outcome, options, scale) }]
      : []),
  ];
  const parts = all.map(({ name, fundBy, tranche: { amount, terminationFee } }) => ({
    ...{ name, amount, now: fundBy === undefined ? amount : terminationFee },
    ...(fundBy === undefined ? {} : { fundBy }),
  }));
  const sum = (of: (part: Part) => bigint) => parts.reduce((units, part) => units + of(part), 0n);
  return { parts, now: sum(({ now }) => now), total: sum(({ amount }) => amount) };
}
