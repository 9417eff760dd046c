import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import type { Place } from "../Call.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";
import { contracts } from "../word/testing/contracts.ts";

const { codeOf, EARLY } = Drafting;
const SOLE = `0x${"ab".repeat(20)}`;
const NOBODYS = "00000000-0000-4000-8000-000000000000";

let ledger: Rehearsal.Rehearsal;
let place: Place;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let stranger: Drafting.Person;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: EARLY - 86_400 });
  const token = await ledger.deploy("RehearsalToken", [6], { at: EARLY - 86_400 });
  place = { ledger, escrow: ledger.deployment.escrow.toLowerCase() as `0x${string}`, token };
  node = await Drafting.begin(place, EARLY);
  client = await node.person("Client", { account: SOLE });
  provider = await node.person("Provider");
  stranger = await node.person("Stranger");
});
afterAll(async () => {
  await node.close();
  await ledger.close();
});

const create = (document?: unknown, by = client) =>
  node.ask(
    "agreement.create",
    { organisation: by.organisation, side: "client", ...(document ? { document } : {}) },
    by,
  );

/** The provider sits in. */
async function shared(document?: unknown) {
  const made = await create(document);
  const { url } = await node.ask("invitation.create", { agreement: made.id, role: "provider" }, client);
  await node.ask("invitation.accept", { token: url.slice(-43), organisation: provider.organisation }, provider);
  return made;
}

describe("agreement.create", () => {
  test("behavior: fills in what the node knows, and says what is missing", async () => {
    const made = await create();
    const { salt, ...known } = made.document;
    expect(salt).toMatch(/^0x[0-9a-f]{64}$/);
    expect(known).toEqual({
      version: "commenda/1",
      rail: "token",
      registrar: { kind: "chain", chainId: ledger.chainId, escrow: place.escrow },
      currency: { token: place.token },
      parties: { client: { address: SOLE } },
    });
    expect(made).toMatchObject({ status: "draft", version: 1, mine: ["client"], title: { en: "Untitled agreement" } });
    expect(made.ledgerId).toBeUndefined();
    expect(made.problems.map(({ field }) => field)).toContain("milestones");
    expect(Table.table["agreement.create"].output.safeParse(made).error).toBeUndefined();
  });

  test("behavior: a complete document has its id on the ledger, and keeps what it says", async () => {
    const terms = Drafting.termsAt(place);
    const made = await create(terms);
    expect(made.problems).toEqual([]);
    expect(made.ledgerId).toMatch(/^0x/);
    expect(made.document).toEqual(terms);
    expect(made.title).toEqual(terms.title);
  });

  test("behavior: terms of another escrow have a problem that names this one, and no id", async () => {
    const registrar = { kind: "chain", chainId: 1, escrow: `0x${"11".repeat(20)}` } as const;
    const made = await create(Drafting.termsAt(place, { registrar }));
    expect(made.ledgerId).toBeUndefined();
    expect(made.problems).toHaveLength(1);
    expect(made.problems[0]).toMatchObject({ field: "registrar" });
    expect(made.problems[0]?.detail).toContain(place.escrow);
  });

  test("behavior: dates that have passed are a problem", async () => {
    const made = await create(Drafting.termsAt(place, { openBy: "2026-11-01T00:00Z" }));
    expect(made.problems.map(({ field }) => field)).toContain("openBy");
    expect(made.ledgerId).toBeUndefined();
  });

  test("behavior: a side's missing account is answered with the one it has", async () => {
    const terms = Drafting.termsAt(place);
    const { address: _, ...party } = terms.parties.client;
    const made = await create({ ...terms, parties: { ...terms.parties, client: party } });
    expect(made.document.parties).toMatchObject({ client: { address: SOLE } });
    const saved = await node.ask(
      "version.save",
      { agreement: made.id, base: 1, document: { ...terms, parties: { ...terms.parties, client: party } } },
      client,
    );
    expect(saved.problems.map(({ detail }) => detail).join()).toContain(SOLE);
  });
});

