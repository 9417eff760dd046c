/** One field of a brief, answered or put right. What stands in its boxes is kept until it is said. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Field } from "../../../../src/matching/Brief.ts";
import { Button } from "../../ui/Button.tsx";
import { answerOf, type Boxes, boxesOf } from "./Answer.ts";
import { BOXES, type BoxProps } from "./AnswerBoxes.tsx";
import type { Fields } from "./Intake.ts";

type Props = {
  field: Field;
  brief: Fields;
  /** Of the reader, in minutes east of UTC. */
  offset: number;
  submit: ReactNode;
  busy?: boolean;
  answer: (answer: Fields) => void;
  others?: ReactNode;
};

/** Minutes east of UTC, in an ordinary winter. */
export const ownOffset = (): number =>
  -Math.max(new Date(2026, 0, 1).getTimezoneOffset(), new Date(2026, 6, 1).getTimezoneOffset());

export function AnswerForm({ field, brief, offset, submit, busy = false, answer, others }: Props) {
  const [boxes, set] = useState<Boxes>(() => boxesOf(field, brief, offset));
  const [wrong, setWrong] = useState<string>();
  const errors = useErrors();
  const Box = BOXES[field];
  const send = (event: FormEvent) => {
    event.preventDefault();
    const value = answerOf(field, boxes);
    if ("wrong" in value) setWrong(value.wrong);
    else answer(value.answer);
  };
  const shared: BoxProps = {
    boxes,
    put: (name, value) => {
      set({ ...boxes, [name]: value });
      setWrong(undefined);
    },
    errorOf: (name) => (wrong === name ? (errors[name] ?? "") : ""),
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-3">
      <Box {...shared} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" busy={busy}>
          {submit}
        </Button>
        {others}
      </div>
    </form>
  );
}

function useErrors(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return {
    outcome: t`Say in a sentence what you want to have at the end.`,
    skills: t`Choose at least one skill, or skip the question.`,
    criteria: t`Say in a sentence when it is done.`,
    most: t`A whole amount above zero, without cents.`,
    least: t`A whole amount, not above the highest.`,
    hours: t`From 0 to 8 hours a day.`,
    start: t`Choose a day.`,
    count: t`A whole number above zero; ten years at most.`,
  };
}

export function Skip({ onClick }: { onClick: () => void }) {
  return (
    <Button look="quiet" onClick={onClick}>
      <Trans>I do not know yet</Trans>
    </Button>
  );
}
