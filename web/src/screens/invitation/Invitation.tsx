/** An invitation's link: who invites to what. Signed in or not, it leads to the agreement. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ProblemError } from "../../../../src/api/client.ts";
import { useSay } from "../../Language.tsx";
import { type Output, useAsk, useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { SignInForm } from "../../signing/SignInForm.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Loading, useReason } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Preview } from "./Preview.tsx";

type Told = Output<"GET /v1/invitations/{token}">;

export function Invitation() {
  const { t } = useLingui();
  const { token = "" } = useParams({ strict: false });
  const { data, error, refetch } = useAsk("GET /v1/invitations/{token}", { token });
  return (
    <Page title={t`You are invited`} width="text">
      {data ? (
        <Invited told={data} token={token} />
      ) : error ? (
        <Unusable error={error} again={() => void refetch()} />
      ) : (
        <Loading rows={2} />
      )}
    </Page>
  );
}

function Invited({ told, token }: { told: Told; token: string }) {
  const { t } = useLingui();
  const say = useSay();
  const { me, now } = useSession();
  const { from, role, title, expiresAt } = told;
  const roles: Record<Told["role"], string> = {
    client: t`as the client: you order the work and pay for it`,
    provider: t`as the provider: you do the work and are paid for it`,
    arbitrator: t`as the arbitrator: you decide where both disagree`,
    reporter: t`as the reporter: you tell the result that pay depends on`,
    reader: t`to read along: you see everything and decide nothing`,
  };
  return (
    <>
      <Card>
        <p className="text-sm text-muted">
          <Trans>{from} invites you to</Trans>
        </p>
        <p className="mt-1 text-xl font-semibold">{say(title)}</p>
        <p className="mt-1">{roles[role]}</p>
        <p className="mt-3 text-sm text-muted">
          <Trans>
            Looking costs nothing and binds you to nothing. The link is good until <When at={expiresAt} now={now()} />.
          </Trans>
        </p>
      </Card>
      {told.preview && <Preview preview={told.preview} />}
      {me ? (
        <Accept token={token} />
      ) : (
        <Card title={t`First, who are you?`} lead={t`It takes a moment, and you come back here.`}>
          <SignInForm />
        </Card>
      )}
    </>
  );
}

function Accept({ token }: { token: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { me, organisation, actFor } = useSession();
  const able = me?.organisations.filter(({ role }) => role !== "auditor") ?? [];
  const [chosen, choose] = useState(organisation?.id);
  const id = able.some((one) => one.id === chosen) ? chosen : able[0]?.id;
  const accept = useCall("POST /v1/invitations/{token}/accept", (agreement, input) => {
    actFor(input.organisation);
    void navigate({ to: "/agreements/$agreement", params: { agreement: agreement.id } });
  });
  const taken = accept.error instanceof ProblemError && accept.error.code === "gone";
  if (id === undefined)
    return (
      <Note tone="warn" title={t`You can only look on in your organisations`}>
        <Trans>Ask an owner for another role, or found an organisation of your own in the menu.</Trans>
      </Note>
    );
  return (
    <Card title={t`Take part`}>
      <div className="grid gap-4">
        {able.length > 1 ? (
          <Select
            label={t`For which of your organisations?`}
            value={id}
            onChange={(event) => choose(event.target.value)}
          >
            {able.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        ) : (
          <p className="text-sm">
            <Trans>
              You take part for <strong>{able[0]?.name}</strong>.
            </Trans>
          </p>
        )}
        {accept.isError && (taken ? <Unusable error={accept.error} /> : <Failure error={accept.error} />)}
        <div>
          <Button
            look="primary"
            busy={accept.isPending}
            disabled={accept.isSuccess}
            onClick={() => accept.mutate({ token, organisation: id })}
          >
            <Trans>Accept and read the terms</Trans>
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** A link that is used up, withdrawn, too old, or none of ours: and what to do about it. */
function Unusable({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useLingui();
  const { me } = useSession();
  const { detail } = useReason(error);
  const { code } = error instanceof ProblemError ? error : { code: "" };
  if (code !== "gone" && code !== "not-found" && code !== "bad-input")
    return <Failure error={error} {...(again ? { again } : {})} />;
  return (
    <Note
      tone="warn"
      role="alert"
      title={code === "gone" ? t`This link cannot be used any more` : t`This is no link of an invitation here`}
      actions={
        me ? (
          <ButtonLink look="primary" to="/agreements">
            <Trans>To my agreements</Trans>
          </ButtonLink>
        ) : (
          <ButtonLink look="primary" to="/sign-in">
            <Trans>Sign in</Trans>
          </ButtonLink>
        )
      }
    >
      {code === "gone" ? (
        <>
          <p>{detail}</p>
          <p>
            <Trans>If it was you who used it, you find the agreement in your list.</Trans>
          </p>
        </>
      ) : (
        <Trans>It may have been cut off. Copy it whole from the message, or ask who sent it for a new one.</Trans>
      )}
    </Note>
  );
}
