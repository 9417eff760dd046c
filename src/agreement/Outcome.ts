/** Pay by result: what is measured, by whom, when, and what each value pays. */
import * as z from "zod/mini";
import type * as Agreement from "./Agreement.ts";
import { address, amount, time, whole, window, words } from "./Field.ts";
import * as Money from "./Money.ts";
import * as Option from "./Option.ts";
import * as Party from "./Party.ts";
import * as Time from "./Time.ts";

const METRICS = { reported: 1, daysLate: 2, shareAccepted: 3 } as const;

export const schema = z.strictObject({
  title: words,
  /** What is counted, how, and where the figures come from. */
  what: words,
  /** `reported` by `source`; the ledger knows `daysLate` and `shareAccepted` (bps) itself. */
  metric: z.enum(["reported", "daysLate", "shareAccepted"]),
  target: whole,
  unit: words,
  source: z.exactOptional(address),
  measuredAt: time,
  reportBy: time,
  /** How long either side may contest a report. */
  challenge: window,
  shape: z.enum(["steps", "lines"]),
  points: z.array(z.strictObject({ value: whole, pay: amount })),
  /** The value that counts when nobody reports. */
  default: whole,
  /** The most it can pay. */
  amount,
  invoice: z.enum(["before payment", "after payment", "none"]),
  fundBy: z.exactOptional(time),
});

export type Outcome = z.infer<typeof schema>;

/** The outcome's name among tranches. */
export const NAME = "outcome";

/** The outcome as the last tranche: start is measuredAt, due is reportBy, review is the challenge window. */
export function toTranche(outcome: Outcome, options: readonly Option.Option[], scale: number): Agreement.Tranche {
  return {
    amount: Money.parse(outcome.amount, scale),
    start: Time.parse(outcome.measuredAt),
    due: Time.parse(outcome.reportBy),
    review: Time.duration(outcome.challenge),
    cure: 0,
    fundBy: outcome.fundBy === undefined ? 0 : Time.parse(outcome.fundBy),
    ...Option.toTranche(options, NAME, scale),
  };
}

/** The ledger's outcome branch; all zero without one. */
export function toLedger(outcome: Outcome | undefined, scale: number): Agreement.Outcome {
  if (!outcome) return { source: Party.NOBODY, metric: 0, lines: false, defaultValue: 0n, points: [] };
  return {
    source: Party.toAddress(outcome.source),
    metric: METRICS[outcome.metric],
    lines: outcome.shape === "lines",
    defaultValue: Money.parseWhole(outcome.default),
    points: outcome.points.map(({ value, pay }) => ({ value: Money.parseWhole(value), pay: Money.parse(pay, scale) })),
  };
}
