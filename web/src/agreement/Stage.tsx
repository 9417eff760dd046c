/** Where one milestone, or the outcome, stands: in a word, never by colour alone. */
import { useLingui } from "@lingui/react/macro";
import { Badge, type BadgeTone } from "../ui/Badge.tsx";

const TONES: Record<string, BadgeTone> = {
  unfunded: "warn",
  awaiting: "accent",
  waiting: "plain",
  active: "accent",
  delivered: "warn",
  rejected: "bad",
  contestedByClient: "bad",
  contestedByProvider: "bad",
  contestedUndelivered: "bad",
  disputed: "bad",
  arbitrated: "bad",
  paid: "good",
  ended: "plain",
  terminated: "plain",
  closed: "plain",
};

/** `outcome`: its report has the code of a delivery. */
export function useStageName(): (stage: string, outcome?: boolean) => string {
  const { t } = useLingui();
  return (stage, outcome = false) => {
    const names: Record<string, string> = {
      unfunded: t`Not funded yet`,
      awaiting: t`To be measured`,
      waiting: t`Waits for the one before`,
      active: t`In work`,
      delivered: outcome ? t`Reported` : t`Delivered, in review`,
      rejected: t`Rejected, to be mended`,
      contestedByClient: t`Contested by the client`,
      contestedByProvider: t`Contested by the provider`,
      contestedUndelivered: t`Contested by the provider`,
      disputed: t`In dispute`,
      arbitrated: t`Before the arbitrator`,
      paid: t`Paid`,
      ended: t`Ended`,
      terminated: t`Terminated`,
      closed: t`Closed`,
    };
    return names[stage] ?? stage;
  };
}

export function StageBadge({ stage, outcome = false }: { stage: string; outcome?: boolean }) {
  const name = useStageName();
  return <Badge tone={TONES[stage] ?? "plain"}>{name(stage, outcome)}</Badge>;
}
