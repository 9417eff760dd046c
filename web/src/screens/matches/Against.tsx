/** Two scores part by part, one bar over the other: one's own, and that of the first, whoever it is. */
import { Trans } from "@lingui/react/macro";
import { BarOf } from "./PartBars.tsx";
import { barsOf, behind, type Parts, placeOf, points, scaleOf, telling } from "./Parts.ts";

type Props = { own: Parts; first: Parts; partName: (part: string) => string };

export function Against({ own, first, partName }: Props) {
  const scale = scaleOf([own, first]);
  const zero = placeOf(0, scale);
  const [mine, theirs] = [barsOf(own, scale), barsOf(first, scale)];
  const by = new Map(behind(own, first).map((one) => [one.part, one.by]));
  return (
    <dl className="grid gap-4">
      {telling([own, first]).map((part) => {
        const bars = [
          { who: <Trans>you</Trans>, bar: mine.find((one) => one.part === part) },
          { who: <Trans>first</Trans>, bar: theirs.find((one) => one.part === part) },
        ];
        const difference = by.get(part) ?? 0;
        return (
          <div key={part} className="grid gap-1 text-sm">
            <dt className="flex justify-between gap-4">
              <span className="min-w-0 font-medium">{partName(part)}</span>
              <span className={`tabular-nums ${difference < 0 ? "text-bad" : "text-muted"}`}>{points(difference)}</span>
            </dt>
            {bars.map(({ who, bar }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: always the same two
              <dd key={at} className="grid grid-cols-[3rem_minmax(0,1fr)_3.5rem] items-center gap-3 text-xs text-muted">
                <span>{who}</span>
                <BarOf from={bar?.from ?? 0} length={bar?.length ?? 0} negative={(bar?.value ?? 0) < 0} zero={zero} />
                <span className="text-right tabular-nums">{points(bar?.value ?? 0)}</span>
              </dd>
            ))}
          </div>
        );
      })}
    </dl>
  );
}
