/** What a line of the log is about. */
import { useLingui } from "@lingui/react/macro";

/** One of another version of the node is called by its own name. */
export function useKind(): (kind: string) => string {
  const { t } = useLingui();
  const names = new Map([
    ["opened", t`the desk was set up`],
    ["decision", t`decided by the desk`],
    ["correction", t`corrected by a person`],
    ["closed", t`answered by a person`],
    ["reopened", t`came back`],
    ["escalated", t`somebody was told that time runs out`],
    ["model", t`another model went to work`],
    ["paused", t`paused`],
    ["resumed", t`resumed`],
    ["key", t`another key seals the log`],
    ["stopped", t`stopped for good`],
  ]);
  return (kind) => names.get(kind) ?? kind;
}
