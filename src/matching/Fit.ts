/** Which providers may do what a brief wants, and how well they fit it: by profile and record, where there are no cases to go by. */
import { InputError } from "../agreement/index.ts";
import * as Attestation from "./Attestation.ts";
import type { Brief } from "./Brief.ts";
import * as Provider from "./Provider.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Candidate = {
  readonly provider: Provider.Provider;
  readonly attestations: readonly Attestation.Attestation[];
  /** By skill, the share of promises kept at least, from 0 to 1, as `Reputation.recordOf` gives it. */
  readonly quality: Readonly<Record<string, number>>;
};

export const PARTS = {
  skills: both("skills, by what was kept in each", "技能及其履约质量"),
  price: both("price within the budget", "报价相对预算"),
  calendar: both("free in the time wanted", "所需时段的空闲程度"),
} as const;
export type Part = keyof typeof PARTS;

export type Fitting = {
  readonly name: string;
  /** Millionths; the sum of the parts. */
  readonly score: number;
  readonly parts: Readonly<Record<Part, number>>;
};

export type Fit = {
  readonly fitting: readonly Fitting[];
  /** Who may not, and why. */
  readonly excluded: readonly { readonly name: string; readonly why: Words }[];
};

/** Quality of who has no record: the bound of a uniform prior. */
const NO_RECORD = 0.1;
/** Of seven days, those that are paid. */
const PAID = 5 / 7;

/** By score, of equals by name. What a brief leaves open rules nobody out. */
export function rank(brief: Brief, candidates: readonly Candidate[], known: Attestation.Known): Fit {
  const fitting: Fitting[] = [];
  const excluded: { name: string; why: Words }[] = [];
  for (const candidate of candidates) {
    const { name } = candidate.provider;
    const why = refusalOf(brief, candidate, known);
    if (why) excluded.push({ name, why });
    else {
      const parts = partsOf(brief, candidate);
      fitting.push({ name, parts, score: parts.skills + parts.price + parts.calendar });
    }
  }
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
  return {
    fitting: fitting.sort((one, other) => other.score - one.score || byName(one, other)),
    excluded: excluded.sort(byName),
  };
}

/** The first hard constraint that a provider does not meet. */
function refusalOf(brief: Brief, { provider, attestations }: Candidate, known: Attestation.Known): Words | undefined {
  const { skills = [], compliance = [], budget, overlap, start, term } = brief;
  if (skills.length > 0 && !skills.some((skill) => provider.skills.includes(skill))) {
    return both("none of the skills wanted", "不具备所需的任何技能");
  }
  for (const what of compliance) {
    const some = attestations.filter((each) => each.what === what);
    const refusals = some.map((each) => Attestation.refusalOf(each, provider.name, known));
    if (refusals.includes(undefined)) continue;
    const why = refusals[0] ?? both("there is none", "没有相应证书");
    return both(`no valid attestation of ${what}: ${why.en}`, `没有有效的 ${what} 证明：${why.zh}`);
  }
  const cost = costOf(brief, provider);
  if (budget && cost !== undefined && cost > budget.most) {
    return both(
      `costs at least ${cost} ${budget.currency}, the budget is ${budget.most}`,
      `至少需 ${cost} ${budget.currency}，预算为 ${budget.most}`,
    );
  }
  if (overlap && Provider.sharedHours(provider, overlap.offset) < overlap.hours) {
    const shared = Provider.sharedHours(provider, overlap.offset);
    return both(
      `shares ${shared} working hours, ${overlap.hours} are wanted`,
      `每日重叠工作 ${shared} 小时，需要 ${overlap.hours} 小时`,
    );
  }
  if (start !== undefined && Provider.freeShare(provider, start, term ?? 30) === 0) {
    return both("not free in the time wanted", "所需时段没有空闲");
  }
  return undefined;
}

/** The least that a provider asks for the whole term; nothing where currencies or the term leave it open. */
export function costOf({ budget, term }: Brief, { rate }: Provider.Provider): number | undefined {
  return budget && term !== undefined && budget.currency === rate.currency
    ? rate.from * Math.ceil(term * PAID)
    : undefined;
}

function partsOf(brief: Brief, { provider, quality }: Candidate): Record<Part, number> {
  const { skills = [], budget, start, term = 30 } = brief;
  const worth = skills.map((skill) =>
    provider.skills.includes(skill) ? 0.5 + 0.5 * (quality[skill] ?? NO_RECORD) : 0,
  );
  const mean = worth.reduce((sum, each) => sum + each, 0) / Math.max(1, worth.length);
  const cost = costOf(brief, provider);
  const price = budget && cost !== undefined ? 1 - cost / budget.most : 0.5;
  const calendar = start === undefined ? 0.5 : Provider.freeShare(provider, start, term);
  const millionths = (value: number) => Math.round(value * 1_000_000);
  return { skills: millionths(0.7 * mean), price: millionths(0.15 * price), calendar: millionths(0.15 * calendar) };
}
