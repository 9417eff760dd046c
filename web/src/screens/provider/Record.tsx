/** A track record: what the ledger paid and refunded, in all and by skill, with how the money was held. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useSay } from "../../Language.tsx";
import { client, type Output, useAsk } from "../../Node.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { save } from "../../ui/Download.ts";
import { type Column, Rows } from "../../ui/Rows.tsx";
import { Empty, Failure, Shown } from "../../ui/Waiting.tsx";
import { wordsOf } from "../brief/Skills.ts";

type Line = Output<"GET /v1/providers/{provider}/record">["lines"][number];

export function Record({ provider, name }: { provider: string; name: string }) {
  const { t } = useLingui();
  const answer = useAsk("GET /v1/providers/{provider}/record", { provider });
  return (
    <Card
      title={t`Record`}
      lead={t`From settlements alone: nobody writes it, and nobody can take a part of it away.`}
      actions={<Pack provider={provider} />}
    >
      <Shown answer={answer}>{({ lines }) => <Lines lines={lines} name={name} />}</Shown>
    </Card>
  );
}

function Lines({ lines, name }: { lines: readonly Line[]; name: string }) {
  const { t } = useLingui();
  const columns = useColumns();
  const whole = lines.find(({ skill }) => skill === undefined);
  const percent = Math.round((whole?.quality ?? 0) * 100);
  if (!whole || whole.settlements === 0) {
    return (
      <Empty title={t`Nothing settled yet`}>
        <Trans>A record begins with the first agreement that is paid here.</Trans>
      </Empty>
    );
  }
  return (
    <div className="grid gap-4">
      <p className="text-lg">
        <Trans>
          Keeps at least <strong className="tabular-nums">{percent} %</strong> of what it promises
        </Trans>
        <span className="block text-sm text-muted">
          <Trans>
            With nine chances in ten, by the value that different clients put behind it. Without a record it is 10 %.
          </Trans>
        </span>
      </p>
      <Rows
        caption={t`Record of ${name}`}
        columns={columns}
        rows={lines}
        keyOf={({ skill }) => skill ?? "all"}
        empty={null}
      />
    </div>
  );
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useLingui();
  const say = useSay();
  return [
    {
      name: t`Work`,
      cell: ({ skill }) => (
        <span className={skill === undefined ? "font-semibold" : ""}>
          {skill === undefined ? <Trans>All work</Trans> : say(wordsOf(skill))}
        </span>
      ),
    },
    {
      name: t`Paid`,
      cell: ({ value }) => (
        <span className="grid">
          {value.map(({ code, scale, paid }) => (
            <Amount key={code} units={paid} currency={{ code, scale }} />
          ))}
        </span>
      ),
      align: "end",
    },
    {
      name: t`On time`,
      cell: ({ onTime, settlements }) => (
        <span className="tabular-nums">
          <Trans>
            {onTime} of {settlements}
          </Trans>
        </span>
      ),
      align: "end",
    },
    { name: t`Disputes`, cell: ({ disputes }) => <Disputes disputes={disputes} /> },
    {
      name: t`Result against target`,
      cell: ({ outcome }) => (outcome === undefined ? "–" : `${Math.round(outcome / 100)} %`),
      align: "end",
    },
    { name: t`Clients`, cell: ({ counterparties }) => counterparties, align: "end" },
    { name: t`Money held`, cell: ({ held }) => <Held held={held} /> },
    { name: t`Keeps at least`, cell: ({ quality }) => `${Math.round(quality * 100)} %`, align: "end" },
  ];
}

function Disputes({ disputes: { won, lost, split } }: Pick<Line, "disputes">) {
  if (won + lost + split === 0) return <Trans>none</Trans>;
  return (
    <span className="grid">
      {won > 0 && <Plural value={won} one="# won" other="# won" />}
      {split > 0 && <Plural value={split} one="# divided" other="# divided" />}
      {lost > 0 && <Plural value={lost} one="# lost" other="# lost" />}
    </span>
  );
}

/** Where nobody saw the money, the record says so. */
function Held({ held: { token, custody, direct } }: Pick<Line, "held">) {
  return (
    <span className="grid">
      {token > 0 && <Plural value={token} one="# in the escrow" other="# in the escrow" />}
      {custody > 0 && <Plural value={custody} one="# by a custodian" other="# by a custodian" />}
      {direct > 0 && (
        <span className="text-warn">
          <Plural value={direct} one="# paid directly, seen by nobody" other="# paid directly, seen by nobody" />
        </span>
      )}
    </span>
  );
}

function Pack({ provider }: { provider: string }) {
  const make = useMutation({
    mutationFn: () => client().call("GET /v1/providers/{provider}/record/pack", { provider }),
    onSuccess: ({ name, content }) => save(name, "application/json", content),
  });
  return (
    <span className="grid gap-2">
      <Button busy={make.isPending} onClick={() => make.mutate()}>
        <Download aria-hidden="true" className="size-4" />
        <Trans>Take the record along</Trans>
      </Button>
      {make.isError && <Failure error={make.error} again={() => make.mutate()} />}
    </span>
  );
}
