/** What the whole deal can come to at worst and at best, for me and for the other side. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Endings } from "../../../../src/agreement/Endings.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import type { Side } from "../../agreement/useAgreement.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { amountText } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";
import * as Picture from "./Picture.ts";

type Props = { deal: Deal; endings: Endings; mine: Side | undefined };

export function Bounds({ deal, endings, mine }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const sides: readonly Side[] = mine === "client" ? ["client", "provider"] : ["provider", "client"];
  const { platform, exact } = endings;
  return (
    <Card title={t`Worst and best, all in all`} lead={t`Whatever one side can do without the other's consent.`}>
      <div className="grid gap-5">
        {sides.map((side) => (
          <Party key={side} side={side} deal={deal} endings={endings} mine={mine} />
        ))}
      </div>
      <p className="mt-4 text-xs text-muted">
        {platform.best.sums.platform === 0n ? (
          <Trans>There is no platform fee.</Trans>
        ) : (
          <>
            {say(platform.worst.says)} {say(platform.best.says)}
          </>
        )}
        {!exact && (
          <>
            {" "}
            <Trans>Worst and best are sure, but not both may be reached.</Trans>
          </>
        )}
      </p>
    </Card>
  );
}

function Party({ side, deal, endings, mine }: Props & { side: Side }) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { low, high } = Picture.spanOf(endings);
  const { worst, best } = endings[side];
  const place = (sum: bigint) => Picture.placeOf(sum, low, high);
  const [from, to, zero] = [place(worst.sums[side]), place(best.sums[side]), place(0n)];
  const money = (sum: bigint) => `${sum > 0n ? "+" : ""}${amountText(sum, deal.currency, language)}`;
  return (
    <div>
      <p className="flex flex-wrap gap-x-2 text-sm">
        <span className="font-medium">{say(deal.names[side])}</span>
        <span className="text-muted">
          {side === "client" ? t`client` : t`provider`}
          {side === mine && <> · {t`you`}</>}
        </span>
      </p>
      <div aria-hidden="true" className="relative mt-2 h-5 rounded-full bg-sunken">
        <span
          className={`absolute inset-y-1 min-w-1.5 rounded-full ${side === "client" ? "bg-play" : "bg-accent"}`}
          style={{ left: `${from}%`, width: `${Math.max(0, to - from)}%` }}
        />
        <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: `${zero}%` }} />
      </div>
      <dl className="mt-1.5 flex flex-wrap justify-between gap-x-6 gap-y-1 text-sm">
        <div>
          <dt className="inline text-muted">{t`worst`} </dt>
          <dd className="inline font-semibold tabular-nums">{money(worst.sums[side])}</dd>
        </div>
        <div>
          <dt className="inline text-muted">{t`best`} </dt>
          <dd className="inline font-semibold tabular-nums">{money(best.sums[side])}</dd>
        </div>
      </dl>
    </div>
  );
}
