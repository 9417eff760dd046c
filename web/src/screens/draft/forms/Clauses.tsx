/** The smaller clauses: what the client owes, options, pauses, rights, law, disputes, fees. */
import { Trans, useLingui } from "@lingui/react/macro";
import * as Paper from "../../../agreement/Paper.ts";
import { useSay } from "../../../Language.tsx";
import { Check, TextField } from "../../../ui/Field.tsx";
import { usePart, useWriter } from "../write/Context.ts";
import * as Edits from "../write/Edits.ts";
import {
  AmountAt,
  ChoiceAt,
  LengthAt,
  NumberAt,
  ShareAt,
  TextAt,
  TimeAt,
  useField,
  WordsAt,
  YesAt,
} from "../write/fields.tsx";
import { ListOf } from "./ListOf.tsx";

/** Milestones, and the result where there is one, to choose from. */
function useParts(withOutcome: boolean): readonly (readonly [string, string])[] {
  const { t } = useLingui();
  const say = useSay();
  const listed = usePart(({ document }) =>
    JSON.stringify(
      Paper.listAt(document, "milestones").map((milestone) => {
        const name = Paper.textAt(milestone, "name");
        const title = say({ en: Paper.textAt(milestone, "title.en"), zh: Paper.textAt(milestone, "title.zh") });
        return [name, title === "" ? name : title];
      }),
    ),
  );
  const hasOutcome = usePart(({ document }) => Paper.at(document, "outcome") !== undefined);
  const parts = JSON.parse(listed) as [string, string][];
  return withOutcome && hasOutcome ? [...parts, ["outcome", t`the result`]] : parts;
}

export function Inputs() {
  const { t } = useLingui();
  const parts = useParts(false);
  return (
    <ListOf
      field="inputs"
      nameOf={(number) => t`Input ${number}`}
      addText={t`Add an input`}
      fresh={() => ({ what: {}, milestone: parts[0]?.[0] ?? "" })}
      empty={<Trans>Nothing: the provider needs nothing from the client.</Trans>}
    >
      {(field) => (
        <>
          <WordsAt field={`${field}.what`} />
          <div className="grid gap-3 sm:grid-cols-2">
            <TimeAt field={`${field}.due`} />
            <ChoiceAt field={`${field}.milestone`} choices={parts} />
          </div>
        </>
      )}
    </ListOf>
  );
}

export function Options() {
  const { t } = useLingui();
  const parts = useParts(true);
  return (
    <ListOf
      field="options"
      nameOf={(number) => t`Option ${number}`}
      addText={t`Add an option`}
      fresh={() => ({ kind: "termination", of: parts.at(-1)?.[0] ?? "", fee: "0" })}
      empty={<Trans>None: nobody can end a part early or take more time.</Trans>}
    >
      {(field) => <Option field={field} parts={parts} />}
    </ListOf>
  );
}

function Option({ field, parts }: { field: string; parts: readonly (readonly [string, string])[] }) {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const kind = usePart(({ document }) => Paper.textAt(document, `${field}.kind`));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <div data-field={`${field}.kind`}>
          <label className="grid gap-1 text-sm font-medium">
            <Trans>Right</Trans>
            <select
              value={kind}
              disabled={side === undefined}
              onChange={({ target: { value } }) => {
                const rest = value === "termination" ? { fee: "0" } : { by: "provider", days: 10, price: "0" };
                edit((paper) => Paper.put(paper, field, { kind: value, of: Paper.at(paper, `${field}.of`), ...rest }));
              }}
              className="min-h-10 w-full rounded-lg border border-edge bg-surface px-3 text-sm"
            >
              <option value="termination">{t`the client may end it before it starts`}</option>
              <option value="extension">{t`one side may take more time, once`}</option>
            </select>
          </label>
        </div>
        <ChoiceAt field={`${field}.of`} choices={parts} />
      </div>
      {kind === "extension" ? (
        <div className="grid gap-3 sm:grid-cols-3">
          <ChoiceAt
            field={`${field}.by`}
            choices={[
              ["client", t`client`],
              ["provider", t`provider`],
            ]}
          />
          <NumberAt field={`${field}.days`} />
          <AmountAt field={`${field}.price`} hint={<Trans>To the other side.</Trans>} />
        </div>
      ) : (
        <AmountAt
          field={`${field}.fee`}
          hint={<Trans>Owed to the provider, also when it is not funded in time.</Trans>}
        />
      )}
    </>
  );
}

