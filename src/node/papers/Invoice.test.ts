import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Money, Terms } from "../../agreement/index.ts";
import type { Fact } from "../../ledger/Fact.ts";
import * as En16931 from "../testing/En16931.ts";
import * as Csv from "./Csv.ts";
import * as Html from "./Html.ts";
import * as Invoice from "./Invoice.ts";
import * as Xml from "./Xml.ts";

const hash = (text: string) => `0x${text.repeat(64).slice(0, 64)}` as const;
const paid = (amount: bigint, changes: Partial<Invoice.Paid> = {}): Fact => ({
  ...{ kind: "paid", agreement: hash("a"), tranche: 0, cause: "PartAcceptance", amount, fee: 0n },
  ...{ onTime: true, disputed: false, block: { number: 1, hash: hash("b"), time: 1_800_000_000 } },
  ...{ transaction: hash("c"), index: 0 },
  ...changes,
});
const SELLER: Invoice.Party = {
  ...{ name: "Lanting", taxId: "DE123456789", street: "Road 1", city: "Berlin", country: "DE" },
  ...{ vatCategory: "S", vatRate: "6" },
};
const BUYER: Invoice.Party = { name: "Qinghe & <Sons>", country: "FR", taxId: "FR12345678901" };
const of = (payment: Invoice.Payment, seller = SELLER, terms = Terms.example()) =>
  Invoice.of({
    ...{ terms, id: hash("a"), payment, seller, buyer: BUYER },
    ...{ number: "2027-000001", issued: "2027-01-26" },
  });

describe("amounts", () => {
  test("behavior: payments in any pieces are invoiced to the cent of their sum", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 8 }), (amounts) => {
        const list = Invoice.payments(
          Terms.example(),
          amounts.map((amount) => paid(amount)),
        );
        const units = amounts.reduce((sum, amount) => sum + amount, 0n);
        expect(list.reduce((sum, { gross }) => sum + gross, 0n)).toBe((units + 5_000n) / 10_000n);
        expect(new Set(list.map(({ place }) => place)).size).toBe(amounts.length);
      }),
    );
  });

  test("behavior: net and tax are the gross, and the tax is the rate's within a cent", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 9999 }), (gross, hundredths) => {
        const { net, tax } = Invoice.split(gross, Money.format(BigInt(hundredths), 2));
        expect(net + tax).toBe(gross);
        const off = tax * 10_000n - net * BigInt(hundredths);
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(10_000n);
      }),
    );
  });

  test("behavior: what the client keeps back for the tax office is invoiced, and due", async () => {
    const terms = Terms.example();
    const [first] = terms.milestones;
    if (first) Object.assign(first, { amount: "18000", withholding: "2000" });
    const [payment] = Invoice.payments(terms, [paid(9_000_000_000n)]);
    if (!payment) throw new Error("there is a payment");
    const made = of(payment, SELLER, terms);
    expect(made).toMatchObject({ gross: "10000.00", paid: "9000.00", due: "1000.00", net: "9433.96", tax: "566.04" });
    expect(En16931.problems(await Xml.write(made))).toEqual([]);
  });

  test("behavior: an amount settled by both is of the whole, and bears no withholding", () => {
    const [payment] = Invoice.payments(Terms.example(), [paid(1_000_000n, { cause: "Settlement", tranche: 7 })]);
    if (!payment) throw new Error("there is a payment");
    expect(of(payment).line.name.en).toBe(`${Terms.example().title.en} (Settlement)`);
  });
});

test.each([
  ["zero rate", { vatCategory: "Z" }],
  ["exempt", { vatCategory: "E", exemption: "Small business" }],
  ["reverse charge", { vatCategory: "AE" }],
  ["export", { vatCategory: "G" }],
  ["a number of a tax office", { taxId: "92510107MA6EXAMPLE", country: "CN" }],
] as const)("behavior: %s keeps the rules of EN 16931", async (_, changes) => {
  const [payment] = Invoice.payments(Terms.example(), [paid(20_000_000_000n)]);
  if (!payment) throw new Error("there is a payment");
  const made = of(payment, { ...SELLER, ...changes });
  expect(En16931.problems(await Xml.write(made))).toEqual([]);
  if ("vatCategory" in changes) expect([made.tax, made.vat.rate]).toEqual(["0.00", "0"]);
});

test("error: a country that there is none of is told by its place", async () => {
  const [payment] = Invoice.payments(Terms.example(), [paid(20_000_000_000n)]);
  if (!payment) throw new Error("there is a payment");
  const made = Xml.write(of(payment, { ...SELLER, country: "ZZ" }));
  await expect(made).rejects.toThrow(/cannot be written after EN 16931: .*IdentificationCode/);
});

test("error: the rules are shown to find what is broken", async () => {
  const [payment] = Invoice.payments(Terms.example(), [paid(20_000_000_000n)]);
  if (!payment) throw new Error("there is a payment");
  const xml = await Xml.write(of(payment));
  const broken = (from: string, to: string) => En16931.problems(xml.replace(from, to));
  expect(
    broken('<cbc:TaxInclusiveAmount currencyID="CNY">20000.00', '<cbc:TaxInclusiveAmount currencyID="CNY">20000.01'),
  ).toEqual(["BR-CO-15"]);
  expect(broken("DE123456789", "123")).toEqual(["BR-CO-09"]);
  expect(broken("<cbc:IssueDate>2027-01-26", "<cbc:IssueDate>26.1.2027")).toEqual(["BR-03"]);
});

test("behavior: no cell of a table is a formula, and every cell reads as it was", () => {
  const texts = ["=1+1", "+1", "-1+1", "@a", "\t=1", "＝1", ' "=1"', "a\r\nb", 'say "hi", all', "-12.50", "12"];
  const [row = ""] = Csv.write([texts]).slice(1).split("\r\n\u0000");
  expect(row.trimEnd()).toBe(`'=1+1,'+1,'-1+1,'@a,'\t=1,'＝1," ""=1""","a\r\nb","say ""hi"", all",-12.50,12`);
});

test("behavior: what others wrote is text in a page", () => {
  const { text } = Html.html`<p>${'<img src=x onerror=alert(1)>\u202e & "it\'s"'}</p>`;
  expect(text).toBe("<p><bdi>&lt;img src=x onerror=alert(1)&gt;\u202e &amp; &quot;it&#39;s&quot;</bdi></p>");
});
