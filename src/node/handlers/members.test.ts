import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import type { Place, Role, User } from "../Call.ts";
import * as House from "../identity/testing/House.ts";
import * as schema from "../store/schema.ts";

/** Nothing here asks a ledger. */
const place = { ledger: { kind: "rehearsal", chainId: 31_337 } } as unknown as Place;
const ROLES: readonly Role[] = ["owner", "signer", "member", "auditor"];
let house: House.House;
beforeAll(async () => {
  house = await House.open(place, 1_900_000_000);
});
afterAll(() => house.close());

let firms = 0;
/** An organisation with somebody of each role, and somebody who has nothing to do with it. */
async function firm() {
  const n = ++firms;
  const people = Object.fromEntries(
    await Promise.all([...ROLES, "stranger"].map(async (role) => [role, await house.user(`${role} ${n}`)])),
  ) as Record<Role | "stranger", User>;
  const { id } = await house.call("organisation.create", people.owner, { name: `Firm ${n}` });
  for (const role of ROLES.slice(1)) await house.join(id, people[role], role);
  return { organisation: id, people };
}

describe("roles", () => {
  test("behavior: each operation lets in who may, and tells others only what they may know", async () => {
    const { organisation, people } = await firm();
    const { owner } = people;
    const wallet = `0x${"ab".repeat(20)}`;
    const inputs = {
      "organisation.show": {},
      "organisation.update": { name: "Firm" },
      "member.list": {},
      "member.invite": { role: "auditor" },
      "member.change": { user: people.member.user, role: "member" },
      "member.remove": { user: "nobody" },
      "account.list": {},
      "key.create": { name: "bot", scopes: ["read"] },
      "key.list": {},
      "key.revoke": { key: "none" },
      "account.addWallet": { name: "w", address: wallet, signature: "0x" },
      "account.create": { name: "a", signers: [{ name: "w", signer: wallet }] },
      "account.execute": {
        ...{ address: wallet, calls: [{ to: wallet, data: "0x" }], nonce: "0", validUntil: 1, signature: "0x" },
      },
    } as const satisfies Partial<Record<Table.Name, object>>;
    for (const [name, rest] of Object.entries(inputs) as [keyof typeof inputs, object][]) {
      const input = { organisation, ...rest };
      const { who } = Table.rowOf(name);
      const able = { read: ROLES, sign: ["owner", "signer"], manage: ["owner"] }[who.may as "read" | "sign" | "manage"];
      for (const role of ROLES) {
        const code = await house.codeOf(name, people[role], input);
        if (able.includes(role)) expect(code, `${role} ${name}`).not.toMatch(/forbidden|not-signed-in/);
        else expect(code, `${role} ${name}`).toBe("forbidden");
      }
      expect(await house.codeOf(name, people.stranger, input), name).toBe("not-found");
      expect(await house.codeOf(name, { kind: "nobody" }, input), name).toBe("not-signed-in");
      const nowhere = { ...input, organisation: "00000000-0000-4000-8000-000000000000" };
      expect(await house.codeOf(name, owner, nowhere), name).toBe("not-found");
    }
  });
});

describe("the caller", () => {
  test("behavior: sees who they are and their organisations, the personal one first", async () => {
    const { organisation, people } = await firm();
    const shown = await house.call("me.show", people.signer, {});
    expect(shown).toMatchObject({ user: people.signer.user, language: "en", demo: false });
    expect(shown.organisations).toMatchObject([
      { personal: true, role: "owner", rule: { enforcedBy: "nobody" } },
      { id: organisation, personal: false, role: "signer" },
    ]);
    expect(shown).not.toHaveProperty("email");
  });

  test("behavior: changes name, language and whether notices are mailed, and speaks the new language", async () => {
    const somebody = await house.user("somebody who moves");
    const change = { name: "Lin", language: "zh", mail: false } as const;
    expect(await house.call("me.update", somebody, change)).toEqual({ done: true });
    expect(await house.call("me.show", somebody, {})).toMatchObject({ ...change, operator: false });
    expect(await house.user("somebody who moves")).toMatchObject({ name: "Lin", language: "zh" });
  });
});

