import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Passkey from "../../ledger/Passkey.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Authenticator from "../../ledger/testing/Authenticator.ts";
import { keyOf } from "../../ledger/testing/Deal.ts";
import * as Deadlines from "../jobs/Deadlines.ts";
import * as Asked from "../relay/Asked.ts";
import * as Bench from "../relay/testing/Bench.ts";
import * as schema from "../store/schema.ts";

let bench: Bench.Bench;
/** An agreement with an outcome, opened before the others move the clock. */
let measured: string;
beforeAll(async () => {
  bench = await Bench.open();
  bench.parts.jobs.handle("send", bench.relay().send);
  await bench.parts.jobs.start();
  measured = await openMeasured();
}, 60_000);
afterAll(() => bench.close());

const NONE = `0x${"00".repeat(32)}`;
const until = (date: string) => {
  bench.clock.advance(Date.parse(date) / 1000 - bench.clock.now());
};
const submit = (who: "client" | "provider" | "anna" | "bo", agreement: string, act: object, more: object = {}) =>
  bench.run(bench.firms[who].caller, "act.submit", { agreement, act, ...more });
const cells = async (agreement: string) => {
  await bench.index();
  const [row] = await bench.store.db.select().from(schema.agreement).where(eq(schema.agreement.id, agreement));
  const facts = await bench.store.db
    .select()
    .from(schema.fact)
    .where(eq(schema.fact.ledgerId, row?.ledgerId ?? ""));
  return { status: row?.status, kinds: facts.map(({ kind }) => kind) };
};
const eventsOf = async (agreement: string) =>
  (await bench.store.db.select().from(schema.event).where(eq(schema.event.agreement, agreement))).map(
    ({ kind }) => kind,
  );
/** Signed and opened. */
async function open(provider: "provider" | "anna" = "provider"): Promise<string> {
  until("2026-12-05T00:00Z");
  const agreement = await bench.signed({}, provider);
  const opened = await submit("client", agreement, { verb: "open" });
  expect(opened).toMatchObject({ status: "done" });
  return agreement;
}
async function openMeasured(): Promise<string> {
  until("2026-12-05T00:00Z");
  const source = await bench.deploy("SignedReports", [bench.panelists, 2n]);
  const { fundBy: _, ...outcome } = bench.outcome();
  const agreement = await bench.signed({ outcome: { ...outcome, source }, law: bench.law("90000") });
  await submit("client", agreement, { verb: "open" });
  return agreement;
}
const signer = (name: string) => Signer.fromKey(keyOf(name));
type Prepared = Awaited<ReturnType<typeof prepare>>;
const prepare = (who: "client" | "provider" | "anna" | "bo", agreement: string, act: object) =>
  bench.run(bench.firms[who].caller, "act.prepare", { agreement, act });
const sign = (name: string, { typedData }: Prepared) => signer(name).sign(typedData as Signer.Typed);

