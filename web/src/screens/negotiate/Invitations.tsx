/** Links that bring others in: made, shown once, listed, withdrawn. */
import { Trans, useLingui } from "@lingui/react/macro";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import type { Full } from "../../agreement/useAgreement.ts";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Invite } from "./Invite.tsx";

type Row = Output<"GET /v1/agreements/{agreement}/invitations">["items"][number];
export type Role = Row["role"];

export function useRoleName(): Record<Role, string> {
  const { t } = useLingui();
  return {
    client: t`client`,
    provider: t`provider`,
    arbitrator: t`arbitrator`,
    reporter: t`reporter`,
    reader: t`reader`,
  };
}

export function Invitations({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const roles = useRoleName();
  const [open, setOpen] = useState(false);
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements/{agreement}/invitations", {
    agreement: agreement.id,
  });
  return (
    <Card
      title={t`Who takes part`}
      actions={
        <Button look="primary" onClick={() => setOpen(true)}>
          <UserPlus aria-hidden="true" className="size-4" />
          <Trans>Invite</Trans>
        </Button>
      }
    >
      <ul className="mb-4 grid gap-1 text-sm">
        {agreement.seats.map(({ organisation, name, role }) => (
          <li key={`${organisation} ${role}`} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0">{name}</span> <Badge>{roles[role]}</Badge>
          </li>
        ))}
      </ul>
      <h3 className="mb-1 text-sm font-semibold">
        <Trans>Links</Trans>
      </h3>
      {rows === undefined && (error ? <Failure error={error} again={again} /> : <Loading rows={1} />)}
      {rows?.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>None was made yet. A link lets the other side read, comment and sign.</Trans>
        </p>
      )}
      <ul className="grid gap-2">
        {rows?.map((row) => (
          <Link key={row.id} agreement={agreement.id} row={row} />
        ))}
      </ul>
      {more && (
        <Button onClick={more} busy={isMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
      <Invite agreement={agreement} open={open} close={() => setOpen(false)} />
    </Card>
  );
}

function Link({ agreement, row }: { agreement: string; row: Row }) {
  const { t } = useLingui();
  const { now } = useSession();
  const roles = useRoleName();
  const { id, role, createdAt, expiresAt, acceptedBy, revoked } = row;
  const revoke = useCall("DELETE /v1/agreements/{agreement}/invitations/{invitation}");
  const expired = new Date(expiresAt).getTime() <= now();
  const [tone, state] = acceptedBy
    ? (["good", t`used`] as const)
    : revoked
      ? (["plain", t`withdrawn`] as const)
      : expired
        ? (["plain", t`expired`] as const)
        : (["accent", t`open`] as const);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-2 text-sm">
      <span className="min-w-0 flex-1">
        {roles[role]} <Badge tone={tone}>{state}</Badge>
        <span className="block text-xs text-muted">
          {tone === "accent" ? (
            <Trans>
              until <When at={expiresAt} now={now()} />
            </Trans>
          ) : (
            <When at={createdAt} now={now()} />
          )}
        </span>
      </span>
      {tone === "accent" && (
        <Button
          look="quiet"
          busy={revoke.isPending}
          onClick={() => revoke.mutate({ agreement, invitation: id })}
          aria-label={t`Withdraw the link for: ${roles[role]}`}
        >
          <Trans>Withdraw</Trans>
        </Button>
      )}
      {revoke.isError && <Failure error={revoke.error} />}
    </li>
  );
}
