/** What the writer wrote, as text and nothing else: no markup of it is ever read. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Card } from "../../../ui/Card.tsx";
import { Note } from "../../../ui/Note.tsx";
import { When } from "../../../ui/When.tsx";
import type { Ticket } from "../Desk.ts";
import { langOf } from "../Lang.ts";
import { useDanger } from "../queue/Urgency.tsx";

export function Words({ ticket }: { ticket: Ticket }) {
  const { t } = useLingui();
  const dangerOf = useDanger();
  const { text, language, masked, count, references, source, at, packet } = ticket;
  const kinds: Record<string, string> = {
    mail: t`e-mail addresses`,
    phone: t`telephone numbers`,
    card: t`card numbers`,
    identity: t`identity numbers`,
  };
  const hidden = masked.map((kind) => kinds[kind] ?? kind);
  return (
    <Card title={t`What was written`}>
      <div className="grid gap-3">
        {packet.alarm && (
          <Note tone="bad" title={<Trans>Danger: {dangerOf(packet.alarm.danger)}</Trans>}>
            <Trans>It goes to a person first, whatever any score says. What told so:</Trans>{" "}
            <q>{packet.alarm.evidence}</q>
          </Note>
        )}
        <blockquote
          lang={langOf(language)}
          className="max-h-[60dvh] overflow-y-auto rounded-lg bg-sunken p-3 whitespace-pre-wrap"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard too
          tabIndex={0}
          aria-label={t`Text of the feedback`}
        >
          {text}
        </blockquote>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
          <li>
            <When at={at} />
          </li>
          <li>
            <Trans>from {source}</Trans>
          </li>
          {count > 1 && (
            <li>
              <Plural value={count} one="# message" other="# messages alike, folded into one" />
            </li>
          )}
          {hidden.length > 0 && (
            <li>
              <Trans>masked before anybody read it: {hidden.join(", ")}</Trans>
            </li>
          )}
          {references.length > 0 && (
            <li>
              <Trans>known to the sender as {references.slice(0, 5).join(", ")}</Trans>
            </li>
          )}
        </ul>
      </div>
    </Card>
  );
}
