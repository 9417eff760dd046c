/** Work that code judges, as its runners fetch it: a commit of a repository, or a folder. Named at the node, then delivered. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { GitCommitHorizontal } from "lucide-react";
import { useState } from "react";
import type * as Folder from "../../../agreement/Folder.ts";
import { FolderField } from "../../../agreement/FolderField.tsx";
import { client, type Input, useRows } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import type { File } from "./Draft.ts";

type Props = { agreement: string; milestone: string; onFile: (file: File) => void };
type Named = Pick<Input<"POST /v1/agreements/{agreement}/manifests">, "commits" | "files" | "reports">;

export function Work({ agreement, milestone, onFile }: Props) {
  const { t } = useLingui();
  const [commit, setCommit] = useState("");
  const [repository, setRepository] = useState("");
  const isCommit = /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/reports", { agreement, limit: 200 });
  const reports = rows.filter((report) => report.commit === commit);
  const count = reports.length;
  const name = useMutation({
    async mutationFn({ named, hash }: { named: Named; hash: string }) {
      const manifest = { agreement, milestone, ...named };
      const { id } = await client().call("POST /v1/agreements/{agreement}/manifests", manifest);
      const short = hash.slice(0, 12);
      onFile({ id, name: named.commits ? t`Commit ${short}` : t`Folder ${short}`, size: 0 });
    },
  });
  const take = () =>
    name.mutate({ named: { commits: [{ repository, commit }], reports: reports.map(({ id }) => id) }, hash: commit });
  const put = async (files: Folder.Sent[]) => {
    const kept = await client().call("POST /v1/agreements/{agreement}/folders", { agreement, purpose: "work", files });
    await name.mutateAsync({ named: { files: [kept.id] }, hash: kept.hash });
  };
  return (
    <div className="grid gap-4">
      <p className="text-sm">
        <Trans>Code judges this milestone: name the commit, or the folder, that both sides run it on.</Trans>
      </p>
      <div className="grid gap-3">
        <TextField
          label={t`Address of the repository`}
          spellCheck={false}
          value={repository}
          onChange={({ target }) => setRepository(target.value.trim())}
        />
        <TextField
          label={t`Commit, in full`}
          hint={t`40 or 64 digits, as git shows it.`}
          error={commit !== "" && !isCommit ? t`Not a whole commit yet.` : undefined}
          spellCheck={false}
          value={commit}
          onChange={({ target }) => setCommit(target.value.trim().toLowerCase())}
        />
        {count > 0 && (
          <p className="text-sm text-muted">
            <Plural
              value={count}
              one="# report of a build of this commit goes with it."
              other="# reports of builds of this commit go with it."
            />
          </p>
        )}
        <div>
          <Button busy={name.isPending} disabled={!isCommit || repository === ""} onClick={take}>
            <GitCommitHorizontal aria-hidden="true" className="size-4" />
            <Trans>Take this commit</Trans>
          </Button>
        </div>
        {name.isError && <Failure error={name.error} />}
      </div>
      <FolderField label={t`Or a folder`} hint={t`All of it, as it is to be judged.`} take={put} />
    </div>
  );
}
