/** The one question whose answer would change most. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Field } from "../../../../src/matching/Brief.ts";
import { useSay, type Words } from "../../Language.tsx";
import { AnswerForm, ownOffset, Skip } from "./AnswerForm.tsx";
import { LAST } from "./Asking.ts";
import type { Fields } from "./Intake.ts";

type Props = {
  question: { readonly field: Field; readonly asks: Words; readonly changes: number };
  /** From 1. */
  number: number;
  brief: Fields;
  busy: boolean;
  answer: (answer: Fields) => void;
  skip: () => void;
};

export function QuestionCard({ question: { field, asks, changes }, number, brief, busy, answer, skip }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(field);
  useEffect(() => {
    // The next question is gone to; the first one waits until it is come to.
    if (first.current !== field) heading.current?.focus();
    first.current = field;
  }, [field]);
  const share = Math.round(changes * 100);
  return (
    <section
      aria-label={t`Question`}
      aria-busy={busy}
      className="rounded-xl border border-accent/60 bg-surface p-4 sm:p-5"
    >
      <p className="text-xs font-medium text-accent tabular-nums">
        <Trans>
          Question {number} of {LAST} at most
        </Trans>
      </p>
      <h2 ref={heading} tabIndex={-1} className="mt-1 text-base font-semibold">
        {say(asks)}
      </h2>
      <p className="mb-3 text-sm text-muted">
        <Trans>Asked because an answer changes {share} % of the first three places, in the mean.</Trans>
      </p>
      <AnswerForm
        key={field}
        field={field}
        brief={brief}
        offset={ownOffset()}
        submit={<Trans>Answer it</Trans>}
        busy={busy}
        answer={answer}
        others={<Skip onClick={skip} />}
      />
    </section>
  );
}
