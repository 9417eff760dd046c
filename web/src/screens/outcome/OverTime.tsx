/** The metric over time: the target as a line, the window of reporting, and each report where it came. */
import { Trans, useLingui } from "@lingui/react/macro";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { scaleLinear, scaleTime } from "@visx/scale";
import type { Document } from "../../agreement/useStanding.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { dateText, When } from "../../ui/When.tsx";
import { useWidth } from "../../ui/Width.ts";
import type * as Measure from "./Measure.ts";

const HEIGHT = 220;
const EDGE = { top: 12, right: 16, bottom: 28, left: 52 };

type Props = { outcome: NonNullable<Document["outcome"]>; reports: readonly Measure.Report[] };

export function OverTime({ outcome, reports }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const unit = say(outcome.unit);
  return (
    <div className="grid gap-3">
      <Chart outcome={outcome} reports={reports} />
      <ul className="grid gap-1 text-sm">
        <li>
          <Trans>
            Target: {number.format(BigInt(outcome.target))} {unit}
          </Trans>
        </li>
        <li>
          <Trans>
            Measured on <When at={outcome.measuredAt} far={false} />, to be reported until{" "}
            <When at={outcome.reportBy} far={false} />
          </Trans>
        </li>
        {reports.map(({ at, value, stands }) => (
          <li key={`${at}${value}`} className="font-medium">
            {stands ? (
              <Trans>
                Reported: {number.format(value)} {unit} ({dateText(at, language)})
              </Trans>
            ) : (
              <Trans>
                Signed by a reporter, waits for others: {number.format(value)} {unit} ({dateText(at, language)})
              </Trans>
            )}
          </li>
        ))}
        {reports.length === 0 && (
          <li className="text-muted">
            <Trans>No report yet. If none comes in time, {number.format(BigInt(outcome.default))} counts.</Trans>
          </li>
        )}
      </ul>
    </div>
  );
}

function Chart({ outcome, reports }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { now } = useSession();
  const [box, width] = useWidth();
  const time = (at: string) => new Date(at).getTime();
  const [measured, until] = [time(outcome.measuredAt), time(outcome.reportBy)];
  const span = Math.max(until - measured, 86_400_000);
  const ends = [measured - span, until + span, now(), ...reports.map(({ at }) => time(at))];
  const most = Math.max(Number(outcome.target), ...reports.map(({ value }) => Number(value)), 1) * 1.25;
  const x = scaleTime({
    domain: [Math.min(...ends), Math.max(...ends)],
    range: [EDGE.left, Math.max(width - EDGE.right, EDGE.left + 1)],
  });
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - EDGE.bottom, EDGE.top] });
  const short = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { notation: "compact" });
  const day = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { month: "short", day: "numeric" });
  const label = { fill: "currentColor", fontSize: 12, fontFamily: "inherit" };
  const axis = { stroke: "currentColor", tickStroke: "currentColor", axisClassName: "text-muted" };
  const target = y(Number(outcome.target));
  return (
    <div ref={box} className="overflow-hidden min-h-[220px] min-w-0">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t`The metric over time against its target; the figures stand below`}
        >
          <rect
            x={x(measured)}
            width={Math.max(0, x(until) - x(measured))}
            y={EDGE.top}
            height={HEIGHT - EDGE.top - EDGE.bottom}
            className="fill-accent-soft"
          />
          <AxisLeft
            scale={y}
            left={EDGE.left}
            numTicks={4}
            tickFormat={(tick) => short.format(Number(tick))}
            tickLabelProps={{ ...label, textAnchor: "end", dx: -4, dy: 4 }}
            {...axis}
          />
          <AxisBottom
            scale={x}
            top={HEIGHT - EDGE.bottom}
            numTicks={width < 420 ? 2 : 4}
            tickFormat={(tick) => day.format(new Date(Number(tick)))}
            tickLabelProps={{ ...label, textAnchor: "middle" }}
            {...axis}
          />
          <line
            x1={EDGE.left}
            x2={width - EDGE.right}
            y1={target}
            y2={target}
            className="stroke-good"
            strokeWidth={2}
            strokeDasharray="6 4"
          />
          <text x={width - EDGE.right} y={target - 6} textAnchor="end" className="fill-good text-xs">{t`target`}</text>
          <line x1={x(now())} x2={x(now())} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} className="stroke-edge" />
          <text x={x(now()) + 4} y={EDGE.top + 10} className="fill-muted text-xs">{t`today`}</text>
          {reports.map(({ at, value, stands }) => (
            <circle
              key={`${at}${value}`}
              cx={x(time(at))}
              cy={y(Number(value))}
              r={7}
              className={stands ? "fill-accent stroke-surface" : "fill-surface stroke-accent"}
              strokeWidth={3}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
