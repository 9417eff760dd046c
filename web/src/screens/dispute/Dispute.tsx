/** A dispute as both sides and the arbitrator see it: the same facts, each side's evidence, the cost, the clock, the default. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { StageBadge } from "../../agreement/Stage.tsx";
import { isInDispute, isOver } from "../../agreement/Stages.ts";
import { useAgreement } from "../../agreement/useAgreement.ts";
import {
  type Agreement,
  type Document,
  documentOf,
  isOnLedger,
  OUTCOME,
  type Standing,
  type Tranche,
  useStanding,
} from "../../agreement/useStanding.ts";
import { useVerb } from "../../agreement/Verb.ts";
import { useKept } from "../../Kept.ts";
import { useSay } from "../../Language.tsx";
import { useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { ActDialog, type Chosen } from "../agreement/act/ActDialog.tsx";
import { FactList } from "../agreement/Facts.tsx";
import * as Turn from "../agreement/Turn.ts";
import * as Case from "./Case.ts";
import { Cost } from "./Cost.tsx";
import { Desk } from "./Desk.tsx";
import { Evidence } from "./Evidence.tsx";

export function Dispute() {
  const { t } = useLingui();
  const { milestone = "" } = useParams({ strict: false });
  const { data } = useAgreement();
  const standing = useStanding({ enabled: data !== undefined && isOnLedger(data) });
  if (!data) return null;
  const document = documentOf(data);
  if (!document || !isOnLedger(data)) {
    return (
      <Page title={t`Dispute`}>
        <Empty title={t`There is nothing to dispute yet`}>
          <Trans>The agreement is not on the ledger.</Trans>
        </Empty>
      </Page>
    );
  }
  return (
    <Shown answer={standing} rows={4}>
      {(stand) => <Found agreement={data} document={document} standing={stand} milestone={milestone} />}
    </Shown>
  );
}

type Props = { agreement: Agreement; document: Document; standing: Standing; milestone: string };

function Found({ agreement, document, standing, milestone }: Props) {
  const { t } = useLingui();
  const index = Case.indexOf(standing, milestone);
  const tranche = standing.tranches[index];
  if (!tranche) {
    return (
      <Page title={t`Dispute`}>
        <Empty title={t`There is no such milestone in this agreement`} />
      </Page>
    );
  }
  return <Whole {...{ agreement, document, standing, tranche, index }} />;
}

type WholeProps = Omit<Props, "milestone"> & { tranche: Tranche; index: number };

function Whole({ agreement, document, standing, tranche, index }: WholeProps) {
  const { t } = useLingui();
  const say = useSay();
  const [chosen, choose, forget] = useKept<Chosen | null>(`act.dispute.${agreement.id}.${tranche.name}`, null);
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/facts", { agreement: agreement.id, limit: 200 });
  const facts = Case.factsOf(rows, index);
  const title = say(tranche.title);
  return (
    <Page
      title={t`Dispute: ${title}`}
      lead={
        isInDispute(tranche.stage) ? undefined : isOver(tranche.stage) ? (
          <Trans>It has been decided.</Trans>
        ) : (
          <Trans>Nothing of it is contested now.</Trans>
        )
      }
    >
      <Clock {...{ agreement, document, standing, tranche, choose }} />
      {agreement.mine.includes("arbitrator") && <Desk {...{ agreement, standing, tranche, choose }} />}
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <Card title={t`What happened, as the ledger has it`}>
          {facts.length === 0 ? <Empty title={t`Nothing yet`} /> : <FactList rows={facts} />}
        </Card>
        <Cost document={document} />
      </div>
      <Evidence agreement={agreement} facts={facts} />
      {!agreement.mine.includes("arbitrator") && <Desk {...{ agreement, standing, tranche, choose }} />}
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

type ClockProps = Omit<WholeProps, "index"> & { choose: (chosen: Chosen) => void };

/** What is at stake, until when, and what comes if nobody acts. */
function Clock({ document, standing, tranche, choose }: ClockProps) {
  const { t } = useLingui();
  const say = useSay();
  const verbOf = useVerb();
  const { now } = useSession();
  const { stage, next, held, name } = tranche;
  const first = Turn.of(tranche);
  const verbs = [...(first ? [first.verb] : []), ...Turn.others(tranche)].filter((verb) => verb !== "rule");
  return (
    <Card title={t`Now`} actions={<StageBadge stage={stage} outcome={name === OUTCOME} />}>
      <dl className="grid gap-3 text-sm sm:grid-cols-3">
        <div>
          <dt className="text-muted">{t`At stake`}</dt>
          <dd className="font-semibold">
            <Amount units={held} currency={standing.currency} />
          </dd>
        </div>
        {next && !isOver(stage) && (
          <>
            <div>
              <dt className="text-muted">{t`The clock`}</dt>
              <dd>
                <When at={next.at} now={now()} />
              </dd>
            </div>
            <div>
              <dt className="text-muted">{t`If nobody acts until then`}</dt>
              <dd>{say(next.says)}</dd>
            </div>
          </>
        )}
      </dl>
      <p className="mt-3 text-sm text-muted">
        <Trans>
          Where nobody rules in time, the provider gets {document.arbitration.fallback} of what is unpaid: both signed
          that.
        </Trans>
      </p>
      {verbs.length > 0 && (
        <div className="no-print mt-3 flex flex-wrap gap-2">
          {verbs.map((verb, index) => (
            <Button
              key={verb}
              look={index === 0 && first?.verb === verb ? "primary" : "plain"}
              onClick={() => choose({ verb, milestone: name })}
            >
              {verbOf(verb)}
            </Button>
          ))}
        </div>
      )}
    </Card>
  );
}
