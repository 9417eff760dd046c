/**
 * An invoice of a payment that the ledger tells of, or a credit note of an invoice: a document that is made once and never
 * changed. The amount paid has the tax inside, and what the client keeps back for the tax office beside it.
 */
import type * as z from "zod";
import { type Agreement, Cause, InputError, Money, Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type * as Form from "../../api/operations/papers.ts";
import type { Fact } from "../../ledger/Fact.ts";
import * as Glance from "../index/Glance.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Party = z.output<typeof Form.party>;
type Known<K extends keyof Party> = Omit<Party, K> & { [Field in K]: NonNullable<Party[Field]> };
type Seller = Known<"name" | "taxId" | "street" | "city" | "country" | "vatCategory" | "vatRate">;
type Buyer = Known<"name" | "country">;

/** Amounts are decimal text with the currency's decimals, two at most; those of a credit note are what it takes back. */
export type Invoice = {
  readonly version: "commenda-invoice/1";
  readonly kind: "invoice" | "credit";
  readonly number: string;
  /** Day of the ledger's clock, UTC. */
  readonly issued: string;
  readonly currency: string;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly agreement: { readonly id: Agreement.Hex; readonly title: Words };
  readonly payment: { readonly at: string; readonly transaction: Agreement.Hex; readonly says: Words };
  readonly line: { readonly name: Words; readonly unit: string };
  readonly vat: { readonly category: Seller["vatCategory"]; readonly rate: string; readonly exemption?: string };
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  /** Through the escrow, the platform's fee inside. */
  readonly paid: string;
  /** Kept back by the client for the tax office. */
  readonly due: string;
  /** Of a rehearsal ledger: nobody was paid anything. */
  readonly rehearsal?: true;
  /** Of a credit note. */
  readonly credits?: { readonly number: string; readonly issued: string; readonly reason: string };
};

export type Missing = { readonly field: string; readonly says: Words };
export type Paid = Extract<Fact, { kind: "paid" }>;
/** A payment with its place: transaction, and which of its payments. */
export type Payment = { readonly place: string; readonly fact: Paid; readonly gross: bigint };

/** What the papers show; a token can have more. */
export const decimalsOf = ({ scale }: Money.Currency): number => Math.min(2, scale);

/**
 * The payments of an agreement in the ledger's order, each with what its invoice comes to, in cents. Rounded so that the
 * sums are those of the payments, to the cent: the last one is the remainder.
 */
export function payments(terms: Terms.Terms, facts: readonly Fact[]): readonly Payment[] {
  const { scale } = terms.currency;
  const cent = 10n ** BigInt(scale - decimalsOf(terms.currency));
  const cents = (units: bigint) => (units + cent / 2n) / cent;
  const seen = new Map<string, number>();
  let [units, invoiced] = [0n, 0n];
  return facts.flatMap((fact): Payment[] => {
    if (fact.kind !== "paid") return [];
    const nth = seen.get(fact.transaction) ?? 0;
    seen.set(fact.transaction, nth + 1);
    units += grossOf(terms, fact);
    const gross = cents(units) - invoiced;
    invoiced += gross;
    return [{ place: `${fact.transaction}:${nth}`, fact, gross }];
  });
}

/** With what the client keeps back for the tax office, in proportion; base units. */
function grossOf(terms: Terms.Terms, { tranche, cause, amount }: Paid): bigint {
  const milestone = terms.milestones[tranche];
  if (!milestone || BESIDE.has(cause)) return amount;
  const { scale } = terms.currency;
  const [whole, withheld] = [Money.parse(milestone.amount, scale), Money.parse(milestone.withholding, scale)];
  return amount + (amount * withheld) / whole;
}

/** Not for the milestone itself. */
const BESIDE: ReadonlySet<Paid["cause"]> = new Set(["Settlement", "Extension", "Termination", "Lapse"]);

/** What is known of a side: what its organisation says of itself, else what both signed. */
export function partyOf(terms: Terms.Terms, side: "client" | "provider", saved: Party | undefined): Party {
  const { name, taxNumber, registration, country } = terms.parties[side];
  const taxId = taxNumber ?? registration;
  const signed: Party = { name: name[country === "CN" ? "zh" : "en"], country, ...(taxId ? { taxId } : {}) };
  return { ...signed, ...saved };
}

const FIELDS = {
  name: { field: "legal-name", says: both("the legal name", "法定名称") },
  taxId: { field: "tax-id", says: both("the tax number", "税号") },
  street: { field: "street", says: both("street and number", "街道地址") },
  city: { field: "city", says: both("the city", "城市") },
  country: { field: "country", says: both("the country", "国家") },
  vatCategory: { field: "vat-category", says: both("the VAT category", "增值税类别") },
  vatRate: { field: "vat-rate", says: both("the VAT rate", "增值税税率") },
  exemption: { field: "exemption", says: both("why there is no tax", "免税理由") },
} as const satisfies Partial<Record<keyof Party, { field: string; says: Words }>>;
type Field = keyof typeof FIELDS;

/** What an invoice needs and is not known. */
export function missing(terms: Terms.Terms, seller: Party, buyer: Party): readonly Missing[] {
  const ofSeller: Field[] = ["name", "taxId", "street", "city", "country", "vatCategory"];
  if (seller.vatCategory === "S") ofSeller.push("vatRate");
  if (seller.vatCategory === "E") ofSeller.push("exemption");
  const needsBuyersNumber = seller.country === "CN" || seller.vatCategory === "AE";
  const ofBuyer: Field[] = ["name", "country", ...(needsBuyersNumber ? (["taxId"] as const) : [])];
  const absent = (party: Party, fields: readonly Field[], whose: "organisation" | "buyer") =>
    fields.filter((field) => party[field] === undefined).map((field) => lacking(field, whose));
  return [...absent(seller, ofSeller, "organisation"), ...absent(buyer, ofBuyer, "buyer"), ...clash(terms, seller)];
}

function lacking(name: Field, whose: "organisation" | "buyer"): Missing {
  const { field, says } = FIELDS[name];
  const place = `${whose}.${field}`;
  return {
    field: place,
    says:
      whose === "organisation"
        ? both(
            `${place}: missing, needed for an invoice (${says.en}): add it under Organisation > Invoice data.`,
            `${place}：缺少开票所需的${says.zh}：请在“组织 > 开票资料”中填写。`,
          )
        : both(
            `${place}: missing, needed for an invoice (${says.en} of the buyer): ask the client to add it under Organisation > Invoice data.`,
            `${place}：缺少开票所需的购买方${says.zh}：请甲方在“组织 > 开票资料”中填写。`,
          ),
  };
}

/** The rate must be the one by which the terms reckon the tax of their milestones, to the cent. */
function clash(terms: Terms.Terms, { vatCategory, vatRate = "0" }: Party): readonly Missing[] {
  const { scale } = terms.currency;
  if (vatCategory === undefined || (vatCategory === "S" && vatRate === undefined)) return [];
  const rate = bps(vatCategory === "S" ? vatRate : "0");
  const cent = 10n ** BigInt(scale - decimalsOf(terms.currency));
  const off = terms.milestones.find(({ net, tax }) => {
    const difference = Money.parse(tax, scale) * 10_000n - Money.parse(net, scale) * rate;
    return (difference < 0n ? -difference : difference) > cent * 10_000n;
  });
  if (!off) return [];
  const found = vatCategory === "S" ? `${vatRate} %` : `${vatCategory}, 0 %`;
  return [
    {
      field: "organisation.vat-rate",
      says: both(
        `organisation.vat-rate: found ${found}, and the terms reckon ${off.tax} of tax on ${off.net} for the milestone ${off.name}: set the rate of the terms under Organisation > Invoice data, or agree on a change order.`,
        `organisation.vat-rate：现为 ${found}，而条款中里程碑 ${off.name} 的不含税金额为 ${off.net}、税额为 ${off.tax}：请在“组织 > 开票资料”中改为条款所用税率，或签订变更。`,
      ),
    },
  ];
}

/** Throws `bad-input` with every field that is missing. */
export function checkMissing(list: readonly Missing[]): void {
  if (list.length === 0) return;
  const words = both(list.map(({ says }) => says.en).join("\n"), list.map(({ says }) => says.zh).join("\n"));
  throw new Problem.Problem("bad-input", words, {
    field: list[0]?.field,
    errors: list.map(({ field, says }) => ({ field, detail: says.en, words: says })),
  });
}

/** Hundredths of a per cent. */
const bps = (percent: string): bigint => Money.parse(percent, 2);

/** Net and tax of an amount with the tax inside, in cents: the net rounded half up, the tax what is left. */
export function split(gross: bigint, rate: string): { net: bigint; tax: bigint } {
  const whole = 10_000n + bps(rate);
  const net = (gross * 10_000n * 2n + whole) / (whole * 2n);
  return { net, tax: gross - net };
}

type Given = {
  readonly terms: Terms.Terms;
  readonly id: Agreement.Hex;
  readonly payment: Payment;
  readonly number: string;
  readonly issued: string;
  readonly seller: Party;
  readonly buyer: Party;
  readonly rehearsal?: boolean;
};

/** Nothing may be `missing`. */
export function of({ terms, id, payment, number, issued, seller, buyer, rehearsal = false }: Given): Invoice {
  const currency = Terms.currencyOf(terms);
  const decimals = decimalsOf(currency);
  const show = (cents: bigint) => shown(cents, decimals);
  const { fact, gross } = payment;
  const category = seller.vatCategory ?? "S";
  const rate = category === "S" ? (seller.vatRate ?? "0") : "0";
  const { net, tax } = split(gross, rate);
  const cent = 10n ** BigInt(currency.scale - decimals);
  const kept = (grossOf(terms, fact) - fact.amount + cent / 2n) / cent;
  const about = fact.cause === "Settlement" ? terms : Glance.milestone(terms, fact.tranche);
  const { says } = Cause.REASONS[fact.cause === "None" ? "Settlement" : fact.cause];
  return {
    ...{ version: "commenda-invoice/1", kind: "invoice", number, issued, currency: currency.code },
    seller: { ...seller, vatRate: rate } as Seller,
    buyer: buyer as Buyer,
    agreement: { id, title: terms.title },
    payment: { at: new Date(fact.block.time * 1000).toISOString(), transaction: fact.transaction, says },
    line: {
      name: both(`${about.title.en} (${says.en})`, `${about.title.zh}（${says.zh}）`),
      unit: seller.unit ?? "项",
    },
    vat: { category, rate, ...exemptionOf(category, seller.exemption) },
    ...{ net: show(net), tax: show(tax), gross: show(gross), paid: show(gross - kept), due: show(kept) },
    ...(rehearsal ? { rehearsal } : {}),
  };
}

/** EN 16931 asks for a reason wherever no tax is. */
function exemptionOf(category: Seller["vatCategory"], reason: string | undefined): { exemption?: string } {
  if (category === "S" || category === "Z") return {};
  return { exemption: reason ?? { E: "Exempt", AE: "Reverse charge", G: "Export outside the EU" }[category] };
}

type Credited = { readonly number: string; readonly issued: string; readonly reason: string };

/**
 * A credit note of so much of an invoice, in cents with tax; `before`: those that were made of it. Throws
 * `state-conflict` where nothing, or less, is left.
 */
export function credit(
  invoice: Invoice,
  before: readonly Invoice[],
  { number, issued, reason, gross }: Credited & { readonly gross: string | undefined },
): Invoice {
  const decimals = invoice.gross.split(".")[1]?.length ?? 0;
  const cents = (text: string) => Money.parse(text, decimals);
  const left = (field: "gross" | "net") =>
    before.reduce((units, one) => units - cents(one[field]), cents(invoice[field]));
  const rest = left("gross");
  const asked = gross === undefined ? rest : cents(gross);
  if (asked <= 0n || asked > rest) throw tooMuch(invoice, shown(rest, decimals), gross);
  // What is left at the end is what is left of each part.
  const net = asked === rest ? left("net") : split(asked, invoice.vat.rate).net;
  return {
    ...invoice,
    ...{ kind: "credit", number, issued, credits: { number: invoice.number, issued: invoice.issued, reason } },
    ...{ net: shown(net, decimals), tax: shown(asked - net, decimals), gross: shown(asked, decimals) },
    ...{ paid: shown(0n, decimals), due: shown(asked, decimals) },
  };
}

const tooMuch = ({ number, currency }: Invoice, rest: string, found: string | undefined) =>
  new Problem.Problem(
    "state-conflict",
    both(
      `gross: found ${found ?? "nothing to credit"}, expected more than zero and at most ${currency} ${rest}, which is left of invoice ${number}. Credit no more than that.`,
      `gross：现为 ${found ?? "无可冲销金额"}，应大于零且不超过 ${currency} ${rest}（发票 ${number} 的余额）。请勿超额冲销。`,
    ),
    { field: "gross" },
  );

/** Cents with all their decimals: 5 of 2 decimals is `0.05`. */
function shown(cents: bigint, decimals: number): string {
  if (decimals === 0) return String(cents);
  const digits = cents.toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** `2027-000001`, with the seller's letters in front. */
export const numberOf = (year: number, number: number, series: string | undefined): string =>
  `${series === undefined ? "" : `${series}-`}${year}-${String(number).padStart(6, "0")}`;
