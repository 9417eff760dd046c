/** A change order is carried out at the agreement that it replaces: its money moves, and both change places at once. */
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useAsk } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { ActDialog } from "../agreement/act/ActDialog.tsx";
import { useReplaced } from "./Before.tsx";

export function ByChangeOrder({ agreement, replaces }: { agreement: Agreement; replaces: string }) {
  const { agreement: before, isMissing, error } = useReplaced(replaces);
  const [isOpen, setOpen] = useState(false);
  // Carried out, both have another status: its dialog stays until it is closed.
  if (before && (before.status === "open" || isOpen)) return <Carry {...{ agreement, before, isOpen, setOpen }} />;
  if (agreement.status !== "signed") return null;
  if (!before && !isMissing) return error ? <Failure error={error} /> : <Loading rows={1} />;
  return (
    <Note tone="warn">
      <Trans>The agreement that it replaces is not open, or not one of yours.</Trans>
    </Note>
  );
}

type Props = { agreement: Agreement; before: Agreement; isOpen: boolean; setOpen: (open: boolean) => void };

function Carry({ agreement, before, isOpen, setOpen }: Props) {
  const standing = useAsk("GET /v1/agreements/{agreement}/standing", { agreement: before.id });
  if (!standing.data) return <Loading rows={1} />;
  return (
    <>
      {agreement.status === "signed" && (
        <Button look="primary" onClick={() => setOpen(true)}>
          <Trans>Carry out the change order</Trans>
        </Button>
      )}
      <ActDialog
        agreement={before}
        standing={standing.data}
        chosen={isOpen ? { verb: "amend", of: agreement.id } : undefined}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
