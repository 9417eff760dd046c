/** The risk-coverage curve: how precise the surest answers are, by the share of the traffic that they are. The same as a table below. */
import { Trans, useLingui } from "@lingui/react/macro";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { scaleLinear } from "@visx/scale";
import { LinePath } from "@visx/shape";
import { useLanguage } from "../../../Language.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { useWidth } from "../../../ui/Width.ts";
import { percentText } from "../Percent.ts";
import * as Coverage from "./Coverage.ts";
import { AXIS, EDGE, HEIGHT, LABEL } from "./Picture.ts";

type Props = { curve: readonly Coverage.Point[]; promise: number };

export function CoverageChart({ curve, promise }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const percent = (share: number, digits = 1) => percentText(share, language, digits);
  const [box, width] = useWidth();
  const reached = Coverage.reach(curve, promise);
  const x = scaleLinear({ domain: [0, 1], range: [EDGE.left, Math.max(width - EDGE.right, EDGE.left + 1)] });
  const y = scaleLinear({ domain: [Coverage.floor(curve, promise), 1], range: [HEIGHT - EDGE.bottom, EDGE.top] });
  const kept = reached === undefined ? undefined : { x: x(reached.answered), y: y(reached.precision) };
  return (
    <div className="grid gap-3">
      <div ref={box} className="min-h-[240px] min-w-0 overflow-hidden">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={t`Precision of the surest answers, by the share that is answered; the figures stand in the table below`}
          >
            <AxisLeft
              scale={y}
              left={EDGE.left}
              numTicks={4}
              tickFormat={(tick) => percent(Number(tick), 0)}
              tickLabelProps={{ ...LABEL, textAnchor: "end", dx: -4, dy: 4 }}
              {...AXIS}
            />
            <AxisBottom
              scale={x}
              top={HEIGHT - EDGE.bottom}
              numTicks={width < 420 ? 3 : 6}
              tickFormat={(tick) => percent(Number(tick), 0)}
              tickLabelProps={{ ...LABEL, textAnchor: "middle", dy: 2 }}
              {...AXIS}
            />
            <text x={width - EDGE.right} y={HEIGHT - 6} textAnchor="end" className="fill-muted text-xs">
              {t`share answered by the desk`}
            </text>
            <line
              x1={EDGE.left}
              x2={width - EDGE.right}
              y1={y(promise)}
              y2={y(promise)}
              className="stroke-good"
              strokeWidth={2}
              strokeDasharray="6 4"
            />
            <text x={EDGE.left + 8} y={y(promise) + 16} className="fill-good text-xs">
              {t`promised: ${percent(promise)}`}
            </text>
            <LinePath
              data={[...curve]}
              x={({ answered }) => x(answered)}
              y={({ precision }) => y(precision)}
              className="fill-none stroke-accent"
              strokeWidth={2.5}
            />
            {kept && (
              <>
                <line
                  x1={kept.x}
                  x2={kept.x}
                  y1={kept.y}
                  y2={HEIGHT - EDGE.bottom}
                  className="stroke-edge"
                  strokeDasharray="4 4"
                />
                <circle cx={kept.x} cy={kept.y} r={7} className="fill-surface stroke-accent" strokeWidth={3} />
              </>
            )}
          </svg>
        )}
      </div>
      <p className="text-sm">
        {reached === undefined ? (
          <Trans>At no share is the promise of {percent(promise)} kept.</Trans>
        ) : (
          <Trans>
            The surest {percent(reached.answered)} of the traffic are {percent(reached.precision)} right.
          </Trans>
        )}
      </p>
      <details>
        <summary className="w-fit text-sm text-accent">
          <Trans>The curve as a table</Trans>
        </summary>
        <div className="mt-2 max-w-md">
          <Rows
            caption={t`Precision by share answered`}
            rows={Coverage.table(curve)}
            keyOf={({ answered }) => String(answered)}
            empty={null}
            columns={[
              { name: t`Answered`, cell: ({ answered }) => percent(answered, 0) },
              { name: t`Precision`, cell: ({ precision }) => percent(precision), align: "end" },
            ]}
          />
        </div>
      </details>
    </div>
  );
}
