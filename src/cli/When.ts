/** Times as a deal file has them: dates in the deal's own zone, or days counted from the opening. Unix minutes inside. */
import { Errors, InputError, Time } from "../agreement/index.ts";

const { both } = InputError;

/** What a date needs to become a minute. */
export type Frame = {
  /** Day 0 at 00:00 in the zone, as a Unix minute. */
  dayZero: number;
  /** Minutes east of UTC. */
  zone: number;
};

const DAYS = /^(?:day (0|[1-9]\d{0,4})|第 ?(0|[1-9]\d{0,4}) ?天)(?: (\d\d):(\d\d))?$/;
const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?(?::00)?(Z|[+-]\d\d:\d\d)?$/;

/** Minutes of `+08:00` or `Z`. Throws `WrongForm`. */
export function zone(text: string, field = "zone"): number {
  const match = /^([+-])(0\d|1[0-4]):(00|15|30|45)$/.exec(text);
  if (text === "Z" || text === "UTC") return 0;
  if (!match) {
    const expected = both("an offset from UTC like +08:00", "与 UTC 的时差，如 +08:00");
    throw new Errors.WrongForm({ field, found: text, expected });
  }
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Unix minute of `2027-03-01`, `2027-03-01 09:30`, `day 10` or `第 10 天 09:30`. Throws `NotATime`, `TimeOutOfRange`. */
export function parse(text: unknown, field: string, frame: Frame): number {
  const refused = () => new Errors.NotATime({ field, found: text, expected: FORMS });
  if (typeof text !== "string") throw refused();
  const days = DAYS.exec(text);
  if (days) {
    const [, english, chinese, hours = "00", minutes = "00"] = days;
    if (Number(hours) > 23 || Number(minutes) > 59) throw refused();
    const minute = frame.dayZero + Number(english ?? chinese) * Time.DAY + Number(hours) * 60 + Number(minutes);
    return within(minute, text, field);
  }
  const [, date, clock = "00:00", offset] = DATE.exec(text) ?? [];
  if (!date || (offset && !text.includes(":"))) throw refused();
  const local = InputError.problemsOf(() => Time.parse(`${date}T${clock}Z`, field));
  const [problem] = local;
  if (problem) throw problem.name === "NotATime" ? refused() : problem;
  const minute = Time.parse(`${date}T${clock}Z`) - (offset ? zone(offset, field) : frame.zone);
  return within(minute, text, field);
}

/** What the ledger's clock can hold; the problem tells the text as it was written. */
function within(minute: number, text: string, field: string): number {
  const [problem] = InputError.problemsOf(() => Time.parse(Time.format(minute), field));
  if (problem) throw new Errors.TimeOutOfRange({ field, found: text, expected: problem.expected });
  return minute;
}

/** `2027-03-01 08:00 +08:00` */
export function format(minute: number, zoneMinutes: number): string {
  const local = Time.format(minute + zoneMinutes);
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${formatZone(zoneMinutes)}`;
}

export function formatZone(minutes: number): string {
  if (minutes === 0) return "UTC";
  const two = (count: number) => String(count).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const FORMS = both(
  'a date like 2027-03-01 or "2027-03-01 09:30", or "day 10"',
  "日期，如 2027-03-01、“2027-03-01 09:30”，或“第 10 天”",
);
