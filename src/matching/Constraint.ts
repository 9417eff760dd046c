/** What a brief demands and nothing makes up for. What it leaves open rules nobody out. */
import { InputError } from "../agreement/index.ts";
import * as Attestation from "./Attestation.ts";
import type { Brief } from "./Brief.ts";
import * as Provider from "./Provider.ts";

const { both } = InputError;
type Words = InputError.Words;

/** Of seven days, those that are paid. */
const PAID = 5 / 7;
/** Days that are looked at where a brief names no term. */
export const TERM = 30;

export type Offer = {
  readonly provider: Provider.Provider;
  readonly attestations: readonly Attestation.Attestation[];
};

/** The first demand that a provider does not meet; nothing if it meets all. */
export function refusalOf(
  brief: Brief,
  { provider, attestations }: Offer,
  known: Attestation.Known,
): Words | undefined {
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
  // Without a calendar it is not known, and rules nobody out.
  if (start !== undefined && provider.free.length > 0 && Provider.freeShare(provider, start, term ?? TERM) === 0) {
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
