/** One row of the table: for what it holds, to whom it goes, how soon. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { Button } from "../../../ui/Button.tsx";
import { Check, Select, TextField } from "../../../ui/Field.tsx";
import { useIntent } from "../Intent.ts";
import { DANGERS, type Severity, useDanger, useSeverity } from "../queue/Urgency.tsx";
import type { Row, Team } from "./Routing.tsx";

const SEVERITIES: readonly Severity[] = ["critical", "high", "normal", "low"];
const LANGUAGES = ["en", "zh"] as const;

type Props = {
  row: Row;
  intents: readonly string[];
  teams: readonly Team[];
  save: (row: Row) => void;
  remove?: () => void;
};

export function RowForm({ row, intents, teams, save, remove }: Props) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const dangerOf = useDanger();
  const severities = useSeverity();
  const [typed, type] = useState(row);
  const known = [...new Set([...intents, ...(row.intents ?? [])])].sort();
  const send = (event: FormEvent) => {
    event.preventDefault();
    // Nothing ticked is no condition.
    save(
      Object.fromEntries(
        Object.entries(typed).filter(([, value]) => !Array.isArray(value) || value.length > 0),
      ) as typeof typed,
    );
  };
  return (
    <form onSubmit={send} className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Select label={t`Team`} value={typed.team} onChange={({ target }) => type({ ...typed, team: target.value })}>
          {teams.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={t`How urgent`}
          value={typed.severity}
          onChange={({ target }) => type({ ...typed, severity: target.value as Severity })}
        >
          {SEVERITIES.map((one) => (
            <option key={one} value={one}>
              {severities[one]}
            </option>
          ))}
        </Select>
        <TextField
          label={t`Minutes until the first answer`}
          type="number"
          min="1"
          max="43200"
          required
          value={typed.within}
          onChange={({ target }) => type({ ...typed, within: Number(target.value) })}
        />
      </div>
      <Several
        legend={t`Only for these dangers (none: for what is no danger)`}
        all={DANGERS}
        nameOf={dangerOf}
        chosen={typed.dangers ?? []}
        choose={(dangers) => type({ ...typed, dangers })}
      />
      <Several
        legend={t`Only in these languages (none: in all)`}
        all={LANGUAGES}
        nameOf={(one) => (one === "zh" ? "中文" : "English")}
        chosen={typed.languages ?? []}
        choose={(languages) => type({ ...typed, languages })}
      />
      <Several
        legend={t`Only for these intents (none: for all)`}
        all={known}
        nameOf={nameOf}
        chosen={typed.intents ?? []}
        choose={(chosen) => type({ ...typed, intents: chosen })}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          <Trans>Put it in the table</Trans>
        </Button>
        {remove && (
          <Button look="danger" onClick={remove}>
            <Trans>Take it out</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}

type SeveralProps<T extends string> = {
  legend: string;
  all: readonly T[];
  nameOf: (one: T) => string;
  chosen: readonly string[];
  choose: (chosen: T[]) => void;
};

function Several<T extends string>({ legend, all, nameOf, chosen, choose }: SeveralProps<T>) {
  const has = new Set(chosen);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="grid max-h-48 gap-x-4 gap-y-1.5 overflow-y-auto sm:grid-cols-2 md:grid-cols-3">
        {all.map((one) => (
          <Check
            key={one}
            label={nameOf(one)}
            checked={has.has(one)}
            onChange={({ target }) => choose(all.filter((other) => (other === one ? target.checked : has.has(other))))}
          />
        ))}
      </div>
    </fieldset>
  );
}
