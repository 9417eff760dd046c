/** What the outcome pays: as reported, at a value one tries, at its worst and at its best. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../Language.tsx";
import { Amount, type Currency } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../../ui/Field.tsx";
import type * as Measure from "./Measure.ts";

type Props = {
  curve: Measure.Curve;
  reports: readonly Measure.Report[];
  currency: Currency;
  unit: string;
  over: boolean;
  /** Base units that were paid in the end. */
  paid: string;
};

export function Pay({ curve, reports, currency, unit, over, paid }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const stands = reports.find((one) => one.stands);
  const [tried, tryIt] = useState(String(stands?.value ?? curve.target));
  const counted = stands?.value ?? curve.otherwise;
  const shown = tried === "" ? undefined : curve.pay(BigInt(tried));
  return (
    <Card title={t`What it pays`}>
      <dl className="grid gap-3 text-sm">
        {over ? (
          <Line name={t`Paid in the end`}>
            <Amount units={paid} currency={currency} />
          </Line>
        ) : (
          <Line
            name={
              stands ? (
                <Trans>
                  Now, as reported: {number.format(counted)} {unit}
                </Trans>
              ) : (
                <Trans>
                  Now, if nobody reports: {number.format(counted)} {unit}
                </Trans>
              )
            }
          >
            <Amount units={curve.pay(counted)} currency={currency} />
          </Line>
        )}
        <Line name={<Trans>At the target: {number.format(curve.target)}</Trans>}>
          <Amount units={curve.pay(curve.target)} currency={currency} />
        </Line>
        <Line name={t`At its least`}>
          <Amount units={curve.least} currency={currency} />
        </Line>
        <Line name={t`At its most`}>
          <Amount units={curve.most} currency={currency} />
        </Line>
      </dl>
      <div className="no-print mt-4 grid gap-2 border-t border-line pt-4">
        <TextField
          label={t`If it were`}
          hint={unit}
          inputMode="numeric"
          value={tried}
          onChange={({ target }) => tryIt(target.value.replace(/[^\d]/g, "").slice(0, 30))}
        />
        <p role="status" className="text-sm">
          {shown !== undefined && (
            <Trans>
              it would pay <Amount units={shown} currency={currency} />.
            </Trans>
          )}
        </p>
      </div>
      {(curve.scaled < 10_000 || curve.isOpen) && (
        <p className="mt-2 text-xs text-muted">
          {curve.isOpen ? (
            <Trans>
              Milestones that are still open count as paid here; each that is not paid lowers it in proportion.
            </Trans>
          ) : (
            <Trans>Lowered in proportion: {curve.scaled / 100} % of the milestones were paid.</Trans>
          )}
        </p>
      )}
    </Card>
  );
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 border-b border-line pb-2 last:border-0">
      <dt>{name}</dt>
      <dd className="font-semibold">{children}</dd>
    </div>
  );
}
