/** Named pauses (春节, 国庆) in which review windows stand still. Times are Unix minutes, intervals half-open. */
import type { Pause } from "./Agreement.ts";

export const MAX_PAUSES = 4;
/** 30 days. */
export const MAX_PAUSE_MINUTES = 43_200;

/**
 * The minute at which `minutes` of unpaused time have passed since `startMinute`. A window that would start within a
 * pause starts at its end. `pauses` are sorted and disjoint.
 *
 * The end of a review: `add(pauses, deliveredAt + 1, review)`, since the minute of the act itself is not counted.
 */
export function add(pauses: readonly Pause[], startMinute: number, minutes: number): number {
  let at = startMinute;
  let remaining = minutes;
  for (const { from, until } of pauses) {
    if (until <= at) continue;
    if (from >= at + remaining) break;
    if (at < from) remaining -= from - at;
    at = until;
  }
  return at + remaining;
}

/** Unpaused minutes in `[from, until)`. */
export function between(pauses: readonly Pause[], from: number, until: number): number {
  let paused = 0;
  for (const pause of pauses) paused += Math.max(0, Math.min(until, pause.until) - Math.max(from, pause.from));
  return Math.max(0, until - from) - paused;
}
