/** Names out of a long list, looked for in either language: what is typed finds them, Enter takes the first. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { type ReactNode, useDeferredValue, useRef, useState } from "react";
import { useSay, type Words } from "../../Language.tsx";
import { BOX, Field } from "../../ui/Field.tsx";
import { Chips } from "./Chips.tsx";

type Props = {
  label: ReactNode;
  placeholder: string;
  chosen: readonly string[];
  set: (chosen: readonly string[]) => void;
  /** Names that a word means, best first, without those chosen. */
  search: (word: string, without: readonly string[]) => readonly string[];
  wordsOf: (name: string) => Words;
  error?: ReactNode;
  /** The most that may be chosen. */
  most: number;
  disabled?: boolean;
};

export function Picker({ label, placeholder, chosen, set, search, wordsOf, error, most, disabled = false }: Props) {
  const { t } = useLingui();
  const [word, setWord] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const looked = useDeferredValue(word);
  const found = search(looked, chosen);
  const take = (name: string) => {
    if (chosen.length < most) set([...chosen, name]);
    setWord("");
    box.current?.focus();
  };
  return (
    <div className="grid gap-2">
      <Field label={label} error={error} hint={t`In English or Chinese. Enter takes the first one found.`}>
        {(ties) => (
          <input
            {...ties}
            ref={box}
            type="search"
            dir="auto"
            autoComplete="off"
            maxLength={100}
            value={word}
            placeholder={placeholder}
            disabled={disabled}
            onChange={(event) => setWord(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || word.trim() === "") return;
              event.preventDefault();
              const [first] = search(word, chosen);
              if (first !== undefined) take(first);
            }}
            className={BOX}
          />
        )}
      </Field>
      <p role="status" className="sr-only">
        {looked !== "" && <Plural value={found.length} one="# found" other="# found" />}
      </p>
      {looked.trim() !== "" && <Found found={found} wordsOf={wordsOf} take={take} />}
      {chosen.length > 0 && (
        <Chips
          names={chosen}
          wordsOf={wordsOf}
          {...(disabled ? {} : { remove: (name: string) => set(chosen.filter((one) => one !== name)) })}
        />
      )}
    </div>
  );
}

type FoundProps = { found: readonly string[]; wordsOf: (name: string) => Words; take: (name: string) => void };

function Found({ found, wordsOf, take }: FoundProps) {
  const { t } = useLingui();
  const say = useSay();
  if (found.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Trans>Nothing is called that. Try a broader word.</Trans>
      </p>
    );
  }
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label={t`What was found`}>
      {found.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => take(name)}
            className="inline-flex min-h-8 items-center gap-1 rounded-full border border-dashed border-edge px-2.5 text-sm hover:border-accent hover:bg-accent-soft"
          >
            <Plus aria-hidden="true" className="size-3.5 text-accent" />
            {say(wordsOf(name))}
          </button>
        </li>
      ))}
    </ul>
  );
}