describe("hostile documents", () => {
  const deep = (levels: number): unknown => {
    let value: unknown = "x";
    for (let k = 0; k < levels; k++) value = { a: value };
    return value;
  };
  const refused: [string, unknown][] = [
    ["a text of 1 MB", { title: { en: "x".repeat(1_000_000) } }],
    ["33 levels", deep(33)],
    ["100,000 levels", deep(100_000)],
    ["a list of 100,000", { milestones: Array(100_000).fill(1) }],
    ["a field named __proto__", JSON.parse('{"parties": {"__proto__": {"polluted": 1}}}')],
    ["U+0000 in a text", { title: { en: "a\0b" } }],
    ["U+0000 in a key", { "a\0": 1 }],
    ["half a character", { title: { en: "\ud800" } }],
    ["half a character in a key", { "\udc00": 1 }],
    ["a number beyond all", { openBy: Number.POSITIVE_INFINITY }],
  ];
  test.each(refused)("error: %s is refused", async (_, document) => {
    expect(await codeOf(create(document))).toBe("bad-input");
    expect(await codeOf(node.ask("terms.check", { document }, client))).toBe("bad-input");
  });

  const kept: [string, unknown][] = [
    ["a constructor", { constructor: { prototype: { polluted: 1 } }, toString: 1, hasOwnProperty: null }],
    [
      "wrong types everywhere",
      { title: 5, parties: [], milestones: "no", currency: "CNY", registrar: null, options: {} },
    ],
    ["unusual Unicode", { title: { en: "‮evil\u200b𝒳👩‍👩‍👧", zh: "\u{10FFFF}" }, "": { "a.b[0]": [[]] } }],
    ["a list of 128 empty milestones", { milestones: Array(128).fill({}) }],
    ["4,000 unknown fields", Object.fromEntries(Array.from({ length: 4_000 }, (_, k) => [`f${k}`, k]))],
    ["numbers at the edge", { openBy: 1e308, sequential: -0, salt: 5e-324, n: 2 ** 53 }],
    ["28 levels", deep(28)],
  ];
  test.each(kept)("behavior: %s is kept with its problems, and compared", async (_, document) => {
    const made = await create(document);
    expect(made.problems.length).toBeGreaterThan(0);
    const next = await node.ask(
      "version.save",
      { agreement: made.id, base: 1, document: { title: [document] } },
      client,
    );
    expect(next.version).toBe(2);
    const { complete, differences } = await node.ask("version.compare", { agreement: made.id, from: 1, to: 2 }, client);
    expect(complete).toBe(false);
    expect(differences.length).toBeGreaterThan(0);
    expect(await codeOf(node.ask("version.endings", { agreement: made.id, version: 1 }, client))).toBe(
      "state-conflict",
    );
    expect(({} as { polluted?: 1 }).polluted).toBeUndefined();
  });

  test("error: texts and cursors of the wrong kind", async () => {
    const { id: agreement } = await create();
    const note = "a\0";
    expect(await codeOf(node.ask("version.save", { agreement, base: 1, document: {}, note }, client))).toBe(
      "bad-input",
    );
    const on = { agreement, version: 1 };
    expect(await codeOf(node.ask("comment.add", { ...on, text: "a\0" }, client))).toBe("bad-input");
    expect(await codeOf(node.ask("comment.add", { ...on, text: "a", field: "\ud800" }, client))).toBe("bad-input");
    const cursors = [["x", 1], ["2026-01-01T00:00:00.000Z", "no id"], [1e99, 1e99], [-1], [0.5], {}, [[]], null];
    for (const cursor of cursors) {
      const after = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      for (const name of ["version.list", "comment.list", "invitation.list"] as const)
        expect(await codeOf(node.ask(name, { agreement, after }, client))).toBe("bad-input");
      expect(await codeOf(node.ask("agreement.list", { after }, client))).toBe("bad-input");
    }
  });
});

