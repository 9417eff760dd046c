/** A Word contract: read by the node, and shown what was found in it and what not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import * as Paper from "../../../agreement/Paper.ts";
import { keep } from "../../../Kept.ts";
import { client, type Output, refresh } from "../../../Node.ts";
import { Button, Spinner } from "../../../ui/Button.tsx";
import { Drop } from "../../../ui/Drop.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import * as Imported from "./Imported.ts";
import type { Begin } from "./Who.tsx";
import { WordResult } from "./WordResult.tsx";

type Word = Output<"POST /v1/agreements/word">;
/** 10 MB, as the node takes them. */
const LARGEST = 10_485_760;

export function FromWord({ begin }: { begin: Begin }) {
  const { t } = useLingui();
  const stop = useRef<AbortController>(undefined);
  const [stage, setStage] = useState<"file" | "node" | "address">("file");
  const read = useMutation({
    async mutationFn(file: File): Promise<{ file: string; word: Word }> {
      stop.current = new AbortController();
      const { signal } = stop.current;
      if (file.size > LARGEST) throw new RangeError("too large");
      const { organisation, side, address } = begin;
      setStage("file");
      const content = await Imported.base64(file);
      signal.throwIfAborted();
      setStage("node");
      const word = await client().call("POST /v1/agreements/word", { organisation, side, file: content }, { signal });
      const { id, version, document } = word.agreement;
      const field = `parties.${side}.address`;
      if (address !== undefined && Paper.at(document, field) !== address) {
        setStage("address");
        const next = Paper.put(document, field, address);
        await client().call("POST /v1/agreements/{agreement}/versions", {
          agreement: id,
          base: version,
          document: next,
        });
      }
      const { findings, gaps } = word;
      keep(Imported.nameOf(id), { file: file.name, findings, gaps } satisfies Imported.Imported);
      refresh();
      return { file: file.name, word };
    },
  });
  if (read.data) return <WordResult file={read.data.file} word={read.data.word} />;
  if (read.isPending) {
    const stages = {
      file: t`Reading the file`,
      node: t`Looking for parties, amounts, dates and rules`,
      address: t`Putting your account in`,
    };
    return (
      <div role="status" className="grid justify-items-center gap-3 rounded-xl border border-line p-8 text-center">
        <Spinner />
        <p className="font-medium">{stages[stage]} …</p>
        <Button look="quiet" onClick={() => stop.current?.abort()}>
          <Trans>Stop</Trans>
        </Button>
      </div>
    );
  }
  const tooLarge = read.variables !== undefined && read.error instanceof RangeError;
  return (
    <div className="grid gap-3">
      {read.isError &&
        (tooLarge ? (
          <Note tone="bad" role="alert" title={t`The file is larger than 10 MB`}>
            <Trans>Take pictures out of it, or save it anew from Word.</Trans>
          </Note>
        ) : read.error.name === "AbortError" ? (
          <Note tone="info" role="status" title={t`Stopped`} />
        ) : (
          <Failure error={read.error} />
        ))}
      <Drop
        accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        label={t`Drop your contract here (.docx)`}
        hint={t`In English, Chinese or both. It is read on this node and sent nowhere else.`}
        disabled={begin.address === undefined}
        take={(file) => read.mutate(file)}
      />
    </div>
  );
}
