/**
 * Rules of EN 16931-1:2017 for what our invoices have in them, by the numbers of the standard, read from the XML by a
 * parser of its own.
 */
import { SaxesParser } from "saxes";

type Element = { name: string; attributes: Record<string, string>; text: string; children: Element[] };

function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ local, attributes }) => {
    const own = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
    const element = { name: local, attributes: own, text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const here = open.at(-1);
    if (here) here.text += text.trim();
  });
  parser.on("closetag", () => void open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root;
}

const all = (element: Element, path: string): Element[] =>
  path
    .split("/")
    .reduce<Element[]>(
      (found, name) => found.flatMap((one) => one.children.filter((child) => child.name === name)),
      [element],
    );

/** The text at a path from the root. */
export const textAt = (xml: string, path: string): string => all(parse(xml), path)[0]?.text ?? "";

/** In hundredths: no amount has more decimals (BR-DEC). */
function cents(text: string): number {
  if (!/^-?\d+(\.\d{1,2})?$/.test(text)) throw new Error(`no amount of two decimals: ${text}`);
  return Math.round(Number(text) * 100);
}

/** What is broken, by the rule. */
export function problems(xml: string): readonly string[] {
  const root = parse(xml);
  const [document] = root.children;
  if (!document) return ["no document"];
  const isCredit = document.name === "CreditNote";
  const one = (path: string) => all(document, path)[0]?.text ?? "";
  const amount = (path: string) => cents(one(path));
  const broken: string[] = [];
  const rule = (name: string, holds: boolean) => {
    if (!holds) broken.push(name);
  };
  const [seller, buyer] = ["AccountingSupplierParty/Party", "AccountingCustomerParty/Party"];
  const total = "LegalMonetaryTotal";
  const line = isCredit ? "CreditNoteLine" : "InvoiceLine";
  const sub = "TaxTotal/TaxSubtotal";
  const category = one(`${sub}/TaxCategory/ID`);
  const vat = one(`${seller}/PartyTaxScheme/TaxScheme/ID`);
  const currency = one("DocumentCurrencyCode");

  rule("BR-01", one("CustomizationID").startsWith("urn:cen.eu:en16931:2017"));
  rule("BR-02", one("ID") !== "");
  rule("BR-03", /^\d{4}-\d{2}-\d{2}$/.test(one("IssueDate")));
  rule("BR-04", one(isCredit ? "CreditNoteTypeCode" : "InvoiceTypeCode") === (isCredit ? "381" : "380"));
  rule("BR-05", /^[A-Z]{3}$/.test(currency));
  rule("BR-06", one(`${seller}/PartyLegalEntity/RegistrationName`) !== "");
  rule("BR-07", one(`${buyer}/PartyLegalEntity/RegistrationName`) !== "");
  rule("BR-08", all(document, `${seller}/PostalAddress`).length === 1);
  rule("BR-09", /^[A-Z]{2}$/.test(one(`${seller}/PostalAddress/Country/IdentificationCode`)));
  rule("BR-10", all(document, `${buyer}/PostalAddress`).length === 1);
  rule("BR-11", /^[A-Z]{2}$/.test(one(`${buyer}/PostalAddress/Country/IdentificationCode`)));
  rule("BR-16", all(document, line).length >= 1);
  rule("BR-21", one(`${line}/ID`) !== "");
  rule("BR-22", one(`${line}/${isCredit ? "CreditedQuantity" : "InvoicedQuantity"}`) !== "");
  rule("BR-25", one(`${line}/Item/Name`) !== "");
  rule("BR-27", amount(`${line}/Price/PriceAmount`) >= 0);
  rule("BR-55", !isCredit || one("BillingReference/InvoiceDocumentReference/ID") !== "");
  rule("BR-CO-09", vat !== "VAT" || /^[A-Z]{2}/.test(one(`${seller}/PartyTaxScheme/CompanyID`)));
  const buyersTax = one(`${buyer}/PartyTaxScheme/CompanyID`);
  rule("BR-CO-09", buyersTax === "" || /^[A-Z]{2}/.test(buyersTax));
  const net = amount(`${total}/LineExtensionAmount`);
  const tax = amount("TaxTotal/TaxAmount");
  rule(
    "BR-CO-10",
    net === all(document, line).reduce((sum, at) => sum + cents(all(at, "LineExtensionAmount")[0]?.text ?? ""), 0),
  );
  rule("BR-CO-13", amount(`${total}/TaxExclusiveAmount`) === net);
  rule("BR-CO-14", tax === all(document, sub).reduce((sum, at) => sum + cents(all(at, "TaxAmount")[0]?.text ?? ""), 0));
  rule("BR-CO-15", amount(`${total}/TaxInclusiveAmount`) === net + tax);
  rule("BR-CO-16", amount(`${total}/PayableAmount`) === net + tax - amount(`${total}/PrepaidAmount`));
  const rate = Number(one(`${sub}/TaxCategory/Percent`));
  // The schematron allows a unit of the currency; rounded at the gross, ours are a cent off at most.
  rule("BR-CO-17", Math.abs(amount(`${sub}/TaxAmount`) - (amount(`${sub}/TaxableAmount`) * rate) / 100) <= 1);
  rule("BR-CO-18", all(document, sub).length === 1);
  rule("BR-CO-25", amount(`${total}/PayableAmount`) <= 0 || one("DueDate") !== "" || one("PaymentTerms/Note") !== "");
  rule("BR-CO-26", one(`${seller}/PartyLegalEntity/CompanyID`) !== "" || vat === "VAT");
  rule(`BR-${category}-01`, one(`${line}/Item/ClassifiedTaxCategory/ID`) === category);
  rule(`BR-${category}-02`, one(`${seller}/PartyTaxScheme/CompanyID`) !== "");
  rule(`BR-${category}-05`, category === "S" ? rate > 0 : rate === 0);
  rule(`BR-${category}-08`, amount(`${sub}/TaxableAmount`) === net);
  const reason = one(`${sub}/TaxCategory/TaxExemptionReason`);
  rule(`BR-${category}-10`, category === "S" || category === "Z" ? reason === "" : reason !== "");
  rule("BR-AE-02", category !== "AE" || buyersTax !== "" || one(`${buyer}/PartyLegalEntity/CompanyID`) !== "");
  rule("BR-G-02", category !== "G" || vat === "VAT");
  const amounts = (element: Element): Element[] => [
    ...(element.attributes.currencyID ? [element] : []),
    ...element.children.flatMap(amounts),
  ];
  rule(
    "BR-CL-03",
    amounts(document).every(({ attributes }) => attributes.currencyID === currency),
  );
  return broken;
}
