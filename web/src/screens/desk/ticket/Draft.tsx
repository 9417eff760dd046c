/** The answer: approved words as they stand, or a person's own. Nothing is sent that was not seen first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { BookOpen } from "lucide-react";
import { type FormEvent, type Ref, useImperativeHandle, useRef } from "react";
import { useKept } from "../../../Kept.ts";
import { useSay } from "../../../Language.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { TextArea } from "../../../ui/Field.tsx";
import { Note } from "../../../ui/Note.tsx";
import type { Ticket } from "../Desk.ts";
import { langOf } from "../Lang.ts";
import { Key } from "./Key.tsx";

export type DraftHand = { focus(): void };

type Props = {
  ticket: Ticket;
  mayAnswer: boolean;
  busy: boolean;
  hand: Ref<DraftHand>;
  send: (text: string) => void;
};

export function Draft({ ticket, mayAnswer, busy, hand, send }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { packet, language, danger, id } = ticket;
  const { draft, missing } = packet;
  const give = useRef<HTMLButtonElement>(null);
  const write = useRef<HTMLTextAreaElement>(null);
  const [own, setOwn, forget] = useKept(`desk.answer.${id}`, "");
  useImperativeHandle(hand, () => ({ focus: () => (give.current ?? write.current)?.focus() }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (own.trim() === "" || busy) return;
    forget();
    send(own.trim());
  };
  return (
    <Card title={t`Answer to the writer`}>
      <div className="grid gap-4">
        {missing.length > 0 && (
          <Note tone="warn" title={t`What the writer has not told`}>
            <ul className="list-inside list-disc">
              {missing.map(({ what, says }) => (
                <li key={what}>{say(says)}</li>
              ))}
            </ul>
          </Note>
        )}
        {draft === undefined ? (
          <p className="text-sm text-muted">
            {danger === undefined ? (
              <Trans>There are no approved words for it in this language.</Trans>
            ) : (
              <Trans>With something dangerous no ready words go along: a person finds them.</Trans>
            )}
          </p>
        ) : (
          <div className="grid gap-2">
            <blockquote lang={langOf(language)} className="border-l-4 border-accent pl-3 whitespace-pre-wrap">
              {draft.text}
            </blockquote>
            <p className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
              <BookOpen aria-hidden="true" className="size-4" />
              {draft.from === "playbook" ? (
                <Trans>Draft, word for word from</Trans>
              ) : (
                <Trans>Draft, what a person answered in</Trans>
              )}
              {draft.citations.map((one) => (
                <code key={one} className="rounded bg-sunken px-1.5 text-xs">
                  {one}
                </code>
              ))}
            </p>
            {mayAnswer && (
              <div className="flex flex-wrap gap-2">
                <Button ref={give} look="primary" busy={busy} onClick={() => send(draft.text)} aria-keyshortcuts="D">
                  <Trans>Answer with these words</Trans>
                  <Key>D</Key>
                </Button>
                <Button
                  onClick={() => {
                    setOwn(draft.text);
                    write.current?.focus();
                  }}
                >
                  <Trans>Change them first</Trans>
                </Button>
              </div>
            )}
          </div>
        )}
        {mayAnswer && (
          <form onSubmit={submit} className="grid gap-2">
            <TextArea
              ref={write}
              label={draft === undefined ? t`Your answer` : t`Or your own words`}
              value={own}
              lang={langOf(language)}
              maxLength={8_000}
              onChange={(event) => setOwn(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              hint={t`Ctrl+Enter sends it.`}
            />
            <div>
              <Button type="submit" busy={busy} disabled={own.trim() === ""}>
                <Trans>Answer in my words</Trans>
              </Button>
            </div>
          </form>
        )}
      </div>
    </Card>
  );
}
