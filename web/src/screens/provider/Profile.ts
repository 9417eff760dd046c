/** An own profile while it is edited: what stands in its boxes, what is wrong with them, and the profile that they make. */
import type { Provider } from "../../../../src/matching/Provider.ts";
import { isDay } from "../brief/Answer.ts";
import { overlaps } from "./Calendar.ts";
import { clockOf, hoursOf } from "./Hours.ts";

/** What the owner writes; the name that it is ranked by is the node's. */
export type Profile = Omit<Provider, "name" | "title">;

export type Writing = {
  readonly kind: Provider["kind"];
  readonly skills: readonly string[];
  readonly currency: string;
  readonly rateFrom: string;
  readonly rateTo: string;
  readonly regions: readonly string[];
  /** Minutes east of UTC, and the working day on that clock. */
  readonly offset: string;
  readonly begin: string;
  readonly end: string;
  readonly free: readonly { readonly from: string; readonly to: string; readonly people: string }[];
};

/** The boxes that something is wrong with: `rateTo`, `free[1].to`. */
export type Wrong = Readonly<Record<string, "missing" | "whole" | "below" | "day" | "order" | "overlap">>;

export const begin = (offset: number): Writing => ({
  ...{ kind: "firm", skills: [], currency: "CNY", rateFrom: "", rateTo: "", regions: [] },
  ...{ offset: String(offset), begin: "09:00", end: "18:00", free: [] },
});

/** @param offset Of the clock that its hours are told on. */
export function writingOf({ kind, skills, rate, regions, hours, free }: Profile, offset: number): Writing {
  return {
    ...{ kind, skills, regions, currency: rate.currency, rateFrom: String(rate.from), rateTo: String(rate.to) },
    ...{ offset: String(offset), begin: clockOf(hours.from, offset), end: clockOf(hours.to, offset) },
    free: free.map(({ from, to, people }) => ({ from, to, people: String(people) })),
  };
}

const wholeOf = (text: string) => {
  const plain = text.replace(/[,\s，]/g, "");
  return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
};

export function read(writing: Writing): { profile: Profile } | { wrong: Wrong } {
  const wrong: Record<string, Wrong[string]> = {};
  const [from, to] = [wholeOf(writing.rateFrom), wholeOf(writing.rateTo || writing.rateFrom)];
  if (from === undefined) wrong.rateFrom = writing.rateFrom.trim() === "" ? "missing" : "whole";
  if (to === undefined && writing.rateTo.trim() !== "") wrong.rateTo = "whole";
  if (from !== undefined && to !== undefined && to < from) wrong.rateTo = "below";
  if (writing.skills.length === 0) wrong.skills = "missing";
  const hours = hoursOf(writing.begin, writing.end, Number(writing.offset));
  if (!hours) wrong.begin = "missing";
  for (const [at, one] of writing.free.entries()) {
    if (!isDay(one.from)) wrong[`free[${at}].from`] = "day";
    if (!isDay(one.to)) wrong[`free[${at}].to`] = "day";
    else if (one.to < one.from) wrong[`free[${at}].to`] = "order";
    const people = wholeOf(one.people);
    if (people === undefined || people === 0) wrong[`free[${at}].people`] = "whole";
  }
  const free = writing.free.map((one) => ({ ...one, people: wholeOf(one.people) ?? 0 }));
  for (const [, at] of overlaps(free)) wrong[`free[${at}].from`] ??= "overlap";
  if (Object.keys(wrong).length > 0 || from === undefined || to === undefined || !hours) return { wrong };
  const { kind, skills, regions, currency } = writing;
  return {
    profile: {
      ...{ kind, skills: [...skills], rate: { currency, from, to }, regions: [...regions], hours },
      free: [...free].sort((one, other) => (one.from < other.from ? -1 : 1)),
    },
  };
}
