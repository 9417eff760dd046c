/** The result itself: dragged, stepped by keys, or written. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Agreement } from "../../../../src/agreement/Agreement.ts";
import { useLanguage } from "../../Language.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import * as Simulation from "./Simulation.ts";

type Props = {
  agreement: Agreement;
  unit: string;
  value: bigint;
  set: (value: bigint) => void;
  /** What follows from it, for those who do not see the figures. */
  says: string;
};

/** A whole number in the form of the language; a share of the work in percent. */
export function valueText(value: bigint, metric: number, language: "en" | "zh"): string {
  const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en");
  return metric === 3 ? format.format(Number(value) / 100) : format.format(value);
}

export function Metric({ agreement, unit, value, set, says }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { metric, points } = agreement.outcome;
  const most = Simulation.mostOf(agreement);
  const text = valueText(value, metric, language);
  if (metric === 3)
    return (
      <p className="text-sm">
        <Trans>
          Measured by the ledger itself: <strong>{text} %</strong> of the milestones is accepted. Change it below.
        </Trans>
      </p>
    );
  // Positions of a slider are numbers; a metric of ours goes far beyond them.
  const scale = most > BigInt(Number.MAX_SAFE_INTEGER) ? most / 1_000n : 1n;
  return (
    <div className="grid gap-3">
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_13rem]">
        <input
          type="range"
          aria-label={t`Result`}
          aria-valuetext={`${text} ${unit}. ${says}`}
          min={0}
          max={Number(most / scale)}
          step={Number(scale > 1n ? 1n : Simulation.stepOf(most))}
          value={Number((value > most ? most : value) / scale)}
          onChange={(event) => set(BigInt(event.target.value) * scale)}
          className="h-10 w-full cursor-pointer touch-pan-y accent-(--color-accent)"
        />
        <TextField
          label={t`Exactly, ${unit}`}
          inputMode="numeric"
          pattern="[0-9]*"
          value={String(value)}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, "").slice(0, 38);
            set(BigInt(digits || "0"));
          }}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        {points.map((point) => (
          <Button
            key={String(point.value)}
            look={point.value === value ? "primary" : "plain"}
            aria-pressed={point.value === value}
            onClick={() => set(point.value)}
          >
            {valueText(point.value, metric, language)}
          </Button>
        ))}
      </div>
    </div>
  );
}
