/** Opening and funding: what goes in when, what happens where it does not, and the steps that are left. No coin for gas. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Agreement, Document } from "../../agreement/useStanding.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { ActDialog, type Chosen } from "../agreement/act/ActDialog.tsx";
import { ByChangeOrder } from "./ByChangeOrder.tsx";
import { Money } from "./Money.tsx";
import * as Plan from "./Plan.ts";
import { Stages } from "./Stages.tsx";

export function Fund({ agreement, document }: { agreement: Agreement; document: Document }) {
  const { t } = useLingui();
  const [chosen, choose] = useState<Chosen>();
  const { status, mine } = agreement;
  if (document.rail !== "token") return <OtherRail document={document} />;
  const plan = Plan.of(document);
  const isClient = mine.includes("client");
  const isParty = isClient || mine.includes("provider");
  return (
    <Card
      title={t`Money`}
      lead={t`The escrow is a program that nobody can stop or change. You need no coin for fees: the node pays for the sending.`}
    >
      <div className="grid gap-4">
        <Stages document={document} plan={plan} />
        {(status === "signed" || status === "open") && document.replaces !== undefined && (
          <ByChangeOrder agreement={agreement} replaces={document.replaces} />
        )}
        {status === "signed" && document.replaces === undefined && (
          <>
            {isClient && <Money agreement={agreement} document={document} plan={plan} />}
            {isParty && (
              <Button look="primary" onClick={() => choose({ verb: "open" })}>
                {isClient ? <Trans>Open it and pay in</Trans> : <Trans>Open it</Trans>}
              </Button>
            )}
          </>
        )}
        {isParty && (status === "offered" || status === "signed") && (
          <Button look="danger" onClick={() => choose({ verb: "revoke" })}>
            <Trans>Revoke it before it is opened</Trans>
          </Button>
        )}
        <ActDialog agreement={agreement} chosen={chosen} onClose={() => choose(undefined)} />
      </div>
    </Card>
  );
}

function OtherRail({ document }: { document: Document }) {
  const { t } = useLingui();
  return (
    <Card title={t`Money`}>
      <Note tone="warn" title={t`It cannot be funded here`}>
        {document.rail === "custody" ? (
          <Trans>
            The terms say that a licensed holder keeps the money. This node is connected to none: it can draft, sign and
            prove these terms, not hold or pay by them.
          </Trans>
        ) : (
          <Trans>
            The terms say that the client pays directly. This node records what both sign; it does not hold or pay
            anything.
          </Trans>
        )}
      </Note>
    </Card>
  );
}
