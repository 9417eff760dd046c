/** Fields of the draft, each tied to one field of the document: its value, its problems, what is said about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { MessageSquare } from "lucide-react";
import type { ReactNode } from "react";
import { useStepName } from "../../../agreement/FieldName.tsx";
import * as Paper from "../../../agreement/Paper.ts";
import { useLanguage, useSay } from "../../../Language.tsx";
import { BOX, Check, Field, Select, TextArea, TextField } from "../../../ui/Field.tsx";
import { usePart, useWriter } from "./Context.ts";
import * as Forms from "./Forms.ts";

type Props = { field: string; label?: string; hint?: ReactNode; optional?: boolean };

/** `text`: what stands there; `put("")` takes the field out. */
export function useField(field: string, optional = false) {
  const { edit, side } = useWriter();
  const say = useSay();
  const error = usePart(({ troubles }) =>
    troubles
      .filter((one) => one.field === field && !one.isMissing)
      .map(({ says }) => say(says))
      .join(" "),
  );
  // Where a whole clause is missing, so is each field of it that must be there.
  const isMissing = usePart(({ troubles }) =>
    troubles.some((one) => one.isMissing && (one.field === field || (!optional && Paper.isWithin(field, one.field)))),
  );
  return {
    text: usePart(({ document }) => Paper.textAt(document, field)),
    put: (value: unknown) => edit((paper) => Paper.put(paper, field, value === "" ? undefined : value)),
    error,
    isMissing,
    disabled: side === undefined,
  };
}

type Tied = ReturnType<typeof useField>;

/** The box of a field, with the way to what is said about it. */
function Framed({ field, children }: { field: string; children: ReactNode }) {
  const { t } = useLingui();
  const { talk } = useWriter();
  const open = usePart(
    ({ comments }) => comments.filter((one) => one.field === field && one.resolvedAt === undefined).length,
  );
  return (
    <div data-field={field} className="relative min-w-0 [&_label]:pr-7">
      {children}
      <button
        type="button"
        onClick={() => talk(field)}
        aria-label={open > 0 ? t`Comments on this field: ${open}` : t`Comment on this field`}
        title={t`Comment`}
        className={`absolute -top-1 right-0 inline-flex size-7 items-center justify-center gap-0.5 rounded-lg text-xs hover:bg-sunken ${open > 0 ? "font-semibold text-accent" : "text-edge"}`}
      >
        <MessageSquare aria-hidden="true" className="size-3.5" />
        {open > 0 && open}
      </button>
    </div>
  );
}

function useShared({ field, label, hint, optional }: Props, { error, isMissing, disabled }: Tied) {
  const { t } = useLingui();
  const stepOf = useStepName();
  const missing = isMissing ? (
    <span className="font-medium text-warn">
      <Trans>Still missing.</Trans>{" "}
    </span>
  ) : undefined;
  const shown =
    missing === undefined ? (
      hint
    ) : (
      <>
        {missing}
        {hint}
      </>
    );
  return {
    label: label ?? stepOf(field),
    error,
    disabled,
    ...(shown === undefined ? {} : { hint: shown }),
    ...(optional ? { optional: t`(may be left out)` } : {}),
  };
}

export function TextAt(props: Props & { numeric?: boolean }) {
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  return (
    <Framed field={props.field}>
      <TextField
        {...shared}
        value={tied.text}
        inputMode={props.numeric ? "decimal" : undefined}
        onChange={(event) => tied.put(event.target.value)}
      />
    </Framed>
  );
}

/** A text of several lines. */
export function ProseAt(props: Props & { rows?: number; lang?: string }) {
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  return (
    <Framed field={props.field}>
      <TextArea
        {...shared}
        lang={props.lang}
        rows={props.rows ?? 3}
        value={tied.text}
        onChange={(event) => tied.put(event.target.value)}
      />
    </Framed>
  );
}

/** Words in both languages, that of the page first. */
export function WordsAt({ field, label, hint }: Props) {
  const { language } = useLanguage();
  const stepOf = useStepName();
  const name = label ?? stepOf(field);
  const order = language === "en" ? (["en", "zh"] as const) : (["zh", "en"] as const);
  const names = { en: "English", zh: "中文" };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {order.map((one) => (
        <TextAt
          key={one}
          field={`${field}.${one}`}
          label={`${name} (${names[one]})`}
          {...(hint !== undefined && one === language ? { hint } : {})}
        />
      ))}
    </div>
  );
}

