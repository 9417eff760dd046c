/** What was found in a contract, each with the words that say so, and what is still to be written. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useFieldName } from "../../../agreement/FieldName.tsx";
import { useSay } from "../../../Language.tsx";
import type { Output } from "../../../Node.ts";
import { ButtonLink } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Note } from "../../../ui/Note.tsx";

type Word = Output<"POST /v1/agreements/word">;

export function WordResult({ file, word }: { file: string; word: Word }) {
  const { t } = useLingui();
  const { findings, gaps, agreement } = word;
  const [found, missing] = [findings.length, gaps.length];
  return (
    <div className="grid gap-4">
      <Note
        tone="good"
        role="status"
        title={t`${file}: ${found} things were found, ${missing} are missing or unclear`}
        actions={
          <ButtonLink look="primary" to="/agreements/$agreement/draft" params={{ agreement: agreement.id }}>
            <Trans>Go on with the draft</Trans>
          </ButtonLink>
        }
      >
        <Trans>Nothing was guessed. The draft is saved; the gaps wait there as a list of things to do.</Trans>
      </Note>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title={t`Found`}>
          <Found findings={findings} />
        </Card>
        <Card title={t`Still to be written`}>
          <Missing gaps={gaps} />
        </Card>
      </div>
    </div>
  );
}

function Found({ findings }: { findings: Word["findings"] }) {
  const say = useSay();
  const nameOf = useFieldName();
  return (
    <ul className="grid max-h-[32rem] gap-3 overflow-y-auto pr-2 text-sm">
      {findings.map(({ field, value, place, how }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field can be found twice
        <li key={`${field} ${index}`}>
          <p className="text-xs text-muted">{nameOf(field)}</p>
          <p className="font-medium">{typeof value === "string" ? cut(value) : JSON.stringify(value)}</p>
          <p className="text-xs text-muted">
            “{cut(place.text)}” · {say(how)}
          </p>
        </li>
      ))}
    </ul>
  );
}

const cut = (text: string): string => (text.length > 160 ? `${[...text].slice(0, 159).join("")}…` : text);

function Missing({ gaps }: { gaps: Word["gaps"] }) {
  const say = useSay();
  const nameOf = useFieldName();
  return (
    <ul className="grid max-h-[32rem] gap-3 overflow-y-auto pr-2 text-sm">
      {gaps.map(({ field, what, places }) => (
        <li key={field}>
          <p className="font-medium">{nameOf(field)}</p>
          <p className="text-muted">{say(what)}</p>
          {places?.map(({ block, start, text }) => (
            <p key={`${block} ${start}`} className="text-xs text-muted">
              “{cut(text)}”
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
