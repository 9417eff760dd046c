/** What the note must keep of times before a cell's clock is overwritten. */
import { Code } from "../State.ts";
import * as Clock from "./Clock.ts";
import { annotate, cellOf, type Draft, noteOf, trancheOf } from "./Draft.ts";

/** 16 bits of the note; more is this. */
const MAX_LATE_DAYS = 65_535;

/** Keeps what blocking moved due by. */
export function keepShift(draft: Draft, i: number) {
  const isWaiting = cellOf(draft, i).code === Code.Waiting;
  const moved = isWaiting ? Math.max(0, draft.now - trancheOf(draft, i).start) : Clock.blocked(draft, i);
  if (moved > 0) annotate(draft, i, { shift: noteOf(draft, i).shift + moved });
}

/** Notes the days late of a first delivery. */
export function noteLateness(draft: Draft, i: number) {
  addLateDays(draft, i, Clock.daysLate(draft, i));
}

export function addLateDays(draft: Draft, i: number, days: number) {
  if (days > 0) annotate(draft, i, { lateDays: Math.min(MAX_LATE_DAYS, noteOf(draft, i).lateDays + days) });
}
