/** Whether the client's account has the money, and lets the escrow take it; what is missing is one step each. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import type { Agreement, Document } from "../../agreement/useStanding.ts";
import { client, type Output, refresh } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import type { Plan } from "./Plan.ts";

export type Holder = Output<"GET /v1/organisations/{organisation}/accounts/{address}"> & { organisation: string };
type Props = { agreement: Agreement; document: Document; plan: Plan };

/** The client's account, where it is one of the caller's. */
function useHolder({ agreement, document }: Pick<Props, "agreement" | "document">) {
  const me = useMe();
  const own = new Set(me.organisations.map(({ id }) => id));
  const [organisation] = agreement.seats.flatMap((seat) =>
    seat.role === "client" && own.has(seat.organisation) ? [seat.organisation] : [],
  );
  const address = document.parties.client.address.toLowerCase();
  const token = document.currency.token?.toLowerCase();
  const input = { organisation: organisation ?? "", address, ...(token === undefined ? {} : { token }) };
  return useQuery({
    queryKey: ["holder", input],
    queryFn: async () => ({
      ...(await client().call("GET /v1/organisations/{organisation}/accounts/{address}", input)),
      organisation: input.organisation,
    }),
    enabled: organisation !== undefined,
    networkMode: "always",
  });
}

export function Money({ agreement, document, plan }: Props) {
  const holder = useHolder({ agreement, document });
  return (
    <Shown answer={holder} rows={2}>
      {(data) => (data.kind === "demo" ? <Kept /> : <Steps holder={data} document={document} plan={plan} />)}
    </Shown>
  );
}

/** Of a persona the node sees to it. */
function Kept() {
  return (
    <Note tone="play">
      <Trans>The node gives this persona the play money, and lets the escrow take it.</Trans>
    </Note>
  );
}

function Steps({ holder, document, plan }: { holder: Holder; document: Document; plan: Plan }) {
  const { t } = useLingui();
  const { node } = useSession();
  const { currency } = document;
  const { organisation, address, token } = holder;
  const mint = useMutation({
    mutationFn: () =>
      client().call("POST /v1/organisations/{organisation}/accounts/{address}/mint", {
        ...{ organisation, address, amount: String(plan.total) },
      }),
    onSuccess: () => refresh(),
  });
  const allow = useMutation({
    mutationFn: async () => (await import("./Allowance.ts")).give(node, holder, plan.total),
    onSuccess: () => refresh(),
  });
  const balance = BigInt(token?.balance ?? "0");
  const allowance = BigInt(token?.allowance ?? "0");
  return (
    <ol className="grid gap-3 text-sm">
      <Step
        done={balance >= plan.now}
        name={t`The money is in your account`}
        state={
          <Trans>
            It has <Amount units={balance} currency={currency} />, the opening takes{" "}
            <Amount units={plan.now} currency={currency} />.
          </Trans>
        }
      >
        {token?.play ? (
          <Button busy={mint.isPending} onClick={() => mint.mutate()}>
            <Trans>Get play money</Trans>
          </Button>
        ) : (
          <Trans>Send what is missing to {address}.</Trans>
        )}
        {mint.isError && <Failure error={mint.error} />}
      </Step>
      <Step
        done={allowance >= plan.now}
        name={t`The escrow may take it`}
        state={
          <Trans>
            It may take <Amount units={allowance} currency={currency} /> from your account.
          </Trans>
        }
      >
        {holder.kind === "wallet" ? (
          <Trans>
            Your wallet gives this leave itself: approve {node.ledger.escrow} at the token {token?.address ?? ""}.
          </Trans>
        ) : (
          <>
            <Button busy={allow.isPending} onClick={() => allow.mutate()}>
              <Trans>Allow it for this agreement, once for all its parts</Trans>
            </Button>
            {allow.isError && <Failure error={allow.error} />}
          </>
        )}
      </Step>
    </ol>
  );
}

type StepProps = { done: boolean; name: string; state: ReactNode; children: ReactNode };

function Step({ done, name, state, children }: StepProps) {
  const { t } = useLingui();
  return (
    <li className="flex gap-2">
      {done ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
      ) : (
        <CircleDashed aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      )}
      <div className="grid min-w-0 justify-items-start gap-1">
        <p className="font-medium">
          {name}
          <span className="sr-only">: {done ? t`done` : t`to be done`}</span>
        </p>
        <p className="text-muted">{state}</p>
        {!done && children}
      </div>
    </li>
  );
}
