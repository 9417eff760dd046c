/** Past work: who met which requirement, and when. */
import { InputError } from "../agreement/index.ts";
import { BadLine, OutOfOrder } from "./Errors.ts";

const { both } = InputError;

export type Case = {
  readonly id: number | string;
  /** Unix seconds. */
  readonly at: number;
  readonly area: string;
  readonly title: string;
  /** Who did it. */
  readonly provider: string;
  /** All who had a part in it, the one above among them. */
  readonly providers: readonly string[];
  /** Names of the taxonomy: what it was about, in whatever language its title is. */
  readonly skills?: readonly string[];
};

/** What is looked for: a case that nobody has done yet. */
export type Request = Omit<Case, "provider" | "providers">;

/** Longest title that is read. */
export const LONGEST = 20_000;
/** Most skills of one case. */
const SKILLS = 50;
/** 9999-12-31: what is later is milliseconds. */
const LATEST = 253_402_300_799;

const EXPECTED = {
  json: both("one JSON object", "一个 JSON 对象"),
  id: both("a whole number or a name", "整数或名称"),
  at: both("Unix seconds, a whole number", "Unix 秒（整数）"),
  text: both("1 to 200 characters", "1 至 200 个字符"),
  title: both(`at most ${LONGEST} characters`, `不超过 ${LONGEST} 个字符`),
  providers: both("a list of names with that of `provider` in it", "含 provider 在内的名称列表"),
  skills: both(`a list of at most ${SKILLS} names`, `不超过 ${SKILLS} 个名称的列表`),
};

const isName = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 200;

/** All that is wrong with a value as a case; `line` counts from 1. */
export function check(value: unknown, line: number): readonly InputError.InputError[] {
  const bad = (field: keyof typeof EXPECTED | "area" | "provider", found: unknown) =>
    new BadLine({ line, field, found, expected: EXPECTED[field as keyof typeof EXPECTED] ?? EXPECTED.text });
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [bad("json", value)];
  const { id, at, area, title, provider, providers, skills } = value as Record<string, unknown>;
  const problems: InputError.InputError[] = [];
  if (!isName(id) && !(Number.isSafeInteger(id) && (id as number) >= 0)) problems.push(bad("id", id));
  if (!Number.isSafeInteger(at) || (at as number) < 0 || (at as number) > LATEST) problems.push(bad("at", at));
  if (!isName(area)) problems.push(bad("area", area));
  if (typeof title !== "string" || title.length > LONGEST) problems.push(bad("title", title));
  if (!isName(provider)) problems.push(bad("provider", provider));
  const isList = Array.isArray(providers) && providers.every(isName) && providers.includes(provider as string);
  if (providers !== undefined && !isList) problems.push(bad("providers", providers));
  const areSkills = Array.isArray(skills) && skills.length <= SKILLS && skills.every(isName);
  if (skills !== undefined && !areSkills) problems.push(bad("skills", skills));
  return problems;
}

export type Read = {
  readonly cases: readonly Case[];
  /** Of lines left out; empty unless `keepGood`. */
  readonly problems: readonly InputError.InputError[];
};

/**
 * The cases of a JSONL text, sorted by `at` as they stand. Throws `BadInput` with every bad line and its field; with `keepGood`
 * these lines are left out and told.
 */
export function read(text: string, { keepGood = false } = {}): Read {
  const cases: Case[] = [];
  const problems: InputError.InputError[] = [];
  let line = 0;
  let before = 0;
  for (const row of text.replace(/^\uFEFF/, "").split("\n")) {
    line++;
    if (row.trim() === "") continue;
    const value = parse(row);
    const wrong = [...check(value, line)];
    const { at } = (value ?? {}) as Case;
    if (wrong.length === 0 && at < before) wrong.push(new OutOfOrder({ line, field: "at", found: at, before }));
    if (wrong.length > 0) problems.push(...wrong);
    else {
      const { id, area, title, provider, providers = [provider], skills } = value as Case;
      cases.push({ id, at, area, title, provider, providers, ...(skills ? { skills } : {}) });
      before = at;
    }
  }
  if (problems.length > 0 && !keepGood) throw new InputError.BadInput(problems);
  return { cases, problems };
}

/** What is no JSON stays the text it is, and is told as such. */
function parse(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return row;
  }
}

/** How many neighbours from `from` on have the same time: ranked before any of them is known. */
export function together(cases: readonly Case[], from: number): number {
  let to = from + 1;
  while (to < cases.length && cases[to]?.at === cases[from]?.at) to++;
  return to - from;
}
