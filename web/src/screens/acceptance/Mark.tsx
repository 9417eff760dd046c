/** What became of a check or a run: a sign and a word, never a colour alone. */
import { useLingui } from "@lingui/react/macro";
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  EyeOff,
  FileSignature,
  Loader,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import type { Cell } from "./Runs.ts";

export type Result = "pass" | "fail" | "error";
const RESULTS: Record<Result, { Icon: LucideIcon; colour: string }> = {
  pass: { Icon: CircleCheck, colour: "text-good" },
  fail: { Icon: CircleX, colour: "text-bad" },
  error: { Icon: TriangleAlert, colour: "text-warn" },
};

export function useResultName(): (result: string | undefined) => string {
  const { t } = useLingui();
  return (result) => {
    const names: Record<string, string> = { pass: t`passes`, fail: t`fails`, error: t`could not be checked` };
    return result === undefined ? t`not there` : (names[result] ?? result);
  };
}

export function ResultMark({ result }: { result: string | undefined }) {
  const name = useResultName();
  const { Icon, colour } = RESULTS[result as Result] ?? { Icon: CircleDashed, colour: "text-muted" };
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${colour}`}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {name(result)}
    </span>
  );
}

export const KINDS: Record<Cell["kind"], { Icon: LucideIcon; colour: string; box: string }> = {
  none: { Icon: CircleDashed, colour: "text-muted", box: "border-dashed border-edge" },
  hidden: { Icon: EyeOff, colour: "text-warn", box: "border-dashed border-warn/60" },
  queued: { Icon: CirclePause, colour: "text-muted", box: "border-edge" },
  running: { Icon: Loader, colour: "text-accent", box: "border-accent bg-accent-soft" },
  stopped: { Icon: CircleSlash, colour: "text-muted", box: "border-edge" },
  broken: { Icon: TriangleAlert, colour: "text-warn", box: "border-warn/60 bg-warn-soft" },
  unsigned: { Icon: FileSignature, colour: "text-warn", box: "border-warn/60 bg-warn-soft" },
  passed: { Icon: CircleCheck, colour: "text-good", box: "border-good/50 bg-good-soft" },
  failed: { Icon: CircleX, colour: "text-bad", box: "border-bad/50 bg-bad-soft" },
};

export function useKindName(): (kind: Cell["kind"]) => string {
  const { t } = useLingui();
  return (kind) =>
    ({
      none: t`Has not run it yet`,
      hidden: t`Waits for the hidden part`,
      queued: t`In the queue`,
      running: t`Runs now`,
      stopped: t`Stopped`,
      broken: t`Could not be run`,
      unsigned: t`Ran, signed by nobody`,
      passed: t`Passed`,
      failed: t`Did not pass`,
    })[kind];
}
