/** How a suite is run, wherever it is run: how often, with what, and within which limits. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { ChoiceAt, LengthAt, NumberAt, TextAt } from "../../write/fields.tsx";

/** It brings the forms of the document, which the page does without. */
const InWords = lazy(async () => ({ default: (await import("./InWords.tsx")).InWords }));

export function HowRun({ field }: { field: string }) {
  const { t } = useLingui();
  const [isOpen, open] = useState(false);
  const at = (key: string) => `${field}.run.${key}`;
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <LengthAt
          field={at("within")}
          label={t`Time to run it`}
          hint={<Trans>From the delivery, for both sides, and to show what is hidden.</Trans>}
        />
        <NumberAt
          field={at("flaky.runs")}
          label={t`Runs of each check`}
          hint={<Trans>1 to 9. More where results waver.</Trans>}
        />
        <ChoiceAt
          field={at("flaky.passes")}
          label={t`A check passes if`}
          choices={[
            ["all", t`all its runs pass`],
            ["most", t`most of its runs pass`],
            ["any", t`one of its runs passes`],
          ]}
        />
      </div>
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary className="inline-flex min-h-8 items-center text-sm text-accent">
          <Trans>Limits and environment</Trans>
        </summary>
        <div className="mt-2 grid gap-3">
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            <NumberAt field={at("limits.time")} label={t`Seconds by the clock`} />
            <NumberAt field={at("limits.cpu")} label={t`Seconds of processors`} />
            <NumberAt field={at("limits.memory")} label={t`Memory, MB`} />
            <NumberAt field={at("limits.disk")} label={t`Disk, MB`} />
            <NumberAt field={at("limits.output")} label={t`Output, MB`} />
            <NumberAt field={at("limits.processes")} label={t`Processes at once`} />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <TextAt field={at("environment.timeZone")} label={t`Time zone inside`} />
            <TextAt field={at("environment.locale")} label={t`Locale inside`} />
          </div>
          {isOpen && (
            <Suspense>
              <InWords field={field} />
            </Suspense>
          )}
        </div>
      </details>
    </div>
  );
}
