/** Promised against realised precision, a point a week; a week with an alarm has another shape and its word. The table below says the same. */
import { Trans, useLingui } from "@lingui/react/macro";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { scaleLinear, scalePoint } from "@visx/scale";
import { LinePath } from "@visx/shape";
import { TriangleAlert } from "lucide-react";
import { useLanguage } from "../../../Language.tsx";
import { Badge } from "../../../ui/Badge.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { dateText } from "../../../ui/When.tsx";
import { useWidth } from "../../../ui/Width.ts";
import { percentText } from "../Percent.ts";
import { AXIS, EDGE, HEIGHT, LABEL } from "./Picture.ts";
import * as Weeks from "./Weeks.ts";

type Props = { weeks: readonly Weeks.Week[]; promise: number };

export function WeeksChart({ weeks, promise }: Props) {
  return (
    <div className="grid gap-3">
      <Chart weeks={weeks} promise={promise} />
      <Table weeks={weeks} promise={promise} />
    </div>
  );
}

function Chart({ weeks, promise }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [box, width] = useWidth();
  const percent = (share: number, digits = 1) => percentText(share, language, digits);
  const day = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { month: "short", day: "numeric" });
  const x = scalePoint({
    domain: weeks.map(({ from }) => from),
    range: [EDGE.left, Math.max(width - EDGE.right, EDGE.left + 1)],
    padding: 0.5,
  });
  const y = scaleLinear({ domain: [Weeks.floor(weeks, promise), 1], range: [HEIGHT - EDGE.bottom, EDGE.top] });
  const at = (from: string) => x(from) ?? 0;
  /** As many dates as have room. */
  const every = Math.max(1, Math.ceil((weeks.length * 60) / Math.max(width - EDGE.left, 1)));
  const shown = weeks.filter((_, index) => index % every === 0).map(({ from }) => from);
  return (
    <div ref={box} className="min-h-[240px] min-w-0 overflow-hidden">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t`Promised and realised precision by week; the figures stand in the table below`}
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
            tickValues={shown}
            tickFormat={(from) => day.format(new Date(from))}
            tickLabelProps={{ ...LABEL, textAnchor: "middle", dy: 2 }}
            {...AXIS}
          />
          <text x={width - EDGE.right} y={HEIGHT - 6} textAnchor="end" className="fill-muted text-xs">
            {t`week that begins on`}
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
          {Weeks.runs(weeks).map((run) => (
            <LinePath
              key={run[0]?.from}
              data={[...run]}
              x={({ from }) => at(from)}
              y={({ realised }) => y(realised)}
              className="fill-none stroke-accent"
              strokeWidth={2.5}
            />
          ))}
          {Weeks.runs(weeks)
            .flat()
            .map(({ from, realised, alarms }) =>
              alarms.length > 0 ? (
                <path
                  key={from}
                  d="M0,-9 L9,7 L-9,7 Z"
                  transform={`translate(${at(from)},${y(realised)})`}
                  className="fill-bad stroke-surface"
                  strokeWidth={2}
                />
              ) : (
                <circle
                  key={from}
                  cx={at(from)}
                  cy={y(realised)}
                  r={5}
                  className="fill-accent stroke-surface"
                  strokeWidth={2}
                />
              ),
            )}
        </svg>
      )}
    </div>
  );
}

function Table({ weeks, promise }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const percent = (share: number) => percentText(share, language);
  return (
    <Rows
      caption={t`Promised and realised precision by week`}
      rows={[...weeks].reverse()}
      keyOf={({ from }) => from}
      empty={null}
      columns={[
        { name: t`Week of`, cell: ({ from }) => dateText(from, language, false) },
        { name: t`Tickets`, cell: ({ tickets }) => tickets.toLocaleString(language), align: "end" },
        { name: t`Answered`, cell: ({ answered }) => answered.toLocaleString(language), align: "end" },
        { name: t`Wrong`, cell: ({ wrong }) => wrong.toLocaleString(language), align: "end" },
        { name: t`Promised`, cell: () => percent(promise), align: "end" },
        {
          name: t`Realised`,
          cell: ({ realised }) => (realised === undefined ? "–" : percent(realised)),
          align: "end",
        },
        { name: t`Outside`, cell: ({ outside }) => percent(outside), align: "end" },
        { name: t`Alarm`, cell: ({ alarms }) => <Alarms alarms={alarms} /> },
      ]}
    />
  );
}

function Alarms({ alarms }: { alarms: readonly Weeks.Alarm[] }) {
  const { t } = useLingui();
  const says: Record<Weeks.Alarm, string> = {
    precision: t`less precise than promised`,
    outside: t`much that it has not learnt`,
  };
  if (alarms.length === 0) return <Trans>none</Trans>;
  return alarms.map((one) => (
    <Badge key={one} tone="bad">
      <TriangleAlert aria-hidden="true" className="size-3" />
      {says[one]}
    </Badge>
  ));
}
