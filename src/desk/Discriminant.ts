/**
 * Linear discriminant analysis: how near a text's embedding lies to the mean of each class, measured by how embeddings
 * scatter within classes (Mahalanobis), shrunk towards a sphere. Closed form, and the best of the three with few examples.
 */
import * as Matrix from "./Matrix.ts";

export type Discriminant = {
  readonly inputs: number;
  readonly classes: number;
  /** inputs by classes. */
  readonly weights: Matrix.Matrix;
  readonly bias: Matrix.Matrix;
};

/** @param shrinkage 0: the scatter as it is; 1: a sphere. By default the fewer rows, the rounder. */
export function train(
  rows: Matrix.Matrix,
  labels: Int32Array<ArrayBuffer>,
  width: number,
  classes: number,
  multiply: Matrix.Multiply = Matrix.multiply,
  shrinkage = labels.length < 4 * width ? 0.5 : 0.1,
): Discriminant {
  const means = new Float64Array(classes * width);
  const counts = new Float64Array(classes);
  const inside = Array.from(labels.keys()).filter((row) => (labels[row] as number) >= 0);
  for (const row of inside) {
    const own = labels[row] as number;
    counts[own] = (counts[own] as number) + 1;
    for (let j = 0; j < width; j++) {
      means[own * width + j] = (means[own * width + j] as number) + (rows[row * width + j] as number);
    }
  }
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < width; j++) {
      means[k * width + j] = (means[k * width + j] as number) / Math.max(1, counts[k] as number);
    }
  }
  const scatter = new Float64Array(width * width);
  const CHUNK = 2_048;
  for (let from = 0; from < inside.length; from += CHUNK) {
    const places = inside.slice(from, from + CHUNK);
    const rest = Matrix.pick(rows, places, width);
    for (const [at, row] of places.entries()) {
      const own = labels[row] as number;
      for (let j = 0; j < width; j++) {
        rest[at * width + j] = (rest[at * width + j] as number) - (means[own * width + j] as number);
      }
    }
    const part = multiply(Matrix.transpose(rest, places.length, width), rest, width, places.length, width);
    for (let at = 0; at < part.length; at++) scatter[at] = (scatter[at] as number) + (part[at] as number);
  }
  let trace = 0;
  for (let j = 0; j < width; j++) trace += (scatter[j * width + j] as number) / inside.length;
  const round = (shrinkage * trace) / width + 1e-9;
  for (let at = 0; at < scatter.length; at++) {
    scatter[at] = ((1 - shrinkage) * (scatter[at] as number)) / inside.length;
  }
  for (let j = 0; j < width; j++) scatter[j * width + j] = (scatter[j * width + j] as number) + round;
  const sides = new Float64Array(width * classes);
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < width; j++) sides[j * classes + k] = means[k * width + j] as number;
  }
  Matrix.solve(scatter, sides, width, classes);
  const weights = Float32Array.from(sides);
  const bias = new Float32Array(classes);
  for (let k = 0; k < classes; k++) {
    let half = 0;
    for (let j = 0; j < width; j++) half += (means[k * width + j] as number) * (weights[j * classes + k] as number);
    bias[k] = -half / 2;
  }
  return { inputs: width, classes, weights, bias };
}

/** By row, then class; the differences between classes are logarithms of odds. */
export function score(
  { inputs: width, classes, weights, bias }: Discriminant,
  rows: Matrix.Matrix,
  multiply: Matrix.Multiply = Matrix.multiply,
): Matrix.Matrix {
  const count = rows.length / width;
  const scores = multiply(rows, weights, count, width, classes);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < classes; k++) {
      scores[row * classes + k] = (scores[row * classes + k] as number) + (bias[k] as number);
    }
  }
  return scores;
}
