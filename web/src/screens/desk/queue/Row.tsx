/** A ticket in the queue: what makes it urgent first, then its words, then who it is for. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Copy } from "lucide-react";
import { memo } from "react";
import { useSay } from "../../../Language.tsx";
import { Badge } from "../../../ui/Badge.tsx";
import { When } from "../../../ui/When.tsx";
import type { Ids, TicketRow } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { DangerBadge, SeverityBadge, Sla } from "./Urgency.tsx";

export const Row = memo(function Row({ ids, row }: { ids: Ids; row: TicketRow }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const say = useSay();
  const { id, number, text, count, state, danger, severity, team, due, escalated, reason, guesses, assignee, at } = row;
  // What is dangerous, or like nothing known, has no intent to speak of.
  const guess = danger || reason?.code === "outside" || reason?.code === "unreadable" ? undefined : guesses[0]?.intent;
  const intent = row.intent ?? guess;
  const waits = state === "handed";
  return (
    <li className="relative grid gap-1.5 px-4 py-3 hover:bg-sunken">
      <span className="flex flex-wrap items-center gap-1.5">
        {danger && <DangerBadge danger={danger} />}
        {waits && severity && <SeverityBadge severity={severity} />}
        {waits && due && <Sla due={due} isEscalated={escalated} />}
        {state === "answered" && (
          <Badge tone="good">
            <Trans>answered by the desk</Trans>
          </Badge>
        )}
        {state === "solved" && (
          <Badge tone="good">
            <Trans>solved by a person</Trans>
          </Badge>
        )}
        {state === "new" && (
          <Badge>
            <Trans>being read</Trans>
          </Badge>
        )}
        {waits && assignee && (
          <Badge tone="accent">
            <Trans>taken by {assignee.name}</Trans>
          </Badge>
        )}
        {count > 1 && (
          <Badge>
            <Copy aria-hidden="true" className="size-3" />
            <Plural value={count} one="# message" other="# messages alike" />
          </Badge>
        )}
      </span>
      <Link
        to="/desks/$organisation/$desk/tickets/$ticket"
        params={{ ...ids, ticket: id }}
        aria-label={t`Ticket ${number}: ${text.slice(0, 120)}`}
        className="line-clamp-2 text-sm after:absolute after:inset-0"
      >
        {text}
      </Link>
      <span className="flex flex-wrap gap-x-2 text-xs text-muted">
        <span>#{number}</span>
        {intent !== undefined && <span>· {nameOf(intent)}</span>}
        {waits && reason && !danger && <span>· {say(reason.says)}</span>}
        {team !== undefined && <span>· {team}</span>}
        <span>
          · <When at={at} far={false} />
        </span>
      </span>
    </li>
  );
});
