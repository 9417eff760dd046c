/** The terms of an invitation, for who has not signed in yet: in figures, and whole as both would sign them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import type { Output } from "../../Node.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";

type Told = NonNullable<Output<"GET /v1/invitations/{token}">["preview"]>;

export function Preview({ preview }: { preview: Told }) {
  const { t } = useLingui();
  const say = useSay();
  const { version, client, provider, amount, currency, sheet } = preview;
  return (
    <Card title={t`What it is about`} lead={t`Version ${version}`}>
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-3">
        {client && (
          <div>
            <dt className="text-xs text-muted">{t`Client`}</dt>
            <dd>{say(client)}</dd>
          </div>
        )}
        {provider && (
          <div>
            <dt className="text-xs text-muted">{t`Provider`}</dt>
            <dd>{say(provider)}</dd>
          </div>
        )}
        {amount !== undefined && currency && (
          <div>
            <dt className="text-xs text-muted">{t`In all`}</dt>
            <dd className="font-semibold">
              <Amount units={amount} currency={currency} />
            </dd>
          </div>
        )}
      </dl>
      {sheet ? (
        <details className="mt-3">
          <summary className="inline-flex min-h-8 items-center text-sm text-accent">
            <Trans>Read all the terms</Trans>
          </summary>
          <p className="mt-2 max-h-[32rem] overflow-y-auto rounded-lg bg-sunken p-3 text-sm whitespace-pre-wrap">
            {say(sheet)}
          </p>
        </details>
      ) : (
        <p className="mt-3 text-sm text-muted">
          <Trans>The terms are still being written. You can help as soon as you take part.</Trans>
        </p>
      )}
    </Card>
  );
}
