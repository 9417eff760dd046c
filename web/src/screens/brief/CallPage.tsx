/** A brief that somebody outside was sent a link to: what is wanted, and the way to say that one would. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Output, useAsk, useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { SignInForm } from "../../signing/SignInForm.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select } from "../../ui/Field.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Understood } from "./Understood.tsx";

type Told = Output<"GET /v1/calls/{token}">;

export function CallPage() {
  const { t } = useLingui();
  const { token = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/calls/{token}", { token });
  return (
    <Page title={t`Would you do this?`} width="text">
      <Shown answer={answer}>{(told) => <Call told={told} token={token} />}</Shown>
    </Page>
  );
}

function Call({ told, token }: { told: Told; token: string }) {
  const { t } = useLingui();
  const { me, now } = useSession();
  const { from, text, fields, expiresAt } = told;
  return (
    <>
      <Card
        title={<bdi>{from}</bdi>}
        lead={
          <Trans>
            Looking costs nothing and binds you to nothing. The link is good until <When at={expiresAt} now={now()} />.
          </Trans>
        }
      >
        <p dir="auto" className="max-h-96 overflow-y-auto whitespace-pre-wrap">
          {text}
        </p>
      </Card>
      <Card title={t`As it is understood`}>
        <Understood brief={fields} />
      </Card>
      {me ? (
        <Join token={token} />
      ) : (
        <Card title={t`Sign in to answer`}>
          <SignInForm />
        </Card>
      )}
    </>
  );
}

function Join({ token }: { token: string }) {
  const { t } = useLingui();
  const { me, organisation } = useSession();
  const able = me?.organisations.filter(({ role }) => role !== "auditor") ?? [];
  const [own, setOwn] = useState((able.find(({ id }) => id === organisation?.id) ?? able[0])?.id ?? "");
  const navigate = useNavigate();
  const join = useCall("POST /v1/calls/{token}/join", () => void navigate({ to: "/briefs" }));
  return (
    <Card title={t`Say that you look at it`} lead={t`They see your name, and can draft terms with you.`}>
      <div className="grid gap-3">
        {join.isError && <Failure error={join.error} />}
        <Select label={t`For`} value={own} onChange={(event) => setOwn(event.target.value)}>
          {able.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <div>
          <Button
            look="primary"
            busy={join.isPending}
            disabled={own === ""}
            onClick={() => join.mutate({ organisation: own, token })}
          >
            <Trans>Take the invitation</Trans>
          </Button>
        </div>
      </div>
    </Card>
  );
}
