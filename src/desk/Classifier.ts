/**
 * What gives a text its intents: planes over n-grams for every language and, for English where embeddings are installed,
 * the encoder's own last layer, taught on the examples, a perceptron and a discriminant over the embeddings, all added
 * up. It only scores; how sure one may be of a score is `Calibration`'s.
 */
import { Script } from "../text/index.ts";
import * as Discriminant from "./Discriminant.ts";
import * as Embedding from "./Embedding.ts";
import * as Feature from "./Feature.ts";
import * as Linear from "./Linear.ts";
import * as Matrix from "./Matrix.ts";
import * as Perceptron from "./Perceptron.ts";
import * as Tuning from "./Tuning.ts";

export type Example = { readonly text: string; readonly label: string };

export type Dense = {
  /** Of the training texts' embeddings, by column. */
  readonly mean: Matrix.Matrix;
  readonly deviation: Matrix.Matrix;
  readonly perceptrons: readonly Perceptron.Perceptron[];
  readonly discriminant: Discriminant.Discriminant;
  /** Absent in models of before, and where the examples are too many. */
  readonly tuned: Tuning.Tuned | undefined;
  /** What one unit of each scorer's spread is. */
  readonly perceptronSpread: number;
  readonly discriminantSpread: number;
  readonly tunedSpread: number;
  readonly perceptronShare: number;
  readonly discriminantShare: number;
  readonly tunedShare: number;
  /** The training texts' own vectors, by column, then text, to find the nearest. */
  readonly memory: Matrix.Matrix;
  readonly memoryLabels: Int32Array<ArrayBuffer>;
};

export type Classifier = {
  readonly classes: readonly string[];
  readonly vocabulary: Feature.Vocabulary;
  readonly planes: Linear.Planes;
  readonly planesSpread: number;
  readonly dense: Dense | undefined;
};

/** What the scorers say of one text. */
export type Score = {
  /** By class. */
  readonly total: Matrix.Matrix;
  readonly best: number;
  readonly isEnglish: boolean;
  /** Whether it was read by the embeddings too. */
  readonly isDense: boolean;
  /** In an order that `Calibration` knows; 0 where there is no such signal. */
  readonly signals: readonly number[];
};

/** Half of the embedding is compared with that of the training texts. */
const MEMORY = Embedding.WIDTH / 2;
const MOST_REMEMBERED = 20_000;
/**
 * What the scorers count beside the n-grams, in units of their spreads: of few examples by three draws of ten an intent
 * from BANKING77's training rows, judged on others of them, of many by every sixth of those rows.
 */
const SHARES = {
  few: { perceptronShare: 1, discriminantShare: 0.3, tunedShare: 5 },
  many: { perceptronShare: 1.5, discriminantShare: 0.3, tunedShare: 1.5 },
  fewUntaught: { perceptronShare: 1.5, discriminantShare: 1, tunedShare: 0 },
  manyUntaught: { perceptronShare: 1.5, discriminantShare: 0.3, tunedShare: 0 },
};
/** Length of an embedding as the perceptron gets it: about 0.3 an entry. */
const LENGTH = 0.3 * Math.sqrt(Embedding.WIDTH);
const VERY_FEW = 1_000;
const FEW = 3_000;
const MANY = 10_000;
/** Examples that a perceptron is shown, the same ones counted again in each epoch. */
const SEEN = 180_000;
/** The same of the encoder's last layer, which takes far longer. */
const TUNING_SEEN = 12_000;

export type Options = { readonly encoder?: Embedding.Encoder | undefined; readonly seed?: number };

/** @param reading Of the examples' texts, where the encoder has read them. */
export function train(
  examples: readonly Example[],
  classes: readonly string[],
  reading: Embedding.Reading | undefined,
  { encoder, seed = 1 }: Options = {},
): Classifier {
  const texts = examples.map(({ text }) => text);
  const places = new Map(classes.map((name, at) => [name, at]));
  const labels = Int32Array.from(examples, ({ label }) => places.get(label) ?? -1);
  const vocabulary = Feature.learn(texts);
  const rows = Feature.rows(vocabulary, texts);
  const exact = Linear.train(rows, labels, classes.length, { seed });
  const planes = { ...exact, weights: Matrix.rounded(exact.weights, classes.length) };
  // Of a quarter of the texts: it is only a unit.
  const sample = Array.from(texts.keys()).filter((row) => row % 4 === 0);
  const planesSpread = spread(Linear.score(planes, Feature.pick(rows, sample)));
  const english = Array.from(texts.keys()).filter((row) => Script.language(texts[row] as string) !== "zh");
  const canEmbed = reading !== undefined && encoder !== undefined && english.length >= 2 * classes.length;
  const dense = canEmbed
    ? trainDense(
        english.length === texts.length ? reading : Embedding.pick(reading, english),
        Int32Array.from(english, (row) => labels[row] as number),
        classes.length,
        encoder,
        seed,
      )
    : undefined;
  return { classes, vocabulary, planes, planesSpread, dense };
}

