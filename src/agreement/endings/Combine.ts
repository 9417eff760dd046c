/**
 * Puts the tranches together. They are independent but for the outcome, which is scaled by what was paid of the
 * milestones and may measure their lateness: so for each bound only the combinations that no other beats in money, in
 * share paid and in possible lateness at once are kept, and the outcome is explored against each of them.
 */
import type { Agreement } from "../Agreement.ts";
import * as Account from "../machine/Account.ts";
import { milestonesOf } from "../machine/Draft.ts";
import * as Acts from "./Acts.ts";
import { add, explore, type Found, NOTHING, type Scene, type Sums } from "./Explore.ts";

/** One whole deal: how each tranche ends, and what that brings. */
export type Deal = { sums: Sums; parts: readonly Found[] };

export type Bound = { worst: Deal; best: Deal };
/** For each, by what it receives less what it pays; the client's best is what it spends least. */
export type Bounds = Record<keyof Sums, Bound>;

/** 16 bits of a note. */
const MAX_LATE_DAYS = 65_535;

/** What milestones leave to the outcome. */
type Ground = { shares: readonly number[]; lateDays: number };

type Partial = { sums: Sums; weight: bigint; late: number; parts: readonly Found[] };

export type Combined = {
  bounds: Bounds;
  /** Endings of the outcome on every ground that bounds it; empty without one. */
  outcomes: readonly Found[];
  /** false: a curve that falls with the share accepted makes the worst and best of both parts of the sum, not of the sum. */
  exact: boolean;
};

export function combine(agreement: Agreement, from: number, milestones: readonly (readonly Found[])[]): Combined {
  const parties = ["client", "provider", "platform"] as const;
  if (!agreement.work.payByResult) {
    const bound = (party: keyof Sums): Bound => ({
      worst: sum(milestones, party, -1n),
      best: sum(milestones, party, 1n),
    });
    return {
      bounds: { client: bound("client"), provider: bound("provider"), platform: bound("platform") },
      outcomes: [],
      exact: true,
    };
  }
  const outcomes: Found[] = [];
  const cache = new Map<string, readonly Found[]>();
  const outcomeOn = (ground: Ground): readonly Found[] => {
    const key = [...ground.shares, ground.lateDays].join();
    const known = cache.get(key);
    if (known) return known;
    const scene: Scene = { agreement, tranche: milestonesOf(agreement), from, ...ground };
    const found = explore(scene, Acts.ofOutcome(agreement));
    cache.set(key, found);
    outcomes.push(...found);
    return found;
  };
  for (const ground of outermost(agreement, milestones)) outcomeOn(ground);
  const exact = agreement.outcome.metric !== 3 || rises(agreement);
  const bounds = {} as Bounds;
  for (const party of parties) {
    const extreme = (sign: 1n | -1n): Deal => {
      if (!exact) return sum([...milestones, outcomes], party, sign);
      let best: Deal | undefined;
      for (const partial of unbeaten(agreement, milestones, party, sign)) {
        for (const ground of grounds(agreement, partial)) {
          for (const last of outcomeOn(ground)) {
            const sums = add(partial.sums, last.sums);
            if (!best || sign * (sums[party] - best.sums[party]) > 0n) best = { sums, parts: [...partial.parts, last] };
          }
        }
      }
      return best ?? { sums: NOTHING, parts: [] };
    };
    bounds[party] = { worst: extreme(-1n), best: extreme(1n) };
  }
  return { bounds, outcomes, exact };
}

/** Each tranche's own extreme, added up. */
function sum(tranches: readonly (readonly Found[])[], party: keyof Sums, sign: 1n | -1n): Deal {
  const parts = tranches.flatMap((found) => {
    const [first, ...others] = found;
    if (!first) return [];
    return [others.reduce((best, one) => (sign * (one.sums[party] - best.sums[party]) > 0n ? one : best), first)];
  });
  return { sums: parts.reduce((sums, one) => add(sums, one.sums), NOTHING), parts };
}

