/** What a run found, whoever signed it: checks, measures, what it was judged by and on, where it ran, what it left. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download, ShieldAlert, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import type * as Verdicts from "../../../../src/agreement/Verdict.ts";
import { useSay } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { useSize } from "../agreement/act/useSize.ts";
import { Artefact } from "./Artefact.tsx";
import { Foreign } from "./Foreign.tsx";
import { Hash } from "./Hash.tsx";
import { ResultMark } from "./Mark.tsx";
import * as Runs from "./Runs.ts";
import { useChecks } from "./useChecks.ts";

type Document = Verdicts.Verdict;
type Props = { agreement: string; document: Document };

export function Findings({ agreement, document }: Props) {
  return (
    <>
      <Checks agreement={agreement} document={document} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Ground agreement={agreement} document={document} />
        <Left agreement={agreement} document={document} />
      </div>
    </>
  );
}

function Checks({ agreement, document: { checks, measures, suite } }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const whatOf = useChecks(agreement, suite);
  const rows = Runs.ordered(checks.map((check) => ({ ...check, one: check.result, other: check.result })));
  const passed = checks.filter(({ result }) => result === "pass").length;
  const all = checks.length;
  return (
    <Card title={t`Checks`} lead={t`${passed} of ${all} passed`}>
      {all === 0 ? (
        <Empty title={t`It checked nothing`}>
          <Trans>A run without checks proves nothing, and accepts nothing.</Trans>
        </Empty>
      ) : (
        <ul className="grid gap-3 text-sm">
          {rows.map(({ id, result, why }) => {
            const what = whatOf(id);
            const own = measures.filter((measure) => measure.check === id);
            return (
              <li
                key={id}
                className="grid gap-x-4 gap-y-0.5 border-b border-line pb-2 last:border-0 last:pb-0 sm:grid-cols-[10rem_1fr]"
              >
                <p>
                  <ResultMark result={result} />
                </p>
                <div className="grid gap-0.5">
                  <p>
                    <span className="font-medium">
                      <Foreign text={id} />
                    </span>
                    {what && (
                      <span className="text-muted">
                        {" "}
                        · <Foreign text={say(what)} />
                      </span>
                    )}
                  </p>
                  {why && result !== "pass" && (
                    <p>
                      <Foreign text={say(why)} />
                    </p>
                  )}
                  {own.length > 0 && (
                    <p className="text-xs text-muted tabular-nums">
                      {own.map(({ name, value, unit }) => (
                        <span key={name} className="mr-3">
                          <Foreign text={`${name} ${value} ${unit}`} />
                        </span>
                      ))}
                    </p>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function Ground({ document }: Props) {
  const { t } = useLingui();
  const { subject, suite, inputs, environment, sealed, confined, runner, started, ended } = document;
  const seconds = Math.max(0, ended - started);
  const states = {
    judged: t`shown, and judged`,
    "not shown": t`not shown in time: counts as passed`,
    void: t`void: its own solution fails it`,
  };
  return (
    <Card title={t`On what, by what, and where`}>
      <dl className="grid gap-2 text-sm">
        <Line name={subject.kind === "commit" ? t`Commit` : t`Delivered folder`}>
          <Hash value={subject.hash} of={t`what was delivered`} />
        </Line>
        <Line name={t`Suite`}>
          <Hash value={suite} of={t`suite`} />
        </Line>
        {inputs.map(({ name, hash }) => (
          <Line key={name} name={t`Frozen input ${name}`}>
            <Hash value={hash} of={name} />
          </Line>
        ))}
        {sealed && (
          <Line name={t`Hidden part`}>
            {states[sealed.state]} <Hash value={sealed.commitment} of={t`hidden part`} />
          </Line>
        )}
        <Line name={t`Environment`}>
          <Hash value={environment} of={t`environment`} />
        </Line>
        <Line name={t`Confined`}>
          {confined ? (
            <span className="inline-flex items-center gap-1.5 text-good">
              <ShieldCheck aria-hidden="true" className="size-4" />
              <Trans>Yes: no network, nothing of the machine to write to</Trans>
            </span>
          ) : (
            <span className="inline-flex items-center gap-1.5 text-warn">
              <ShieldAlert aria-hidden="true" className="size-4" />
              <Trans>No: it accepts nothing by itself</Trans>
            </span>
          )}
        </Line>
        <Line name={t`Machine`}>
          <Foreign text={`${runner.sandbox} · ${runner.system} · ${runner.version}`} />
        </Line>
        <Line name={t`When`}>
          <When at={new Date(started * 1_000).toISOString()} far={false} /> · <Trans>{seconds} s</Trans>
        </Line>
      </dl>
      <p className="mt-3 text-xs text-muted">
        <Trans>
          Compared are only the checks, the measures that the terms declare exact, and the hashes. Times, logs and
          machines are signed beside them.
        </Trans>
      </p>
    </Card>
  );
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid gap-x-3 sm:grid-cols-[9rem_1fr]">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);

function Left({ agreement, document: { artefacts } }: Props) {
  const { t } = useLingui();
  const size = useSize();
  return (
    <Card title={t`Files that it left`} lead={t`Kept by their hash, for who may read this run.`}>
      {artefacts.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>None.</Trans>
        </p>
      ) : (
        <ul className="grid gap-2 text-sm">
          {artefacts.map(({ name, size: bytes, hash }) => (
            <li key={`${name}${hash}`} className="flex flex-wrap items-center gap-x-3">
              <Artefact agreement={agreement} hash={hash}>
                <Download aria-hidden="true" className="size-4 shrink-0" />
                <Foreign text={name} />
              </Artefact>
              <span className="text-muted">{size(bytes)}</span>
              <Hash value={hash} of={name} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
