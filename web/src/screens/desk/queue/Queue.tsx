/** The queue of one desk: what waits for a person, dangers first; or what was answered. It keeps itself up to date. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { ShieldAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useKept } from "../../../Kept.ts";
import { useCall, useRows } from "../../../Node.ts";
import { Button, ButtonLink } from "../../../ui/Button.tsx";
import { Select, TextField } from "../../../ui/Field.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { type Desk, TICKETS, type TicketRow, useDesk, useIds, useRights } from "../Desk.ts";
import { Row } from "./Row.tsx";

type State = TicketRow["state"];
type Filter = { state: State | ""; language: string; assignee: string; text: string };
const ALL: Filter = { state: "handed", language: "", assignee: "", text: "" };

export function Queue() {
  const { t } = useLingui();
  const ids = useIds();
  const { data: desk } = useDesk();
  const [filter, setFilter] = useKept<Filter>(`desk.${ids.desk}`, ALL);
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  const { rows, error, again, more, isMore } = useRows(TICKETS, { ...ids, ...given });
  return (
    <Page title={t`Queue`} lead={desk && <Counts desk={desk} />} actions={<TakeNext />}>
      <Filters filter={filter} set={setFilter} />
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading rows={5} />}
      {rows?.length === 0 && (
        <Nothing desk={desk} isFiltered={filter.language + filter.assignee + filter.text !== ""} />
      )}
      {rows !== undefined && rows.length > 0 && (
        <List rows={rows} isQueue={filter.state === "handed"} more={more} isMore={isMore} />
      )}
    </Page>
  );
}

function Counts({ desk: { tickets } }: { desk: Desk }) {
  return (
    <p role="status">
      {tickets.new > 0 && (
        <>
          <Trans>{tickets.new} are being read</Trans> ·{" "}
        </>
      )}
      <Trans>
        {tickets.handed} wait for a person · {tickets.answered} answered by the desk · {tickets.solved} solved by people
      </Trans>
    </p>
  );
}

/** The most urgent one that nobody is at. */
function TakeNext() {
  const { t } = useLingui();
  const ids = useIds();
  const { write } = useRights();
  const navigate = useNavigate();
  const take = useCall("POST /v1/organisations/{organisation}/desks/{desk}/next", ({ ticket }) => {
    if (!ticket) return;
    void navigate({ to: "/desks/$organisation/$desk/tickets/$ticket", params: { ...ids, ticket: ticket.id } });
  });
  if (!write) return null;
  return (
    <div className="grid gap-2">
      <Button look="primary" busy={take.isPending} onClick={() => take.mutate(ids)}>
        <Trans>Take the next ticket</Trans>
      </Button>
      <p role="status" className="text-sm text-muted">
        {take.data && !take.data.ticket && t`Nothing waits that is not taken already.`}
      </p>
      {take.isError && <Failure error={take.error} />}
    </div>
  );
}

function Filters({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(filter.text);
  const search = (event: FormEvent) => {
    event.preventDefault();
    set({ ...filter, text: text.trim() });
  };
  return (
    <form onSubmit={search} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1.4fr_auto]">
      <Select
        label={t`Show`}
        value={filter.state}
        onChange={(event) => set({ ...filter, state: event.target.value as State | "" })}
      >
        <option value="handed">{t`Waiting for a person`}</option>
        <option value="answered">{t`Answered by the desk`}</option>
        <option value="solved">{t`Solved by people`}</option>
        <option value="new">{t`Being read`}</option>
        <option value="">{t`All`}</option>
      </Select>
      <Select
        label={t`Whose`}
        value={filter.assignee}
        onChange={(event) => set({ ...filter, assignee: event.target.value })}
      >
        <option value="">{t`Everybody's`}</option>
        <option value="nobody">{t`Nobody's yet`}</option>
        <option value="me">{t`Mine`}</option>
      </Select>
      <Select
        label={t`Language`}
        value={filter.language}
        onChange={(event) => set({ ...filter, language: event.target.value })}
      >
        <option value="">{t`All`}</option>
        <option value="en" lang="en">
          English
        </option>
        <option value="zh" lang="zh-CN">
          中文
        </option>
      </Select>
      <TextField
        label={t`Words in it`}
        type="search"
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === "") set({ ...filter, text: "" });
        }}
      />
      <Button type="submit">
        <Trans>Search</Trans>
      </Button>
    </form>
  );
}

function Nothing({ desk, isFiltered }: { desk: Desk | undefined; isFiltered: boolean }) {
  const { t } = useLingui();
  const ids = useIds();
  const { write } = useRights();
  const { new: fresh = 0, answered = 0, handed = 0, solved = 0 } = desk?.tickets ?? {};
  if (isFiltered || fresh + answered + handed + solved > 0) {
    return (
      <Empty title={isFiltered ? t`No such ticket` : t`Nothing waits here`}>
        <Trans>What comes in appears by itself.</Trans>
      </Empty>
    );
  }
  return (
    <Empty
      title={t`No feedback yet`}
      action={
        write &&
        desk?.state !== "stopped" && (
          <ButtonLink to="/desks/$organisation/$desk/import" params={ids} look="primary">
            <Trans>Import feedback</Trans>
          </ButtonLink>
        )
      }
    >
      <Trans>Bring a file of it, or let a system of yours send it as it comes.</Trans>
    </Empty>
  );
}

type ListProps = { rows: readonly TicketRow[]; isQueue: boolean; more: (() => void) | undefined; isMore: boolean };

function List({ rows, isQueue, more, isMore }: ListProps) {
  const dangers = isQueue ? rows.filter(({ danger }) => danger !== undefined) : [];
  const others = isQueue ? rows.filter(({ danger }) => danger === undefined) : rows;
  return (
    <>
      {dangers.length > 0 && (
        <section aria-labelledby="dangers" className="rounded-xl border-2 border-bad bg-surface">
          <h2 id="dangers" className="flex items-center gap-2 border-b border-line px-4 py-2 font-semibold text-bad">
            <ShieldAlert aria-hidden="true" className="size-5" />
            <Trans>Security and danger first: {dangers.length}</Trans>
          </h2>
          <Tickets rows={dangers} />
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others" className="rounded-xl border border-line bg-surface">
          <h2 id="others" className={isQueue ? "border-b border-line px-4 py-2 font-semibold" : "sr-only"}>
            {isQueue ? <Trans>The most urgent first</Trans> : <Trans>The newest first</Trans>}
          </h2>
          <Tickets rows={others} />
        </section>
      )}
      {more && (
        <div>
          <Button onClick={more} busy={isMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

function Tickets({ rows }: { rows: readonly TicketRow[] }) {
  const ids = useIds();
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <Row key={row.id} ids={ids} row={row} />
      ))}
    </ul>
  );
}
