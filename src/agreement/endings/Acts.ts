/** Acts worth trying on one tranche: every verb of its stage, with extreme shares, rulings and values. */
import type { Act } from "../Act.ts";
import type { Address, Agreement, Tranche } from "../Agreement.ts";
import * as Fee from "../Fee.ts";
import * as Account from "../machine/Account.ts";
import { milestonesOf } from "../machine/Draft.ts";
import { Code, cell, note, type State } from "../State.ts";

/** Values of what is continuous that bound all others. */
export type Extremes = {
  /** Of a part acceptance, bps. */
  shares: readonly number[];
  /** Choices of an arbitrator: 1 is 0 %, 101 is 100 %, 0 the fallback. */
  rulings: readonly bigint[];
  /** Of a reported metric. */
  values: readonly bigint[];
};

/** Anyone: claims and arbitrator's costs need no authority. */
export const ANYONE: Address = "0x00000000000000000000000000000000a1104e11";
/** Number under which the arbitrator knows the dispute. */
export const NUMBER = 1n;

export function trancheAt(agreement: Agreement, i: number): Tranche {
  const tranche = agreement.work.tranches[i];
  if (!tranche) throw new RangeError(`no tranche ${i}`);
  return tranche;
}

export function of(state: State, tranche: number, { shares, rulings, values }: Extremes): Act[] {
  const { parties, arbitration } = state.agreement;
  const { client, provider } = parties;
  const { code, round } = cell(state, tranche);
  const isOutcome = tranche === milestonesOf(state.agreement);
  const { terminable, extender } = trancheAt(state.agreement, tranche);
  const tranches = 1 << tranche;
  const rounds = Array.from({ length: tranche + 1 }, () => round);
  const acts: Act[] = [{ verb: "claim", by: ANYONE, tranche, number: NUMBER }];
  if (!isOutcome) acts.push({ verb: "accept", by: client, tranches, rounds });
  if (terminable) acts.push({ verb: "terminate", by: client, tranches });
  if (extender !== 0) acts.push({ verb: "extend", by: extender === 1 ? client : provider, tranche });
  const contest = (byClient: boolean): Act => ({ verb: "contest", by: byClient ? client : provider, byClient, tranche, round });
  switch (code) {
    case Code.Unfunded:
      acts.push({ verb: "fund", by: client, tranches });
      break;
    case Code.Awaiting:
      for (const value of values) acts.push({ verb: "report", by: ANYONE, value, attested: true });
      break;
    case Code.Active:
    case Code.Rejected:
      acts.push({ verb: "deliver", by: provider, tranche, round }, contest(false));
      break;
    case Code.Delivered:
      acts.push(contest(true));
      if (isOutcome) {
        acts.push(contest(false));
        break;
      }
      acts.push({ verb: "reject", by: client, tranche, round });
      if (note(state, tranche).shareBps === 0) {
        for (const shareBps of shares) acts.push({ verb: "acceptPart", by: client, tranche, round, shareBps });
      }
      break;
    case Code.ContestedByClient:
      acts.push({ verb: "answer", by: provider, tranche, round });
      break;
    case Code.ContestedByProvider:
    case Code.ContestedUndelivered:
      acts.push({ verb: "answer", by: client, tranche, round });
      break;
    case Code.Disputed:
      acts.push({ verb: "arbitrate", by: ANYONE, tranche, cost: 0n, number: NUMBER });
      for (const ruling of rulings) {
        acts.push({ verb: "rulePanel", by: arbitration.arbitrator, tranche, ruling, payees: [arbitration.arbitrator] });
      }
      break;
    case Code.Arbitrated:
      if (state.rulings.length > 0) break;
      for (const ruling of rulings) acts.push({ verb: "rule", by: arbitration.arbitrator, number: NUMBER, ruling });
      break;
    default:
      break;
  }
  return acts;
}

const RULINGS = [1n, 101n, 0n];

/** What bounds a milestone. */
export function ofMilestone(agreement: Agreement, tranche: number): Extremes {
  return { shares: extremeShares(agreement, tranche), rulings: RULINGS, values: [] };
}

/** What bounds an outcome: money is monotone between the points of its curve, lines or steps. */
export function ofOutcome({ outcome }: Agreement): Extremes {
  return { shares: [], rulings: RULINGS, values: outcome.points.map(({ value }) => value) };
}

/**
 * Part shares at which some sum of the tranche is extreme, for each way in which the rest can go: lapsed, paid in full,
 * by the fallback, or for the termination fee. Floors make this a matter of single base units, so all 9,999 are tried.
 */
function extremeShares({ work, arbitration }: Agreement, tranche: number): number[] {
  const { amount, extender, extensionPrice, terminationFee, terminable } = trancheAt({ work } as Agreement, tranche);
  const bases = extender === 2 && extensionPrice > 0n ? [amount, amount - extensionPrice] : [amount];
  const { feeBps } = work;
  const fallback = BigInt(arbitration.fallbackBps);
  const whole = BigInt(Account.WHOLE);
  const shares = new Set<number>();
  for (const base of bases) {
    const ways: ((rest: bigint) => bigint)[] = [() => 0n, (rest) => rest, (rest) => (rest * fallback) / whole];
    if (terminable && terminationFee > 0n) ways.push((rest) => (rest < terminationFee ? rest : terminationFee));
    const best = ways.flatMap(() => [least(), most(), least(), most(), least(), most()]);
    for (let share = 1; share < Account.WHOLE; share++) {
      const part = (base * BigInt(share)) / whole;
      if (part === 0n) continue;
      const partFee = Fee.of(part, feeBps);
      for (const [way, restOf] of ways.entries()) {
        const rest = restOf(base - part);
        const fee = partFee + Fee.of(rest, feeBps);
        const gross = part + rest;
        const sums = [gross, gross, fee, fee, gross - fee, gross - fee];
        for (const [k, sum] of sums.entries()) best[6 * way + k]?.(share, sum);
      }
    }
    for (const one of best) {
      const share = one();
      if (share !== undefined) shares.add(share);
    }
  }
  return [...shares].sort((a, b) => a - b);
}

type Keeper = (share?: number, sum?: bigint) => number | undefined;

const keeper = (isBetter: (sum: bigint, best: bigint) => boolean): Keeper => {
  let best: bigint | undefined;
  let kept: number | undefined;
  return (share, sum) => {
    if (share !== undefined && sum !== undefined && (best === undefined || isBetter(sum, best))) {
      best = sum;
      kept = share;
    }
    return kept;
  };
};
const least = () => keeper((sum, best) => sum < best);
const most = () => keeper((sum, best) => sum > best);
