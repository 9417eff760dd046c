/** Token buckets: how much of something each of many may ask, with a burst, in bounded memory. */

/** Tokens that come in a second, and how many are kept. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** Buckets at once; the one longest unused makes room. 100 bytes each. */
const MOST = 20_000;

/** `now`: seconds, of any clock that only goes forward. */
export function open({ perSecond, burst }: Rate, now: () => number = () => performance.now() / 1000) {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    /** Takes one token. @returns seconds to wait where there is none. */
    take(name: string): number | undefined {
      const time = now();
      const known = buckets.get(name);
      const left = known ? Math.min(burst, known.left + (time - known.at) * perSecond) : burst;
      buckets.delete(name);
      buckets.set(name, { left: left >= 1 ? left - 1 : left, at: time });
      if (buckets.size > MOST) for (const [oldest] of buckets.entries().take(1)) buckets.delete(oldest);
      return left >= 1 ? undefined : (1 - left) / perSecond;
    },
  };
}
