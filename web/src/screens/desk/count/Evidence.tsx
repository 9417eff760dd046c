/** The log: every decision and every correction, each line with the hash of the one before. Its last hash is the evidence. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useSay } from "../../../Language.tsx";
import { client, useRows } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Copy } from "../../../ui/Copy.tsx";
import { save } from "../../../ui/Download.ts";
import { Note } from "../../../ui/Note.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { Empty, Failure } from "../../../ui/Waiting.tsx";
import { When } from "../../../ui/When.tsx";
import { type Desk, useIds } from "../Desk.ts";
import { useKind } from "../Kind.ts";

export function Evidence({ desk: { id, log } }: { desk: Desk }) {
  const { t } = useLingui();
  const say = useSay();
  const ids = useIds();
  const [isOpen, setOpen] = useState(false);
  const take = useMutation({
    mutationFn: () => client().call("GET /v1/organisations/{organisation}/desks/{desk}/log/export", ids),
    onSuccess: (answer) => save(`desk-log-${id.slice(0, 8)}.jsonl`, "application/x-ndjson", answer.log),
  });
  return (
    <Card
      title={t`Log of the desk`}
      lead={t`Whoever holds its last hash can tell whether anything was changed, left out or put in.`}
      actions={
        <>
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Trans>Look at the lines</Trans>
          </Button>
          <Button look="primary" busy={take.isPending} onClick={() => take.mutate()}>
            <Download aria-hidden="true" className="size-4" />
            <Trans>Export the log</Trans>
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-sm text-muted">
          <Trans>{log.lines} lines. Last hash:</Trans>
        </p>
        <Copy text={log.head} label={t`Copy the last hash`} />
        <div aria-live="polite" className="grid gap-3 empty:hidden">
          {take.isError && <Failure error={take.error} again={() => take.mutate()} />}
          {take.data &&
            (take.data.broken === undefined ? (
              <Note tone="good" title={t`Exported, and whole`}>
                <Trans>
                  {take.data.lines} lines, each in its place, each seal valid. Last hash {take.data.head.slice(0, 12)}…
                </Trans>
              </Note>
            ) : (
              <Note tone="bad" title={<Trans>Line {take.data.broken.line} is not as it was written</Trans>}>
                {say(take.data.broken.why)}
              </Note>
            ))}
        </div>
        {isOpen && <Lines />}
      </div>
    </Card>
  );
}

function Lines() {
  const { t } = useLingui();
  const kindOf = useKind();
  const list = useRows("GET /v1/organisations/{organisation}/desks/{desk}/log", useIds());
  return (
    <Rows
      caption={t`Lines of the log, oldest first`}
      {...list}
      keyOf={({ number }) => String(number)}
      empty={<Empty title={t`Nothing was decided yet`} />}
      columns={[
        { name: t`Line`, cell: ({ number }) => number },
        { name: t`When`, cell: ({ at }) => <When at={new Date(at * 1_000).toISOString()} far={false} /> },
        { name: t`What`, cell: ({ kind }) => kindOf(kind) },
        { name: t`Hash`, cell: ({ hash }) => <code className="text-xs">{hash.slice(0, 16)}</code> },
        { name: t`Sealed`, cell: ({ signature }) => (signature === undefined ? t`by a later line` : t`yes`) },
      ]}
    />
  );
}
