/** Working hours: kept in minutes of the UTC day, told on the clock of where one works. */

const DAY = 1_440;
const modulo = (minutes: number) => ((minutes % DAY) + DAY) % DAY;

export type Hours = { readonly from: number; readonly to: number };

/** `09:00` of a minute of the UTC day, `offset` minutes east of it. */
export function clockOf(minute: number, offset: number): string {
  const own = modulo(minute + offset);
  return `${String(Math.floor(own / 60)).padStart(2, "0")}:${String(own % 60).padStart(2, "0")}`;
}

function minutesOf(clock: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  return hours === undefined || Number(hours) > 23 || Number(minutes) > 59
    ? undefined
    : Number(hours) * 60 + Number(minutes);
}

/** From one time of the day to another, which may lie past midnight; nothing for what is no time. The same twice: a whole day. */
export function hoursOf(from: string, to: string, offset: number): Hours | undefined {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin === undefined || end === undefined) return undefined;
  const start = modulo(begin - offset);
  return { from: start, to: start + (modulo(end - begin) || DAY) };
}
