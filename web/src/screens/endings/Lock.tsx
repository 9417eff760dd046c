/** How long money can be locked, on a line of time: when each part is planned to end, and when it ends at the latest. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Endings } from "../../../../src/agreement/Endings.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import { dateText } from "../../ui/When.tsx";
import * as Picture from "./Picture.ts";

type Props = { deal: Deal; endings: Endings };

export function Lock({ deal, endings }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { from, lock, locks, agreement } = endings;
  const date = (minute: number) => dateText(new Date(minute * 60_000), language, false);
  const place = (minute: number) => Picture.placeOf(BigInt(minute), BigInt(from), BigInt(lock.until));
  return (
    <Card title={t`How long money can be locked`} lead={say(lock.says)}>
      <ul className="grid gap-3">
        {agreement.work.tranches.map(({ due }, tranche) => {
          const until = locks[tranche] ?? lock.until;
          const [planned, last] = [place(Math.min(due, until)), place(until)];
          const title = deal.titles[tranche];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: milestones are their places
            <li key={tranche}>
              <p className="flex flex-wrap justify-between gap-x-4 text-sm">
                <span className="min-w-0">{title ? say(title) : tranche + 1}</span>
                <span className="text-muted tabular-nums">
                  <Trans>
                    due {date(due)}, at the latest {date(until)}
                  </Trans>
                </span>
              </p>
              <div aria-hidden="true" className="mt-1 flex h-3 overflow-hidden rounded-full bg-sunken">
                <span className="bg-accent" style={{ width: `${planned}%` }} />
                <span
                  className="bg-[repeating-linear-gradient(135deg,var(--color-warn)_0_3px,transparent_3px_6px)]"
                  style={{ width: `${Math.max(0, last - planned)}%` }}
                />
              </div>
            </li>
          );
        })}
      </ul>
      <p aria-hidden="true" className="mt-2 flex justify-between text-xs text-muted tabular-nums">
        <span>{date(from)}</span>
        <span>{date(lock.until)}</span>
      </p>
    </Card>
  );
}
