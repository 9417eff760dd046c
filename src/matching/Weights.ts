/** What the features of a candidate count for: learnt from past cases, the same for everyone who learns from the same. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import * as z from "zod/mini";
import { Errors, InputError } from "../agreement/index.ts";
import * as Case from "./Case.ts";
import type { Way } from "./Evaluation.ts";
import { columnsOf, FEATURES, WIDTH } from "./Feature.ts";
import * as Forest from "./Forest.ts";
import * as History from "./History.ts";

const { both } = InputError;

/** How a title is read and a feature computed; a change of either is another number. */
export const READING = 2;

const numbers = z.array(z.number());
const columns = z.array(z.int().check(z.minimum(-1), z.maximum(WIDTH - 1)));
const nodes = z.array(z.int().check(z.minimum(0)));

export const schema = z.strictObject({
  reading: z.literal(READING),
  /** What they were learnt from: how many cases, Unix seconds of the first and last, SHA-256 of all; nothing: given by us. */
  learnt: z.nullable(z.strictObject({ cases: z.int(), from: z.int(), to: z.int(), hash: z.string() })),
  /** What the parts of a brief, a profile and a record count for. */
  market: z.strictObject({
    /** All skills that are wanted against none. */
    skills: z.number(),
    /** Each e-fold of what is kept at least, against who has no record. */
    quality: z.number(),
    /** The whole budget against nothing of it. */
    price: z.number(),
    /** All days of the term free against none. */
    calendar: z.number(),
    /** The likest work elsewhere that the provider tells of, however much it tells. */
    claims: z.number(),
  }),
  /** By feature: a score is the sum of what each counts for ... */
  linear: z.record(z.string(), z.number()),
  /** ... and of the trees. */
  trees: z.array(z.strictObject({ feature: columns, threshold: numbers, left: nodes, right: nodes, value: numbers })),
});

export type Weights = z.infer<typeof schema>;

const MARKET = { skills: 4, quality: 1.5, price: 0.5, calendar: 0.5, claims: 0.3 };

/** What counts where nothing was learnt and providers are known by their cases alone. */
export const GIVEN: Weights = {
  reading: READING,
  learnt: null,
  market: MARKET,
  linear: {
    "vote 120 d": 1,
    "vote in area 500 d": 0.3,
    "area share 30 d": 0.5,
    "share 2 d": 0.3,
    "share 30 d": 0.3,
  },
  trees: [],
};

/**
 * What counts among providers with profiles, where nothing was learnt: what a case can give is bounded, so that in a young market
 * one likely case does not outweigh everything else.
 */
export const YOUNG: Weights = {
  reading: READING,
  learnt: null,
  market: MARKET,
  linear: { "nearest of all": 2, "nearest of late": 1, "share of own work in area": 1, cases: 0.2 },
  trees: [],
};

/** Throws `BadInput`: a broken tree would be a ranking of nothing. */
export function parse(value: unknown): Weights {
  const parsed = schema.safeParse(value);
  const expected = both("weights as `commenda match learn` writes them", "`commenda match learn` 所写出的权重");
  const refuse = (field: string, found: unknown) =>
    new InputError.BadInput([new Errors.WrongForm({ field, found, expected })]);
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.path.join(".") || "weights", value);
  const unknown = Object.keys(parsed.data.linear).find((name) => !FEATURES.some((feature) => feature.name === name));
  if (unknown) throw refuse(`linear.${unknown}`, parsed.data.linear[unknown]);
  for (const [at, { feature, threshold, left, right, value: values }] of parsed.data.trees.entries()) {
    const size = feature.length;
    const isWhole = [threshold, left, right, values].every(({ length }) => length === size) && size > 0;
    // Children come after their parent, so that every way down ends.
    const isDown = feature.every(
      (column, node) =>
        column < 0 || [left[node], right[node]].every((child) => child !== undefined && child > node && child < size),
    );
    if (!isWhole || !isDown) throw refuse(`trees[${at}]`, size);
  }
  return parsed.data;
}

/** SHA-256 of any value in its canonical form. */
export function hashOf(value: unknown): string {
  return `0x${bytesToHex(sha256(utf8ToBytes(canonicalize(value) ?? "")))}`;
}

