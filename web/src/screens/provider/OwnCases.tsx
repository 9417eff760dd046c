/** Cases of one's own: brought from files, apart from those settled here. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useLanguage, type Words } from "../../Language.tsx";
import { client, refresh, useCall } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Drop } from "../../ui/Drop.tsx";
import { Check } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { formatOf } from "./CaseFile.ts";
import { Cases } from "./Cases.tsx";
import type { OwnProps } from "./Own.tsx";

export function OwnCases({ organisation, disabled }: OwnProps) {
  const { id } = organisation;
  const remove = useCall("DELETE /v1/organisations/{organisation}/provider/cases");
  return (
    <>
      {!disabled && <Bring organisation={id} />}
      {remove.isError && <Failure error={remove.error} />}
      <Cases
        provider={id}
        {...(disabled
          ? {}
          : {
              actionsOf: (one) =>
                one.from === "told" ? (
                  <Remove title={one.title} onClick={() => remove.mutate({ organisation: id, case: one.id })} />
                ) : (
                  <ShowTitle organisation={id} ledgerId={one.id} shown={one.settled?.shown ?? false} />
                ),
            })}
      />
    </>
  );
}

function Remove({ title, onClick }: { title: string; onClick: () => void }) {
  const { t } = useLingui();
  return (
    <div>
      <button
        type="button"
        aria-label={t`Remove ${title}`}
        onClick={onClick}
        className="inline-flex min-h-8 items-center gap-1 rounded-lg px-2 text-xs text-muted hover:bg-bad-soft hover:text-bad"
      >
        <Trash2 aria-hidden="true" className="size-3.5" />
        <Trans>Remove</Trans>
      </button>
    </div>
  );
}

function ShowTitle({ organisation, ledgerId, shown }: { organisation: string; ledgerId: string; shown: boolean }) {
  const { t } = useLingui();
  const publish = useCall("PUT /v1/organisations/{organisation}/provider/settled/{ledgerId}");
  return (
    <>
      {publish.isError && <Failure error={publish.error} />}
      <Check
        label={t`Show its title: it then counts as a case, with its words`}
        checked={shown}
        disabled={publish.isPending}
        onChange={(event) => publish.mutate({ organisation, ledgerId, shown: event.target.checked })}
      />
    </>
  );
}

function Bring({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [keepGood, setKeepGood] = useState(false);
  const take = useMutation({
    async mutationFn(file: File) {
      const text = await file.text();
      const format = formatOf(file.name, text);
      return client().call("POST /v1/organisations/{organisation}/provider/cases", {
        ...{ organisation, format, text, keepGood },
      });
    },
    onSuccess: () => refresh(),
  });
  const { data } = take;
  return (
    <Card
      title={t`Bring cases from elsewhere`}
      lead={t`A table (CSV), one JSON object a line (JSONL), or what git log prints. They stay marked as told by you.`}
    >
      <div className="grid gap-3">
        <Drop
          accept=".csv,.jsonl,.json,.txt,.log,text/csv,application/jsonl,text/plain"
          label={t`Drop a file of cases here`}
          hint={t`Columns or fields: id, at, area, title. For git: git log --format=… as the documentation says.`}
          disabled={take.isPending}
          take={(file) => take.mutate(file)}
        />
        <Check
          label={t`Keep the good lines where some are broken`}
          hint={t`Otherwise the whole file is refused, with every broken line and its field.`}
          checked={keepGood}
          onChange={(event) => setKeepGood(event.target.checked)}
        />
        <div aria-live="polite" className="grid gap-3">
          {take.isError && <Failure error={take.error} />}
          {data && (
            <Note tone={data.problems.length > 0 ? "warn" : "good"} title={t`The file was read`}>
              <p>
                <Plural value={data.added} one="# case is new" other="# cases are new" />
                {" · "}
                <Plural value={data.known} one="# was there already" other="# were there already" />
                {" · "}
                <Plural value={data.kept} one="# is kept in all" other="# are kept in all" />
              </p>
              {data.problems.length > 0 && (
                <ul>
                  {data.problems.slice(0, 20).map((problem) => (
                    <li key={problem.detail}>
                      {(problem.details as Partial<Words> | undefined)?.[language] ?? problem.detail}
                    </li>
                  ))}
                </ul>
              )}
            </Note>
          )}
        </div>
      </div>
    </Card>
  );
}
