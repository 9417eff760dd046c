/** The boxes of each field of a brief. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ComponentType } from "react";
import type { Field } from "../../../../src/matching/Brief.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { Check, Select, TextArea, TextField } from "../../ui/Field.tsx";
import { type Boxes, CURRENCIES, offsetText, ZONES } from "./Answer.ts";
import { useFieldNames } from "./FieldNames.ts";
import { SkillPicker } from "./SkillPicker.tsx";
import { COMPLIANCE, wordsOf } from "./Skills.ts";

export type BoxProps = {
  boxes: Boxes;
  put: (name: string, value: string) => void;
  errorOf: (name: string) => string;
};

function Prose({ name, boxes, put, errorOf, hint }: BoxProps & { name: "outcome" | "criteria"; hint?: string }) {
  const names = useFieldNames();
  return (
    <TextArea
      label={names[name]}
      hint={hint}
      dir="auto"
      rows={3}
      maxLength={4_000}
      value={boxes[name]}
      error={errorOf(name)}
      onChange={(event) => put(name, event.target.value)}
    />
  );
}

function Outcome(props: BoxProps) {
  return <Prose {...props} name="outcome" />;
}

function Criteria(props: BoxProps) {
  const { t } = useLingui();
  return <Prose {...props} name="criteria" hint={t`One a line.`} />;
}

const linesOf = (text = "") => text.split("\n").filter(Boolean);

function Skills({ boxes, put, errorOf }: BoxProps) {
  const names = useFieldNames();
  return (
    <SkillPicker
      label={names.skills}
      chosen={linesOf(boxes.skills)}
      set={(chosen) => put("skills", chosen.join("\n"))}
      error={errorOf("skills")}
    />
  );
}

function Compliance({ boxes, put }: BoxProps) {
  const say = useSay();
  const names = useFieldNames();
  const chosen = linesOf(boxes.compliance);
  const set = (name: string, on: boolean) =>
    put("compliance", [...chosen.filter((one) => one !== name), ...(on ? [name] : [])].join("\n"));
  return (
    <fieldset>
      <legend className="text-sm font-medium">{names.compliance}</legend>
      <p className="mb-2 text-xs text-muted">
        <Trans>None marked means: no certificate is needed.</Trans>
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        {COMPLIANCE.map((name) => (
          <Check
            key={name}
            label={say(wordsOf(name))}
            checked={chosen.includes(name)}
            onChange={(event) => set(name, event.target.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Budget({ boxes, put, errorOf }: BoxProps) {
  const { t } = useLingui();
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Select label={t`Currency`} value={boxes.currency} onChange={(event) => put("currency", event.target.value)}>
        {CURRENCIES.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </Select>
      <TextField
        label={t`Lowest`}
        optional={t`(may be left out)`}
        inputMode="numeric"
        value={boxes.least}
        error={errorOf("least")}
        onChange={(event) => put("least", event.target.value)}
      />
      <TextField
        label={t`Highest`}
        inputMode="numeric"
        value={boxes.most}
        error={errorOf("most")}
        onChange={(event) => put("most", event.target.value)}
      />
    </div>
  );
}

function Overlap({ boxes, put, errorOf }: BoxProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const offset = Number(boxes.offset);
  const isListed = ZONES.some((zone) => zone.offset === offset);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t`Hours a day`}
        inputMode="decimal"
        value={boxes.hours}
        error={errorOf("hours")}
        onChange={(event) => put("hours", event.target.value)}
      />
      <Select label={t`Your time zone`} value={boxes.offset} onChange={(event) => put("offset", event.target.value)}>
        {!isListed && <option value={boxes.offset}>{offsetText(offset)}</option>}
        {ZONES.map((zone) => (
          <option key={zone.offset} value={zone.offset}>
            {offsetText(zone.offset)} · {zone[language]}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Start({ boxes, put, errorOf }: BoxProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`First day of work`}
      type="date"
      value={boxes.start}
      error={errorOf("start")}
      onChange={(event) => put("start", event.target.value)}
    />
  );
}

function Term({ boxes, put, errorOf }: BoxProps) {
  const { t } = useLingui();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t`At most`}
        inputMode="numeric"
        value={boxes.count}
        error={errorOf("count")}
        onChange={(event) => put("count", event.target.value)}
      />
      <Select label={t`Unit`} value={boxes.unit} onChange={(event) => put("unit", event.target.value)}>
        <option value="days">{t({ message: "days", context: "unit" })}</option>
        <option value="weeks">{t({ message: "weeks", context: "unit" })}</option>
        <option value="months">{t({ message: "months", context: "unit" })}</option>
      </Select>
    </div>
  );
}

export const BOXES: Readonly<Record<Field, ComponentType<BoxProps>>> = {
  outcome: Outcome,
  skills: Skills,
  criteria: Criteria,
  compliance: Compliance,
  budget: Budget,
  overlap: Overlap,
  start: Start,
  term: Term,
};
