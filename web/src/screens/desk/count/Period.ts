/** A period of whole days, as people choose it. */

const DAY = 86_400_000;

/** `2026-03-01`, in UTC. @param now Milliseconds. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** The thirty days before today. */
export const usual = (now: number): { from: string; to: string } => ({ from: dayOf(now - 30 * DAY), to: dayOf(now) });

/** Unix seconds: from the first moment of a day to the last of another, never beyond now. Nothing where it is no period. */
export function seconds(from: string, to: string, now: number): { from: number; to: number } | undefined {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`) + DAY];
  const end = Math.min(last, now);
  return first < end ? { from: Math.floor(first / 1_000), to: Math.floor(end / 1_000) } : undefined;
}
