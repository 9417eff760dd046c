/** How good a provider is at least: the lower end of what its settled work lets one believe. */
import { Log } from "../text/index.ts";

/** Weighted outcomes, above a uniform prior: Beta(1 + kept, 1 + broken). */
export type Evidence = { readonly kept: number; readonly broken: number };

/** One chance in ten that the truth lies below. */
export const RISK = 0.1;

/** The share of promises kept that is surpassed with a chance of 1 - `risk`; 0.1 for who has no record yet. */
export function atLeast({ kept, broken }: Evidence, risk = RISK): number {
  let [low, high] = [0, 1];
  // 50 halvings leave less than a double can tell near 1.
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (below(middle, 1 + kept, 1 + broken) < risk) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The distribution function of Beta(a, b), by the continued fraction of DiDonato and Morris as Lentz evaluates it (Press et al.,
 * Numerical Recipes, 6.4).
 */
export function below(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side only.
  if (x > (a + 1) / (a + b + 2)) return 1 - below(1 - x, b, a);
  const front = Log.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Log.ln(x) + b * Log.ln(1 - x)) / a;
  const tiny = 1e-300;
  const safe = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return front * fraction;
}

/** ln Γ(x), x > 0: Lanczos' approximation with g = 7 and nine terms. */
function lnGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const base = x - 1;
  let sum = 0.9999999999998099;
  for (const [at, term] of terms.entries()) sum += term / (base + at + 1);
  const t = base + 7.5;
  return 0.9189385332046728 + (base + 0.5) * Log.ln(t) - t + Log.ln(sum);
}
