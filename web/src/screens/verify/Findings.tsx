import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useSay } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import type { Verdict } from "./Verify.tsx";

type Finding = Verdict["findings"][number];

/** What the pack proves, finding by finding, worst first. */
export function Findings({ verdict, name }: { verdict: Verdict; name: string }) {
  const { t } = useLingui();
  const { good, findings, against, id, chainId } = verdict;
  const of = (proven: Finding["proven"]) => findings.filter((one) => one.proven === proven);
  const [wrong, right, open] = [of("no"), of("yes"), of("unchecked")];
  const count = wrong.length;
  return (
    <Card title={name}>
      <div className="grid gap-4">
        {good ? (
          <Note tone="good" role="status" title={t`Nothing in it is wrong`}>
            <Plural value={right.length} one="# statement is proven." other="# statements are proven." />{" "}
            {open.length > 0 && (
              <Plural value={open.length} one="# could not be checked here." other="# could not be checked here." />
            )}
          </Note>
        ) : (
          <Note tone="bad" role="alert" title={t`Do not rely on it`}>
            <Plural value={count} one="# statement in it is wrong." other="# statements in it are wrong." />
          </Note>
        )}
        {against === "rehearsal" && (
          <Note tone="play" title={t`Of a rehearsal`}>
            <Trans>
              It was played on one machine with play money. It shows how things went there, and proves nothing.
            </Trans>
          </Note>
        )}
        {against === "nothing" && (
          <Note tone="warn" title={t`Not compared with a ledger`}>
            <Trans>
              It is of ledger {chainId}, and this node works on another. What is inside fits together; whether its
              blocks are the ledger's own can be told by a node of that ledger.
            </Trans>
          </Note>
        )}
        <Group title={t`Wrong`} findings={wrong} />
        <Group title={t`Proven`} findings={right} />
        <Group title={t`Not checked`} findings={open} />
        <p className="text-xs break-all text-muted">
          <Trans>Agreement</Trans> <code>{id}</code>
        </p>
      </div>
    </Card>
  );
}

const ICONS = {
  yes: { Icon: CircleCheck, colour: "text-good" },
  no: { Icon: CircleX, colour: "text-bad" },
  unchecked: { Icon: CircleDashed, colour: "text-muted" },
} as const;

function Group({ title, findings }: { title: string; findings: readonly Finding[] }) {
  const say = useSay();
  if (findings.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-sm font-semibold">
        {title} <span className="font-normal text-muted">{findings.length}</span>
      </h3>
      <ul className="grid gap-2">
        {findings.map(({ name, what, why, proven }) => {
          const { Icon, colour } = ICONS[proven];
          return (
            <li key={name} className="flex gap-2 text-sm">
              <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${colour}`} />
              <div className="min-w-0">
                <p>{say(what)}</p>
                <p className="break-words text-muted">{say(why)}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
