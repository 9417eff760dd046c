/** The person: name, language, how they come in, new organisations. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useLanguage } from "../../Language.tsx";
import { useCall } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { Email } from "./Email.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { YourData } from "./YourData.tsx";

export function Settings() {
  const { t } = useLingui();
  return (
    <Page title={t`My profile`} width="text">
      <Profile />
      <Email />
      <Passkeys />
      <Organisations />
      <YourData />
    </Page>
  );
}

function Profile() {
  const { t } = useLingui();
  const me = useMe();
  const { choose } = useLanguage();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState(me.language);
  const update = useCall("PATCH /v1/me", () => choose(language));
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim(), language });
  };
  return (
    <Card title={t`You`}>
      <form onSubmit={save} className="grid gap-4">
        <TextField
          label={t`Name`}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          required
          autoComplete="name"
        />
        <Select
          label={t`Language`}
          hint={t`Of notices and messages to you; the pages follow.`}
          value={language}
          onChange={(event) => setLanguage(event.target.value === "zh" ? "zh" : "en")}
        >
          <option value="en">English</option>
          <option value="zh">简体中文</option>
        </Select>
        {update.isError && <Failure error={update.error} />}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" busy={update.isPending}>
            <Trans>Save</Trans>
          </Button>
          <span role="status" className="text-sm text-good">
            {update.isSuccess && <Trans>Saved.</Trans>}
          </span>
        </div>
      </form>
    </Card>
  );
}

function Organisations() {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const create = useCall("POST /v1/organisations", ({ id }) => {
    void navigate({ to: "/organisations/$organisation", params: { organisation: id } });
  });
  const found = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim() });
  };
  return (
    <Card title={t`Organisations`} lead={t`You act for one of them at a time; the menu says which.`}>
      <ul className="mb-4 divide-y divide-line">
        {me.organisations.map(({ id, name: called, personal }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <span>
              {called}
              {personal && (
                <span className="text-sm text-muted">
                  {" "}
                  · <Trans>your own</Trans>
                </span>
              )}
            </span>
            <ButtonLink look="quiet" to="/organisations/$organisation" params={{ organisation: id }}>
              <Trans>Open</Trans>
            </ButtonLink>
          </li>
        ))}
      </ul>
      <form onSubmit={found} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
        <TextField
          label={t`Name of a new organisation`}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          required
        />
        <Button type="submit" busy={create.isPending}>
          <Trans>Found it</Trans>
        </Button>
      </form>
      {create.isError && (
        <div className="mt-3">
          <Failure error={create.error} />
        </div>
      )}
      {me.demo && (
        <div className="mt-4">
          <Note tone="play">
            <Trans>You are a persona of a demonstration. Its firms stand in the examples.</Trans>
          </Note>
        </div>
      )}
    </Card>
  );
}
