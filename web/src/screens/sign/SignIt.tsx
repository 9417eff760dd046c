/** The signature of one side: made once, kept until the node has it, so that neither a reload nor a dead line loses it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { PenLine } from "lucide-react";
import { useEffect, useState } from "react";
import type { Agreement, Document } from "../../agreement/useStanding.ts";
import { useKept } from "../../Kept.ts";
import { client, isPassing, isSignedOut, type Output, refresh } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { useSign } from "../agreement/act/useSigner.ts";
import { useWhy } from "../agreement/act/useWhy.ts";
import { useHash } from "./HashCheck.tsx";
import { type Side, useSignatures } from "./Signatures.tsx";

type Signing = Output<"GET /v1/agreements/{agreement}/signing">;
type Props = { agreement: Agreement; document: Document; signing: Signing };
/** `hex` is absent where the node keeps the key. */
type Given = { side: Side; hex?: string };

/** Attempts at a node that does not answer: about five minutes. */
const ATTEMPTS = 60;

export function SignIt({ agreement, document, signing }: Props) {
  const signed = useSignatures(agreement);
  const open = (["client", "provider"] as const).filter(
    (side) => agreement.mine.includes(side) && signed[side] === undefined,
  );
  if (agreement.status !== "draft" && agreement.status !== "offered") return null;
  return (
    <>
      {open.map((side) => (
        <One key={side} {...{ agreement, document, signing, side }} />
      ))}
    </>
  );
}

function One({ agreement, document, signing, side }: Props & { side: Side }) {
  const { t } = useLingui();
  const { node } = useSession();
  const sign = useSign(agreement);
  const [hasRead, setRead] = useState(false);
  const { data: hash } = useHash(document);
  const [kept, keep, forget] = useKept<Given | null>(`signature.${agreement.id}.${signing.version}.${side}`, null);
  const give = useMutation({
    mutationFn: ({ side, hex }: Given) =>
      client().call("POST /v1/agreements/{agreement}/signatures", {
        agreement: agreement.id,
        ...{ side, version: signing.version },
        ...(hex === undefined ? {} : { signature: hex }),
      }),
    // Signed out, it waits for the dialog.
    retry: (count, error) => (isPassing(error) || isSignedOut(error)) && count < ATTEMPTS,
    retryDelay: (count) => Math.min(1_000 * 1.5 ** count, 6_000),
    onSuccess() {
      forget();
      refresh();
    },
    onError(error) {
      if (!isPassing(error)) forget();
    },
  });
  const make = useMutation({
    async mutationFn(): Promise<Given> {
      const { signature } = await sign(signing.typedData, [document.parties[side].address.toLowerCase()]);
      return { side, ...(signature === undefined ? {} : { hex: signature }) };
    },
    onSuccess(given) {
      keep(given);
      give.mutate(given);
    },
  });
  const { mutate, isIdle } = give;
  useEffect(() => {
    if (kept && isIdle) mutate(kept);
  }, [kept, isIdle, mutate]);
  const isBusy = make.isPending || give.isPending;
  const name = side === "client" ? t`the client` : t`the provider`;
  return (
    <Card title={t`Sign for ${name}`}>
      <div className="grid gap-3">
        {node.ledger.kind === "rehearsal" ? (
          <p className="text-sm text-play">
            <Trans>A rehearsal: your signature binds nobody outside it.</Trans>
          </p>
        ) : (
          <Note tone="warn">
            <Trans>Your signature binds. Until it is opened either side can still revoke it.</Trans>
          </Note>
        )}
        <Check
          label={t`I have read what is promised and what can go wrong.`}
          checked={hasRead}
          onChange={({ target }) => setRead(target.checked)}
        />
        <Button
          look="primary"
          busy={isBusy}
          disabled={!hasRead || hash !== signing.ledgerId}
          onClick={() => !isBusy && make.mutate()}
        >
          <PenLine aria-hidden="true" className="size-4" />
          <Trans>Sign</Trans>
        </Button>
        <div role="status" className="text-sm">
          {make.isPending && (
            <Trans>Confirm it with your passkey or wallet. Nothing has been sent; keep this window open.</Trans>
          )}
          {give.isPending &&
            (give.failureCount > 0 ? (
              <Trans>The node does not answer. Your signature is kept in this tab and sent again by itself.</Trans>
            ) : (
              <Trans>Signed. On its way to the node.</Trans>
            ))}
        </div>
        {make.isError && <WhyNot error={make.error} />}
        {give.isError && <Failure error={give.error} again={() => kept && give.mutate(kept)} />}
      </div>
    </Card>
  );
}

function WhyNot({ error }: { error: unknown }) {
  const { t } = useLingui();
  const why = useWhy();
  if (isPassing(error) || isSignedOut(error)) return <Failure error={error} />;
  const { name = "declined", message = "" } = error instanceof Error ? error : {};
  const expected = typeof error === "object" && error !== null && "expected" in error ? error.expected : undefined;
  const isDeclined = typeof error === "object" && error !== null && "code" in error && error.code === 4001;
  const problem = {
    code: isDeclined ? "declined" : name,
    detail: message,
    ...(typeof expected === "string" ? { expected } : {}),
  };
  return (
    <Note tone="warn" role="alert" title={t`Not signed`}>
      {why(problem, "stopped")}
    </Note>
  );
}
