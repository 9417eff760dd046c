/** Figures behind the simulator: which values can be dragged, and the points of the line that is drawn. */
import type { Agreement } from "../../../../src/agreement/Agreement.ts";
import * as PayoutCurve from "../../../../src/agreement/PayoutCurve.ts";

/** Largest value that can be dragged to: a quarter beyond the last point of the curve; all of a share; a month of days. */
export function mostOf({ outcome: { metric, points } }: Agreement): bigint {
  if (metric === 3) return 10_000n;
  const last = points.at(-1)?.value ?? 0n;
  const beyond = last + last / 4n;
  const least = metric === 2 ? 30n : 10n;
  return beyond > least ? beyond : least;
}

/** A step of 1, 2 or 5 times a power of ten, some two hundred of them to the end. */
export function stepOf(most: bigint): bigint {
  let step = 1n;
  for (;;) {
    for (const times of [1n, 2n, 5n]) if (step * times * 200n >= most) return step * times;
    step *= 10n;
  }
}

/** The nearest of the steps, within what can be dragged. */
export function snap(value: bigint, most: bigint): bigint {
  const step = stepOf(most);
  const near = ((value + step / 2n) / step) * step;
  return near < 0n ? 0n : near > most ? most : near;
}

export type Dot = { value: bigint; net: bigint };

/** What the provider gets in all over the values, ready to be joined by straight lines; a step is two dots at one value. */
export function line(agreement: Agreement, shares: readonly number[]): readonly Dot[] {
  const { outcome } = agreement;
  const most = mostOf(agreement);
  const at = (value: bigint): Dot => ({ value, net: netAt(agreement, value, shares) });
  const stops = outcome.points.map(({ value }) => value).filter((value) => value > 0n && value < most);
  const dots = [at(0n)];
  for (const value of stops) {
    if (!outcome.lines) dots.push({ value, net: netAt(agreement, value - 1n, shares) });
    dots.push(at(value));
  }
  return [...dots, at(most)];
}

/** Of `shareAccepted` the value is asked for itself, not what the shares come to: so the whole line can be drawn. */
function netAt(agreement: Agreement, value: bigint, shares: readonly number[]): bigint {
  if (agreement.outcome.metric !== 3) return PayoutCurve.simulate(agreement, value, { shares }).net;
  return PayoutCurve.simulate(agreement, value, { shares: shares.map(() => Number(value)) }).net;
}

/** The value that counts: of `shareAccepted` it follows from what is accepted. */
export function counted(agreement: Agreement, value: bigint, shares: readonly number[]): bigint {
  if (agreement.outcome.metric !== 3) return value;
  const amounts = agreement.work.tranches.slice(0, -1).map(({ amount }) => amount);
  return PayoutCurve.shareAccepted(PayoutCurve.progress(amounts, shares));
}
