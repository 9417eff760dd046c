/** How a count is settled: signed by both, reported to the ledger, paid by the curve. What is next, and by whom. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import type { Full } from "../../../agreement/useAgreement.ts";
import { client, refresh, useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { useSign } from "../../agreement/act/useSigner.ts";
import type { One } from "./Count.tsx";

type Props = { agreement: string; count: One; side: "client" | "provider" | undefined; full: Full | undefined };

export function Next({ agreement, count, side, full }: Props) {
  const { t } = useLingui();
  const { client: signed, report } = count;
  return (
    <div className="grid gap-3 text-sm">
      <ol className="grid list-inside list-decimal gap-1">
        <li className={signed ? "text-muted" : "font-medium"}>
          <Trans>The client counts again if it likes, and signs.</Trans>
        </li>
        <li className={signed ? "font-medium" : "text-muted"}>
          {report ? (
            <Trans>
              Those whom the terms name as reporters report the count to the ledger: the desk's key, and the client
              where it is one of them.
            </Trans>
          ) : (
            <Trans>The reporters whom the terms name report its value to the ledger.</Trans>
          )}
        </li>
        <li className="text-muted">
          <Trans>
            Nobody contests it within the time of the terms: then the escrow pays by the curve, whose last point is the
            cap.
          </Trans>
        </li>
      </ol>
      {!signed && side === "client" && full && <Agree agreement={agreement} count={count} full={full} />}
      {signed && side === "provider" && report && <Report agreement={agreement} count={count} />}
      {signed && (!report || side === "client") && (
        <Note tone="info" title={t`Signed by both`}>
          <Trans>Its value, {count.document.value}, is what the reporters report.</Trans>{" "}
          <Link to="/agreements/$agreement/outcome" params={{ agreement }} className="underline">
            <Trans>Outcome of the agreement</Trans>
          </Link>
        </Note>
      )}
    </div>
  );
}

function Agree({ agreement, count, full }: { agreement: string; count: One; full: Full }) {
  const sign = useSign(full);
  const addresses = (full.document as { parties?: { client?: { address?: string } } }).parties?.client?.address;
  const agree = useMutation({
    async mutationFn() {
      const { signature } = await sign(count.typedData, addresses === undefined ? [] : [addresses.toLowerCase()]);
      return client().call("POST /v1/agreements/{agreement}/counts/{count}/sign", {
        ...{ agreement, count: count.id },
        ...(signature === undefined ? {} : { signature }),
      });
    },
    onSuccess: () => refresh(agreement),
  });
  return (
    <>
      <div>
        <Button look="primary" busy={agree.isPending} onClick={() => agree.mutate()}>
          <PenLine aria-hidden="true" className="size-4" />
          <Trans>Agree and sign</Trans>
        </Button>
      </div>
      {agree.isError && <Failure error={agree.error} />}
    </>
  );
}

function Report({ agreement, count: { report } }: { agreement: string; count: One }) {
  const send = useCall("POST /v1/agreements/{agreement}/acts");
  if (!report) return null;
  const { value, signature } = report;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          busy={send.isPending}
          disabled={send.isSuccess}
          onClick={() => send.mutate({ agreement, act: { verb: "report", value }, signature })}
        >
          <Trans>Report {value} to the ledger</Trans>
        </Button>
        <Link to="/agreements/$agreement/outcome" params={{ agreement }} className="text-accent underline">
          <Trans>Outcome of the agreement</Trans>
        </Link>
      </div>
      <p role="status" className="text-good">
        {send.isSuccess && <Trans>On its way. The page of the outcome shows when it stands.</Trans>}
      </p>
      {send.isError && <Failure error={send.error} />}
    </>
  );
}
