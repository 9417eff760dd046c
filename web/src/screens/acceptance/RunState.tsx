/** How far one run is, in a sign and a word. */
import { Trans } from "@lingui/react/macro";
import { KINDS, useKindName } from "./Mark.tsx";
import type { Cell, Run } from "./Runs.ts";

/** A trial is signed by nobody, and need not be. */
export function kindOf({ state, passed }: Pick<Run, "state" | "passed">): Cell["kind"] {
  if (state === "done") return passed ? "passed" : "failed";
  return state === "waiting" ? "hidden" : state === "failed" ? "broken" : state;
}

export function RunState({ run }: { run: Run }) {
  const nameOf = useKindName();
  const kind = kindOf(run);
  const { Icon, colour } = KINDS[kind];
  const passed = run.checks?.filter((check) => check.result === "pass").length ?? 0;
  const all = run.checks?.length ?? 0;
  return (
    <span role="status" className={`inline-flex items-center gap-1.5 font-medium ${colour}`}>
      <Icon
        aria-hidden="true"
        className={`size-4 shrink-0 ${kind === "running" ? "animate-spin motion-reduce:animate-none" : ""}`}
      />
      {nameOf(kind)}
      {run.state === "done" && (
        <span className="font-normal tabular-nums">
          <Trans>
            ({passed} of {all} checks)
          </Trans>
        </span>
      )}
    </span>
  );
}
