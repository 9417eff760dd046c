/**
 * How well a way of ranking finds who did it, judged one requirement after the other by what was known before it. What happened at
 * one moment is asked before any of it is revealed.
 */
import { Bm25, Log, Token } from "../text/index.ts";
import * as Case from "./Case.ts";

/** Asked and told in turns. A way of ranking keeps what it learns to itself. */
export type Way = {
  /** Providers, best first. */
  rank(request: Case.Request): readonly string[];
  reveal(known: Case.Case): void;
};

export type Figures = {
  top1: number;
  top5: number;
  top10: number;
  mrr20: number;
  ndcg10: number;
  queriesPerSecond: number;
  indexSeconds: number;
  memoryMb: number;
};

/** What the machine tells: seconds from any beginning, and megabytes in use. */
export type Gauge = { seconds(): number; megabytes(): number };

/** Places, beginning with 1, of who did each; `Infinity` where it was not found at all. */
export function figuresOf(places: readonly number[]): Omit<Figures, "queriesPerSecond" | "indexSeconds" | "memoryMb"> {
  const mean = (worth: (place: number) => number) =>
    places.reduce((sum, place) => sum + worth(place), 0) / Math.max(1, places.length);
  const within = (most: number) => mean((place) => (place <= most ? 1 : 0));
  return {
    top1: within(1),
    top5: within(5),
    top10: within(10),
    mrr20: mean((place) => (place <= 20 ? 1 / place : 0)),
    // One answer is right, so that the ideal gain is 1.
    ndcg10: mean((place) => (place <= 10 ? Math.LN2 / Log.ln(place + 1) : 0)),
  };
}

export type Data = { readonly train: readonly Case.Case[]; readonly test: readonly Case.Case[] };

/** What of `train` is older than all of `test`: that may be learnt from. */
export function learnable({ train, test }: Data): readonly Case.Case[] {
  const begin = test[0]?.at ?? Number.POSITIVE_INFINITY;
  return train.filter(({ at }) => at < begin);
}

/**
 * Asks a way for each of `test` in the order of time, with all that is older known to it, of `train` as of `test`. `see`
 * is told each place and ranking.
 */
export function run(
  way: Way,
  { train, test }: Data,
  gauge: Gauge,
  see?: (place: number, ranking: readonly string[], known: Case.Case) => void,
): Figures {
  const begun = gauge.seconds();
  const first = test[0]?.at ?? Number.POSITIVE_INFINITY;
  let shown = 0;
  /** What of `train` comes to be known before a moment. */
  const revealUntil = (at: number) => {
    for (let next = train[shown]; next && next.at < at; next = train[++shown]) way.reveal(next);
  };
  revealUntil(first);
  const indexSeconds = gauge.seconds() - begun;
  const places: number[] = [];
  let spent = 0;
  for (let from = 0; from < test.length; ) {
    const to = from + Case.together(test, from);
    revealUntil((test[from] as Case.Case).at);
    for (let at = from; at < to; at++) {
      const known = test[at] as Case.Case;
      const { id, at: when, area, title } = known;
      const asked = gauge.seconds();
      const ranking = way.rank({ id, at: when, area, title });
      spent += gauge.seconds() - asked;
      const place = ranking.indexOf(known.provider) + 1 || Number.POSITIVE_INFINITY;
      places.push(place);
      see?.(place, ranking, known);
    }
    for (; from < to; from++) way.reveal(test[from] as Case.Case);
  }
  return {
    ...figuresOf(places),
    queriesPerSecond: spent > 0 ? test.length / spent : 0,
    indexSeconds,
    memoryMb: gauge.megabytes(),
  };
}

/** The simple ways that every other one has to beat. */
export const BASELINES: Readonly<Record<string, () => Way>> = {
  mostFrequent() {
    const counts = new Map<string, number>();
    return {
      rank: () => [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name),
      reveal: ({ provider }) => void counts.set(provider, (counts.get(provider) ?? 0) + 1),
    };
  },
  /** Who was last at work in the area, then who was anywhere. */
  mostRecentInArea() {
    const anywhere = new Set<string>();
    const areas = new Map<string, Set<string>>();
    const latest = (set: Set<string>, name: string) => {
      set.delete(name);
      set.add(name);
    };
    return {
      rank: ({ area }) => [...new Set([...[...(areas.get(area) ?? [])].reverse(), ...[...anywhere].reverse()])],
      reveal({ area, provider }) {
        latest(anywhere, provider);
        const here = areas.get(area) ?? new Set();
        areas.set(area, here);
        latest(here, provider);
      },
    };
  },
  /** The 50 likest cases by plain BM25, each a vote of its score. */
  bm25Vote() {
    const index = Bm25.create();
    const who: string[] = [];
    return {
      rank({ title }) {
        const votes = new Map<string, number>();
        for (const { document, score } of Bm25.search(index, Token.tokens(title), 50)) {
          const name = who[document] as string;
          votes.set(name, (votes.get(name) ?? 0) + score);
        }
        return [...votes].sort(([, one], [, other]) => other - one).map(([name]) => name);
      },
      reveal({ title, provider }) {
        Bm25.add(index, Token.tokens(title));
        who.push(provider);
      },
    };
  },
};
