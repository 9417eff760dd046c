/** Papers as files: what each says, as a page to be printed or as a table. */
import { InputError, Money, Terms } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import * as Csv from "./Csv.ts";
import * as Html from "./Html.ts";
import type { Invoice, Party } from "./Invoice.ts";
import type { Title } from "./Title.ts";

const { both } = InputError;
const { html } = Html;

export type Statement = Table.Output<"agreement.statement">;
export type File = Table.Output<"papers.statement">;
type About = { readonly terms: Terms.Terms; readonly id: string; readonly rehearsal: boolean };

export const TYPES = {
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  json: "application/json; charset=utf-8",
} as const;
export type Format = keyof typeof TYPES;

/** @param name Without its ending. */
export const file = (name: string, format: Format, content: string): File => ({
  ...{ name: `${name}.${format}`, type: TYPES[format], content },
});

const PROOF = both(
  "Made from the facts of the ledger. Whoever has the pack of this agreement checks it with: commenda verify PACK",
  "依据账本事实制作。持有本协议证明包者可用 commenda verify 核验。",
);

/** What a paper of play money is worth. */
const REHEARSED = html`<p class="note"><strong>${Html.words(
  both(
    "A rehearsal: no real money moved, and this paper proves nothing to anyone.",
    "预演：未发生真实资金往来，本文书对任何人不构成证明。",
  ),
)}</strong></p>`;
const rehearsed = (is: boolean | undefined): readonly Html.Markup[] => (is ? [REHEARSED] : []);

const partiesOf = ({ terms, id }: About): Html.Markup =>
  Html.facts([
    [both("Agreement", "协议"), Html.words(terms.title)],
    [both("Number on the ledger", "账本编号"), id],
    [both("Client", "甲方"), Html.words(terms.parties.client.name)],
    [both("Provider", "乙方"), Html.words(terms.parties.provider.name)],
  ]);

const SIDES: Readonly<Record<Title["owner"], InputError.Words>> = {
  client: both("Client", "甲方"),
  provider: both("Provider", "乙方"),
  both: both("Both", "双方共有"),
};

export function titlePage(about: About, title: Title): string {
  const { terms } = about;
  const show = (units: bigint) => Money.show(units, Terms.currencyOf(terms));
  const named = title.owner === "both" ? undefined : terms.parties[title.owner].name;
  return Html.page(both("Title certificate", "权属证明"), [
    ...rehearsed(about.rehearsal),
    partiesOf(about),
    html`<h2>${Html.words(both("What was delivered", "交付物"))}</h2>`,
    Html.facts([
      [both("Milestone", "里程碑"), Html.words(title.title)],
      ...(title.deliverable
        ? ([
            [both("Hash on the ledger", "账本所载哈希"), title.deliverable.hash],
            [both("Delivered", "交付时间"), title.deliverable.at],
            [both("In transaction", "交付交易"), title.deliverable.transaction],
          ] as const)
        : []),
    ]),
    html`<h2>${Html.words(both("Whose it is", "归属"))}</h2>`,
    Html.facts([
      [both("Owner by the terms", "约定所有人"), named ? Html.words(named) : Html.words(SIDES[title.owner])],
      [both("Paid", "已付"), `${show(title.paid)} / ${show(title.amount)}`],
      [both("What the provider brought and keeps", "乙方自有并保留的部分"), Html.words(terms.ip.background)],
    ]),
    html`<p><strong>${Html.words(title.says)}</strong></p>`,
    html`<p class="note">${Html.words(PROOF)}</p>`,
  ]);
}

export const titleData = ({ id, rehearsal }: About, { amount, paid, ...title }: Title): string =>
  JSON.stringify({
    version: "commenda-title/1",
    agreement: id,
    rehearsal,
    ...title,
    amount: String(amount),
    paid: String(paid),
  });

export function statementPage(about: About, statement: Statement): string {
  const show = (units: string) => Money.show(BigInt(units), statement.currency).replace(/^\S+ /, "");
  const { total } = statement;
  const side = (name: Statement["payments"][number]["from"]) =>
    name === "escrow" ? both("Escrow", "托管") : SIDES[name];
  return Html.page(both("Statement", "对账单"), [
    ...rehearsed(about.rehearsal),
    partiesOf(about),
    html`<h2>${Html.words(both(`Payments, in ${statement.currency.code}`, `款项（${statement.currency.code}）`))}</h2>`,
    Html.table(
      [
        ...[both("When", "时间"), both("What for", "事由"), both("From", "付款方"), both("To", "收款方")],
        ...[both("Amount", "金额"), both("Fee inside", "其中平台费")],
      ],
      statement.payments.map((one) => [
        one.at,
        Html.words(one.title ? both(`${one.title.en}: ${one.says.en}`, `${one.title.zh}：${one.says.zh}`) : one.says),
        ...[Html.words(side(one.from)), Html.words(side(one.to)), show(one.amount), show(one.fee)],
      ]),
    ),
    html`<h2>${Html.words(both("In all", "合计"))}</h2>`,
    Html.facts([
      [both("Paid in", "注入"), show(total.paidIn)],
      [both("To the provider, the fee inside", "付乙方（含平台费）"), show(total.toProvider)],
      [both("Platform fee", "平台费"), show(total.fee)],
      [both("Back to the client", "退甲方"), show(total.toClient)],
      [both("Held", "尚在托管"), show(total.held)],
    ]),
    html`<p class="note">${Html.words(PROOF)}</p>`,
  ]);
}