function trainDense(
  { vectors, states }: Embedding.Reading,
  labels: Int32Array<ArrayBuffer>,
  classes: number,
  { multiply }: Embedding.Encoder,
  seed: number,
): Dense {
  const width = Embedding.WIDTH;
  const count = labels.length;
  const { mean, deviation } = measure(vectors);
  const inputs = standardise(vectors, mean, deviation);
  const isFew = count < FEW;
  // Several that began differently are steadier than one; with more examples they agree anyhow.
  const many = count < VERY_FEW ? 3 : count < MANY ? 2 : 1;
  const epochs = count < VERY_FEW ? 40 : Math.round(Math.min(25, Math.max(12, SEEN / count)));
  const discriminant = Discriminant.train(inputs, labels, width, classes, multiply);
  const perceptrons = Array.from({ length: many }, (_, more) => {
    const exact = Perceptron.train(inputs, labels, width, classes, { epochs, seed: seed + more, multiply });
    const first = Matrix.rounded(exact.first, exact.hidden);
    return { ...exact, first, second: Matrix.rounded(exact.second, classes) };
  });
  const rounds = Math.round(Math.min(14, Math.max(4, TUNING_SEEN / count)));
  const tuned =
    states &&
    Tuning.rounded(Tuning.train(states, labels, classes, { mean, deviation }, { epochs: rounds, seed, multiply }));
  const every4th = Array.from(labels.keys()).filter((row) => row % 4 === 0);
  const sample = Matrix.pick(inputs, every4th, width);
  const remembered = Math.min(count, MOST_REMEMBERED);
  const memory = new Float32Array(MEMORY * remembered);
  for (let row = 0; row < remembered; row++) {
    const own = nearness(vectors.subarray(row * width, row * width + MEMORY), mean);
    for (let j = 0; j < MEMORY; j++) memory[j * remembered + row] = own[j] as number;
  }
  return {
    mean,
    deviation,
    perceptrons,
    discriminant,
    tuned,
    perceptronSpread: spread(perceptron(perceptrons, sample, multiply)),
    discriminantSpread: spread(Discriminant.score(discriminant, sample, multiply)),
    tunedSpread:
      tuned && states ? spread(Tuning.score(tuned, { mean, deviation }, Tuning.pick(states, every4th), multiply)) : 1,
    ...SHARES[tuned ? (isFew ? "few" : "many") : isFew ? "fewUntaught" : "manyUntaught"],
    memory: Matrix.rounded(memory, remembered),
    memoryLabels: labels.slice(0, remembered),
  };
}

/** Mean and deviation of embeddings, by column. */
export function measure(vectors: Matrix.Matrix): { mean: Matrix.Matrix; deviation: Matrix.Matrix } {
  const width = Embedding.WIDTH;
  const count = vectors.length / width;
  const mean = new Float32Array(width);
  const deviation = new Float32Array(width);
  for (let at = 0; at < vectors.length; at++) {
    mean[at % width] = (mean[at % width] as number) + (vectors[at] as number) / count;
  }
  for (let at = 0; at < vectors.length; at++) {
    const off = (vectors[at] as number) - (mean[at % width] as number);
    deviation[at % width] = (deviation[at % width] as number) + off ** 2 / count;
  }
  for (let j = 0; j < width; j++) deviation[j] = Math.sqrt(deviation[j] as number) + 1e-6;
  return { mean, deviation };
}

/** Each half by its own measure, then all texts of one length. */
export function standardise(vectors: Matrix.Matrix, mean: Matrix.Matrix, deviation: Matrix.Matrix): Matrix.Matrix {
  const width = mean.length;
  const half = width / 2;
  const all = new Float32Array(vectors.length);
  for (let from = 0; from < vectors.length; from += half) {
    const column = from % width;
    let squares = 0;
    for (let j = 0; j < half; j++) {
      const value = ((vectors[from + j] as number) - (mean[column + j] as number)) / (deviation[column + j] as number);
      all[from + j] = value;
      squares += value * value;
    }
    const scale = LENGTH / Math.sqrt(2 * (squares || 1));
    for (let j = 0; j < half; j++) all[from + j] = (all[from + j] as number) * scale;
  }
  return all;
}

/** What is compared with the memory: from the mean of all, of length 1. */
function nearness(half: Matrix.Matrix, mean: Matrix.Matrix): Matrix.Matrix {
  const own = half.map((value, j) => value - (mean[j] as number));
  const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0)) || 1;
  return own.map((value) => value / length);
}

function perceptron(
  all: readonly Perceptron.Perceptron[],
  inputs: Matrix.Matrix,
  multiply: Matrix.Multiply,
): Matrix.Matrix {
  const scores = all.map((one) => Perceptron.score(one, inputs, multiply));
  const [first = new Float32Array()] = scores;
  return first.map((_, at) => scores.reduce((sum, one) => sum + (one[at] as number), 0) / scores.length);
}

