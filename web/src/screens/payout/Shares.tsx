/** How much of each milestone is accepted: what is not goes back. */
import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { amountText } from "../../ui/Amount.tsx";

type Props = { deal: Deal; shares: readonly number[]; set: (shares: number[]) => void };

export function Shares({ deal, shares, set }: Props) {
  return (
    <ul className="grid gap-4">
      {shares.map((share, index) => (
        <Share
          // biome-ignore lint/suspicious/noArrayIndexKey: milestones are their places
          key={index}
          deal={deal}
          index={index}
          share={share}
          set={(next) => set(shares.map((old, k) => (k === index ? next : old)))}
        />
      ))}
    </ul>
  );
}

function Share(props: { deal: Deal; index: number; share: number; set: (share: number) => void }) {
  const { deal, index, share, set } = props;
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const id = useId();
  const amount = deal.agreement.work.tranches[index]?.amount ?? 0n;
  const title = deal.titles[index];
  const shown = share / 100;
  return (
    <li>
      <label htmlFor={id} className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="min-w-0 font-medium">{title ? say(title) : t`Milestone ${index + 1}`}</span>
        <span className="text-muted tabular-nums">
          {shown} % · {amountText(amount, deal.currency, language)}
        </span>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={shown}
        aria-valuetext={`${shown} %`}
        onChange={(event) => set(Number(event.target.value) * 100)}
        className="h-8 w-full cursor-pointer touch-pan-y accent-(--color-accent)"
      />
    </li>
  );
}
