/**
 * The parts of scores, laid out: each part a bar of its own from a common zero, on one scale for all who are compared, so that a bar
 * twice as long is twice as much. Scores are whole millionths.
 */

/** By the name of a part; millionths. */
export type Parts = Readonly<Record<string, number>>;

/** In percent of the width: where a bar begins and how long it is; and where zero is. */
export type Bar = { readonly part: string; readonly value: number; readonly from: number; readonly length: number };

/** The least and the most that any part of anyone comes to, with zero among them. */
export type Scale = { readonly low: number; readonly high: number };

export function scaleOf(all: readonly Parts[]): Scale {
  let [low, high] = [0, 0];
  for (const parts of all) {
    for (const value of Object.values(parts)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { low, high };
}

/** Where a value lies, in percent. */
export function placeOf(value: number, { low, high }: Scale): number {
  return high === low ? 0 : ((value - low) / (high - low)) * 100;
}

export function barsOf(parts: Parts, scale: Scale): readonly Bar[] {
  const zero = placeOf(0, scale);
  return Object.entries(parts).map(([part, value]) => {
    const place = placeOf(value, scale);
    return { part, value, from: Math.min(zero, place), length: Math.abs(place - zero) };
  });
}

/** Parts that are nothing for everyone say nothing; the others by how far they tell those compared apart, then by how much they are. */
export function telling(all: readonly Parts[]): readonly string[] {
  const names = [...new Set(all.flatMap((parts) => Object.keys(parts)))];
  const measure = (part: string) => {
    const values = all.map((parts) => parts[part] ?? 0);
    return { part, by: Math.max(...values) - Math.min(...values), size: Math.max(...values.map(Math.abs)) };
  };
  return names
    .filter((part) => all.some((parts) => parts[part]))
    .map(measure)
    .sort((one, other) => other.by - one.by || other.size - one.size)
    .map(({ part }) => part);
}

export type Behind = { readonly part: string; readonly by: number };

/** What each part gave less (below zero) or more than it gave the other, what cost most first. */
export function behind(own: Parts, other: Parts): readonly Behind[] {
  return [...new Set([...Object.keys(other), ...Object.keys(own)])]
    .map((part) => ({ part, by: (own[part] ?? 0) - (other[part] ?? 0) }))
    .filter(({ by }) => by !== 0)
    .sort((one, next) => one.by - next.by);
}

/** Who has most of a part, where not all have the same. */
export function best(all: readonly Parts[], part: string): ReadonlySet<number> {
  const values = all.map((parts) => parts[part] ?? 0);
  const most = Math.max(...values);
  return new Set(
    values.every((value) => value === most) ? [] : values.flatMap((value, at) => (value === most ? at : [])),
  );
}

/** Three decimals with the sign: `+0.250`, `−1.034`. */
export function points(millionths: number, { signed = true } = {}): string {
  const sign = millionths < 0 ? "−" : signed ? "+" : "";
  return `${sign}${(Math.abs(millionths) / 1_000_000).toFixed(3)}`;
}
