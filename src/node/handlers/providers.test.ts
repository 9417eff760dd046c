import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Hex, PersonalMessage, Secp256k1, Signature } from "ox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import { Attestation } from "../../matching/index.ts";
import * as Indexer from "../index/Indexer.ts";
import * as Standings from "../index/Standings.ts";
import * as Proving from "../market/Proving.ts";
import * as RecordPack from "../market/RecordPack.ts";
import * as SafeFetch from "../notify/SafeFetch.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
const PRIVATE = `0x${"42".repeat(32)}` as const;
const ISSUER = "0x17c5185167401ed00cf5f5b2fc97d9bbfdb7d025";

let deal: Packing.Deal;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let other: Drafting.Person;
const operator = () => ({ ...other.caller, operator: true });

const sign = (message: string, privateKey = PRIVATE) =>
  Signature.toHex(Secp256k1.sign({ payload: PersonalMessage.getSignPayload(Hex.fromString(message)), privateKey }));
const PROFILE = {
  ...{ kind: "firm", skills: ["React.js", "支付", "电商"], regions: ["DE"], free: [] as unknown[] },
  ...{ rate: { currency: "EUR", from: 500, to: 700 }, hours: { from: 480, to: 960 } },
};
const offer = (by: Drafting.Person, more: object = {}) =>
  node.ask("provider.update", { organisation: by.organisation, ...PROFILE, ...more }, by);
const show = (of: Drafting.Person, by = client) => node.ask("provider.show", { provider: of.organisation }, by);

