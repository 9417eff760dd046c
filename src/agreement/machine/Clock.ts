/** Times and lateness that follow from cell, note and terms. All in Unix minutes; a window ends `1 + window` after its act. */
import * as Calendar from "../Calendar.ts";
import { Code, EPOCH, type State } from "../State.ts";
import { cellOf, milestonesOf, noteOf, trancheOf } from "./Draft.ts";

/** What these functions read: a draft, or a state with its agreement. */
export type View = Pick<State, "agreement" | "cells" | "notes">;

export const MINUTES_A_DAY = 1440;

/** The cell's clock as a Unix minute. */
export const minuteOf = (view: View, i: number): number => cellOf(view, i).clock + EPOCH;

/** Minutes by which an active milestone of sequential terms was blocked past its start. */
export function blocked(view: View, i: number): number {
  const { code, clock } = cellOf(view, i);
  return code === Code.Active && clock !== 0 ? Math.max(0, clock + EPOCH - trancheOf(view, i).start) : 0;
}

export function due(view: View, i: number): number {
  return trancheOf(view, i).due + blocked(view, i) + noteOf(view, i).shift;
}

/** Until when the provider must have delivered; a delivery at or after it is late. */
export function deadline(view: View, i: number): number {
  return cellOf(view, i).code === Code.Rejected ? minuteOf(view, i) : due(view, i) + trancheOf(view, i).cure;
}

/** End of the review of a milestone delivered at the cell's clock; it stands still in the pauses of the calendar. */
export function reviewEnd(view: View, i: number): number {
  return Calendar.add(view.agreement.work.pauses, minuteOf(view, i) + 1, trancheOf(view, i).review);
}

/** End of the window in which a reported outcome can be contested. */
export const challengeEnd = (view: View, i: number): number => minuteOf(view, i) + 1 + trancheOf(view, i).review;
export const answerEnd = (view: View, i: number): number =>
  minuteOf(view, i) + 1 + view.agreement.arbitration.answerWithin;
export const rulingEnd = (view: View, i: number): number =>
  minuteOf(view, i) + 1 + view.agreement.arbitration.ruleWithin;

/** Whether the delivery of a delivered milestone came at or after its deadline. */
export function isLate(view: View, i: number): boolean {
  if (cellOf(view, i).round !== 0) return noteOf(view, i).late;
  return minuteOf(view, i) >= due(view, i) + trancheOf(view, i).cure;
}

/** Whole days, rounded up. */
export const daysAfter = (time: number, limit: number): number =>
  time > limit ? Math.ceil((time - limit) / MINUTES_A_DAY) : 0;

/** Days late of a first delivery, which no note has yet. */
export function daysLate(view: View, i: number): number {
  const { code, round } = cellOf(view, i);
  if (code !== Code.Delivered || round !== 0 || i === milestonesOf(view.agreement)) return 0;
  return daysAfter(minuteOf(view, i), due(view, i));
}

/** All days late of a milestone that has ended. */
export function lateDaysOf(view: View, i: number): number {
  const { code, round } = cellOf(view, i);
  const derived = code === Code.Paid && round === 0 ? daysAfter(minuteOf(view, i), due(view, i)) : 0;
  return noteOf(view, i).lateDays + derived;
}

/**
 * From when anyone may end a tranche, if nobody acts before; undefined: not by time (it has ended, waits for another
 * tranche, or can be ended already for another reason).
 */
export function claimableAt(view: View, i: number): number | undefined {
  const isOutcome = i === milestonesOf(view.agreement);
  const tranche = trancheOf(view, i);
  switch (cellOf(view, i).code) {
    case Code.Unfunded:
      return tranche.fundBy;
    case Code.Awaiting:
      return view.agreement.outcome.metric === 1 ? tranche.due : undefined;
    case Code.Active:
    case Code.Rejected:
      return deadline(view, i);
    case Code.Delivered:
      if (isOutcome) return challengeEnd(view, i);
      return isLate(view, i) ? undefined : reviewEnd(view, i);
    case Code.ContestedByClient:
    case Code.ContestedByProvider:
    case Code.ContestedUndelivered:
      return answerEnd(view, i);
    case Code.Disputed:
    case Code.Arbitrated:
      return rulingEnd(view, i);
    default:
      return undefined;
  }
}
