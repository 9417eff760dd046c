/** How endings are laid out: at which stage of a milestone each leaves, what becomes of its money, and where things lie. */
import type { Clause, Ending, Endings, Kind } from "../../../../src/agreement/Endings.ts";

export const STAGES = ["funding", "work", "review", "mending", "contest", "ruling", "measuring", "consent"] as const;
export type Stage = (typeof STAGES)[number];

const STAGE_OF: Record<Kind, Stage> = {
  unfunded: "funding",
  terminated: "funding",
  undelivered: "work",
  late: "work",
  accepted: "review",
  silence: "review",
  lapsed: "mending",
  forfeitedToClient: "contest",
  forfeitedToProvider: "contest",
  unanswered: "contest",
  noArbitration: "contest",
  ruled: "ruling",
  fallback: "ruling",
  measured: "measuring",
  reported: "measuring",
  default: "measuring",
  settled: "consent",
  replaced: "consent",
};

/** The endings of one tranche, stage after stage. */
export function stagesOf(endings: readonly Ending[], tranche: number): { stage: Stage; lanes: readonly Ending[] }[] {
  const own = endings.filter((one) => one.tranche === tranche);
  return STAGES.flatMap((stage) => {
    const lanes = own.filter(({ kind }) => STAGE_OF[kind] === stage);
    return lanes.length === 0 ? [] : [{ stage, lanes }];
  });
}

/** What becomes of the money: all of it is paid, all goes back, or both get some. */
export type Fate = "paid" | "back" | "split";
export function fateOf({ share }: Pick<Ending, "share">): Fate {
  if (share.min === 10_000) return "paid";
  return share.max === 0 ? "back" : "split";
}

/** Hundredths of a percent are enough to draw: where a sum lies between two others, in percent, within them. */
export function placeOf(sum: bigint, low: bigint, high: bigint): number {
  if (high <= low) return 0;
  const place = Number(((sum - low) * 10_000n) / (high - low)) / 100;
  return Math.min(100, Math.max(0, place));
}

/** The least and the most that any party can come to, zero among them. */
export function spanOf({ client, provider }: Pick<Endings, "client" | "provider">): { low: bigint; high: bigint } {
  const sums = [
    client.worst.sums.client,
    client.best.sums.client,
    provider.worst.sums.provider,
    provider.best.sums.provider,
  ];
  const least = sums.reduce((low, sum) => (sum < low ? sum : low), 0n);
  const most = sums.reduce((high, sum) => (sum > high ? sum : high), 0n);
  return { low: least, high: most };
}

/** Where the clause stands in the document. `milestones`: how many there are; what comes after is the outcome. */
export function fieldOf(clause: Clause, tranche: number | undefined, milestones: number): string {
  const isOutcome = tranche === milestones;
  const holder = isOutcome ? "outcome" : `milestones[${tranche ?? 0}]`;
  switch (clause) {
    case "fundBy":
      return `${holder}.fundBy`;
    case "amount":
      return `${holder}.amount`;
    case "due":
      return isOutcome ? "outcome.reportBy" : `${holder}.due`;
    case "cure":
      return `${holder}.cure`;
    case "review":
    case "rejections":
      return isOutcome ? "outcome.challenge" : `${holder}.review`;
    case "extension":
    case "termination":
      return "options";
    case "contest":
    case "arbitration":
      return "arbitration";
    case "answerWithin":
    case "ruleWithin":
      return `arbitration.by.${clause}`;
    case "reportBy":
      return "outcome.reportBy";
    case "curve":
      return "outcome.points";
    case "defaultValue":
      return "outcome.default";
    case "pauses":
      return "calendar";
    case "openBy":
    case "sequential":
      return clause;
  }
}
