/** A ranking with all that it takes to recompute it, in one file that anyone can keep. */
import { Errors, InputError } from "../agreement/index.ts";
import * as Case from "./Case.ts";
import type * as Knowledge from "./Knowledge.ts";
import * as Market from "./Market.ts";
import * as Ranking from "./Ranking.ts";
import * as Weights from "./Weights.ts";

const { both } = InputError;

export type Bundle = {
  readonly format: "commenda-bundle-1";
  readonly ranking: Ranking.Ranking;
  readonly cases: readonly Case.Case[];
  readonly market?: Market.Market;
  readonly weights: Weights.Weights;
};

/** With what was known before the request, and nothing of later. */
export function of(ranking: Ranking.Ranking, inputs: Knowledge.Inputs, weights: Weights.Weights): Bundle {
  const { at } = ranking.request;
  const older = <T extends { readonly at: number }>(list: readonly T[]) => list.filter((each) => each.at < at);
  const { cases, market } = inputs;
  return {
    format: "commenda-bundle-1",
    ...{ ranking, weights, cases: older(cases) },
    ...(market ? { market: { ...market, settlements: older(market.settlements), claims: older(market.claims) } } : {}),
  };
}

export const isOne = (value: unknown): boolean => (value as Partial<Bundle> | null)?.format === "commenda-bundle-1";

/** Throws `BadInput`. */
export function parse(value: unknown): Bundle {
  const { ranking, cases, market, weights } = (value ?? {}) as Partial<Bundle>;
  if (!isOne(value) || !Array.isArray(cases)) {
    const expected = both("a ranking with its inputs, as a node gives it", "节点给出的含全部输入的排序文件");
    throw new InputError.BadInput([new Errors.WrongForm({ field: "bundle", found: value, expected })]);
  }
  const bad = cases.flatMap((each, at) => Case.check(each, at + 1));
  if (bad.length > 0) throw new InputError.BadInput(bad);
  return {
    format: "commenda-bundle-1",
    ranking: Ranking.parse(ranking),
    cases: cases as readonly Case.Case[],
    ...(market === undefined ? {} : { market: Market.parse(market) }),
    weights: Weights.parse(weights),
  };
}

/** Recomputes the ranking from what lies beside it. Throws `NotThisRanking` with the first field that does not follow. */
export const verify = ({ ranking, weights, ...inputs }: Bundle): void => Ranking.verify(ranking, inputs, weights);
