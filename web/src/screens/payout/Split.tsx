/** Who gets what in the end. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Simulated } from "../../../../src/agreement/PayoutCurve.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { MoneyBar, percent } from "../../agreement/MoneyBar.tsx";
import { useSay } from "../../Language.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";

type Props = { deal: Deal; parts: Simulated; escrow: bigint };

export function Split({ deal, parts, escrow }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { names, currency, agreement } = deal;
  const fee = agreement.work.feeBps / 100;
  const shareOf = (part: bigint) => `${Math.round(percent(part, escrow) * 10) / 10} %`;
  return (
    <div className="lg:sticky lg:top-20 lg:self-start">
      <Card title={t`Of everything in escrow`}>
        <MoneyBar provider={parts.net} fee={parts.fee} client={parts.client} />
        <dl className="mt-4 grid gap-4">
          <Part
            mark="bg-accent"
            name={say(names.provider)}
            what={t`provider, after the fee`}
            share={shareOf(parts.net)}
          >
            <Amount units={parts.net} currency={currency} />
          </Part>
          <Part
            mark="border border-edge bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--color-line)_3px_5px)]"
            name={say(names.client)}
            what={t`goes back to the client`}
            share={shareOf(parts.client)}
          >
            <Amount units={parts.client} currency={currency} />
          </Part>
          <Part mark="bg-play" name={t`Platform`} what={t`fee of ${fee} % on what is paid`} share={shareOf(parts.fee)}>
            <Amount units={parts.fee} currency={currency} />
          </Part>
        </dl>
        <p className="mt-4 border-t border-line pt-3 text-sm text-muted">
          <Trans>
            In escrow in all: <Amount units={escrow} currency={currency} />
          </Trans>
        </p>
      </Card>
    </div>
  );
}

function Part(props: { mark: string; name: string; what: string; share: string; children: ReactNode }) {
  const { mark, name, what, share, children } = props;
  return (
    <div className="grid grid-cols-[1rem_1fr] gap-x-2">
      <span aria-hidden="true" className={`mt-1 size-3.5 rounded ${mark}`} />
      <dt className="min-w-0 text-sm">
        {name} <span className="text-muted">· {what}</span>
      </dt>
      <dd className="col-start-2 text-xl font-semibold">
        {children} <span className="text-sm font-normal text-muted">{share}</span>
      </dd>
    </div>
  );
}
