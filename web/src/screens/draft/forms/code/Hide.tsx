/** A part of the checks that the other side does not see before judgement: only its hash goes into the terms. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type * as Folder from "../../../../agreement/Folder.ts";
import { FolderField } from "../../../../agreement/FolderField.tsx";
import * as Paper from "../../../../agreement/Paper.ts";
import { client, refresh, useAsk } from "../../../../Node.ts";
import { Button } from "../../../../ui/Button.tsx";
import { Dialog } from "../../../../ui/Dialog.tsx";
import { Failure } from "../../../../ui/Waiting.tsx";
import { usePart, useWriter } from "../../write/Context.ts";

type Props = { field: string; open: boolean; onClose: () => void };

export function Hide({ field, open, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Hide a part of the checks`}
      lead={
        <Trans>
          So that nobody builds to the checks, and nobody invents them afterwards. You show it when the work is judged,
          to both; if you do not in time, it counts as passed.
        </Trans>
      }
    >
      <Form field={field} onDone={onClose} />
    </Dialog>
  );
}

function Form({ field, onDone }: { field: string; onDone: () => void }) {
  const { t } = useLingui();
  const { agreement, edit } = useWriter();
  const [reference, setReference] = useState<readonly Folder.Sent[]>();
  const suite = usePart(({ document }) => Paper.textAt(document, `${field}.suite`));
  const { data } = useAsk("GET /v1/suites", {});
  const standard = data?.items.find(({ hash, sealed }) => hash === suite && sealed);
  const seal = useMutation({
    async mutationFn({
      part,
      solution,
    }: {
      part: readonly Folder.Sent[];
      solution: readonly Folder.Sent[] | undefined;
    }) {
      const put = (purpose: "part" | "reference", files: readonly Folder.Sent[]) =>
        client().call("POST /v1/agreements/{agreement}/folders", {
          ...{ agreement: agreement.id, purpose, files: [...files] },
        });
      const kept = await put("part", part);
      const known = solution && (await put("reference", solution));
      const { clause } = await client().call("POST /v1/agreements/{agreement}/sealed", {
        ...{ agreement: agreement.id, part: kept.id },
        ...(known ? { reference: known.id } : {}),
      });
      edit((paper) => Paper.add(paper, `${field}.sealed`, clause));
      refresh(agreement.id);
      onDone();
    },
  });
  const takeReady = useMutation({
    async mutationFn(name: string) {
      const { part, good } = await client().call("GET /v1/suites/{suite}", { suite: name });
      await seal.mutateAsync({ part, solution: good });
    },
  });
  return (
    <div className="grid gap-5">
      {standard && (
        <section className="grid gap-2 text-sm">
          <p>
            <Trans>This ready suite has a part to hide, with a solution that passes it.</Trans>
          </p>
          <p className="text-muted">
            <Trans>
              It is the same for everyone who takes it: good to try with. For work that counts, hide one of your own.
            </Trans>
          </p>
          <div>
            <Button look="primary" busy={takeReady.isPending} onClick={() => takeReady.mutate(standard.name)}>
              <Trans>Hide the ready part</Trans>
            </Button>
          </div>
          {takeReady.isError && <Failure error={takeReady.error} />}
        </section>
      )}
      <FolderField
        label={
          reference ? (
            <Trans>A solution that passes it: {reference.length} files</Trans>
          ) : (
            <Trans>A solution that passes it (may be left out)</Trans>
          )
        }
        hint={t`At judgement it must pass your hidden part, or that is void. Choose it before the part.`}
        take={async (files) => setReference(files)}
      />
      <FolderField
        label={t`Folder of the part to hide`}
        hint={t`With a suite.yaml of its own, of the same kind. It is sealed as soon as it is read.`}
        take={(part) => seal.mutateAsync({ part, solution: reference })}
      />
    </div>
  );
}
