/** Where an agreement stands: each milestone with its money, what happens if nobody acts, and what I may do now. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useAgreement } from "../../agreement/useAgreement.ts";
import {
  type Agreement,
  isCoded,
  isOnLedger,
  type Standing as Stand,
  useStanding,
} from "../../agreement/useStanding.ts";
import { useKept } from "../../Kept.ts";
import { useAsk } from "../../Node.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { ActDialog, type Chosen } from "./act/ActDialog.tsx";
import { Before } from "./Before.tsx";
import { Credits } from "./Credits.tsx";
import { Facts } from "./Facts.tsx";
import { Files } from "./Files.tsx";
import { Milestone } from "./Milestone.tsx";
import { More } from "./More.tsx";
import { MyTurn } from "./MyTurn.tsx";
import { Sums } from "./Sums.tsx";
import { Waiting } from "./Waiting.tsx";

export function Standing() {
  const { data } = useAgreement();
  if (!data) return null;
  return isOnLedger(data) ? <OnLedger agreement={data} /> : <Before agreement={data} />;
}

function OnLedger({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const standing = useStanding();
  return (
    <Page title={t`Where it stands`}>
      {agreement.status === "replaced" && <Replaced />}
      <Shown answer={standing} rows={4}>
        {(data) => <Whole agreement={agreement} standing={data} />}
      </Shown>
    </Page>
  );
}

function Whole({ agreement, standing }: { agreement: Agreement; standing: Stand }) {
  const { t } = useLingui();
  const judged = useJudged(agreement);
  // Open again after a reload, with what was typed.
  const [chosen, choose, forget] = useKept<Chosen | null>(`act.open.${agreement.id}`, null);
  const close = () => {
    choose(null);
    forget();
  };
  return (
    <>
      <MyTurn agreement={agreement} standing={standing} {...judged} choose={choose} />
      <Waiting agreement={agreement} />
      <Sums standing={standing} />
      <Card title={t`Milestones`}>
        <ol className="grid gap-4">
          {standing.tranches.map((tranche, index) => (
            <Milestone key={tranche.name} {...{ agreement, standing, tranche, index, choose }} />
          ))}
        </ol>
      </Card>
      <Credits agreement={agreement} standing={standing} choose={choose} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Facts agreement={agreement} />
        <Files agreement={agreement} />
      </div>
      <More agreement={agreement} standing={standing} choose={choose} />
      <ActDialog
        agreement={agreement}
        standing={standing}
        chosen={chosen ?? undefined}
        onClose={close}
        onBegun={forget}
      />
    </>
  );
}

/** Milestones that code is judging, so that nobody has to; and those of which both runs differ. */
function useJudged(agreement: Agreement): { judging: readonly string[]; unequal: readonly string[] } {
  const { data } = useAsk(
    "GET /v1/agreements/{agreement}/acceptance",
    { agreement: agreement.id },
    { enabled: isCoded(agreement) },
  );
  const items = data?.items ?? [];
  const judging = items.filter((one) => one.does !== undefined || (JUDGING.has(one.state) && !one.people));
  const unequal = items.filter(({ state }) => state === "unequal");
  return { judging: judging.map((one) => one.milestone), unequal: unequal.map((one) => one.milestone) };
}
const JUDGING: ReadonlySet<string> = new Set(["waiting", "rerun"]);

function Replaced() {
  return (
    <Card
      title={<Trans>A change order has replaced this agreement</Trans>}
      lead={<Trans>Its money has moved to the new one. What stands here is what happened before.</Trans>}
      actions={
        <ButtonLink to="/agreements">
          <Trans>To the agreements</Trans>
        </ButtonLink>
      }
    />
  );
}
