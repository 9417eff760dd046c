import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Endings, Terms } from "../../agreement/index.ts";
import { Table } from "../../api/index.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import type { Place } from "../Call.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf, EARLY } = Drafting;
let ledger: Rehearsal.Rehearsal;
let place: Place;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: EARLY - 86_400 });
  place = { ledger, escrow: ledger.deployment.escrow.toLowerCase() as `0x${string}` };
  node = await Drafting.begin(place, EARLY);
  client = await node.person("Client");
  provider = await node.person("Provider");
});
afterAll(async () => {
  await node.close();
  await ledger.close();
});

const terms = (changes: Partial<Terms.Terms> = {}) => Drafting.termsAt(place, changes);

/** Both sit in it. */
async function begin(document: object = terms()): Promise<string> {
  const input = { organisation: client.organisation, side: "client", document };
  const { id } = await node.ask("agreement.create", input, client);
  const { url } = await node.ask("invitation.create", { agreement: id, role: "provider" }, client);
  await node.ask("invitation.accept", { token: url.slice(-43), organisation: provider.organisation }, provider);
  return id;
}

const save = (agreement: string, base: number, document: object, by = client) =>
  node.ask("version.save", { agreement, base, document }, by);
const compare = (agreement: string, from = 1, to = 2) => node.ask("version.compare", { agreement, from, to }, client);

