/** For whom, and on which side: asked before anything else, since the rest follows from it. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Side } from "../../../agreement/useAgreement.ts";
import { type Organisation, useMe } from "../../../Session.tsx";
import { AccountChoice } from "../../../signing/AccountChoice.tsx";
import { Select } from "../../../ui/Field.tsx";

export type Begin = { side: Side; organisation: string; address: string | undefined };

type Props = {
  begin: Begin;
  organisation: Organisation;
  set: (begin: Begin) => void;
  choose: (address: string) => void;
};

export function Who({ begin, organisation, set, choose }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const able = me.organisations.filter(({ role }) => role !== "auditor");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <fieldset className="sm:col-span-2">
        <legend className="mb-1 text-sm font-medium">
          <Trans>You are</Trans>
        </legend>
        <div className="grid gap-2 sm:grid-cols-2">
          <SideChoice side="provider" begin={begin} set={set} title={t`the provider`}>
            <Trans>You do the work and are paid.</Trans>
          </SideChoice>
          <SideChoice side="client" begin={begin} set={set} title={t`the client`}>
            <Trans>You order the work and pay for it.</Trans>
          </SideChoice>
        </div>
      </fieldset>
      <Select
        label={t`Organisation`}
        value={organisation.id}
        onChange={(event) => set({ ...begin, organisation: event.target.value, address: undefined })}
      >
        {able.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <AccountChoice key={organisation.id} organisation={organisation} address={begin.address} choose={choose} />
    </div>
  );
}

type Choice = { side: Side; begin: Begin; set: (begin: Begin) => void; title: string; children: React.ReactNode };

function SideChoice({ side, begin, set, title, children }: Choice) {
  return (
    <label className="flex cursor-pointer gap-3 rounded-lg border border-edge p-3 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name="side"
        checked={begin.side === side}
        onChange={() => set({ ...begin, side })}
        className="mt-0.5 size-5 accent-(--color-accent)"
      />
      <span className="text-sm">
        <span className="block font-medium">{title}</span>
        <span className="text-muted">{children}</span>
      </span>
    </label>
  );
}
