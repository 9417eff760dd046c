/** The typed clauses as forms, one part below the other; only what is open is there. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";
import { Badge } from "../../../ui/Badge.tsx";
import { Basics } from "../forms/Basics.tsx";
import { Disputes, Fees, Inputs, Law, Options, Pauses, Rights } from "../forms/Clauses.tsx";
import { Milestones } from "../forms/Milestones.tsx";
import { Outcome } from "../forms/Outcome.tsx";
import { Parties } from "../forms/Parties.tsx";
import { usePart } from "./Context.ts";
import { SECTIONS, type Section, sectionOf } from "./Sections.ts";

type Props = { open: ReadonlySet<Section>; toggle: (section: Section, open: boolean) => void };

export const Clauses = memo(function Clauses({ open, toggle }: Props) {
  const { t } = useLingui();
  // Drawn anew where a number changes, not with every word that is typed.
  const counted = usePart(({ troubles }) =>
    SECTIONS.map((section) => troubles.filter(({ field }) => sectionOf(field) === section).length).join(),
  ).split(",");
  const parts: Record<Section, [string, () => ReactNode]> = {
    basics: [t`Title, money, dates`, Basics],
    parties: [t`Parties`, Parties],
    milestones: [t`Milestones and criteria`, Milestones],
    outcome: [t`Pay by result`, Outcome],
    inputs: [t`What the client provides`, Inputs],
    options: [t`Ending early, taking more time`, Options],
    pauses: [t`Pauses of review`, Pauses],
    disputes: [t`Disputes`, Disputes],
    rights: [t`Rights in the work`, Rights],
    law: [t`Law and liability`, Law],
    fees: [t`Platform fee`, Fees],
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {SECTIONS.map((section, index) => {
        const [title, Form] = parts[section];
        const count = Number(counted[index]);
        return (
          <details
            key={section}
            open={open.has(section)}
            onToggle={(event) => toggle(section, event.currentTarget.open)}
            className="group rounded-xl border border-line bg-surface"
          >
            <summary className="flex min-h-12 list-none items-center gap-2 rounded-xl px-4 font-medium hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden="true"
                className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
              />
              <span className="min-w-0 flex-1">{title}</span>
              {count > 0 && (
                <Badge tone="warn">
                  <Trans>{count} to do</Trans>
                </Badge>
              )}
            </summary>
            {open.has(section) && (
              <div className="border-t border-line p-4">
                <Form />
              </div>
            )}
          </details>
        );
      })}
    </div>
  );
});
