import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Terms } from "../../agreement/index.ts";
import { Table } from "../../api/index.ts";
import * as Pack from "../../ledger/Pack.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import type { Place } from "../Call.ts";
import * as Indexer from "../index/Indexer.ts";
import * as Standings from "../index/Standings.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
let deal: Packing.Deal;
let node: Drafting.Node;
let place: Place;
let client: Drafting.Person;
let provider: Drafting.Person;
let stranger: Drafting.Person;

beforeAll(async () => {
  deal = await Packing.begin();
  const escrow = deal.ledger.deployment.escrow.toLowerCase() as `0x${string}`;
  place = { ledger: deal.ledger, escrow, token: deal.token };
  node = await Drafting.begin(place, Packing.at("2027-01-04T12:00Z"));
  client = await node.person("Client", { account: Packing.CLIENT.address });
  provider = await node.person("Provider", { account: Packing.PROVIDER.address });
  stranger = await node.person("Stranger", { account: `0x${"99".repeat(20)}` });
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

/** All that the ledger has, in the store. */
async function index(): Promise<void> {
  while (await Indexer.step(node.parts, { silent: true }));
  while ((await Standings.refresh(node.parts)) > 0);
}

const create = (document: object, by = client) =>
  node.ask("agreement.create", { organisation: by.organisation, side: "client", document }, by);
const standing = (agreement: string, by = client) => node.ask("agreement.standing", { agreement }, by);
const take = (pack: string, by: Drafting.Person, role: string) =>
  node.ask("agreement.importPack", { organisation: by.organisation, role, pack }, by);

let ours: string;

describe("before the ledger", () => {
  test("error: there is no standing and no pack, and no facts", async () => {
    ours = (await create(deal.terms)).id;
    expect(await codeOf(standing(ours))).toBe("state-conflict");
    for (const name of ["agreement.pack", "agreement.statement"] as const)
      expect(await codeOf(node.ask(name, { agreement: ours }, client))).toBe("state-conflict");
    expect(await node.ask("fact.list", { agreement: ours }, client)).toEqual({ items: [] });
  });
});

describe("on the ledger", () => {
  beforeAll(async () => {
    await Packing.play(deal);
    await index();
    node.clock.time = Packing.at("2027-01-26T10:00Z");
  });

  test("behavior: stages, sums, what comes if nobody acts, and what the caller may do", async () => {
    const found = await standing(ours);
    expect(Table.table["agreement.standing"].output.safeParse(found).error).toBeUndefined();
    expect(found).toMatchObject({ currency: { code: "CNY", scale: 6 }, closed: false, lag: 0, credits: [] });
    expect(found.tranches.map(({ name, stage, held, paid, mine }) => ({ name, stage, held, paid, mine }))).toEqual([
      { name: "design", stage: "paid", held: "0", paid: "20000000000", mine: [] },
      { name: "build", stage: "active", held: "25000000000", paid: "0", mine: ["accept"] },
      { name: "launch", stage: "unfunded", held: "2500000000", paid: "0", mine: ["terminate", "fund"] },
      { name: "outcome", stage: "unfunded", held: "4500000000", paid: "0", mine: ["terminate", "fund"] },
    ]);
    const [paid, active] = found.tranches;
    expect([paid?.round, paid?.due, paid?.next]).toEqual([1, undefined, undefined]);
    expect(active).toMatchObject({
      due: "2027-04-02T10:00:00.000Z",
      next: { verb: "claim", at: "2027-04-12T10:00:00.000Z" },
    });
  });

  test("behavior: who may not sign may do nothing", async () => {
    const role = "auditor" as const;
    const auditor = await node.person("Auditor", { organisation: client.organisation, role });
    const key = { id: "k", scopes: ["read"] as const, organisation: client.organisation };
    for (const caller of [auditor.caller, { ...client.caller, key }]) {
      const found = await node.ask("agreement.standing", { agreement: ours }, caller);
      expect(found.tranches.flatMap(({ mine }) => mine)).toEqual([]);
    }
  });

  test("behavior: a statement says who was paid what, when and by which rule, and sums up", async () => {
    const found = await node.ask("agreement.statement", { agreement: ours }, client);
    expect(Table.table["agreement.statement"].output.safeParse(found).error).toBeUndefined();
    expect(found).toMatchObject({ currency: { code: "CNY", scale: 6 }, closed: false, status: "open" });
    expect(
      found.payments.map(({ at, from, to, amount, cause, rules }) => [at, from, to, amount, cause, rules]),
    ).toEqual([
      ["2027-01-05T09:00:00.000Z", "client", "escrow", "52000000000", "Funding", [2]],
      ["2027-01-26T09:00:00.000Z", "escrow", "provider", "20000000000", "Acceptance", [8]],
    ]);
    expect(found.payments[1]).toMatchObject({ fee: "200000000", milestone: "design", says: { zh: "验收" } });
    expect(found.lines).toMatchObject([{ milestone: "design", toProvider: "20000000000", toClient: "0" }]);
    expect(found.total).toEqual({
      ...{ paidIn: "52000000000", toProvider: "20000000000", fee: "200000000" },
      ...{ toClient: "0", held: "32000000000" },
    });
  });

  test("behavior: facts in order, page by page, in words", async () => {
    const all = (await node.ask("fact.list", { agreement: ours }, client)).items;
    expect(Table.table["fact.list"].output.safeParse({ items: all }).error).toBeUndefined();
    expect(all.map(({ kind }) => kind)).toEqual(["opened", "delivered", "rejected", "delivered", "paid"]);
    expect(all.at(-1)).toMatchObject({ tranche: 0, amount: "20000000000", at: "2027-01-26T09:00:00.000Z" });
    expect(all[1]?.says.zh).toContain("成都蓝汀软件工作室");
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await node.ask("fact.list", { agreement: ours, limit: 2, ...(after ? { after } : {}) }, client);
      seen.push(...page.items);
      after = page.next;
    } while (after);
    expect(seen).toEqual(all);
  });

  test("behavior: a pack verifies, and names the evidence that its reader may see", async () => {
    const { pack } = await node.ask("agreement.pack", { agreement: ours }, client);
    expect(Pack.read(pack).evidence).toEqual([]);
    const { db } = node.parts.store;
    const [known, hidden] = Packing.FILES;
    for (const [file, readers] of [[known, null] as const, [hidden, [provider.organisation]] as const]) {
      const { name, size, salt, contentHash, mediaType: type } = file;
      const by = { agreement: ours, user: client.caller.user, organisation: client.organisation };
      const id = crypto.randomUUID();
      const mutable = readers === null ? null : [...readers];
      await db
        .insert(schema.evidence)
        .values({ id, name, size, salt, contentHash, type, complete: true, readers: mutable, ...by });
    }
    const read = Pack.read((await node.ask("agreement.pack", { agreement: ours }, client)).pack);
    expect(read.evidence).toEqual([known]);
    expect(Pack.sound(await Pack.verify(read, { ledger: deal.ledger }))).toBe(true);
  });
});

describe("agreement.importPack", () => {
  let pack: string;
  beforeAll(async () => {
    pack = Pack.write(await Pack.make(deal.ledger, deal.subject, { terms: deal.terms }));
  });

  test("behavior: a party joins what the other has here, once", async () => {
    const joined = await take(pack, provider, "provider");
    expect(joined).toMatchObject({ id: ours, status: "open", mine: ["provider"], problems: [] });
    expect(await take(pack, provider, "provider")).toEqual(joined);
    const mine = (await standing(ours, provider)).tranches.map((one) => one.mine);
    expect(mine).toEqual([[], ["extend", "deliver"], [], []]);
  });

  test("behavior: a reader gets one of their own, not the parties' drafts and files", async () => {
    const read = await take(pack, stranger, "reader");
    expect(read.id).not.toBe(ours);
    expect(read).toMatchObject({ status: "open", mine: ["reader"], version: 1, ledgerId: Terms.hash(deal.terms) });
    expect((await take(pack, stranger, "reader")).id).toBe(read.id);
    expect((await standing(read.id, stranger)).tranches.flatMap(({ mine }) => mine)).toEqual([]);
    expect(await codeOf(standing(ours, stranger))).toBe("not-found");
  });

  test("behavior: nobody joins what an impostor has begun", async () => {
    const impostor = await node.person("Impostor");
    const trap = await create(deal.terms, impostor);
    const second = await node.person("Second", { account: Packing.PROVIDER.address });
    const taken = await take(pack, second, "provider");
    expect([ours, trap.id]).not.toContain(taken.id);
  });

  test.each(["client", "provider", "arbitrator", "reporter"])("error: a stranger is no %s", async (role) => {
    expect(await codeOf(take(pack, stranger, role))).toBe("forbidden");
  });

  test("error: what is no pack, is of another escrow, hides its terms, or lies", async () => {
    const whole = Pack.read(pack);
    const elsewhere = JSON.stringify({ ...whole, ledger: { ...whole.ledger, chainId: 1 } });
    const hidden = Pack.write(await Pack.make(deal.ledger, deal.subject));
    const lie = Pack.write({ ...whole, acts: whole.acts.slice(0, -2) });
    const { terms } = deal;
    const other = Pack.write({ ...whole, agreement: { kind: "terms", terms: { ...terms, sequential: false } } });
    for (const file of ["", "{}", pack.slice(0, -9), elsewhere, hidden, lie, other])
      expect(await codeOf(take(file, provider, "provider"))).toBe("wrong-file");
    expect(await codeOf(take("\0", provider, "provider"))).toBe("bad-input");
    const foreign = Pack.write({ ...whole, ledger: { ...whole.ledger, chainId: 1 } });
    await expect(take(foreign, provider, "provider")).rejects.toThrow(
      `this node works on chain ${place.ledger.chainId}`,
    );
  });

  test("behavior: under an Idempotency-Key the answer is the same again", async () => {
    const input = { organisation: provider.organisation, role: "provider", pack };
    const once = await node.ask("agreement.importPack", input, provider, "import");
    expect(once.id).toBe(ours);
    expect(await node.ask("agreement.importPack", input, provider, "import")).toEqual(once);
  });
});
