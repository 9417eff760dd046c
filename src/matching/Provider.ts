/** Who offers work: a firm, a person or an agent, with skills, rates, hours and a calendar. */
import * as z from "zod/mini";
import * as Field from "../agreement/Field.ts";
import { Errors, InputError } from "../agreement/index.ts";
import { UnknownSkill } from "./Errors.ts";
import * as Skill from "./Skill.ts";

const { both } = InputError;

const DAY = 86_400;
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const whole = z.int().check(z.minimum(0));

export const schema = z.strictObject({
  /** What it is known by where it is ranked: unique there. */
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** What people call it, where that is another. */
  title: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  kind: z.enum(["firm", "person", "agent"]),
  /** Names or synonyms of the taxonomy. */
  skills: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100)),
  /** What a day costs, from and to, in whole units of a currency. */
  rate: z.strictObject({ currency: z.string().check(z.regex(/^[A-Z]{3}$/)), from: whole, to: whole }),
  /** ISO 3166 codes of where it works. */
  regions: z.array(z.string().check(z.regex(/^[A-Z]{2}$/))).check(z.maxLength(250)),
  /** Working hours in minutes of the UTC day; the second may lie on the next day. */
  hours: z.strictObject({ from: whole, to: whole }),
  /** Stretches in which it is free, both days included, and how many people it has then. */
  free: z
    .array(z.strictObject({ from: day, to: day, people: z.int().check(z.minimum(1), z.maximum(100_000)) }))
    .check(z.maxLength(200)),
});

export type Provider = z.infer<typeof schema>;

/** The profile with its skills as the taxonomy names them. Throws `BadInput` with all problems. */
export function parse(input: unknown): Provider {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new InputError.BadInput(
      parsed.error.issues.map(
        ({ path, message }) =>
          new Errors.WrongForm({
            field: Field.pathOf(path) || "provider",
            found: path.reduce<unknown>(
              (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
              input,
            ),
            expected: both(`a profile's value: ${message}`, `档案字段的有效取值（${message}）`),
          }),
      ),
    );
  }
  const { skills, rate, hours, free } = parsed.data;
  const problems: InputError.InputError[] = [];
  const names = skills.map((found, at) => {
    const name = Skill.parse(found);
    if (name === undefined) {
      problems.push(new UnknownSkill({ field: `skills[${at}]`, found, near: Skill.near(found) }));
    }
    return name ?? found;
  });
  const wrong = (field: string, found: unknown, en: string, zh: string) =>
    problems.push(new Errors.WrongForm({ field, found, expected: both(en, zh) }));
  if (rate.from > rate.to) wrong("rate.to", rate.to, `at least ${rate.from}`, `不低于 ${rate.from}`);
  if (hours.from >= 1_440 || hours.to <= hours.from || hours.to - hours.from > 1_440) {
    wrong("hours", hours, "a stretch of at most a day", "不超过一天的时段");
  }
  for (const [at, { from, to }] of free.entries()) {
    if (Number.isNaN(dayOf(from)) || Number.isNaN(dayOf(to)))
      wrong(`free[${at}]`, { from, to }, "days that exist", "存在的日期");
    else if (dayOf(to) < dayOf(from)) wrong(`free[${at}].to`, to, `not before ${from}`, `不早于 ${from}`);
    const first = free.findIndex((each, place) => place < at && each.from <= to && from <= each.to);
    const other = free[first];
    if (other) {
      wrong(
        `free[${at}]`,
        `${from} – ${to}`,
        `a stretch that does not overlap free[${first}], ${other.from} – ${other.to}`,
        `不与 free[${first}]（${other.from} – ${other.to}）重叠的时段`,
      );
    }
  }
  if (problems.length > 0) throw new InputError.BadInput(problems);
  return { ...parsed.data, skills: [...new Set(names)] };
}

/** Days since 1970 of an ISO day; `NaN` of one that does not exist. */
export function dayOf(day: string): number {
  const time = Date.parse(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  return isReal ? time / 1_000 / DAY : Number.NaN;
}

/** The share of the days from `start` on, `days` of them, on which it is free; days since 1970. */
export function freeShare({ free }: Provider, start: number, days: number): number {
  const total = free.reduce((sum, { from, to }) => {
    const overlap = Math.min(start + days, dayOf(to) + 1) - Math.max(start, dayOf(from));
    return sum + Math.max(0, overlap);
  }, 0);
  return days > 0 ? Math.min(1, total / days) : 0;
}

/** How many people it has in that time at least, on the days that are told; one where nothing is. */
export function people({ free }: Provider, start: number | undefined, days: number): number {
  const told = free.filter(({ from, to }) => start === undefined || (dayOf(from) < start + days && dayOf(to) >= start));
  return told.length === 0 ? 1 : Math.min(...told.map((each) => each.people));
}

/** Hours that its working day shares with one from nine to five, `offset` minutes east of UTC. */
export function sharedHours({ hours }: Provider, offset: number): number {
  const [from, to] = [9 * 60 - offset, 17 * 60 - offset];
  let shared = 0;
  for (const turn of [-2, -1, 0, 1, 2]) {
    shared += Math.max(0, Math.min(to + turn * 1_440, hours.to) - Math.max(from + turn * 1_440, hours.from));
  }
  return shared / 60;
}
