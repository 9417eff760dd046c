/** Names beside each other: skills and certificates, in the language of the page. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useSay, type Words } from "../../Language.tsx";
import { wordsOf as skillWordsOf } from "./Skills.ts";

const CHIP = "inline-flex min-h-7 items-center gap-1 rounded-full border border-line bg-sunken px-2.5 text-sm";

type Props = {
  names: readonly string[];
  wordsOf?: (name: string) => Words;
  /** Each can be taken out. */
  remove?: (name: string) => void;
  /** Those that matter here. */
  marked?: readonly string[];
};

export function Chips({ names, wordsOf = skillWordsOf, remove, marked }: Props) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <ul className="flex flex-wrap gap-1.5">
      {names.map((name) => {
        const text = say(wordsOf(name));
        const isMarked = marked?.includes(name) ?? false;
        return (
          <li key={name} className={isMarked ? `${CHIP} border-accent font-medium text-accent` : CHIP}>
            <bdi>{text}</bdi>
            {isMarked && <span className="sr-only">{t`(wanted)`}</span>}
            {remove && (
              <button
                type="button"
                aria-label={t`Remove ${text}`}
                onClick={() => remove(name)}
                className="-mr-1.5 inline-flex size-6 items-center justify-center rounded-full text-muted hover:bg-bad-soft hover:text-bad"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