/** Whether the curve never falls. */
function rises({ outcome }: Agreement): boolean {
  return outcome.points.every(({ pay }, index) => pay >= (outcome.points[index - 1]?.pay ?? 0n));
}

/**
 * Combinations that no other beats for one party. Whatever the outcome is, a greater share paid brings the provider and
 * the platform no less and costs the client no less; the more lateness is possible, the wider the choice.
 */
function unbeaten(
  agreement: Agreement,
  milestones: readonly (readonly Found[])[],
  party: keyof Sums,
  sign: 1n | -1n,
): Partial[] {
  const likesMore = sign * (party === "client" ? -1n : 1n);
  let front: Partial[] = [{ sums: NOTHING, weight: 0n, late: 0, parts: [] }];
  for (const [i, found] of milestones.entries()) {
    const { amount } = Acts.trancheAt(agreement, i);
    const options = keepUnbeaten(
      found.map((one) => ({
        sums: one.sums,
        weight: amount * BigInt(one.share),
        late: lateness(agreement, one),
        parts: [one],
      })),
      party,
      sign,
      likesMore,
    );
    const joined = front.flatMap((a) =>
      options.map((b) => ({
        sums: add(a.sums, b.sums),
        weight: a.weight + b.weight,
        late: a.late + b.late,
        parts: [...a.parts, ...b.parts],
      })),
    );
    front = keepUnbeaten(joined, party, sign, likesMore);
  }
  return front;
}

function keepUnbeaten(list: Partial[], party: keyof Sums, sign: bigint, likesMore: bigint): Partial[] {
  const beats = (a: Partial, b: Partial) =>
    sign * (a.sums[party] - b.sums[party]) >= 0n && likesMore * (a.weight - b.weight) >= 0n && a.late >= b.late;
  const kept: Partial[] = [];
  for (const one of list) {
    if (kept.some((other) => beats(other, one))) continue;
    const rest = kept.filter((other) => !beats(one, other));
    kept.length = 0;
    kept.push(...rest, one);
  }
  return kept;
}

const lateness = ({ outcome }: Agreement, { delivered }: Found): number =>
  outcome.metric === 2 && delivered ? MAX_LATE_DAYS : 0;

/** What a combination of milestones can leave to the outcome. */
function grounds(agreement: Agreement, { parts, late }: Partial): Ground[] {
  const shares = parts.map(({ share }) => share);
  return latenesses(agreement, late).map((lateDays) => ({ shares, lateDays }));
}

/** Days late at which the curve is extreme: its points, the day before each, none and all. */
function latenesses({ outcome }: Agreement, most: number): number[] {
  if (outcome.metric !== 2) return [0];
  const days = outcome.points
    .flatMap(({ value }) => [value, value - 1n])
    .filter((day) => day >= 0n && day <= BigInt(most));
  return [...new Set([0, most, ...days.map(Number)])];
}

/** Nothing paid, all paid, and, where the share accepted is the metric, that share at each point of the curve. */
function outermost(agreement: Agreement, milestones: readonly (readonly Found[])[]): Ground[] {
  const extreme = (pick: (...shares: number[]) => number): number[] =>
    milestones.map((found) => found.reduce((share, one) => pick(share, one.share), found[0]?.share ?? 0));
  const most = milestones.length * (agreement.outcome.metric === 2 ? MAX_LATE_DAYS : 0);
  const ends = [extreme(Math.min), extreme(Math.max)].flatMap((shares) =>
    latenesses(agreement, most).map((lateDays) => ({ shares, lateDays })),
  );
  if (agreement.outcome.metric !== 3) return ends;
  const values = agreement.outcome.points.flatMap(({ value }) => [value, value - 1n]);
  const reachable = values.filter((value) => value >= 0n && value <= BigInt(Account.WHOLE)).map(Number);
  return [...ends, ...reachable.map((share) => ({ shares: milestones.map(() => share), lateDays: 0 }))];
}
