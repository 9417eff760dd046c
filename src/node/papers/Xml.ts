/** An invoice as XML after EN 16931, in the syntax of UBL 2.1. */
import type { InvoiceService, Invoice as Ubl } from "@e-invoice-eu/core";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Invoice, Party } from "./Invoice.ts";

const { both } = InputError;

/** UN/ECE Recommendation 20: one. */
const ONE = "C62";
const QUIET = { log() {}, warn() {}, error() {} };
/** An address that nobody has (RFC 6761), where the library asks for one and EN 16931 (BT-34, BT-49) does not. */
const NOWHERE = "nobody@invoice.invalid";
const NO_ENDPOINT = new RegExp(`\\s*<cbc:EndpointID schemeID="EM">${NOWHERE}</cbc:EndpointID>`, "g");

type Library = Pick<InvoiceService, "generate">;
let library: Promise<Library> | undefined;

/** Throws `state-conflict` where something in it is not of the code lists of EN 16931: a country that there is none of. */
export async function write(invoice: Invoice): Promise<string> {
  // Who makes no invoices need not load what writes them, and one that is loaded knows its schema.
  library ??= import("@e-invoice-eu/core").then((core) => new core.InvoiceService(QUIET));
  const service = await library;
  const options = { format: "UBL", lang: "en", noWarnings: true };
  const xml = await service.generate(document(invoice), options).catch((error: unknown) => {
    const { errors } = error as { errors?: readonly { instancePath: string; message?: string }[] };
    throw errors ? unfit(errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ")) : error;
  });
  return String(xml).replace(NO_ENDPOINT, "");
}

const unfit = (why: string) =>
  new Problem.Problem(
    "state-conflict",
    both(
      `The invoice cannot be written after EN 16931: ${why}. Credit it, correct the invoice data, and take it as CSV or HTML meanwhile.`,
      `该发票无法按 EN 16931 写出：${why}。请冲销并更正开票资料；其间可使用 CSV 或 HTML。`,
    ),
  );

function document(invoice: Invoice): Ubl {
  const { kind, number, issued, currency, seller, buyer, vat, net, tax, gross, paid, due, line, credits } = invoice;
  const money = <K extends string>(name: K, amount: string) => ({ [name]: amount, [`${name}@currencyID`]: currency });
  const scheme = { "cac:TaxScheme": { "cbc:ID": "VAT" } };
  const category = { "cbc:ID": vat.category, "cbc:Percent": vat.rate, ...scheme };
  const reason = vat.exemption === undefined ? {} : { "cbc:TaxExemptionReason": vat.exemption };
  const subtotal = {
    ...{ ...money("cbc:TaxableAmount", net), ...money("cbc:TaxAmount", tax) },
    "cac:TaxCategory": { ...category, ...reason },
  };
  const reference = credits && {
    "cac:InvoiceDocumentReference": { "cbc:ID": credits.number, "cbc:IssueDate": credits.issued },
  };
  return {
    "ubl:Invoice": {
      "cbc:CustomizationID": "urn:cen.eu:en16931:2017",
      "cbc:ID": number,
      "cbc:IssueDate": issued,
      "cbc:InvoiceTypeCode": kind === "credit" ? "381" : "380",
      "cbc:Note": [noteOf(invoice)],
      "cbc:DocumentCurrencyCode": currency,
      ...(reference ? { "cac:BillingReference": [reference] } : {}),
      "cac:ContractDocumentReference": { "cbc:ID": invoice.agreement.id },
      "cac:AccountingSupplierParty": { "cac:Party": { ...party(seller), "cac:PartyTaxScheme": [numbered(seller)] } },
      "cac:AccountingCustomerParty": {
        // A buyer's number without its country in front is one of the register, not of VAT.
        "cac:Party": { ...party(buyer), ...(isVat(buyer) ? { "cac:PartyTaxScheme": numbered(buyer) } : {}) },
      },
      ...(Number(due) > 0
        ? { "cac:PaymentTerms": { "cbc:Note": "Kept back by the buyer for the tax office · 由购买方代扣" } }
        : {}),
      "cac:TaxTotal": [{ ...money("cbc:TaxAmount", tax), "cac:TaxSubtotal": [subtotal] }],
      "cac:LegalMonetaryTotal": {
        ...money("cbc:LineExtensionAmount", net),
        ...money("cbc:TaxExclusiveAmount", net),
        ...money("cbc:TaxInclusiveAmount", gross),
        ...money("cbc:PrepaidAmount", paid),
        ...money("cbc:PayableAmount", due),
      },
      "cac:InvoiceLine": [
        {
          "cbc:ID": "1",
          "cbc:InvoicedQuantity": "1",
          "cbc:InvoicedQuantity@unitCode": ONE,
          ...money("cbc:LineExtensionAmount", net),
          "cac:Item": { "cbc:Name": `${line.name.en} · ${line.name.zh}`, "cac:ClassifiedTaxCategory": category },
          "cac:Price": money("cbc:PriceAmount", net),
        },
      ],
    },
  } as unknown as Ubl;
}

const noteOf = ({ payment, credits, rehearsal }: Invoice): string =>
  (rehearsal ? "REHEARSAL, NOT AN INVOICE · 预演，并非发票. " : "") +
  (credits
    ? `Credits invoice ${credits.number}: ${credits.reason}`
    : `Paid ${payment.at} through escrow, transaction ${payment.transaction}`);

function party(one: Party) {
  const { name, taxId, street, city, postcode, country, email } = one;
  return {
    "cbc:EndpointID": email ?? NOWHERE,
    "cbc:EndpointID@schemeID": "EM",
    "cac:PostalAddress": {
      ...(street === undefined ? {} : { "cbc:StreetName": street }),
      ...(city === undefined ? {} : { "cbc:CityName": city }),
      ...(postcode === undefined ? {} : { "cbc:PostalZone": postcode }),
      "cac:Country": { "cbc:IdentificationCode": country },
    },
    "cac:PartyLegalEntity": {
      "cbc:RegistrationName": name,
      ...(taxId === undefined ? {} : { "cbc:CompanyID": taxId }),
    },
  };
}

/** VAT numbers begin with their country (BR-CO-09); others are numbers of a tax office. */
const isVat = ({ taxId = "" }: Party): boolean => /^[A-Z]{2}/.test(taxId);

const numbered = (one: Party) => ({
  "cbc:CompanyID": one.taxId,
  "cac:TaxScheme": { "cbc:ID": isVat(one) ? "VAT" : "TAX" },
});
