/** What a desk would have done on rows that it never saw: the figures of `commenda desk eval`, all fractions. */
import * as Calibration from "./Calibration.ts";
import type { Example } from "./Classifier.ts";
import * as Classifier from "./Classifier.ts";
import * as Embedding from "./Embedding.ts";
import * as Training from "./Training.ts";

export type Kept = { readonly promise: number; readonly automated: number; readonly realised: number | null };

export type Figures = {
  readonly accuracy: number;
  readonly macroF1: number;
  /** Expected calibration error, 15 bins of equal width. */
  readonly ece: number;
  readonly oosAuroc: number | null;
  readonly oosRecallAt95Kept: number | null;
  readonly promises: readonly Kept[];
  /** Share of the traffic that thresholds reckon with outside of scope. */
  readonly outsideShare: number;
  /** Share of all rows that the surest answers are, and how precise those are, at each percent. */
  readonly curve: readonly { readonly answered: number; readonly precision: number }[];
};

/** @param outside Rows of the test that belong to no intent. */
export async function measure(
  trained: Training.Trained,
  test: readonly Example[],
  outside: readonly string[],
  promises: readonly number[],
  encoder?: Embedding.Encoder,
): Promise<Figures> {
  const { classifier, calibration, outsideShare } = trained;
  const texts = [...test.map(({ text }) => text), ...outside];
  const judged = await Training.judge(trained, texts, encoder);
  const names = classifier.classes;
  const answers = judged.map(({ score, judged }, at) => ({
    right: judged.right,
    inside: judged.inside,
    confidence: judged.probabilities[score.best] as number,
    part: score.isDense ? calibration.dense : calibration.plain,
    is: names[score.best] as string,
    own: test[at]?.label,
  }));
  const within = answers.slice(0, test.length);
  const beyond = answers.slice(test.length);
  const isRight = ({ is, own }: (typeof answers)[number]) => is === own;
  const surest = [...answers].sort((one, other) => other.right - one.right);
  let good = 0;
  const running = surest.map((one, at) => {
    if (isRight(one)) good++;
    return { answered: (at + 1) / surest.length, precision: good / (at + 1) };
  });
  return {
    accuracy: within.filter(isRight).length / within.length,
    macroF1: macroF1(within.map(({ is, own }) => ({ is, own: own ?? "" }))),
    ece: calibrationError(within.map((one) => ({ confidence: one.confidence, isRight: isRight(one) }))),
    oosAuroc:
      beyond.length === 0
        ? null
        : auroc(
            within.map(({ inside }) => inside),
            beyond.map(({ inside }) => inside),
          ),
    oosRecallAt95Kept:
      beyond.length === 0
        ? null
        : recallAt(
            within.map(({ inside }) => inside),
            beyond.map(({ inside }) => inside),
            0.95,
          ),
    promises: promises.map((promise) => {
      const least = new Map(
        [calibration.dense, calibration.plain].map((part) => [
          part,
          part ? Calibration.threshold(part, promise, outsideShare) : 2,
        ]),
      );
      const answered = answers.filter(({ part, right }) => right >= (least.get(part) ?? 2));
      return {
        promise,
        automated: answered.length / answers.length,
        realised: answered.length === 0 ? null : answered.filter(isRight).length / answered.length,
      };
    }),
    outsideShare,
    curve: Array.from({ length: 100 }, (_, percent) => {
      const at = Math.ceil(((percent + 1) * running.length) / 100) - 1;
      return running[at] as (typeof running)[number];
    }),
  };
}

/** Mean over the classes of the test, each as much as any other. */
function macroF1(rows: readonly { is: string; own: string }[]): number {
  const names = [...new Set(rows.map(({ own }) => own))];
  const scores = names.map((name) => {
    const hit = rows.filter(({ is, own }) => is === name && own === name).length;
    const all = rows.filter(({ is }) => is === name).length + rows.filter(({ own }) => own === name).length;
    return (2 * hit) / all;
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

const BINS = 15;

function calibrationError(rows: readonly { confidence: number; isRight: boolean }[]): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, isRight } of rows) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))] as (typeof bins)[number];
    bin.count++;
    bin.confidence += confidence;
    bin.right += isRight ? 1 : 0;
  }
  return bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / rows.length;
}

/** Chance that a text within is higher than one beyond; equals count half. */
function auroc(within: readonly number[], beyond: readonly number[]): number {
  const all = [
    ...within.map((value) => ({ value, isIn: true })),
    ...beyond.map((value) => ({ value, isIn: false })),
  ].sort((one, other) => one.value - other.value);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    for (let at = from; at < to; at++) if (all[at]?.isIn) ranks += (from + to + 1) / 2;
    from = to;
  }
  return (ranks - (within.length * (within.length + 1)) / 2) / (within.length * beyond.length);
}

/** Of those beyond, how many are refused when so many of those within are kept. */
function recallAt(within: readonly number[], beyond: readonly number[], kept: number): number {
  const least = [...within].sort((one, other) => other - one)[Math.ceil(within.length * kept) - 1] as number;
  return beyond.filter((value) => value < least).length / beyond.length;
}

/** Texts a second by themselves, one after the other, on one core. */
export function speed(classifier: Classifier.Classifier, texts: readonly string[], seconds = 1): number {
  const plain = { ...classifier, dense: undefined };
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < seconds * 1_000) {
    for (let more = 0; more < 50; more++, done++) Classifier.score(plain, [texts[done % texts.length] as string]);
  }
  return done / ((performance.now() - begin) / 1_000);
}

/** Scores and judges one text, by n-grams alone. */
export function one(classifier: Classifier.Classifier, calibration: Calibration.Calibration, text: string) {
  const [score] = Classifier.score(classifier, [text]);
  return score && Calibration.judge(calibration, score);
}

/** Texts by themselves, one after the other, with embeddings that were not computed before. */
export async function latency(
  trained: Training.Trained,
  texts: readonly string[],
): Promise<{ perSecond: number; p99Ms: number } | undefined> {
  const encoder = await Embedding.open();
  if (!encoder || texts.length === 0) return undefined;
  // The first of all loads the weights.
  await Training.judge(trained, ["warm up"], encoder);
  const times: number[] = [];
  for (const text of texts) {
    const begin = performance.now();
    await Training.judge(trained, [text], encoder);
    times.push(performance.now() - begin);
  }
  times.sort((one, other) => one - other);
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    perSecond: Math.round(times.length / (total / 1_000)),
    p99Ms: Math.round(times[Math.ceil(times.length * 0.99) - 1] as number),
  };
}