beforeAll(async () => {
  deal = await Packing.begin();
  const escrow = deal.ledger.deployment.escrow.toLowerCase() as `0x${string}`;
  node = await Drafting.begin({ ledger: deal.ledger, escrow, token: deal.token }, Packing.at("2027-01-04T12:00Z"));
  client = await node.person("Client", { account: Packing.CLIENT.address });
  provider = await node.person("Provider", { account: Packing.PROVIDER.address });
  other = await node.person("Other");
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

describe("profiles", () => {
  test("behavior: skills by their names in either language; listed to all, unlisted to its own alone", async () => {
    const made = await offer(provider);
    expect(Table.table["provider.update"].output.safeParse(made).error).toBeUndefined();
    expect(made).toMatchObject({ name: "Provider Ltd.", skills: ["react", "payments", "e-commerce"], demo: false });
    expect((await show(provider)).listed).toBe(true);
    await offer(other, { listed: false, skills: ["Rust"] });
    expect((await show(other, other)).listed).toBe(false);
    expect(await codeOf(show(other))).toBe("not-found");
    const list = (input: object) => node.ask("provider.list", input, client).then(({ items }) => items.length);
    expect(await list({})).toBe(1);
    expect(await list({ skill: "React", kind: "firm", region: "DE" })).toBe(1);
    expect([await list({ skill: "rust" }), await list({ region: "FR" }), await list({ kind: "agent" })]).toEqual([
      0, 0, 0,
    ]);
    expect((await node.ask("skill.list", { query: "Kuberntes" }, client)).items[0]).toMatchObject({
      name: "kubernetes",
    });
  });

  test("error: unknown skills with what may be meant, ranges that overlap with both, all at once", async () => {
    const free = [
      { from: "2027-02-01", to: "2027-02-28", people: 1 },
      { from: "2027-02-28", to: "2027-03-05", people: 1 },
    ];
    const wrong = offer(provider, { skills: ["Kuberntes"], free }).catch((error: Error) => error);
    const { message } = (await wrong) as Error;
    expect(message).toContain("perhaps kubernetes");
    expect(message).toContain('found "2027-02-28 – 2027-03-05"'.replace("found", "Found"));
    expect(message).toContain("free[0], 2027-02-01 – 2027-02-28");
  });

  test("behavior: what a provider tells is kept apart; broken lines are told; the same file twice adds nothing", async () => {
    const bring = (text: string, more: object = {}) =>
      node.ask("case.import", { organisation: provider.organisation, format: "csv", text, ...more }, provider);
    const text =
      "id,at,title,skills\n1,2026-03-01,شركة shop,react\n2,2026-13-01,Bad day,\n3,2026-04-01,\u202Eshop,nope\n";
    const refused = (await bring(text).catch((error: Error) => error)) as Error;
    expect(refused.message).toMatch(/at: line 3 .*\n.*skills: line 4 /);
    const kept = await bring(text, { keepGood: true });
    expect([kept.added, kept.kept, kept.problems.length]).toEqual([1, 1, 2]);
    expect(await bring(text, { keepGood: true })).toMatchObject({ added: 0, known: 1, kept: 1 });
    expect((await show(provider)).cases).toEqual({ settled: 0, told: 1 });
    const { items } = await node.ask("case.list", { provider: provider.organisation }, client);
    expect(items).toMatchObject([{ id: "1", from: "told", source: "csv", skills: ["react"] }]);
  });
});

describe("attestations", () => {
  const claim = (more: object = {}) => ({
    ...{ what: "gdpr", holder: provider.organisation, issuer: ISSUER, from: 0, until: 2 ** 33, ...more },
  });
  const add = (by: Drafting.Person, { holder: _, ...given }: ReturnType<typeof claim>, signature: string) =>
    node.ask("attestation.add", { organisation: by.organisation, ...given, signature }, by);

  test("behavior: kept if its issuer signed it for this holder; counts where the issuer does; gone once taken back", async () => {
    const signature = sign(Attestation.messageOf(claim()));
    const kept = await add(provider, claim(), signature);
    expect(kept.refused?.en).toBe("its issuer is not among those whose word counts");
    expect((await add(provider, claim(), signature)).id).toBe(kept.id);
    const trust = { issuers: [{ address: ISSUER, name: "Auditor" }], anchors: [] };
    expect(await codeOf(node.ask("trust.update", trust, client))).toBe("forbidden");
    await node.ask("trust.update", trust, operator());
    expect((await show(provider)).attestations).toMatchObject([{ what: "gdpr" }]);
    expect((await show(provider)).attestations[0]?.refused).toBeUndefined();
    for (const [by, given, by_] of [
      [other, { ...claim(), holder: other.organisation }, signature],
      [provider, claim({ until: 2 ** 34 }), signature],
      [provider, claim({ what: "hipaa" }), signature],
      [provider, claim(), "0x12"],
    ] as const)
      expect(await codeOf(add(by, given, by_))).toBe("wrong-signature");
    const { digest } = kept;
    const revoke = (by: string) => node.ask("attestation.revoke", { digest, issuer: ISSUER, signature: by }, client);
    expect(await codeOf(revoke(sign(Attestation.revocationOf(digest), `0x${"43".repeat(32)}`)))).toBe(
      "wrong-signature",
    );
    await revoke(sign(Attestation.revocationOf(digest)));
    expect((await show(provider)).attestations[0]?.refused?.zh).toBe("已被签发方撤销");
    // Removed and brought again, it is still taken back.
    await node.ask("attestation.remove", { organisation: provider.organisation, attestation: kept.id }, provider);
    expect((await add(provider, claim(), signature)).revokedAt).toBeDefined();
  });
});

describe("proofs", () => {
  const claim = { kind: "git", subject: "https://github.com/ada", organisation: "o" } as const;
  const statement = Proving.statementOf(claim);
  const reach = (text: string, status = 200, texts: readonly string[] = []): Proving.Reach => ({
    get: async () => ({ status, text }),
    texts: async () => texts,
  });
  const key = "0x17c5185167401ed00cf5f5b2fc97d9bbfdb7d025";

  test("behavior: a git account by the statement and a signature over it, of one's own key", async () => {
    const why = async (text: string, keys = [key], status = 200) =>
      (await Proving.refusalOf(claim, keys, reach(text, status)))?.en;
    expect(await why(`${statement}\n${sign(statement)}\n`)).toBeUndefined();
    expect(await why(`${statement}\n${sign(statement, `0x${"43".repeat(32)}`)}\n`)).toContain("no signature over it");
    expect(await why(statement)).toContain("no signature over it");
    expect(await why(`${statement} too\n${sign(statement)}`)).toContain("expected a line");
    expect(await why("", [key], 404)).toContain("answered 404");
    expect(Proving.placesOf(claim)).toEqual(["https://raw.githubusercontent.com/ada/commenda/HEAD/commenda.txt"]);
  });

  test("behavior: a domain by its record, or by its file; the statement of another is none", async () => {
    const domain = { ...claim, kind: "domain", subject: "example.com" } as const;
    const says = Proving.statementOf(domain);
    const why = async (on: Proving.Reach) => (await Proving.refusalOf(domain, [], on))?.en;
    expect(await why(reach("", 404, ["v=spf1", says]))).toBeUndefined();
    expect(await why(reach(`${says}\r\n`))).toBeUndefined();
    expect(await why(reach(Proving.statementOf({ ...domain, organisation: "p" })))).toContain("expected a line");
    const down = { ...reach(""), get: () => Promise.reject(Object.assign(new Error("x"), { code: "ECONNRESET" })) };
    expect(await why(down)).toContain("cannot be read (ECONNRESET)");
  });

  test("behavior: into a private network nothing is asked; what is no account or domain is refused", async () => {
    const subject = (kind: Proving.Kind, given: string) => Proving.subjectOf(kind, given);
    expect(subject("git", "https://GitHub.com/Ada/")).toBe("https://github.com/Ada");
    for (const bad of [
      "http://github.com/ada",
      "https://u:p@github.com/a",
      "https://github.com/a/b",
      "https://10.0.0.1/a",
      "x",
    ])
      expect(subject("git", bad)).toBeUndefined();
    expect([subject("domain", "Bücher.example"), subject("domain", "https://a.example/x")]).toEqual([
      "xn--bcher-kva.example",
      "a.example",
    ]);
    for (const bad of ["localhost", "10.0.0.1", "a", "-a.example", "\u202Eexample.com/"])
      expect(subject("domain", bad)).toBeUndefined();
    const { organisation } = provider;
    const begin = (kind: string, given: string) =>
      node.ask("proof.begin", { organisation, kind, subject: given }, provider);
    expect(await codeOf(begin("domain", "localhost"))).toBe("bad-input");
    const made = await begin("git", "https://internal.localhost/ada");
    expect(await begin("git", "https://internal.localhost/ada")).toEqual(made);
    const checked = await node.ask("proof.check", { organisation, proof: made.id }, provider);
    expect([checked.state, checked.why?.en]).toEqual([
      "refused",
      expect.stringContaining("not an address of the public internet"),
    ]);
    expect((await show(provider)).proofs).toEqual([]);
  });

  test("behavior: what is fetched is what stands there, and no more of it than is wanted", async () => {
    const server = createServer((_, response) => response.end("y".repeat(100_000))).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const gate = SafeFetch.gate(["127.0.0.0/8"]);
    const signal = AbortSignal.timeout(5_000);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const got = await SafeFetch.get(await SafeFetch.check(url, gate, signal), { limit: 1_000 }, signal);
    expect([got.status, got.text.length]).toEqual([200, 1_000]);
    server.close();
  });
});

describe("records", () => {
  beforeAll(async () => {
    const { organisation } = client;
    await node.ask("agreement.create", { organisation, side: "client", document: deal.terms }, client);
    await Packing.play(deal);
    while (await Indexer.step(node.parts, { silent: true }));
    while ((await Standings.refresh(node.parts)) > 0);
    node.clock.time = Packing.at("2027-01-26T10:00Z");
  });

  const record = (by = client) => node.ask("record.show", { provider: provider.organisation }, by);

  test("behavior: from payouts alone, by skill; credit only where the client is vouched for", async () => {
    const found = await record();
    expect(Table.table["record.show"].output.safeParse(found).error).toBeUndefined();
    const [all] = found.lines;
    expect(all).toMatchObject({
      ...{ settlements: 1, onTime: 1, disputes: { won: 0, lost: 0, split: 0 }, counterparties: 1, credit: 0 },
      ...{
        held: { token: 1, custody: 0, direct: 0 },
        value: [{ code: "CNY", scale: 6, paid: "20000000000", lost: "0" }],
      },
    });
    expect(all?.quality).toBeCloseTo(0.1, 9);
    expect(found.lines.map(({ skill }) => skill)).toContain("mini-program");
    const anchors = [{ party: Packing.CLIENT.address.toLowerCase(), name: "Tea" }];
    await node.ask("trust.update", { issuers: [], anchors }, operator());
    const [backed] = (await record()).lines;
    expect(backed?.credit).toBe(2);
    expect(backed?.quality).toBeGreaterThan(0.4);
  });

  test("behavior: settled cases show skills; the title only where the provider shows it", async () => {
    const list = () => node.ask("case.list", { provider: provider.organisation, from: "settled" }, client);
    const [one] = (await list()).items;
    expect(one).toMatchObject({ from: "settled", settled: { paid: "20000000000" } });
    expect(one?.title).not.toContain("Qinghe");
    const { organisation } = provider;
    const publish = (shown: boolean) => node.ask("case.publish", { organisation, ledgerId: one?.id, shown }, provider);
    await publish(true);
    expect((await list()).items[0]?.title).toContain("Qinghe Tea");
    await publish(false);
    expect((await list()).items[0]?.title).toBe(one?.title);
    expect(
      await codeOf(node.ask("case.publish", { organisation, ledgerId: `0x${"11".repeat(32)}`, shown: true }, provider)),
    ).toBe("state-conflict");
  });

  test("behavior: a stranger verifies the pack offline in under a second; what was changed in it is told", async () => {
    const { content } = await node.ask("record.pack", { provider: provider.organisation }, client);
    expect(content).not.toContain("Qinghe");
    const begun = performance.now();
    const checked = await RecordPack.verify(RecordPack.read(content), { anchors: [Packing.CLIENT.address] });
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect([checked.good, checked.wrong]).toEqual([true, []]);
    expect(checked.paid).toEqual([{ code: "CNY", scale: 6, paid: 20_000_000_000n, lost: 0n }]);
    expect(checked.lines.get("")?.credit).toBe(2_000_000n);
    const wrong = async (
      change: (copy: {
        provider: { accounts: string[] };
        settlements: { pack: { facts: { kind: string; amount?: string }[] } }[];
      }) => unknown,
    ) => {
      const copy = JSON.parse(content);
      change(copy);
      const { good, wrong } = await RecordPack.verify(RecordPack.read(JSON.stringify(copy)));
      return good ? "good" : wrong.map(({ why }) => why.en).join("; ");
    };
    expect(await wrong(() => 0)).toBe("good");
    expect(
      await wrong(({ settlements }) =>
        settlements[0]?.pack.facts.map((fact) => Object.assign(fact, fact.kind === "paid" ? { amount: "1" } : {})),
      ),
    ).toContain("facts");
    expect(await wrong(({ settlements }) => settlements.push(settlements[0] as never))).toContain("it is there twice");
    expect(await wrong((copy) => Object.assign(copy.provider, { accounts: [] }))).toContain("who was paid");
    expect(() => RecordPack.read("{")).toThrow("record");
    expect(await codeOf(node.ask("record.pack", { provider: other.organisation }, other))).toBe("state-conflict");
  });
});
