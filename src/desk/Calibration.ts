/**
 * How sure one may be of a score: the probability of each intent, whether a text lies outside all of them, and the
 * threshold above which answers keep a promised precision, on texts that the classifier was not trained on.
 */
import type { Score } from "./Classifier.ts";
import * as Logistic from "./Logistic.ts";
import * as Random from "./Random.ts";

/** A text that was scored by a classifier that never saw it. */
export type Case = {
  readonly score: Score;
  /** Place of its true class; -1: outside all of them. */
  readonly own: number;
};

export type Calibration = {
  /** Apart for texts that the embeddings read, and for the others. */
  readonly dense: Part | undefined;
  readonly plain: Part | undefined;
};

/** What `threshold` weighs: one answer of the past, judged by a fold that did not see it. */
export type Past = {
  readonly probability: number;
  readonly best: number;
  readonly isRight: boolean;
  readonly isOutside: boolean;
};

export type Part = {
  readonly temperature: number;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Of answers being right; the last signal is how reliable the class has been. */
  readonly judge: Logistic.Logistic;
  /** By class: log-odds of its answers being right, drawn to those of all. */
  readonly reliability: readonly number[];
  /** The lowest nearness of all but 5 % of the texts within scope. */
  readonly edge: number;
  readonly past: readonly Past[];
};

export type Judged = {
  /** Of each class being the one, if any is. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** Of the best class being right, outside texts reckoned with. */
  readonly right: number;
  /** How much it is like a text within scope: the higher the more. */
  readonly inside: number;
  readonly isOutside: boolean;
};

const FOLDS = 5;
/** One-sided, at 80 %. */
const Z = 0.8416;
/** Answers of a class that count as much as what is known of all classes. */
const PRIOR = 10;

/**
 * @param share Of all traffic that is outside of scope: how much the outside cases count.
 */
export function fit(cases: readonly Case[], classes: number, share: number): Calibration {
  const isDense = cases.filter(({ score }) => score.isDense);
  const isPlain = cases.filter(({ score }) => !score.isDense);
  return { dense: fitPart(isDense, classes, share), plain: fitPart(isPlain, classes, share) };
}

function fitPart(cases: readonly Case[], classes: number, share: number): Part | undefined {
  const inside = cases.filter(({ own }) => own >= 0);
  if (inside.length < 20) return undefined;
  const width = cases[0]?.score.signals.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => inside.map(({ score }) => score.signals[j] as number));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map(
    (column, j) =>
      Math.sqrt(column.reduce((sum, value) => sum + (value - (means[j] as number)) ** 2, 0) / column.length) || 1,
  );
  const outside = cases.length - inside.length;
  const weigh = ({ own }: Case) =>
    outside === 0 ? 1 : own >= 0 ? ((1 - share) * cases.length) / inside.length : (share * cases.length) / outside;
  const isRight = (one: Case) => one.own === one.score.best;
  const temperature = cool(inside);
  const random = Random.from(7);
  const fold = cases.map(() => Math.floor(random() * FOLDS));
  const part = (chosen: readonly Case[]) => {
    const reliability = reliabilityOf(chosen, classes);
    const rows = chosen.map((one) => signalsOf(one.score, means, deviations, reliability));
    return { reliability, judge: Logistic.fit(rows, chosen.map(isRight), chosen.map(weigh)) };
  };
  const past: Past[] = [];
  for (let k = 0; k < FOLDS; k++) {
    const { judge, reliability } = part(cases.filter((_, at) => fold[at] !== k));
    for (const [at, one] of cases.entries()) {
      if (fold[at] !== k) continue;
      past.push({
        probability: Logistic.probability(judge, signalsOf(one.score, means, deviations, reliability)),
        best: one.score.best,
        isRight: isRight(one),
        isOutside: one.own < 0,
      });
    }
  }
  const heights = inside.map(({ score }) => nearness(score, means, deviations)).sort((one, other) => one - other);
  return {
    temperature,
    means,
    deviations,
    ...part(cases),
    edge: heights[Math.floor(heights.length * 0.05)] ?? 0,
    past: past.sort((one, other) => other.probability - one.probability),
  };
}

/** Height of the best class, and nearness to the nearest training text: what parts inside from outside best. */
function nearness({ signals }: Score, means: readonly number[], deviations: readonly number[]): number {
  const z = (j: number) => ((signals[j] as number) - (means[j] as number)) / (deviations[j] as number);
  return z(0) + 0.5 * z(2);
}

function signalsOf(
  { signals, best }: Score,
  means: readonly number[],
  deviations: readonly number[],
  reliability: readonly number[],
): readonly number[] {
  const all = signals.map((value, j) => (value - (means[j] as number)) / (deviations[j] as number));
  // A text like no other is no surer than one far inside.
  const capped = all.map((value) => Math.max(-6, Math.min(6, value)));
  return [...capped, Math.min(0, capped[1] as number), Math.min(0, capped[0] as number), reliability[best] ?? 0];
}

