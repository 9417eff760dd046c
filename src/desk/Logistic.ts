/** Logistic regression on a handful of signals, by Newton's method: exact, and the same every time. */

export type Logistic = { readonly weights: readonly number[]; readonly bias: number };

const chance = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * @param rows One array of signals a row, each about 1 in size.
 * @param ridge Pull towards 0, as so many rows that say nothing.
 */
export function fit(
  rows: readonly (readonly number[])[],
  isTrue: readonly boolean[],
  weights: readonly number[],
  ridge = 10,
): Logistic {
  const width = (rows[0]?.length ?? 0) + 1;
  let beta = new Float64Array(width);
  for (let round = 0; round < 30; round++) {
    const slope = new Float64Array(width);
    const bend = new Float64Array(width * width);
    for (const [at, signals] of rows.entries()) {
      const x = [...signals, 1];
      const p = chance(x.reduce((sum, value, j) => sum + value * (beta[j] as number), 0));
      const weight = weights[at] as number;
      const off = weight * ((isTrue[at] ? 1 : 0) - p);
      const curve = weight * Math.max(1e-6, p * (1 - p));
      for (let j = 0; j < width; j++) {
        slope[j] = (slope[j] as number) + off * (x[j] as number);
        for (let k = 0; k <= j; k++) {
          bend[j * width + k] = (bend[j * width + k] as number) + curve * (x[j] as number) * (x[k] as number);
        }
      }
    }
    for (let j = 0; j < width; j++) {
      const pull = j < width - 1 ? ridge : 1e-3;
      slope[j] = (slope[j] as number) - pull * (beta[j] as number);
      bend[j * width + j] = (bend[j * width + j] as number) + pull;
      for (let k = 0; k < j; k++) bend[k * width + j] = bend[j * width + k] as number;
    }
    const step = solve(bend, slope, width);
    let size = 0;
    beta = beta.map((value, j) => {
      // Far from the end a whole step may jump over it.
      const change = Math.max(-4, Math.min(4, step[j] as number));
      size = Math.max(size, Math.abs(change));
      return value + change;
    });
    if (size < 1e-8) break;
  }
  return { weights: [...beta.subarray(0, width - 1)], bias: beta[width - 1] as number };
}

/** Log-odds. */
export function odds({ weights, bias }: Logistic, signals: readonly number[]): number {
  return signals.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), bias);
}

export function probability(model: Logistic, signals: readonly number[]): number {
  return chance(odds(model, signals));
}

/** Gaussian elimination with pivots. */
function solve(matrix: Float64Array, side: Float64Array, width: number): Float64Array {
  const a = Float64Array.from(matrix);
  const b = Float64Array.from(side);
  for (let j = 0; j < width; j++) {
    let best = j;
    for (let i = j + 1; i < width; i++) {
      if (Math.abs(a[i * width + j] as number) > Math.abs(a[best * width + j] as number)) best = i;
    }
    if (best !== j) {
      for (let k = 0; k < width; k++) {
        const kept = a[j * width + k] as number;
        a[j * width + k] = a[best * width + k] as number;
        a[best * width + k] = kept;
      }
      const kept = b[j] as number;
      b[j] = b[best] as number;
      b[best] = kept;
    }
    const pivot = (a[j * width + j] as number) || 1e-12;
    for (let i = j + 1; i < width; i++) {
      const factor = (a[i * width + j] as number) / pivot;
      if (factor === 0) continue;
      for (let k = j; k < width; k++) {
        a[i * width + k] = (a[i * width + k] as number) - factor * (a[j * width + k] as number);
      }
      b[i] = (b[i] as number) - factor * (b[j] as number);
    }
  }
  for (let j = width - 1; j >= 0; j--) {
    let sum = b[j] as number;
    for (let k = j + 1; k < width; k++) sum -= (a[j * width + k] as number) * (b[k] as number);
    b[j] = sum / ((a[j * width + j] as number) || 1e-12);
  }
  return b;
}
