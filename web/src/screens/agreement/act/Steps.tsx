/** The stages of an act, each with its state in words and in shape. */
import { useLingui } from "@lingui/react/macro";
import { Check, Circle, X } from "lucide-react";
import { Spinner } from "../../../ui/Button.tsx";
import * as Progress from "./Progress.ts";

const TONES = { done: "text-good", now: "text-accent font-medium", open: "text-muted", bad: "text-bad font-medium" };

export function Steps({ progress }: { progress: Progress.Progress }) {
  const { t } = useLingui();
  const signed = { person: t`Signed`, node: t`Signed for the persona`, nobody: t`No signature needed` };
  const names: Record<Progress.Step, string> = {
    prepared: t`Prepared`,
    signed: progress.signed === undefined ? t`Signed` : signed[progress.signed],
    sent: t`Sent`,
    included: t`On the ledger`,
    final: t`Final`,
  };
  const states = { done: t`done`, now: t`going on`, open: t`to come`, bad: t`not done` };
  return (
    <ol className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {Progress.steps(progress).map(({ step, mark }) => (
        <li
          key={step}
          {...(mark === "now" ? { "aria-current": "step" as const } : {})}
          className={`inline-flex items-center gap-1.5 ${TONES[mark]}`}
        >
          {mark === "done" && <Check aria-hidden="true" className="size-4" />}
          {mark === "now" && <Spinner />}
          {mark === "open" && <Circle aria-hidden="true" className="size-3" />}
          {mark === "bad" && <X aria-hidden="true" className="size-4" />}
          {names[step]}
          <span className="sr-only">: {states[mark]}</span>
        </li>
      ))}
    </ol>
  );
}
