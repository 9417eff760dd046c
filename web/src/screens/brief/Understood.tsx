/** A brief as it is understood, field by field: what is known, what is open, each to be put right where it stands. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Check, CircleDashed, Pencil } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Field } from "../../../../src/matching/Brief.ts";
import { Button } from "../../ui/Button.tsx";
import { AnswerForm, ownOffset } from "./AnswerForm.tsx";
import { Chips } from "./Chips.tsx";
import { useFieldNames, useValueText } from "./FieldNames.ts";
import type { Fields } from "./Intake.ts";

const SHOWN = [
  ...(["outcome", "skills", "criteria", "compliance"] as const),
  ...(["budget", "overlap", "start", "term"] as const),
];

type Props = {
  brief: Fields;
  /** Absent: it is only shown. */
  change?: ((answer: Fields) => void) | undefined;
};

export function Understood({ brief, change }: Props) {
  const [open, setOpen] = useState<Field>();
  return (
    <ul className="grid">
      {SHOWN.map((field) => (
        <Row
          key={field}
          field={field}
          brief={brief}
          isOpen={open === field}
          toggle={change && (() => setOpen(open === field ? undefined : field))}
        >
          {change && open === field && (
            <AnswerForm
              field={field}
              brief={brief}
              offset={ownOffset()}
              submit={<Trans>Take it so</Trans>}
              answer={(answer) => {
                change(answer);
                setOpen(undefined);
              }}
              others={
                <Button onClick={() => setOpen(undefined)}>
                  <Trans>Keep it as it is</Trans>
                </Button>
              }
            />
          )}
        </Row>
      ))}
    </ul>
  );
}

type RowProps = {
  field: Field;
  brief: Fields;
  isOpen: boolean;
  toggle: (() => void) | undefined;
  children: ReactNode;
};

function Row({ field, brief, isOpen, toggle, children }: RowProps) {
  const { t } = useLingui();
  const name = useFieldNames()[field];
  const isKnown = brief[field] !== undefined;
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-start gap-x-2 border-b border-line py-2 last:border-0">
      {isKnown ? (
        <Check aria-hidden="true" className="mt-0.5 size-4 text-good" />
      ) : (
        <CircleDashed aria-hidden="true" className="mt-0.5 size-4 text-muted" />
      )}
      <div className="min-w-0">
        <p className="text-xs text-muted">{name}</p>
        <div className="text-sm">{isOpen ? children : isKnown ? <Value field={field} brief={brief} /> : <Open />}</div>
      </div>
      {toggle && !isOpen && (
        <button
          type="button"
          onClick={toggle}
          aria-label={t`Change: ${name}`}
          className="inline-flex size-8 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
        >
          <Pencil aria-hidden="true" className="size-4" />
        </button>
      )}
    </li>
  );
}

function Open() {
  return (
    <span className="text-muted">
      <Trans>not said yet</Trans>
    </span>
  );
}

function Value({ field, brief }: { field: Field; brief: Fields }) {
  const textOf = useValueText();
  switch (field) {
    case "outcome":
      return (
        <p dir="auto" className="line-clamp-4">
          {brief.outcome}
        </p>
      );
    case "skills":
    case "compliance": {
      const names = brief[field] ?? [];
      return names.length > 0 ? <Chips names={names} /> : <Trans>none needed</Trans>;
    }
    case "criteria":
      return (
        <ul className="grid gap-1">
          {(brief.criteria ?? []).map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same
            <li key={at} dir="auto" className="line-clamp-3">
              {one}
            </li>
          ))}
        </ul>
      );
    default:
      return <p>{textOf(field, brief)}</p>;
  }
}

/** How much of it is there. */
export function Completeness({ brief }: { brief: Fields }) {
  const id = useId();
  const total = SHOWN.length;
  const known = SHOWN.filter((field) => brief[field] !== undefined).length;
  return (
    <div className="grid gap-1">
      <p id={id} className="text-sm text-muted tabular-nums">
        <Trans>
          {known} of {total} known
        </Trans>
      </p>
      <progress
        aria-labelledby={id}
        value={known}
        max={total}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}
