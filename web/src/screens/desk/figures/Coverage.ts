/** The surest answers first: how precise they are, by the share of the traffic that is answered. Places in a picture, and words for it. */

/** Fractions. */
export type Point = { readonly answered: number; readonly precision: number };

/** The lowest edge of the picture: as much of the range as the curve needs, in steps of 5 points. */
export function floor(curve: readonly Point[], promise: number): number {
  const least = Math.min(promise, ...curve.map(({ precision }) => precision));
  return Math.max(0, Math.floor((least - 0.01) * 20) / 20);
}

/** The largest share at which the promise is still kept; nothing where it never is. */
export function reach(curve: readonly Point[], promise: number): Point | undefined {
  return curve.findLast(({ precision }) => precision >= promise);
}

/** At each tenth of the traffic: the same curve as a table. Of a curve of few points each stands there once. */
export function table(curve: readonly Point[]): readonly Point[] {
  const tenths = Array.from({ length: 10 }, (_, tenth) => (tenth + 1) / 10);
  return [...new Set(tenths.flatMap((share) => curve.find(({ answered }) => answered >= share - 1e-9) ?? []))];
}
