/** By which account an organisation takes part: chosen from those it has, or made here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Fingerprint, Wallet as WalletIcon } from "lucide-react";
import { useEffect } from "react";
import { refresh, useAsk } from "../Node.ts";
import { type Organisation, useMe } from "../Session.tsx";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { Note } from "../ui/Note.tsx";
import { Failure, Shown } from "../ui/Waiting.tsx";
import type { Account } from "./Signing.ts";

type Props = { organisation: Organisation; address: string | undefined; choose: (address: string) => void };

export function AccountChoice({ organisation, address, choose }: Props) {
  const answer = useAsk("GET /v1/organisations/{organisation}/accounts", { organisation: organisation.id, limit: 200 });
  return (
    <Shown answer={answer} rows={1}>
      {({ items }) =>
        items.length === 0 ? (
          <Make organisation={organisation} done={choose} />
        ) : (
          <Choose accounts={items} address={address} choose={choose} />
        )
      }
    </Shown>
  );
}

type Choice = { accounts: readonly Account[]; address: string | undefined; choose: (address: string) => void };

function Choose({ accounts, address, choose }: Choice) {
  const { t } = useLingui();
  const [first] = accounts;
  const known = accounts.some((one) => one.address === address);
  useEffect(() => {
    if (!known && first) choose(first.address);
  }, [known, first, choose]);
  return (
    <Select
      label={t`Account`}
      hint={t`It signs for the organisation, pays and is paid.`}
      value={address}
      onChange={(event) => choose(event.target.value)}
    >
      {accounts.map((one) => (
        <option key={one.address} value={one.address}>
          {one.name} · {one.address.slice(0, 8)}…{one.address.slice(-4)}
        </option>
      ))}
    </Select>
  );
}

/** An organisation's first account. */
function Make({ organisation, done }: { organisation: Organisation; done: (address: string) => void }) {
  const { t } = useLingui();
  const me = useMe();
  const make = useMutation({
    async mutationFn(way: "passkey" | "wallet") {
      const NewAccount = await import("./NewAccount.ts");
      return way === "passkey"
        ? NewAccount.byPasskey(organisation.id, organisation.name, me.name)
        : NewAccount.byWallet(organisation.id, organisation.name);
    },
    onSuccess({ address }) {
      refresh();
      done(address);
    },
  });
  if (organisation.role !== "owner")
    return (
      <Note tone="warn" title={t`The organisation has no account yet`}>
        <Trans>An owner of it makes one, here or on the organisation's page.</Trans>
      </Note>
    );
  const name = make.error instanceof Error ? make.error.name : "";
  return (
    <Note
      title={t`An account is needed, and takes a minute`}
      actions={
        <>
          <Button look="primary" busy={make.isPending} onClick={() => make.mutate("passkey")}>
            <Fingerprint aria-hidden="true" className="size-4" />
            <Trans>Make one with my passkey</Trans>
          </Button>
          <Button busy={make.isPending} onClick={() => make.mutate("wallet")}>
            <WalletIcon aria-hidden="true" className="size-4" />
            <Trans>Use a wallet</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>It signs for {organisation.name}, holds its money and is paid. It costs nothing.</Trans>
      </p>
      {make.isError &&
        (name === "NoWallet" ? (
          <p role="alert" className="font-medium text-bad">
            <Trans>There is no wallet in this browser.</Trans>
          </p>
        ) : name === "NotAllowedError" ? (
          <p role="alert" className="font-medium text-bad">
            <Trans>The passkey was not used. Try again.</Trans>
          </p>
        ) : (
          <Failure error={make.error} />
        ))}
    </Note>
  );
}
