/**
 * One hidden layer over the embeddings: rectified, with dropout and label smoothing, trained by Adam. Where there are few
 * examples it is the mean of several that started differently.
 */
import * as Adam from "./Adam.ts";
import * as Matrix from "./Matrix.ts";
import * as Random from "./Random.ts";

export type Perceptron = {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  /** inputs by hidden, hidden by classes. */
  readonly first: Matrix.Matrix;
  readonly firstBias: Matrix.Matrix;
  readonly second: Matrix.Matrix;
  readonly secondBias: Matrix.Matrix;
};

export type Options = {
  readonly hidden?: number;
  readonly epochs?: number;
  readonly rate?: number;
  readonly seed?: number;
  readonly multiply?: Matrix.Multiply;
};

const BATCH = 64;
const DROPPED_INPUTS = 0.15;
const DROPPED_HIDDEN = 0.3;
const SMOOTHING = 0.1;
const DECAY = 1e-4;

/**
 * @param inputs By row, `width` wide, each entry about 0.3 in size.
 * @param labels -1: belongs to no class, and is told to look like none of them.
 */
export function train(
  inputs: Matrix.Matrix,
  labels: Int32Array<ArrayBuffer>,
  width: number,
  classes: number,
  { hidden = 512, epochs = 12, rate = 1e-3, seed = 1, multiply = Matrix.multiply }: Options = {},
): Perceptron {
  const random = Random.from(seed);
  const count = labels.length;
  const scaled = (size: number, by: number) =>
    Float32Array.from({ length: size }, () => Matrix.normal(random) * Math.sqrt(by));
  const parameters = [
    scaled(width * hidden, 2 / width),
    new Float32Array(hidden),
    scaled(hidden * classes, 1 / hidden),
    new Float32Array(classes),
  ] as const;
  const [first, firstBias, second, secondBias] = parameters;
  const descend = Adam.over(parameters);
  const total = epochs * Math.ceil(count / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = Random.order(count, random);
    for (let from = 0; from < count; from += BATCH) {
      const places = order.subarray(from, from + BATCH);
      const size = places.length;
      const x = Matrix.pick(inputs, places, width);
      for (let at = 0; at < x.length; at++) {
        x[at] = random() < DROPPED_INPUTS ? 0 : (x[at] as number) / (1 - DROPPED_INPUTS);
      }
      const h = multiply(x, first, size, width, hidden);
      /** What each hidden value is worth to what comes after: 0 where it is cut or dropped. */
      const open = new Float32Array(h.length);
      for (let row = 0; row < size; row++) {
        for (let j = 0; j < hidden; j++) {
          const at = row * hidden + j;
          const value = (h[at] as number) + (firstBias[j] as number);
          const passes = value > 0 && random() >= DROPPED_HIDDEN;
          open[at] = passes ? 1 / (1 - DROPPED_HIDDEN) : 0;
          h[at] = passes ? value / (1 - DROPPED_HIDDEN) : 0;
        }
      }
      const gradient = multiply(h, second, size, hidden, classes);
      add(gradient, secondBias, size, classes);
      Matrix.softmax(gradient, size, classes);
      for (let row = 0; row < size; row++) {
        const own = labels[places[row] as number] as number;
        for (let k = 0; k < classes; k++) {
          const wanted = own < 0 ? 1 / classes : SMOOTHING / classes + (k === own ? 1 - SMOOTHING : 0);
          gradient[row * classes + k] = ((gradient[row * classes + k] as number) - wanted) / size;
        }
      }
      const back = multiply(gradient, Matrix.transpose(second, hidden, classes), size, classes, hidden);
      for (let at = 0; at < back.length; at++) back[at] = (back[at] as number) * (open[at] as number);
      const gradients = [
        multiply(Matrix.transpose(x, size, width), back, width, size, hidden),
        Matrix.sums(back, size, hidden),
        multiply(Matrix.transpose(h, size, hidden), gradient, hidden, size, classes),
        Matrix.sums(gradient, size, classes),
      ];
      step++;
      // Rises over the first 100 steps, then falls to nothing.
      const pace = rate * Math.min(1, step / 100) * (1 - step / (total + 1));
      descend(gradients, [pace, pace, pace, pace], [DECAY, 0, DECAY, 0]);
    }
  }
  return { inputs: width, hidden, classes, first, firstBias, second, secondBias };
}

/** Logits of `count` rows, by row. */
export function score(
  { inputs: width, hidden, classes, first, firstBias, second, secondBias }: Perceptron,
  rows: Matrix.Matrix,
  multiply: Matrix.Multiply = Matrix.multiply,
): Matrix.Matrix {
  const count = rows.length / width;
  const h = multiply(rows, first, count, width, hidden);
  add(h, firstBias, count, hidden);
  for (let at = 0; at < h.length; at++) if ((h[at] as number) < 0) h[at] = 0;
  const logits = multiply(h, second, count, hidden, classes);
  add(logits, secondBias, count, classes);
  return logits;
}

function add(rows: Matrix.Matrix, bias: Matrix.Matrix, count: number, width: number) {
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < width; j++) rows[row * width + j] = (rows[row * width + j] as number) + (bias[j] as number);
  }
}
