/** Which team gets what, how urgent it is, and by when it is answered: a table, read from the top. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../../../Language.tsx";
import { type Output, useAsk, useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Failure, Shown } from "../../../ui/Waiting.tsx";
import * as Clock from "../Clock.ts";
import { useIds, useRights } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { SeverityBadge, useDanger } from "../queue/Urgency.tsx";
import { RowForm } from "./RowForm.tsx";
import type { PartProps } from "./Settings.tsx";
import * as Table from "./Table.ts";
import { TeamForm } from "./TeamForm.tsx";

const SHOW = "GET /v1/organisations/{organisation}/desks/{desk}/routing";
export type Routing = Output<typeof SHOW>;
export type Row = Routing["rows"][number];
export type Team = Routing["teams"][number];

export function Routing({ desk }: PartProps) {
  const answer = useAsk(SHOW, useIds());
  return (
    <Shown answer={answer} rows={6}>
      {(table) => <Editor key={JSON.stringify(table)} intents={desk.intents} saved={table} />}
    </Shown>
  );
}

type Open = { kind: "row" | "team"; at: number };

function Editor({ intents, saved }: { intents: readonly string[]; saved: Routing }) {
  const { t } = useLingui();
  const ids = useIds();
  const { manage } = useRights();
  const [table, set] = useState(saved);
  const [open, setOpen] = useState<Open>();
  const put = useCall("PUT /v1/organisations/{organisation}/desks/{desk}/routing");
  const { rows, teams } = table;
  const isChanged = table !== saved;
  const close = () => setOpen(undefined);
  const row = open?.kind === "row" ? (rows[open.at] ?? Table.freshRow(teams)) : undefined;
  const team = open?.kind === "team" ? (teams[open.at] ?? Table.FRESH_TEAM) : undefined;
  return (
    <>
      <Card
        title={t`Who gets which ticket`}
        lead={t`The first row that fits decides. Tickets that already wait keep their team.`}
        actions={
          manage && (
            <Button onClick={() => setOpen({ kind: "row", at: rows.length })}>
              <Trans>Add a row</Trans>
            </Button>
          )
        }
      >
        <ol className="divide-y divide-line">
          {rows.map((one, at) => (
            <RowLine
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are their places
              key={at}
              row={one}
              place={at}
              count={rows.length}
              {...(manage
                ? {
                    edit: () => setOpen({ kind: "row", at }),
                    move: (by: 1 | -1) => set({ ...table, rows: Table.move(rows, at, by) }),
                  }
                : {})}
            />
          ))}
        </ol>
      </Card>
      <Card
        title={t`Teams`}
        lead={t`Outside of its hours, or when it has as many as it can, another team may take over.`}
        actions={
          manage && (
            <Button onClick={() => setOpen({ kind: "team", at: teams.length })}>
              <Trans>Add a team</Trans>
            </Button>
          )
        }
      >
        <ul className="divide-y divide-line">
          {teams.map((one, at) => (
            <TeamLine key={one.name} team={one} {...(manage ? { edit: () => setOpen({ kind: "team", at }) } : {})} />
          ))}
        </ul>
      </Card>
      {manage && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            look="primary"
            disabled={!isChanged}
            busy={put.isPending}
            onClick={() => put.mutate({ ...ids, ...table })}
          >
            <Trans>Save the table</Trans>
          </Button>
          {isChanged && (
            <Button onClick={() => set(saved)}>
              <Trans>Undo the changes</Trans>
            </Button>
          )}
          <p role="status" className="text-sm text-muted">
            {isChanged && <Trans>Changed and not saved yet.</Trans>}
          </p>
        </div>
      )}
      {put.isError && <Failure error={put.error} />}
      <Dialog open={row !== undefined} onClose={close} width="wide" title={t`A row of the table`}>
        {row && open && (
          <RowForm
            row={row}
            intents={intents}
            teams={teams}
            save={(next) => {
              set({ ...table, rows: Table.put(rows, open.at, next) });
              close();
            }}
            {...(open.at < rows.length && rows.length > 1
              ? {
                  remove: () => {
                    set({ ...table, rows: rows.toSpliced(open.at, 1) });
                    close();
                  },
                }
              : {})}
          />
        )}
      </Dialog>
      <Dialog open={team !== undefined} onClose={close} title={t`A team`}>
        {team && open && (
          <TeamForm
            team={team}
            others={teams.filter((_, at) => at !== open.at).map(({ name }) => name)}
            save={(next) => {
              set(Table.putTeam(table, open.at, next));
              close();
            }}
            {...(Table.isFree(table, team.name)
              ? {
                  remove: () => {
                    set({ ...table, teams: teams.toSpliced(open.at, 1) });
                    close();
                  },
                }
              : {})}
          />
        )}
      </Dialog>
    </>
  );
}

type RowLineProps = { row: Row; place: number; count: number; edit?: () => void; move?: (by: 1 | -1) => void };

function RowLine({ row, place, count, edit, move }: RowLineProps) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const { language } = useLanguage();
  const dangerOf = useDanger();
  const { intents, dangers, languages, team, severity, within } = row;
  const number = place + 1;
  const time = Clock.text(within * 60_000, language);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 text-sm">
      <span className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-muted tabular-nums">{number}.</span>
          <span className="font-medium">{team}</span>
          <SeverityBadge severity={severity} />
          <span>
            <Trans>within {time}</Trans>
          </span>
        </span>
        <span className="text-muted">
          {dangers && <Trans>dangers: {dangers.map(dangerOf).join(", ")}</Trans>}
          {dangers && (intents || languages) && " · "}
          {intents && <Trans>intents: {intents.map(nameOf).join(", ")}</Trans>}
          {intents && languages && " · "}
          {languages && <Trans>languages: {languages.join(", ")}</Trans>}
          {!dangers && !intents && !languages && <Trans>everything else that is no danger</Trans>}
        </span>
      </span>
      {edit && move && (
        <span className="flex gap-1">
          <Button look="quiet" aria-label={t`Row ${number} up`} disabled={place === 0} onClick={() => move(-1)}>
            <ArrowUp aria-hidden="true" className="size-4" />
          </Button>
          <Button look="quiet" aria-label={t`Row ${number} down`} disabled={number === count} onClick={() => move(1)}>
            <ArrowDown aria-hidden="true" className="size-4" />
          </Button>
          <Button look="quiet" aria-label={t`Change row ${number}`} onClick={edit}>
            <Trans>Change</Trans>
          </Button>
        </span>
      )}
    </li>
  );
}

function TeamLine({ team: { name, capacity, hours, relief }, edit }: { team: Team; edit?: () => void }) {
  const { t } = useLingui();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 text-sm">
      <span className="min-w-0 flex-1 basis-64">
        <span className="font-medium">{name}</span>{" "}
        <span className="text-muted">
          <Trans>{capacity} tickets at a time</Trans> ·{" "}
          {hours ? (
            <Trans>
              {hours[0]}:00 to {hours[1]}:00 UTC
            </Trans>
          ) : (
            <Trans>at all hours</Trans>
          )}
          {relief !== undefined && (
            <>
              {" "}
              · <Trans>then {relief}</Trans>
            </>
          )}
        </span>
      </span>
      {edit && (
        <Button look="quiet" aria-label={t`Change ${name}`} onClick={edit}>
          <Trans>Change</Trans>
        </Button>
      )}
    </li>
  );
}
