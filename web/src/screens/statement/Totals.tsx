/** What went in, and what has become of it. */
import { useLingui } from "@lingui/react/macro";
import { Amount } from "../../ui/Amount.tsx";
import type { Data } from "./Statement.tsx";

export function Totals({ data: { total, currency } }: { data: Data }) {
  const { t } = useLingui();
  const net = BigInt(total.toProvider) - BigInt(total.fee);
  const shown = [
    [t`Paid in by the client`, total.paidIn],
    [t`To the provider, net`, net],
    [t`Platform fee`, total.fee],
    [t`Back to the client`, total.toClient],
    [t`Still held`, total.held],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-5 print:grid-cols-5">
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
