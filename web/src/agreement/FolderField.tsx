/** A place for a folder: dropped by the browser's own dialog, read here, and handed on file by file. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { FolderUp } from "lucide-react";
import { type ReactNode, useId } from "react";
import { look } from "../ui/Button.tsx";
import { Note } from "../ui/Note.tsx";
import { Failure } from "../ui/Waiting.tsx";
import * as Folder from "./Folder.ts";

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
  /** What is done with it: its failure is shown here. */
  take: (files: Folder.Sent[]) => Promise<unknown>;
};

/** React does not know it: the whole of a folder is chosen, not files. */
const WHOLE = { webkitdirectory: "" } as Record<string, string>;

export function FolderField({ label, hint, disabled = false, take }: Props) {
  const { t } = useLingui();
  const id = useId();
  const reading = useMutation({ mutationFn: async (files: readonly File[]) => take(await Folder.read(files)) });
  const megabytes = Folder.MOST / 1_000_000;
  return (
    <div className="grid gap-1.5">
      <p id={`${id}-label`} className="text-sm font-medium">
        {label}
      </p>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      <div>
        <input
          id={id}
          type="file"
          {...WHOLE}
          disabled={disabled || reading.isPending}
          aria-labelledby={`${id}-label`}
          {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
          onChange={({ target }) => {
            const files = [...(target.files ?? [])];
            // The same folder chosen again counts again.
            target.value = "";
            if (files.length > 0) reading.mutate(files);
          }}
          className="peer sr-only"
        />
        <label
          htmlFor={id}
          aria-busy={reading.isPending}
          className={look(
            "plain",
            "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent peer-disabled:opacity-55",
          )}
        >
          <FolderUp aria-hidden="true" className="size-4" />
          {reading.isPending ? <Trans>Reading …</Trans> : <Trans>Choose a folder</Trans>}
        </label>
      </div>
      {reading.error instanceof Folder.TooMuch ? (
        <Note tone="bad" role="alert" title={t`This folder is too large for the page`}>
          <Trans>
            All files together may have {megabytes} MB. Leave out what can be made again, such as node_modules, or name
            a commit instead.
          </Trans>
        </Note>
      ) : (
        reading.isError && <Failure error={reading.error} />
      )}
    </div>
  );
}
