/** The versions, newest first, and what one of them changes of another. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { useJudged } from "../../agreement/judge/Judge.ts";
import { type Full, sideOf } from "../../agreement/useAgreement.ts";
import { type Output, useAsk, useRows } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Changes } from "../endings/Changes.tsx";

type Pair = { from: number; to: number };
type Row = Output<"GET /v1/agreements/{agreement}/versions">["items"][number];

export function Versions({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const { id, version } = agreement;
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements/{agreement}/versions", { agreement: id });
  const [chosen, choose] = useState<Pair>();
  // Until another pair is chosen, a new version is compared as it comes.
  const pair = chosen ?? { from: Math.max(1, version - 1), to: version };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
      {version > 1 && <Comparison agreement={agreement} pair={pair} choose={choose} />}
      <Card title={t`Versions`}>
        {rows === undefined ? (
          error ? (
            <Failure error={error} again={again} />
          ) : (
            <Loading />
          )
        ) : (
          <ol className="grid gap-1">
            {rows.map((row) => (
              <Version key={row.version} row={row} agreement={agreement} pair={pair} choose={choose} />
            ))}
          </ol>
        )}
        {more && (
          <div className="mt-3">
            <Button onClick={more} busy={isMore}>
              <Trans>Show more</Trans>
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}

type VersionProps = { row: Row; agreement: Full; pair: Pair; choose: (pair: Pair) => void };

function Version({ row, agreement, pair, choose }: VersionProps) {
  const { version, by, note, createdAt, ledgerId } = row;
  const organisation = agreement.seats.find((seat) => seat.organisation === by.organisation);
  return (
    <li className={`rounded-lg px-3 py-2 ${pair.to === version ? "bg-sunken" : ""}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <Trans>Version {version}</Trans>
        </span>
        {version === agreement.version && (
          <Badge tone="accent">
            <Trans>latest</Trans>
          </Badge>
        )}
        {ledgerId === undefined && (
          <Badge tone="warn">
            <Trans>not complete</Trans>
          </Badge>
        )}
        <span className="ml-auto">
          {version > 1 && (
            <Button
              look="quiet"
              aria-pressed={pair.to === version && pair.from === version - 1}
              onClick={() => choose({ from: version - 1, to: version })}
            >
              <Trans>What it changed</Trans>
            </Button>
          )}
        </span>
      </div>
      <p className="text-sm text-muted">
        {by.name}
        {organisation && organisation.name !== by.name && <> · {organisation.name}</>} · <When at={createdAt} />
      </p>
      {note !== "" && <p className="text-sm whitespace-pre-wrap">{note}</p>}
    </li>
  );
}

function Comparison({ agreement, pair, choose }: { agreement: Full; pair: Pair; choose: (pair: Pair) => void }) {
  const { t } = useLingui();
  const { id, version } = agreement;
  const { from, to } = pair;
  const answer = useAsk("GET /v1/agreements/{agreement}/compare", { agreement: id, from, to });
  const all = Array.from({ length: version }, (_, index) => version - index);
  return (
    <Card title={t`From version ${from} to version ${to}`}>
      <div className="mb-4 grid grid-cols-2 gap-3">
        <Select
          label={t`From`}
          value={from}
          onChange={(event) => choose({ ...pair, from: Number(event.target.value) })}
        >
          {all.map((one) => (
            <option key={one} value={one}>
              {t`Version ${one}`}
            </option>
          ))}
        </Select>
        <Select label={t`To`} value={to} onChange={(event) => choose({ ...pair, to: Number(event.target.value) })}>
          {all.map((one) => (
            <option key={one} value={one}>
              {t`Version ${one}`}
            </option>
          ))}
        </Select>
      </div>
      <Shown answer={answer}>
        {({ differences, complete }) => (
          <Difference agreement={agreement} pair={pair} differences={differences} complete={complete} />
        )}
      </Shown>
    </Card>
  );
}

type DifferenceProps = {
  agreement: Full;
  pair: Pair;
  differences: Output<"GET /v1/agreements/{agreement}/compare">["differences"];
  complete: boolean;
};

/** Of versions that are not complete the node tells only what is written; what follows may be seen here already. */
function Difference({ agreement, pair, differences, complete }: DifferenceProps) {
  const { id } = agreement;
  const show = "GET /v1/agreements/{agreement}/versions/{version}";
  const before = useAsk(show, { agreement: id, version: pair.from }, { enabled: !complete }).data;
  const after = useAsk(show, { agreement: id, version: pair.to }, { enabled: !complete }).data;
  const judged = useJudged(
    useMemo(
      () => (before && after ? { document: after.document, before: before.document, endings: true } : undefined),
      [before, after],
    ),
  );
  const effects = complete ? [] : (judged.differences?.filter(({ kind }) => kind === "ending") ?? []);
  const changes = [...effects, ...differences];
  return (
    <div className="grid gap-3">
      {!complete && effects.length === 0 && !judged.pending && judged.deal === undefined && (
        <Note>
          <Trans>One of them is not complete yet: what the changes do to the endings is not known.</Trans>
        </Note>
      )}
      {changes.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>They say the same.</Trans>
        </p>
      ) : (
        <Changes changes={changes} mine={sideOf(agreement)} />
      )}
    </div>
  );
}