describe("the rule of two persons", () => {
  test("behavior: says by whom it is enforced", async () => {
    const { organisation, people } = await firm();
    const { owner } = people;
    const rule = async () => (await house.call("organisation.show", owner, { organisation })).rule;
    expect(await rule()).toEqual({ enforcedBy: "nobody" });
    await house.call("organisation.update", owner, { organisation, above: "5000000000" });
    expect(await rule()).toEqual({ above: "5000000000", enforcedBy: "node" });
    const row = { organisation, kind: "threshold", name: "two", threshold: 2 } as const;
    const { account } = schema;
    await house.parts.store.db.insert(account).values({ ...row, address: "0x01" });
    expect(await rule()).toEqual({ above: "5000000000", enforcedBy: "ledger" });
    await house.parts.store.db.insert(account).values({ ...row, address: "0x02", kind: "wallet", threshold: 1 });
    expect(await rule()).toEqual({ above: "5000000000", enforcedBy: "node" });
    await house.call("organisation.update", owner, { organisation, above: null });
    expect(await rule()).toEqual({ enforcedBy: "nobody" });
  });
});

describe("members", () => {
  test("behavior: one person joins by a link, once; the link is kept nowhere", async () => {
    const { organisation, people } = await firm();
    const { owner, stranger } = people;
    const made = await house.call("member.invite", owner, { organisation, role: "signer" }, "a key");
    expect(made).toMatchObject({
      role: "signer",
      expiresAt: new Date((house.parts.clock.now() + 14 * 86_400) * 1000).toISOString(),
    });
    const [, token = ""] = /^http:\/\/localhost:8420\/join\/([\w-]{43})$/.exec(made.url) ?? [];
    expect(await house.call("member.invite", owner, { organisation, role: "signer" }, "a key")).toEqual({
      ...made,
      url: "",
    });
    for (const table of [schema.invitation, schema.idempotency, schema.audit]) {
      expect(JSON.stringify(await house.parts.store.db.select().from(table))).not.toContain(token);
    }
    const joined = await house.call("member.join", stranger, { token });
    expect(joined).toMatchObject({ id: organisation, role: "signer" });
    expect(await house.call("member.join", stranger, { token })).toEqual(joined);
    expect(await house.codeOf("member.join", await house.user("another stranger"), { token })).toBe("gone");
    await house.call("member.remove", owner, { organisation, user: stranger.user });
    expect(await house.codeOf("member.join", stranger, { token })).toBe("gone");
    expect(await house.codeOf("member.join", stranger, { token: "A".repeat(43) })).toBe("not-found");
  });

  test("error: a link is over after two weeks; who is a member already does not use it up", async () => {
    const { organisation, people } = await firm();
    const { url } = await house.call("member.invite", people.owner, { organisation, role: "auditor" });
    const token = url.slice(-43);
    expect(await house.call("member.join", people.owner, { token })).toMatchObject({ role: "owner" });
    house.wait(14 * 86_400);
    expect(await house.codeOf("member.join", people.stranger, { token })).toBe("gone");
  });

  test("behavior: are listed page by page in the order in which they came", async () => {
    const { organisation, people } = await firm();
    const { items } = await house.call("member.list", people.auditor, { organisation });
    expect(items.map(({ role }) => role).sort()).toEqual([...ROLES].sort());
    expect(items.map(({ since }) => since)).toEqual(items.map(({ since }) => since).sort());
    const found: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await house.call("member.list", people.auditor, {
        organisation,
        limit: 3,
        ...(after ? { after } : {}),
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      found.push(...page.items);
      after = page.next;
    } while (after);
    expect(found).toEqual(items);
    expect(await house.codeOf("member.list", people.auditor, { organisation, after: "%%" })).toBe("bad-input");
  });

  test("error: the last owner neither goes nor becomes something else, also when two owners act at once", async () => {
    const { organisation, people } = await firm();
    const { owner, signer } = people;
    const self = { organisation, user: owner.user };
    expect(await house.codeOf("member.remove", owner, self)).toBe("state-conflict");
    expect(await house.codeOf("member.change", owner, { ...self, role: "member" })).toBe("state-conflict");
    expect(await house.call("member.change", owner, { ...self, role: "owner" })).toMatchObject({ role: "owner" });
    await house.call("member.change", owner, { organisation, user: signer.user, role: "owner" });
    const both = await Promise.all([
      house.codeOf("member.remove", owner, { organisation, user: signer.user }),
      house.codeOf("member.change", signer, { ...self, role: "auditor" }),
    ]);
    expect(both.filter((code) => code === "ok")).toHaveLength(1);
    const rows = await house.parts.store.db
      .select()
      .from(schema.member)
      .where(eq(schema.member.organisation, organisation));
    expect(rows.filter(({ role }) => role === "owner")).toHaveLength(1);
    expect(await house.codeOf("member.change", owner, { organisation, user: "nobody", role: "member" })).toMatch(
      /not-found|forbidden/,
    );
  });
});

describe("API keys", () => {
  test("behavior: one is shown once, works within its scopes and its organisation, and ends at once", async () => {
    const { organisation, people } = await firm();
    const { owner } = people;
    const input = { organisation, name: "bot", scopes: ["read", "read"], days: 30 } as const;
    const made = await house.call("key.create", owner, input, "once");
    expect(made).toMatchObject({ name: "bot", organisation, scopes: ["read"] });
    expect(await house.call("key.create", owner, input, "once")).toEqual({ ...made, secret: "" });
    const bot = await house.byKey(made.secret);
    expect((await house.call("me.show", bot, {})).organisations.map(({ id }) => id)).toEqual([organisation]);
    expect(await house.codeOf("organisation.show", bot, { organisation })).toBe("ok");
    expect(await house.codeOf("organisation.update", bot, { organisation, name: "Ours" })).toBe("scope-missing");
    const own = (await house.call("me.show", owner, {})).organisations.find(({ personal }) => personal);
    expect(await house.codeOf("organisation.show", bot, { organisation: own?.id })).toBe("not-found");
    const { items } = await house.call("key.list", owner, { organisation });
    const by = { user: owner.user, name: owner.name };
    expect(items).toMatchObject([{ id: made.id, start: made.start, by, lastUsedAt: expect.any(String) }]);
    expect(JSON.stringify(items)).not.toContain(made.secret.slice(made.start.length));
    expect(await house.call("key.revoke", owner, { organisation, key: made.id })).toEqual({ done: true });
    await expect(house.byKey(made.secret)).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await house.call("key.revoke", owner, { organisation, key: made.id })).toEqual({ done: true });
  });

  test("error: a key makes none that may more, and does nothing that concerns the person", async () => {
    const { organisation, people } = await firm();
    const scopes = ["read", "write", "manage"] as const;
    const { secret } = await house.call("key.create", people.owner, { organisation, name: "bot", scopes });
    const bot = await house.byKey(secret);
    expect(await house.codeOf("key.create", bot, { organisation, name: "more", scopes: ["sign"] })).toBe(
      "scope-missing",
    );
    expect(await house.codeOf("key.create", bot, { organisation, name: "less", scopes: ["read"] })).toBe("ok");
    for (const [name, input] of [
      ["me.update", { name: "Bot" }],
      ["email.ask", { email: "bot@example.com" }],
    ] as const)
      expect(await house.codeOf(name, bot, input)).toBe("forbidden");
    expect(await house.codeOf("organisation.create", bot, { name: "Bots" })).toBe("forbidden");
    expect(await house.codeOf("member.join", bot, { token: "A".repeat(43) })).toBe("forbidden");
  });

  test("behavior: another organisation's key is not revoked; a member's keys go with the member", async () => {
    const [ours, theirs] = [await firm(), await firm()];
    const { organisation, people } = ours;
    await house.call("member.change", people.owner, { organisation, user: people.signer.user, role: "owner" });
    const make = (caller: User) => house.call("key.create", caller, { organisation, name: "k", scopes: ["read"] });
    const [kept, lost] = [await make(people.owner), await make(people.signer)];
    await house.call("key.revoke", theirs.people.owner, { organisation: theirs.organisation, key: kept.id });
    expect(await house.byKey(kept.secret)).toMatchObject({ kind: "user" });
    expect(await house.byKey(lost.secret)).toMatchObject({ kind: "user" });
    await house.call("member.remove", people.owner, { organisation, user: people.signer.user });
    await expect(house.byKey(lost.secret)).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await house.byKey(kept.secret)).toMatchObject({ kind: "user" });
  });
});
