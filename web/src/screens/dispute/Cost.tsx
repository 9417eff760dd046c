/** What the dispute costs, who bears it, and how much it can be at most. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import * as Money from "../../../../src/agreement/Money.ts";
import * as Time from "../../../../src/agreement/Time.ts";
import type { Document } from "../../agreement/useStanding.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";
import * as Case from "./Case.ts";

export function Cost({ document }: { document: Document }) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { currency, arbitration } = document;
  const { by } = arbitration;
  const cost = Case.costOf(document);
  if (!by) {
    return (
      <Card title={t`What it costs`}>
        <p className="text-sm">
          <Trans>
            Nothing: the terms name no arbitrator. Who contests has the agreed share applied at once,{" "}
            {arbitration.fallback} to the provider.
          </Trans>
        </p>
      </Card>
    );
  }
  const lasting = (text: string) => Time.formatDuration(Time.duration(text), language);
  const deposit = Money.parse(by.deposit, currency.scale);
  return (
    <Card title={t`What it costs`}>
      <dl className="grid gap-2 text-sm">
        <Line name={t`Who decides`}>{say(by.name)}</Line>
        <Line name={t`Deposit of each side`}>
          {deposit === 0n ? <Trans>none</Trans> : <Amount units={deposit} currency={currency} />}
        </Line>
        <Line name={t`At most`}>
          {cost.kind === "panel" ? (
            deposit === 0n ? (
              <Trans>nothing: the panel is paid elsewhere</Trans>
            ) : (
              <Trans>
                one deposit, <Amount units={deposit} currency={currency} />; the other is split like the milestone
              </Trans>
            )
          ) : (
            <Trans>{Case.coin(cost.maxCost ?? "0")} of the ledger's coin; who puts it up gets one deposit</Trans>
          )}
        </Line>
        <Line name={t`Time to answer`}>{lasting(by.answerWithin)}</Line>
        <Line name={t`Time to rule`}>{lasting(by.ruleWithin)}</Line>
      </dl>
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 border-b border-line pb-2 last:border-0">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
