/** One run: how far it is, what it prints while it runs, how to stop it, and what it found. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useParams } from "@tanstack/react-router";
import { Square } from "lucide-react";
import type * as Verdicts from "../../../../src/agreement/Verdict.ts";
import { useAsk, useCall } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Back } from "./Back.tsx";
import { Findings } from "./Findings.tsx";
import { Hash } from "./Hash.tsx";
import { Log } from "./Log.tsx";
import { RunState } from "./RunState.tsx";
import type * as Runs from "./Runs.ts";

export function Run() {
  const { t } = useLingui();
  const { agreement = "", run = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/agreements/{agreement}/runs/{run}", { agreement, run });
  return (
    <Page
      title={answer.data?.side === undefined ? t`A trial` : t`A run by the terms`}
      above={<Back agreement={agreement} />}
    >
      <Shown answer={answer} rows={4}>
        {(data) => <Whole agreement={agreement} run={data} />}
      </Shown>
    </Page>
  );
}

function Whole({ agreement, run }: { agreement: string; run: Runs.Run }) {
  const { t } = useLingui();
  const { subject, suite, document, problem, verdict } = run;
  const detail = problem === undefined ? undefined : String(problem.detail ?? problem.title ?? "");
  return (
    <>
      <Card>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="grid gap-1 text-sm">
            <p className="text-base">
              <RunState run={run} />
            </p>
            <p className="text-muted">
              {run.startedAt === undefined ? (
                <Trans>
                  asked for <When at={run.createdAt} />
                </Trans>
              ) : (
                <Trans>
                  begun <When at={run.startedAt} />
                </Trans>
              )}
            </p>
            <p className="flex flex-wrap gap-x-3 text-muted">
              <span>
                {subject.kind === "commit" ? <Trans>Commit</Trans> : <Trans>Folder</Trans>}{" "}
                <Hash value={subject.hash} of={t`what it runs on`} />
              </span>
              <span>
                <Trans>Suite</Trans> <Hash value={suite} of={t`suite`} />
              </span>
            </p>
            {run.side === undefined && (
              <p>
                <Trans>It binds nobody.</Trans>
              </p>
            )}
            {verdict !== undefined && (
              <p>
                <Link
                  to="/agreements/$agreement/acceptance/verdicts/$verdict"
                  params={{ agreement, verdict }}
                  className="underline"
                >
                  <Trans>The signed verdict</Trans>
                </Link>
              </p>
            )}
          </div>
          <Stop agreement={agreement} run={run} />
        </div>
      </Card>
      {run.state === "waiting" && (
        <Note tone="warn" title={t`It waits for the hidden part`}>
          <Trans>It begins when that is shown, or when the time to show it has passed.</Trans>
        </Note>
      )}
      {detail !== undefined && (
        <Note tone="bad" role="alert" title={t`It could not be run to its end`}>
          {detail}
        </Note>
      )}
      {document !== undefined && <Findings agreement={agreement} document={document as unknown as Verdicts.Verdict} />}
      <Card title={t`What it prints`}>
        <Log agreement={agreement} run={run} />
      </Card>
    </>
  );
}

const OPEN = new Set<Runs.Run["state"]>(["waiting", "queued", "running"]);

function Stop({ agreement, run }: { agreement: string; run: Runs.Run }) {
  const stop = useCall("POST /v1/agreements/{agreement}/runs/{run}/stop");
  if (!OPEN.has(run.state)) return null;
  return (
    <div className="grid gap-2">
      <Button look="danger" busy={stop.isPending} onClick={() => stop.mutate({ agreement, run: run.id })}>
        <Square aria-hidden="true" className="size-4" />
        <Trans>Stop</Trans>
      </Button>
      {stop.isError && <Failure error={stop.error} />}
    </div>
  );
}
