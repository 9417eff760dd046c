/** The parts of one score as bars, each with its name and its number: on one scale for all who are compared. */
import type { ReactNode } from "react";
import { barsOf, type Parts, placeOf, points, type Scale } from "./Parts.ts";

type Props = {
  parts: Parts;
  /** In this order; others are left out. */
  order: readonly string[];
  nameOf: (part: string) => ReactNode;
  scale: Scale;
};

export function PartBars({ parts, order, nameOf, scale }: Props) {
  const bars = new Map(barsOf(parts, scale).map((bar) => [bar.part, bar]));
  return (
    <dl className="grid gap-1.5">
      {order.map((part) => {
        const bar = bars.get(part);
        return (
          <div
            key={part}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 text-xs sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_3.5rem]"
          >
            <dt className="text-muted max-sm:col-span-1">{nameOf(part)}</dt>
            <dd className="contents">
              <span className="text-right tabular-nums sm:order-last">{points(bar?.value ?? 0)}</span>
              <span className="max-sm:col-span-2">
                <BarOf
                  from={bar?.from ?? 0}
                  length={bar?.length ?? 0}
                  negative={(bar?.value ?? 0) < 0}
                  zero={placeOf(0, scale)}
                />
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Below zero it is hatched, not only of another colour. */
export function BarOf({
  from,
  length,
  negative,
  zero,
}: {
  from: number;
  length: number;
  negative: boolean;
  zero: number;
}) {
  return (
    <span aria-hidden="true" className="relative block h-2.5 rounded-sm bg-sunken">
      <span
        className={`absolute inset-y-0 rounded-sm ${negative ? "hatched text-bad" : "bg-accent"}`}
        style={{ left: `${from}%`, width: `${length}%` }}
      />
      <span className="absolute -inset-y-0.5 w-px bg-edge" style={{ left: `${zero}%` }} />
    </span>
  );
}
