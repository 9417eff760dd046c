/** Who was invited to a brief, and a link for somebody outside. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link2 } from "lucide-react";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Badge, type BadgeTone } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { Kept } from "./Brief.ts";
import { DraftTerms } from "./DraftTerms.tsx";

type Invitation = Output<"GET /v1/organisations/{organisation}/briefs/{brief}/invitations">["items"][number];

export function Invited({ brief }: { brief: Kept }) {
  const { t } = useLingui();
  const { organisation, id } = brief;
  const { rows, error, again, more, isMore } = useRows(
    "GET /v1/organisations/{organisation}/briefs/{brief}/invitations",
    { organisation, brief: id },
  );
  const link = useCall("POST /v1/organisations/{organisation}/briefs/{brief}/invitations");
  return (
    <Card
      title={t`Invited`}
      actions={
        brief.state === "open" && (
          <Button busy={link.isPending} onClick={() => link.mutate({ organisation, brief: id })}>
            <Link2 aria-hidden="true" className="size-4" />
            <Trans>Link for someone outside</Trans>
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        {link.isError && <Failure error={link.error} />}
        {link.data?.url !== undefined && (
          <Note tone="good" role="status" title={t`Send this link: it is shown once`}>
            <Copy text={link.data.url} label={t`Copy the link`} />
          </Note>
        )}
        {rows === undefined ? (
          error ? (
            <Failure error={error} again={again} />
          ) : (
            <Loading rows={1} />
          )
        ) : rows.length === 0 ? (
          <p className="text-sm text-muted">
            <Trans>Nobody yet. Look who fits, and invite from there.</Trans>
          </p>
        ) : (
          <ul className="grid gap-3">
            {rows.map((one) => (
              <One key={one.id} invitation={one} brief={brief} />
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
      </div>
    </Card>
  );
}

const TONES: Record<Invitation["state"], BadgeTone> = {
  open: "accent",
  joined: "good",
  revoked: "bad",
  expired: "warn",
};

function One({ invitation, brief }: { invitation: Invitation; brief: Kept }) {
  const { t } = useLingui();
  const { now } = useSession();
  const { id, provider, name, by, state, expiresAt } = invitation;
  const { organisation } = brief;
  const states: Record<Invitation["state"], string> = {
    open: t`invited`,
    joined: t`takes a look`,
    revoked: t`taken back`,
    expired: t`expired`,
  };
  const takeBack = useCall("DELETE /v1/organisations/{organisation}/briefs/{brief}/invitations/{invitation}");
  const isLive = state === "open" || state === "joined";
  return (
    <li className="grid gap-2 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <bdi className="font-medium">{name ?? (by === "link" ? t`whoever has the link` : t`a provider`)}</bdi>
        <Badge tone={TONES[state]}>{states[state]}</Badge>
        {state === "open" && (
          <span className="text-muted">
            <Trans>
              good until <When at={expiresAt} now={now()} time={false} />
            </Trans>
          </span>
        )}
      </p>
      {takeBack.isError && <Failure error={takeBack.error} />}
      {isLive && (
        <div className="flex flex-wrap items-start gap-2">
          {provider !== undefined && <DraftTerms brief={brief} provider={provider} />}
          <Button
            look="quiet"
            busy={takeBack.isPending}
            onClick={() => takeBack.mutate({ organisation, brief: brief.id, invitation: id })}
          >
            <Trans>Take it back</Trans>
          </Button>
        </div>
      )}
    </li>
  );
}
