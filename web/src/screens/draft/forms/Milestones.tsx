/** Parts of the work that are delivered, judged and paid on their own, with what each is judged by. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import * as Paper from "../../../agreement/Paper.ts";
import { useSay } from "../../../Language.tsx";
import { Button } from "../../../ui/Button.tsx";
import { usePart, useWriter } from "../write/Context.ts";
import * as Edits from "../write/Edits.ts";
import { AmountAt, ChoiceAt, LengthAt, TextAt, TimeAt, WordsAt } from "../write/fields.tsx";
import { Criteria } from "./Criteria.tsx";
import { Runner } from "./code/Runner.tsx";

/** As many as the ledger takes, the result among them. */
const MOST = 8;

export function Milestones() {
  const { edit, side } = useWriter();
  const length = usePart(({ document }) => Paper.listAt(document, "milestones").length);
  const hasOutcome = usePart(({ document }) => Paper.at(document, "outcome") !== undefined);
  const count = length + (hasOutcome ? 1 : 0);
  return (
    <div className="grid gap-5">
      {Array.from({ length }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: milestones are their places
        <Milestone key={index} index={index} />
      ))}
      <Runner />
      {side && count < MOST && (
        <div>
          <Button onClick={() => edit(Edits.addMilestone)}>
            <Plus aria-hidden="true" className="size-4" />
            <Trans>Add a milestone</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

function Milestone({ index }: { index: number }) {
  const { t } = useLingui();
  const say = useSay();
  const { edit, side } = useWriter();
  const field = `milestones[${index}]`;
  const number = index + 1;
  const title = usePart(({ document }) =>
    say({ en: Paper.textAt(document, `${field}.title.en`), zh: Paper.textAt(document, `${field}.title.zh`) }),
  );
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-3">
      <legend className="flex items-center gap-2 px-1 text-sm font-semibold">
        {number}. {title === "" ? t`Milestone` : title}
        {side && (
          <button
            type="button"
            aria-label={t`Remove milestone ${number}`}
            onClick={() => edit((paper) => Edits.dropMilestone(paper, index))}
            className="inline-flex size-7 items-center justify-center rounded-lg text-muted hover:bg-bad-soft hover:text-bad"
          >
            <Trash2 aria-hidden="true" className="size-4" />
          </button>
        )}
      </legend>
      <WordsAt field={`${field}.title`} />
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <AmountAt
            field={`${field}.amount`}
            set={(amount) => edit((paper) => Edits.setAmount(paper, index, amount))}
            hint={<Trans>All that the client pays for it.</Trans>}
          />
        </div>
        <TimeAt field={`${field}.start`} />
        <TimeAt field={`${field}.due`} />
        <LengthAt
          field={`${field}.review`}
          hint={<Trans>The client's time to answer a delivery; silence then counts as acceptance.</Trans>}
        />
        <LengthAt
          field={`${field}.cure`}
          hint={<Trans>The provider's time to mend what was late or rejected.</Trans>}
        />
      </div>
      <Criteria milestone={index} />
      <InPart index={index} />
      <details>
        <summary className="inline-flex min-h-8 items-center text-sm text-accent">
          <Trans>Tax, invoice, later funding</Trans>
        </summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-3">
          <AmountAt field={`${field}.net`} />
          <AmountAt field={`${field}.tax`} />
          <AmountAt field={`${field}.withholding`} hint={<Trans>Kept back by the client for the tax office.</Trans>} />
          <ChoiceAt
            field={`${field}.invoice`}
            choices={[
              ["before payment", t`before payment`],
              ["after payment", t`after payment`],
              ["none", t`none`],
            ]}
          />
          <TimeAt
            field={`${field}.fundBy`}
            optional
            hint={<Trans>Left out: all of it is in escrow when the agreement opens.</Trans>}
          />
          <TextAt field={`${field}.name`} hint={<Trans>A short name inside the document.</Trans>} />
        </div>
      </details>
    </fieldset>
  );
}

/** Only where code judges by several criteria, so that a part of them can pass. */
function InPart({ index }: { index: number }) {
  const { t } = useLingui();
  const coded = usePart(
    ({ document }) =>
      Edits.criteriaOf(document, index).filter((at) => Paper.at(document, `criteria[${at}].run`) !== undefined).length,
  );
  if (coded < 2) return null;
  return (
    <ChoiceAt
      field={`milestones[${index}].acceptance`}
      label={t`If both runs pass in part`}
      optional
      choices={[
        ["whole", t`all of it is rejected`],
        ["by weight", t`what passed is paid by its weight, the rest is rejected`],
      ]}
    />
  );
}