export function statementTable({ currency, payments, total }: Statement): string {
  const show = (units: string) => Money.format(BigInt(units), currency.scale);
  return Csv.write([
    [
      "when 时间",
      "milestone 里程碑",
      "cause 事由",
      "from 付款方",
      "to 收款方",
      "amount 金额",
      "fee 平台费",
      "currency 币种",
      "transaction 交易",
    ],
    ...payments.map((one) => [
      ...[one.at, one.milestone ?? "", `${one.says.en} ${one.says.zh}`, one.from, one.to],
      ...[show(one.amount), show(one.fee), currency.code, one.transaction],
    ]),
    ["", "", "paid in 注入", "", "", show(total.paidIn), "", currency.code, ""],
    ["", "", "to the provider 付乙方", "", "", show(total.toProvider), show(total.fee), currency.code, ""],
    ["", "", "to the client 退甲方", "", "", show(total.toClient), "", currency.code, ""],
    ["", "", "held 尚在托管", "", "", show(total.held), "", currency.code, ""],
  ]);
}

export function invoicePage(invoice: Invoice): string {
  const { kind, number, issued, currency, seller, buyer, vat, line, credits, payment } = invoice;
  const title = kind === "credit" ? both("Credit note", "红字发票") : both("Invoice", "发票");
  return Html.page(title, [
    ...rehearsed(invoice.rehearsal),
    Html.facts([
      [both("Number", "编号"), number],
      [both("Date", "开具日期"), issued],
      ...(credits
        ? ([
            [both("Credits invoice", "冲销发票"), `${credits.number} (${credits.issued})`],
            [both("Reason", "原因"), credits.reason],
          ] as const)
        : []),
    ]),
    html`<h2>${Html.words(both("Seller", "销售方"))}</h2>`,
    partyOf(seller),
    html`<h2>${Html.words(both("Buyer", "购买方"))}</h2>`,
    partyOf(buyer),
    Html.table(
      [
        ...[both("Item", "项目名称"), both("Unit", "单位"), both("Quantity", "数量"), both("Price", "单价")],
        ...[both("Net", "金额"), both("VAT rate", "税率"), both("VAT", "税额")],
      ],
      [[Html.words(line.name), line.unit, "1", invoice.net, invoice.net, `${vat.rate} %`, invoice.tax]],
    ),
    Html.facts([
      [both("Net", "不含税金额"), `${currency} ${invoice.net}`],
      [both("VAT", "税额"), `${currency} ${invoice.tax}`],
      [both("Total", "价税合计"), html`<strong>${`${currency} ${invoice.gross}`}</strong>`],
      ...(vat.exemption === undefined ? [] : ([[both("Why no VAT", "免税理由"), vat.exemption]] as const)),
      [both("Paid through the escrow", "经托管支付"), `${currency} ${invoice.paid}`],
      [both("Still due", "未付"), `${currency} ${invoice.due}`],
    ]),
    html`<h2>${Html.words(both("Payment", "付款"))}</h2>`,
    Html.facts([
      [both("Agreement", "协议"), Html.words(invoice.agreement.title)],
      [both("Number on the ledger", "账本编号"), invoice.agreement.id],
      [both("Paid", "付款时间"), payment.at],
      [both("In transaction", "付款交易"), payment.transaction],
    ]),
  ]);
}

function partyOf(one: Party): Html.Markup {
  const rows: readonly (readonly [InputError.Words, string | undefined])[] = [
    [both("Name", "名称"), one.name],
    [both("Tax number", "税号"), one.taxId],
    [both("Address", "地址"), [one.street, one.postcode, one.city, one.country].filter(Boolean).join(", ")],
    [both("Telephone", "电话"), one.phone],
    [both("Bank", "开户银行"), [one.bank, one.bankAccount].filter(Boolean).join(" ") || undefined],
  ];
  return Html.facts(rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
