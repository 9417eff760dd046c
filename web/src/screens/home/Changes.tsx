import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { StatusBadge } from "../../agreement/StatusBadge.tsx";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

/** The agreements in which something happened last. */
export function Changes() {
  const { t } = useLingui();
  const say = useSay();
  const agreements = useAsk("GET /v1/agreements", { limit: 6 });
  return (
    <Card title={t`What changed last`}>
      <Shown answer={agreements}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map(({ id, title, status, updatedAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
                <Link
                  to="/agreements/$agreement"
                  params={{ agreement: id }}
                  className="min-w-0 flex-1 basis-48 font-medium hover:underline"
                >
                  {say(title)}
                </Link>
                <StatusBadge status={status} />
                <span className="text-sm text-muted">
                  <When at={updatedAt} far={false} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Card>
  );
}
