import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Fingerprint, Wallet as WalletIcon } from "lucide-react";
import { useState } from "react";
import { type Output, refresh, useAsk, useCall, useRows } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Empty, Failure, Loading, Shown } from "../../ui/Waiting.tsx";
import type { PartProps } from "./Organisation.tsx";

type Account = Output<"GET /v1/organisations/{organisation}/accounts">["items"][number];
/** A million of play money: enough for every example. */
const PLENTY = 1_000_000n;

export function Accounts({ organisation: { id: organisation, name }, isOwner }: PartProps) {
  const { t } = useLingui();
  const { rows, error, again, more, isMore } = useRows("GET /v1/organisations/{organisation}/accounts", {
    organisation,
  });
  return (
    <>
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No account yet`}>
          <Trans>An account signs for the organisation, pays and is paid. It costs nothing.</Trans>
        </Empty>
      )}
      {rows?.map((account) => (
        <One key={account.address} account={account} organisation={organisation} />
      ))}
      {more && (
        <div>
          <Button onClick={more} busy={isMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
      {isOwner && <Add organisation={organisation} name={name} />}
    </>
  );
}

function One({ account, organisation }: { account: Account; organisation: string }) {
  const { t } = useLingui();
  const { node } = useSession();
  const { address, kind, name, signers, threshold, deployed } = account;
  const holding = useAsk("GET /v1/organisations/{organisation}/accounts/{address}", { organisation, address });
  const mint = useCall("POST /v1/organisations/{organisation}/accounts/{address}/mint");
  const kinds: Record<Account["kind"], string> = {
    wallet: t`A wallet`,
    passkey: t`By passkey`,
    threshold: t`${threshold} of ${signers.length} sign`,
    demo: t`Its key is kept by this node: a demonstration`,
  };
  return (
    <Card
      title={name}
      lead={
        <span className="flex flex-wrap gap-2">
          {kinds[kind]}
          {!deployed && (
            <Badge tone="warn">
              <Trans>being made</Trans>
            </Badge>
          )}
        </span>
      }
      actions={
        node.ledger.kind === "rehearsal" && (
          <Button
            busy={mint.isPending}
            onClick={() => {
              const scale = holding.data?.token?.scale ?? 6;
              mint.mutate({ organisation, address, amount: String(PLENTY * 10n ** BigInt(scale)) });
            }}
          >
            <Trans>Get play money</Trans>
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        {mint.isError && <Failure error={mint.error} />}
        <Shown answer={holding} rows={1}>
          {({ token }) =>
            token ? (
              <p className="text-xl font-semibold">
                <Amount units={token.balance} currency={{ code: "XXX", scale: token.scale }} />{" "}
                {token.play && (
                  <Badge tone="play">
                    <Trans>play money</Trans>
                  </Badge>
                )}
              </p>
            ) : (
              <p className="text-sm text-muted">
                <Trans>This node names no token; what the account has is told by its agreements.</Trans>
              </p>
            )
          }
        </Shown>
        <Copy text={address} label={t`Copy the address of ${name}`} />
        {signers.length > 1 && (
          <ul className="list-disc pl-5 text-sm text-muted">
            {signers.map((one) => (
              <li key={one.signer}>{one.name}</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function Add({ organisation, name: firm }: { organisation: string; name: string }) {
  const { t } = useLingui();
  const me = useMe();
  const [name, setName] = useState(firm);
  const make = useMutation({
    async mutationFn(way: "passkey" | "wallet") {
      const NewAccount = await import("../../signing/NewAccount.ts");
      return way === "passkey"
        ? NewAccount.byPasskey(organisation, name, me.name)
        : NewAccount.byWallet(organisation, name);
    },
    onSuccess: () => refresh(),
  });
  const because = make.error instanceof Error ? make.error.name : "";
  return (
    <Card
      title={t`Add an account`}
      lead={t`For two-person signing, let each of two people add their passkey to one account by the API.`}
    >
      <div className="grid gap-3">
        <div className="max-w-md">
          <TextField label={t`Name`} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </div>
        {make.isError &&
          (because === "NoWallet" ? (
            <Note tone="warn" role="alert" title={t`There is no wallet in this browser`} />
          ) : because === "NotAllowedError" ? (
            <Note tone="warn" role="alert" title={t`The passkey was not used. Try again.`} />
          ) : (
            <Failure error={make.error} />
          ))}
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            busy={make.isPending}
            disabled={name.trim() === ""}
            onClick={() => make.mutate("passkey")}
          >
            <Fingerprint aria-hidden="true" className="size-4" />
            <Trans>With my passkey</Trans>
          </Button>
          <Button busy={make.isPending} disabled={name.trim() === ""} onClick={() => make.mutate("wallet")}>
            <WalletIcon aria-hidden="true" className="size-4" />
            <Trans>My wallet</Trans>
          </Button>
        </div>
      </div>
    </Card>
  );
}
