/** A file of feedback: taken line by line, what is wrong with a line is told, and stops no other. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCall } from "../../../Node.ts";
import { ButtonLink } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Drop } from "../../../ui/Drop.tsx";
import { Select } from "../../../ui/Field.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Failure, Loading } from "../../../ui/Waiting.tsx";
import { BadLines } from "../BadLines.tsx";
import { type Taken, useDesk, useIds, useRights } from "../Desk.ts";
import * as File from "../File.ts";
import { FORMATS, type Format, useFormats } from "../Formats.ts";

export function Import() {
  const { t } = useLingui();
  const ids = useIds();
  const { write } = useRights();
  const { data: desk } = useDesk();
  const names = useFormats();
  const [format, setFormat] = useState<Format>("auto");
  const [chosen, setChosen] = useState<{ name: string; isBig: boolean }>();
  const take = useCall("POST /v1/organisations/{organisation}/desks/{desk}/imports");
  const isStopped = desk?.state === "stopped";
  const read = async (file: Blob & { name: string }) => {
    const isBig = file.size > File.MOST;
    setChosen({ name: file.name, isBig });
    take.reset();
    if (!isBig) take.mutate({ ...ids, format, content: await File.contentOf(file), source: file.name.slice(0, 60) });
  };
  return (
    <Page
      title={t`Import feedback`}
      lead={t`Personal data is masked before anything else reads the text; the original is not kept. What says the same becomes one ticket with a count.`}
    >
      {!write || isStopped ? (
        <Note tone="warn">
          {isStopped ? (
            <Trans>The desk was stopped: nothing more comes in.</Trans>
          ) : (
            <Trans>You may read here, and not bring anything in.</Trans>
          )}
        </Note>
      ) : (
        <Card>
          <div className="grid gap-4">
            <Drop
              accept=".csv,.tsv,.jsonl,.ndjson,.json,.mbox,.txt,text/csv,application/json"
              label={t`Drop a file of feedback here`}
              hint={t`CSV, an app store's export, JSON Lines, a mail box, GitHub issues. At most 5 MB.`}
              disabled={take.isPending}
              take={(file) => void read(file)}
            />
            <div className="max-w-sm">
              <Select
                label={t`What the file is`}
                value={format}
                onChange={(event) => setFormat(event.target.value as Format)}
              >
                {FORMATS.map((one) => (
                  <option key={one} value={one}>
                    {names[one]}
                  </option>
                ))}
              </Select>
            </div>
          </div>
        </Card>
      )}
      <div aria-live="polite" className="grid gap-5">
        {take.isPending && (
          <>
            <p className="text-sm text-muted">
              <Trans>{chosen?.name} is being read and decided. The first time the desk also learns its intents.</Trans>
            </p>
            <Loading rows={2} />
          </>
        )}
        {chosen?.isBig && (
          <Note tone="bad" title={t`The file is too big`}>
            <Trans>{chosen.name} has more than 5 MB. Cut it in parts: what came before is noticed.</Trans>
          </Note>
        )}
        {take.isError && <Failure error={take.error} />}
        {take.data && <Result name={chosen?.name ?? ""} taken={take.data} />}
      </div>
    </Page>
  );
}

function Result({ name, taken }: { name: string; taken: Taken }) {
  const { t } = useLingui();
  const ids = useIds();
  const { feedback, folded, known, bad, badCount, ticketCount } = taken;
  if (known) {
    return (
      <Note tone="info" title={t`This very file came before`}>
        <Trans>Nothing was taken a second time.</Trans>
      </Note>
    );
  }
  return (
    <>
      <Note
        tone={feedback > 0 ? "good" : "warn"}
        title={
          feedback > 0 ? (
            <Plural
              value={feedback}
              one={`${name}: # piece of feedback was taken`}
              other={`${name}: # pieces of feedback were taken`}
            />
          ) : (
            <Trans>Nothing in {name} could be taken</Trans>
          )
        }
        actions={
          feedback > 0 && (
            <ButtonLink to="/desks/$organisation/$desk" params={ids} look="primary">
              <Trans>Look at the queue</Trans>
            </ButtonLink>
          )
        }
      >
        <ul className="list-inside list-disc">
          <li>
            <Plural value={ticketCount} one="# new ticket" other="# new tickets" />
          </li>
          <li>
            <Plural
              value={folded}
              one="# went to a ticket that says the same"
              other="# went to tickets that say the same"
            />
          </li>
          <li>
            <Plural value={badCount} one="# line could not be read" other="# lines could not be read" />
          </li>
        </ul>
      </Note>
      <BadLines bad={bad} count={badCount} />
    </>
  );
}
