/** Every movement of money, in the order in which it happened. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { Data } from "./Statement.tsx";

export function Payments({ data: { payments, currency } }: { data: Data }) {
  const { t } = useLingui();
  const say = useSay();
  const names = { client: t`client`, provider: t`provider`, escrow: t`escrow` };
  return (
    <Rows
      caption={t`Every payment`}
      rows={payments}
      keyOf={({ transaction, cause, milestone, to }) => `${transaction}${cause}${milestone ?? ""}${to}`}
      empty={<Empty title={t`No payment yet`} />}
      columns={[
        { name: t`When`, cell: ({ at }) => <When at={at} far={false} /> },
        {
          name: t`From, to`,
          cell: ({ from, to }) => (
            <Trans>
              {names[from]} to {names[to]}
            </Trans>
          ),
        },
        {
          name: t`Why`,
          cell: ({ says, title, rules, onTime, disputed }) => (
            <>
              {title ? (
                <Trans>
                  {say(says)}: {say(title)}
                </Trans>
              ) : (
                say(says)
              )}
              <span className="block text-xs text-muted">
                {rules.length > 0 && <Trans>Rule {rules.join(", ")}</Trans>}
                {onTime === false && <> · {t`late`}</>}
                {disputed === true && <> · {t`after a dispute`}</>}
              </span>
            </>
          ),
        },
        {
          name: t`Amount`,
          align: "end",
          cell: ({ amount, fee }) => (
            <>
              <Amount units={amount} currency={currency} />
              {fee !== "0" && (
                <span className="block text-xs text-muted">
                  <Trans>
                    fee in it <Amount units={fee} currency={currency} />
                  </Trans>
                </span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
