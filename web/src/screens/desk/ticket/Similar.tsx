/** Similar cases, and what was said to them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Badge } from "../../../ui/Badge.tsx";
import { Card } from "../../../ui/Card.tsx";
import { type Ticket, useIds } from "../Desk.ts";
import { useIntent } from "../Intent.ts";

export function Similar({ similar }: { similar: Ticket["packet"]["similar"] }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const ids = useIds();
  return (
    <Card title={t`Similar cases`}>
      {similar.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>None yet: nothing like it was solved here.</Trans>
        </p>
      ) : (
        <ul className="grid gap-3">
          {similar.map(({ id, number, text, intent, answer }) => (
            <li key={id} className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
              <span className="flex flex-wrap items-center gap-2">
                <Link
                  to="/desks/$organisation/$desk/tickets/$ticket"
                  params={{ ...ids, ticket: id }}
                  className="text-accent underline"
                >
                  <Trans>Ticket {number}</Trans>
                </Link>
                {intent !== undefined && <Badge>{nameOf(intent)}</Badge>}
              </span>
              <span className="line-clamp-3">{text}</span>
              {answer !== undefined && (
                <span className="line-clamp-3 border-l-4 border-line pl-2 text-muted">{answer}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
