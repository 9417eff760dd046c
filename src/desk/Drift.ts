/** Promised and realised precision, week by week, and an alarm where chance alone would hardly explain the difference. */
import type { Line } from "./Log.ts";

export type Week = {
  /** Unix seconds of its Monday, 00:00 UTC. */
  readonly from: number;
  readonly tickets: number;
  readonly answered: number;
  /** Answers that a person corrected, or that were reopened. */
  readonly wrong: number;
  /** Right of answered, what nobody corrected taken as right; nothing where none was answered. */
  readonly realised: number | undefined;
  /** Share of the tickets that were like nothing the desk has learnt. */
  readonly outside: number;
  readonly alarms: readonly ("precision" | "outside")[];
};

const WEEK = 604_800;
/** 1970 began on a Thursday. */
const MONDAY = 4 * 86_400;
/** How improbable it must be: once in a hundred weeks in which all is well. */
const RARE = 0.01;

export function weekly(lines: readonly Line[], promise: number, outsideShare: number): readonly Week[] {
  const weeks = new Map<number, { tickets: number; answered: Set<string>; wrong: Set<string>; outside: number }>();
  const weekOf = new Map<string, number>();
  for (const { kind, at, what } of lines) {
    const ticket = String(what.ticket);
    if (kind === "decision") {
      const from = Math.floor((at - MONDAY) / WEEK) * WEEK + MONDAY;
      const week = weeks.get(from) ?? { tickets: 0, answered: new Set(), wrong: new Set(), outside: 0 };
      weeks.set(from, week);
      weekOf.set(ticket, from);
      week.tickets++;
      if (what.outcome === "answered") week.answered.add(ticket);
      if (what.reason === "outside") week.outside++;
    }
    const week = weeks.get(weekOf.get(ticket) ?? Number.NaN);
    if ((kind === "correction" || kind === "reopened") && week?.answered.has(ticket)) week.wrong.add(ticket);
  }
  return [...weeks]
    .sort(([one], [other]) => one - other)
    .map(([from, { tickets, answered, wrong, outside }]) => ({
      from,
      tickets,
      answered: answered.size,
      wrong: wrong.size,
      realised: answered.size === 0 ? undefined : 1 - wrong.size / answered.size,
      outside: outside / tickets,
      alarms: [
        ...(atLeast(wrong.size, answered.size, 1 - promise) < RARE ? (["precision"] as const) : []),
        ...(atLeast(outside, tickets, Math.max(outsideShare, 0.05)) < RARE ? (["outside"] as const) : []),
      ],
    }));
}

/** Chance of at least so many of `count` when each has the chance `p` (binomial). */
function atLeast(many: number, count: number, p: number): number {
  if (many === 0) return 1;
  let logChoose = 0;
  let below = 0;
  for (let k = 0; k < many; k++) {
    below += Math.exp(logChoose + k * Math.log(p) + (count - k) * Math.log1p(-p));
    logChoose += Math.log((count - k) / (k + 1));
  }
  return Math.max(0, 1 - below);
}