export function Pauses() {
  const { t } = useLingui();
  return (
    <ListOf
      field="calendar"
      nameOf={(number) => t`Pause ${number}`}
      addText={t`Add a pause`}
      fresh={() => ({ name: {} })}
      empty={<Trans>None: review goes on through all holidays.</Trans>}
    >
      {(field) => (
        <>
          <WordsAt field={`${field}.name`} />
          <div className="grid gap-3 sm:grid-cols-2">
            <TimeAt field={`${field}.from`} />
            <TimeAt field={`${field}.until`} />
          </div>
        </>
      )}
    </ListOf>
  );
}

export function Rights() {
  const { t } = useLingui();
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceAt
          field="ip.owner"
          choices={[
            ["client", t`client`],
            ["provider", t`provider`],
            ["both", t`both`],
          ]}
        />
        <ChoiceAt
          field="ip.from"
          label={t`From when`}
          choices={[
            ["signing", t`from signing`],
            ["delivery", t`from delivery`],
            ["payment", t`from payment`],
          ]}
        />
      </div>
      <WordsAt field="ip.background" />
      <YesAt field="ip.certificate" label={t`Payment issues a certificate of title`} />
    </div>
  );
}

export function Law() {
  const { t } = useLingui();
  return (
    <div className="grid gap-4">
      <WordsAt field="law.governing" />
      <ChoiceAt
        field="law.forum.kind"
        label={t`Court or arbitration`}
        choices={[
          ["court", t`court`],
          ["arbitration", t`arbitration`],
        ]}
      />
      <WordsAt field="law.forum.seat" />
      <div className="grid gap-3 sm:grid-cols-2">
        <AmountAt field="law.liabilityCap" />
        <Countries />
      </div>
    </div>
  );
}

/** Where data may lie: codes with commas between them. */
function Countries() {
  const { t } = useLingui();
  const { put, error, isMissing, disabled } = useField("law.dataIn");
  const shown = usePart(({ document }) => Paper.listAt(document, "law.dataIn").join(", "));
  return (
    <div data-field="law.dataIn">
      <TextField
        label={t`Where data may lie`}
        hint={
          isMissing
            ? t`Still missing. Countries as two letters, with commas; none: anywhere.`
            : t`Countries as two letters, with commas; none: anywhere.`
        }
        defaultValue={shown}
        error={error}
        disabled={disabled}
        onBlur={({ target: { value } }) => {
          const codes = value.toUpperCase().match(/[A-Z]+/g) ?? [];
          if (codes.join(", ") !== shown || isMissing) put(codes);
        }}
      />
    </div>
  );
}

export function Disputes() {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const has = usePart(({ document }) => Paper.at(document, "arbitration.by") !== undefined);
  return (
    <div data-field="arbitration" className="grid gap-4">
      <ShareAt
        field="arbitration.fallback"
        label={t`The provider's share when nobody rules`}
        hint={<Trans>Of what is unpaid. Without an arbitrator it applies as soon as one side contests.</Trans>}
      />
      <Check
        label={t`Somebody decides where both disagree`}
        checked={has}
        disabled={side === undefined}
        onChange={(event) => edit((paper) => Edits.setArbitrator(paper, event.target.checked))}
      />
      {has && (
        <>
          <ChoiceAt
            field="arbitration.by.kind"
            choices={[
              ["panel", t`a panel of people`],
              ["ERC-792", t`an arbitration service`],
            ]}
          />
          <WordsAt field="arbitration.by.name" />
          <TextAt field="arbitration.by.address" hint={<Trans>The panel's address on this ledger.</Trans>} />
          <div className="grid gap-3 sm:grid-cols-3">
            <AmountAt field="arbitration.by.deposit" hint={<Trans>From both; the loser's goes to the winner.</Trans>} />
            <LengthAt field="arbitration.by.answerWithin" />
            <LengthAt field="arbitration.by.ruleWithin" />
          </div>
          <TextAt
            field="arbitration.by.maxCost"
            numeric
            hint={<Trans>In the ledger's own coin; 0 for a panel.</Trans>}
          />
        </>
      )}
    </div>
  );
}

export function Fees() {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <ShareAt field="fees.platform" hint={<Trans>Of each payout, at most 3. 0: none.</Trans>} />
      <TextAt field="fees.recipient" optional hint={<Trans>Only where there is a fee.</Trans>} />
    </div>
  );
}
