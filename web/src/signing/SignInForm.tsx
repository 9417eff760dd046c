/** Sign in or up: on the front door, at an invitation, and over a page whose session ended. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Fingerprint, UserRound, Wallet as WalletIcon } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useSay } from "../Language.tsx";
import { refresh } from "../Node.ts";
import { type NodeInfo, useSession } from "../Session.tsx";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { Note } from "../ui/Note.tsx";
import { Failure } from "../ui/Waiting.tsx";

type Way = { way: "passkey" | "wallet" | "register" | "persona"; name?: string };

/** Personas that a newcomer begins with. */
const MAIN = new Set(["client", "provider", "arbitrator", "desk"]);

/** `onDone`: once somebody is signed in. */
export function SignInForm({ onDone, personas = true }: { onDone?: () => void; personas?: boolean }) {
  const { t } = useLingui();
  const { node } = useSession();
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState("");
  const enter = useMutation({
    async mutationFn({ way, name = "" }: Way) {
      const SignIn = await import("./SignIn.ts");
      if (way === "persona") await SignIn.byPersona(name);
      else if (way === "passkey") await SignIn.byPasskey();
      else if (way === "wallet") await SignIn.byWallet(node.ledger.chainId);
      else await SignIn.registerPasskey(name, navigator.platform || "passkey");
    },
    onSuccess() {
      refresh();
      onDone?.();
    },
  });
  const register = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ way: "register", name: name.trim() });
  };
  const { demo = [] } = node;
  const main = demo.filter(({ persona }) => MAIN.has(persona));
  const others = demo.filter(({ persona }) => !MAIN.has(persona));
  const take = (persona: string) => enter.mutate({ way: "persona", name: persona });
  const isEntering = (persona: string) => enter.isPending && enter.variables.name === persona;
  return (
    <div className="grid gap-4">
      {enter.isError && <WhyNot error={enter.error} />}
      {isNew ? (
        <form onSubmit={register} className="grid gap-3">
          <TextField
            label={t`Your name`}
            hint={t`As others will see it. Your organisation, e-mail and more can follow later.`}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={200}
            autoComplete="name"
          />
          <Button look="primary" type="submit" busy={enter.isPending}>
            <Fingerprint aria-hidden="true" className="size-4" />
            <Trans>Create a passkey and go on</Trans>
          </Button>
          <p className="text-xs text-muted">
            <Trans>
              A passkey is kept by your device and opened by fingerprint, face or PIN. There is no password that could
              be stolen.
            </Trans>
          </p>
          <Button look="quiet" onClick={() => setNew(false)}>
            <Trans>I have an account</Trans>
          </Button>
        </form>
      ) : (
        <div className="grid gap-2">
          <Button look="primary" busy={enter.isPending} onClick={() => enter.mutate({ way: "passkey" })}>
            <Fingerprint aria-hidden="true" className="size-4" />
            <Trans>Sign in with a passkey</Trans>
          </Button>
          <Button busy={enter.isPending} onClick={() => enter.mutate({ way: "wallet" })}>
            <WalletIcon aria-hidden="true" className="size-4" />
            <Trans>Sign in with a wallet</Trans>
          </Button>
          <Button look="quiet" onClick={() => setNew(true)}>
            <Trans>I am new here</Trans>
          </Button>
        </div>
      )}
      {personas && node.demo && (
        <div className="grid gap-2 border-t border-line pt-4">
          <p className="text-sm text-muted">
            <Trans>Or look around as one of these people. Their money is play money.</Trans>
          </p>
          {main.map((one) => (
            <Persona key={one.persona} {...one} busy={isEntering(one.persona)} enter={take} />
          ))}
          {others.length > 0 && (
            <details>
              <summary className="inline-flex min-h-8 items-center text-sm text-accent">
                <Trans>Members of a panel, reporters</Trans>
              </summary>
              <div className="mt-2 grid gap-2">
                {others.map((one) => (
                  <Persona key={one.persona} {...one} busy={isEntering(one.persona)} enter={take} />
                ))}
              </div>
            </details>
          )}
        </div>
      )}
    </div>
  );
}

type One = NonNullable<NodeInfo["demo"]>[number];

function Persona({ persona, name, role, busy, enter }: One & { busy: boolean; enter: (persona: string) => void }) {
  const { t } = useLingui();
  const say = useSay();
  const parts: Record<string, string> = {
    ...{ client: t`Client`, provider: t`Provider`, arbitrator: t`Arbitrator`, desk: t`Desk` },
  };
  const shown = say(name);
  return (
    <Button busy={busy} onClick={() => enter(persona)} more="justify-start" data-testid={`persona-${persona}`}>
      <UserRound aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 text-left">
        {parts[persona] === undefined ? shown : `${parts[persona]} · ${shown}`}
        {role !== shown && <span className="block truncate text-xs font-normal text-muted">{role}</span>}
      </span>
    </Button>
  );
}

/** Why nobody is signed in: often nothing worse than a dialog that was closed. */
function WhyNot({ error }: { error: unknown }) {
  const { t } = useLingui();
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") {
    return (
      <Note tone="warn" role="alert" title={t`The passkey was not used`}>
        <Trans>The dialog was closed, or no passkey for this address is on this device. Try again, or sign up.</Trans>
      </Note>
    );
  }
  if (name === "NoWallet") {
    return (
      <Note tone="warn" role="alert" title={t`There is no wallet in this browser`}>
        <Trans>Use a passkey instead, or open this page in a browser that has your wallet.</Trans>
      </Note>
    );
  }
  return <Failure error={error} />;
}
