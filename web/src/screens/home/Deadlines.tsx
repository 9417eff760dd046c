import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";
import type { Sums } from "./Home.tsx";

/** What happens if nobody acts, soonest first. */
/** More are a page of their own. */
const SHOWN = 6;

export function Deadlines({ deadlines: { count, items: all } }: { deadlines: Sums["deadlines"] }) {
  const { t } = useLingui();
  const items = all.slice(0, SHOWN);
  const say = useSay();
  const { now } = useSession();
  return (
    <Card title={t`If nobody acts`} lead={t`It happens by itself, by the terms that both signed.`}>
      {items.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>No clock is running.</Trans>
        </p>
      ) : (
        <ol className="grid gap-3 border-l-2 border-line pl-4">
          {items.map(({ agreement, title, milestone, at, says }) => (
            <li key={`${agreement} ${milestone} ${at}`} className="relative text-sm">
              <span aria-hidden="true" className="absolute top-1.5 -left-[21px] size-2.5 rounded-full bg-accent" />
              <p className="text-muted">
                <When at={at} now={now()} />
              </p>
              <Link to="/agreements/$agreement" params={{ agreement }} className="hover:underline">
                <span className="font-medium">{say(title)}</span>
                <span className="block">{say(says)}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
      {count > items.length && (
        <p className="mt-3 text-sm text-muted">
          <Trans>
            {items.length} of {count} are shown.
          </Trans>
        </p>
      )}
    </Card>
  );
}
