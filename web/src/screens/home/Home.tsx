/** What awaits me, what is held, what comes next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { StatusBadge } from "../../agreement/StatusBadge.tsx";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

export function Home() {
  const { t } = useLingui();
  const me = useMe();
  const say = useSay();
  const { organisation } = useSession();
  const agreements = useAsk("GET /v1/agreements", {
    limit: 10,
    ...(organisation ? { organisation: organisation.id } : {}),
  });
  const { name } = me;
  return (
    <Page title={t`Hello, ${name}`} lead={organisation && <Trans>You act for {organisation.name}.</Trans>}>
      <Card title={t`What changed last`}>
        <Shown answer={agreements}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title={t`No agreement yet`}
                action={
                  <ButtonLink look="primary" to="/new">
                    <Trans>Begin one</Trans>
                  </ButtonLink>
                }
              >
                <Trans>Begin with a Word contract, a terms file or a template.</Trans>
              </Empty>
            ) : (
              <ul className="divide-y divide-line">
                {items.map(({ id, title, status, updatedAt }) => (
                  <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
                    <Link
                      to="/agreements/$agreement"
                      params={{ agreement: id }}
                      className="min-w-0 flex-1 font-medium hover:underline"
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
            )
          }
        </Shown>
      </Card>
    </Page>
  );
}
