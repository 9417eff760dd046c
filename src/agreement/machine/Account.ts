/** Money that follows from cell, note and terms. Amounts in base units, shares in bps. */
import * as Dispute from "../Dispute.ts";
import { Code, isTerminal } from "../State.ts";
import type { View } from "./Clock.ts";
import { cellOf, milestonesOf, noteOf, trancheOf } from "./Draft.ts";

/** 100 % */
export const WHOLE = 10_000;

/** What a funded tranche still holds. The part accepted is of the price less the provider's discount. */
export function unpaid(view: View, i: number): bigint {
  const { amount, extender, extensionPrice } = trancheOf(view, i);
  const { extended, shareBps } = noteOf(view, i);
  const base = amount - (extended && extender === 2 ? extensionPrice : 0n);
  return base - (base * BigInt(shareBps)) / BigInt(WHOLE);
}

/** What the escrow holds for a tranche that has not ended, deposits aside. */
export function held(view: View, i: number): bigint {
  const cell = cellOf(view, i);
  if (cell.code === Code.None || isTerminal(cell)) return 0n;
  return cell.code === Code.Unfunded ? trancheOf(view, i).terminationFee : unpaid(view, i);
}

/** Sum of amount x share paid over the ended milestones, and of amount x 10,000. */
export function progress(view: View): { paid: bigint; total: bigint } {
  let paid = 0n;
  let total = 0n;
  for (let i = 0; i < milestonesOf(view.agreement); i++) {
    const { amount } = trancheOf(view, i);
    const { code, clock } = cellOf(view, i);
    total += amount * BigInt(WHOLE);
    paid += amount * BigInt(code === Code.Paid ? WHOLE : clock);
  }
  return { paid, total };
}

/** Whether there is an arbitrator for a tranche of this size. */
export const hasArbitration = (view: View, i: number): boolean =>
  Dispute.hasArbitration(view.agreement.arbitration, trancheOf(view, i).amount);

/** What each side posts when this tranche is contested. */
export const deposit = (view: View, i: number): bigint =>
  hasArbitration(view, i) ? view.agreement.arbitration.deposit : 0n;

/** Deposits that the escrow holds for a tranche. */
export function deposits(view: View, i: number): bigint {
  const { code } = cellOf(view, i);
  if (code < Code.ContestedByClient || code > Code.Arbitrated) return 0n;
  return deposit(view, i) * (code >= Code.Disputed ? 2n : 1n);
}

/** Whether a tranche's money can be split now: an outcome's only once all milestones have ended. */
export function isSplittable(view: View, i: number): boolean {
  const milestones = milestonesOf(view.agreement);
  return i !== milestones || view.cells.slice(0, milestones).every(isTerminal);
}
