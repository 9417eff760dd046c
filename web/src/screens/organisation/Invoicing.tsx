/** What invoices say of the organisation, and the register of those that it made. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type FormEvent, useState } from "react";
import { client, type Output, useAsk, useCall, useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { save } from "../../ui/Download.ts";
import { Select, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty, Failure, Shown } from "../../ui/Waiting.tsx";
import type { PartProps } from "./Organisation.tsx";

type Party = Output<"GET /v1/organisations/{organisation}/invoice-data">;
type Text = Exclude<keyof Party, "vatCategory">;

export function Invoicing({ organisation: { id: organisation }, isOwner }: PartProps) {
  const { t } = useLingui();
  const data = useAsk("GET /v1/organisations/{organisation}/invoice-data", { organisation });
  return (
    <>
      <Card
        title={t`Invoice data`}
        lead={t`What invoices say of you, as seller and as buyer. Invoices that were made stay as they are.`}
      >
        <Shown answer={data} rows={4}>
          {(party) => <Form organisation={organisation} party={party} isOwner={isOwner} />}
        </Shown>
      </Card>
      <Register organisation={organisation} />
    </>
  );
}

function Form({ organisation, party, isOwner }: { organisation: string; party: Party; isOwner: boolean }) {
  const { t } = useLingui();
  const [given, setGiven] = useState(party);
  const update = useCall("PUT /v1/organisations/{organisation}/invoice-data");
  const set = (field: keyof Party, value: string) =>
    setGiven(({ [field]: _, ...rest }) => (value === "" ? rest : { ...rest, [field]: value }) as Party);
  const send = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ organisation, party: given });
  };
  const field = (name: Text, label: string, more: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      label={label}
      value={given[name] ?? ""}
      onChange={(event) => set(name, event.target.value)}
      maxLength={200}
      disabled={!isOwner}
      {...more}
    />
  );
  return (
    <form onSubmit={send} className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {field("name", t`Legal name`, { autoComplete: "organization" })}
        {field("taxId", t`Tax number`, {
          ...{ hint: t`Capital letters and digits; an EU VAT number with its country in front`, maxLength: 30 },
          pattern: "[A-Z0-9][A-Z0-9.\\-]{3,29}",
        })}
        {field("street", t`Street and number`)}
        {field("city", t`City`)}
        {field("postcode", t`Postcode`, { maxLength: 20 })}
        {field("country", t`Country`, {
          hint: t`Two capital letters, such as CN or DE`,
          maxLength: 2,
          pattern: "[A-Z]{2}",
        })}
        {field("phone", t`Telephone`, { maxLength: 40 })}
        {field("email", t`E-mail for invoices`, { type: "email", maxLength: 254 })}
        {field("bank", t`Bank`)}
        {field("bankAccount", t`Account number`, { maxLength: 60 })}
      </div>
      <fieldset className="grid items-start gap-4 sm:grid-cols-2">
        <legend className="mb-2 text-sm font-semibold">
          <Trans>As a seller</Trans>
        </legend>
        <Select
          label={t`VAT`}
          value={given.vatCategory ?? ""}
          disabled={!isOwner}
          onChange={(event) => set("vatCategory", event.target.value)}
        >
          <option value="">{t`not said yet`}</option>
          <option value="S">{t`taxed at the rate below`}</option>
          <option value="Z">{t`zero rate`}</option>
          <option value="E">{t`exempt`}</option>
          <option value="AE">{t`reverse charge`}</option>
          <option value="G">{t`export`}</option>
        </Select>
        {field("vatRate", t`Rate, in per cent`, {
          hint: t`As the terms reckon it, such as 6`,
          maxLength: 5,
          inputMode: "decimal",
        })}
        {given.vatCategory === "E" && field("exemption", t`Why no VAT`)}
        {field("itemCode", t`Chinese tax classification code`, {
          hint: t`19 digits, for the Chinese e-invoice`,
          maxLength: 19,
          pattern: "\\d{19}",
        })}
        {field("unit", t`Unit`, { maxLength: 20 })}
        {field("series", t`Letters before invoice numbers`, {
          hint: t`If you make invoices elsewhere too`,
          maxLength: 8,
          pattern: "[A-Z0-9]{1,8}",
        })}
      </fieldset>
      {update.isError && <Failure error={update.error} />}
      <div role="status">{update.isSuccess && <Note tone="good" title={t`Saved`} />}</div>
      {isOwner ? (
        <Button type="submit" look="primary" busy={update.isPending} more="justify-self-start">
          <Trans>Save</Trans>
        </Button>
      ) : (
        <p className="text-sm text-muted">
          <Trans>Owners change this.</Trans>
        </p>
      )}
    </form>
  );
}

function Register({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const { now } = useSession();
  const year = new Date(now()).getUTCFullYear();
  const list = useRows("GET /v1/organisations/{organisation}/invoices", { organisation });
  const batch = useMutation({
    mutationFn: () => client().call("GET /v1/organisations/{organisation}/invoices/batch", { organisation, year }),
    onSuccess: ({ name, type, content }) => save(name, type, content),
  });
  return (
    <Card
      title={t`Invoices made`}
      actions={
        <Button busy={batch.isPending} onClick={() => batch.mutate()}>
          <Download aria-hidden="true" className="size-4" />
          <Trans>{year} as CSV</Trans>
        </Button>
      }
    >
      {batch.isError && <Failure error={batch.error} />}
      <Rows
        caption={t`Invoices made`}
        {...list}
        keyOf={({ id }) => id}
        empty={
          <Empty title={t`None yet`}>
            <Trans>Invoices are made from the statement of an agreement, one for each payment.</Trans>
          </Empty>
        }
        columns={[
          { name: t`Number`, cell: ({ number }) => number },
          { name: t`Date`, cell: ({ issued }) => issued },
          { name: t`Kind`, cell: ({ kind, credits }) => (kind === "credit" ? t`credits ${credits}` : t`invoice`) },
          { name: t`Buyer`, cell: ({ buyer }) => buyer },
          { name: t`Net`, cell: ({ net, currency }) => `${currency} ${net}` },
          { name: t`VAT`, cell: ({ tax }) => tax },
          { name: t`Total`, cell: ({ gross }) => gross },
        ]}
      />
    </Card>
  );
}
