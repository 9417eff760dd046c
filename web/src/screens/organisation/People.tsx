import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { BOX, Select, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { PartProps } from "./Organisation.tsx";
import { ROLES, type Role, useRole } from "./Role.ts";

type Member = Output<"GET /v1/organisations/{organisation}/members">["items"][number];

export function People({ organisation: { id: organisation }, isOwner }: PartProps) {
  const { t } = useLingui();
  const me = useMe();
  const roleOf = useRole();
  const list = useRows("GET /v1/organisations/{organisation}/members", { organisation });
  const change = useCall("PATCH /v1/organisations/{organisation}/members/{user}");
  const [leaving, setLeaving] = useState<Member>();
  return (
    <>
      {isOwner && <Invite organisation={organisation} />}
      <Card title={t`People`}>
        {change.isError && <Failure error={change.error} />}
        <Rows
          caption={t`People of the organisation`}
          {...list}
          keyOf={({ user }) => user}
          empty={null}
          columns={[
            { name: t`Name`, cell: ({ name, user }) => (user === me.user ? t`${name} (you)` : name) },
            {
              name: t`Role`,
              cell: ({ user, role, name }) =>
                isOwner ? (
                  <select
                    aria-label={t`Role of ${name}`}
                    value={role}
                    disabled={change.isPending}
                    onChange={(event) => change.mutate({ organisation, user, role: event.target.value as Role })}
                    className={BOX}
                  >
                    {ROLES.map((one) => (
                      <option key={one} value={one}>
                        {roleOf(one)}
                      </option>
                    ))}
                  </select>
                ) : (
                  roleOf(role)
                ),
            },
            { name: t`Since`, cell: ({ since }) => <When at={since} far={false} time={false} /> },
            ...(isOwner
              ? [
                  {
                    name: t`Actions`,
                    cell: (member: Member) => (
                      <Button look="danger" onClick={() => setLeaving(member)}>
                        <Trans>Remove</Trans>
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Removal organisation={organisation} member={leaving} close={() => setLeaving(undefined)} />
    </>
  );
}

function Removal({
  organisation,
  member,
  close,
}: {
  organisation: string;
  member: Member | undefined;
  close: () => void;
}) {
  const { t } = useLingui();
  const remove = useCall("DELETE /v1/organisations/{organisation}/members/{user}", close);
  const name = member?.name ?? "";
  return (
    <Dialog
      open={member !== undefined}
      onClose={close}
      title={t`Remove ${name}?`}
      lead={t`They no longer see or do anything for the organisation, and API keys that they made stop working at once.`}
    >
      {remove.isError && <Failure error={remove.error} />}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => member && remove.mutate({ organisation, user: member.user })}
        >
          <Trans>Remove</Trans>
        </Button>
        <Button onClick={close}>
          <Trans>Keep</Trans>
        </Button>
      </div>
    </Dialog>
  );
}

function Invite({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const roleOf = useRole();
  const [role, setRole] = useState<Role>("member");
  const [email, setEmail] = useState("");
  const invite = useCall("POST /v1/organisations/{organisation}/invitations", () => setEmail(""));
  const send = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ organisation, role, ...(email === "" ? {} : { email }) });
  };
  return (
    <Card title={t`Invite somebody`} lead={t`You get a link for one person. It is shown once.`}>
      <form onSubmit={send} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
        <Select label={t`Role`} value={role} onChange={(event) => setRole(event.target.value as Role)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {roleOf(one)}
            </option>
          ))}
        </Select>
        <TextField
          label={t`E-mail`}
          optional={t`(optional: the node sends the link)`}
          type="email"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button type="submit" look="primary" busy={invite.isPending}>
          <Trans>Make a link</Trans>
        </Button>
      </form>
      <div aria-live="polite" className="mt-3 grid gap-2">
        {invite.isError && <Failure error={invite.error} />}
        {invite.data && (
          <Note tone="good" title={t`Send this link to that person`}>
            <div className="mt-1 grid gap-1">
              <Copy text={invite.data.url} />
              <p>
                <Trans>
                  Good until <When at={invite.data.expiresAt} />
                </Trans>
              </p>
            </div>
          </Note>
        )}
      </div>
    </Card>
  );
}
