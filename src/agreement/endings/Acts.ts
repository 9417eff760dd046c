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
  const contest = (byClient: boolean): Act => ({
    verb: "contest",
    by: byClient ? client : provider,
    byClient,
    tranche,
    round,
  });
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
 * by the fallback, or for the termination fee. What is paid in all grows with the share, but a fee on two pieces can be
 * one base unit under that on their sum: so from either end the search goes on until no further share can win.
 */
function extremeShares({ work, arbitration }: Agreement, tranche: number): number[] {
  const { amount, extender, extensionPrice, terminationFee, terminable } = trancheAt({ work } as Agreement, tranche);
  const bases = extender === 2 && extensionPrice > 0n ? [amount, amount - extensionPrice] : [amount];
  const fallback = BigInt(arbitration.fallbackBps);
  const ways: ((rest: bigint) => bigint)[] = [() => 0n, (rest) => rest, (rest) => (rest * fallback) / WHOLE];
  if (terminable && terminationFee > 0n) ways.push((rest) => (rest < terminationFee ? rest : terminationFee));
  const shares = new Set<number>();
  for (const base of bases) {
    for (const way of ways) for (const share of extremesOf(base, way, work.feeBps)) shares.add(share);
  }
  return [...shares].sort((a, b) => a - b);
}

const WHOLE = BigInt(Account.WHOLE);

function extremesOf(base: bigint, restOf: (rest: bigint) => bigint, feeBps: number): number[] {
  // A share that pays nothing is no part acceptance.
  const first = Number((WHOLE + base - 1n) / base);
  const last = Account.WHOLE - 1;
  if (first > last) return [];
  const at = (share: number) => {
    const part = (base * BigInt(share)) / WHOLE;
    const rest = restOf(base - part);
    const gross = part + rest;
    const whole = Fee.of(gross, feeBps);
    const fee = Fee.of(part, feeBps) + Fee.of(rest, feeBps);
    return { share, fee, net: gross - fee, wholeFee: whole, wholeNet: gross - whole };
  };
  const search = (from: number, step: 1 | -1): number[] => {
    const start = at(from);
    const sign = BigInt(step);
    let [leastFee, leastNet] = [start, start];
    for (let share = from; share >= first && share <= last; share += step) {
      const one = at(share);
      if (sign * (one.fee - leastFee.fee) < 0n) leastFee = one;
      if (sign * (one.net - leastNet.net) < 0n) leastNet = one;
      // Upwards the least fee may be one under that on the whole; downwards the greatest net one over it.
      const feeDone = leastFee.fee === start.wholeFee - (step === 1 ? 1n : 0n) || one.wholeFee !== start.wholeFee;
      const netDone = leastNet.net === start.wholeNet + (step === 1 ? 0n : 1n) || one.wholeNet !== start.wholeNet;
      if ((feeDone && netDone) || feeBps === 0) break;
    }
    return [from, leastFee.share, leastNet.share];
  };
  return [...search(first, 1), ...search(last, -1)];
}
