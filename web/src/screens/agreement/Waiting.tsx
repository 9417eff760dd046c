/** Acts that wait for others: for a second signature, or for a second person's approval. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useRows } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";
import * as Acts from "./act/Acts.ts";
import { Meaning } from "./act/Meaning.tsx";
import type { Act } from "./act/Progress.ts";
import { useActName } from "./act/useActName.ts";
import { useSigner } from "./act/useSigner.ts";

const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  settle: ["client", "provider"],
  rule: ["arbitrator"],
  report: ["reporter"],
};

export function Waiting({ agreement, milestone }: { agreement: Agreement; milestone?: string }) {
  const { t } = useLingui();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/acts", { agreement: agreement.id, limit: 50 });
  const waiting = rows.filter(
    ({ status, act }) => status === "waiting" && (milestone === undefined || act.milestone === milestone),
  );
  if (waiting.length === 0) return null;
  return (
    <Card title={t`Waits for somebody`}>
      <ul className="grid gap-3">
        {waiting.map((row) => (
          <One key={row.id} agreement={agreement} row={row} />
        ))}
      </ul>
    </Card>
  );
}

type Row = {
  id: string;
  verb: string;
  act: Record<string, unknown>;
  by: { name: string; organisation?: string | undefined };
  createdAt: string;
};

function One({ agreement, row }: { agreement: Agreement; row: Row }) {
  const me = useMe();
  const signer = useSigner(agreement);
  const name = useActName(agreement.document);
  const begun = useRef(false);
  const { verb, by, createdAt } = row;
  const act = row.act as Act;
  const own = me.organisations.map(({ id }) => id);
  const roles = SEVERAL[verb];
  const isOwn = by.organisation !== undefined && own.includes(by.organisation);
  const mySeats = agreement.seats.filter(
    ({ role, organisation }) => roles?.includes(role) && own.includes(organisation),
  );
  // Of a demonstration one person can sit on both sides.
  const maySign = mySeats.some(({ organisation }) => organisation !== by.organisation);
  return (
    <li className="grid gap-1 text-sm">
      <p className="font-medium">{name(act)}</p>
      <Meaning agreement={agreement} act={act} />
      <p className="text-muted">
        {by.name} · <When at={createdAt} far={false} /> ·{" "}
        {roles ? (
          <Trans>waits for the signatures of others</Trans>
        ) : (
          <Trans>waits for the approval of a second person</Trans>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        {roles && maySign && (
          <Button
            onClick={() => {
              if (begun.current) return;
              begun.current = true;
              Acts.begin({ agreement: agreement.id, act, block: Number.MAX_SAFE_INTEGER }, signer);
            }}
          >
            <Trans>Sign the same</Trans>
          </Button>
        )}
        {!roles && isOwn && by.organisation !== undefined && (
          <ButtonLink to="/organisations/$organisation" params={{ organisation: by.organisation }}>
            <Trans>See the approval</Trans>
          </ButtonLink>
        )}
      </div>
    </li>
  );
}
