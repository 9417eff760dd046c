/** All that is said about the draft: what is open first, by field. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useFieldName } from "../../agreement/FieldName.tsx";
import { type Full, sideOf } from "../../agreement/useAgreement.ts";
import { useRows } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check } from "../../ui/Field.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { Say, Thread } from "../draft/write/Talk.tsx";

export function Comments({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const nameOf = useFieldName();
  const [settled, showSettled] = useState(false);
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements/{agreement}/comments", {
    ...{ agreement: agreement.id, limit: 200 },
  });
  const shown = rows?.filter(({ resolvedAt }) => settled || resolvedAt === undefined) ?? [];
  const hidden = (rows?.length ?? 0) - shown.length;
  const fields = Map.groupBy(shown, ({ field }) => field ?? "");
  return (
    <Card title={t`Comments`}>
      <div className="grid gap-4">
        {rows === undefined && (error ? <Failure error={error} again={again} /> : <Loading rows={2} />)}
        {rows?.length === 0 && (
          <Empty title={t`Nothing was said yet`}>
            <Trans>Comment on the whole here, or on one field in the draft.</Trans>
          </Empty>
        )}
        {(settled || hidden > 0) && (
          <Check
            label={t`Settled ones too`}
            checked={settled}
            onChange={(event) => showSettled(event.target.checked)}
          />
        )}
        {[...fields].map(([field, comments]) => (
          <section key={field}>
            <h3 className="mb-1 text-sm font-semibold">{field === "" ? t`On the whole` : nameOf(field)}</h3>
            <Thread agreement={agreement.id} comments={comments} />
          </section>
        ))}
        {more && (
          <div>
            <Button onClick={more} busy={isMore}>
              <Trans>Show more</Trans>
            </Button>
          </div>
        )}
        {sideOf(agreement) && <Say agreement={agreement.id} version={agreement.version} />}
      </div>
    </Card>
  );
}
