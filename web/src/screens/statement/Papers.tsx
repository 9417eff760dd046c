/** Papers of what was settled: certificates of title, the statement as a file, and an invoice for each payment. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download, FileText } from "lucide-react";
import { useSay } from "../../Language.tsx";
import { client, type Output, useAsk, useCall } from "../../Node.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { save } from "../../ui/Download.ts";
import { Note } from "../../ui/Note.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

type Data = Output<"GET /v1/agreements/{agreement}/papers">;
type Payment = Data["payments"][number];
type Invoice = NonNullable<Payment["invoice"]>;
type File = Output<"GET /v1/agreements/{agreement}/papers/statement">;

export function Papers({ agreement }: { agreement: string }) {
  const { t } = useLingui();
  const papers = useAsk("GET /v1/agreements/{agreement}/papers", { agreement });
  return (
    <Card title={t`Papers`} lead={t`Made from what the ledger settled, in both languages, to be printed or imported.`}>
      <Shown answer={papers} rows={2}>
        {(data) => (
          <div className="grid gap-5 print:hidden">
            <Statements agreement={agreement} />
            {data.certificates && <Titles agreement={agreement} data={data} />}
            <Invoices agreement={agreement} data={data} />
          </div>
        )}
      </Shown>
    </Card>
  );
}

/** Takes a paper from the node and gives it to the reader as a file. */
function Take({ label, name, get }: { label: string; name: string; get: () => Promise<File> }) {
  const take = useMutation({
    mutationFn: get,
    onSuccess: ({ name: file, type, content }) => save(file, type, content),
  });
  return (
    <>
      <Button aria-label={`${name}: ${label}`} busy={take.isPending} onClick={() => take.mutate()}>
        <Download aria-hidden="true" className="size-4" />
        {name}
      </Button>
      {take.isError && <Failure error={take.error} again={() => take.mutate()} />}
    </>
  );
}

function Statements({ agreement }: { agreement: string }) {
  const { t } = useLingui();
  const get = (format: "html" | "csv") => () =>
    client().call("GET /v1/agreements/{agreement}/papers/statement", { agreement, format });
  return (
    <section className="flex flex-wrap items-center justify-between gap-2">
      <h3 className="text-sm font-medium">
        <Trans>Statement</Trans>
      </h3>
      <span className="flex flex-wrap gap-2">
        <Take label={t`Statement, to be printed`} name={t`To print`} get={get("html")} />
        <Take label={t`Statement as CSV`} name="CSV" get={get("csv")} />
      </span>
    </section>
  );
}

function Titles({ agreement, data: { titles } }: { agreement: string; data: Data }) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium">
        <Trans>Who owns what</Trans>
      </h3>
      <ul className="divide-y divide-line">
        {titles.map(({ milestone, title, passed, says }) => (
          <li key={milestone} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <span className="min-w-0 text-sm">
              <span className="font-medium">{say(title)}</span>
              <span className="block break-words text-muted [overflow-wrap:anywhere]">{say(says)}</span>
            </span>
            {passed && (
              <Take
                label={t`Title certificate of ${say(title)}`}
                name={t`Certificate`}
                get={() =>
                  client().call("GET /v1/agreements/{agreement}/papers/titles/{milestone}", {
                    ...{ agreement, milestone, format: "html" },
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Invoices({ agreement, data }: { agreement: string; data: Data }) {
  const { payments, currency, seller, missing } = data;
  const say = useSay();
  const open = payments.some(({ invoice }) => !invoice);
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium">
        <Trans>Invoices</Trans>
      </h3>
      {payments.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>Nothing is paid yet: each payment gets an invoice.</Trans>
        </p>
      )}
      {seller !== undefined && open && missing.length > 0 && <Missing missing={missing} seller={seller} />}
      <ul className="divide-y divide-line">
        {payments.map((one) => (
          <li key={one.payment} className="grid gap-2 py-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="text-sm">
                {one.title ? say(one.title) : say(one.says)}
                <span className="block text-muted">
                  <When at={one.at} time={false} /> · <Amount units={one.amount} currency={currency} />
                </span>
              </span>
              {!one.invoice &&
                (seller ? <Issue agreement={agreement} payment={one} ready={missing.length === 0} /> : <None />)}
            </div>
            {one.invoice && <One agreement={agreement} invoice={one.invoice} />}
            {one.credits.map((credit) => (
              <One key={credit.id} agreement={agreement} invoice={credit} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const None = () => (
  <Badge>
    <Trans>no invoice yet</Trans>
  </Badge>
);

function Missing({ missing, seller }: { missing: Data["missing"]; seller: string }) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <Note
      tone="warn"
      title={t`Before an invoice can be made`}
      actions={
        <ButtonLink to="/organisations/$organisation" params={{ organisation: seller }} search={{ part: "invoicing" }}>
          <Trans>To the invoice data</Trans>
        </ButtonLink>
      }
    >
      <ul>
        {missing.map(({ field, says }) => (
          <li key={field}>{say(says)}</li>
        ))}
      </ul>
    </Note>
  );
}

function Issue({ agreement, payment, ready }: { agreement: string; payment: Payment; ready: boolean }) {
  const issue = useCall("POST /v1/agreements/{agreement}/papers/invoices");
  return (
    <>
      <Button
        disabled={!ready}
        busy={issue.isPending}
        onClick={() => issue.mutate({ agreement, payment: payment.payment })}
      >
        <FileText aria-hidden="true" className="size-4" />
        <Trans>Make the invoice</Trans>
      </Button>
      {issue.isError && <Failure error={issue.error} />}
    </>
  );
}

function One({ agreement, invoice }: { agreement: string; invoice: Invoice }) {
  const { t } = useLingui();
  const { id, kind, number, gross, currency } = invoice;
  const get = (format: "html" | "xml" | "csv") => () =>
    client().call("GET /v1/agreements/{agreement}/papers/invoices/{invoice}", { agreement, invoice: id, format });
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken px-3 py-2">
      <span className="text-sm">
        {kind === "credit" ? <Trans>Credit note {number}</Trans> : <Trans>Invoice {number}</Trans>}
        <span className="block text-muted">
          {currency} {gross}
        </span>
      </span>
      <span className="flex flex-wrap gap-2">
        <Take label={t`${number}, to be printed`} name={t`To print`} get={get("html")} />
        <Take label={t`${number} as EN 16931 XML`} name="XML" get={get("xml")} />
        <Take label={t`${number} as CSV with the fields of the Chinese e-invoice`} name="CSV" get={get("csv")} />
      </span>
    </div>
  );
}
