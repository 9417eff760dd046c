/**
 * One separating plane a class: support vector machines with squared hinge loss, one against the rest, by dual
 * coordinate descent (Hsieh et al. 2008, as in LIBLINEAR), all classes in one pass over the rows, so that the weights of
 * a feature lie side by side.
 */
import type { Rows } from "./Feature.ts";
import * as Random from "./Random.ts";

export type Planes = {
  readonly classes: number;
  readonly features: number;
  /** By feature, then class. */
  readonly weights: Float32Array<ArrayBuffer>;
  readonly bias: Float32Array<ArrayBuffer>;
};

export type Options = {
  /** What an error costs against a wide margin. */
  readonly cost?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** How much each row counts; 1 unless told. */
  readonly importance?: Float32Array<ArrayBuffer>;
};

/** @param labels Class of each row; a row of class -1 belongs to none. */
export function train(
  rows: Rows,
  labels: Int32Array<ArrayBuffer>,
  classes: number,
  { cost = 1, epochs = 12, seed = 1, importance }: Options = {},
): Planes {
  const { count, features, starts, columns, values } = rows;
  const weights = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const alpha = new Float32Array(count * classes);
  const squares = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 1;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) sum += (values[at] as number) ** 2;
    squares[row] = sum;
  }
  const random = Random.from(seed);
  const margins = new Float32Array(classes);
  const moved = new Uint32Array(classes);
  const change = new Float32Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let largest = 0;
    for (const row of Random.order(count, random)) {
      const [first, last] = [starts[row] as number, starts[row + 1] as number];
      margins.set(bias);
      for (let at = first; at < last; at++) {
        const value = values[at] as number;
        const base = (columns[at] as number) * classes;
        for (let k = 0; k < classes; k++) margins[k] = (margins[k] as number) + value * (weights[base + k] as number);
      }
      const own = labels[row] as number;
      const diagonal = 0.5 / (cost * (importance?.[row] ?? 1));
      const square = (squares[row] as number) + diagonal;
      let many = 0;
      for (let k = 0; k < classes; k++) {
        const sign = k === own ? 1 : -1;
        const before = alpha[row * classes + k] as number;
        const gradient = sign * (margins[k] as number) - 1 + before * diagonal;
        if (before === 0 && gradient >= 0) continue;
        const after = Math.max(0, before - gradient / square);
        const step = sign * (after - before);
        if (Math.abs(step) < 1e-7) continue;
        if (Math.abs(gradient) > largest) largest = Math.abs(gradient);
        alpha[row * classes + k] = after;
        moved[many] = k;
        change[many++] = step;
      }
      for (let m = 0; m < many; m++) {
        const k = moved[m] as number;
        bias[k] = (bias[k] as number) + (change[m] as number);
      }
      for (let at = first; at < last; at++) {
        const value = values[at] as number;
        const base = (columns[at] as number) * classes;
        for (let m = 0; m < many; m++) {
          const place = base + (moved[m] as number);
          weights[place] = (weights[place] as number) + value * (change[m] as number);
        }
      }
    }
    if (largest < 0.05) break;
  }
  return { classes, features, weights, bias };
}

/** How far a text lies on the own side of each plane, put into `into`. */
export function margins(
  planes: Planes,
  columns: Uint32Array<ArrayBuffer>,
  values: Float32Array<ArrayBuffer>,
  first: number,
  last: number,
  into: Float32Array<ArrayBuffer>,
): void {
  const { classes, weights, bias } = planes;
  into.set(bias);
  for (let at = first; at < last; at++) {
    const value = values[at] as number;
    const base = (columns[at] as number) * classes;
    for (let k = 0; k < classes; k++) into[k] = (into[k] as number) + value * (weights[base + k] as number);
  }
}

/** Margins of all rows, by row, then class. */
export function score(planes: Planes, rows: Rows): Float32Array<ArrayBuffer> {
  const { classes } = planes;
  const all = new Float32Array(rows.count * classes);
  for (let row = 0; row < rows.count; row++) {
    const into = all.subarray(row * classes, (row + 1) * classes);
    margins(planes, rows.columns, rows.values, rows.starts[row] as number, rows.starts[row + 1] as number, into);
  }
  return all;
}
