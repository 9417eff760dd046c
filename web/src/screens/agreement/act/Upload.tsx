/** A file for the other side, in pieces that survive a lost line: after a reload the same file goes on where it was. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { FileUp, Trash2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { client } from "../../../Node.ts";
import { Button, look } from "../../../ui/Button.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import type { File as Kept } from "./Draft.ts";
import { useSize } from "./useSize.ts";

/** Bytes up to which one call is enough. */
const SMALL = 1_000_000;
const PIECE = 4_000_000;
/** Milliseconds after which a piece that failed is sent again. */
const AGAIN = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 15_000, 15_000];

type Props = { agreement: string; file: Kept | undefined; onFile: (file: Kept | undefined) => void; label: ReactNode };

export function Upload({ agreement, file, onFile, label }: Props) {
  const { t } = useLingui();
  const id = useId();
  const [done, setDone] = useState(0);
  const bring = useMutation({
    async mutationFn(chosen: File) {
      const { name, size } = chosen;
      setDone(0);
      const isSame = file?.upload !== undefined && file.name === name && file.size === size;
      if (size <= SMALL && !isSame) {
        const content = await base64(chosen);
        const kept = await client().call("POST /v1/agreements/{agreement}/evidence/small", {
          agreement,
          name,
          content,
        });
        return onFile({ id: kept.id, name, size });
      }
      const begun = isSame ? file : await announce(agreement, name, size);
      if (!isSame) onFile(begun);
      await send(chosen, begun.upload ?? "", setDone);
      onFile({ id: begun.id, name, size });
    },
  });
  const share = file && file.size > 0 ? Math.floor((done / file.size) * 100) : 0;
  const isWaiting = file?.upload !== undefined && !bring.isPending;
  return (
    <div className="grid gap-2">
      <p id={`${id}-label`} className="text-sm font-medium">
        {label}
      </p>
      {file !== undefined && file.upload === undefined ? (
        <Whole file={file} onRemove={() => onFile(undefined)} />
      ) : (
        <>
          {bring.isError && <Failure error={bring.error} />}
          {isWaiting && (
            <Note tone="warn" title={t`The upload of ${file.name} was interrupted`}>
              <Trans>Choose the same file again: it goes on where it was.</Trans>
            </Note>
          )}
          <div className="rounded-lg border border-dashed border-edge p-2">
            <input
              id={id}
              type="file"
              aria-labelledby={`${id}-label`}
              disabled={bring.isPending}
              onChange={({ target }) => {
                const [chosen] = target.files ?? [];
                if (chosen) bring.mutate(chosen);
              }}
              className="peer sr-only"
            />
            <label
              htmlFor={id}
              className={look(
                "plain",
                "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent peer-disabled:opacity-55",
              )}
            >
              <FileUp aria-hidden="true" className="size-4" />
              <Trans>Choose a file</Trans>
            </label>
          </div>
          {bring.isPending && (
            <div className="grid gap-1 text-sm" role="status">
              <progress
                max={100}
                value={share}
                aria-label={t`Upload`}
                className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
              />
              <span>
                <Trans>{share} % sent. A lost line is taken up again by itself.</Trans>
              </span>
            </div>
          )}
        </>
      )}
    </div>
  );
}

function Whole({ file: { name, size }, onRemove }: { file: Kept; onRemove: () => void }) {
  const { t } = useLingui();
  const text = useSize();
  return (
    <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-1.5 text-sm">
      <FileUp aria-hidden="true" className="size-4 shrink-0 text-good" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {size > 0 && <span className="text-muted">{text(size)}</span>}
      <Button look="quiet" onClick={onRemove} aria-label={t`Take another file than ${name}`}>
        <Trash2 aria-hidden="true" className="size-4" />
      </Button>
    </div>
  );
}

async function announce(agreement: string, name: string, size: number): Promise<Kept> {
  const { id, upload } = await client().call("POST /v1/agreements/{agreement}/evidence", { agreement, name, size });
  return { id, name, size, upload };
}

async function send(file: File, uploadUrl: string, onDone: (bytes: number) => void): Promise<void> {
  const tus = await import("tus-js-client");
  await new Promise<void>((resolve, reject) => {
    new tus.Upload(file, {
      ...{ uploadUrl, chunkSize: PIECE, retryDelays: AGAIN, storeFingerprintForResuming: false },
      onProgress: onDone,
      onSuccess: () => resolve(),
      onError: reject,
    }).start();
  });
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
