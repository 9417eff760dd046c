/** Times: UTC text outside, whole Unix minutes inside. Lengths: "15 days" outside, minutes inside. */
import { NotADuration, NotATime, TimeOutOfRange } from "./Errors.ts";
import { both, type Language } from "./InputError.ts";

export const DAY = 1440;
/** 2026-01-01T00:00Z: the ledger's clock counts from here. */
export const EARLIEST = 29_453_760;
/** 2080-01-01T00:00Z: the ledger's 25-bit clock of minutes runs until 2089, windows included. */
export const LATEST = 57_854_880;
/** Windows travel as 20 bits of minutes: 728 days. */
export const MAX_WINDOW = 2 ** 20 - 1;

/** Unix minutes of "2027-03-01T09:00Z" (seconds, if written, are 00). Throws `NotATime`, `TimeOutOfRange`. */
export function parse(time: unknown, field = "time"): number {
  const match = typeof time === "string" ? /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::00)?Z$/.exec(time) : null;
  if (!match) throw new NotATime({ field, found: time });
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const minutes = Date.UTC(year, month - 1, day, hour, minute) / 60_000;
  // 30 February and 24:00 roll over: they name no minute of the calendar.
  if (format(minutes) !== `${(time as string).slice(0, 16)}Z`) throw new NotATime({ field, found: time });
  if (minutes < EARLIEST || minutes >= LATEST) {
    const expected = both(
      `${format(EARLIEST)} or later, before ${format(LATEST)}`,
      ` ${format(EARLIEST)} 至 ${format(LATEST)}`,
    );
    throw new TimeOutOfRange({ field, found: time, expected });
  }
  return minutes;
}

/** "2027-03-01T09:00Z" */
export function format(minutes: number): string {
  return `${new Date(minutes * 60_000).toISOString().slice(0, 16)}Z`;
}

const UNITS: Record<string, number> = {
  week: 7 * DAY,
  day: DAY,
  hour: 60,
  minute: 1,
  周: 7 * DAY,
  天: DAY,
  小时: 60,
  分钟: 1,
};

/** Minutes of `15 days`, `15 天`, `P15D`, `PT36H` or `{days: 15}`. Throws `NotADuration`, `TimeOutOfRange`. */
export function duration(length: unknown, field = "duration", { max = MAX_WINDOW } = {}): number {
  const minutes = typeof length === "string" ? ofText(length) : ofParts(length);
  if (minutes === undefined) throw new NotADuration({ field, found: length });
  if (minutes > max) {
    const expected = both(`at most ${formatDuration(max)}`, `不超过 ${formatDuration(max, "zh")}`);
    throw new TimeOutOfRange({ field, found: length, expected });
  }
  return minutes;
}

/** "15 days", "1 day 12 hours"; in Chinese "15 天". */
export function formatDuration(minutes: number, language: Language = "en"): string {
  const parts: [number, string, string][] = [
    [Math.floor(minutes / DAY), "day", "天"],
    [Math.floor((minutes % DAY) / 60), "hour", "小时"],
    [minutes % 60, "minute", "分钟"],
  ];
  const shown = parts.filter(([count]) => count > 0);
  if (shown.length === 0) shown.push([0, "minute", "分钟"]);
  return shown
    .map(([count, en, zh]) => (language === "zh" ? `${count} ${zh}` : `${count} ${en}${count === 1 ? "" : "s"}`))
    .join(" ");
}

function ofText(text: string): number | undefined {
  const words = /^([1-9]\d{0,5}|0) ?(?:(week|day|hour|minute)s?|(周|天|小时|分钟))$/.exec(text);
  if (words) return Number(words[1]) * (UNITS[words[2] ?? words[3] ?? ""] ?? 0);
  const iso = /^P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/.exec(text);
  if (!iso) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = iso.slice(1).map((part) => Number(part ?? 0));
  return weeks * 7 * DAY + days * DAY + hours * 60 + minutes;
}

function ofParts(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return undefined;
  let minutes = 0;
  for (const [name, count] of Object.entries(value)) {
    const unit = /^(week|day|hour|minute)s$/.exec(name)?.[1];
    if (!unit || !Number.isSafeInteger(count) || count < 0) return undefined;
    minutes += count * (UNITS[unit] ?? 0);
  }
  return minutes;
}
