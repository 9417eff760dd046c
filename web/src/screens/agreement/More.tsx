/** What concerns the whole agreement and is seldom needed: ending it together, changing it, who is paid, who may sign. */
import { Trans, useLingui } from "@lingui/react/macro";
import { sideOf } from "../../agreement/useAgreement.ts";
import { type Agreement, documentOf, type Standing } from "../../agreement/useStanding.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import type { Chosen } from "./act/ActDialog.tsx";
import { ChangeOrder } from "./ChangeOrder.tsx";

type Props = { agreement: Agreement; standing: Standing; choose: (chosen: Chosen) => void };

export function More({ agreement, standing, choose }: Props) {
  const { t } = useLingui();
  const side = sideOf(agreement);
  if (side === undefined || standing.closed || agreement.status !== "open") return null;
  const delegate = documentOf(agreement)?.parties[side].delegate;
  const deeds = [
    {
      verb: "settle",
      name: t`Settle everything`,
      lead: t`Any split that both sides sign ends it all at once.`,
      shown: true,
    },
    {
      verb: "namePayee",
      name: t`Name who is paid`,
      lead: t`Later payments go to another account of yours.`,
      shown: agreement.mine.includes("provider"),
    },
    {
      verb: "revokeDelegate",
      name: t`Revoke the delegate`,
      lead: t`The key that may act for you here may not any more.`,
      shown: delegate !== undefined,
    },
  ];
  return (
    <Card title={t`More`} tone="sunken">
      <ul className="no-print grid gap-3">
        <ChangeOrder agreement={agreement} standing={standing} />
        {deeds
          .filter(({ shown }) => shown)
          .map(({ verb, name, lead }) => (
            <li key={verb} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <Button onClick={() => choose({ verb })}>{name}</Button>
              <span className="text-muted">{lead}</span>
            </li>
          ))}
      </ul>
      <p className="mt-3 text-xs text-muted">
        <Trans>Each is shown with what it does before anything is signed.</Trans>
      </p>
    </Card>
  );
}
