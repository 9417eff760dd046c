/** One count: what it says, who has signed it, what it pays, and what is next until it is paid. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Check, CircleDashed, Download } from "lucide-react";
import type { ReactNode } from "react";
import { documentOf, isOnLedger } from "../../../agreement/useStanding.ts";
import { useLanguage } from "../../../Language.tsx";
import { client, type Output, useAsk } from "../../../Node.ts";
import { Amount } from "../../../ui/Amount.tsx";
import { Badge } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { save } from "../../../ui/Download.ts";
import { Failure } from "../../../ui/Waiting.tsx";
import { dateText } from "../../../ui/When.tsx";
import { percentText } from "../Percent.ts";
import { Next } from "./Next.tsx";

export type One = Output<"GET /v1/agreements/{agreement}/counts">["items"][number];
type Props = { agreement: string; count: One; side: "client" | "provider" | undefined };

export function Count({ agreement, count, side }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { document, pays, client: signed } = count;
  const { data } = useAsk("GET /v1/agreements/{agreement}", { agreement });
  const currency = data && isOnLedger(data) ? documentOf(data)?.currency : undefined;
  const day = (seconds: number) => dateText(new Date(seconds * 1_000), language, false);
  const isLevel = document.measure === "level";
  return (
    <Card
      title={
        <Trans>
          From {day(document.from)} to {day(document.to - 1)}
        </Trans>
      }
      lead={isLevel ? t`Answers of people in time` : t`Tickets that stayed solved`}
      actions={<Badge tone={signed ? "good" : "warn"}>{signed ? t`signed by both` : t`waits for the client`}</Badge>}
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="grid content-start gap-3">
          <dl className="grid grid-cols-[1fr_auto] gap-y-1 text-sm">
            <Line name={t`Answered by the desk alone`} value={document.answered} />
            <Line
              name={
                <Plural
                  value={document.days}
                  one="Came back or corrected within # day: not owed"
                  other="Came back or corrected within # days: not owed"
                />
              }
              value={`− ${document.reopened}`}
            />
            <Line name={t`Too young to tell: counted in the next period`} value={`− ${document.open}`} />
            <Line name={t`Stayed solved`} value={document.solved} isSum={!isLevel} />
            <Line
              name={t`Answered in time by people`}
              value={
                document.due === 0
                  ? "–"
                  : `${document.met} / ${document.due} (${percentText(document.met / document.due, language)})`
              }
              isSum={isLevel}
            />
            {pays !== undefined && currency && (
              <Line
                name={t`Pays by the curve of the terms, if the milestones are paid in full`}
                value={<Amount units={pays} currency={currency} />}
                isSum
              />
            )}
          </dl>
          <Proof agreement={agreement} count={count} />
        </div>
        <div className="grid content-start gap-3">
          <ul className="grid gap-1 text-sm">
            <Signature name={t`Provider, by the desk's key`} address={count.operator.key} />
            <Signature name={t`Client`} address={signed?.address} />
          </ul>
          <Next agreement={agreement} count={count} side={side} full={data} />
        </div>
      </div>
    </Card>
  );
}

function Line({ name, value, isSum = false }: { name: ReactNode; value: ReactNode; isSum?: boolean }) {
  const look = isSum ? "border-t border-line pt-1 font-semibold" : "";
  return (
    <>
      <dt className={look}>{name}</dt>
      <dd className={`pl-4 text-right tabular-nums ${look}`}>{value}</dd>
    </>
  );
}

function Signature({ name, address }: { name: string; address: string | undefined }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      {address === undefined ? (
        <CircleDashed aria-hidden="true" className="size-4 text-muted" />
      ) : (
        <Check aria-hidden="true" className="size-4 text-good" />
      )}
      <span>{name}</span>
      {address === undefined ? (
        <span className="text-muted">
          <Trans>not signed yet</Trans>
        </span>
      ) : (
        <code className="text-xs text-muted">
          {address.slice(0, 8)}…{address.slice(-6)}
        </code>
      )}
    </li>
  );
}

/** The very lines that were counted, so that the other side counts again. */
function Proof({ agreement, count: { id, document } }: Pick<Props, "agreement" | "count">) {
  const take = useMutation({
    mutationFn: () => client().call("GET /v1/agreements/{agreement}/counts/{count}/log", { agreement, count: id }),
    onSuccess: ({ log }) => save(`count-${id.slice(0, 8)}.jsonl`, "application/x-ndjson", log),
  });
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-muted">
        <Trans>
          Counted from {document.lines} lines of the log, the last one <code>{document.head.slice(0, 12)}…</code>
        </Trans>
      </p>
      <div>
        <Button busy={take.isPending} onClick={() => take.mutate()}>
          <Download aria-hidden="true" className="size-4" />
          <Trans>The lines, to count again</Trans>
        </Button>
      </div>
      {take.isError && <Failure error={take.error} again={() => take.mutate()} />}
    </div>
  );
}
