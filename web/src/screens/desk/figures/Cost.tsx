/** Cost and a person's minutes for 1,000 solved tickets, beside people alone. Bars show the proportion; figures say it. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useLanguage } from "../../../Language.tsx";
import { Amount } from "../../../ui/Amount.tsx";
import { percentText } from "../Percent.ts";
import type { Data } from "./Figures.tsx";

export function Cost({ minutes, minutesByPeople, cost, costByPeople, currency }: Data["perThousand"]) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  /** For a bar and a share only: money itself is never a float. */
  const money = Number(cost) / Math.max(Number(costByPeople), 1);
  const work = minutes / Math.max(minutesByPeople, 1);
  return (
    <div className="grid gap-4 text-sm">
      <Pair
        name={t`Minutes of people`}
        share={work}
        desk={<Trans>{format.format(minutes)} min</Trans>}
        people={<Trans>{format.format(minutesByPeople)} min</Trans>}
      />
      <Pair
        name={t`Cost`}
        share={money}
        desk={<Amount units={cost} currency={currency} />}
        people={<Amount units={costByPeople} currency={currency} />}
      />
      <p className="text-muted">
        <Trans>
          With the desk {percentText(work, language, 0)} of the minutes and {percentText(money, language, 0)} of the
          cost of people alone. An estimate from what stands in the settings, not a bill.
        </Trans>
      </p>
    </div>
  );
}

function Pair({ name, share, desk, people }: { name: string; share: number; desk: ReactNode; people: ReactNode }) {
  const most = Math.max(share, 1);
  return (
    <div className="grid gap-1">
      <p className="font-medium">{name}</p>
      <Bar share={share / most} look="bg-accent" says={<Trans>with the desk</Trans>} value={desk} />
      <Bar share={1 / most} look="bg-edge" says={<Trans>people alone</Trans>} value={people} />
    </div>
  );
}

function Bar({ share, look, says, value }: { share: number; look: string; says: ReactNode; value: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr_auto] items-center gap-2">
      <span className="text-muted">{says}</span>
      <span aria-hidden="true" className="h-3 overflow-hidden rounded-full bg-sunken">
        <span className={`block h-full rounded-full ${look}`} style={{ width: `${Math.max(share * 100, 1)}%` }} />
      </span>
      <span className="min-w-20 text-right">{value}</span>
    </div>
  );
}
