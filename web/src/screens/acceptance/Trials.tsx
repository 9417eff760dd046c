/** Runs that bind nobody, newest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useRows } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";
import { RunState } from "./RunState.tsx";

/** More are in the list of the API. */
const MOST = 10;

export function Trials({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/runs", { agreement: agreement.id, limit: 200 });
  const trials = rows.filter(({ side }) => side === undefined).slice(0, MOST);
  if (trials.length === 0) return null;
  return (
    <Card title={t`Trials`} lead={t`They bind nobody, and only your side sees them.`}>
      <ul className="grid gap-2 text-sm">
        {trials.map((run) => (
          <li key={run.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RunState run={run} />
            <span className="text-muted">
              <When at={run.createdAt} far={false} />
            </span>
            <Link
              to="/agreements/$agreement/acceptance/runs/$run"
              params={{ agreement: agreement.id, run: run.id }}
              className="inline-flex min-h-6 items-center underline"
            >
              <Trans>The run</Trans>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
