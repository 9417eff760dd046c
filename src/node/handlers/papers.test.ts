import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Evidence } from "../../agreement/index.ts";
import { Table } from "../../api/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import type { Place } from "../Call.ts";
import * as Indexer from "../index/Indexer.ts";
import * as Standings from "../index/Standings.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";
import * as En16931 from "../testing/En16931.ts";

const { codeOf } = Drafting;
const SELLER = {
  ...{ name: "成都蓝汀软件工作室", taxId: "92510107MA6EXAMPLE", street: "锦江路 1 号", city: "成都" },
  ...{ country: "CN", vatCategory: "S", vatRate: "6", itemCode: "3040201010000000000", unit: "项" },
};

let deal: Packing.Deal;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let agreement: string;

beforeAll(async () => {
  deal = await Packing.begin();
  const place: Place = { ledger: deal.ledger, escrow: deal.ledger.deployment.escrow.toLowerCase() as Hex };
  node = await Drafting.begin(place, Packing.at("2027-01-04T12:00Z"));
  client = await node.person("Client", { account: Packing.CLIENT.address });
  provider = await node.person("Provider", { account: Packing.PROVIDER.address });
  const { organisation } = client;
  agreement = (await node.ask("agreement.create", { organisation, side: "client", document: deal.terms }, client)).id;
  const seat = { agreement, organisation: provider.organisation, role: "provider" as const };
  await node.parts.store.db.insert(schema.seat).values(seat);
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

async function index(): Promise<void> {
  while (await Indexer.step(node.parts, { silent: true }));
  while ((await Standings.refresh(node.parts)) > 0);
}
const list = (who = provider) => node.ask("papers.list", { agreement }, who);
const save = (party: object, who = provider) =>
  node.ask("invoicing.save", { organisation: who.organisation, party }, who);
const issue = (payment: string, who = provider) => node.ask("papers.issue", { agreement, payment }, who);
const paper = (invoice: string, format: string, who = client) =>
  node.ask("papers.invoice", { agreement, invoice, format }, who);
const caught = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => new Error("nothing was thrown"),
    (error: Error) => error,
  );

test("error: there are no papers before the agreement is on the ledger", async () => {
  expect(await codeOf(list())).toBe("state-conflict");
  expect(await codeOf(node.ask("papers.statement", { agreement }, client))).toBe("state-conflict");
});

describe("once a milestone is paid", () => {
  let payment: string;
  beforeAll(async () => {
    await Packing.play(deal);
    await index();
    node.clock.time = Packing.at("2027-01-26T10:00Z");
    payment = (await list()).payments[0]?.payment ?? "";
  });

  test("behavior: what can be made, and what is missing for it", async () => {
    const found = await list();
    expect(Table.table["papers.list"].output.safeParse(found).error).toBeUndefined();
    expect(found).toMatchObject({ certificates: true, seller: provider.organisation, undone: [] });
    expect(found.payments).toMatchObject([{ milestone: "design", amount: "20000000000", credits: [] }]);
    expect((await list(client)).seller).toBeUndefined();
    expect(found.missing.map(({ field }) => field)).toEqual([
      ...["organisation.street", "organisation.city", "organisation.vat-category"],
    ]);
    const error = await caught(issue(payment));
    expect(error.message).toContain(
      "organisation.vat-category: missing, needed for an invoice (the VAT category): add it under Organisation > Invoice data.",
    );
    expect(await node.ask("invoice.list", { organisation: provider.organisation }, provider)).toEqual({ items: [] });
  });

  test("error: another rate than that of the terms, a payment of nothing, the client", async () => {
    await save({ ...SELLER, vatRate: "13" });
    expect((await caught(issue(payment))).message).toMatch(
      /^organisation\.vat-rate: found 13 %, and the terms reckon 1132\.08 of tax on 18867\.92 for the milestone design/,
    );
    await save(SELLER);
    expect(await codeOf(issue(`0x${"11".repeat(32)}:0`))).toBe("bad-input");
    expect(await codeOf(issue(payment, client))).toBe("forbidden");
    expect(await codeOf(save(SELLER, { ...provider, organisation: client.organisation }))).toBe("not-found");
    expect(await codeOf(save({ vatRate: "six" }))).toBe("bad-input");
  });

  test("behavior: asked for by many at once, a payment has one invoice, and its number is the first", async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => issue(payment)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(Table.table["papers.issue"].output.safeParse(made[0]).error).toBeUndefined();
    expect(made[0]).toMatchObject({
      ...{ kind: "invoice", number: "2027-000001", issued: "2027-01-26", currency: "CNY" },
      ...{ net: "18867.92", tax: "1132.08", gross: "20000.00", buyer: "杭州清禾茶业有限公司" },
    });
    await save({ ...SELLER, name: "Another name" });
    expect((await paper(made[0]?.id ?? "", "json")).content).toContain("成都蓝汀软件工作室");
    await save(SELLER);
    const change = node.parts.store.db.update(schema.invoice).set({ number: 7 });
    expect(String((await caught(change as unknown as Promise<unknown>)).cause)).toContain("never changed");
  });

  test("behavior: as XML it keeps the rules of EN 16931", async () => {
    const register = node.ask("invoice.list", { organisation: provider.organisation }, client);
    expect(await codeOf(register)).toBe("not-found");
    const id = (await list()).payments[0]?.invoice?.id ?? "";
    const { content, name, type } = await paper(id, "xml");
    expect([name, type]).toEqual(["invoice-2027-000001.xml", "application/xml; charset=utf-8"]);
    expect(En16931.problems(content)).toEqual([]);
    expect(En16931.textAt(content, "Invoice/LegalMonetaryTotal/PayableAmount")).toBe("0.00");
  });

  test("behavior: as CSV it has the fields of 数电票, and nothing in it is a formula", async () => {
    await save(
      { name: '=HYPERLINK("https://a")', taxId: "91330106MA2EXAMPLE", country: "CN", street: "\t@SUM(1)" },
      client,
    );
    const second = await issue(payment);
    const { content } = await node.ask("papers.invoice", { agreement, invoice: second.id, format: "csv" }, client);
    const [head = "", row = ""] = content.slice(1).split("\r\n");
    for (const field of [
      "购买方名称",
      "购买方统一社会信用代码/纳税人识别号",
      "项目名称",
      "规格型号",
      "单位",
      "数量",
      "单价",
      "金额",
      "税率",
      "税额",
    ])
      expect(head.split(",")).toContain(field);
    expect(row.split(",").slice(0, 5)).toEqual([
      "2027-000001",
      "蓝字",
      "否",
      "杭州清禾茶业有限公司",
      "91330106MA2EXAMPLE",
    ]);
    expect(row).toContain(",1,18867.92,18867.92,6%,1132.08,20000.00,CNY,");
  });

  test("behavior: to be printed it is one page without a script, whose style alone its policy lets through", async () => {
    const { id } = await issue(payment);
    const pages = [
      await paper(id, "html"),
      await node.ask("papers.title", { agreement, milestone: "design" }, client),
      await node.ask("papers.statement", { agreement }, client),
    ];
    for (const { content } of pages) {
      const style = /<style>([\s\S]*?)<\/style>/.exec(content)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      expect(content).toContain(`content="default-src 'none'; style-src 'sha256-${hash}';`);
      expect(content).not.toMatch(/<script|https?:|style=|url\(/);
      expect(content).toContain('lang="zh-CN"');
      expect(content).toContain("@media print");
      expect(content).toContain("A rehearsal: no real money moved");
    }
  });

  test("behavior: the title certificate says what was delivered, and whose it is from which payment on", async () => {
    const { content } = await node.ask("papers.title", { agreement, milestone: "design", format: "json" }, client);
    expect(JSON.parse(content)).toMatchObject({
      ...{ version: "commenda-title/1", owner: "client", from: "payment", amount: "20000000000", paid: "20000000000" },
      deliverable: { hash: Evidence.hash(Packing.FILES[2]), at: "2027-01-24T09:00:00.000Z" },
      passed: { at: "2027-01-26T09:00:00.000Z", transaction: payment.split(":")[0] },
    });
    const error = await caught(node.ask("papers.title", { agreement, milestone: "build" }, client));
    expect(error.message).toBe("It has not passed to the client yet: CNY 0.00 of CNY 25,000.00 is paid.");
    expect(await codeOf(node.ask("papers.title", { agreement, milestone: "none" }, client))).toBe("bad-input");
  });

  test("behavior: the statement as a table and as data says what the operation says", async () => {
    const found = await node.ask("agreement.statement", { agreement }, client);
    const { content } = await node.ask("papers.statement", { agreement, format: "json" }, client);
    expect(JSON.parse(content)).toMatchObject(found);
    const table = (await node.ask("papers.statement", { agreement, format: "csv" }, client)).content;
    expect(table).toContain("design,Acceptance 验收,escrow,provider,20000,200,CNY,0x");
    expect(table).toContain("held 尚在托管,,,32000,,CNY,");
  });

  test("behavior: credit notes take an invoice back to the cent, by the next numbers, and no more than it", async () => {
    const { id } = await issue(payment);
    const credit = (more: object, who = provider, key?: string) =>
      node.ask("papers.credit", { agreement, invoice: id, reason: "Discount", ...more }, who, key);
    expect(await codeOf(credit({}, client))).toBe("forbidden");
    expect(await codeOf(credit({ gross: "20000.01" }))).toBe("state-conflict");
    expect(await codeOf(credit({ gross: "0" }))).toBe("state-conflict");
    // What came to nothing left no gap.
    const first = await credit({ gross: "0.09" }, provider, "once");
    expect(await credit({ gross: "0.09" }, provider, "once")).toEqual(first);
    expect(first).toMatchObject({
      kind: "credit",
      number: "2027-000002",
      credits: "2027-000001",
      net: "0.08",
      tax: "0.01",
    });
    const rest = await credit({});
    expect(rest).toMatchObject({ number: "2027-000003", net: "18867.84", tax: "1132.07", gross: "19999.91" });
    expect(await codeOf(credit({}))).toBe("state-conflict");
    expect(await codeOf(node.ask("papers.credit", { agreement, invoice: rest.id, reason: "No" }, provider))).toBe(
      "state-conflict",
    );
    const xml = (await paper(rest.id, "xml")).content;
    expect(En16931.problems(xml)).toEqual([]);
    expect(En16931.textAt(xml, "CreditNote/BillingReference/InvoiceDocumentReference/ID")).toBe("2027-000001");
    expect((await list()).payments[0]?.credits.map(({ number }) => number)).toEqual(["2027-000002", "2027-000003"]);
    const batch = await node.ask("invoice.batch", { organisation: provider.organisation, year: 2027 }, provider);
    expect(batch.content.split("\r\n")).toHaveLength(5);
    expect(batch.content).toContain(",-1,19999.91,".replace("19999.91", "18867.84"));
  });

  test("behavior: numbers begin anew each year, and have no gap where transactions fail", async () => {
    const { db } = node.parts.store;
    const { organisation } = provider;
    node.clock.time = Packing.at("2028-01-01T00:00Z");
    // The payment of another: what an invoice of this one would be if it were not made yet.
    const [row] = await db.select().from(schema.invoice).where(eq(schema.invoice.number, 1));
    const again = (nth: number, fails: boolean) =>
      node.parts.store
        .transaction(async (tx) => {
          const Series = await import("../papers/Series.ts");
          const number = await Series.next(tx, organisation, 2028);
          const document = { ...Series.documentOf(row as never), number: `2028-${number.number}` };
          await Series.keep(tx, number, {
            ...{ seller: organisation, agreement, user: "u", document, payment: `${payment}${nth}` },
          });
          if (fails) throw new Error("on purpose");
        })
        .catch((error: Error) => {
          if (error.message !== "on purpose") throw error;
        });
    await Promise.all(Array.from({ length: 20 }, (_, nth) => again(nth, nth % 3 === 1)));
    const { items } = await node.ask("invoice.list", { organisation, year: 2028 }, provider);
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, k) => `2028-${k + 1}`));
    const undone = (await list()).undone;
    expect(undone).toHaveLength(13);
    const page = await node.ask("invoice.list", { organisation, limit: 10 }, provider);
    const next = await node.ask("invoice.list", { organisation, limit: 10, after: page.next ?? "" }, provider);
    expect([page.items.length, next.items.length, next.next]).toEqual([10, 6, undefined]);
  });
});
