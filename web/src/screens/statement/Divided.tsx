/** How each milestone, or what both settled, was divided. */
import { useLingui } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import type { Data } from "./Statement.tsx";

export function Divided({ data: { lines, currency } }: { data: Data }) {
  const { t } = useLingui();
  const say = useSay();
  const amount = (units: string | bigint) => <Amount units={units} currency={currency} />;
  return (
    <Rows
      caption={t`How each part was divided`}
      rows={lines}
      keyOf={({ milestone, title }) => `${milestone ?? ""}${title.en}`}
      empty={<Empty title={t`Nothing has been divided yet`} />}
      columns={[
        { name: t`Part`, cell: ({ title }) => say(title) },
        {
          name: t`Provider, net`,
          align: "end",
          cell: ({ toProvider, fee }) => amount(BigInt(toProvider) - BigInt(fee)),
        },
        { name: t`Fee`, align: "end", cell: ({ fee }) => amount(fee) },
        { name: t`Back to the client`, align: "end", cell: ({ toClient }) => amount(toClient) },
      ]}
    />
  );
}
