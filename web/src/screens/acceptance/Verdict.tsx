/** A verdict as its runner signed it, and as anyone can check it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import * as Verdicts from "../../../../src/agreement/Verdict.ts";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { useSay } from "../../Language.tsx";
import { type Output, useAsk } from "../../Node.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Back } from "./Back.tsx";
import { Findings } from "./Findings.tsx";
import { Hash } from "./Hash.tsx";
import { useCriterionName } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";

type Found = Output<"GET /v1/agreements/{agreement}/verdicts/{verdict}">;

export function Verdict() {
  const { t } = useLingui();
  const { agreement = "", verdict = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/agreements/{agreement}/verdicts/{verdict}", { agreement, verdict });
  const side = answer.data?.side;
  const title =
    side === undefined ? t`Verdict` : side === "client" ? t`Verdict of the client` : t`Verdict of the provider`;
  return (
    <Page title={title} above={<Back agreement={agreement} />}>
      <Shown answer={answer} rows={4}>
        {(data) => <Whole agreement={agreement} found={data} />}
      </Shown>
    </Page>
  );
}

function Whole({ agreement, found }: { agreement: string; found: Found }) {
  const { t } = useLingui();
  const { verdict: document } = found.signed as unknown as Verdicts.Signed;
  // Not as the node tells it: made anew here, from what was signed.
  const isWhole = Verdicts.digest(document) === found.digest;
  return (
    <>
      <Summary agreement={agreement} found={found} />
      {!isWhole && (
        <Note tone="bad" role="alert" title={t`The digest does not fit what was signed`}>
          <Trans>Do not rely on this page: verify the proof of the agreement instead.</Trans>
        </Note>
      )}
      {!found.confined && (
        <Note tone="warn" title={t`The code ran without a sandbox`}>
          <Trans>Such a verdict never accepts by itself: a person decides.</Trans>
        </Note>
      )}
      <Findings agreement={agreement} document={document} />
    </>
  );
}

function Summary({ agreement, found }: { agreement: string; found: Found }) {
  const { t } = useLingui();
  const say = useSay();
  const { data } = useAgreement();
  const { verdicts } = useAcceptance(agreement);
  const whatOf = useCriterionName({ document: data?.document ?? {} });
  const { passed, all } = found.counts;
  const other = verdicts.find(
    (one) =>
      one.side !== found.side &&
      one.milestone === found.milestone &&
      one.criterion === found.criterion &&
      one.round === found.round &&
      one.attempt === found.attempt,
  );
  return (
    <Card
      title={found.passed ? t`All ${all} checks passed` : t`${passed} of ${all} checks passed`}
      lead={say(whatOf(found.criterion))}
      actions={
        other && (
          <ButtonLink
            to="/agreements/$agreement/acceptance/compare/$one/$other"
            params={
              found.side === "client"
                ? { agreement, one: found.id, other: other.id }
                : { agreement, one: other.id, other: found.id }
            }
          >
            <Trans>Compare with the other side's</Trans>
          </ButtonLink>
        )
      }
    >
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <div>
          <dt className="inline text-muted">
            <Trans>Signed by</Trans>
          </dt>{" "}
          <dd className="inline">
            <Hash value={found.signer} of={t`who signed`} />
          </dd>
        </div>
        <div>
          <dt className="inline text-muted">
            <Trans>Handed in</Trans>
          </dt>{" "}
          <dd className="inline">
            <When at={found.at} far={false} />
          </dd>
        </div>
        <div>
          <dt className="inline text-muted">
            <Trans>Digest, which two runs must agree on</Trans>
          </dt>{" "}
          <dd className="inline">
            <Hash value={found.digest} of={t`digest`} />
          </dd>
        </div>
      </dl>
    </Card>
  );
}