describe("acts", () => {
  test("behavior: what is prepared can be signed elsewhere; the same signature twice is one act", async () => {
    until("2026-12-05T00:00Z");
    const { firms } = bench;
    const agreement = await open("anna");
    const act = { verb: "deliver", milestone: "design", commitment: NONE };
    const prepared = await prepare("anna", agreement, act);
    expect(prepared).toMatchObject({
      allowed: true,
      signers: [firms.anna.address],
      typedData: { primaryType: "Deliver", message: { round: 0, deliverable: NONE } },
      validUntil: bench.clock.now() + 7 * Bench.DAY,
      transaction: { to: bench.escrow, value: "0" },
    });
    const { validUntil } = prepared;
    const signature = await sign("anna", prepared);
    const [first, second] = await Promise.all([
      submit("anna", agreement, act, { signature, validUntil }),
      submit("anna", agreement, act, { signature, validUntil }),
    ]);
    expect([first.status, second.id]).toEqual(["done", first.id]);
    const other = await sign("bo", prepared);
    await expect(submit("anna", agreement, act, { signature: other, validUntil })).rejects.toMatchObject({
      code: "wrong-signature",
      members: { expected: [firms.anna.address], found: firms.bo.address },
    });
    await expect(submit("anna", agreement, act, { signature })).rejects.toMatchObject({
      code: "bad-input",
      members: { field: "validUntil" },
    });
    await expect(submit("anna", agreement, act)).rejects.toMatchObject({ code: "wrong-signature" });
    await expect(submit("client", agreement, act)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("error: what the rules refuse now is said at once, with the rule, and not kept", async () => {
    const agreement = await open();
    const act = { verb: "accept", milestones: ["design"] };
    const { allowed, refusal } = await prepare("client", agreement, act);
    await submit("client", agreement, act);
    expect([allowed, refusal]).toEqual([true, undefined]);
    const again = await prepare("client", agreement, act);
    expect(again).toMatchObject({ allowed: false, refusal: { refused: "NothingToAccept", rule: 8 } });
    await expect(submit("client", agreement, { ...act, milestones: ["design", "build"] })).resolves.toMatchObject({
      status: "done",
    });
    await expect(submit("provider", agreement, { verb: "claim", milestone: "design" })).rejects.toMatchObject({
      refusal: { refused: expect.any(String) },
    });
    await expect(submit("client", agreement, { verb: "accept", milestones: ["nothing"] })).rejects.toMatchObject({
      code: "bad-input",
    });
    const { items } = await bench.run(bench.firms.client.caller, "act.list", { agreement, limit: 2 });
    expect(items.map(({ verb, status }) => [verb, status])).toEqual([
      ["accept", "done"],
      ["accept", "done"],
    ]);
  });

  test("error: what is not signed by both, or funds while it opens, is not relayed", async () => {
    const agreement = await bench.draft();
    await expect(submit("client", agreement, { verb: "open" })).rejects.toMatchObject({ code: "state-conflict" });
    const both = await bench.signed();
    const act = { verb: "open", fund: ["design"] };
    await expect(submit("client", both, act)).rejects.toMatchObject({ code: "state-conflict" });
    expect(await prepare("client", both, act)).toMatchObject({ allowed: true, signers: [] });
  });

  test("behavior: evidence that is here in full is delivered by its commitment", async () => {
    const agreement = await open();
    const { organisation } = bench.firms.provider;
    const evidence = "00000000-0000-4000-8000-0000000000e1";
    const commitment = `0x${"e1".repeat(32)}`;
    await bench.store.db
      .insert(schema.evidence)
      .values({ id: evidence, agreement, name: "design.zip", size: 5, user: "provider", organisation });
    const act = { verb: "deliver", milestone: "design", evidence };
    await expect(submit("provider", agreement, act)).rejects.toMatchObject({ code: "state-conflict" });
    await bench.store.db
      .update(schema.evidence)
      .set({ complete: true, commitment })
      .where(eq(schema.evidence.id, evidence));
    expect(await submit("provider", agreement, act)).toMatchObject({ status: "done" });
    await bench.index();
    const facts = await bench.store.db.select().from(schema.fact).where(eq(schema.fact.kind, "delivered"));
    expect(facts.map(({ data }) => data.deliverable)).toContain(commitment);
  });

  test("behavior: above the organisation's amount another person approves, or not", async () => {
    const { client } = bench.firms;
    const above = (amount: bigint | null) =>
      bench.store.db
        .update(schema.organisation)
        .set({ above: amount })
        .where(eq(schema.organisation.id, client.organisation));
    const agreement = await open();
    await above(20_000_000_000n);
    const asked = await submit("client", agreement, { verb: "accept", milestones: ["design"] });
    expect(asked.status).toBe("waiting");
    const { organisation } = client;
    const [approval] = (await bench.run(client.caller, "approval.list", { organisation })).items;
    expect(approval).toMatchObject({
      ...{ state: "open", agreement, act: { verb: "accept" }, by: { user: "client" } },
      ...{ amount: "20000000000", currency: { code: "CNY" }, title: { zh: expect.any(String) } },
    });
    const decide = (who: typeof client.caller, approve: boolean, one = approval) =>
      bench.run(who, "approval.decide", { organisation, approval: one?.id, approve });
    await expect(decide(client.caller, true)).rejects.toMatchObject({ code: "state-conflict" });
    expect(await decide(client.second, true)).toMatchObject({ state: "approved", decidedBy: { user: "client-2" } });
    expect(await decide(client.second, true)).toMatchObject({ state: "approved" });
    await expect(decide(client.second, false)).rejects.toMatchObject({ code: "state-conflict" });
    expect(await Asked.settled(bench.parts, asked.id, 10_000)).toMatchObject({ status: "done" });
    const refused = await submit("client", agreement, { verb: "accept", milestones: ["build"] });
    const [next] = (await bench.run(client.caller, "approval.list", { organisation, limit: 1 })).items;
    await decide(client.second, false, next);
    const shown = await bench.run(client.caller, "act.show", { agreement, act: refused.id });
    expect(shown).toMatchObject({ status: "refused", problem: { code: "approval-needed" } });
    expect(await eventsOf(agreement)).toEqual(expect.arrayContaining(["approval.asked", "approval.decided"]));
    // Below it nobody is asked.
    await above(25_000_000_001n);
    expect(await submit("client", agreement, { verb: "accept", milestones: ["build"] })).toMatchObject({
      status: "done",
    });
    await above(null);
  });

  test("behavior: a settlement is sent when both have signed it", async () => {
    const agreement = await open();
    const act = { verb: "settle", toProvider: "15000000000", toClient: "30000000000" };
    const first = await submit("client", agreement, act);
    expect(first.status).toBe("waiting");
    const second = await submit("provider", agreement, act);
    expect(second).toMatchObject({ id: first.id, status: "done" });
    expect(await cells(agreement)).toMatchObject({ status: "closed" });
    const wrong = { ...act, toProvider: "1" };
    await expect(submit("client", agreement, wrong)).rejects.toMatchObject({ refusal: { refused: "WrongStage" } });
  });

  test("behavior: a panel rules when enough of its members have signed", async () => {
    const agreement = await open();
    await submit("provider", agreement, { verb: "deliver", milestone: "design", commitment: NONE });
    expect(await submit("client", agreement, { verb: "contest", milestone: "design" })).toMatchObject({
      status: "done",
    });
    expect(await submit("provider", agreement, { verb: "answer", milestone: "design" })).toMatchObject({
      status: "done",
    });
    const act = { verb: "rule", milestone: "design", share: "60 %" };
    const rulings = [];
    for (const who of ["anna", "bo"] as const) {
      const prepared = await prepare(who, agreement, act);
      expect(prepared).toMatchObject({ allowed: true, typedData: { primaryType: "Ruling" } });
      rulings.push(await submit(who, agreement, act, { signature: await sign(who, prepared) }));
    }
    expect(rulings.map(({ status }) => status)).toEqual(["waiting", "done"]);
    const { kinds } = await cells(agreement);
    expect(kinds).toEqual(expect.arrayContaining(["contested", "answered", "paid", "refunded"]));
  });

  test("behavior: a change order that both have signed replaces the agreement", async () => {
    until("2026-12-05T00:00Z");
    const agreement = await open();
    const [row] = await bench.store.db.select().from(schema.agreement).where(eq(schema.agreement.id, agreement));
    const next = await bench.signed({ replaces: row?.ledgerId ?? "" });
    expect(await submit("client", agreement, { verb: "amend", by: next })).toMatchObject({ status: "done" });
    expect((await cells(agreement)).status).toBe("replaced");
    expect((await cells(next)).status).toBe("open");
    await expect(submit("client", agreement, { verb: "amend", by: agreement })).rejects.toMatchObject({
      code: "state-conflict",
    });
  });
});

describe("signatures", () => {
  test("behavior: one side offers, both have signed; a later version has no signatures", async () => {
    const agreement = await bench.draft();
    const give = (side: "client" | "provider", version = 1, who = bench.firms[side].caller) =>
      bench.run(who, "signature.give", { agreement, side, version });
    const prepared = await bench.run(bench.firms.client.caller, "signature.prepare", { agreement });
    expect(prepared).toMatchObject({ version: 1, typedData: { primaryType: "Agreement" } });
    expect(await give("client")).toMatchObject({ status: "offered" });
    expect(await give("client")).toMatchObject({ status: "offered" });
    await expect(give("provider", 1, bench.firms.client.caller)).rejects.toMatchObject({ code: "forbidden" });
    await expect(give("provider", 2)).rejects.toMatchObject({ code: "changed-meanwhile", members: { latest: 1 } });
    expect(await give("provider")).toMatchObject({ status: "signed" });
    expect((await eventsOf(agreement)).filter((kind) => kind === "signature.given")).toHaveLength(2);
  });

  test("behavior: a wallet's signature is checked, and its account must be the organisation's", async () => {
    const { firms } = bench;
    const agreement = await bench.draft({}, { client: firms.client, provider: firms.anna });
    const { typedData } = await bench.run(firms.anna.caller, "signature.prepare", { agreement });
    const give = (signature?: string) =>
      bench.run(firms.anna.caller, "signature.give", { agreement, side: "provider", version: 1, signature });
    await expect(give()).rejects.toMatchObject({ code: "wrong-signature" });
    await expect(give(await signer("bo").sign(typedData as Signer.Typed))).rejects.toMatchObject({
      code: "wrong-signature",
      members: { found: firms.bo.address },
    });
    await expect(give("0x1234")).rejects.toMatchObject({ code: "wrong-signature" });
    expect(await give(await signer("anna").sign(typedData as Signer.Typed))).toMatchObject({ status: "offered" });
    const other = await bench.draft(
      {},
      { client: firms.client, provider: { ...firms.anna, address: firms.bo.address } },
    );
    await expect(
      bench.run(firms.anna.caller, "signature.give", { agreement: other, side: "provider", version: 1 }),
    ).rejects.toMatchObject({ code: "state-conflict", members: { field: "parties.provider.address" } });
  });
});

describe("a provider whose only key is a passkey", () => {
  test("behavior: signs and acts by its account, once that is on the ledger", async () => {
    const { firms, house, ledger, store } = bench;
    until("2026-12-05T00:00Z");
    const phone = Authenticator.open({ origin: "https://commenda.example", name: "phone" });
    const factory = await bench.deploy("AccountFactory", []);
    const signers = [Passkey.ofKey(factory, phone.publicKey)];
    const plan = { factory, signers, threshold: 1, salt: `0x${"01".repeat(32)}` as const };
    const account = { chainId: ledger.chainId, address: Passkey.address(plan), signer: signers[0] ?? "0x" };
    const own = Passkey.signer(account, phone.sign);
    const { organisation, caller } = firms.bo;
    const row = { address: account.address, organisation, kind: "passkey", name: "phone", deployed: false } as const;
    await store.db.insert(schema.account).values(row);
    const provider = { ...firms.bo, address: account.address };
    const agreement = await bench.draft({}, { client: firms.client, provider });
    const { typedData } = await bench.run(caller, "signature.prepare", { agreement });
    const give = async () =>
      bench.run(caller, "signature.give", {
        ...{ agreement, side: "provider", version: 1, signature: await own.sign(typedData as Signer.Typed) },
      });
    await expect(give()).rejects.toMatchObject({ code: "state-conflict" });
    await ledger.send(house, Passkey.deploy(plan), { at: bench.clock.now() });
    expect(await give()).toMatchObject({ status: "offered" });
    const signed = { agreement, side: "client", version: 1 };
    expect(await bench.run(firms.client.caller, "signature.give", signed)).toMatchObject({ status: "signed" });
    expect(await submit("bo", agreement, { verb: "open" })).toMatchObject({ status: "done" });
    const act = { verb: "deliver", milestone: "design", commitment: NONE };
    const { validUntil, ...prepared } = await prepare("bo", agreement, act);
    const other = Authenticator.open({ origin: "https://commenda.example", name: "laptop" });
    const wrong = await Passkey.signer(account, other.sign).sign(prepared.typedData as Signer.Typed);
    await expect(submit("bo", agreement, act, { signature: wrong, validUntil })).rejects.toMatchObject({
      code: "wrong-signature",
    });
    const signature = await own.sign(prepared.typedData as Signer.Typed);
    expect(await submit("bo", agreement, act, { signature, validUntil })).toMatchObject({ status: "done" });
  });
});

describe("Deadlines", () => {
  test("behavior: two milestones from the signatures to what silence decides", async () => {
    until("2026-12-05T00:00Z");
    const agreement = await bench.signed({
      milestones: bench.milestones().map((one, k) => (k === 1 ? { ...one, fundBy: "2027-01-29T16:00Z" } : one)),
    });
    expect(await submit("client", agreement, { verb: "open" })).toMatchObject({ status: "done", verb: "open" });
    expect(await submit("client", agreement, { verb: "fund", milestones: ["build"] })).toMatchObject({
      status: "done",
    });
    until("2027-01-20T00:00Z");
    const delivered = await submit("provider", agreement, { verb: "deliver", milestone: "design", commitment: NONE });
    expect(delivered).toMatchObject({ status: "done", by: { user: "provider", name: "provider" } });
    expect(await submit("client", agreement, { verb: "accept", milestones: ["design"] })).toMatchObject({
      status: "done",
    });
    until("2027-03-20T00:00Z");
    await submit("provider", agreement, { verb: "deliver", milestone: "build", commitment: NONE });
    await bench.index();
    await Deadlines.tick(bench.parts);
    expect(await eventsOf(agreement)).not.toContain("deadline.near");
    // Review ends on 2027-03-27: two looks, one reminder each.
    for (const date of ["2027-03-25T00:00Z", "2027-03-25T00:01Z", "2027-03-26T12:00Z"]) {
      until(date);
      await Deadlines.tick(bench.parts);
    }
    const notices = await bench.store.db
      .select()
      .from(schema.notice)
      .where(and(eq(schema.notice.agreement, agreement), eq(schema.notice.kind, "deadline.near")));
    expect(notices.map(({ user }) => user).sort()).toEqual(
      ["client", "client-2", "provider", "provider-2"].flatMap((user) => [user, user]),
    );
    until("2027-03-27T00:01Z");
    await Promise.all([Deadlines.tick(bench.parts), Deadlines.tick(bench.parts)]);
    await Deadlines.tick(bench.parts);
    const [claim, ...others] = (await bench.run(bench.firms.client.caller, "act.list", { agreement })).items.filter(
      ({ verb }) => verb === "claim",
    );
    expect([claim?.by, others]).toEqual([{ user: "node", name: "node" }, []]);
    expect(await Asked.settled(bench.parts, claim?.id ?? "", 10_000)).toMatchObject({ status: "done", user: null });
    expect(await cells(agreement)).toMatchObject({ status: "closed", kinds: expect.arrayContaining(["closed"]) });
    const { items } = await bench.run(bench.firms.client.caller, "act.list", { agreement });
    expect(items.map(({ verb, facts }) => [verb, facts?.[0]?.says.en])).toEqual([
      ["claim", expect.stringContaining("paid")],
      ["deliver", expect.stringContaining("delivered")],
      ["accept", expect.stringContaining("paid")],
      ["deliver", expect.stringContaining("delivered")],
      ["fund", expect.stringContaining("put up")],
      ["open", expect.stringContaining("open")],
    ]);
  }, 30_000);
});

describe("an outcome", () => {
  test("behavior: is reported when enough reporters have signed it", async () => {
    const agreement = measured;
    until("2027-08-02T00:00Z");
    const act = { verb: "report", value: "50000" };
    const reports = [];
    for (const who of ["bo", "anna"] as const) {
      const prepared = await prepare(who, agreement, act);
      expect(prepared).toMatchObject({ allowed: true, signers: bench.panelists, typedData: { primaryType: "Report" } });
      reports.push(await submit(who, agreement, act, { signature: await sign(who, prepared) }));
    }
    expect(reports.map(({ status }) => status)).toEqual(["waiting", "done"]);
    expect((await cells(agreement)).kinds).toContain("reported");
  });
});
