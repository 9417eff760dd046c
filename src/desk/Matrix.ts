/** The few sums over dense numbers that training needs, on typed arrays, by row. */

export type Matrix = Float32Array<ArrayBuffer>;

/**
 * `a` (m by k) times `b` (k by n). The embeddings' runtime brings one that is several times faster; this one needs
 * nothing.
 */
export type Multiply = (a: Matrix, b: Matrix, m: number, k: number, n: number) => Matrix;

export const multiply: Multiply = (a, b, m, k, n) => {
  const product = new Float32Array(m * n);
  const even = k - (k % 4);
  for (let row = 0; row < m; row++) {
    const into = product.subarray(row * n, (row + 1) * n);
    for (let p = 0; p < even; p += 4) {
      const at = row * k + p;
      const [a0, a1] = [a[at] as number, a[at + 1] as number];
      const [a2, a3] = [a[at + 2] as number, a[at + 3] as number];
      const b0 = p * n;
      const [b1, b2, b3] = [b0 + n, b0 + 2 * n, b0 + 3 * n];
      for (let j = 0; j < n; j++) {
        into[j] =
          (into[j] as number) +
          a0 * (b[b0 + j] as number) +
          a1 * (b[b1 + j] as number) +
          a2 * (b[b2 + j] as number) +
          a3 * (b[b3 + j] as number);
      }
    }
    for (let p = even; p < k; p++) {
      const value = a[row * k + p] as number;
      for (let j = 0; j < n; j++) into[j] = (into[j] as number) + value * (b[p * n + j] as number);
    }
  }
  return product;
};

/** `a` (m by n) as n by m. */
export function transpose(a: Matrix, m: number, n: number): Matrix {
  const turned = new Float32Array(m * n);
  for (let row = 0; row < m; row++) for (let j = 0; j < n; j++) turned[j * m + row] = a[row * n + j] as number;
  return turned;
}

/** Some rows of `a`, each `width` long. */
export function pick(a: Matrix, places: ArrayLike<number>, width: number): Matrix {
  const picked = new Float32Array(places.length * width);
  for (let at = 0; at < places.length; at++) {
    const row = places[at] as number;
    picked.set(a.subarray(row * width, (row + 1) * width), at * width);
  }
  return picked;
}

/** Sums over rows, by column. */
export function sums(rows: Matrix, count: number, width: number): Matrix {
  const all = new Float32Array(width);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < width; j++) all[j] = (all[j] as number) + (rows[row * width + j] as number);
  }
  return all;
}

/**
 * Solves s x = b for a symmetric, positive definite `s` (d by d) and `n` right sides (d by n), by Cholesky, in place of
 * both.
 */
export function solve(s: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>, d: number, n: number): void {
  for (let j = 0; j < d; j++) {
    const rowJ = s.subarray(j * d, j * d + j);
    let pivot = s[j * d + j] as number;
    for (const value of rowJ) pivot -= value * value;
    const root = Math.sqrt(Math.max(pivot, 1e-12));
    s[j * d + j] = root;
    for (let i = j + 1; i < d; i++) {
      const base = i * d;
      let sum = s[base + j] as number;
      for (let k = 0; k < j; k++) sum -= (s[base + k] as number) * (rowJ[k] as number);
      s[base + j] = sum / root;
    }
  }
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) {
      const factor = s[i * d + k] as number;
      for (let c = 0; c < n; c++) b[i * n + c] = (b[i * n + c] as number) - factor * (b[k * n + c] as number);
    }
    const root = s[i * d + i] as number;
    for (let c = 0; c < n; c++) b[i * n + c] = (b[i * n + c] as number) / root;
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) {
      const factor = s[k * d + i] as number;
      for (let c = 0; c < n; c++) b[i * n + c] = (b[i * n + c] as number) - factor * (b[k * n + c] as number);
    }
    const root = s[i * d + i] as number;
    for (let c = 0; c < n; c++) b[i * n + c] = (b[i * n + c] as number) / root;
  }
}

/** A number of the standard normal distribution (Box-Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** In place: probabilities of `count` rows of logits. */
export function softmax(rows: Matrix, count: number, width: number): void {
  for (let row = 0; row < count; row++) {
    const at = row * width;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < width; k++) most = Math.max(most, rows[at + k] as number);
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const value = Math.exp((rows[at + k] as number) - most);
      rows[at + k] = value;
      sum += value;
    }
    for (let k = 0; k < width; k++) rows[at + k] = (rows[at + k] as number) / sum;
  }
}

/** Numbers as whole ones from -127 to 127, each column by a scale of its own. */
export type Packed = { readonly scales: Matrix; readonly values: Int8Array<ArrayBuffer> };

export function pack(a: Matrix, width: number): Packed {
  const scales = new Float32Array(width);
  for (let base = 0; base < a.length; base += width) {
    for (let j = 0; j < width; j++) {
      const size = Math.abs(a[base + j] as number);
      if (size > (scales[j] as number)) scales[j] = size;
    }
  }
  for (let j = 0; j < width; j++) scales[j] = (scales[j] as number) / 127;
  const values = new Int8Array(a.length);
  for (let base = 0; base < a.length; base += width) {
    for (let j = 0; j < width; j++)
      values[base + j] = Math.round((a[base + j] as number) / ((scales[j] as number) || 1));
  }
  return { scales, values };
}

export function unpack({ scales, values }: Packed): Matrix {
  const width = scales.length;
  const a = new Float32Array(values.length);
  for (let base = 0; base < a.length; base += width) {
    for (let j = 0; j < width; j++) a[base + j] = (values[base + j] as number) * (scales[j] as number);
  }
  return a;
}

/** As it will be when it has been stored and read again. */
export const rounded = (a: Matrix, width: number): Matrix => unpack(pack(a, width));
