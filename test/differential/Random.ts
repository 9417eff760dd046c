/** A small seeded generator (mulberry32): the same seed gives the same numbers everywhere. */
export type Random = {
  /** In [0, 1). */
  next: () => number;
  /** Whole, both ends included. */
  int: (min: number, max: number) => number;
  big: (min: bigint, max: bigint) => bigint;
  /** True with probability `p`. */
  chance: (p: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
};

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    big: (min, max) => min + (((BigInt(int(0, 0xffff_ffff)) << 32n) | BigInt(int(0, 0xffff_ffff))) % (max - min + 1n)),
    chance: (p) => next() < p,
    pick: (list) => {
      const one = list[int(0, list.length - 1)];
      if (one === undefined && list.length === 0) throw new RangeError("nothing to pick from");
      return one as (typeof list)[number];
    },
  };
}
