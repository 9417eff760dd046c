import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Starter from "../../desk/Starter.ts";
import * as schema from "../store/schema.ts";
import * as Desking from "../testing/Desking.ts";
import { codeOf, type Person } from "../testing/Drafting.ts";

const NOW = Date.parse("2026-11-23T09:00Z") / 1_000;

let node: Desking.Node;
let owner: Person;
let desk: string;
const at = () => ({ organisation: owner.organisation, desk });

beforeAll(async () => {
  node = await Desking.begin(NOW);
  owner = await node.person("Owner");
});
afterAll(() => node.close());

const setUp = async (promise = 0.8) => {
  desk = (await node.ask("desk.create", { organisation: owner.organisation, name: "Desk", promise }, owner)).id;
};
const teach = (kind: string, rows: readonly object[], more: object = {}) =>
  node.ask(
    "desk.teach",
    {
      ...{ ...at(), kind, ...more },
      content: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")).toString("base64"),
    },
    owner,
  );
const train = (more: object = {}) => node.ask("desk.train", { ...at(), ...more }, owner);

/** Three intents of the starter, their texts in two halves. */
const rows = Starter.examples("en").filter(({ label }) => ["crash", "praise", "invoice"].includes(label));
const [even, odd] = [0, 1].map((rest) => rows.filter((_, place) => place % 2 === rest)) as [typeof rows, typeof rows];

describe("models", () => {
  test("behavior: a new one works only if the frozen set says that it is no worse; back again", async () => {
    await setUp();
    expect(await teach("history", even)).toMatchObject({ taken: even.length, unlabelled: 0 });
    await teach("frozen", odd);
    const good = await train();
    expect(Table.table["desk.train"].output.safeParse(good).error).toBeUndefined();
    expect(good).toMatchObject({ state: "working", intents: ["crash", "invoice", "praise"], by: "Owner" });
    expect(good.frozen?.rows).toBe(odd.length);
    // What is learnt from nonsense is worse, and stays aside.
    await teach(
      "history",
      even.map(({ text }, place) => ({ text, label: place % 2 ? "crash" : "praise" })),
      { replace: true },
    );
    const bad = await train();
    expect(bad).toMatchObject({ state: "refused", frozen: { before: good.frozen?.right } });
    expect(await node.ask("desk.show", at(), owner)).toMatchObject({ model: good.model });
    expect(await codeOf(node.ask("desk.rollback", at(), owner))).toBe("state-conflict");
    // Better history again: the second that works, and back to the first.
    await teach("history", [...even, ...odd], { replace: true });
    const better = await train();
    expect(better.state).toBe("working");
    const back = await node.ask("desk.rollback", at(), owner);
    expect(back).toMatchObject({ state: "working", model: good.model });
    const { items } = await node.ask("desk.models", at(), owner);
    expect(items.map(({ state }) => state)).toEqual(["working", "past", "refused", "past"]);
    const { items: lines } = await node.ask("desk.log", at(), owner);
    expect(lines.map(({ kind, what }) => [kind, what.by])).toEqual([
      ["opened", undefined],
      ["model", "train"],
      ["model", "train"],
      ["model", "rollback"],
    ]);
  });

  test("behavior: what is wrong in a history is told: no label, one example, contradiction, a cut line", async () => {
    await setUp();
    const taught = await teach("history", [
      ...even,
      { text: "no label" },
      { text: "rare", label: "rare" },
      { ...even[0], label: "praise" },
    ]);
    expect(taught).toMatchObject({ unlabelled: 1, examples: { frozen: 0 } });
    const cut = await node.ask(
      "desk.teach",
      { ...at(), kind: "history", content: Buffer.from('{"text":"cu').toString("base64") },
      owner,
    );
    expect(cut).toMatchObject({ taken: 0, badCount: 1, bad: [{ at: 1 }] });
    expect(await train()).toMatchObject({ state: "working", notes: { contradictory: 1, thin: ["rare"] } });
  });

  test("error: one intent alone teaches nothing", async () => {
    await setUp();
    await teach("history", [{ text: "only this", label: "one" }]);
    expect(await train()).toMatchObject({ state: "failed", why: { zh: expect.stringContaining("意图") } });
  });
});