function reliabilityOf(cases: readonly Case[], classes: number): readonly number[] {
  const right = new Float64Array(classes);
  const all = new Float64Array(classes);
  for (const { score, own } of cases) {
    if (own < 0) continue;
    all[score.best] = (all[score.best] as number) + 1;
    if (own === score.best) right[score.best] = (right[score.best] as number) + 1;
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const overall = (sum(right) + 1) / (sum(all) + 2);
  const odds = (p: number) => Math.log(p / (1 - p));
  return Array.from(right, (value, k) => {
    const p = (value + PRIOR * overall) / ((all[k] as number) + PRIOR);
    return odds(Math.min(0.999, p)) - odds(overall);
  });
}

/** Of one case: as if its class had a probability of 1e-12. */
const MOST_LOSS = 27.6;

/** The temperature at which the probabilities of the true classes are likeliest. */
function cool(cases: readonly Case[]): number {
  const loss = (temperature: number) => {
    let whole = 0;
    for (const { score, own } of cases) {
      let best = Number.NEGATIVE_INFINITY;
      for (const value of score.total) best = Math.max(best, value);
      let sum = 0;
      for (const value of score.total) sum += Math.exp((value - best) / temperature);
      whole += Math.min(MOST_LOSS, Math.log(sum) - ((score.total[own] as number) - best) / temperature);
    }
    return whole;
  };
  let [low, high] = [Math.log(0.05), Math.log(20)];
  for (let round = 0; round < 40; round++) {
    const [one, other] = [low + (high - low) / 3, high - (high - low) / 3];
    if (loss(Math.exp(one)) < loss(Math.exp(other))) high = other;
    else low = one;
  }
  return Math.exp((low + high) / 2);
}

function softmax(total: Float32Array, temperature: number): Float32Array<ArrayBuffer> {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of total) best = Math.max(best, value);
  const all = Float32Array.from(total, (value) => Math.exp((value - best) / temperature));
  const sum = all.reduce((whole, value) => whole + value, 0);
  return all.map((value) => value / sum);
}

/** Judges a score; a part that could not be calibrated is sure of nothing. */
export function judge(calibration: Calibration, score: Score): Judged {
  const part = score.isDense ? calibration.dense : calibration.plain;
  if (!part) return { probabilities: softmax(score.total, 1), right: 0, inside: -9, isOutside: true };
  const inside = nearness(score, part.means, part.deviations);
  return {
    probabilities: softmax(score.total, part.temperature),
    right: Logistic.probability(part.judge, signalsOf(score, part.means, part.deviations, part.reliability)),
    inside,
    isOutside: inside < part.edge,
  };
}

/**
 * The lowest probability at which answers keep the promise: with every answer above it, what was outside weighted to
 * its share of the traffic, the one-sided 80 % bound of the precision is no lower than promised. The bound is that of
 * the sum of two Poisson counts, wrong answers inside and answers outside, each taken as one more than was seen.
 * @returns more than 1, if no threshold does.
 */
export function threshold({ past }: Part, promise: number, share: number): number {
  const outside = past.filter(({ isOutside }) => isOutside).length;
  const [insideWeight, outsideWeight] =
    outside === 0 ? [1 / past.length, 0] : [(1 - share) / (past.length - outside), share / outside];
  let [kept, wrong, strangers] = [0, 0, 0];
  let found = 2;
  for (const [at, one] of past.entries()) {
    kept += one.isOutside ? outsideWeight : insideWeight;
    if (one.isOutside) strangers++;
    else if (!one.isRight) wrong++;
    const next = past[at + 1];
    if (next && next.probability === one.probability) continue;
    const error = wrong * insideWeight + strangers * outsideWeight;
    const doubt = Z * Math.sqrt((wrong + 1) * insideWeight ** 2 + (strangers + 1) * outsideWeight ** 2);
    if (1 - (error + doubt) / kept >= promise) found = one.probability;
  }
  return found;
}

/** Of every share of the traffic, how precise its surest answers have been: `{ answered, precision }`. */
export function curve({ past }: Part, share: number): readonly { answered: number; precision: number }[] {
  const outside = past.filter(({ isOutside }) => isOutside).length;
  const [insideWeight, outsideWeight] =
    outside === 0 ? [1 / past.length, 0] : [(1 - share) / (past.length - outside), share / outside];
  let [answered, right] = [0, 0];
  return past.map((one) => {
    answered += one.isOutside ? outsideWeight : insideWeight;
    if (one.isRight) right += insideWeight;
    return { answered, precision: right / answered };
  });
}
