import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Output, useCall, useRows } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Check, Select, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty, Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { PartProps } from "./Organisation.tsx";

type Scope = Output<"GET /v1/organisations/{organisation}/keys">["items"][number]["scopes"][number];
const SCOPES: readonly Scope[] = ["read", "write", "sign", "manage"];
/** Days until a key ends by itself. */
const LIVES = [30, 90, 366] as const;

export function Keys({ organisation: { id: organisation } }: PartProps) {
  const { t } = useLingui();
  const list = useRows("GET /v1/organisations/{organisation}/keys", { organisation });
  const revoke = useCall("DELETE /v1/organisations/{organisation}/keys/{key}");
  return (
    <>
      <Make organisation={organisation} />
      <Card title={t`API keys`}>
        {revoke.isError && <Failure error={revoke.error} />}
        <Rows
          caption={t`API keys`}
          {...list}
          keyOf={({ id }) => id}
          empty={
            <Empty title={t`No key yet`}>
              <Trans>A key lets a program or an agent work for the organisation, within what you allow it.</Trans>
            </Empty>
          }
          columns={[
            { name: t`Name`, cell: ({ name }) => name },
            { name: t`Begins with`, cell: ({ start }) => <code>{start}…</code> },
            {
              name: t`May`,
              cell: ({ scopes }) => (
                <span className="flex flex-wrap gap-1">
                  {scopes.map((one) => (
                    <Badge key={one} tone={one === "read" || one === "write" ? "plain" : "warn"}>
                      {one}
                    </Badge>
                  ))}
                </span>
              ),
            },
            {
              name: t`Last used`,
              cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? t`never` : <When at={lastUsedAt} />),
            },
            {
              name: t`Ends`,
              cell: ({ expiresAt }) => (expiresAt === undefined ? t`never` : <When at={expiresAt} time={false} />),
            },
            {
              name: t`Actions`,
              cell: ({ id: key, name }) => (
                <Button
                  look="danger"
                  aria-label={t`Revoke ${name}`}
                  busy={revoke.isPending && revoke.variables.key === key}
                  onClick={() => revoke.mutate({ organisation, key })}
                >
                  <Trans>Revoke</Trans>
                </Button>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}

function Make({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(["read"]));
  const [days, setDays] = useState<number>(LIVES[1]);
  const make = useCall("POST /v1/organisations/{organisation}/keys", () => setName(""));
  const says: Record<Scope, string> = {
    read: t`Read: what changes nothing`,
    write: t`Write: drafts, comments, files; nothing that binds`,
    sign: t`Sign: binds the organisation and moves money`,
    manage: t`Manage: people, accounts, keys`,
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ organisation, name: name.trim(), scopes: [...scopes], days });
  };
  const toggle = (scope: Scope) =>
    setScopes((before) => new Set(before.has(scope) ? [...before].filter((one) => one !== scope) : [...before, scope]));
  return (
    <Card title={t`New key`} lead={t`Its secret is shown once. Keep it where your program finds it, and nowhere else.`}>
      <form onSubmit={send} className="grid gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t`Name`}
            hint={t`For whom or what it is.`}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={200}
            required
          />
          <Select label={t`Ends after`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {LIVES.map((one) => (
              <option key={one} value={one}>{t`${one} days`}</option>
            ))}
          </Select>
        </div>
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-1 text-sm font-medium">
            <Trans>It may</Trans>
          </legend>
          {SCOPES.map((one) => (
            <Check key={one} label={says[one]} checked={scopes.has(one)} onChange={() => toggle(one)} />
          ))}
        </fieldset>
        <div>
          <Button type="submit" look="primary" busy={make.isPending} disabled={scopes.size === 0}>
            <Trans>Make the key</Trans>
          </Button>
        </div>
      </form>
      <div aria-live="polite" className="mt-3">
        {make.isError && <Failure error={make.error} />}
        {make.data && (
          <Note tone="good" title={t`The secret, now and never again`}>
            <div className="mt-1">
              <Copy text={make.data.secret} label={t`Copy the secret`} />
            </div>
          </Note>
        )}
      </div>
    </Card>
  );
}
