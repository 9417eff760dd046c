/** A new brief: what is needed, in one's own words, and what is understood of it while it is written. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useKept } from "../../Kept.ts";
import { useSay } from "../../Language.tsx";
import { useCall } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { BOX, Select } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { Above } from "./BriefPage.tsx";
import type { Fields } from "./Intake.ts";
import { Completeness, Understood } from "./Understood.tsx";
import { type Intake, useIntake } from "./useIntake.ts";

/** Characters that the node reads. */
const LONGEST = 100_000;

export function New() {
  const { t } = useLingui();
  const me = useMe();
  const { organisation, now } = useSession();
  const able = me.organisations.filter(({ role }) => role !== "auditor");
  const [own, setOwn] = useState((able.find(({ id }) => id === organisation?.id) ?? able[0])?.id ?? "");
  const [text, setText, forgetText] = useKept("brief", "");
  const [answers, setAnswers, forgetAnswers] = useKept<Fields>("brief-answers", {});
  const [at] = useState(() => Math.floor(now() / 1000));
  const intake = useIntake(text, answers, at);
  const navigate = useNavigate();
  const save = useCall("POST /v1/organisations/{organisation}/briefs", ({ organisation, id }) => {
    forgetText();
    forgetAnswers();
    void navigate({ to: "/briefs/$organisation/$brief", params: { organisation, brief: id } });
  });
  return (
    <Page
      title={t`What do you need?`}
      above={<Above />}
      lead={<Trans>A sentence is enough. What matters and is missing, you are asked: five questions at most.</Trans>}
    >
      {save.isError && <Failure error={save.error} />}
      {able.length === 0 ? (
        <Note tone="warn" title={t`You can only look on in your organisations`}>
          <Trans>Ask an owner for another role, or found an organisation of your own.</Trans>
        </Note>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate({ organisation: own, text, fields: answers });
            }}
          >
            <Need text={text} set={setText} intake={intake} />
            {able.length > 1 && (
              <Select label={t`For`} value={own} onChange={(event) => setOwn(event.target.value)}>
                {able.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
            <div>
              <Button
                type="submit"
                look="primary"
                busy={save.isPending}
                disabled={intake.pending || !intake.understood?.fields}
              >
                <Trans>Go on</Trans>
              </Button>
            </div>
          </form>
          <Live intake={intake} change={(answer) => setAnswers({ ...answers, ...answer })} />
        </div>
      )}
    </Page>
  );
}

function Need({ text, set, intake }: { text: string; set: (text: string) => void; intake: Intake }) {
  const { t } = useLingui();
  const id = useId();
  const say = useSay();
  const { problem } = intake.understood ?? {};
  const examples = [
    t`Guests of our thirty tea shops should order at the table by phone, in WeChat. Budget up to CNY 200,000, within 3 months.`,
    t`Our invoices are typed by hand. We want them read automatically and put into SAP.`,
    t`Move our web shop from MySQL to PostgreSQL without downtime. GDPR applies. Start as soon as possible, 6 weeks.`,
  ];
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        <Trans>Your need, in English or Chinese</Trans>
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={9}
        maxLength={LONGEST}
        value={text}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={(event) => set(event.target.value)}
        className={`${BOX} text-base`}
      />
      <p id={`${id}-hint`} className="text-xs text-muted">
        <Trans>What should be there at the end? Until when, for how much, and what must it keep to?</Trans>
      </p>
      {problem !== undefined && (
        <p role="alert" className="text-xs font-medium text-bad">
          {say(problem)}
        </p>
      )}
      {text === "" && (
        <ul className="mt-2 grid gap-2" aria-label={t`Examples`}>
          <li aria-hidden="true" className="text-sm font-medium">
            <Trans>Or begin with an example</Trans>
          </li>
          {examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => set(example)}
                className="w-full rounded-lg border border-dashed border-edge px-3 py-2 text-left text-sm text-muted hover:border-accent hover:text-ink"
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Kept in sight beside the text. */
function Live({ intake, change }: { intake: Intake; change: (answer: Fields) => void }) {
  const { t } = useLingui();
  const { understood, pending, failed } = intake;
  const brief = understood?.fields;
  return (
    <div className="lg:sticky lg:top-20">
      <Card
        title={t`As we understand it`}
        lead={t`Put right what is not so. Nothing is guessed: what you do not say stays open.`}
      >
        {failed !== undefined && (
          <Note tone="bad" role="alert" title={t`It could not be read`}>
            {failed}
          </Note>
        )}
        <div aria-busy={pending} className={`grid gap-3 transition-opacity ${pending ? "opacity-60" : ""}`}>
          <Completeness brief={brief ?? {}} />
          <Understood brief={brief ?? {}} change={brief && change} />
        </div>
      </Card>
    </div>
  );
}
