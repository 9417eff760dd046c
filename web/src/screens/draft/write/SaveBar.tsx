/** What is typed is kept in this tab; what is saved is a version that the other side sees. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Save } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../../../../src/api/client.ts";
import { type Full, sideOf } from "../../../agreement/useAgreement.ts";
import { refresh, useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { Changes } from "../../endings/Changes.tsx";
import type { Draft } from "./useDraft.ts";

export function SaveBar({ agreement, draft }: { agreement: Full; draft: Draft }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const { id, version, status } = agreement;
  const { writing, typed, behind, rebase, discard, judged } = draft;
  const next = version + 1;
  const save = useCall("POST /v1/agreements/{agreement}/versions", (saved) => {
    rebase({ base: saved.version, from: saved.document, document: saved.document });
    setOpen(false);
    setNote("");
  });
  const overtaken = save.error instanceof ProblemError && save.error.code === "changed-meanwhile";
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { agreement: id, base: writing.base, document: writing.document, note },
      {
        onError(error) {
          if (!(error instanceof ProblemError) || error.code !== "changed-meanwhile") return;
          // What they saved is shown above the form.
          refresh(id);
          setOpen(false);
        },
      },
    );
  };
  return (
    <div className="no-print sticky bottom-0 z-20 -mx-4 border-t border-line bg-surface/95 px-4 py-2.5 backdrop-blur sm:mx-0 sm:rounded-t-xl sm:border-x">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-sm">
          {typed ? (
            <>
              <span className="font-medium text-warn">
                <Trans>Not saved yet</Trans>
              </span>{" "}
              <span className="text-muted">
                <Trans>· kept in this tab</Trans>
              </span>
            </>
          ) : (
            <span className="text-muted">
              <Trans>Saved as version {version}</Trans>
            </span>
          )}
        </p>
        <div className="flex flex-wrap gap-2">
          {typed && (
            <Button look="quiet" onClick={discard}>
              <Trans>Discard</Trans>
            </Button>
          )}
          <Button look="primary" disabled={!typed || behind} onClick={() => setOpen(true)}>
            <Save aria-hidden="true" className="size-4" />
            <Trans>Save as version {next}</Trans>
          </Button>
        </div>
      </div>
      {overtaken && !behind && typed && (
        <p role="status" className="text-sm text-warn">
          <Trans>Another version was saved meanwhile. It is being fetched …</Trans>
        </p>
      )}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t`Save version ${next}`}
        lead={
          status === "offered"
            ? t`A signature that was given is for the old version; both sign anew.`
            : t`The other side is told.`
        }
        width="wide"
      >
        <form onSubmit={send} className="grid gap-4">
          {judged.differences !== undefined && judged.differences.length > 0 && (
            <div className="max-h-80 overflow-y-auto rounded-lg bg-sunken p-3">
              <Changes changes={judged.differences} mine={sideOf(agreement)} />
            </div>
          )}
          {save.isError && !overtaken && <Failure error={save.error} />}
          <TextField
            label={t`What did you change?`}
            optional={t`(may be left out)`}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
          />
          <div>
            <Button look="primary" type="submit" busy={save.isPending}>
              <Trans>Save</Trans>
            </Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
