/** How much of a review has passed: the clock that silence runs against. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../Language.tsx";
import { useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { farText, useMinute } from "../../ui/When.tsx";

export function ReviewClock({ agreement, index, end }: { agreement: string; index: number; end: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { now } = useSession();
  useMinute();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/facts", { agreement, limit: 200 });
  const delivery = rows.findLast(({ kind, tranche }) => kind === "delivered" && tranche === index);
  const until = new Date(end).getTime();
  const left = (until - now()) / 1000;
  const begun = delivery ? new Date(delivery.at).getTime() : undefined;
  const share = begun === undefined ? 0 : Math.max(0, Math.min(1, (now() - begun) / (until - begun)));
  return (
    <div className="grid gap-1 text-sm">
      <p>
        {left > 0 ? (
          <Trans>The review ends {farText(left, language)}.</Trans>
        ) : (
          <Trans>The review is over: what silence means is carried out.</Trans>
        )}
      </p>
      <meter
        aria-label={t`Time of the review that has passed`}
        min={0}
        max={1}
        value={share}
        className="h-2 w-full max-w-sm [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-sunken [&::-webkit-meter-bar]:bg-none [&::-webkit-meter-optimum-value]:bg-warn [&::-webkit-meter-optimum-value]:bg-none"
      />
    </div>
  );
}
