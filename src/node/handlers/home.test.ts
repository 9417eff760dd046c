import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import type { Place } from "../Call.ts";
import * as Indexer from "../index/Indexer.ts";
import * as Standings from "../index/Standings.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
let deal: Packing.Deal;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let stranger: Drafting.Person;
let agreement: string;

beforeAll(async () => {
  deal = await Packing.begin();
  const escrow = deal.ledger.deployment.escrow.toLowerCase() as `0x${string}`;
  const place: Place = { ledger: deal.ledger, escrow, token: deal.token };
  node = await Drafting.begin(place, Packing.at("2027-01-04T12:00Z"));
  client = await node.person("Client", { account: Packing.CLIENT.address });
  provider = await node.person("Provider", { account: Packing.PROVIDER.address });
  stranger = await node.person("Stranger");
  const { organisation } = client;
  agreement = (await node.ask("agreement.create", { organisation, side: "client", document: deal.terms }, client)).id;
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

const home = (who: Drafting.Person) => node.ask("me.home", {}, who);
const verbs = async (who: Drafting.Person) => {
  const { items } = await node.ask("task.list", {}, who);
  return items.map(({ verb, milestone = "" }) => `${verb} ${milestone}`.trim());
};
const glance = async (who: Drafting.Person) => (await node.ask("agreement.list", {}, who)).items[0];

async function join(who: Drafting.Person, role: string): Promise<void> {
  const { url } = await node.ask("invitation.create", { agreement, role }, client);
  await node.ask("invitation.accept", { token: url.slice(-43), organisation: who.organisation }, who);
}

async function sign(side: "client" | "provider"): Promise<void> {
  const row = { agreement, version: 1, side, ledgerId: `0x${"00".repeat(32)}`, signer: "", signature: "", user: "" };
  await node.parts.store.db.insert(schema.signature).values(row);
}
const be = (status: string) => node.parts.store.db.update(schema.agreement).set({ status });

describe("before the ledger", () => {
  test("behavior: nothing at first, for somebody new", async () => {
    const found = await home(stranger);
    expect(found).toEqual({
      ...{ agreements: [], money: [], unread: 0 },
      ...{ tasks: { count: 0, items: [] }, deadlines: { count: 0, items: [] } },
    });
  });

  test("behavior: a draft is the other side's to review, an offer the other's to sign, what is signed both's to open", async () => {
    await join(provider, "provider");
    expect([await verbs(client), await verbs(provider)]).toEqual([[], ["review"]]);
    expect(await glance(client)).toMatchObject({ turn: ["provider"], amount: "115000000000" });
    await sign("client");
    await be("offered");
    expect([await verbs(client), await verbs(provider)]).toEqual([[], ["sign"]]);
    expect((await glance(client))?.turn).toEqual(["provider"]);
    await sign("provider");
    await be("signed");
    expect([await verbs(client), await verbs(provider)]).toEqual([["open"], ["open"]]);
    expect((await glance(client))?.turn).toEqual(["client", "provider"]);
  });
});

describe("on the ledger", () => {
  beforeAll(async () => {
    await Packing.play(deal);
    while (await Indexer.step(node.parts, { silent: true }));
    while ((await Standings.refresh(node.parts)) > 0);
  });

  test("behavior: whose move it is, until when, what comes if nobody acts, and what money that moves", async () => {
    const [one, other] = [await home(client), await home(provider)];
    for (const found of [one, other]) expect(Table.table["me.home"].output.safeParse(found).error).toBeUndefined();
    expect(one.agreements).toEqual([{ status: "open", count: 1 }]);
    expect(one.tasks.count).toBe(2);
    expect(one.tasks.items.map(({ verb, milestone, amount }) => [verb, milestone, amount])).toEqual([
      ["fund", "launch", "22500000000"],
      ["fund", "outcome", "40500000000"],
    ]);
    expect(other.tasks.items).toMatchObject([
      {
        ...{ agreement, role: "provider", organisation: provider.organisation, verb: "deliver", milestone: "build" },
        ...{ amount: "25000000000", due: "2027-04-02T10:00:00.000Z", until: "2027-04-12T10:00:00.000Z" },
      },
    ]);
    const money = { currency: { code: "CNY", scale: 6 }, agreements: 1, held: "32000000000", promised: "63000000000" };
    expect(one.money).toMatchObject([{ ...money, role: "client" }]);
    expect(other.money).toMatchObject([{ ...money, role: "provider" }]);
    expect(one.deadlines.items.map(({ milestone, mine }) => [milestone, mine])).toEqual(
      expect.arrayContaining([["build", ["client"]]]),
    );
    const build = other.deadlines.items.find(({ milestone }) => milestone === "build");
    expect(build).toMatchObject({
      ...{ at: "2027-04-12T10:00:00.000Z", verb: "claim", toClient: "25000000000", toProvider: "0" },
    });
    expect(one.money[0]?.next).toBe(one.deadlines.items[0]?.at);
  });

  test("behavior: the list shows it at a glance", async () => {
    const found = await glance(provider);
    expect(Table.table["agreement.list"].output.safeParse({ items: [found] }).error).toBeUndefined();
    expect(found).toMatchObject({
      ...{ status: "open", amount: "115000000000", held: "32000000000", currency: { code: "CNY", scale: 6 } },
      turn: ["client", "provider"],
    });
    expect(found?.next?.at).toBe((await home(provider)).deadlines.items[0]?.at);
  });

  test("behavior: who may not sign has deadlines and sums, and nothing to do", async () => {
    const role = "auditor" as const;
    const auditor = await node.person("Auditor", { organisation: client.organisation, role });
    const found = await home(auditor);
    expect([found.tasks.count, found.deadlines.count, found.money.length]).toEqual([0, 3, 1]);
  });

  test("behavior: one who reads sees deadlines, and no money of theirs", async () => {
    await join(stranger, "reader");
    const found = await home(stranger);
    expect([found.tasks.count, found.deadlines.count, found.money]).toEqual([0, 3, []]);
    expect(found.deadlines.items[0]?.mine).toEqual(["reader"]);
  });

  test("behavior: an act that waits for a signature or for a second person awaits those who have not given theirs", async () => {
    const { db } = node.parts.store;
    const [settle, funded] = [randomUUID(), randomUUID()];
    const common = { agreement, ledgerId: `0x${"00".repeat(32)}`, act: {}, call: {}, status: "waiting" } as const;
    const parts = { [Packing.CLIENT.address.toLowerCase()]: "0x11" };
    await db.insert(schema.act).values([
      { ...common, id: settle, verb: "settle", parts },
      { ...common, id: funded, verb: "fund" },
    ]);
    const approval = { id: randomUUID(), organisation: client.organisation, act: funded, state: "open" } as const;
    await db.insert(schema.approval).values({ ...approval, user: client.caller.user });
    const second = await node.person("Second", { organisation: client.organisation, role: "signer" });
    expect(await verbs(client)).toEqual(["fund launch", "fund outcome"]);
    expect(await verbs(second)).toEqual(["fund launch", "fund outcome", "approve"]);
    expect(await verbs(provider)).toEqual(["deliver build", "countersign"]);
    const { items } = await node.ask("task.list", {}, second);
    expect(items.at(-1)).toMatchObject({ act: funded, approval: approval.id });
  });

  test("behavior: page by page it is the same", async () => {
    for (const name of ["task.list", "deadline.list"] as const) {
      const all = (await node.ask(name, {}, client)).items;
      expect(all.length).toBeGreaterThan(1);
      const seen: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await node.ask(name, { limit: 1, ...(after ? { after } : {}) }, client);
        seen.push(...page.items);
        after = page.next;
      } while (after);
      expect(seen).toEqual(all);
    }
  });

  test("behavior: of one organisation, and of a key only its own", async () => {
    const { organisation } = await node.person("Elsewhere");
    await node.parts.store.db.insert(schema.member).values({ organisation, user: client.caller.user, role: "owner" });
    expect((await node.ask("me.home", { organisation }, client)).tasks.count).toBe(0);
    const key = { id: "k", scopes: ["read"] as const, organisation };
    expect((await node.ask("me.home", {}, { ...client.caller, key })).tasks.count).toBe(0);
    expect(await codeOf(node.ask("me.home", { organisation: client.organisation }, { ...client.caller, key }))).toBe(
      "not-found",
    );
  });

  test.each(["task.list", "deadline.list"] as const)("error: %s of a cursor that is none", async (name) => {
    for (const key of [
      [],
      ["x", "y"],
      [1, "y"],
      [-1, `${randomUUID()} 1 client ${randomUUID()}`],
      [1, randomUUID(), 2 ** 40],
    ]) {
      const after = Buffer.from(JSON.stringify(key)).toString("base64url");
      expect(await codeOf(node.ask(name, { after }, client))).toBe("bad-input");
    }
  });
});
