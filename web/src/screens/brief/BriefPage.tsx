/** One brief: what is known of it, the question that would change most, and what to do with it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useKept } from "../../Kept.ts";
import { useAsk, useCall } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check, TextArea } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { type Kept, titleOf } from "./Brief.ts";
import { DraftTerms } from "./DraftTerms.tsx";
import type { Fields } from "./Intake.ts";
import { Invited } from "./Invited.tsx";
import { Questions } from "./Questions.tsx";
import { Completeness, Understood } from "./Understood.tsx";

export function BriefPage() {
  const { organisation = "", brief = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/organisations/{organisation}/briefs/{brief}", { organisation, brief });
  return <Shown answer={answer}>{(kept) => <One key={kept.id} brief={kept} />}</Shown>;
}

function One({ brief }: { brief: Kept }) {
  const { t } = useLingui();
  const { organisation, id, state } = brief;
  const isOpen = state === "open";
  const update = useCall("PATCH /v1/organisations/{organisation}/briefs/{brief}");
  const change = (fields: Fields) => update.mutate({ organisation, brief: id, fields });
  return (
    <Page
      title={titleOf(brief)}
      above={<Above />}
      lead={isOpen ? undefined : <Badge>{t`closed`}</Badge>}
      actions={
        <ButtonLink to="/briefs/$organisation/$brief/matches" params={{ organisation, brief: id }} look="primary">
          <Trans>See who fits</Trans>
        </ButtonLink>
      }
    >
      {update.isError && <Failure error={update.error} />}
      {isOpen && <Questions brief={brief} change={change} busy={update.isPending} />}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t`As we understand it`} lead={isOpen && t`Put right what is not so.`}>
          <div className="grid gap-3" aria-busy={update.isPending}>
            <Completeness brief={brief.fields} />
            <Understood brief={brief.fields} change={isOpen ? change : undefined} />
          </div>
        </Card>
        <div className="grid gap-5">
          <Text brief={brief} />
          <Invited brief={brief} />
          <Card title={t`Terms`} lead={t`What is known becomes a draft that both sides then write to its end.`}>
            <DraftTerms brief={brief} />
          </Card>
          <Sharing brief={brief} />
        </div>
      </div>
    </Page>
  );
}

export function Above() {
  return (
    <ButtonLink to="/briefs" look="quiet" more="-ml-4 mb-1">
      <span aria-hidden="true">←</span>
      <Trans>Find a provider</Trans>
    </ButtonLink>
  );
}

function Text({ brief }: { brief: Kept }) {
  const { t } = useLingui();
  const { organisation, id } = brief;
  const [text, set, forget] = useKept(`brief-text-${id}`, brief.text);
  const [open, setOpen] = useState(text !== brief.text);
  const update = useCall("PATCH /v1/organisations/{organisation}/briefs/{brief}", () => {
    forget();
    setOpen(false);
  });
  return (
    <Card
      title={t`In your words`}
      actions={
        !open &&
        brief.state === "open" && (
          <Button onClick={() => setOpen(true)}>
            <Trans>Change the text</Trans>
          </Button>
        )
      }
    >
      {open ? (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            update.mutate({ organisation, brief: id, text });
          }}
        >
          {update.isError && <Failure error={update.error} />}
          <TextArea
            label={t`Your need, in English or Chinese`}
            hint={t`It is read anew; what you put right by hand stays.`}
            dir="auto"
            rows={8}
            maxLength={100_000}
            value={text}
            onChange={(event) => set(event.target.value)}
          />
          <div className="flex gap-2">
            <Button look="primary" type="submit" busy={update.isPending}>
              <Trans>Read it anew</Trans>
            </Button>
            <Button
              onClick={() => {
                set(brief.text);
                forget();
                setOpen(false);
              }}
            >
              <Trans>Keep it as it is</Trans>
            </Button>
          </div>
        </form>
      ) : (
        <p dir="auto" className="max-h-80 overflow-y-auto text-sm whitespace-pre-wrap">
          {brief.text}
        </p>
      )}
    </Card>
  );
}

function Sharing({ brief: { organisation, id, shown, state } }: { brief: Kept }) {
  const { t } = useLingui();
  const update = useCall("PATCH /v1/organisations/{organisation}/briefs/{brief}");
  const close = useCall("POST /v1/organisations/{organisation}/briefs/{brief}/close");
  return (
    <Card title={t`Who may ask why`}>
      <div className="grid gap-3">
        {(update.isError || close.isError) && <Failure error={update.error ?? close.error} />}
        <Check
          label={t`Every provider that was ranked may see its own place and recompute the ranking`}
          hint={t`Otherwise only those you invite may. Nobody sees the names or numbers of others either way, but in the inputs.`}
          checked={shown}
          disabled={update.isPending || state === "closed"}
          onChange={(event) => update.mutate({ organisation, brief: id, shown: event.target.checked })}
        />
        {state === "open" ? (
          <div>
            <Button busy={close.isPending} onClick={() => close.mutate({ organisation, brief: id })}>
              <Trans>Close this brief</Trans>
            </Button>
          </div>
        ) : (
          <Note>
            <Trans>It is closed: nobody is invited to it any more.</Trans>
          </Note>
        )}
      </div>
    </Card>
  );
}
