/** Which part of the money goes in when, and what happens where it does not. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Document } from "../../agreement/useStanding.ts";
import { Amount } from "../../ui/Amount.tsx";
import { When } from "../../ui/When.tsx";
import { useMilestoneTitle } from "../agreement/act/useActName.ts";
import type { Plan } from "./Plan.ts";

export function Stages({ document, plan }: { document: Document; plan: Plan }) {
  const { t } = useLingui();
  const titleOf = useMilestoneTitle(document);
  const { currency, openBy } = document;
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <Trans>
          At the opening <Amount units={plan.now} currency={currency} />, in all at most{" "}
          <Amount units={plan.total} currency={currency} />. It can be opened until:
        </Trans>{" "}
        <When at={openBy} />
      </p>
      <ul aria-label={t`Parts of the money`} className="grid gap-2">
        {plan.parts.map(({ name, amount, now, fundBy }) => (
          <li key={name} className="border-l-2 border-line pl-3">
            <span className="flex flex-wrap justify-between gap-x-3">
              <span className="font-medium">{titleOf(name)}</span>
              <Amount units={amount} currency={currency} />
            </span>
            <span className="text-muted">
              {fundBy === undefined ? (
                <Trans>paid in at the opening</Trans>
              ) : (
                <>
                  <Trans>paid in until</Trans> <When at={fundBy} far={false} />.{" "}
                  {now > 0n ? (
                    <Trans>
                      If it is not, this part ends and the provider gets <Amount units={now} currency={currency} />.
                    </Trans>
                  ) : (
                    <Trans>If it is not, this part ends and nobody owes anything for it.</Trans>
                  )}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
