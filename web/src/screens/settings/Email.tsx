/** The address that notices are mailed to: proven by a link, before anything else is sent there. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCall } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";

export function Email() {
  const { t } = useLingui();
  const me = useMe();
  const [email, setEmail] = useState("");
  const ask = useCall("POST /v1/me/email");
  const remove = useCall("DELETE /v1/me/email");
  const update = useCall("PATCH /v1/me");
  const error = ask.error ?? remove.error ?? update.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ email: email.trim() });
  };
  return (
    <Card
      title={t`E-mail`}
      lead={t`Deadlines and what awaits you can be mailed. The address is proven by a link first.`}
    >
      <div className="grid gap-4">
        {me.email !== undefined && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="flex flex-wrap items-center gap-2">
              {me.email}
              <Badge tone={me.emailVerified ? "good" : "warn"}>
                {me.emailVerified ? <Trans>proven</Trans> : <Trans>not proven yet</Trans>}
              </Badge>
            </span>
            <Button busy={remove.isPending} onClick={() => remove.mutate({})}>
              <Trans>Forget it</Trans>
            </Button>
          </div>
        )}
        {me.emailVerified && (
          <Check
            label={t`Mail me notices`}
            checked={me.mail}
            disabled={update.isPending}
            onChange={(event) => update.mutate({ mail: event.target.checked })}
          />
        )}
        <form onSubmit={send} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
          <TextField
            label={me.email === undefined ? t`Address` : t`Another address`}
            type="email"
            maxLength={254}
            required
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button type="submit" busy={ask.isPending}>
            <Trans>Send the link</Trans>
          </Button>
        </form>
        {error !== null && <Failure error={error} />}
        <div role="status">
          {ask.isSuccess && (
            <Note tone="good" title={t`Look into your mail`}>
              <Trans>If this node can mail, a link is on its way. It is good for an hour, and for you alone.</Trans>
            </Note>
          )}
        </div>
      </div>
    </Card>
  );
}
