/** What the agreement is called, in which money, and when it begins. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChoiceAt, NumberAt, TextAt, TimeAt, WordsAt, YesAt } from "../write/fields.tsx";
import { Ledger } from "./Ledger.tsx";

export function Basics() {
  const { t } = useLingui();
  return (
    <div className="grid gap-4">
      <Ledger />
      <WordsAt field="title" />
      <div className="grid gap-3 sm:grid-cols-3">
        <TextAt field="currency.code" label={t`Currency`} hint={<Trans>Three letters, such as CNY or EUR.</Trans>} />
        <NumberAt field="currency.scale" hint={<Trans>Of the money on the ledger; most tokens have 6.</Trans>} />
        <ChoiceAt
          field="rail"
          choices={[
            ["token", t`held in escrow on the ledger`],
            ["custody", t`held by a licensed holder`],
            ["direct", t`paid directly, only recorded`],
          ]}
        />
      </div>
      <TimeAt field="openBy" hint={<Trans>Until then both have signed and the first money is in.</Trans>} />
      <YesAt
        field="sequential"
        label={t`Milestones come one after the other`}
        hint={<Trans>A milestone may only be delivered after the one before it was.</Trans>}
      />
    </div>
  );
}
