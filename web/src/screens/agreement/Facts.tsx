/** What happened on the ledger, the newest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useRows } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

export function Facts({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements/{agreement}/facts", {
    agreement: agreement.id,
    limit: 200,
  });
  return (
    <Card title={t`What happened`}>
      {rows === undefined ? (
        error ? (
          <Failure error={error} again={again} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <Empty title={t`Nothing yet`} />
      ) : (
        <FactList rows={rows.toReversed()} />
      )}
      {more && (
        <Button onClick={more} busy={isMore} more="mt-3">
          <Trans>Show more</Trans>
        </Button>
      )}
    </Card>
  );
}

type Row = { transaction: string; index: number; at: string; says: { en: string; zh: string }; block: number };

export function FactList({ rows }: { rows: readonly Row[] }) {
  const say = useSay();
  return (
    <ol className="grid gap-2 text-sm">
      {rows.map(({ transaction, index, at, says, block }) => (
        <li key={`${transaction}${index}`} className="grid gap-x-3 border-l-2 border-line pl-3 sm:grid-cols-[1fr_auto]">
          <span>{say(says)}</span>
          <span className="text-muted">
            <When at={at} far={false} />
          </span>
          <details className="text-xs text-muted sm:col-span-2">
            <summary className="inline-flex min-h-6 items-center">
              <Trans>Where it stands on the ledger</Trans>
            </summary>
            <Trans>
              Block {block}, transaction <code className="break-all">{transaction}</code>
            </Trans>
          </details>
        </li>
      ))}
    </ol>
  );
}
