import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import { Bundle } from "../../matching/index.ts";
import type { Place } from "../Call.ts";
import * as Erasure from "../market/Erasure.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf, EARLY } = Drafting;
let ledger: Rehearsal.Rehearsal;
let node: Drafting.Node;
let client: Drafting.Person;
let tea: Drafting.Person;
let shop: Drafting.Person;
let rust: Drafting.Person;

const offer = (by: Drafting.Person, more: object) =>
  node.ask(
    "provider.update",
    {
      ...{ organisation: by.organisation, kind: "firm", regions: ["CN"], free: [] },
      ...{ rate: { currency: "CNY", from: 1_000, to: 2_000 }, hours: { from: 60, to: 600 } },
      ...more,
    },
    by,
  );

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: EARLY - 86_400 });
  const place: Place = { ledger, escrow: ledger.deployment.escrow.toLowerCase() as `0x${string}` };
  node = await Drafting.begin(place, EARLY);
  client = await node.person("Client");
  tea = await node.person("Tea");
  shop = await node.person("שלום\u202E Shop");
  rust = await node.person("Rust");
  await offer(tea, { skills: ["小程序", "支付", "电商"] });
  await offer(shop, { skills: ["小程序", "React"], rate: { currency: "CNY", from: 1_500, to: 2_000 } });
  await offer(rust, { skills: ["Rust", "PostgreSQL"], kind: "agent" });
});
afterAll(async () => {
  await node.close();
  await ledger.close();
});

const mine = () => ({ organisation: client.organisation });
const write = (text: string, more: object = {}) => node.ask("brief.create", { ...mine(), text, ...more }, client);
const rank = (brief: string, more: object = {}) => node.ask("brief.match", { ...mine(), brief, ...more }, client);
const WHOLE =
  "为我们的茶店开发微信小程序，接入微信支付。买家能下单并付款即验收。无合规要求。预算 8 万元。每天与北京时间重叠 4 小时。2027年2月1日开始，工期两个月。";

