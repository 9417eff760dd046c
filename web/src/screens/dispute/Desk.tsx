/** The arbitrator's desk: rule by a share, refuse, and see what the others of the panel have signed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { Agreement, Standing, Tranche } from "../../agreement/useStanding.ts";
import { useAsk, useRows } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";
import type { Chosen } from "../agreement/act/ActDialog.tsx";
import * as Acts from "../agreement/act/Acts.ts";
import type { Act } from "../agreement/act/Progress.ts";
import { useSigner } from "../agreement/act/useSigner.ts";

type Props = { agreement: Agreement; standing: Standing; tranche: Tranche; choose: (chosen: Chosen) => void };

export function Desk({ agreement, standing, tranche, choose }: Props) {
  const { t } = useLingui();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/acts", { agreement: agreement.id, limit: 200 });
  const rulings = rows.filter(({ verb, act }) => verb === "rule" && act.milestone === tranche.name);
  const isArbitrator = agreement.mine.includes("arbitrator");
  const mayRule = tranche.mine.includes("rule");
  if (!isArbitrator && rulings.length === 0) return null;
  return (
    <Card
      title={isArbitrator ? t`Your desk` : t`The panel`}
      lead={t`A ruling counts when enough members have signed the same one. It divides what is unpaid, and nothing else.`}
      actions={
        isArbitrator &&
        mayRule && (
          <Button look="primary" onClick={() => choose({ verb: "rule", milestone: tranche.name })}>
            <Trans>Rule, or refuse to</Trans>
          </Button>
        )
      }
    >
      {isArbitrator && !mayRule && (
        <p className="mb-3 text-sm text-muted">
          <Trans>There is nothing to rule on now.</Trans>
        </p>
      )}
      {rulings.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>No member has signed a ruling yet.</Trans>
        </p>
      ) : (
        <ul className="grid gap-3">
          {rulings.map((row) => (
            <One key={row.id} row={row} agreement={agreement} mayRule={mayRule} block={standing.block} />
          ))}
        </ul>
      )}
    </Card>
  );
}

type Row = {
  id: string;
  status: string;
  act: Record<string, unknown>;
  by: { name: string; organisation?: string | undefined };
  createdAt: string;
};

/** How many have signed each act, as its last event tells. */
function useSigned(agreement: string): ReadonlyMap<unknown, unknown> {
  const { data } = useAsk("GET /v1/events", { agreement, limit: 200 });
  const changed = (data?.items ?? []).filter(({ kind, data }) => kind === "act.changed" && data.signed !== undefined);
  return new Map(changed.map(({ data }) => [data.act, data.signed]));
}

function One({ row, agreement, mayRule, block }: { row: Row; agreement: Agreement; mayRule: boolean; block: number }) {
  const { t } = useLingui();
  const me = useMe();
  const signer = useSigner(agreement);
  const begun = useRef(false);
  const signed = useSigned(agreement.id).get(row.id);
  const { act, status, by, createdAt } = row;
  const share = typeof act.share === "string" ? act.share : undefined;
  const states: Record<string, string> = {
    waiting: t`waits for more members`,
    queued: t`on its way`,
    sent: t`on its way`,
    done: t`carried out`,
    refused: t`refused by the ledger`,
  };
  const isOthers = !me.organisations.some(({ id }) => id === by.organisation);
  return (
    <li className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">
          {share === undefined ? <Trans>Refuses to rule</Trans> : <Trans>{share} to the provider</Trans>}
        </span>
        <Badge tone={status === "done" ? "good" : status === "refused" ? "bad" : "warn"}>
          {states[status] ?? status}
        </Badge>
      </p>
      <p className="text-muted">
        {by.name} · <When at={createdAt} far={false} />
        {typeof signed === "number" && (
          <>
            {" "}
            · <Trans>signatures: {signed}</Trans>
          </>
        )}
      </p>
      {status === "waiting" && mayRule && isOthers && (
        <div>
          <Button
            onClick={() => {
              if (begun.current) return;
              begun.current = true;
              Acts.begin({ agreement: agreement.id, act: act as Act, block }, signer);
            }}
          >
            <Trans>Sign the same ruling</Trans>
          </Button>
        </div>
      )}
    </li>
  );
}
