/**
 * A track record, from settlements alone. What a settlement says weighs as much as the credit behind it: parties that someone
 * vouches for (anchors) bring credit of their own, everyone else can only hand on what has reached them, and what is handed on no
 * longer speaks for who hands it on. So credit is conserved, and a ring that pays itself weighs no more than what came in from outside.
 */
import * as Quality from "./Quality.ts";

export type Settled = {
  readonly agreement: string;
  /** Unix seconds. */
  readonly at: number;
  readonly client: string;
  readonly provider: string;
  /** Names of the taxonomy. */
  readonly skills: readonly string[];
  /** What the provider was paid, in base units of one currency. */
  readonly value: bigint;
  /**
   * What went back to the client because the provider failed, where it is known apart: then a dispute says nothing beside it. It
   * weighs without credit behind it, since the provider signed for it too.
   */
  readonly lost?: bigint;
  readonly onTime: boolean;
  readonly dispute: "none" | "won" | "lost" | "split";
  /** Outcome against target in bps, 10,000 as agreed; nothing where none was agreed. */
  readonly outcome?: number;
  /** How the money was held. */
  readonly held: "token" | "custody" | "direct";
};

export type Credit = {
  /** By agreement: the credit that still speaks for its provider, in base units. */
  readonly behind: ReadonlyMap<string, bigint>;
  /** By party: what it holds in the end, which is the sum of the above over its agreements, but for what is rounded off. */
  readonly held: ReadonlyMap<string, bigint>;
};

/**
 * Goes through settlements in the order of time. `cap` is the most credit that one client gives one provider, in base units. Money
 * paid directly was seen by nobody: it carries no credit. Nor does what one pays to oneself.
 */
export function creditOf(
  settled: readonly Settled[],
  { anchors, cap }: { anchors: ReadonlySet<string>; cap: bigint },
): Credit {
  const came = new Map<string, bigint>();
  const received = new Map<string, bigint>();
  const held = new Map<string, bigint>();
  const given = new Map<string, bigint>();
  const add = (to: Map<string, bigint>, name: string, credit: bigint) => to.set(name, (to.get(name) ?? 0n) + credit);
  const ordered = inOrder(settled);
  for (const { agreement, client, provider, value, held: how } of ordered) {
    const pair = JSON.stringify([client, provider]);
    const isSeen = how !== "direct" && client !== provider && value > 0n;
    const wanted = isSeen ? least(value, cap - (given.get(pair) ?? 0n)) : 0n;
    const credit = anchors.has(client) ? wanted : least(wanted, held.get(client) ?? 0n);
    if (!anchors.has(client)) add(held, client, -credit);
    add(held, provider, credit);
    add(received, provider, credit);
    add(given, pair, credit);
    add(came, agreement, credit);
  }
  const behind = new Map<string, bigint>();
  for (const { agreement, provider } of ordered) {
    const whole = received.get(provider) ?? 0n;
    const share = (came.get(agreement) ?? 0n) * (held.get(provider) ?? 0n);
    behind.set(agreement, whole === 0n ? 0n : share / whole);
  }
  return { behind, held };
}

const least = (one: bigint, other: bigint) => (one < other ? one : other);

/** By time, and of one moment by name: whoever has the same settlements goes through them alike. */
function inOrder(settled: readonly Settled[]): readonly Settled[] {
  return [...settled].sort((one, other) => one.at - other.at || (one.agreement < other.agreement ? -1 : 1));
}

/** The part of what was paid for that was kept: nothing after a lost dispute, half after a split or too late. */
export function keptOf({ onTime, dispute, outcome, lost }: Settled): number {
  const judged = lost === undefined ? dispute : "none";
  if (judged === "lost") return 0;
  const share = judged === "split" || !onTime ? 0.5 : 1;
  return outcome === undefined ? share : share * Math.min(1, Math.max(0, outcome / 10_000));
}

export type Line = {
  readonly settlements: number;
  readonly value: bigint;
  /** What went back because the provider failed. */
  readonly lost: bigint;
  /** What of the value counts: the credit behind it. */
  readonly credit: bigint;
  readonly onTime: number;
  readonly disputes: { readonly won: number; readonly lost: number; readonly split: number };
  /** Mean outcome against target, in bps, over those that had one; nothing if none had. */
  readonly outcome: number | undefined;
  readonly counterparties: number;
  readonly held: { readonly token: number; readonly custody: number; readonly direct: number };
  /** The share of promises that is kept at least, from 0 to 1. */
  readonly quality: number;
};

/** `unit`: the credit, in base units, that counts as one whole observation. */
export type Options = { readonly anchors: ReadonlySet<string>; readonly cap: bigint; readonly unit: bigint };

/** The record of a provider: over all (`""`) and by skill. */
export function recordOf(
  settled: readonly Settled[],
  provider: string,
  { unit, ...options }: Options,
): ReadonlyMap<string, Line> {
  const { behind } = creditOf(settled, options);
  const own = inOrder(settled).filter((each) => each.provider === provider && each.client !== provider);
  const skills = [...new Set(own.flatMap((each) => each.skills))].sort();
  return new Map(
    ["", ...skills].map((skill) => {
      const some = skill === "" ? own : own.filter((each) => each.skills.includes(skill));
      return [skill, lineOf(some, behind, unit, options.cap)] as const;
    }),
  );
}

/** One line of a record, over some settlements and the credit behind them. `cap`: the most that one client's losses weigh. */
export function lineOf(some: readonly Settled[], behind: Credit["behind"], unit: bigint, cap = 20n * unit): Line {
  const count = (is: (each: Settled) => boolean) => some.filter(is).length;
  const outcomes = some.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
  const creditBehind = (each: Settled) => behind.get(each.agreement) ?? 0n;
  // Whole thousandths: a quotient of two large numbers would not be exact.
  const weightOf = (amount: bigint) => Number((amount * 1_000n) / unit) / 1_000;
  const losses = new Map<string, bigint>();
  let [kept, broken] = [0, 0];
  for (const each of some) {
    const weight = weightOf(creditBehind(each));
    const before = losses.get(each.client) ?? 0n;
    const lost = least(each.lost ?? 0n, cap - before);
    losses.set(each.client, before + lost);
    kept += weight * keptOf(each);
    broken += weight * (1 - keptOf(each)) + weightOf(lost);
  }
  return {
    settlements: some.length,
    value: some.reduce((sum, { value }) => sum + value, 0n),
    lost: some.reduce((sum, { lost = 0n }) => sum + lost, 0n),
    credit: some.reduce((sum, each) => sum + creditBehind(each), 0n),
    onTime: count(({ onTime }) => onTime),
    disputes: {
      won: count(({ dispute }) => dispute === "won"),
      lost: count(({ dispute }) => dispute === "lost"),
      split: count(({ dispute }) => dispute === "split"),
    },
    outcome:
      outcomes.length === 0 ? undefined : Math.round(outcomes.reduce((sum, each) => sum + each, 0) / outcomes.length),
    counterparties: new Set(some.map(({ client }) => client)).size,
    held: {
      token: count(({ held }) => held === "token"),
      custody: count(({ held }) => held === "custody"),
      direct: count(({ held }) => held === "direct"),
    },
    quality: Quality.atLeast({ kept, broken }),
  };
}
