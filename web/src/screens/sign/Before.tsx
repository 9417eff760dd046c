/** The agreement that a change order replaces, and what it changes in it and in how it can end. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useJudged } from "../../agreement/judge/Judge.ts";
import type { Agreement, Document } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";

/** The one of the caller's agreements with this id on the ledger. */
export function useReplaced(replaces: string | undefined) {
  const list = useAsk("GET /v1/agreements", { limit: 200 }, { enabled: replaces !== undefined });
  const found = list.data?.items.find(({ ledgerId }) => ledgerId === replaces);
  const agreement = useAsk(
    "GET /v1/agreements/{agreement}",
    { agreement: found?.id ?? "" },
    { enabled: found !== undefined },
  );
  return {
    agreement: found ? agreement.data : undefined,
    isMissing: list.data !== undefined && !found,
    error: list.error,
  };
}

export function Before({ document, replaces }: { document: Document; replaces: string }) {
  const { t } = useLingui();
  const { agreement, isMissing, error } = useReplaced(replaces);
  if (isMissing) return null;
  return (
    <Card
      title={t`What it changes`}
      lead={t`This is a change order: it takes the place of an agreement that is running.`}
    >
      {agreement ? <Changes document={document} before={agreement} /> : error ? <Failure error={error} /> : <Loading />}
    </Card>
  );
}

function Changes({ document, before }: { document: Document; before: Agreement }) {
  const { t } = useLingui();
  const say = useSay();
  const question = useMemo(
    () => ({ document: document as unknown as Record<string, unknown>, before: before.document, endings: true }),
    [document, before.document],
  );
  const { differences, pending, failed } = useJudged(question);
  const helps = { client: t`helps the client`, provider: t`helps the provider` };
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <Link to="/agreements/$agreement" params={{ agreement: before.id }} className="underline">
          <Trans>The agreement that it replaces</Trans>
        </Link>
      </p>
      {differences === undefined ? (
        pending ? (
          <Loading />
        ) : (
          <p role="alert">{failed ?? t`The two cannot be compared.`}</p>
        )
      ) : differences.length === 0 ? (
        <p>
          <Trans>Nothing that the ledger carries out differs.</Trans>
        </p>
      ) : (
        <ul className="grid gap-1">
          {differences
            .filter(({ field }) => field !== "replaces")
            .map(({ field, says, favours }) => (
              <li key={`${field}${says.en}`} className="border-l-2 border-line pl-3">
                {say(says)} {favours && <Badge tone="plain">{helps[favours]}</Badge>}
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
