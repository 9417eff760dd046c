/** The counts of an agreement, newest first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRows } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { Count } from "./Count.tsx";

export const LIST = "GET /v1/agreements/{agreement}/counts";

export function List({ agreement, side }: { agreement: string; side: "client" | "provider" | undefined }) {
  const { t } = useLingui();
  const { rows, error, again, more, isMore } = useRows(LIST, { agreement });
  return (
    <>
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No count yet`}>
          <Trans>The provider counts a period when it is over; then both sign it.</Trans>
        </Empty>
      )}
      {rows?.map((count) => (
        <Count key={count.id} agreement={agreement} count={count} side={side} />
      ))}
      {more && (
        <div>
          <Button onClick={more} busy={isMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
