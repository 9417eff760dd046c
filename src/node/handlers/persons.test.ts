import { eq, getTableColumns, getTableName } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Terms } from "../../agreement/index.ts";
import { Table } from "../../api/index.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import * as Audit from "../Audit.ts";
import * as Person from "../identity/Person.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
let ledger: Rehearsal.Rehearsal;
let node: Drafting.Node;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: Drafting.EARLY });
  const escrow = ledger.deployment.escrow.toLowerCase() as Hex;
  node = await Drafting.begin({ ledger, escrow }, Drafting.EARLY, { files: true });
  Object.assign(node.parts, { identity: { changed: async () => {}, forget() {} } });
});
afterAll(async () => {
  await node.close();
  await ledger.close();
});

/** Somebody who has left a trace of every kind. */
async function somebody(name: string) {
  const one = await node.person(name);
  const { user } = one.caller;
  const { db } = node.parts.store;
  const { organisation } = one;
  const document = JSON.parse(Terms.canonical(Drafting.termsAt(node.parts.place)));
  const { id: agreement } = await node.ask("agreement.create", { organisation, side: "client", document }, one);
  await node.ask("comment.add", { agreement, version: 1, text: `I am ${name}.` }, one);
  const file = await node.ask("evidence.put", { agreement, name: `${name}.txt`, content: "aGVsbG8=" }, one);
  const soon = new Date(Drafting.EARLY * 1000 + 1e6);
  await db.insert(schema.session).values({ id: `s-${user}`, userId: user, token: `token-${user}`, expiresAt: soon });
  await db.insert(schema.apiKey).values({
    ...{
      id: `k-${user}`,
      user,
      organisation,
      name: "tool",
      start: "commenda_a",
      hash: `hash-${user}`,
      scopes: ["read"],
    },
  });
  await db.insert(schema.notice).values({
    ...{ id: crypto.randomUUID(), user, kind: "note", says: { en: name, zh: name }, key: "a" },
  });
  await db.insert(schema.walletAddress).values({ id: `w-${user}`, userId: user, address: `0x${user}`, chainId: 1 });
  return { ...one, user, agreement, file };
}
const erase = (one: { user: string } & Drafting.Person, confirm = one.user, key?: string) =>
  node.ask("me.erase", { confirm }, one, key);
const caught = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => new Error("nothing was thrown"),
    (error: Error) => error,
  );

