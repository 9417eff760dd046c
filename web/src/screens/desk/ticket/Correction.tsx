/** What the ticket is about, as a person says it: a digit picks, Enter confirms. A form like any other, so that every reader of screens knows it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import { useLanguage } from "../../../Language.tsx";
import { Button } from "../../../ui/Button.tsx";
import { BOX } from "../../../ui/Field.tsx";
import { useIntent } from "../Intent.ts";
import { percentText } from "../Percent.ts";
import { Key } from "./Key.tsx";

export type Guess = { readonly intent: string; readonly confidence: number };
/** What the keyboard may ask of it. */
export type Hand = { pick(at: number): void; other(): void };

const OTHER = "";

type Props = {
  guesses: readonly Guess[];
  /** All that the desk knows. */
  intents: readonly string[];
  /** What it was taken for, or what a person said it is. */
  chosen: string | undefined;
  busy: boolean;
  hand: Ref<Hand>;
  send: (intent: string) => void;
};

export function Correction({ guesses, intents, chosen, busy, hand, send }: Props) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const { language } = useLanguage();
  const name = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const list = useRef<HTMLSelectElement>(null);
  const isGuess = guesses.some(({ intent }) => intent === chosen);
  const [picked, pick] = useState<string | undefined>(chosen === undefined || isGuess ? chosen : OTHER);
  const [other, setOther] = useState(isGuess ? "" : (chosen ?? ""));
  useImperativeHandle(hand, () => ({
    pick(at) {
      const intent = guesses[at]?.intent;
      if (intent === undefined) return;
      pick(intent);
      // With the focus on it Enter sends the form, and a reader of screens says what was picked.
      box.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]')[at]?.focus();
    },
    other() {
      pick(OTHER);
      list.current?.focus();
    },
  }));
  const intent = picked === OTHER ? other : picked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (intent && !busy) send(intent);
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <fieldset ref={box} className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">
          <Trans>What is it about?</Trans>
        </legend>
        {guesses.map((guess, at) => (
          <label
            key={guess.intent}
            className="flex min-h-10 items-center gap-2 rounded-lg border border-line px-2 py-1 text-sm hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              aria-keyshortcuts={String(at + 1)}
              checked={picked === guess.intent}
              onChange={() => pick(guess.intent)}
              className="size-5 shrink-0 accent-(--color-accent)"
            />
            <Key>{String(at + 1)}</Key>
            <span className="min-w-0 flex-1">{nameOf(guess.intent)}</span>
            <span className="text-muted tabular-nums">{percentText(guess.confidence, language, 0)}</span>
          </label>
        ))}
        <div className="flex min-h-10 flex-wrap items-center gap-2 rounded-lg border border-line px-2 py-1 text-sm has-[input:checked]:border-accent has-[input:checked]:bg-accent-soft">
          <label className="flex items-center gap-2">
            <input
              type="radio"
              name={name}
              aria-keyshortcuts="0"
              checked={picked === OTHER}
              onChange={() => pick(OTHER)}
              className="size-5 shrink-0 accent-(--color-accent)"
            />
            <Key>0</Key>
            <Trans>Another</Trans>
          </label>
          <select
            ref={list}
            aria-label={t`Another intent`}
            value={other}
            onChange={(event) => {
              setOther(event.target.value);
              pick(OTHER);
            }}
            // A list by itself does not send its form.
            onKeyDown={(event) => {
              if (event.key !== "Enter" || other === "") return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
            className={`${BOX} min-w-40 flex-1`}
          >
            <option value="">{t`choose`}</option>
            {intents.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </div>
      </fieldset>
      <Button type="submit" look="primary" busy={busy} disabled={!intent}>
        <Trans>Confirm</Trans>
        <Key>Enter</Key>
      </Button>
    </form>
  );
}
