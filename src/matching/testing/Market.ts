/** Providers that were made up, with calendars, rates and records. The same seed gives the same. */
import { Gram } from "../../text/index.ts";
import type { Candidate } from "../Fit.ts";
import * as Skill from "../Skill.ts";

/** 2027-01-04, a Monday. */
export const TODAY = 20_822;

const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

export function market(count = 60, seed = 1): readonly Candidate[] {
  const lot = (what: string, n: number) => Gram.hash(what, seed) % n;
  const names = Skill.ALL.map(({ name }) => name);
  return Array.from({ length: count }, (_, n) => {
    const skills = names.filter((name) => lot(`${n} has ${name}`, 5) === 0);
    const from = [480, 60, -300][lot(`zone ${n}`, 3)] ?? 0;
    const begins = (9 * 60 - from + 1_440) % 1_440;
    const day = 200 + lot(`rate ${n}`, 600);
    const begin = TODAY + lot(`begin ${n}`, 60);
    return {
      provider: {
        name: `provider ${String(n).padStart(3, "0")}`,
        kind: "firm" as const,
        skills,
        rate: { currency: ["USD", "EUR", "CNY"][lot(`currency ${n}`, 3)] ?? "USD", from: day, to: day * 2 },
        regions: ["DE"],
        hours: { from: begins, to: begins + 480 },
        free: [{ from: iso(begin), to: iso(begin + 60 + lot(`days ${n}`, 200)), people: 2 }],
      },
      attestations: [],
      quality: Object.fromEntries(skills.map((skill) => [skill, lot(`quality ${n} ${skill}`, 1_000) / 1_000])),
    };
  });
}
