/** Stretches in which a provider is free, as a calendar shows them: weeks, each with the share of it that is free. */

/** ISO days, both included. */
export type Stretch = { readonly from: string; readonly to: string; readonly people: number };
export type Week = {
  /** ISO day of its Monday. */
  readonly monday: string;
  /** Days of it that are free, 0 to 7, and the most people on any of them. */
  readonly free: number;
  readonly people: number;
};

const DAY = 86_400_000;
const dayOf = (iso: string) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
/** 1970-01-01 was a Thursday. */
const mondayOf = (day: number) => day - ((day + 3) % 7);

/** `count` weeks, from that of `today` on. Stretches that are no days are left out. */
export function weeksOf(free: readonly Stretch[], today: string, count = 26): readonly Week[] {
  const first = mondayOf(dayOf(today));
  const known = free
    .map(({ from, to, people }) => ({ from: dayOf(from), to: dayOf(to), people }))
    .filter(({ from, to }) => from <= to);
  return Array.from({ length: count }, (_, week) => {
    const monday = first + week * 7;
    const own = known.filter(({ from, to }) => from < monday + 7 && to >= monday);
    const days = Array.from({ length: 7 }, (_, day) =>
      own.filter(({ from, to }) => from <= monday + day && monday + day <= to),
    );
    return {
      monday: isoOf(monday),
      free: days.filter((some) => some.length > 0).length,
      people: Math.max(0, ...days.map((some) => some.reduce((sum, { people }) => sum + people, 0))),
    };
  });
}

/** Pairs of stretches that have a day in common, by their places. */
export function overlaps(free: readonly Stretch[]): readonly (readonly [number, number])[] {
  return free.flatMap((one, at) =>
    free
      .slice(0, at)
      .flatMap((other, before) => (one.from <= other.to && other.from <= one.to ? [[before, at] as const] : [])),
  );
}