describe("from a vague need to draft terms", () => {
  test("behavior: a vague text is asked about, answered in words, ranked with reasons, invited, drafted", async () => {
    const { id: brief, completeness } = await write("我们想在网上卖东西，但不知道怎么做。");
    expect(completeness.share).toBeLessThan(0.3);
    const { items } = await node.ask("brief.questions", { ...mine(), brief }, client);
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThanOrEqual(5);
    expect(items.map((each) => each.field)).toContain("skills");
    const say = (field: string, answer: string) =>
      node.ask("brief.answer", { ...mine(), brief, field, answer }, client);
    await say("skills", "微信小程序、支付");
    await say("budget", "8 万元");
    await say("start", "2027-02-01");
    const answered = await say("term", "两个月");
    expect(answered).toMatchObject({
      fields: { skills: ["mini-program", "payments"], start: "2027-02-01", term: 60 },
      ...{ revision: 5, language: "zh" },
    });
    const found = await rank(brief);
    expect(Table.table["brief.match"].output.safeParse(found).error).toBeUndefined();
    expect(found.candidates.map(({ name }) => name)).toEqual(["Tea Ltd.", "שלום\u202E Shop Ltd."]);
    expect(found.candidates[1]?.why.zh).toMatch(/^\u2068שלום Shop Ltd\.\u2069 排在第 2 位/);
    expect(found.candidates[1]?.why.en).not.toContain("\u202E");
    expect(found.excluded.map(({ name, why }) => [name, why.en])).toEqual([["Rust Ltd.", "none of the skills wanted"]]);
    const [first] = found.candidates;
    const sum = Object.values(first?.parts ?? {}).reduce((all, part) => all + part, found.base);
    expect(first?.score).toBe(sum);
    const provider = tea.organisation;
    const draft = () => node.ask("brief.draft", { ...mine(), brief, provider }, client);
    expect(await codeOf(draft())).toBe("state-conflict");
    const invited = await node.ask("brief.invite", { ...mine(), brief, provider }, client);
    expect([invited.state, invited.by, invited.url]).toEqual(["open", "provider", undefined]);
    const made = await draft();
    expect(made).toMatchObject({
      document: { currency: { code: "CNY" }, milestones: [{ amount: "80000", due: "2027-04-02T09:00Z" }] },
    });
    expect(made.seats.map(({ role, name }) => `${role} ${name}`).sort()).toEqual([
      "client Client Ltd.",
      "provider Tea Ltd.",
    ]);
    const [call] = (await node.ask("call.list", { organisation: provider }, tea)).items;
    expect(call).toMatchObject({ from: "Client Ltd.", agreements: [made.id] });
    const told = await node.parts.store.db.select().from(schema.notice);
    expect(told.map(({ kind }) => kind).sort()).toEqual(["brief.drafted", "brief.invited"]);
  });

  test("behavior: a whole brief is complete and asks nothing; what people set counts, whatever the text says", async () => {
    const { id: brief, completeness, fields } = await write(WHOLE, { fields: { skills: ["React"] } });
    expect([completeness, fields.skills]).toEqual([{ share: 1, missing: [] }, ["react"]]);
    expect((await node.ask("brief.questions", { ...mine(), brief }, client)).items).toEqual([]);
    const update = (more: object) => node.ask("brief.update", { ...mine(), brief, ...more }, client);
    expect((await update({ fields: { budget: null } })).completeness.missing).toEqual(["budget"]);
    expect((await update({ text: "We need Rust." })).fields).toEqual({ skills: ["rust"] });
    await node.ask("brief.close", { ...mine(), brief }, client);
    for (const change of [() => update({ shown: true }), () => rank(brief)])
      expect(await codeOf(change())).toBe("state-conflict");
  });

  test("error: empty, too long, unknown skills, a day that does not exist, a budget upside down", async () => {
    const wrong = (text: string, fields: object = {}) =>
      write(text, { fields }).then(
        () => "taken",
        (error: Error) => error.message,
      );
    expect(await wrong(" \u200B…")).toContain("nothing is said here");
    expect(await wrong("x".repeat(100_001))).toContain("100000");
    expect(await wrong("x y z", { skills: ["Kuberntes"] })).toContain("perhaps kubernetes");
    expect(await wrong("x y z", { start: "2027-02-30" })).toContain("a day that exists");
    expect(await wrong("x y z", { budget: { currency: "EUR", least: 2, most: 1 } })).toContain("at most 1");
    expect(await wrong("Build \u202Eمتجر\u202C with React")).toBe("taken");
  });
});

describe("who may recompute, and who may ask why", () => {
  test("behavior: the bundle verifies by itself; a provider is told of itself alone, and only where it may ask", async () => {
    const { id: brief } = await write(WHOLE);
    const made = await rank(brief, { seed: "s" });
    expect(made.floor).toEqual({ share: 0.1, seed: "s" });
    const { content } = await node.ask("ranking.bundle", { ...mine(), brief, ranking: made.id }, client);
    expect(() => Bundle.verify(Bundle.parse(JSON.parse(content)))).not.toThrow();
    expect(await node.ask("ranking.show", { ...mine(), brief, ranking: made.id }, client)).toEqual(made);
    const of = { organisation: shop.organisation, ranking: made.id };
    const why = () => node.ask("placement.show", of, shop);
    const inputs = () => node.ask("placement.bundle", of, shop);
    expect(await codeOf(why())).toBe("not-found");
    await node.ask("brief.invite", { ...mine(), brief, provider: shop.organisation }, client);
    const placed = await why();
    expect(Table.table["placement.show"].output.safeParse(placed).error).toBeUndefined();
    expect(placed).toMatchObject({ place: 2, of: 2, open: false });
    expect(placed.behind?.price).toBeLessThan(0);
    expect(JSON.stringify(placed)).not.toMatch(new RegExp(`Tea|${tea.organisation}`));
    expect(await codeOf(inputs())).toBe("state-conflict");
    await node.ask("brief.update", { ...mine(), brief, shown: true }, client);
    expect(() => inputs().then(({ content }) => Bundle.verify(Bundle.parse(JSON.parse(content))))).not.toThrow();
    const left = await node.ask("placement.show", { organisation: rust.organisation, ranking: made.id }, rust);
    expect([left.place, left.why.en]).toEqual([undefined, "Rust Ltd. is left out: none of the skills wanted."]);
    const { items } = await node.ask("placement.list", { organisation: rust.organisation }, rust);
    expect(items).toEqual([left]);
  });

  test("behavior: a link is taken once, by an organisation outside; taken back it opens nothing", async () => {
    const { id: brief } = await write(WHOLE);
    const link = async () => {
      const { id, url = "" } = await node.ask("brief.invite", { ...mine(), brief }, client);
      return { id, token: url.slice(-43) };
    };
    const [one, two] = [await link(), await link()];
    const shown = await node.ask("call.show", { token: one.token });
    expect(shown).toMatchObject({ from: "Client Ltd.", fields: { term: 60 } });
    const join = (token: string, by: Drafting.Person) =>
      node.ask("call.join", { organisation: by.organisation, token }, by);
    expect(await codeOf(join(one.token, client))).toBe("state-conflict");
    expect((await join(one.token, rust)).brief).toBe(brief);
    expect((await join(one.token, rust)).invitation).toBe(one.id);
    expect(await codeOf(join(one.token, shop))).toBe("gone");
    await node.ask("brief.uninvite", { ...mine(), brief, invitation: two.id }, client);
    expect(await codeOf(node.ask("call.show", { token: two.token }))).toBe("gone");
    const { items } = await node.ask("brief.invited", { ...mine(), brief }, client);
    expect(items.map(({ state, name }) => [state, name])).toEqual(
      expect.arrayContaining([
        ["revoked", undefined],
        ["joined", "Rust Ltd."],
      ]),
    );
    node.clock.time += 15 * 86_400;
    expect(await codeOf(node.ask("call.show", { token: (await link()).token }))).toBe("done");
    node.clock.time -= 15 * 86_400;
  });
});