function spread(values: Matrix.Matrix): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
}

const most = (values: Matrix.Matrix): number => {
  let best = 0;
  for (let k = 1; k < values.length; k++) if ((values[k] as number) > (values[best] as number)) best = k;
  return best;
};

const CHUNK = 256;

/** Names of the signals, in their order. */
export const SIGNALS = [
  "height",
  "gap",
  "nearest",
  "nGramHeight",
  "perceptronHeight",
  "discriminantHeight",
  "scorersAgree",
  "neighbourAgrees",
  "known",
  "tunedHeight",
] as const;

/** Of texts and, where the encoder has read them, what it read. */
export function score(
  { classes, vocabulary, planes, planesSpread, dense }: Classifier,
  texts: readonly string[],
  reading?: Embedding.Reading,
  multiply: Matrix.Multiply = Matrix.multiply,
): readonly Score[] {
  const count = classes.length;
  const width = Embedding.WIDTH;
  const scores: Score[] = [];
  const one = Feature.room();
  for (let from = 0; from < texts.length; from += CHUNK) {
    const chunk = texts.slice(from, from + CHUNK);
    const languages = chunk.map((text) => Script.language(text));
    const own = dense && reading && Embedding.part(reading, from, from + chunk.length);
    let read:
      | { logits: Matrix.Matrix; distances: Matrix.Matrix; near: Matrix.Matrix; tuned: Matrix.Matrix | undefined }
      | undefined;
    if (dense && own) {
      const raw = own.vectors;
      const inputs = standardise(raw, dense.mean, dense.deviation);
      const places = new Float32Array(chunk.length * MEMORY);
      for (let row = 0; row < chunk.length; row++) {
        places.set(nearness(raw.subarray(row * width, row * width + MEMORY), dense.mean), row * MEMORY);
      }
      read = {
        logits: perceptron(dense.perceptrons, inputs, multiply),
        distances: Discriminant.score(dense.discriminant, inputs, multiply),
        near: multiply(places, dense.memory, chunk.length, MEMORY, dense.memoryLabels.length),
        tuned: dense.tuned && own.states && Tuning.score(dense.tuned, dense, own.states, multiply),
      };
    }
    for (const [row, text] of chunk.entries()) {
      Feature.vector(vocabulary, text, one);
      const margins = new Float32Array(count);
      Linear.margins(planes, one.columns, one.values, 0, one.length, margins);
      const total = margins.map((value) => value / planesSpread);
      const known = one.known;
      const language = languages[row];
      if (!dense || !read || language === "zh" || !own || !hasAny(own.vectors, row * width)) {
        const best = most(total);
        const height = total[best] as number;
        scores.push({
          total,
          best,
          isEnglish: language === "en",
          isDense: false,
          signals: [height, gap(total, best), 0, height, 0, 0, 0, 0, known],
        });
        continue;
      }
      const logits = read.logits.subarray(row * count, (row + 1) * count);
      const distances = read.distances.subarray(row * count, (row + 1) * count);
      const near = read.near.subarray(row * dense.memoryLabels.length, (row + 1) * dense.memoryLabels.length);
      const plain = most(total);
      const plainHeight = total[plain] as number;
      const heights = read.tuned?.subarray(row * count, (row + 1) * count);
      for (let k = 0; k < count; k++) {
        total[k] =
          (total[k] as number) +
          (dense.tunedShare * (heights?.[k] ?? 0)) / dense.tunedSpread +
          (dense.perceptronShare * (logits[k] as number)) / dense.perceptronSpread +
          (dense.discriminantShare * (distances[k] as number)) / dense.discriminantSpread;
      }
      const best = most(total);
      const neighbour = most(near);
      const [p, d] = [most(logits), most(distances)];
      scores.push({
        total,
        best,
        isEnglish: language === "en",
        isDense: true,
        signals: [
          total[best] as number,
          gap(total, best),
          near[neighbour] as number,
          plainHeight,
          (logits[p] as number) / dense.perceptronSpread,
          (distances[d] as number) / dense.discriminantSpread,
          plain === (heights ? most(heights) : p) ? 1 : 0,
          dense.memoryLabels[neighbour] === best ? 1 : 0,
          known,
          ...(heights ? [(heights[most(heights)] as number) / dense.tunedSpread] : []),
        ],
      });
    }
  }
  return scores;
}

function hasAny(vectors: Matrix.Matrix, from: number): boolean {
  for (let j = from; j < from + 8; j++) if (vectors[j] !== 0) return true;
  return false;
}

function gap(total: Matrix.Matrix, best: number): number {
  let second = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < total.length; k++) if (k !== best) second = Math.max(second, total[k] as number);
  return total.length > 1 ? (total[best] as number) - second : 1;
}
