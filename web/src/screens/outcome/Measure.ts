/** What the outcome pays: by what was reported, by any other value, and at its worst and best. Base units; pure. */

import * as Milestone from "../../../../src/agreement/Milestone.ts";
import * as Outcome from "../../../../src/agreement/Outcome.ts";
import * as PayoutCurve from "../../../../src/agreement/PayoutCurve.ts";
import type { Document, Fact, Standing } from "../../agreement/useStanding.ts";

export type Curve = {
  /** What a value pays, with what was paid of the milestones so far counted in. */
  readonly pay: (value: bigint) => bigint;
  readonly least: bigint;
  readonly most: bigint;
  readonly otherwise: bigint;
  readonly target: bigint;
  /** Share of the milestones that was paid, bps: what the pay is scaled by. */
  readonly scaled: number;
  readonly isOpen: boolean;
};

/** Undefined without an outcome. `isOpen`: milestones can still change what it is scaled by; they count as paid until then. */
export function of(document: Document, { tranches }: Pick<Standing, "tranches">): Curve | undefined {
  const { outcome, milestones, currency, options } = document;
  if (!outcome) return undefined;
  const ledger = Outcome.toLedger(outcome, currency.scale);
  const amounts = milestones.map((one) => Milestone.toTranche(one, options, currency.scale).amount);
  const found = milestones.map(({ name }) => tranches.find((one) => one.name === name));
  const open = found.map((one) => one !== undefined && !ENDED.has(one.stage));
  const shares = found.map((one, i) =>
    one && !open[i] ? Number((BigInt(one.paid) * 10_000n) / (amounts[i] ?? 1n)) : 10_000,
  );
  const progress = PayoutCurve.progress(amounts, shares);
  const pay = (value: bigint) => PayoutCurve.pay(ledger, value, progress);
  const pays = ledger.points.map(({ value }) => pay(value));
  return {
    pay,
    least: pays.reduce((min, one) => (one < min ? one : min), pays[0] ?? 0n),
    most: pays.reduce((max, one) => (one > max ? one : max), 0n),
    otherwise: ledger.defaultValue,
    target: BigInt(outcome.target),
    scaled: Number(PayoutCurve.shareAccepted(progress)),
    isOpen: open.includes(true),
  };
}

const ENDED: ReadonlySet<string> = new Set(["paid", "ended", "terminated", "closed"]);

export type Report = { readonly at: string; readonly value: bigint; readonly stands: boolean };

/** The report that stands, and those that still wait for other reporters. */
export function reports(
  facts: readonly Pick<Fact, "kind" | "at">[],
  acts: readonly {
    readonly verb: string;
    readonly status: string;
    readonly act: Record<string, unknown>;
    readonly createdAt: string;
  }[],
): readonly Report[] {
  const stands = facts.flatMap((fact) => {
    const { kind, at, value } = fact as typeof fact & { value?: unknown };
    return kind === "reported" && typeof value === "string" ? [{ at, value: BigInt(value), stands: true }] : [];
  });
  const waiting = acts.flatMap(({ verb, status, act, createdAt }) =>
    verb === "report" && status === "waiting" && typeof act.value === "string"
      ? [{ at: createdAt, value: BigInt(act.value), stands: false }]
      : [],
  );
  return [...stands, ...waiting];
}
