/** The outcome: the metric against its target, what it pays by that, the reports, and the clock of the challenge. */
import { Trans, useLingui } from "@lingui/react/macro";
import { StageBadge } from "../../agreement/Stage.tsx";
import { isOver } from "../../agreement/Stages.ts";
import { useAgreement } from "../../agreement/useAgreement.ts";
import {
  type Agreement,
  type Document,
  documentOf,
  isOnLedger,
  OUTCOME,
  type Standing,
  useStanding,
} from "../../agreement/useStanding.ts";
import { useVerb } from "../../agreement/Verb.ts";
import { useKept } from "../../Kept.ts";
import { useSay } from "../../Language.tsx";
import { useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { ActDialog, type Chosen } from "../agreement/act/ActDialog.tsx";
import * as Turn from "../agreement/Turn.ts";
import { Waiting } from "../agreement/Waiting.tsx";
import * as Measure from "./Measure.ts";
import { OverTime } from "./OverTime.tsx";
import { Pay } from "./Pay.tsx";

export function Outcome() {
  const { t } = useLingui();
  const { data } = useAgreement();
  const standing = useStanding({ enabled: data !== undefined && isOnLedger(data) });
  const document = data && documentOf(data);
  if (!data) return null;
  if (!document?.outcome || !isOnLedger(data)) {
    return (
      <Page title={t`Outcome`}>
        <Empty title={t`There is nothing to measure here`}>
          <Trans>Only an agreement on the ledger whose terms pay by a result has this page.</Trans>
        </Empty>
      </Page>
    );
  }
  return (
    <Shown answer={standing} rows={4}>
      {(stand) => <Whole agreement={data} document={document} standing={stand} />}
    </Shown>
  );
}

type Props = { agreement: Agreement; document: Document; standing: Standing };

function Whole({ agreement, document, standing }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const [chosen, choose, forget] = useKept<Chosen | null>(`act.outcome.${agreement.id}`, null);
  const { rows: facts = [] } = useRows("GET /v1/agreements/{agreement}/facts", { agreement: agreement.id, limit: 200 });
  const { rows: acts = [] } = useRows("GET /v1/agreements/{agreement}/acts", { agreement: agreement.id, limit: 50 });
  const { outcome } = document;
  const tranche = standing.tranches.find(({ name }) => name === OUTCOME);
  const curve = Measure.of(document, standing);
  if (!outcome || !tranche || !curve) return null;
  const reports = Measure.reports(facts, acts);
  return (
    <Page title={t`Outcome: ${say(outcome.title)}`} lead={say(outcome.what)}>
      <Clock agreement={agreement} tranche={tranche} choose={choose} />
      <Waiting agreement={agreement} />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <Card title={t`Against the target`}>
          <OverTime outcome={outcome} reports={reports} />
        </Card>
        <Pay
          curve={curve}
          reports={reports}
          currency={document.currency}
          unit={say(outcome.unit)}
          over={isOver(tranche.stage)}
          paid={tranche.paid}
        />
      </div>
      <ActDialog
        agreement={agreement}
        standing={standing}
        chosen={chosen ?? undefined}
        onClose={() => choose(null)}
        onBegun={forget}
      />
    </Page>
  );
}

type ClockProps = { agreement: Agreement; tranche: Standing["tranches"][number]; choose: (chosen: Chosen) => void };

/** What is waited for, until when, and what then happens. */
function Clock({ agreement, tranche, choose }: ClockProps) {
  const { t } = useLingui();
  const say = useSay();
  const verbOf = useVerb();
  const { now } = useSession();
  const { stage, next } = tranche;
  const first = Turn.of(tranche);
  const isReporter = agreement.mine.includes("reporter") && stage === "awaiting";
  const verbs = [...(first ? [first.verb] : []), ...Turn.others(tranche)];
  // Reporters prepare it before the day: the node says when it may be.
  const shown = isReporter && !verbs.includes("report") ? ["report", ...verbs] : verbs;
  return (
    <Card title={t`Now`} actions={<StageBadge stage={stage} outcome />}>
      <div className="grid gap-3 text-sm">
        {next && !isOver(stage) && (
          <p>
            <span className="font-medium">
              {stage === "delivered" ? <Trans>Until it stands:</Trans> : <Trans>If nobody acts:</Trans>}
            </span>{" "}
            <When at={next.at} now={now()} />
            <span className="block text-muted">{say(next.says)}</span>
          </p>
        )}
        {stage === "delivered" && (
          <p>
            <Trans>Either side can contest the report until then. If nobody does, it is paid by it.</Trans>
          </p>
        )}
        <div className="no-print flex flex-wrap gap-2 empty:hidden">
          {shown.map((verb, index) => (
            <Button
              key={verb}
              look={index === 0 && (verb === "report" || verb === "claim" || verb === "fund") ? "primary" : "plain"}
              onClick={() => choose({ verb, milestone: OUTCOME })}
            >
              {verbOf(verb)}
            </Button>
          ))}
        </div>
      </div>
    </Card>
  );
}
