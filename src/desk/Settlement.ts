/** What a delivery comes to: the tickets that the desk answered alone and that stayed solved. */
import { type Agreement, PayoutCurve } from "../agreement/index.ts";
import type { Line } from "./Log.ts";

export type Count = {
  /** Answered without a person between the two times. */
  readonly answered: number;
  /** Reopened within the days agreed, or corrected by a person: not owed. */
  readonly reopened: number;
  /** Answered so late that the days are not over: counted in the next period. */
  readonly open: number;
  /** The value that both sign and the outcome of the agreement pays by. */
  readonly solved: number;
};

const DAY = 86_400;

/**
 * @param days Within which a reopened ticket is not owed.
 * @param from, to Unix seconds; the period is closed at its end, counted at `now`.
 */
export function count(lines: readonly Line[], days: number, from: number, to: number, now: number): Count {
  const answeredAt = new Map<string, number>();
  const undone = new Set<string>();
  for (const { at, kind, what } of lines) {
    const ticket = String(what.ticket);
    if (kind === "decision" && what.outcome === "answered" && at >= from && at < to && !answeredAt.has(ticket)) {
      answeredAt.set(ticket, at);
    }
    const answered = answeredAt.get(ticket);
    if (answered === undefined || (kind !== "reopened" && kind !== "correction")) continue;
    if (at - answered <= days * DAY) undone.add(ticket);
  }
  const due = [...answeredAt].filter(([, at]) => now - at > days * DAY).map(([ticket]) => ticket);
  const reopened = due.filter((ticket) => undone.has(ticket)).length;
  return {
    answered: answeredAt.size,
    reopened,
    open: answeredAt.size - due.length,
    solved: due.length - reopened,
  };
}

/** The service level: of the tickets that people had to answer by a time in the period, how many they did. */
export type Level = { readonly due: number; readonly met: number };

/** @param from, to Unix seconds between which the time to answer ran out. */
export function level(lines: readonly Line[], from: number, to: number): Level {
  const dues = new Map<string, number>();
  const closed = new Map<string, number>();
  for (const { at, kind, what } of lines) {
    const ticket = String(what.ticket);
    if (kind === "decision" && what.outcome === "handed") {
      const { due } = (what.routed ?? {}) as { due?: unknown };
      if (typeof due === "number") dues.set(ticket, due);
    }
    if (kind === "closed" && !closed.has(ticket)) closed.set(ticket, at);
  }
  const due = [...dues].filter(([, by]) => by >= from && by < to);
  return { due: due.length, met: due.filter(([ticket, by]) => (closed.get(ticket) ?? Infinity) <= by).length };
}

/** What a value pays by the curve of the agreement, in base units; the curve's last point is the cap on the budget. */
export function pay(value: bigint, points: readonly Agreement.Point[], lines: boolean): bigint {
  return PayoutCurve.at(points, lines, value);
}
