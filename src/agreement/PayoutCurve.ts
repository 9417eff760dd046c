/** Pay by result: a curve in integers from a metric's value to base units of pay. */
import type { Agreement, Outcome, Point } from "./Agreement.ts";
import { AmountOverflow, AmountTooSmall, PointsUnsorted, TooMany } from "./Errors.ts";
import * as Fee from "./Fee.ts";
import { BadInput, both, type InputError, problemsOf } from "./InputError.ts";
import type { Currency } from "./Money.ts";
import * as Money from "./Money.ts";
import * as Share from "./Share.ts";

export const MAX_POINTS = 8;

/**
 * What a value pays: steps give the pay of the last point at or below it; lines run straight between the points, floored
 * (downwards also where the curve falls), flat after the last. Below the first point, and without points, it is 0.
 *
 * Both products of a line stay under 2^256 for uint128 values and pays, so the contract computes the very same.
 */
export function at(points: readonly Point[], lines: boolean, value: bigint): bigint {
  let pay = 0n;
  for (const [index, point] of points.entries()) {
    if (point.value > value) break;
    const next = points[index + 1];
    pay =
      lines && next && next.value > value
        ? (point.pay * (next.value - value) + next.pay * (value - point.value)) / (next.value - point.value)
        : point.pay;
  }
  return pay;
}

/** What of it is due when only `paid` of the milestones' `total` was paid, both as signed: floored. */
export function scale(pay: bigint, paid: bigint, total: bigint): bigint {
  return (pay * paid) / total;
}

/** What was paid of the milestones and how much they sum to, as signed, in one unit (base units, or base units x bps). */
export type Progress = { paid: bigint; total: bigint };

/** `amounts` as signed, `shares` paid of each in bps; an extension's discount counts as paid, a termination fee does not. */
export function progress(amounts: readonly bigint[], shares: readonly number[]): Progress {
  let paid = 0n;
  let total = 0n;
  for (const [index, units] of amounts.entries()) {
    paid += units * BigInt(shares[index] ?? 0);
    total += units * 10_000n;
  }
  return { paid, total };
}

/** The built-in metric `shareAccepted`: bps of the milestones' sum that were paid, floored. */
export function shareAccepted({ paid, total }: Progress): bigint {
  return (paid * 10_000n) / total;
}

const SHARE_ACCEPTED = 3;

/** What a value pays the provider, gross: scaled by progress, except for `shareAccepted`, which is progress itself. */
export function pay(outcome: Outcome, value: bigint, { paid, total }: Progress): bigint {
  const full = at(outcome.points, outcome.lines, value);
  return outcome.metric === SHARE_ACCEPTED ? full : scale(full, paid, total);
}

/** The most that a ruling divides: the tranche's amount, scaled as `pay` is. */
export function scaledMax(outcome: Outcome, amount: bigint, { paid, total }: Progress): bigint {
  return outcome.metric === SHARE_ACCEPTED ? amount : scale(amount, paid, total);
}

/** A deal the way people state it: "fee 100,000 at 50,000 users, below 70 %, from 120 % of the target 15 % more". */
export type Deal = {
  /** Decimal amount, earned in full at the target. */
  fee: string;
  currency: Currency;
  /** Share of the fee that the milestones pay whatever the result. */
  floor: string;
  /** The metric's value at which the fee is earned in full. */
  target: string;
  /** More of the fee, from a share of the target on; several in rising order. */
  bonus?: Bonus | readonly Bonus[];
  /** `steps` jump, `lines` rise evenly between the points: a cliff at the target invites buying the metric. */
  shape?: "steps" | "lines";
  /** For `lines`: the share of the target at which pay begins to rise; 0 % unless told. */
  risesFrom?: string;
};
export type Bonus = { share: string; from: string };

/** A deal in base units: what to put into milestones, outcome and escrow, and the curve. */
export type Plan = {
  currency: Currency;
  milestones: bigint;
  /** The most that the outcome can pay. */
  outcome: bigint;
  escrow: bigint;
  lines: boolean;
  points: readonly Point[];
};

/**
 * Milestones pay the floor, the outcome the rest. A bonus starts at the first whole value at or above its share of the
 * target. Throws `BadInput` with all problems, fields as in `Deal`.
 */
