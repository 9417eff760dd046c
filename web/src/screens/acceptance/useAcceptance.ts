/** What both sides' runs come to, kept current: by events, and by asking where only the other side's node knows more. */
import { keyOf, type Output, queries, useAsk, useRows } from "../../Node.ts";
import type * as Runs from "./Runs.ts";

type Answer = Output<"GET /v1/agreements/{agreement}/acceptance">;
const ROUTE = "GET /v1/agreements/{agreement}/acceptance";
/** Milliseconds between two looks while the other side is at it. */
const LOOK = 5_000;
const OPEN = new Set<Runs.Item["state"]>(["waiting", "rerun"]);
const NONE: readonly never[] = [];

/** Milestones, runs and verdicts of an agreement on the ledger. */
export function useAcceptance(agreement: string, { enabled = true } = {}) {
  const known = queries.getQueryData<Answer>(keyOf(ROUTE, { agreement }));
  const isOpen = known?.items.some(({ state }) => OPEN.has(state)) ?? false;
  const answer = useAsk(ROUTE, { agreement }, { enabled, ...(isOpen ? { every: LOOK } : {}) });
  const lists = { agreement, limit: 200 };
  const runs = useRows("GET /v1/agreements/{agreement}/runs", lists, { enabled });
  const verdicts = useRows("GET /v1/agreements/{agreement}/verdicts", lists, { enabled });
  return {
    answer,
    runs: runs.rows ?? (NONE as readonly Runs.Run[]),
    verdicts: verdicts.rows ?? (NONE as readonly Runs.Verdict[]),
  };
}
