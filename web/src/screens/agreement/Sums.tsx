/** What the money of the whole agreement has come to. */
import { useLingui } from "@lingui/react/macro";
import type { Standing } from "../../agreement/useStanding.ts";
import { Amount } from "../../ui/Amount.tsx";
import { held } from "./act/Holdings.ts";

export function Sums({ standing }: { standing: Standing }) {
  const { t } = useLingui();
  const { tranches, currency, fee } = standing;
  const sum = (of: (one: Standing["tranches"][number]) => string) =>
    tranches.reduce((units, one) => units + BigInt(of(one)), 0n);
  const shown = [
    [t`Agreed at most`, sum(({ amount }) => amount)],
    [t`In the escrow`, held(standing)],
    [t`Paid to the provider`, sum(({ paid }) => paid)],
    [t`Back to the client`, sum(({ refunded }) => refunded)],
    [t`Fee, of what was paid`, BigInt(fee)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-5">
      {shown.map(([name, units]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="font-semibold">
            <Amount units={units} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
