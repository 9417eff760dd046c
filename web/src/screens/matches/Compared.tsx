/** Those chosen to be compared: kept in sight while the list is read, opened beside each other when there is enough to see. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Columns3 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import type { Candidate } from "./Ranked.ts";
import { Side } from "./Side.tsx";

type Props = {
  candidates: readonly Candidate[];
  remove: (provider: string) => void;
  clear: () => void;
  partName: (part: string) => string;
};

export function Compared({ candidates, remove, clear, partName }: Props) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const count = candidates.length;
  return (
    <div className="no-print sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line bg-surface/95 px-4 py-2.5 backdrop-blur sm:mx-0 sm:rounded-t-xl sm:border-x">
      <p role="status" className="text-sm">
        <Plural value={count} one="# of three to compare" other="# of three to compare" />
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="quiet" onClick={clear}>
          <Trans>Clear</Trans>
        </Button>
        <Button look="primary" disabled={count < 2} onClick={() => setOpen(true)}>
          <Columns3 aria-hidden="true" className="size-4" />
          <Trans>Compare side by side</Trans>
        </Button>
      </div>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t`Side by side`}
        lead={t`What tells them apart most comes first.`}
        width="wide"
      >
        <Side candidates={candidates} remove={remove} partName={partName} />
      </Dialog>
    </div>
  );
}