describe("me.export", () => {
  test("behavior: has all that there is of a person, nothing of others, and no secret", async () => {
    const [anna, ben] = [await somebody("Anna"), await somebody("Ben")];
    const found = await node.ask("me.export", {}, anna);
    expect(Table.table["me.export"].output.safeParse(found).error).toBeUndefined();
    const { profile, sessions, keys, comments, evidence, audit, versions, memberships, wallets } = found.data;
    expect(profile).toMatchObject([{ id: anna.user, name: "Anna" }]);
    expect([sessions?.length, keys?.length, comments?.length, memberships?.length, wallets?.length]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(evidence).toMatchObject([{ name: "Anna.txt", size: 5 }]);
    expect(versions).toHaveLength(1);
    expect(audit?.map(({ did }) => did)).toEqual(["agreement.create", "comment.add", "evidence.put"]);
    const text = JSON.stringify(found);
    for (const secret of [`token-${anna.user}`, `hash-${anna.user}`, ben.user, "Ben"])
      expect(text).not.toContain(secret);
  });

  test("behavior: no table that names a person is left out", () => {
    const known = new Set(Person.PLACES.map(({ table }) => getTableName(table)));
    const named = Object.values(schema as Record<string, unknown>).flatMap((table) =>
      table instanceof PgTable && ["user", "userId"].some((column) => column in getTableColumns(table))
        ? getTableName(table)
        : [],
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test("error: an API key acts for a firm, and takes no person's data", async () => {
    const carl = await somebody("Carl");
    const key = { id: "k", scopes: ["read", "write"] as const, organisation: carl.organisation };
    for (const [name, input] of [
      ["me.export", {}],
      ["me.erase", { confirm: carl.user }],
    ] as const)
      expect(await codeOf(node.ask(name, input, { ...carl.caller, key }))).toBe("forbidden");
  });
});

describe("me.erase", () => {
  test("behavior: what is personal goes, money records stay without a name, the audit chain holds", async () => {
    const dora = await somebody("Dora");
    expect(await codeOf(erase(dora, "Dora"))).toBe("bad-input");
    const done = await erase(dora);
    expect(Table.table["me.erase"].output.safeParse(done).error).toBeUndefined();
    expect(done.erased.map(({ what }) => what.en)).toEqual(
      expect.arrayContaining(["name, e-mail address and settings", "sessions", "API keys", "memberships", "notices"]),
    );
    const kept = Object.fromEntries(done.kept.map(({ what, why, count }) => [what.en, [count, why.zh.length > 0]]));
    expect(kept).toMatchObject({ "comments on drafts": [1, true], "lines of the audit log": [3, true] });
    const { db } = node.parts.store;
    const [row] = await db.select().from(schema.user).where(eq(schema.user.id, dora.user));
    expect(row).toMatchObject({ name: Person.NOBODY, email: `${dora.user}@erased.placeholder.invalid`, mail: false });
    for (const table of [schema.session, schema.walletAddress])
      expect(await db.select().from(table).where(eq(table.userId, dora.user))).toEqual([]);
    for (const table of [schema.apiKey, schema.notice, schema.member])
      expect(await db.select().from(table).where(eq(table.user, dora.user))).toEqual([]);
    const [file] = await db.select().from(schema.evidence).where(eq(schema.evidence.id, dora.file.id));
    expect(file).toMatchObject({ name: null, salt: null, object: null, commitment: dora.file.commitment });
    const [firm] = await db.select().from(schema.organisation).where(eq(schema.organisation.id, dora.organisation));
    expect(firm?.name).toBe(Person.NOBODY);
    expect(await Audit.verify(db)).not.toHaveProperty("broken");
    const [last] = (await db.select().from(schema.audit).where(eq(schema.audit.did, "me.erase"))).slice(-1);
    expect(last).toMatchObject({ by: dora.user, facts: { erased: dora.user } });
  });

  test("error: the last owner of a firm with others, and of one with an agreement under way, are told what to do", async () => {
    const emil = await somebody("Emil");
    const other = await node.person("Fay", { organisation: emil.organisation, role: "member" });
    expect((await caught(erase(emil))).message).toMatch(
      /^You are the last owner of Emil Ltd\., .* Make one of them an owner/,
    );
    await node.ask("member.change", { organisation: emil.organisation, user: other.caller.user, role: "owner" }, emil);
    await erase(emil);
    const { db } = node.parts.store;
    const [firm] = await db.select().from(schema.organisation).where(eq(schema.organisation.id, emil.organisation));
    expect(firm?.name).toBe("Emil Ltd.");
    const [file] = await db.select().from(schema.evidence).where(eq(schema.evidence.id, emil.file.id));
    // The firm's, and it goes on.
    expect(file?.name).toBe("Emil.txt");

    const gus = await somebody("Gus");
    await db.update(schema.agreement).set({ status: "open" }).where(eq(schema.agreement.id, gus.agreement));
    expect((await caught(erase(gus))).message).toMatch(/has an agreement under way: Development of the Qinghe Tea/);
    await db.update(schema.agreement).set({ status: "closed" }).where(eq(schema.agreement.id, gus.agreement));
    expect((await erase(gus)).done).toBe(true);
  });

  test("error: two owners who erase themselves at once do not leave the firm to nobody", async () => {
    const hana = await somebody("Hana");
    const { organisation } = hana;
    const ivo = await node.person("Ivo", { organisation });
    await node.person("Jo", { organisation, role: "auditor" });
    const both = [erase(hana), erase({ ...ivo, user: ivo.caller.user })];
    const codes = await Promise.all(both.map((call) => codeOf(call)));
    expect(codes.toSorted()).toEqual(["done", "state-conflict"]);
  });
});
