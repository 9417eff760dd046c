/** From a client's history to a classifier and what may be promised of it. */
import { Normal } from "../text/index.ts";
import * as Calibration from "./Calibration.ts";
import * as Classifier from "./Classifier.ts";
import * as Embedding from "./Embedding.ts";
import * as Matrix from "./Matrix.ts";
import * as Random from "./Random.ts";

export type Trained = {
  readonly classifier: Classifier.Classifier;
  readonly calibration: Calibration.Calibration;
  /** Share of the traffic that is expected outside of scope. */
  readonly outsideShare: number;
  /** What was found in the history. */
  readonly notes: Notes;
};

export type Notes = {
  readonly examples: number;
  /** Texts that stand there with several labels; the most frequent is kept, of equals none. */
  readonly contradictory: number;
  /** Classes with fewer than five examples: too few to be answered alone. */
  readonly thin: readonly string[];
  /** Rows of what was set aside for calibration whose label the history does not know. */
  readonly unseen: number;
};

export type Options = {
  /** For thresholds, and learnt after them where it is at most half of the history; without it, the history itself is judged in folds. */
  readonly valid?: readonly Classifier.Example[];
  /** Texts that are outside of all intents. */
  readonly outside?: readonly string[];
  /** By default the share of `outside` among all that is calibrated on. */
  readonly outsideShare?: number | undefined;
  readonly encoder?: Embedding.Encoder | undefined;
  readonly seed?: number;
  readonly progress?: (stage: "embedding" | "training" | "calibrating", done: number) => void;
};

const FOLDS = 3;
/** Of so many examples half are enough to learn what the other half is judged by. */
const MANY = 10_000;
/** With fewer examples an intent, its name is an example too: `card_arrival` says something. */
const FEW = 20;
const THIN = 5;
/** Of more examples than that the encoder's last layer is not taught: it brought nothing and takes ten minutes. */
const MOST_TAUGHT = 10_000;
/** Where a history is judged in folds, and so learnt four times, it is taught only by so many. */
const MOST_TAUGHT_IN_FOLDS = 1_500;
/**
 * What set the thresholds is learnt too once they stand, unless it is so much that they would be those of another
 * classifier: a fraction of the history.
 */
const MOST_OF_HISTORY = 0.5;

export async function train(history: readonly Classifier.Example[], options: Options = {}): Promise<Trained> {
  const { encoder, seed = 1, valid = [], outside = [], progress } = options;
  const { examples, contradictory } = settle(history);
  const classes = [...new Set(examples.map(({ label }) => label))].sort();
  const texts = examples.map(({ text }) => text);
  const places = new Map(classes.map((name, at) => [name, at]));
  const known = valid.filter(({ label }) => places.has(label));
  const names = examples.length < FEW * classes.length ? namesOf(classes) : [];
  const taught = [...examples, ...names];
  const whole = [...taught, ...known];
  const isTaught = whole.length <= (known.length > 0 ? MOST_TAUGHT : MOST_TAUGHT_IN_FOLDS);
  const told = (done: number) => progress?.("embedding", done);
  const all = encoder && (await readingOf(encoder, isTaught, whole.map(textOf), told));
  const reading = all && Embedding.part(all, 0, taught.length);
  progress?.("training", 0);
  const first = Classifier.train(taught, classes, reading, { encoder, seed });
  progress?.("calibrating", 0);
  const multiply = encoder?.multiply ?? Matrix.multiply;
  const cases: Calibration.Case[] = [];
  if (known.length > 0) {
    const seen = Classifier.score(
      first,
      known.map(({ text }) => text),
      all && Embedding.part(all, taught.length, whole.length),
      multiply,
    );
    for (const [at, score] of seen.entries()) cases.push({ score, own: places.get(known[at]?.label ?? "") ?? -1 });
  } else {
    const random = Random.from(seed);
    const folds = examples.length > MANY ? 2 : FOLDS;
    const fold = examples.map(() => Math.floor(random() * folds));
    for (let k = 0; k < folds; k++) {
      const [rest, held] = [false, true].map((isHeld) =>
        Array.from(examples.keys()).filter((at) => (fold[at] === k) === isHeld),
      ) as [number[], number[]];
      if (rest.length === 0 || held.length === 0) continue;
      const some = (chosen: readonly number[]) => reading && Embedding.pick(reading, chosen);
      const learnt = [...rest, ...names.map((_, at) => examples.length + at)];
      const one = Classifier.train(
        learnt.map((at) => taught[at] as Classifier.Example),
        classes,
        some(learnt),
        { encoder, seed },
      );
      const seen = Classifier.score(
        one,
        held.map((at) => texts[at] as string),
        some(held),
        multiply,
      );
      for (const [at, score] of seen.entries()) {
        cases.push({ score, own: places.get(examples[held[at] as number]?.label ?? "") ?? -1 });
      }
    }
  }
  const strangers = await scores(first, outside, encoder);
  for (const score of strangers) cases.push({ score, own: -1 });
  const outsideShare = options.outsideShare ?? strangers.length / Math.max(1, cases.length);
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  const learnsAll = known.length > 0 && known.length <= MOST_OF_HISTORY * examples.length;
  progress?.("training", 0);
  const classifier = learnsAll ? Classifier.train(whole, classes, all, { encoder, seed }) : first;
  return {
    classifier,
    calibration: Calibration.fit(cases, classes.length, outsideShare),
    outsideShare,
    notes: {
      examples: examples.length,
      contradictory,
      thin: classes.filter((name) => (counts.get(name) ?? 0) < THIN),
      unseen: valid.length - known.length,
    },
  };
}