describe("version.save", () => {
  test("behavior: of two writers on the same base one is told to look at the other's version", async () => {
    const agreement = await begin();
    const both = await Promise.allSettled([
      save(agreement, 1, terms({ sequential: false })),
      save(agreement, 1, terms({ sequential: false }), provider),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { reason } = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(reason).toMatchObject({ code: "changed-meanwhile", members: { latest: 2 } });
    expect((await node.ask("version.list", { agreement }, client)).items.map(({ version }) => version)).toEqual([2, 1]);
  });

  test("behavior: an offer is a draft again, with a new id, and the other side is told once", async () => {
    const agreement = await begin();
    const { db } = node.parts.store;
    const before = await node.ask("agreement.show", { agreement }, client);
    await db.update(schema.agreement).set({ status: "offered" });
    const title = { en: "Another title", zh: "另一标题" };
    const after = await save(agreement, 1, terms({ title }), provider);
    expect(after).toMatchObject({ status: "draft", version: 2, title, mine: ["provider"], problems: [] });
    expect(after.ledgerId).not.toBe(before.ledgerId);
    const told = await db.select().from(schema.notice);
    const about = told.filter((one) => one.agreement === agreement && one.kind === "version.saved");
    expect(about.map(({ user }) => user)).toEqual([client.caller.user]);
    const events = await db.select().from(schema.event);
    expect(events.filter((one) => one.agreement === agreement).map(({ kind }) => kind)).toEqual([
      "agreement.changed",
      "invitation.accepted",
      "version.saved",
    ]);
  });

  test.each(["signed", "open", "closed", "withdrawn"])("error: what is %s is not changed", async (status) => {
    const agreement = await begin();
    await node.parts.store.db.update(schema.agreement).set({ status });
    expect(await codeOf(save(agreement, 1, terms()))).toBe("state-conflict");
  });

  test("behavior: the same key saves once, and an incomplete version keeps the id of the complete one", async () => {
    const agreement = await begin();
    const input = { agreement, base: 1, document: { title: { en: "Half", zh: "一半" } } };
    const once = await node.ask("version.save", input, client, "key-1");
    expect(await node.ask("version.save", input, client, "key-1")).toEqual(once);
    expect(once.version).toBe(2);
    const first = await node.ask("version.show", { agreement, version: 1 }, client);
    expect(first).toMatchObject({ problems: [], ledgerId: once.ledgerId, by: { name: "Client" } });
    expect(first.document).toEqual(terms());
    expect(Table.table["version.show"].output.safeParse(first).error).toBeUndefined();
    expect(await codeOf(node.ask("version.show", { agreement, version: 9 }, client))).toBe("not-found");
  });

  test("behavior: versions are listed page by page", async () => {
    const agreement = await begin();
    await save(agreement, 1, {});
    await save(agreement, 2, {});
    const page = await node.ask("version.list", { agreement, limit: 2 }, provider);
    expect(page.items.map(({ version }) => version)).toEqual([3, 2]);
    const last = await node.ask("version.list", { agreement, limit: 2, after: page.next }, provider);
    expect(last.items.map(({ version }) => version)).toEqual([1]);
    expect(last.next).toBeUndefined();
  });
});

describe("version.compare", () => {
  test("behavior: complete versions differ in what is enforced, in the endings, and in what is written", async () => {
    const agreement = await begin();
    const { milestones, ip, ...rest } = terms();
    const [first, ...others] = milestones;
    if (!first) throw new Error("the example has milestones");
    const second = { ...first, amount: "21000", net: "19867.92" };
    await save(agreement, 1, { ...rest, ip: { ...ip, certificate: false }, milestones: [second, ...others] });
    const { complete, differences } = await compare(agreement);
    expect(complete).toBe(true);
    const of = (kind: string) => differences.filter((one) => one.kind === kind).map(({ field }) => field);
    expect(of("field")).toEqual(["work.tranches[0].amount"]);
    expect(of("ending").length).toBeGreaterThan(0);
    expect(of("text")).toEqual(["milestones[0].net", "ip.certificate"]);
    const output = Table.table["version.compare"].output;
    expect(output.safeParse({ complete, differences }).error).toBeUndefined();
  });

  test("behavior: a difference that cannot be seen is said to be one", async () => {
    const title = { en: "Shop аpp", zh: "商城" };
    const agreement = await begin({ title: { ...title, en: "Shop app" } });
    await save(agreement, 1, { title });
    const { complete, differences } = await compare(agreement);
    expect(complete).toBe(false);
    expect(differences.find(({ field }) => field === "title.en")?.says.en).toMatch(/only look alike/);
  });

  test("behavior: incomplete versions differ value by value, what is new and what is gone", async () => {
    const agreement = await begin({ milestones: [{ name: "one" }], inputs: [], salt: "a" });
    const { document } = await node.ask("agreement.show", { agreement }, client);
    const { rail: _, ...others } = document;
    await save(agreement, 1, { ...others, milestones: [{ name: "two", due: "soon" }], inputs: {}, salt: "b" });
    const { differences } = await compare(agreement);
    expect(differences.map(({ field, says }) => [field, says.en])).toEqual(
      expect.arrayContaining([
        ["milestones[0].name", 'milestones[0].name: "one" becomes "two".'],
        ["milestones[0].due", 'milestones[0].due is new: "soon".'],
        ["rail", 'rail is gone: "token".'],
        ["inputs", 'inputs: "[]" becomes "{}".'],
      ]),
    );
    expect(differences).toHaveLength(4);
    expect((await compare(agreement, 2, 2)).differences).toEqual([]);
  });
});

describe("endings", () => {
  test("behavior: of a complete version, the same when asked again", async () => {
    const agreement = await begin();
    const found = await node.ask("version.endings", { agreement, version: 1 }, client);
    expect(Table.table["version.endings"].output.safeParse(found).error).toBeUndefined();
    expect(found.count).toBe(found.endings.length);
    const { worst } = Endings.endings(Terms.toAgreement(terms())).client;
    expect(found.client.worst).toMatchObject({ units: String(-worst.sums.client), negative: true });
    expect(found.provider.best.negative).toBe(false);
    expect(await node.ask("version.endings", { agreement, version: 1 }, provider)).toEqual(found);
    const checked = await node.ask("terms.check", { document: terms() }, client);
    expect(checked).toMatchObject({ problems: [], endings: found });
    expect(Table.table["terms.check"].output.safeParse(checked).error).toBeUndefined();
    const { items } = await node.ask("version.list", { agreement }, client);
    expect(items[0]).toMatchObject({ ledgerId: checked.ledgerId, contentHash: checked.contentHash });
  });

  test("error: of an incomplete one there are none", async () => {
    const agreement = await begin({});
    const call = node.ask("version.endings", { agreement, version: 1 }, client);
    await expect(call).rejects.toMatchObject({ code: "state-conflict" });
    const checked = await node.ask("terms.check", { document: {} }, client);
    expect(checked.endings).toBeUndefined();
    expect(checked.problems.length).toBeGreaterThan(5);
  });
});
