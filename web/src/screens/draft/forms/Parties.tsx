/** Who agrees: as invoices and courts ask for it, and the account that signs. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import * as Paper from "../../../agreement/Paper.ts";
import type { Side } from "../../../agreement/useAgreement.ts";
import { useSession } from "../../../Session.tsx";
import { AccountChoice } from "../../../signing/AccountChoice.tsx";
import { Button } from "../../../ui/Button.tsx";
import { useWriter } from "../write/Context.ts";
import { TextAt, useField, WordsAt } from "../write/fields.tsx";

export function Parties() {
  return (
    <div className="grid gap-6">
      <Party side="client" />
      <Party side="provider" />
    </div>
  );
}

function Party({ side }: { side: Side }) {
  const { t } = useLingui();
  const { side: own } = useWriter();
  const at = (key: string) => `parties.${side}.${key}`;
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-semibold">
        {side === "client" ? t`Client` : t`Provider`}
        {side === own && <span className="font-normal text-muted"> · {t`you`}</span>}
      </legend>
      <WordsAt field={at("name")} hint={<Trans>The legal name, as registered.</Trans>} />
      <div className="grid gap-3 sm:grid-cols-3">
        <TextAt field={at("registration")} optional />
        <TextAt field={at("taxNumber")} optional />
        <TextAt field={at("country")} hint={<Trans>Two letters, such as CN.</Trans>} />
      </div>
      <WordsAt field={at("signatory.name")} label={t`Who signs`} />
      <WordsAt field={at("signatory.authority")} />
      {side === own ? (
        <OwnAccount field={at("address")} />
      ) : (
        <TextAt
          field={at("address")}
          hint={<Trans>The other side fills it in when they have joined by your link.</Trans>}
        />
      )}
      <TextAt
        field={at("delegate")}
        optional
        hint={<Trans>A key that may only deliver, accept and reject here.</Trans>}
      />
    </fieldset>
  );
}

function OwnAccount({ field }: { field: string }) {
  const { agreement, edit, side } = useWriter();
  const { me, organisation } = useSession();
  const { text } = useField(field);
  const [choosing, setChoosing] = useState(text === "");
  const choose = useCallback(
    (address: string) =>
      edit((paper) => (Paper.at(paper, field) === address ? paper : Paper.put(paper, field, address))),
    [edit, field],
  );
  const seat = agreement.seats.find(({ role }) => role === side);
  const own = me?.organisations.find(({ id }) => id === seat?.organisation) ?? organisation;
  return (
    <div className="grid gap-2">
      <TextAt field={field} />
      {own &&
        (choosing ? (
          <AccountChoice organisation={own} address={text === "" ? undefined : text} choose={choose} />
        ) : (
          <div>
            <Button look="quiet" onClick={() => setChoosing(true)}>
              <Trans>Use an account of {own.name}</Trans>
            </Button>
          </div>
        ))}
    </div>
  );
}
