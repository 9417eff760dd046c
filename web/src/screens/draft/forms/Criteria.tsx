/** What one milestone is judged by. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "../../../ui/Button.tsx";
import { usePart, useWriter } from "../write/Context.ts";
import * as Edits from "../write/Edits.ts";
import { ChoiceAt, ShareAt, useField, WordsAt } from "../write/fields.tsx";
import { Coded } from "./code/Coded.tsx";

export function Criteria({ milestone }: { milestone: number }) {
  const { edit, side } = useWriter();
  const listed = usePart(({ document }) => Edits.criteriaOf(document, milestone).join());
  const places = listed === "" ? [] : listed.split(",").map(Number);
  const { error, isMissing } = useField(`milestones[${milestone}].criteria`);
  return (
    <fieldset data-field={`milestones[${milestone}].criteria`} className="grid gap-3 border-l-2 border-line pl-3">
      <legend className="text-sm font-medium">
        <Trans>Accepted if</Trans>
      </legend>
      {(error !== "" || isMissing) && (
        <p className="text-xs font-medium text-bad">{isMissing ? <Trans>Still missing.</Trans> : error}</p>
      )}
      {places.map((place, index) => (
        <Criterion key={place} place={place} number={index + 1} />
      ))}
      {side && (
        <div className="flex flex-wrap gap-2">
          <Button look="quiet" onClick={() => edit((paper) => Edits.addCriterion(paper, milestone))}>
            <Plus aria-hidden="true" className="size-4" />
            <Trans>Add a criterion</Trans>
          </Button>
          {places.length > 1 && (
            <Button look="quiet" onClick={() => edit((paper) => Edits.evenWeights(paper, milestone))}>
              <Trans>Weigh them alike</Trans>
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

function Criterion({ place, number }: { place: number; number: number }) {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const field = `criteria[${place}]`;
  return (
    <div className="grid gap-3 rounded-lg bg-sunken/60 p-3">
      <WordsAt field={`${field}.what`} label={t`What holds`} />
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_6.5rem_auto]">
        <ChoiceAt
          field={`${field}.how`}
          choices={[
            ["test suite", t`test suite`],
            ["measurement", t`measurement`],
            ["inspection", t`inspection`],
            ["document", t`document`],
          ]}
        />
        <ChoiceAt
          field={`${field}.by`}
          choices={[
            ["client", t`client`],
            ["provider", t`provider`],
            ["both", t`both`],
            ["third party", t`third party`],
          ]}
        />
        <ShareAt field={`${field}.weight`} />
        {side && (
          <Button
            look="quiet"
            aria-label={t`Remove criterion ${number}`}
            onClick={() => edit((paper) => Edits.dropCriterion(paper, place))}
          >
            <Trash2 aria-hidden="true" className="size-4" />
          </Button>
        )}
      </div>
      <Coded field={field} />
    </div>
  );
}
