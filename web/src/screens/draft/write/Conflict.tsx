/** Somebody saved a version while this one was written: what they changed, and how both are put together. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useFieldName } from "../../../agreement/FieldName.tsx";
import * as Paper from "../../../agreement/Paper.ts";
import { type Full, sideOf } from "../../../agreement/useAgreement.ts";
import { useAsk } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Shown } from "../../../ui/Waiting.tsx";
import { Changes } from "../../endings/Changes.tsx";
import { merge } from "./Merge.ts";
import type { Draft } from "./useDraft.ts";

type Props = { agreement: Full; draft: Draft };

export function Conflict({ agreement, draft }: Props) {
  const { t } = useLingui();
  const nameOf = useFieldName();
  const { id, version, document } = agreement;
  const { writing, rebase, discard } = draft;
  const answer = useAsk("GET /v1/agreements/{agreement}/compare", { agreement: id, from: writing.base, to: version });
  const merged = merge(writing.from, writing.document, document);
  const { conflicts } = merged;
  return (
    <Note
      tone="warn"
      role="alert"
      title={t`Version ${version} was saved while you were writing on version ${writing.base}`}
      actions={
        <>
          <Button look="primary" onClick={() => rebase({ base: version, from: document, document: merged.document })}>
            <Trans>Put both together</Trans>
          </Button>
          <Button onClick={() => rebase({ base: version, from: document, document: writing.document })}>
            <Trans>Keep only mine</Trans>
          </Button>
          <Button look="danger" onClick={discard}>
            <Trans>Take only theirs</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>Nothing you typed is lost, and nothing is saved before you save it. They changed:</Trans>
      </p>
      <div className="my-2 max-h-60 overflow-y-auto rounded-lg bg-surface p-3">
        <Shown answer={answer} rows={1}>
          {({ differences }) => <Changes changes={differences} mine={sideOf(agreement)} />}
        </Shown>
      </div>
      {conflicts.length > 0 && (
        <>
          <p className="font-medium">
            <Trans>Both of you changed these. Put together, yours stands:</Trans>
          </p>
          <ul>
            {conflicts.map(({ field, theirs }) => (
              <li key={field}>
                {nameOf(field)}{" "}
                <span className="text-muted">
                  · {t`theirs`}: {Paper.textAt({ theirs }, "theirs").slice(0, 120)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}