describe("an endpoint for words", () => {
  test("behavior: smoothed where it keeps to the playbook, refused where it does as the feedback says; the log tells", async () => {
    let [said, asked] = ["", 0];
    const server = createServer((_request, response) => {
      asked++;
      response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify({ text: said }) } }] }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const config = {
      ...node.parts.config,
      rewriting: { url: `http://127.0.0.1:${port}/v1`, model: "m", key: undefined },
      webhookNetworks: ["127.0.0.0/8"],
    };
    const before = node.parts.config;
    try {
      Object.assign(node.parts, { config });
      await setUp();
      said = "Sorry that the app closes on you! Please install the newest version and restart the phone.";
      const take = (text: string) => node.ask("desk.take", { ...at(), feedback: [{ text }] }, owner);
      const [good] = (await take("The app crashes every time I open it")).tickets;
      expect(good).toMatchObject({ state: "answered", answer: { text: said, citations: ["starter/crash/en"] } });
      said = "Sorry that the app closes on you. We refund 500 dollars to your card today.";
      const [bad] = (await take("App crashes at once on my iPhone when I open the camera")).tickets;
      expect(bad?.state).toBe("answered");
      expect(bad?.answer?.text).not.toContain("500");
      const { items } = await node.ask("desk.log", at(), owner);
      const told = items.flatMap(({ what }) => (what.rewriting as { isRewritten: boolean }) ?? []);
      expect(told.map(({ isRewritten }) => isRewritten)).toEqual([true, false]);
      // What goes to a person is nobody else's to read.
      const count = asked;
      await take("My account was hacked and they changed the password");
      expect(asked).toBe(count);
    } finally {
      Object.assign(node.parts, { config: before });
      server.close();
    }
  });
});

describe("answers and tables", () => {
  test("behavior: put, replaced, listed; the table has to name its teams", async () => {
    await setUp();
    const own = { id: "own/crash", intent: "crash", language: "en", answer: "We are on it.", needs: ["device"] };
    const put = (playbooks: readonly object[], replace = false) =>
      node.ask("playbook.put", { ...at(), playbooks, replace }, owner);
    const { playbooks } = await put([own]);
    expect((await put([{ ...own, answer: "Soon." }])).playbooks).toBe(playbooks);
    expect(await put([own], true)).toEqual({ playbooks: 1 });
    const page = await node.ask("playbook.list", { ...at(), limit: 1 }, owner);
    expect(page).toEqual({ items: [own] });
    const table = { rows: [{ team: "night", severity: "high", within: 5 }], teams: [{ name: "night", capacity: 1 }] };
    expect(await node.ask("routing.put", { ...at(), ...table }, owner)).toEqual(table);
    expect(await node.ask("routing.show", at(), owner)).toEqual(table);
    const stray = { ...table, rows: [{ team: "day", severity: "high", within: 5 }] };
    expect(await codeOf(node.ask("routing.put", { ...at(), ...stray }, owner))).toBe("bad-input");
  });

  test("behavior: full, a team hands over to its relief", async () => {
    // Nothing is answered by itself.
    await setUp(0.99);
    const row = (team: string) => ({ name: team, capacity: 1 });
    const teams = [
      { ...row("one"), relief: "two" },
      { ...row("two"), relief: "three" },
      { ...row("three"), capacity: 99 },
    ];
    await node.ask("routing.put", { ...at(), rows: [{ team: "one", severity: "low", within: 60 }], teams }, owner);
    const texts = ["zzqx 1 alpha", "wvut 2 beta gamma", "qqqq 3 delta words"];
    const taken = await node.ask("desk.take", { ...at(), feedback: texts.map((text) => ({ text })) }, owner);
    expect(taken.tickets.map(({ team }) => team)).toEqual(["one", "two", "three"]);
  });

  test("behavior: no call leaves the node: nothing is set up to take one", async () => {
    await setUp();
    expect(node.parts.config.rewriting).toBeUndefined();
    const before = globalThis.fetch;
    const asked: unknown[] = [];
    globalThis.fetch = (async (...args: unknown[]) => void asked.push(args)) as never;
    try {
      await node.ask("desk.take", { ...at(), feedback: [{ text: "The app crashes on every start" }] }, owner);
    } finally {
      globalThis.fetch = before;
    }
    expect(asked).toEqual([]);
    const { db } = node.parts.store;
    const rows = await db.select().from(schema.ticket).where(eq(schema.ticket.desk, desk));
    const decided = rows.flatMap(({ decision }) => decision ?? []);
    expect(decided.length).toBeGreaterThan(0);
    expect(decided.some((one) => "rewriting" in (one as object))).toBe(false);
  });
});
