/** The result and the accepted shares as sliders; who gets what as figures, a bar and a curve. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import * as PayoutCurve from "../../../../src/agreement/PayoutCurve.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { amountText } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Chart } from "./Chart.tsx";
import { Metric } from "./Metric.tsx";
import { Shares } from "./Shares.tsx";
import * as Simulation from "./Simulation.ts";
import { Split } from "./Split.tsx";

export function Simulator({ deal }: { deal: Deal }) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { agreement, currency } = deal;
  const { work, outcome } = agreement;
  const amounts = work.tranches.map(({ amount }) => amount);
  const milestones = work.payByResult ? amounts.slice(0, -1) : amounts;
  const [shares, setShares] = useState(() => milestones.map(() => 10_000));
  const [value, setValue] = useState(() => outcome.points.find(({ pay }) => pay > 0n)?.value ?? 0n);
  const counted = Simulation.counted(agreement, value, shares);
  const parts = PayoutCurve.simulate(agreement, counted, { shares });
  const money = (units: bigint) => amountText(units, currency, language);
  const unit = deal.unit && outcome.metric === 1 ? say(deal.unit) : outcome.metric === 2 ? t`days late` : "%";
  return (
    <div className="grid gap-5 lg:grid-cols-[1.4fr_1fr]">
      <div className="grid content-start gap-5">
        {work.payByResult ? (
          <Card title={say(deal.titles.at(-1) ?? { en: "", zh: "" })} lead={<Lead lines={outcome.lines} />}>
            <Metric
              agreement={agreement}
              unit={unit}
              value={counted}
              set={setValue}
              says={t`The provider receives ${money(parts.net)}, ${money(parts.client)} goes back to the client.`}
            />
            <Chart deal={deal} unit={unit} shares={shares} value={counted} set={setValue} />
          </Card>
        ) : (
          <Card title={t`Paid by milestones alone`}>
            <p className="text-sm text-muted">
              <Trans>
                Nothing in these terms depends on a result. Try what is paid when a part of the work is accepted.
              </Trans>
            </p>
          </Card>
        )}
        <Card
          title={t`What is accepted`}
          actions={
            <>
              <Button look="quiet" onClick={() => setShares(milestones.map(() => 10_000))}>
                <Trans>All of it</Trans>
              </Button>
              <Button look="quiet" onClick={() => setShares(milestones.map(() => 0))}>
                <Trans>Nothing</Trans>
              </Button>
            </>
          }
        >
          <Shares deal={deal} shares={shares} set={setShares} />
        </Card>
      </div>
      <Split deal={deal} parts={parts} escrow={amounts.reduce((sum, amount) => sum + amount, 0n)} />
    </div>
  );
}

function Lead({ lines }: { lines: boolean }) {
  return lines ? (
    <Trans>Between the points of the curve the pay rises evenly.</Trans>
  ) : (
    <Trans>At each point of the curve the pay jumps; between them it stays.</Trans>
  );
}
