/** Examples from a file: labelled history, the frozen set, texts outside of all intents. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type Input, type Output, useCall } from "../../../Node.ts";
import { Card } from "../../../ui/Card.tsx";
import { Drop } from "../../../ui/Drop.tsx";
import { Check, Select } from "../../../ui/Field.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { BadLines } from "../BadLines.tsx";
import { useIds } from "../Desk.ts";
import * as File from "../File.ts";

const TEACH = "POST /v1/organisations/{organisation}/desks/{desk}/examples";
type Kind = Input<typeof TEACH>["kind"];

export function Teach() {
  const { t } = useLingui();
  const ids = useIds();
  const [kind, setKind] = useState<Kind>("history");
  const [replace, setReplace] = useState(false);
  const [isBig, setBig] = useState(false);
  const teach = useCall(TEACH);
  const says: Record<Kind, { name: string; hint: string }> = {
    history: { name: t`Labelled history`, hint: t`A text and its intent in each row: what the desk learns.` },
    frozen: {
      name: t`Frozen set`,
      hint: t`Labelled rows that it never learns: a new model works only if it is no worse on them.`,
    },
    outside: { name: t`Outside of all intents`, hint: t`Texts that it should hand over, whatever they resemble.` },
  };
  const read = async (file: Blob) => {
    setBig(file.size > File.MOST);
    if (file.size <= File.MOST) teach.mutate({ ...ids, kind, replace, content: await File.contentOf(file) });
  };
  return (
    <Card title={t`Give it examples`}>
      <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Select
            label={t`What they are for`}
            hint={says[kind].hint}
            value={kind}
            onChange={(event) => setKind(event.target.value as Kind)}
          >
            {(["history", "frozen", "outside"] as const).map((one) => (
              <option key={one} value={one}>
                {says[one].name}
              </option>
            ))}
          </Select>
          <div className="sm:pt-7">
            <Check
              label={t`In place of those that are there`}
              checked={replace}
              onChange={(event) => setReplace(event.target.checked)}
            />
          </div>
        </div>
        <Drop
          accept=".csv,.jsonl,.ndjson,.json,.txt"
          label={t`Drop a file of examples here`}
          hint={t`CSV or JSON Lines with a text and a label. At most 5 MB.`}
          disabled={teach.isPending}
          take={(file) => void read(file)}
        />
        <div aria-live="polite" className="grid gap-4">
          {isBig && <Note tone="bad">{t`The file has more than 5 MB.`}</Note>}
          {teach.isError && <Failure error={teach.error} />}
          {teach.data && <Taught taught={teach.data} />}
        </div>
      </div>
    </Card>
  );
}

function Taught({ taught }: { taught: Output<typeof TEACH> }) {
  const { taken, unlabelled, bad, badCount, examples } = taught;
  return (
    <>
      <Note tone={taken > 0 ? "good" : "warn"} title={<Trans>{taken} examples were taken</Trans>}>
        <p>
          <Trans>
            Now there are: {examples.history} to learn from, {examples.frozen} frozen, {examples.outside} outside.
          </Trans>
        </p>
        {unlabelled > 0 && (
          <p>
            <Trans>{unlabelled} rows had no label and were left out.</Trans>
          </p>
        )}
      </Note>
      <BadLines bad={bad} count={badCount} />
    </>
  );
}
