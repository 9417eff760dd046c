/** A team: how much it can have at hand, when it is there, who takes over. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useLanguage } from "../../../Language.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Check, Select, TextField } from "../../../ui/Field.tsx";
import type { Team } from "./Routing.tsx";

type Props = { team: Team; others: readonly string[]; save: (team: Team) => void; remove?: () => void };

const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
/** A Sunday, to name the days of the week by. */
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY = 86_400_000;

export function TeamForm({ team, others, save, remove }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [typed, type] = useState(team);
  const { name, capacity, hours, days, relief } = typed;
  const isTaken = others.includes(name.trim());
  const dayName = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { weekday: "short", timeZone: "UTC" });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken) return;
    save({
      ...{ name: name.trim(), capacity },
      ...(hours ? { hours } : {}),
      ...(days && days.length > 0 && days.length < 7 ? { days } : {}),
      ...(relief ? { relief } : {}),
    });
  };
  const hour = (at: 0 | 1, value: string) => {
    const next: [number, number] = [hours?.[0] ?? 9, hours?.[1] ?? 18];
    next[at] = Number(value);
    type({ ...typed, hours: next });
  };
  return (
    <form onSubmit={send} className="grid gap-4">
      <TextField
        label={t`Name`}
        maxLength={60}
        required
        value={name}
        error={isTaken ? t`Another team is called so.` : ""}
        onChange={({ target }) => type({ ...typed, name: target.value })}
      />
      <TextField
        label={t`Tickets at a time`}
        type="number"
        min="1"
        max="1000000"
        required
        value={capacity}
        onChange={({ target }) => type({ ...typed, capacity: Number(target.value) })}
      />
      <Check
        label={t`At certain hours only`}
        checked={hours !== undefined}
        onChange={({ target }) => {
          const { hours: _, ...rest } = typed;
          type(target.checked ? { ...rest, hours: [9, 18] } : rest);
        }}
      />
      {hours && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t`From, hour in UTC`}
            type="number"
            min="0"
            max="23"
            required
            value={hours[0]}
            onChange={({ target }) => hour(0, target.value)}
          />
          <TextField
            label={t`To, hour in UTC`}
            type="number"
            min="1"
            max="24"
            required
            value={hours[1]}
            onChange={({ target }) => hour(1, target.value)}
          />
        </div>
      )}
      <fieldset>
        <legend className="mb-1 text-sm font-medium">
          <Trans>Days</Trans>
        </legend>
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          {DAYS.map((day) => (
            <Check
              key={day}
              label={dayName.format(new Date(SUNDAY + day * DAY))}
              checked={days?.includes(day) ?? true}
              onChange={({ target }) => {
                const before: readonly number[] = days ?? DAYS;
                type({ ...typed, days: DAYS.filter((one) => (one === day ? target.checked : before.includes(one))) });
              }}
            />
          ))}
        </div>
      </fieldset>
      <Select
        label={t`Who takes over`}
        value={relief ?? ""}
        onChange={({ target }) => type({ ...typed, relief: target.value })}
      >
        <option value="">{t`nobody`}</option>
        {others.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
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
