/** What can then go wrong: the worst and the best for each side, how long money can be locked, who can hold it up. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fragment } from "react";
import { sideOf } from "../../agreement/useAgreement.ts";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Shown } from "../../ui/Waiting.tsx";

/** Sentences that are shown at once. */
const FIRST = 3;

export function Wrong({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const say = useSay();
  const { id, version } = agreement;
  const endings = useAsk("GET /v1/agreements/{agreement}/versions/{version}/endings", { agreement: id, version });
  const side = sideOf(agreement);
  const sides = side === undefined ? (["client", "provider"] as const) : [side];
  const names = { client: t`for the client`, provider: t`for the provider` };
  return (
    <Card
      title={t`What can then go wrong`}
      actions={
        <ButtonLink to="/agreements/$agreement/endings" params={{ agreement: id }}>
          <Trans>Every ending</Trans>
        </ButtonLink>
      }
    >
      <Shown answer={endings} rows={3}>
        {(found) => (
          <dl className="grid gap-3 text-sm sm:grid-cols-2">
            {sides.map((one) => (
              <Fragment key={one}>
                <Said name={t`The worst ${names[one]}`} says={[say(found[one].worst.says)]} />
                <Said name={t`The best ${names[one]}`} says={[say(found[one].best.says)]} />
              </Fragment>
            ))}
            <Said wide name={t`How long money can be locked`} says={[say(found.lock.says)]} />
            {found.stalls.length > 0 && (
              <Said wide name={t`Who can hold it up, and by which clause`} says={found.stalls.map(say)} />
            )}
            {found.findings.length > 0 && <Said wide name={t`Worth a second look`} says={found.findings.map(say)} />}
          </dl>
        )}
      </Shown>
    </Card>
  );
}

function Said({ name, says, wide = false }: { name: string; says: readonly string[]; wide?: boolean }) {
  return (
    <div className={wide ? "sm:col-span-2" : ""}>
      <dt className="font-medium">{name}</dt>
      {says.slice(0, FIRST).map((text) => (
        <dd key={text} className="text-muted">
          {text}
        </dd>
      ))}
      {says.length > FIRST && (
        <dd>
          <details className="text-muted">
            <summary className="inline-flex min-h-6 items-center text-accent">
              <Trans>and {says.length - FIRST} more</Trans>
            </summary>
            {says.slice(FIRST).map((text) => (
              <p key={text}>{text}</p>
            ))}
          </details>
        </dd>
      )}
    </div>
  );
}