/** Names of intents as people would write them; those that are no words say nothing. */
function namesOf(classes: readonly string[]): readonly Classifier.Example[] {
  return classes.flatMap((label) => {
    const text = label
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    return /\p{L}{3}|\p{Script=Han}{2}/u.test(text) ? [{ text, label }] : [];
  });
}

/** One label a text. */
function settle(history: readonly Classifier.Example[]) {
  const labels = new Map<string, Map<string, number>>();
  for (const { text, label } of history) {
    const key = Normal.normalise(text);
    const counts = labels.get(key) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    labels.set(key, counts);
  }
  let contradictory = 0;
  const kept = new Map<string, string | undefined>();
  for (const [key, counts] of labels) {
    const [first, second] = [...counts].sort(([, one], [, other]) => other - one);
    if (second) contradictory++;
    kept.set(key, second && second[1] === first?.[1] ? undefined : first?.[0]);
  }
  const examples = history.filter(({ text, label }) => kept.get(Normal.normalise(text)) === label);
  return { examples, contradictory };
}

const textOf = ({ text }: Classifier.Example): string => text;

async function readingOf(
  encoder: Embedding.Encoder,
  withStates: boolean,
  texts: readonly string[],
  progress?: (done: number) => void,
): Promise<Embedding.Reading> {
  if (withStates) return encoder.read(texts, progress);
  return { vectors: await encoder.embed(texts, progress), states: undefined };
}

/** Texts that are read and scored at once: what the encoder makes of them is held as long. */
const CHUNK = 512;

async function scores(
  classifier: Classifier.Classifier,
  texts: readonly string[],
  encoder?: Embedding.Encoder,
): Promise<readonly Classifier.Score[]> {
  const { dense } = classifier;
  const all: Classifier.Score[] = [];
  for (let from = 0; from < texts.length; from += CHUNK) {
    const some = texts.slice(from, from + CHUNK);
    const reading = dense && encoder && (await readingOf(encoder, dense.tuned !== undefined, some));
    all.push(...Classifier.score(classifier, some, reading, encoder?.multiply));
  }
  return all;
}

/** Scores and judges texts. */
export async function judge(
  { classifier, calibration }: Pick<Trained, "classifier" | "calibration">,
  texts: readonly string[],
  encoder?: Embedding.Encoder,
): Promise<readonly { score: Classifier.Score; judged: Calibration.Judged }[]> {
  const all = await scores(classifier, texts, encoder);
  return all.map((score) => ({ score, judged: Calibration.judge(calibration, score) }));
}
