/** A rehearsal is never mistaken for the real thing: said on every page, with the clock that can be moved. */
import { Trans, useLingui } from "@lingui/react/macro";
import { FastForward } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "./Language.tsx";
import { refresh, useCall } from "./Node.ts";
import { useSession } from "./Session.tsx";
import { Button } from "./ui/Button.tsx";
import { Dialog } from "./ui/Dialog.tsx";
import { Failure } from "./ui/Waiting.tsx";
import { dateText, useMinute } from "./ui/When.tsx";

const DAYS = [1, 5, 15, 30, 90] as const;

export function RehearsalBar() {
  const { node, me, now } = useSession();
  const { language } = useLanguage();
  const { t } = useLingui();
  useMinute();
  const [open, setOpen] = useState(false);
  const advance = useCall("POST /v1/demo/clock", () => {
    refresh();
    setOpen(false);
  });
  if (node.ledger.kind !== "rehearsal") return null;
  const clock = dateText(new Date(now()), language);
  return (
    <aside aria-label={t`Rehearsal`} className="border-b border-play/30 bg-play-soft text-xs text-play">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 sm:px-6">
        <strong>
          <Trans>Rehearsal</Trans>
        </strong>
        <span>
          <Trans>play money on this machine; it proves nothing to anyone</Trans>
        </span>
        <span className="ml-auto inline-flex items-center gap-2 tabular-nums">
          {clock}
          {me && node.demo && (
            <button
              type="button"
              onClick={() => setOpen(true)}
              className="no-print inline-flex min-h-6 items-center gap-1 rounded px-1.5 underline hover:bg-play/15"
            >
              <FastForward aria-hidden="true" className="size-3.5" />
              <Trans>Move time</Trans>
            </button>
          )}
        </span>
      </div>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t`Move the rehearsal's clock`}
        lead={t`It goes forward only, for everyone here. What deadlines then decide is carried out by itself.`}
      >
        {advance.isError && <Failure error={advance.error} />}
        <div className="mt-3 flex flex-wrap gap-2">
          {DAYS.map((days) => (
            <Button key={days} busy={advance.isPending} onClick={() => advance.mutate({ minutes: days * 1_440 })}>
              {t`${days} d ahead`}
            </Button>
          ))}
        </div>
      </Dialog>
    </aside>
  );
}
