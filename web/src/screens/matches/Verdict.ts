/**
 * Whether the ranking that a page shows is what its inputs give: the ranking in the bundle is computed anew, and what the page shows
 * is held against it. Pure; the page has it done beside itself.
 */
import { both, CommendaError, type Words } from "../../../../src/agreement/InputError.ts";
import * as Bundle from "../../../../src/matching/Bundle.ts";
import type * as Ranking from "../../../../src/matching/Ranking.ts";

/** Of a ranking, what is drawn. */
export type Shown = Pick<Ranking.Ranking, "weights" | "inputs" | "floor" | "base" | "others"> & {
  readonly candidates: readonly (Pick<Ranking.Candidate, "place" | "provider" | "score" | "propensity"> & {
    readonly parts: Readonly<Record<string, number>>;
    readonly cases: readonly Pick<Ranking.Reason, "id" | "title" | "weight">[];
  })[];
  readonly excluded: readonly Pick<Ranking.Ranking["excluded"][number], "provider">[];
};

export type Verdict =
  | { readonly equal: true; readonly candidates: number }
  | { readonly equal: false; readonly why: Words };

export function judge(bundle: unknown, shown: Shown): Verdict {
  try {
    const parsed = Bundle.parse(bundle);
    Bundle.verify(parsed);
    const other = differenceOf(shown, parsed.ranking);
    if (other === undefined) return { equal: true, candidates: shown.candidates.length };
    return {
      equal: false,
      why: both(
        `This page shows another value than its inputs give: ${other}.`,
        `本页所示与由输入算得的不符：${other}。`,
      ),
    };
  } catch (error) {
    if (error instanceof CommendaError) return { equal: false, why: error.words };
    throw error;
  }
}

/** The first field that differs; nothing where all that is drawn is alike. */
function differenceOf(shown: Shown, ranking: Ranking.Ranking): string | undefined {
  const fields = ["weights", "inputs", "floor", "base", "others"] as const;
  const found = fields.find((field) => !isSame(shown[field], ranking[field]));
  if (found !== undefined) return found;
  if (shown.candidates.length !== ranking.candidates.length) return "candidates";
  for (const [at, { cases, ...own }] of shown.candidates.entries()) {
    const other = ranking.candidates[at] as Ranking.Candidate;
    for (const field of ["provider", "place", "score", "parts", "propensity"] as const) {
      if (!isSame(own[field], other[field])) return `candidates[${at}].${field}`;
    }
    const drawn = (all: readonly Pick<Ranking.Reason, "id" | "title" | "weight">[]) =>
      all.map(({ id, title, weight }) => ({ id: String(id), title, weight }));
    if (!isSame(drawn(cases), drawn(other.cases))) return `candidates[${at}].cases`;
  }
  const names = (all: Shown["excluded"]) => all.map(({ provider }) => provider);
  return isSame(names(shown.excluded), names(ranking.excluded)) ? undefined : "excluded";
}

/** Plain data, whatever the order of its fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return Object.is(one, other);
  const [own, others] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(own), ...Object.keys(others)]);
  return [...keys].every((key) => isSame(own[key], others[key]));
}
