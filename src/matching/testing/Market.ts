/** Providers that were made up, with calendars, rates and records. The same seed gives the same. */
import { Gram } from "../../text/index.ts";
import type { Inputs } from "../Knowledge.ts";
import * as Skill from "../Skill.ts";

/** 2027-01-04, a Monday. */
export const TODAY = 20_822;

const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Who speaks for everybody here. */
const ANCHOR = "bank";

export function market(count = 60, seed = 1): Inputs {
  const lot = (what: string, n: number) => Gram.hash(what, seed) % n;
  const names = Skill.ALL.map(({ name }) => name);
  const providers = Array.from({ length: count }, (_, n) => {
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
    };
  });
  const settlements = providers.flatMap(({ provider: { name, skills } }, n) =>
    skills
      .filter((skill) => lot(`${n} worked in ${skill}`, 3) === 0)
      .map((skill, at) => ({
        agreement: `${name} ${skill}`,
        at: TODAY * 86_400 - 1_000 + at,
        client: ANCHOR,
        provider: name,
        skills: [skill],
        value: String((1 + lot(`value ${n} ${skill}`, 5)) * 50_000),
        lost: String(lot(`lost ${n} ${skill}`, 4) === 0 ? 100_000 : 0),
        onTime: lot(`late ${n} ${skill}`, 4) > 0,
        dispute: "none" as const,
        held: "token" as const,
      })),
  );
  const trust = { issuers: [], revoked: [], anchors: [ANCHOR] };
  return { cases: [], market: { providers, settlements, claims: [], trust } };
}
