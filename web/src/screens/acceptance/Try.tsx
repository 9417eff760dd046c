/** A suite tried on a delivery before anything is signed, or at any time: it binds nobody. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import type * as Folder from "../../agreement/Folder.ts";
import { FolderField } from "../../agreement/FolderField.tsx";
import { useAgreement, useAgreementId } from "../../agreement/useAgreement.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { client, type Input, type Output, useAsk, useCall } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { dateText } from "../../ui/When.tsx";
import { Back } from "./Back.tsx";
import { Hash } from "./Hash.tsx";
import { Trials } from "./Trials.tsx";
import { useFolders } from "./useChecks.ts";

type Kept = Output<"GET /v1/agreements/{agreement}/folders">["items"][number];
type On = Pick<Input<"POST /v1/agreements/{agreement}/runs">, "folder" | "commit" | "repository">;

export function Try() {
  const { t } = useLingui();
  const agreement = useAgreementId();
  const { data } = useAgreement();
  const { rows, error, again } = useFolders(agreement);
  const suites = rows?.filter(({ suite }) => suite !== undefined);
  return (
    <Page
      title={t`Try a suite`}
      above={<Back agreement={agreement} />}
      lead={<Trans>Run it on what there is, watch what it finds, change it, and run it again. It binds nobody.</Trans>}
    >
      {suites === undefined ? (
        error ? (
          <Failure error={error} again={again} />
        ) : (
          <Loading rows={4} />
        )
      ) : (
        <>
          {suites.length === 0 ? (
            <Empty title={t`No suite here yet`}>
              <Trans>
                Bring the folder of one below; or, in the draft, let code judge a criterion and pick a ready suite.
              </Trans>
            </Empty>
          ) : (
            <Form agreement={agreement} suites={suites} kept={rows ?? []} />
          )}
          <Bring agreement={agreement} />
        </>
      )}
      {data && <Trials agreement={data} />}
    </Page>
  );
}

function Bring({ agreement }: { agreement: string }) {
  const { t } = useLingui();
  const put = useCall("POST /v1/agreements/{agreement}/folders");
  return (
    <Card tone="sunken">
      <FolderField
        label={t`Bring another suite`}
        hint={t`A folder with suite.yaml and the files that it judges by. The other side sees it too.`}
        take={(files) => put.mutateAsync({ agreement, purpose: "suite", files })}
      />
    </Card>
  );
}

type FormProps = { agreement: string; suites: readonly Kept[]; kept: readonly Kept[] };

function Form({ agreement, suites, kept }: FormProps) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { suite: wanted } = useSearch({ strict: false });
  const [chosen, choose] = useState<string>();
  const suite = suites.find(({ id }) => id === chosen) ?? suites.find(({ hash }) => hash === wanted) ?? suites[0];
  const go = useNavigate();
  const start = useCall("POST /v1/agreements/{agreement}/runs", ({ id: run }) =>
    go({ to: "/agreements/$agreement/acceptance/runs/$run", params: { agreement, run } }),
  );
  const begin = (on: On) => start.mutateAsync({ agreement, suite: suite?.id ?? "", ...on });
  const checks = suite?.suite?.checks ?? [];
  return (
    <>
      <Card title={t`Which suite`}>
        <div className="grid gap-3">
          <Select label={t`Suite`} value={suite?.id ?? ""} onChange={({ target }) => choose(target.value)}>
            {suites.map(({ id, suite, createdAt, purpose }) => (
              <option key={id} value={id}>
                {suite ? say(suite.title) : ""} {purpose === "part" ? t`(hidden part)` : ""} ·{" "}
                {dateText(createdAt, language)}
              </option>
            ))}
          </Select>
          {suite && (
            <details className="text-sm">
              <summary className="inline-flex min-h-6 items-center text-accent">
                {checks.length === 1 ? t`1 check` : t`${checks.length} checks`}
              </summary>
              <ul className="mt-1 list-disc pl-5">
                {checks.map(({ id, what }) => (
                  <li key={id}>{say(what)}</li>
                ))}
              </ul>
              <p className="mt-1">
                <Hash value={suite.hash} of={t`suite`} />
              </p>
            </details>
          )}
        </div>
      </Card>
      <Card title={t`On what`}>
        <div className="grid gap-5">
          {suite && <Sample agreement={agreement} suite={suite} begin={begin} />}
          <OnFolder agreement={agreement} kept={kept} begin={begin} />
          <OnCommit begin={begin} isBusy={start.isPending} />
          {start.isError && <Failure error={start.error} />}
        </div>
      </Card>
    </>
  );
}

/** The delivery that comes with a standard suite, and passes it. */
function Sample({ agreement, suite, begin }: { agreement: string; suite: Kept; begin: (on: On) => Promise<unknown> }) {
  const { data } = useAsk("GET /v1/suites", {});
  const put = useCall("POST /v1/agreements/{agreement}/folders");
  const standard = data?.items.find(({ hash }) => hash === suite.hash);
  if (!standard) return null;
  const take = async () => {
    const { good } = await client().call("GET /v1/suites/{suite}", { suite: standard.name });
    const { id } = await put.mutateAsync({ agreement, purpose: "work", files: good });
    await begin({ folder: id });
  };
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <Trans>This is a ready suite: a sample delivery that passes it comes with it.</Trans>
      </p>
      <div>
        {/* What fails is shown by the call that failed. */}
        <Button look="primary" busy={put.isPending} onClick={() => void take().catch(() => {})}>
          <Play aria-hidden="true" className="size-4" />
          <Trans>Run it on the sample</Trans>
        </Button>
      </div>
      {put.isError && <Failure error={put.error} />}
    </div>
  );
}