describe("several packages at once", () => {
  test("behavior: each provider takes what its people allow; who would be better alone is told with its cost", async () => {
    const packages = ["微信小程序，接入支付", "另一个微信小程序，接入支付", "Rust 服务", "COBOL"].map((text, at) => ({
      ...{ name: `p${at}`, text },
    }));
    const team = (given: readonly object[]) => node.ask("team.match", { ...mine(), packages: given }, client);
    const found = await team(packages);
    expect(Table.table["team.match"].output.safeParse(found).error).toBeUndefined();
    const [one, two, three, four] = found.awards;
    expect([one?.name, two?.name].sort()).toEqual(["Tea Ltd.", "שלום\u202E Shop Ltd."]);
    expect([three?.name, four?.provider, four?.why.en]).toEqual(["Rust Ltd.", undefined, "Nobody meets its demands."]);
    expect(found.without).toBe(1);
    const second = [one, two].find((award) => award?.name !== "Tea Ltd.");
    expect(second?.why.en).toContain("Tea Ltd. would be the best for it alone, but");
    expect(await codeOf(team([packages[0] ?? {}, packages[0] ?? {}]))).toBe("bad-input");
    expect(await codeOf(team([{ name: "x" }]))).toBe("bad-input");
  });
});

test("behavior: with a firm that was somebody's alone go its offers and briefs; others' rankings keep an id of nobody", async () => {
  const { id: brief } = await write(WHOLE);
  const made = await rank(brief);
  const { db } = node.parts.store;
  await Erasure.erase(db, [tea.organisation]);
  await db.update(schema.organisation).set({ name: "nobody" }).where(eq(schema.organisation.id, tea.organisation));
  expect(await codeOf(node.ask("provider.show", { provider: tea.organisation }, client))).toBe("not-found");
  const of = { ...mine(), brief, ranking: made.id };
  expect(JSON.stringify(await node.ask("ranking.show", of, client))).not.toContain("Tea");
  const { content } = await node.ask("ranking.bundle", of, client);
  expect(() => Bundle.verify(Bundle.parse(JSON.parse(content)))).not.toThrow();
  await Erasure.erase(db, [client.organisation]);
  const { items } = await node.ask("brief.list", mine(), client);
  expect(items.every(({ text, state }) => text === "" && state === "closed")).toBe(true);
  expect(await codeOf(node.ask("ranking.show", of, client))).toBe("not-found");
});
