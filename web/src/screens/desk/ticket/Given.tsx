/** What was answered, and by whom. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Card } from "../../../ui/Card.tsx";
import { When } from "../../../ui/When.tsx";
import type { Ticket } from "../Desk.ts";
import { langOf } from "../Lang.ts";

export function Given({ answer, language }: { answer: NonNullable<Ticket["answer"]>; language: string }) {
  const { t } = useLingui();
  const { text, citations, by, at } = answer;
  return (
    <Card title={t`Answered`}>
      <div className="grid gap-2">
        <blockquote lang={langOf(language)} className="border-l-4 border-good pl-3 whitespace-pre-wrap">
          {text}
        </blockquote>
        <p className="text-sm text-muted">
          {by === undefined ? <Trans>By the desk itself</Trans> : <Trans>By {by.name}</Trans>} ·{" "}
          <When at={at} far={false} />
          {citations.length > 0 && (
            <>
              {" "}
              · <Trans>word for word from {citations.join(", ")}</Trans>
            </>
          )}
        </p>
      </div>
    </Card>
  );
}