/** The version of weights: their hash. */
export const versionOf = (weights: Weights): string => hashOf(weights);

export type LearnOptions = Partial<Forest.Options> & {
  /** The latest requirements that are learnt from; those before them only make the history. */
  readonly most?: number;
  /** Candidates of each, the hit among them. */
  readonly candidates?: number;
  /** Parts of the score left out. */
  readonly parts?: readonly string[];
};

/** Learns from cases in the order of their time. `told` hears how far it is, from 0 to 1. */
export function learn(
  cases: readonly Case.Case[],
  { most = 16_000, candidates = 32, parts = [], ...options }: LearnOptions = {},
  told?: (share: number) => void,
): Weights {
  const history = History.create();
  // The first tenth is history only: who would be ranked by nothing?
  const begin = Math.max(cases.length - most, Math.floor(cases.length / 10));
  const sizes: number[] = [];
  const hits: number[] = [];
  const chunks: Float32Array[] = [];
  for (let from = 0; from < cases.length; ) {
    const to = from + Case.together(cases, from);
    for (let at = from; at < to && at >= begin; at++) {
      const known = cases[at] as Case.Case;
      const found = History.candidates(history, known, { most: candidates });
      const hit = found.order.indexOf(history.numberOf.get(known.provider) ?? -1);
      if (hit < 0 || hit >= found.judged) continue;
      sizes.push(found.judged);
      hits.push(hit);
      chunks.push(found.rows);
    }
    for (; from < to; from++) History.reveal(history, cases[from] as Case.Case);
    told?.((from / cases.length) * 0.5);
  }
  const rows = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const chunk of chunks) {
    rows.set(chunk, place);
    place += chunk.length;
  }
  chunks.length = 0;
  const settings = { ...Forest.DEFAULTS, ...options, without: columnsOf(parts) };
  const sample = { width: WIDTH, rows, sizes, hits };
  const trees = Forest.fit(sample, settings, (grown) => told?.(0.5 + (grown / settings.trees) * 0.5));
  const [first, last] = [cases[0], cases.at(-1)];
  const learnt = { cases: cases.length, from: first?.at ?? 0, to: last?.at ?? 0, hash: hashOf(cases) };
  return {
    reading: READING,
    learnt,
    market: MARKET,
    linear: {},
    trees: trees.map((tree) => ({ ...tree })) as Weights["trees"],
  };
}

/** What a row of features is worth. */
export function score({ linear, trees }: Weights, rows: Float32Array, offset: number): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(linear)) sum += weight * (rows[offset + columnOf(name)] as number);
  return sum + Forest.score(trees, rows, offset);
}

/** What each feature of a row gives to its score, beside what all rows are given alike. */
export function explain({ linear, trees }: Weights, row: Float32Array): { base: number; parts: Float64Array } {
  const parts = new Float64Array(WIDTH);
  for (const [name, weight] of Object.entries(linear)) {
    const column = columnOf(name);
    parts[column] = (parts[column] as number) + weight * (row[column] as number);
  }
  return { base: Forest.explain(trees, row, parts), parts };
}

const columnNumbers = new Map(FEATURES.map(({ name }, column) => [name, column]));
const columnOf = (name: string) => columnNumbers.get(name) ?? 0;

export type Judged = { readonly who: number; readonly score: number; readonly row: Float32Array };

/** The candidates by what they are worth, best first; of equals the one that the first glance prefers. */
export function judge(weights: Weights, { order, rows, judged }: History.Candidates): readonly Judged[] {
  return Array.from({ length: judged }, (_, place) => ({
    who: order[place] as number,
    score: score(weights, rows, place * WIDTH),
    row: rows.subarray(place * WIDTH, (place + 1) * WIDTH),
  })).sort((one, other) => other.score - one.score);
}

/** Ranking by weights, as a way to be evaluated. */
export function way(weights: Weights, history: History.History = History.create()): Way {
  return {
    rank(request) {
      const found = History.candidates(history, request);
      const best = judge(weights, found).map(({ who }) => who);
      return [...best, ...found.order.slice(found.judged)].map((who) => history.providers[who]?.name ?? "");
    },
    reveal: (known) => History.reveal(history, known),
  };
}
