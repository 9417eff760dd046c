/** Until when both have to run it, and what happens to who does not. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Tranche } from "../../agreement/useStanding.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { dateText, farText, useMinute, When } from "../../ui/When.tsx";
import type { Item } from "./Runs.ts";

const OPEN = new Set<Item["state"]>(["waiting", "rerun", "unknown"]);
/** All has been run: only the review is left to run out. */
const RAN = new Set<Item["state"]>(["unequal", "unconfined", "part", "failed"]);

type Props = {
  item: Item;
  tranche: Tranche | undefined;
  /** Where what comes of silence is said beside it already. */
  isShort?: boolean;
};

export function Window({ item, tranche, isShort = false }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { now } = useSession();
  useMinute();
  const { deliveredAt, until } = item;
  const review = tranche?.stage === "delivered" ? tranche.next : undefined;
  const silence = review && !isShort && (
    <Trans>
      If nobody acts, from {dateText(review.at, language)} on: {say(review.says)}
    </Trans>
  );
  if (RAN.has(item.state) && silence) return <p className="text-sm text-muted">{silence}</p>;
  if (deliveredAt === undefined || until === undefined || !OPEN.has(item.state)) return null;
  const [begin, end, moment] = [new Date(deliveredAt).getTime(), new Date(until).getTime(), now()];
  const share = Math.max(0, Math.min(1, (moment - begin) / Math.max(1, end - begin)));
  const left = farText((end - moment) / 1_000, language);
  return (
    <div className="grid gap-1 text-sm">
      <p>
        {moment < end ? (
          <Trans>
            Both have until <When at={until} far={false} /> to run it: it ends {left}.
          </Trans>
        ) : (
          <Trans>
            The time to run it ended at <When at={until} far={false} />.
          </Trans>
        )}
      </p>
      <meter
        aria-label={t`Time to run it that has passed`}
        min={0}
        max={1}
        value={share}
        className="h-2 w-full max-w-sm [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-sunken [&::-webkit-meter-bar]:bg-none [&::-webkit-meter-optimum-value]:bg-warn [&::-webkit-meter-optimum-value]:bg-none"
      />
      <p className="text-muted">
        <Trans>Who has not run it by then was silent, nothing else.</Trans> {silence}
      </p>
    </div>
  );
}