describe("agreement.list", () => {
  test("behavior: pages through one's own, newest first, by status and organisation", async () => {
    const owner = await node.person("Owner");
    const made: string[] = [];
    for (let k = 0; k < 5; k++) made.unshift((await create(undefined, owner)).id);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await node.ask("agreement.list", { limit: 2, ...(after ? { after } : {}) }, owner);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen).toEqual(made);
    const [first = ""] = made;
    await node.ask("agreement.withdraw", { agreement: first }, owner);
    const withdrawn = await node.ask("agreement.list", { status: "withdrawn" }, owner);
    expect(withdrawn.items.map(({ id }) => id)).toEqual([first]);
    const { organisation } = client;
    expect(await codeOf(node.ask("agreement.list", { organisation }, owner))).toBe("not-found");
  });

  test("behavior: an API key sees its organisation's only", async () => {
    const owner = await node.person("Two hats");
    const second = await node.person("Second");
    const { db } = node.parts.store;
    const { member } = await import("../store/schema.ts");
    await db.insert(member).values({ organisation: second.organisation, user: owner.caller.user, role: "owner" });
    const [one, two] = [await create(undefined, owner), await create(undefined, second)];
    const all = await node.ask("agreement.list", {}, owner);
    expect(all.items.map(({ id }) => id)).toEqual([two.id, one.id]);
    const key = { id: "k", scopes: ["read"] as const, organisation: second.organisation };
    const its = await node.ask("agreement.list", {}, { ...owner.caller, key });
    expect(its.items.map(({ id }) => id)).toEqual([two.id]);
  });
});

describe("agreement.withdraw", () => {
  test("behavior: gives a draft up for good, once or again", async () => {
    const { id: agreement } = await shared();
    expect(await node.ask("agreement.withdraw", { agreement }, provider)).toEqual({ done: true });
    expect(await node.ask("agreement.withdraw", { agreement }, client)).toEqual({ done: true });
    expect((await node.ask("agreement.show", { agreement }, client)).status).toBe("withdrawn");
    const save = { agreement, base: 1, document: {} };
    expect(await codeOf(node.ask("version.save", save, client))).toBe("state-conflict");
    const invite = { agreement, role: "reader" };
    expect(await codeOf(node.ask("invitation.create", invite, client))).toBe("state-conflict");
  });
});

describe("agreement.importWord", () => {
  test("behavior: what a Word contract says, with its places, and what it does not", async () => {
    const [contract] = contracts;
    if (!contract) throw new Error("there are contracts");
    const file = Buffer.from(await contract.bytes()).toString("base64");
    const input = { organisation: client.organisation, side: "client", file };
    const { agreement, findings, gaps } = await node.ask("agreement.importWord", input, client);
    expect(Table.table["agreement.importWord"].output.safeParse({ agreement, findings, gaps }).error).toBeUndefined();
    expect(agreement).toMatchObject({ status: "draft", version: 1, mine: ["client"] });
    const title = findings.find(({ field }) => field.startsWith("title."));
    expect(Object.values(agreement.title)).toContain(title?.value);
    expect(title?.place.text).not.toBe("");
    expect(gaps.length).toBeGreaterThan(0);
    expect(agreement.document).toMatchObject({ rail: "token", parties: { client: { address: SOLE } } });
  });

  test.each([
    ["nothing", ""],
    ["no Word file", Buffer.from("hello").toString("base64")],
    ["a cut-off archive", Buffer.from("PK\x03\x04rest").toString("base64")],
  ])("error: %s is a wrong file", async (_, file) => {
    const input = { organisation: client.organisation, side: "client", file };
    expect(await codeOf(node.ask("agreement.importWord", input, client))).toBe("wrong-file");
  });
});

