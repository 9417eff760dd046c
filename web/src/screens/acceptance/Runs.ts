/** What the runs of both sides come to, criterion by criterion, for a picture of two columns. Pure. */
import type { Output } from "../../Node.ts";

export type Item = Output<"GET /v1/agreements/{agreement}/acceptance">["items"][number];
export type Run = Output<"GET /v1/agreements/{agreement}/runs">["items"][number];
export type Verdict = Output<"GET /v1/agreements/{agreement}/verdicts">["items"][number];
export type Side = "client" | "provider";
export const SIDES: readonly Side[] = ["client", "provider"];

export type Cell = {
  /**
   *   none     it has not run it, as far as this node knows
   *   hidden   waits for the hidden part
   *   unsigned done, and signed by nobody
   *   broken   it could not be run
   */
  readonly kind: ("none" | "hidden" | "queued" | "running" | "stopped" | "broken" | "unsigned") | ("passed" | "failed");
  readonly run?: Run;
  readonly verdict?: Verdict;
};

export type Pair = {
  /** From 1. */
  readonly attempt: number;
  readonly client: Cell;
  readonly provider: Cell;
  readonly is: "open" | "equal" | "differs";
};

/** Round whose runs are shown: that of the moment, or the one before while nothing is delivered anew. */
export function roundOf({ milestone, round, state }: Item, verdicts: readonly Verdict[]): number {
  const last = Math.max(-1, ...verdicts.filter((one) => one.milestone === milestone).map((one) => one.round));
  return state === "open" && last >= 0 && last < round ? last : round;
}

const STATES: Record<Run["state"], Cell["kind"]> = {
  waiting: "hidden",
  queued: "queued",
  running: "running",
  done: "unsigned",
  failed: "broken",
  stopped: "stopped",
};

function cellOf(run: Run | undefined, verdict: Verdict | undefined): Cell {
  if (verdict) return { kind: verdict.passed ? "passed" : "failed", verdict, ...(run ? { run } : {}) };
  return run ? { kind: STATES[run.state], run } : { kind: "none" };
}

/** The pairs of runs of one criterion in a round, the first first; a second where the first two differ and it is run again. */
export function pairs(
  item: Item,
  criterion: string,
  round: number,
  runs: readonly Run[],
  verdicts: readonly Verdict[],
): readonly Pair[] {
  const of = <T extends { milestone?: string | undefined; criterion: string; round?: number | undefined }>(
    list: readonly T[],
  ) => list.filter((one) => one.milestone === item.milestone && one.criterion === criterion && one.round === round);
  const [ran, said] = [of(runs), of(verdicts)];
  const isAgain =
    item.state === "rerun" && item.round === round && item.waits.some((one) => one.criterion === criterion);
  const last = Math.max(1, ...ran.map(({ attempt }) => attempt), ...said.map(({ attempt }) => attempt));
  const made: Pair[] = [];
  for (let attempt = 1; attempt <= last || (isAgain && made.at(-1)?.is === "differs"); attempt++) {
    const cell = (side: Side) => {
      const mine = <T extends { side?: string | undefined; attempt: number }>(one: T) =>
        one.side === side && one.attempt === attempt;
      const found = cellOf(ran.find(mine), said.find(mine));
      // Of the other side's run the node tells only how far it is.
      const wait = item.waits.find((one) => one.side === side && one.criterion === criterion)?.run;
      const isNow = item.round === round && attempt >= last;
      return found.kind === "none" && wait !== undefined && isNow ? { kind: STATES[wait] } : found;
    };
    const [client, provider] = [cell("client"), cell("provider")];
    const digests = [client.verdict?.digest, provider.verdict?.digest];
    const isOpen = digests.includes(undefined);
    made.push({ attempt, client, provider, is: isOpen ? "open" : digests[0] === digests[1] ? "equal" : "differs" });
  }
  return made;
}

/** The pair that counts, of those that can be compared: the last. */
export const comparable = (list: readonly Pair[]): (Pair & { one: string; other: string }) | undefined =>
  list
    .flatMap((pair) =>
      pair.client.verdict && pair.provider.verdict
        ? [{ ...pair, one: pair.client.verdict.id, other: pair.provider.verdict.id }]
        : [],
    )
    .at(-1);

/** What is to be shown first of two verdicts: the checks in which they differ, then those that did not pass, then the rest. */
export function ordered<T extends { one?: string | undefined; other?: string | undefined }>(
  checks: readonly T[],
): readonly T[] {
  const rank = ({ one, other }: T) => (one !== other ? 0 : one === "pass" ? 2 : 1);
  return checks.toSorted((a, b) => rank(a) - rank(b));
}
