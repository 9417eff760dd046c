/** On a milestone of the standing: what both runs of what was delivered come to. */
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { Agreement, Standing, Tranche } from "../../agreement/useStanding.ts";
import { Outcome } from "./Outcome.tsx";
import { TwoRuns } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";
import { Window } from "./Window.tsx";

type Props = { agreement: Agreement; standing: Standing; tranche: Tranche };

export function OnMilestone({ agreement, standing, tranche }: Props) {
  const { answer, verdicts } = useAcceptance(agreement.id);
  const item = answer.data?.items.find(({ milestone }) => milestone === tranche.name);
  const wasJudged = verdicts.some(({ milestone }) => milestone === tranche.name);
  if (!item || item.state === "none" || (item.state === "open" && !wasJudged)) return null;
  return (
    <div className="grid gap-3">
      <Outcome {...{ agreement, standing, item, tranche }} />
      <TwoRuns {...{ agreement, item }} />
      <Window item={item} tranche={tranche} isShort />
      <p className="no-print text-sm">
        <Link
          to="/agreements/$agreement/acceptance"
          params={{ agreement: agreement.id }}
          className="inline-flex min-h-6 items-center underline"
        >
          <Trans>Everything about its acceptance</Trans>
        </Link>
      </p>
    </div>
  );
}
