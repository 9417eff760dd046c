/** What the provider gets in all, over the result. It can be dragged by itself; keys have the slider above it. */
import { useLingui } from "@lingui/react/macro";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { scaleLinear } from "@visx/scale";
import { LinePath } from "@visx/shape";
import { type PointerEvent, useMemo } from "react";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { useLanguage } from "../../Language.tsx";
import { amountText } from "../../ui/Amount.tsx";
import { useWidth } from "../../ui/Width.ts";
import * as Simulation from "./Simulation.ts";

const HEIGHT = 260;
const EDGE = { top: 16, right: 14, bottom: 44, left: 58 };

type Props = { deal: Deal; unit: string; shares: readonly number[]; value: bigint; set: (value: bigint) => void };

export function Chart({ deal, unit, shares, value, set }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [box, width] = useWidth();
  const { agreement, currency } = deal;
  const { metric } = agreement.outcome;
  const dots = useMemo(() => Simulation.line(agreement, shares), [agreement, shares]);
  const most = Simulation.mostOf(agreement);
  const top = dots.reduce((max, { net }) => (net > max ? net : max), 1n);
  // Positions only: money itself is never a float.
  const x = scaleLinear({ domain: [0, Number(most)], range: [EDGE.left, Math.max(width - EDGE.right, EDGE.left + 1)] });
  const y = scaleLinear({ domain: [0, Number(top)], range: [HEIGHT - EDGE.bottom, EDGE.top], nice: true });
  const here = value > most ? most : value;
  const net = dots.findLast((dot) => dot.value <= here)?.net ?? 0n;
  const next = dots.find((dot) => dot.value > here);
  const before = dots.findLast((dot) => dot.value <= here);
  const height =
    next && before && next.value > before.value
      ? Number(before.net) +
        ((Number(next.net) - Number(before.net)) * Number(here - before.value)) / Number(next.value - before.value)
      : Number(net);
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (metric === 3 || (event.type === "pointermove" && event.buttons === 0)) return;
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const found = x.invert(left);
    set(Simulation.snap(BigInt(Math.round(Math.max(0, found))), most));
  };
  const short = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { notation: "compact" });
  const money = (units: number) => short.format(units / 10 ** currency.scale);
  const of = (number: number) => (metric === 3 ? `${number / 100} %` : short.format(number));
  return (
    <div ref={box} className="overflow-hidden mt-4 min-h-[260px]">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t`What the provider receives in all, by the result: from ${amountText(dots[0]?.net ?? 0n, currency, language)} to ${amountText(top, currency, language)}`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drag(event);
          }}
          onPointerMove={drag}
          className={`touch-pan-y select-none ${metric === 3 ? "" : "cursor-ew-resize"}`}
        >
          <AxisLeft
            scale={y}
            left={EDGE.left}
            numTicks={4}
            tickFormat={(tick) => money(Number(tick))}
            axisClassName="text-muted"
            stroke="currentColor"
            tickStroke="currentColor"
            tickLabelProps={{
              fill: "currentColor",
              fontFamily: "inherit",
              fontSize: 12,
              textAnchor: "end",
              dx: -4,
              dy: 4,
            }}
          />
          <AxisBottom
            scale={x}
            top={HEIGHT - EDGE.bottom}
            numTicks={width < 480 ? 3 : 6}
            tickFormat={(tick) => of(Number(tick))}
            axisClassName="text-muted"
            stroke="currentColor"
            tickStroke="currentColor"
            tickLabelProps={{ fill: "currentColor", fontFamily: "inherit", fontSize: 12, textAnchor: "middle", dy: 4 }}
          />
          <text x={width - EDGE.right} y={HEIGHT - 6} textAnchor="end" className="fill-muted text-xs">
            {unit}
          </text>
          <LinePath
            data={[...dots]}
            x={(dot) => x(Number(dot.value))}
            y={(dot) => y(Number(dot.net))}
            className="fill-none stroke-accent"
            strokeWidth={2.5}
          />
          <line
            x1={x(Number(here))}
            x2={x(Number(here))}
            y1={EDGE.top}
            y2={HEIGHT - EDGE.bottom}
            className="stroke-edge"
            strokeDasharray="4 4"
          />
          <circle cx={x(Number(here))} cy={y(height)} r={8} className="fill-surface stroke-accent" strokeWidth={3} />
        </svg>
      )}
    </div>
  );
}
