/** The life of a milestone, drawn. */
import { useLingui } from "@lingui/react/macro";
import { Scroll } from "../../ui/Scroll.tsx";

const W = 132;
const H = 44;

export function Picture({ title }: { title: string }) {
  const { t } = useLingui();
  return (
    <Scroll label={title} more="rounded-xl border border-line bg-surface p-3">
      <svg viewBox="0 0 660 214" className="min-w-[560px] text-[13px]" role="img" aria-label={title}>
        <Line d="M144 36 H188" />
        <Line d="M320 36 H364" />
        <Line d="M496 36 H528" />
        <Line d="M430 58 V150 H364" dashed />
        <Line d="M254 58 V150 H232" dashed />
        <Line d="M430 58 V150 H528" dashed />
        <Box x={12} y={14} text={t`Funded`} />
        <Box x={188} y={14} text={t`Delivered`} />
        <Box x={364} y={14} text={t`Accepted, or silence`} small />
        <Box x={528} y={14} text={t`Paid`} tone="good" />
        <Box x={232} y={128} text={t`Rejected, again`} tone="warn" />
        <Box x={528} y={128} text={t`Disputed: split`} tone="warn" />
        <Line d="M78 58 V150 H100" dashed />
        <Box x={100} y={128} text={t`Late: goes back`} tone="bad" small />
        <text x={12} y={204} className="fill-muted text-[12px]">
          {t`Every arrow has a date. You see all of them before you sign.`}
        </text>
      </svg>
    </Scroll>
  );
}

const TONES = {
  plain: "fill-accent-soft stroke-accent",
  good: "fill-good-soft stroke-good",
  warn: "fill-warn-soft stroke-warn",
  bad: "fill-bad-soft stroke-bad",
} as const;

function Box({
  x,
  y,
  text,
  tone = "plain",
  small = false,
}: {
  x: number;
  y: number;
  text: string;
  tone?: keyof typeof TONES;
  small?: boolean;
}) {
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={tone === "bad" ? W - 20 : W - (x === 528 ? 12 : 0)}
        height={H}
        rx="10"
        className={TONES[tone]}
      />
      <text
        x={x + (tone === "bad" ? W - 20 : W - (x === 528 ? 12 : 0)) / 2}
        y={y + 27}
        textAnchor="middle"
        className={`fill-ink ${small ? "text-[11px]" : ""}`}
      >
        {text}
      </text>
    </g>
  );
}

function Line({ d, dashed = false }: { d: string; dashed?: boolean }) {
  return (
    <path d={d} className="fill-none stroke-edge" strokeWidth="1.5" strokeDasharray={dashed ? "4 4" : undefined} />
  );
}
