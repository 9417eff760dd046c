/** Pay by result: what is measured, by whom, when, and what each value pays. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import * as Paper from "../../../agreement/Paper.ts";
import { Button } from "../../../ui/Button.tsx";
import { Check } from "../../../ui/Field.tsx";
import { usePart, useWriter } from "../write/Context.ts";
import * as Edits from "../write/Edits.ts";
import { AmountAt, ChoiceAt, LengthAt, TextAt, TimeAt, WordsAt } from "../write/fields.tsx";

export function Outcome() {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const has = usePart(({ document }) => Paper.at(document, "outcome") !== undefined);
  return (
    <div className="grid gap-4">
      <Check
        label={t`A part of the pay depends on a result`}
        checked={has}
        disabled={side === undefined}
        onChange={(event) => edit((paper) => Edits.setOutcome(paper, event.target.checked))}
      />
      {has && <Fields />}
    </div>
  );
}

function Fields() {
  const { t } = useLingui();
  const isReported = usePart(({ document }) => Paper.at(document, "outcome.metric") === "reported");
  return (
    <>
      <WordsAt field="outcome.title" />
      <WordsAt field="outcome.what" hint={<Trans>What is counted, how, and where the figures come from.</Trans>} />
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceAt
          field="outcome.metric"
          choices={[
            ["reported", t`reported by somebody`],
            ["daysLate", t`days late, known to the ledger`],
            ["shareAccepted", t`share accepted, known to the ledger`],
          ]}
        />
        {isReported && <TextAt field="outcome.source" hint={<Trans>Address of the reporters on this ledger.</Trans>} />}
      </div>
      <WordsAt field="outcome.unit" />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextAt field="outcome.target" numeric />
        <AmountAt field="outcome.amount" label={t`The most it can pay`} />
        <TextAt field="outcome.default" numeric />
        <TimeAt field="outcome.measuredAt" />
        <TimeAt field="outcome.reportBy" />
        <LengthAt field="outcome.challenge" />
        <TimeAt field="outcome.fundBy" optional />
        <ChoiceAt
          field="outcome.invoice"
          choices={[
            ["before payment", t`before payment`],
            ["after payment", t`after payment`],
            ["none", t`none`],
          ]}
        />
        <ChoiceAt
          field="outcome.shape"
          choices={[
            ["steps", t`steps: pay jumps at each point`],
            ["lines", t`lines: pay rises evenly`],
          ]}
        />
      </div>
      <Points />
    </>
  );
}

const MOST = 8;

function Points() {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const length = usePart(({ document }) => Paper.listAt(document, "outcome.points").length);
  return (
    <fieldset data-field="outcome.points" className="grid gap-3 border-l-2 border-line pl-3">
      <legend className="text-sm font-medium">
        <Trans>What each value pays</Trans>
      </legend>
      {Array.from({ length }, (_, index) => {
        const number = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: points are their places
          <div key={index} className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
            <TextAt field={`outcome.points[${index}].value`} label={t`From`} numeric />
            <AmountAt field={`outcome.points[${index}].pay`} />
            {side && (
              <Button
                look="quiet"
                aria-label={t`Remove point ${number}`}
                onClick={() => edit((paper) => Paper.drop(paper, "outcome.points", index))}
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </Button>
            )}
          </div>
        );
      })}
      {side && length < MOST && (
        <div>
          <Button look="quiet" onClick={() => edit((paper) => Paper.add(paper, "outcome.points", {}))}>
            <Plus aria-hidden="true" className="size-4" />
            <Trans>Add a point</Trans>
          </Button>
        </div>
      )}
    </fieldset>
  );
}
