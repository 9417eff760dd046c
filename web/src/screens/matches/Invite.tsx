/** Asks one of those ranked whether it would, or drafts the terms with it once it was asked. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Send } from "lucide-react";
import { type Output, useCall } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import type { Kept } from "../brief/Brief.ts";
import { DraftTerms } from "../brief/DraftTerms.tsx";
import type { Candidate } from "./Ranked.ts";

type Props = {
  brief: Kept;
  candidate: Candidate;
  /** Absent: it was not invited yet. */
  invitation: Output<"GET /v1/organisations/{organisation}/briefs/{brief}/invitations">["items"][number] | undefined;
};

export function Invite({ brief, candidate: { provider, name }, invitation }: Props) {
  const { t } = useLingui();
  const { organisation, id } = brief;
  const invite = useCall("POST /v1/organisations/{organisation}/briefs/{brief}/invitations");
  if (invitation) {
    return (
      <span className="flex flex-wrap items-center gap-2" role="status">
        <Badge tone="good">
          <Trans>invited</Trans>
        </Badge>
        <DraftTerms brief={brief} provider={provider} look="primary" />
      </span>
    );
  }
  return (
    <span className="grid gap-2">
      <Button
        look="primary"
        aria-label={t`Invite ${name}`}
        busy={invite.isPending}
        disabled={brief.state === "closed"}
        onClick={() => invite.mutate({ organisation, brief: id, provider })}
      >
        <Send aria-hidden="true" className="size-4" />
        <Trans>Invite</Trans>
      </Button>
      {invite.isError && <Failure error={invite.error} />}
    </span>
  );
}
