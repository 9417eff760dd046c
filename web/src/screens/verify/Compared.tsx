import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Copy } from "../../ui/Copy.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { type Hash, hashOf, matchOf } from "./Proof.ts";
import type { Named } from "./Verify.tsx";

/** A file against a hash, and both against the pack that was dropped before. */
export function Compared({
  file,
  pack,
  id,
}: {
  file: Named | undefined;
  pack: string | undefined;
  id: Hash | undefined;
}) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const hash = hashOf(text);
  const isWrong = text.trim() !== "" && hash === undefined;
  return (
    <div className="grid gap-4">
      {file && (
        <div className="grid gap-1">
          <p className="text-sm font-medium">{file.name}</p>
          <Copy text={file.hash} label={t`Copy the hash of the file`} />
        </div>
      )}
      <TextField
        label={t`Hash`}
        hint={t`64 hex digits, as it stands in a message, on a ledger or in a pack.`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={
          isWrong ? t`That is not a hash: it has 64 digits from 0 to 9 and a to f, with or without 0x before them.` : ""
        }
        spellCheck={false}
      />
      <div aria-live="polite" className="grid gap-3">
        {file && hash !== undefined && <Same same={file.hash === hash} />}
        {pack !== undefined && file && <InPack pack={pack} hash={file.hash} what={file.name} />}
        {pack !== undefined && hash !== undefined && (
          <InPack pack={pack} hash={hash} what={t`The hash`} isId={hash === id} />
        )}
        {pack === undefined && (file ?? hash) !== undefined && (
          <p className="text-sm text-muted">
            <Trans>Drop a proof pack too, to see whether it speaks of this.</Trans>
          </p>
        )}
      </div>
    </div>
  );
}

function Same({ same }: { same: boolean }) {
  const { t } = useLingui();
  return same ? (
    <Note tone="good" title={t`It is that file`}>
      <Trans>The file's content has exactly this hash.</Trans>
    </Note>
  ) : (
    <Note tone="bad" title={t`It is another file`}>
      <Trans>The content differs, if only by one character.</Trans>
    </Note>
  );
}

function InPack({ pack, hash, what, isId = false }: { pack: string; hash: Hash; what: string; isId?: boolean }) {
  const { t } = useLingui();
  const { match, name } = matchOf(pack, hash);
  const says = {
    content: t`is listed in the pack as “${name ?? ""}”, with the salt by which the ledger names it.`,
    commitment: t`is what the ledger names for “${name ?? ""}”.`,
    named: isId ? t`is the agreement itself: what both signed.` : t`stands in the pack.`,
    none: t`is not in the pack.`,
  };
  return (
    <Note tone={match === "none" ? "warn" : "good"}>
      {what} {says[match]}
    </Note>
  );
}
