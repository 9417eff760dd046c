/** Which of the things that somebody may do is the one that is waited for. What may be done is the node's word (`mine`). */
import { isOver } from "../../agreement/Stages.ts";
import type { Tranche } from "../../agreement/useStanding.ts";

export type Turn = { readonly verb: string; readonly milestone: string };

/** By stage: the verb that moves it on. */
const AWAITED: Readonly<Record<string, readonly string[]>> = {
  unfunded: ["fund"],
  awaiting: ["report"],
  active: ["deliver"],
  rejected: ["deliver"],
  delivered: ["accept"],
  contestedByClient: ["answer"],
  contestedByProvider: ["answer"],
  contestedUndelivered: ["answer"],
  disputed: ["rule", "arbitrate"],
  arbitrated: ["rule"],
};
/** Most pressing first. */
const ORDER = ["answer", "rule", "accept", "fund", "report", "deliver", "arbitrate", "claim"];

/** Of one tranche; a claim where nothing else moves it. */
export function of({ name, stage, mine }: Tranche): Turn | undefined {
  if (isOver(stage)) return undefined;
  const verb = (AWAITED[stage] ?? []).find((one) => mine.includes(one)) ?? mine.find((one) => one === "claim");
  return verb === undefined ? undefined : { verb, milestone: name };
}

/** Of all, the most pressing first; among the same the soonest. */
export const all = (tranches: readonly Tranche[]): readonly Turn[] =>
  tranches.flatMap((one) => of(one) ?? []).sort((a, b) => ORDER.indexOf(a.verb) - ORDER.indexOf(b.verb));

/** What else may be done with it. */
export const others = (tranche: Tranche): readonly string[] => {
  const first = of(tranche)?.verb;
  return tranche.mine.filter((verb) => verb !== first);
};
