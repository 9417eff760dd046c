/** The boxes of an own profile. What they mean and what is wrong with them is decided in `Profile`. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { CURRENCIES, offsetText, ZONES } from "../brief/Answer.ts";
import { Picker } from "../brief/Picker.tsx";
import { SkillPicker } from "../brief/SkillPicker.tsx";
import { FreeForm } from "./FreeForm.tsx";
import type { Writing, Wrong } from "./Profile.ts";
import * as Regions from "./Regions.ts";

export type FormProps = {
  writing: Writing;
  wrong: Wrong;
  set: (change: Partial<Writing>) => void;
  disabled: boolean;
};

export function useWrongText(): (wrong: Wrong[string] | undefined) => string {
  const { t } = useLingui();
  const texts: Record<Wrong[string], string> = {
    missing: t`Still missing.`,
    whole: t`A whole number above zero.`,
    below: t`Not below the lowest.`,
    day: t`Choose a day.`,
    order: t`Not before the first day.`,
    overlap: t`These days are in another stretch already.`,
  };
  return (wrong) => (wrong === undefined ? "" : texts[wrong]);
}

export function ProfileForm(props: FormProps & { today: string }) {
  const { t } = useLingui();
  const { writing, wrong, set, disabled } = props;
  const textOf = useWrongText();
  return (
    <>
      <Card title={t`What you do`} lead={t`A brief that names one of these skills finds you.`}>
        <div className="grid gap-4">
          <Kind {...props} />
          <SkillPicker
            label={t`Skills`}
            chosen={writing.skills}
            set={(skills) => set({ skills })}
            error={textOf(wrong.skills)}
            disabled={disabled}
          />
        </div>
      </Card>
      <Card title={t`What it costs, and where and when you work`}>
        <div className="grid gap-4">
          <Rate {...props} />
          <Day {...props} />
          <Picker
            label={t`Regions`}
            placeholder={t`Germany, 新加坡, JP …`}
            chosen={writing.regions}
            set={(regions) => set({ regions })}
            search={Regions.search}
            wordsOf={Regions.wordsOf}
            most={250}
            disabled={disabled}
          />
        </div>
      </Card>
      <Card
        title={t`When you are free`}
        lead={t`Who wants work in these weeks finds you; where nothing is free, you are not asked.`}
      >
        <FreeForm {...props} />
      </Card>
    </>
  );
}

function Kind({ writing, set, disabled }: FormProps) {
  const { t } = useLingui();
  return (
    <Select
      label={t`You are`}
      value={writing.kind}
      disabled={disabled}
      onChange={(event) => set({ kind: event.target.value as Writing["kind"] })}
    >
      <option value="firm">{t`a firm`}</option>
      <option value="person">{t`a person`}</option>
      <option value="agent">{t`an agent: software that works by itself`}</option>
    </Select>
  );
}

function Rate({ writing, wrong, set, disabled }: FormProps) {
  const { t } = useLingui();
  const textOf = useWrongText();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">
        <Trans>Rate of a day's work</Trans>
      </legend>
      <div className="grid gap-3 sm:grid-cols-3">
        <Select
          label={t`Currency`}
          value={writing.currency}
          disabled={disabled}
          onChange={(event) => set({ currency: event.target.value })}
        >
          {!(CURRENCIES as readonly string[]).includes(writing.currency) && <option>{writing.currency}</option>}
          {CURRENCIES.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </Select>
        <TextField
          label={t`Lowest`}
          inputMode="numeric"
          value={writing.rateFrom}
          disabled={disabled}
          error={textOf(wrong.rateFrom)}
          onChange={(event) => set({ rateFrom: event.target.value })}
        />
        <TextField
          label={t`Highest`}
          optional={t`(may be left out)`}
          inputMode="numeric"
          value={writing.rateTo}
          disabled={disabled}
          error={textOf(wrong.rateTo)}
          onChange={(event) => set({ rateTo: event.target.value })}
        />
      </div>
    </fieldset>
  );
}

function Day({ writing, wrong, set, disabled }: FormProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const textOf = useWrongText();
  const offset = Number(writing.offset);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">
        <Trans>Working day</Trans>
      </legend>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t`From`}
          type="time"
          value={writing.begin}
          disabled={disabled}
          error={textOf(wrong.begin)}
          onChange={(event) => set({ begin: event.target.value })}
        />
        <TextField
          label={t`To`}
          type="time"
          value={writing.end}
          disabled={disabled}
          onChange={(event) => set({ end: event.target.value })}
        />
        <Select
          label={t`On the clock of`}
          value={writing.offset}
          disabled={disabled}
          onChange={(event) => set({ offset: event.target.value })}
        >
          {!ZONES.some((zone) => zone.offset === offset) && (
            <option value={writing.offset}>{offsetText(offset)}</option>
          )}
          {ZONES.map((zone) => (
            <option key={zone.offset} value={zone.offset}>
              {offsetText(zone.offset)} · {zone[language]}
            </option>
          ))}
        </Select>
      </div>
    </fieldset>
  );
}
