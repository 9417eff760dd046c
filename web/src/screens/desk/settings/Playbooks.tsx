/** Approved answers: the desk gives them word for word, and no others. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Output, useCall, useRows } from "../../../Node.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Check, Select, TextArea, TextField } from "../../../ui/Field.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { useIds, useRights } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import type { PartProps } from "./Settings.tsx";

const LIST = "GET /v1/organisations/{organisation}/desks/{desk}/playbooks";
type Playbook = Output<typeof LIST>["items"][number];
const NEEDS: readonly Playbook["needs"][number][] = ["order", "device", "account"];

function useNeeds(): Record<Playbook["needs"][number], string> {
  const { t } = useLingui();
  return { order: t`number of the order`, device: t`the device`, account: t`the account` };
}

export function Playbooks({ desk: { intents, state, rewrites } }: PartProps) {
  const { t } = useLingui();
  const { manage } = useRights();
  const { rows, error, again, more, isMore } = useRows(LIST, { ...useIds(), limit: 200 });
  const [edited, edit] = useState<Playbook>();
  const mayChange = manage && state !== "stopped";
  const fresh: Playbook = { id: "", intent: intents[0] ?? "", language: "en", answer: "", needs: [] };
  return (
    <>
      {rewrites && (
        <Note tone="info" title={t`Drafts may be rewritten here`}>
          <Trans>
            Whoever runs this node has set an endpoint that may put drafts in other words. What it says is checked: no
            sum, date, link or promise that is not in the approved answer gets through.
          </Trans>
        </Note>
      )}
      <Card
        title={t`Approved answers`}
        lead={t`The desk gives them word for word, in the writer's language, and nothing else. Where there is none, a person answers.`}
        actions={
          mayChange && (
            <Button look="primary" onClick={() => edit(fresh)}>
              <Trans>New answer</Trans>
            </Button>
          )
        }
      >
        {error !== null && <Failure error={error} again={again} />}
        {rows === undefined && error === null && <Loading />}
        {rows?.length === 0 && <Empty title={t`No approved answer yet: everything goes to people`} />}
        <ul className="divide-y divide-line">
          {rows?.map((one) => (
            <One key={one.id} playbook={one} {...(mayChange ? { edit: () => edit(one) } : {})} />
          ))}
        </ul>
        {more && (
          <Button onClick={more} busy={isMore}>
            <Trans>Show more</Trans>
          </Button>
        )}
      </Card>
      <Dialog
        open={edited !== undefined}
        onClose={() => edit(undefined)}
        width="wide"
        title={edited?.id === "" ? t`New answer` : t`Change an answer`}
      >
        {edited && (
          <Form
            playbook={edited}
            intents={intents}
            // One goes by saying which stay: all have to be known for it.
            {...(more === undefined && rows ? { others: rows.filter(({ id }) => id !== edited.id) } : {})}
            done={() => edit(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}

function One({ playbook, edit }: { playbook: Playbook; edit?: () => void }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const needs = useNeeds();
  const { id, intent, language, answer } = playbook;
  const asked = playbook.needs.map((one) => needs[one]).join(", ");
  return (
    <li className="grid gap-1 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{nameOf(intent)}</span>
        <Badge>{language === "zh" ? "中文" : "English"}</Badge>
        <code className="text-xs text-muted">{id}</code>
        {edit && (
          <span className="ml-auto">
            <Button look="quiet" onClick={edit} aria-label={t`Change ${id}`}>
              <Trans>Change</Trans>
            </Button>
          </span>
        )}
      </span>
      <span lang={language} className="whitespace-pre-wrap">
        {answer}
      </span>
      {asked !== "" && (
        <span className="text-muted">
          <Trans>needs: {asked}</Trans>
        </span>
      )}
    </li>
  );
}

type FormProps = {
  playbook: Playbook;
  intents: readonly string[];
  others?: readonly Playbook[];
  done: () => void;
};

function Form({ playbook, intents, others, done }: FormProps) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const ids = useIds();
  const needs = useNeeds();
  const [typed, type] = useState(playbook);
  const isNew = playbook.id === "";
  const put = useCall("PUT /v1/organisations/{organisation}/desks/{desk}/playbooks", done);
  const known = intents.includes(typed.intent) || typed.intent === "" ? intents : [typed.intent, ...intents];
  const send = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ ...ids, playbooks: [{ ...typed, id: typed.id.trim(), answer: typed.answer.trim() }] });
  };
  return (
    <form onSubmit={send} className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField
          label={t`Short name`}
          hint={t`Letters, digits, / . _ -`}
          pattern="[A-Za-z0-9][A-Za-z0-9_\/.\-]{0,99}"
          value={typed.id}
          disabled={!isNew}
          required
          onChange={({ target }) => type({ ...typed, id: target.value })}
        />
        <Select
          label={t`Intent`}
          value={typed.intent}
          required
          onChange={({ target }) => type({ ...typed, intent: target.value })}
        >
          {known.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </Select>
        <Select
          label={t`Language`}
          value={typed.language}
          onChange={({ target }) => type({ ...typed, language: target.value as Playbook["language"] })}
        >
          <option value="en">English</option>
          <option value="zh">中文</option>
        </Select>
      </div>
      <TextArea
        label={t`Answer, word for word`}
        rows={6}
        maxLength={4_000}
        value={typed.answer}
        required
        onChange={({ target }) => type({ ...typed, answer: target.value })}
      />
      <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
        <legend className="mb-1 text-sm font-medium">
          <Trans>What the writer must have told for it</Trans>
        </legend>
        {NEEDS.map((one) => (
          <Check
            key={one}
            label={needs[one]}
            checked={typed.needs.includes(one)}
            onChange={() =>
              type({
                ...typed,
                needs: typed.needs.includes(one) ? typed.needs.filter((other) => other !== one) : [...typed.needs, one],
              })
            }
          />
        ))}
      </fieldset>
      {put.isError && <Failure error={put.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={put.isPending}>
          <Trans>Approve it</Trans>
        </Button>
        {!isNew && others && (
          <Button
            look="danger"
            busy={put.isPending}
            onClick={() => put.mutate({ ...ids, playbooks: [...others], replace: true })}
          >
            <Trans>Withdraw it</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