function OnFolder({
  agreement,
  kept,
  begin,
}: {
  agreement: string;
  kept: readonly Kept[];
  begin: (on: On) => Promise<unknown>;
}) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const put = useCall("POST /v1/agreements/{agreement}/folders");
  const work = kept.filter(({ purpose }) => purpose === "work");
  const take = async (files: Folder.Sent[]) => {
    const { id } = await put.mutateAsync({ agreement, purpose: "work", files });
    await begin({ folder: id });
  };
  return (
    <div className="grid gap-3">
      <FolderField
        label={t`A folder of your work`}
        hint={t`It is run as soon as it is read. The other side sees it only if you deliver it.`}
        take={take}
      />
      {work.length > 0 && (
        <details className="text-sm">
          <summary className="inline-flex min-h-6 items-center text-accent">
            <Trans>One that was brought before</Trans>
          </summary>
          <ul className="mt-2 grid gap-2">
            {work.map(({ id, hash, createdAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-3">
                <Hash value={hash} of={t`folder`} />
                <span className="text-muted">{dateText(createdAt, language)}</span>
                <Button onClick={() => void begin({ folder: id }).catch(() => {})}>
                  <Trans>Run it on this</Trans>
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function OnCommit({ begin, isBusy }: { begin: (on: On) => Promise<unknown>; isBusy: boolean }) {
  const { t } = useLingui();
  const [commit, setCommit] = useState("");
  const [repository, setRepository] = useState("");
  const isCommit = /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
  const isShort = commit !== "" && !isCommit;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isCommit && repository !== "") void begin({ commit, repository }).catch(() => {});
      }}
    >
      <p className="text-sm font-medium">
        <Trans>Or a commit</Trans>
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t`Address of the repository`}
          hint={t`From where this node can fetch it.`}
          spellCheck={false}
          value={repository}
          onChange={({ target }) => setRepository(target.value.trim())}
        />
        <TextField
          label={t`Commit, in full`}
          hint={t`40 or 64 digits, as git shows it.`}
          error={isShort ? t`Not a whole commit yet.` : undefined}
          spellCheck={false}
          value={commit}
          onChange={({ target }) => setCommit(target.value.trim().toLowerCase())}
        />
      </div>
      <div>
        <Button type="submit" busy={isBusy} disabled={!isCommit || repository === ""}>
          <Play aria-hidden="true" className="size-4" />
          <Trans>Run it on this commit</Trans>
        </Button>
      </div>
    </form>
  );
}
