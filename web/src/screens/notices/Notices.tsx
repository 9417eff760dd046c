/** What the node tells this person, newest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useSay } from "../../Language.tsx";
import { useCall, useRows } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

export function Notices() {
  const { t } = useLingui();
  const say = useSay();
  const { rows, error, again, more, isMore } = useRows("GET /v1/notices", {});
  const read = useCall("POST /v1/notices/{notice}/read");
  return (
    <Page title={t`Notices`} width="text">
      {(error ?? read.error) !== null && <Failure error={error ?? read.error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No notice yet`}>
          <Trans>When something awaits you, or a date comes near, you read it here.</Trans>
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {rows.map(({ id, says, agreement, at, readAt }) => (
            <li key={id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <p className={readAt === undefined ? "font-medium" : "text-muted"}>
                  {agreement === undefined ? (
                    say(says)
                  ) : (
                    <Link to="/agreements/$agreement" params={{ agreement }} className="hover:underline">
                      {say(says)}
                    </Link>
                  )}
                </p>
                <p className="flex items-center gap-2 text-sm text-muted">
                  <When at={at} />
                  {readAt === undefined && (
                    <Badge tone="accent">
                      <Trans>new</Trans>
                    </Badge>
                  )}
                </p>
              </div>
              {readAt === undefined && (
                <Button
                  look="quiet"
                  busy={read.isPending && read.variables.notice === id}
                  onClick={() => read.mutate({ notice: id })}
                >
                  <Trans>Mark as read</Trans>
                </Button>
              )}
            </li>
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
    </Page>
  );
}
