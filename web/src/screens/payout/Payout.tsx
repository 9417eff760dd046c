/** Pay by result, tried out: a metric is dragged, and who gets what is seen. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type Deal, useJudged } from "../../agreement/judge/Judge.ts";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Loading, Shown } from "../../ui/Waiting.tsx";
import { Simulator } from "./Simulator.tsx";

export function Payout() {
  const { t } = useLingui();
  const answer = useAgreement();
  const judged = useJudged(answer.data && { document: answer.data.document, endings: false });
  return (
    <Page
      title={t`Who gets what`}
      lead={<Trans>Drag the result and the parts that are accepted. Nothing is sent; it only shows the rules.</Trans>}
    >
      <Shown answer={answer}>
        {({ id }) =>
          judged.deal ? (
            <Found deal={judged.deal} />
          ) : judged.pending ? (
            <Loading rows={4} />
          ) : (
            <Empty
              title={t`The terms do not say yet what is paid when`}
              action={
                <ButtonLink look="primary" to="/agreements/$agreement/draft" params={{ agreement: id }}>
                  <Trans>Complete the draft</Trans>
                </ButtonLink>
              }
            >
              <Trans>Amounts, dates and windows of every milestone are needed first.</Trans>
            </Empty>
          )
        }
      </Shown>
    </Page>
  );
}

function Found({ deal }: { deal: Deal }) {
  return <Simulator key={JSON.stringify(deal.titles)} deal={deal} />;
}
