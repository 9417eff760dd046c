/** What has become of a tranche's money: paid, gone back, held; in words, and drawn. */
import { useLingui } from "@lingui/react/macro";
import type { Tranche } from "../../agreement/useStanding.ts";
import { Amount, type Currency } from "../../ui/Amount.tsx";

export function TrancheMoney({ tranche, currency }: { tranche: Tranche; currency: Currency }) {
  const { t } = useLingui();
  const total = BigInt(tranche.amount);
  const parts = [
    { name: t`paid`, units: BigInt(tranche.paid), colour: "bg-good" },
    { name: t`held`, units: BigInt(tranche.held), colour: "bg-accent/60" },
    { name: t`gone back`, units: BigInt(tranche.refunded), colour: "bg-edge/60" },
  ].filter(({ units }) => units > 0n);
  const missing = total - parts.reduce((sum, { units }) => sum + units, 0n);
  if (missing > 0n && parts.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Amount units={missing} currency={currency} /> {t`not paid in yet`}
      </p>
    );
  }
  return (
    <div className="grid gap-1">
      <div aria-hidden="true" className="flex h-2 overflow-hidden rounded-full bg-sunken">
        {parts.map(({ name, units, colour }) => (
          <span
            key={name}
            className={colour}
            style={{ width: `${total > 0n ? Number((units * 1000n) / total) / 10 : 0}%` }}
          />
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 text-sm">
        {parts.map(({ name, units, colour }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-full ${colour}`} />
            <Amount units={units} currency={currency} /> {name}
          </span>
        ))}
        {missing > 0n && (
          <span className="text-muted">
            <Amount units={missing} currency={currency} /> {t`not paid in yet`}
          </span>
        )}
      </p>
    </div>
  );
}
