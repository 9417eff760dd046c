/** What code judges of an agreement: milestone by milestone, what was delivered, both runs of it, and what they come to. */
import { Trans, useLingui } from "@lingui/react/macro";
import { StageBadge } from "../../agreement/Stage.tsx";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { type Agreement, isOnLedger, type Standing, useStanding } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { Delivered } from "./Delivered.tsx";
import { Hidden } from "./Hidden.tsx";
import { Outcome } from "./Outcome.tsx";
import { RunIt } from "./RunIt.tsx";
import type { Item } from "./Runs.ts";
import { Trials } from "./Trials.tsx";
import { TwoRuns } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";
import { Window } from "./Window.tsx";

export function Acceptance() {
  const { t } = useLingui();
  const { data } = useAgreement();
  if (!data) return null;
  return (
    <Page
      title={t`Acceptance by code`}
      lead={
        <Trans>
          Both sides run the same checks on what was delivered. Where both find the same, the money moves without a
          click.
        </Trans>
      }
      actions={
        <ButtonLink to="/agreements/$agreement/acceptance/try" params={{ agreement: data.id }}>
          <Trans>Try a suite</Trans>
        </ButtonLink>
      }
    >
      {isOnLedger(data) ? <OnLedger agreement={data} /> : <Before />}
      <Trials agreement={data} />
    </Page>
  );
}

function Before() {
  const { t } = useLingui();
  return (
    <Empty title={t`Nothing is judged yet`}>
      <Trans>Once both have signed and something is delivered, the runs of both sides are here.</Trans>
    </Empty>
  );
}

function OnLedger({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const { answer } = useAcceptance(agreement.id);
  const standing = useStanding();
  return (
    <Shown answer={answer} rows={4}>
      {({ items }) => {
        const coded = items.filter(({ state }) => state !== "none");
        return coded.length === 0 ? (
          <Empty title={t`People judge this agreement`}>
            <Trans>No criterion of its terms is run by code. You can still try a suite on your own work.</Trans>
          </Empty>
        ) : (
          coded.map((item) => <Milestone key={item.milestone} {...{ agreement, item }} standing={standing.data} />)
        );
      }}
    </Shown>
  );
}

type Props = { agreement: Agreement; standing: Standing | undefined; item: Item };

function Milestone({ agreement, standing, item }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const tranche = standing?.tranches.find(({ name }) => name === item.milestone);
  const round = item.round + 1;
  return (
    <Card
      title={say(item.title)}
      lead={item.round > 0 ? t`Round ${round}` : undefined}
      actions={tranche && <StageBadge stage={tranche.stage} />}
    >
      <div className="grid gap-5">
        <Outcome {...{ agreement, standing, item, tranche }} />
        <TwoRuns {...{ agreement, item }} />
        <Window item={item} tranche={tranche} />
        <RunIt {...{ agreement, item }} />
        <Hidden {...{ agreement, item }} />
        <Delivered {...{ agreement, item }} />
      </div>
    </Card>
  );
}
