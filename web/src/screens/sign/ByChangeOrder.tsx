/** A change order is carried out at the agreement that it replaces: its money moves, and both change places at once. */
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useAsk } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { ActDialog } from "../agreement/act/ActDialog.tsx";

export function ByChangeOrder({ agreement, replaces }: { agreement: Agreement; replaces: string }) {
  const list = useAsk("GET /v1/agreements", { limit: 200, status: "open" });
  const before = list.data?.items.find(({ ledgerId }) => ledgerId === replaces);
  if (!list.data)
    return list.error ? <Failure error={list.error} again={() => void list.refetch()} /> : <Loading rows={1} />;
  if (!before) {
    return (
      <Note tone="warn">
        <Trans>The agreement that it replaces is not open, or not one of yours.</Trans>
      </Note>
    );
  }
  return <Carry agreement={agreement} before={before.id} />;
}

function Carry({ agreement, before }: { agreement: Agreement; before: string }) {
  const old = useAsk("GET /v1/agreements/{agreement}", { agreement: before });
  const standing = useAsk("GET /v1/agreements/{agreement}/standing", { agreement: before });
  const [isOpen, setOpen] = useState(false);
  if (!old.data || !standing.data) return <Loading rows={1} />;
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Trans>Carry out the change order</Trans>
      </Button>
      <ActDialog
        agreement={old.data}
        standing={standing.data}
        chosen={isOpen ? { verb: "amend", of: agreement.id } : undefined}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
