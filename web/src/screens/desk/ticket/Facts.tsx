/** Why it came to a person, how urgent it is, whose it is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useSay } from "../../../Language.tsx";
import { useCall } from "../../../Node.ts";
import { useMe } from "../../../Session.tsx";
import { Badge } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { type Ticket, useIds } from "../Desk.ts";
import { DangerBadge, SeverityBadge, Sla } from "../queue/Urgency.tsx";

export function Facts({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useLingui();
  const say = useSay();
  const { state, reason, danger, severity, due, escalated, team, assignee, reopened } = ticket;
  const waits = state === "handed";
  const states: Record<Ticket["state"], string> = {
    new: t`being read`,
    answered: t`answered by the desk`,
    handed: t`waits for a person`,
    solved: t`solved by a person`,
  };
  return (
    <div className="grid gap-2 text-sm">
      <p className="flex flex-wrap gap-1.5">
        <Badge tone={waits ? "warn" : "good"}>{states[state]}</Badge>
        {danger !== undefined && <DangerBadge danger={danger} />}
        {waits && severity && <SeverityBadge severity={severity} />}
        {waits && due && <Sla due={due} isEscalated={escalated} />}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        {reason && (
          <>
            <dt className="text-muted">
              <Trans>Reason</Trans>
            </dt>
            <dd>
              {say(reason.says)} <code className="text-xs text-muted">{reason.code}</code>
            </dd>
          </>
        )}
        {team !== undefined && (
          <>
            <dt className="text-muted">
              <Trans>Team</Trans>
            </dt>
            <dd>{team}</dd>
          </>
        )}
        {reopened > 0 && (
          <>
            <dt className="text-muted">
              <Trans>Came back</Trans>
            </dt>
            <dd>
              <Trans>{reopened} times</Trans>
            </dd>
          </>
        )}
        {waits && (
          <>
            <dt className="text-muted">
              <Trans>Taken by</Trans>
            </dt>
            <dd>{assignee?.name ?? t`nobody yet`}</dd>
          </>
        )}
      </dl>
      {waits && mayWrite && <Take ticket={ticket} />}
    </div>
  );
}

/** Who takes it is at it: others are given the next one, and the minutes until the answer are known. */
function Take({ ticket: { id: ticket, assignee } }: { ticket: Ticket }) {
  const ids = useIds();
  const { user } = useMe();
  const assign = useCall("POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/assign");
  const isMine = assignee?.user === user;
  return (
    <>
      <div>
        <Button busy={assign.isPending} onClick={() => assign.mutate({ ...ids, ticket, user: isMine ? null : user })}>
          {isMine ? <Trans>Give it back</Trans> : <Trans>Take it</Trans>}
        </Button>
      </div>
      {assign.isError && <Failure error={assign.error} />}
    </>
  );
}
