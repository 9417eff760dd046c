/**
 * What the ledger's facts of one agreement say about its provider. Payouts and refunds alone are read; what the terms add (skills,
 * currency, target) comes from what both signed.
 */
import type { Settled } from "./Reputation.ts";

/** A payout, a refund or the outcome's settling, as the ledger tells it. Amounts in base units, times in Unix seconds. */
export type Moved =
  | {
      readonly kind: "paid";
      readonly at: number;
      readonly cause: string;
      readonly amount: bigint;
      readonly onTime: boolean;
      readonly disputed: boolean;
    }
  | { readonly kind: "refunded"; readonly at: number; readonly cause: string; readonly amount: bigint }
  | { readonly kind: "outcomeSettled"; readonly at: number; readonly value: bigint };

/** Kinds of facts that are read. */
export const KINDS = ["paid", "refunded", "outcomeSettled"] as const;

/** What is known of it beside. */
export type About = Pick<Settled, "agreement" | "client" | "provider" | "skills" | "held"> & {
  readonly currency: { readonly code: string; readonly scale: number };
  /** Of the outcome that was agreed. */
  readonly target?: bigint;
};

/**
 * Whole units of a currency that count as one observation: about a week of one person's work, by the order of magnitude. Others
 * count as the dollar does.
 */
export const OBSERVATION: Readonly<Record<string, bigint>> = {
  USD: 2_000n,
  EUR: 2_000n,
  GBP: 2_000n,
  CNY: 10_000n,
  JPY: 200_000n,
};

/** One observation in the units that `Settled` amounts have: whatever the currency, so that they add up. */
export const UNIT = 1_000_000n;
/** The most that one client gives one provider. */
export const CAP = 20n * UNIT;

/** Amounts in millionths of an observation. */
export function weigh(amount: bigint, { code, scale }: About["currency"]): bigint {
  return (amount * UNIT) / ((OBSERVATION[code] ?? 2_000n) * 10n ** BigInt(scale));
}

/** Money that was ruled on, by people or because nobody ruled. */
const RULED: ReadonlySet<string> = new Set(["Ruling", "Fallback", "Forfeit"]);
/** Money that went back because of the provider: not delivered in time, not mended, or ruled so. */
const FAILED: ReadonlySet<string> = new Set(["Deadline", ...RULED]);
/** Money that was paid for work: by what time it came says something. */
const WORK: ReadonlySet<string> = new Set(["Acceptance", "PartAcceptance", "Silence", ...RULED]);

/** Ten times the target: what lies above says no more. */
const MOST = 100_000n;

/** Nothing while no money has moved. */
export function read(
  { agreement, client, provider, skills, held, currency, target }: About,
  moved: readonly Moved[],
): Settled | undefined {
  const paid = moved.filter((each) => each.kind === "paid");
  const refunded = moved.filter((each) => each.kind === "refunded");
  if (paid.length + refunded.length === 0) return undefined;
  const all = sums(moved);
  const [won, lost] = [sum(paid, RULED), sum(refunded, RULED)];
  const wasRuled = won + lost > 0n;
  const outcome = moved.find((each) => each.kind === "outcomeSettled");
  const bps = outcome && target ? (outcome.value * 10_000n) / target : undefined;
  return {
    ...{ agreement, client, provider, skills, held },
    at: Math.max(...moved.map(({ at }) => at)),
    value: weigh(all.paid, currency),
    lost: weigh(all.lost, currency),
    onTime: paid.every(({ cause, onTime }) => onTime || !WORK.has(cause)) && all.lost === 0n,
    dispute: !wasRuled ? "none" : lost === 0n ? "won" : won === 0n ? "lost" : "split",
    ...(bps === undefined ? {} : { outcome: Number(bps < MOST ? bps : MOST) }),
  };
}

const sum = (some: readonly { readonly amount: bigint; readonly cause: string }[], causes?: ReadonlySet<string>) =>
  some.reduce((total, { amount, cause }) => (!causes || causes.has(cause) ? total + amount : total), 0n);

/** What was paid, and what went back because the provider failed; base units. */
export const sums = (moved: readonly Moved[]) => ({
  paid: sum(moved.filter((each) => each.kind === "paid")),
  lost: sum(
    moved.filter((each) => each.kind === "refunded"),
    FAILED,
  ),
});
