/** Who was paid what, when, and by which rule; made to be printed and kept, with the proof beside it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download, Printer } from "lucide-react";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { type Agreement, isOnLedger } from "../../agreement/useStanding.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { client, type Output, useAsk } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { save } from "../../ui/Download.ts";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Shown } from "../../ui/Waiting.tsx";
import { dateText } from "../../ui/When.tsx";
import { Divided } from "./Divided.tsx";
import { Papers } from "./Papers.tsx";
import { Payments } from "./Payments.tsx";
import { Totals } from "./Totals.tsx";

export type Data = Output<"GET /v1/agreements/{agreement}/statement">;

export function Statement() {
  const { t } = useLingui();
  const { data } = useAgreement();
  if (!data) return null;
  if (isOnLedger(data)) return <Of agreement={data} />;
  return (
    <Page title={t`Statement`}>
      <Empty title={t`No money has moved`}>
        <Trans>The statement begins when the agreement is opened.</Trans>
      </Empty>
    </Page>
  );
}

function Of({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { now, node } = useSession();
  const { id, ledgerId } = agreement;
  const statement = useAsk("GET /v1/agreements/{agreement}/statement", { agreement: id });
  const at = dateText(new Date(now()), language);
  return (
    <Page
      title={t`Statement`}
      lead={t`As of ${at}`}
      actions={
        <>
          <Button onClick={() => window.print()}>
            <Printer aria-hidden="true" className="size-4" />
            <Trans>Print</Trans>
          </Button>
          <Proof agreement={id} />
        </>
      }
    >
      <Shown answer={statement} rows={4}>
        {(data) => (
          <>
            {node.ledger.kind === "rehearsal" && (
              <Note tone="play">
                <Trans>A rehearsal: no real money moved, and this statement proves nothing to anyone.</Trans>
              </Note>
            )}
            <p className="text-sm">
              <Trans>Client:</Trans> {say(data.client)}
              <br />
              <Trans>Provider:</Trans> {say(data.provider)}
            </p>
            <Totals data={data} />
            <Card title={t`How each part was divided`}>
              <Divided data={data} />
            </Card>
            <Card
              title={t`Every payment`}
              lead={t`Deposits, rewards for sending and money that could not be paid out are kept apart from this.`}
            >
              <Payments data={data} />
            </Card>
            <Papers agreement={id} />
            <p className="text-xs break-all text-muted">
              <Trans>Id on the ledger: {ledgerId}</Trans>
            </p>
          </>
        )}
      </Shown>
    </Page>
  );
}

/** One file with terms, signatures, acts and their proofs. */
function Proof({ agreement }: { agreement: string }) {
  const make = useMutation({
    mutationFn: () => client().call("GET /v1/agreements/{agreement}/pack", { agreement }),
    onSuccess: ({ pack }) => save(`commenda-${agreement.slice(0, 8)}.json`, "application/json", pack),
  });
  return (
    <>
      <Button look="primary" busy={make.isPending} onClick={() => make.mutate()}>
        <Download aria-hidden="true" className="size-4" />
        <Trans>Download the proof</Trans>
      </Button>
      {make.isError && <Failure error={make.error} again={() => make.mutate()} />}
    </>
  );
}