export function ChoiceAt({ choices, ...props }: Props & { choices: readonly (readonly [string, string])[] }) {
  const { t } = useLingui();
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  const known = choices.some(([value]) => value === tied.text);
  return (
    <Framed field={props.field}>
      <Select {...shared} value={tied.text} onChange={(event) => tied.put(event.target.value)}>
        {!known && <option value={tied.text}>{tied.text === "" ? t`Choose …` : tied.text}</option>}
        {choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
    </Framed>
  );
}

/** Yes or no, kept as a truth value; not answered yet is neither. */
export function YesAt(props: Props) {
  const checked = usePart(({ document }) => Paper.at(document, props.field) === true);
  const tied = useField(props.field, props.optional);
  const { label, hint, disabled } = useShared(props, tied);
  return (
    <Framed field={props.field}>
      <div className="pr-8">
        <Check
          label={label}
          disabled={disabled}
          checked={checked}
          {...(hint === undefined ? {} : { hint })}
          onChange={(event) => tied.put(event.target.checked)}
        />
      </div>
    </Framed>
  );
}

/** A whole number that the document keeps as one. */
export function NumberAt(props: Props) {
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  return (
    <Framed field={props.field}>
      <TextField
        {...shared}
        inputMode="numeric"
        value={tied.text}
        onChange={({ target: { value } }) => tied.put(/^\d{1,9}$/.test(value) ? Number(value) : value)}
      />
    </Framed>
  );
}

export function AmountAt({ set, ...props }: Props & { set?: (amount: string) => void }) {
  const code = usePart(({ document }) => Paper.textAt(document, "currency.code"));
  const stepOf = useStepName();
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  const name = props.label ?? stepOf(props.field);
  return (
    <Framed field={props.field}>
      <TextField
        {...shared}
        label={code === "" ? name : `${name} (${code})`}
        inputMode="decimal"
        value={tied.text}
        onChange={({ target: { value } }) => (set ?? tied.put)(Forms.plainAmount(value))}
      />
    </Framed>
  );
}

/** "70 %": the number is typed. */
export function ShareAt(props: Props) {
  const stepOf = useStepName();
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  return (
    <Framed field={props.field}>
      <TextField
        {...shared}
        label={`${props.label ?? stepOf(props.field)} (%)`}
        inputMode="decimal"
        value={Forms.shareShown(tied.text)}
        onChange={(event) => tied.put(Forms.shareTyped(event.target.value))}
      />
    </Framed>
  );
}

/** A moment, typed in the reader's own time zone and kept in UTC. */
export function TimeAt(props: Props) {
  const tied = useField(props.field, props.optional);
  const local = Forms.localOf(tied.text);
  const utc = local === undefined ? undefined : tied.text.replace("T", " ").replace("Z", " UTC");
  const hint =
    utc === undefined ? (
      props.hint
    ) : (
      <>
        <span className="tabular-nums">{utc}</span>
        {props.hint !== undefined && <> · {props.hint}</>}
      </>
    );
  const shared = useShared({ ...props, ...(hint === undefined ? {} : { hint }) }, tied);
  return (
    <Framed field={props.field}>
      {tied.text !== "" && local === undefined ? (
        <TextField {...shared} value={tied.text} onChange={(event) => tied.put(event.target.value)} />
      ) : (
        <TextField
          {...shared}
          type="datetime-local"
          value={local ?? ""}
          onChange={(event) => tied.put(Forms.utcOf(event.target.value))}
        />
      )}
    </Framed>
  );
}

/** "7 days": a number and its unit. What is written otherwise stays as it is. */
export function LengthAt(props: Props) {
  const { t } = useLingui();
  const stepOf = useStepName();
  const tied = useField(props.field, props.optional);
  const shared = useShared(props, tied);
  const length = Forms.lengthOf(tied.text);
  const name = props.label ?? stepOf(props.field);
  const units: Record<Forms.Unit, string> = { day: t`days`, week: t`weeks`, hour: t`hours`, minute: t`minutes` };
  if (tied.text !== "" && !length)
    return (
      <Framed field={props.field}>
        <TextField {...shared} value={tied.text} onChange={(event) => tied.put(event.target.value)} />
      </Framed>
    );
  const { count, unit } = length ?? { count: "", unit: "day" as const };
  return (
    <Framed field={props.field}>
      <Field {...shared}>
        {(ties) => (
          <div className="grid grid-cols-[1fr_6.5rem] gap-2">
            <input
              {...ties}
              autoComplete="off"
              inputMode="numeric"
              value={count}
              disabled={tied.disabled}
              onChange={(event) => tied.put(Forms.lengthTyped(event.target.value, unit))}
              className={BOX}
            />
            <select
              aria-label={t`${name}: unit`}
              value={unit}
              disabled={tied.disabled}
              onChange={(event) => tied.put(Forms.lengthTyped(count, event.target.value as Forms.Unit))}
              className={BOX}
            >
              {Forms.UNITS.map((one) => (
                <option key={one} value={one}>
                  {units[one]}
                </option>
              ))}
            </select>
          </div>
        )}
      </Field>
    </Framed>
  );
}