export function fromDeal(deal: Deal): Plan {
  const problems: InputError[] = [];
  const read = <T>(parse: () => T, otherwise: T): T => {
    const found = problemsOf(parse);
    problems.push(...found);
    return found.length === 0 ? parse() : otherwise;
  };
  const { currency } = deal;
  read(() => Money.currency(currency.code, currency.scale), currency);
  const fee = read(() => Money.parse(deal.fee, currency.scale, "fee", { positive: true }), 1n);
  const floor = read(() => Share.parse(deal.floor, "floor"), 1);
  const target = read(() => Money.parseWhole(deal.target, "target"), 1n);
  const lines = deal.shape === "lines";
  const rises = read(() => Share.parse(deal.risesFrom ?? "0 %", "risesFrom"), 0);

  const milestones = Share.of(fee, floor);
  const points: Point[] = [{ value: 0n, pay: 0n }];
  const add = (field: string, value: bigint, pay: bigint) => {
    const last = points.at(-1)?.value ?? 0n;
    if (value <= last) {
      const expected = both(`a value above ${last}`, `大于 ${last} 的数值`);
      problems.push(new PointsUnsorted({ field, found: value, expected }));
    } else {
      points.push({ value, pay });
    }
  };
  // Rounded up: what is promised from 120 % on is not paid at 119.99 %.
  const ofTarget = (bps: number) => (target * BigInt(bps) + 9_999n) / 10_000n;
  if (lines && ofTarget(rises) > 0n) add("risesFrom", ofTarget(rises), 0n);
  add("target", target, fee - milestones);
  const list: readonly Bonus[] = deal.bonus === undefined ? [] : "from" in deal.bonus ? [deal.bonus] : deal.bonus;
  for (const [index, bonus] of list.entries()) {
    const field = Array.isArray(deal.bonus) ? `bonus[${index}]` : "bonus";
    const share = read(() => Share.parse(bonus.share, `${field}.share`, { max: MAX_SHARE }), 0);
    const known = problems.length;
    const from = read(() => Share.parse(bonus.from, `${field}.from`, { max: MAX_SHARE }), 0);
    if (problems.length === known) add(`${field}.from`, ofTarget(from), fee - milestones + Share.of(fee, share));
  }
  const outcome = points.reduce((most, { pay }) => (pay > most ? pay : most), 0n);
  const isRead = problems.length === 0;
  if (isRead && milestones === 0n)
    problems.push(new AmountTooSmall({ field: "floor", found: deal.floor, expected: POSITIVE }));
  if (isRead && outcome === 0n)
    problems.push(new AmountTooSmall({ field: "bonus", found: deal.bonus, expected: POSITIVE }));
  if (points.length > MAX_POINTS)
    problems.push(new TooMany({ field: "bonus", found: list.length, max: MAX_POINTS - 2 }));
  const escrow = milestones + outcome;
  if (escrow > Money.MAX) {
    problems.push(new AmountOverflow({ field: "fee", found: deal.fee, max: Money.format(Money.MAX, currency.scale) }));
  }
  if (problems.length > 0) throw new BadInput(problems);
  return { currency, milestones, outcome, escrow, lines, points };
}

/** A bonus of a hundred times the fee, or at a hundred times the target, is a slip of the pen. */
const MAX_SHARE = 1_000_000;
const POSITIVE = both(
  "a share that leaves both milestones and outcome something to pay",
  "里程碑与成果均有款可付的比例",
);

/** Who gets what in the end, base units: provider and client gross (they sum to the escrow), fee, and provider net of it. */
export type Simulated = { provider: bigint; client: bigint; fee: bigint; net: bigint };

/**
 * Who gets what at a value of the metric, for a plan or an agreement. Unless told, all milestones were paid in full:
 * `paid` gives the sum paid of a plan's milestones, `shares` the bps paid of each milestone of an agreement. `feeBps` is
 * the platform's for a plan (0 unless told). Under `shareAccepted` the value follows from `shares`.
 */
export function simulate(
  of: Plan | Agreement,
  value: bigint,
  options: { paid?: bigint; shares?: readonly number[]; feeBps?: number } = {},
): Simulated {
  if ("escrow" in of) {
    const paid = options.paid ?? of.milestones;
    const curve = { ...NO_OUTCOME, metric: 1 as const, lines: of.lines, points: of.points };
    return sum([paid, pay(curve, value, { paid, total: of.milestones })], of.escrow, options.feeBps ?? 0);
  }
  const { work, outcome } = of;
  const amounts = work.tranches.map(({ amount }) => amount);
  const escrow = amounts.reduce((total, amount) => total + amount, 0n);
  const milestones = work.payByResult ? amounts.slice(0, -1) : amounts;
  const shares = options.shares ?? milestones.map(() => 10_000);
  const payouts = milestones.map((amount, index) => Share.of(amount, shares[index] ?? 0));
  if (work.payByResult) {
    const reached = progress(milestones, shares);
    const counted = outcome.metric === SHARE_ACCEPTED ? shareAccepted(reached) : value;
    payouts.push(pay(outcome, counted, reached));
  }
  return sum(payouts, escrow, work.feeBps);
}

const NO_OUTCOME: Outcome = { source: "0x", metric: 0, lines: false, defaultValue: 0n, points: [] };

/** The fee is floored at each payout, not on their sum. */
function sum(payouts: readonly bigint[], escrow: bigint, feeBps: number): Simulated {
  const provider = payouts.reduce((total, payout) => total + payout, 0n);
  const fee = payouts.reduce((total, payout) => total + Fee.of(payout, feeBps), 0n);
  return { provider, client: escrow - provider, fee, net: provider - fee };
}