test("behavior: what is done in an agreement stands in the audit log of whoever sits there by it", async () => {
  const { id } = await shared();
  await node.ask("comment.add", { agreement: id, version: 1, text: "hello" }, provider);
  const { audit } = schema;
  const rows = await node.parts.store.db.select().from(audit).where(eq(audit.object, id));
  const [said] = rows.filter(({ did }) => did === "comment.add");
  expect(said).toMatchObject({ organisation: provider.organisation, by: provider.caller.user });
});

describe("who may", () => {
  const inputs = (agreement: string, organisation: string): Record<Drafting.Ours, object> => ({
    "me.home": { organisation },
    "task.list": { organisation },
    "deadline.list": { organisation },
    "agreement.list": { organisation },
    "agreement.create": { organisation, side: "client" },
    "agreement.importWord": { organisation, side: "client", file: "" },
    "agreement.importPack": { organisation, role: "client", pack: "" },
    "agreement.show": { agreement },
    "agreement.withdraw": { agreement },
    "version.list": { agreement },
    "version.show": { agreement, version: 1 },
    "version.save": { agreement, base: 1, document: {} },
    "version.compare": { agreement, from: 1, to: 1 },
    "version.endings": { agreement, version: 1 },
    "terms.check": { document: {} },
    "comment.list": { agreement },
    "comment.add": { agreement, version: 1, text: "hello" },
    "comment.resolve": { agreement, comment: NOBODYS },
    "invitation.create": { agreement, role: "reader" },
    "invitation.list": { agreement },
    "invitation.revoke": { agreement, invitation: NOBODYS },
    "invitation.show": { token: "a".repeat(43) },
    "invitation.accept": { token: "a".repeat(43), organisation },
    "agreement.standing": { agreement },
    "agreement.statement": { agreement },
    "fact.list": { agreement },
    "agreement.pack": { agreement },
    "pack.verify": { pack: "{}" },
  });

  test.each(Drafting.NAMES.filter((name) => name !== "terms.check" && name !== "pack.verify"))(
    "error: %s of others is not found",
    async (name) => {
      const { id } = await create();
      expect(await codeOf(node.ask(name, inputs(id, client.organisation)[name], stranger))).toBe("not-found");
      expect(await codeOf(node.ask(name, inputs(NOBODYS, NOBODYS)[name], stranger))).toBe("not-found");
    },
  );

  const writes = Drafting.NAMES.filter((name) => (Table.rowOf(name).who as { may: string }).may === "write");
  test("error: auditors and readers read, and write nothing", async () => {
    const { id } = await shared();
    const auditor = await node.person("Auditor", { organisation: client.organisation, role: "auditor" });
    const { url } = await node.ask("invitation.create", { agreement: id, role: "reader" }, client);
    const reader = await node.person("Reader");
    const token = url.slice(-43);
    await node.ask("invitation.accept", { token, organisation: reader.organisation }, reader);
    for (const who of [auditor, reader]) {
      expect(await codeOf(node.ask("agreement.show", { agreement: id }, who))).toBe("done");
      for (const name of writes) {
        const { of } = Table.rowOf(name).who as { of: string };
        if (of === "organisation" && who === reader) continue;
        expect([name, await codeOf(node.ask(name, inputs(id, client.organisation)[name], who))]).toEqual([
          name,
          "forbidden",
        ]);
      }
    }
    expect((await node.ask("agreement.show", { agreement: id }, client)).version).toBe(1);
  });

  test("error: an arbitrator comments, and changes nothing", async () => {
    const { id: agreement } = await shared();
    const { url } = await node.ask("invitation.create", { agreement, role: "arbitrator" }, client);
    await node.ask("invitation.accept", { token: url.slice(-43), organisation: stranger.organisation }, stranger);
    expect(await codeOf(node.ask("comment.add", { agreement, version: 1, text: "hm" }, stranger))).toBe("done");
    for (const name of ["version.save", "agreement.withdraw", "invitation.create", "invitation.revoke"] as const)
      expect(await codeOf(node.ask(name, inputs(agreement, "")[name], stranger))).toBe("forbidden");
  });
});
