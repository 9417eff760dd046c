/** The desks of an organisation, and a new one. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useLanguage } from "../../Language.tsx";
import { useCall, useRows } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { type Desk, LIST, useIds, useRights } from "./Desk.ts";
import { StateBadge } from "./Frame.tsx";
import { percentText } from "./Percent.ts";

export function Desks() {
  const { t } = useLingui();
  const { organisation } = useIds();
  const { manage } = useRights();
  const { rows, error, again, more, isMore } = useRows(LIST, { organisation });
  return (
    <Page
      title={t`Desk`}
      lead={t`Feedback comes in; the desk answers what it is sure of, and people get the rest with all that they need.`}
    >
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No desk yet`}>
          {manage ? (
            <Trans>Set one up below. It knows some thirty usual concerns from the first day, in both languages.</Trans>
          ) : (
            <Trans>An owner of the organisation sets one up.</Trans>
          )}
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul className="grid gap-3 md:grid-cols-2">
          {rows.map((desk) => (
            <One key={desk.id} organisation={organisation} desk={desk} />
          ))}
        </ul>
      )}
      {more && (
        <div>
          <Button onClick={more} busy={isMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
      {manage && rows !== undefined && <Make organisation={organisation} />}
    </Page>
  );
}

function One({ organisation, desk }: { organisation: string; desk: Desk }) {
  const { language } = useLanguage();
  const { id, name, state, promise, tickets } = desk;
  return (
    <li className="relative grid gap-1 rounded-xl border border-line bg-surface p-4 hover:bg-sunken">
      <span className="flex flex-wrap items-center gap-2">
        <Link
          to="/desks/$organisation/$desk"
          params={{ organisation, desk: id }}
          className="font-semibold after:absolute after:inset-0"
        >
          {name}
        </Link>
        <StateBadge state={state} />
      </span>
      <span className="text-sm">
        <Plural value={tickets.handed} one="# ticket waits for a person" other="# tickets wait for a person" />
      </span>
      <span className="text-sm text-muted">
        <Trans>promised precision {percentText(promise, language)}</Trans>
      </span>
    </li>
  );
}

const PROMISES = [0.9, 0.95, 0.98, 0.99] as const;

function Make({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [promise, setPromise] = useState<number>(0.98);
  const make = useCall("POST /v1/organisations/{organisation}/desks", ({ id }) => {
    void navigate({ to: "/desks/$organisation/$desk", params: { organisation, desk: id } });
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ organisation, name: name.trim(), promise });
  };
  return (
    <Card title={t`Set up a desk`}>
      <form onSubmit={send} className="grid items-start gap-3 sm:grid-cols-2">
        <TextField
          label={t`Name`}
          hint={t`Of the product or the firm whose feedback it is.`}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          required
        />
        <Select
          label={t`Promised precision`}
          hint={t`How many of its answers have to be right. The more is promised, the fewer it gives by itself.`}
          value={promise}
          onChange={(event) => setPromise(Number(event.target.value))}
        >
          {PROMISES.map((one) => (
            <option key={one} value={one}>
              {percentText(one, language)}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit" look="primary" busy={make.isPending}>
            <Trans>Set it up</Trans>
          </Button>
        </div>
      </form>
      {make.isError && <Failure error={make.error} />}
    </Card>
  );
}
