/** What the desk promises, and what its figures reckon with. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { useIds, useRights } from "../Desk.ts";
import * as Decimal from "./Decimal.ts";
import type { PartProps } from "./Settings.tsx";

export function Promised({ desk }: PartProps) {
  const { t } = useLingui();
  const ids = useIds();
  const { manage } = useRights();
  const { costs } = desk;
  const { scale } = costs.currency;
  const [typed, type] = useState({
    name: desk.name,
    promise: Decimal.percent(desk.promise),
    reopenDays: String(desk.reopenDays),
    outside: desk.outsideShare === undefined ? "" : Decimal.percent(desk.outsideShare),
    minutes: String(costs.minutes),
    hour: Decimal.amount(costs.hour, scale),
    ticket: Decimal.amount(costs.ticket, scale),
    currency: costs.currency.code,
  });
  const save = useCall("PATCH /v1/organisations/{organisation}/desks/{desk}");
  const [hour, ticket] = [Decimal.units(typed.hour, scale), Decimal.units(typed.ticket, scale)];
  const wrong = t`A sum like 12.50.`;
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    disabled: !manage,
    onChange: (event: { target: { value: string } }) => type({ ...typed, [name]: event.target.value }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (hour === undefined || ticket === undefined) return;
    save.mutate({
      ...{ ...ids, name: typed.name.trim(), reopenDays: Number(typed.reopenDays) },
      promise: Decimal.share(typed.promise),
      outsideShare: typed.outside.trim() === "" ? null : Decimal.share(typed.outside),
      costs: { minutes: Number(typed.minutes), hour, ticket, currency: { code: typed.currency.trim(), scale } },
    });
  };
  const percent = { type: "number", inputMode: "decimal", step: "0.1", required: true } as const;
  return (
    <form onSubmit={send} className="grid gap-5">
      <Card title={t`Promise`}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField label={t`Name`} maxLength={200} required {...field("name")} />
          <TextField
            label={t`Promised precision, in %`}
            hint={t`How many of its answers have to be right.`}
            {...percent}
            min="50"
            max="99.9"
            {...field("promise")}
          />
          <TextField
            label={t`Not owed when it comes back within so many days`}
            type="number"
            min="0"
            max="90"
            required
            {...field("reopenDays")}
          />
          <TextField
            label={t`Feedback outside of all intents, in %`}
            hint={t`Empty: as the model was calibrated.`}
            {...percent}
            required={false}
            min="0"
            max="90"
            {...field("outside")}
          />
        </div>
      </Card>
      <Card title={t`What things cost`} lead={t`For the figures alone. What is owed stands in the agreement.`}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            label={t`Minutes of a person for a ticket`}
            type="number"
            inputMode="decimal"
            min="0.1"
            max="480"
            step="0.1"
            required
            {...field("minutes")}
          />
          <TextField label={t`Currency`} pattern="[A-Z]{3}" maxLength={3} required {...field("currency")} />
          <TextField
            label={t`An hour of a person`}
            inputMode="decimal"
            required
            error={hour === undefined ? wrong : ""}
            {...field("hour")}
          />
          <TextField
            label={t`Price of a ticket that stays solved`}
            inputMode="decimal"
            required
            error={ticket === undefined ? wrong : ""}
            {...field("ticket")}
          />
        </div>
      </Card>
      {manage && (
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" busy={save.isPending}>
            <Trans>Save</Trans>
          </Button>
          <p role="status" className="text-sm text-good">
            {save.isSuccess && <Trans>Saved.</Trans>}
          </p>
        </div>
      )}
      {save.isError && <Failure error={save.error} />}
    </form>
  );
}
