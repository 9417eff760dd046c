import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type * as Ledger from "../../ledger/Ledger.ts";
import type { Place, User } from "../Call.ts";
import * as House from "../identity/testing/House.ts";
import * as Mail from "../notify/Mail.ts";
import * as schema from "../store/schema.ts";
import * as Smtp from "../testing/Smtp.ts";

const ledger = { chainId: 31_337, kind: "rehearsal", call: async () => "0x" } as unknown as Ledger.Ledger;
const place: Place = { ledger, escrow: `0x${"11".repeat(20)}` };
let house: House.House;
let server: Awaited<ReturnType<typeof Smtp.open>>;
let mail: Mail.Mail;
/** Jobs that were asked for and not done yet. */
const jobs: Record<string, string>[] = [];

beforeAll(async () => {
  server = await Smtp.open();
  const env = { SMTP_URL: server.url, SMTP_FROM: "n@node.example", COMMENDA_OPERATORS: "boss@example.com" };
  const add = async (_: unknown, __: unknown, data: Record<string, string>) => void jobs.push(data);
  house = await House.open(place, 1_803_859_200, { env, jobs: { add } });
  mail = Mail.open(house.parts);
});
afterAll(async () => {
  mail.close();
  server.close();
  await house.close();
});
beforeEach(async () => {
  jobs.length = 0;
  server.letters.length = 0;
  await house.parts.store.db.delete(schema.emailProof);
});

const work = async () => {
  for (const job of jobs.splice(0)) await mail.worker(job);
};
const ask = (by: User, email: string) => house.call("email.ask", by, { email });
const tokens = () =>
  server.letters.map(({ text }) => /\/e\/([A-Za-z0-9_-]{43})/.exec(Smtp.parse(text).body)?.[1] ?? "");
const me = (by: User) => house.call("me.show", by, {});

async function prove(by: User, email: string): Promise<void> {
  server.letters.length = 0;
  await ask(by, email);
  await work();
  await house.call("email.confirm", by, { token: tokens().at(-1) });
}

describe("an e-mail address", () => {
  test("behavior: is theirs once they have opened what was mailed there, once", async () => {
    const ada = await house.user("ada");
    expect(await ask(ada, "Ada@Example.com")).toEqual({ done: true });
    expect(await me(ada)).not.toHaveProperty("email");
    await work();
    expect(server.letters.map(({ to }) => to)).toEqual([["RCPT TO:<ada@example.com>"]]);
    const { headers, body } = Smtp.parse(server.letters[0]?.text);
    expect(headers.get("subject")).toContain("is this your e-mail address");
    expect(body).toContain(`${house.parts.config.publicUrl}/e/`);
    // Nobody's words but ours: it may be a stranger's mailbox.
    expect(body).not.toContain("ada");
    const [token] = tokens();
    const kept = JSON.stringify(await house.parts.store.db.select().from(schema.emailProof));
    expect(kept).not.toContain(token);
    expect(await house.call("email.confirm", ada, { token })).toEqual({ done: true });
    expect(await me(ada)).toMatchObject({ email: "ada@example.com", emailVerified: true, mail: true });
    expect(await house.codeOf("email.confirm", ada, { token })).toBe("gone");
  });

  test("behavior: then notices reach it, and it can be taken away", async () => {
    const lin = await house.user("lin");
    await prove(lin, "lin@example.com");
    server.letters.length = 0;
    const id = crypto.randomUUID();
    const says = { en: "Pay.", zh: "请付款。" };
    await house.parts.store.db
      .insert(schema.notice)
      .values({ id, user: lin.user, kind: "deadline.near", says, key: id });
    await mail.worker({ notice: id });
    expect(server.letters.map(({ to }) => to)).toEqual([["RCPT TO:<lin@example.com>"]]);
    await house.call("email.remove", lin, {});
    expect(await me(lin)).not.toHaveProperty("email");
  });

  test("behavior: nobody proves it by a link that another asked for, nor after an hour", async () => {
    const [thief, owner] = [await house.user("thief"), await house.user("owner")];
    await ask(thief, "owner@example.com");
    await work();
    const [token] = tokens();
    // The owner of the mailbox opens it, signed in as themselves.
    expect(await house.codeOf("email.confirm", owner, { token })).toBe("gone");
    expect(await house.codeOf("email.confirm", owner, { token: "A".repeat(43) })).toBe("gone");
    const { db } = house.parts.store;
    await db.update(schema.emailProof).set({ expiresAt: new Date(Date.now() - 1) });
    expect(await house.codeOf("email.confirm", thief, { token })).toBe("gone");
    expect(await me(thief)).not.toHaveProperty("email");
  });

  test("behavior: whoever reads its mail now has it; who had it before is told", async () => {
    const [before, after] = [await house.user("before"), await house.user("after")];
    await prove(before, "shared@example.com");
    // The answer is the same, whoever has it.
    expect(await ask(after, "shared@example.com")).toEqual({ done: true });
    await prove(after, "shared@example.com");
    expect(await me(before)).not.toHaveProperty("email");
    expect(await me(after)).toMatchObject({ email: "shared@example.com", emailVerified: true });
    const told = await house.parts.store.db.select().from(schema.notice).where(eq(schema.notice.user, before.user));
    expect(told.map(({ kind }) => kind)).toEqual(["email.moved"]);
  });

  test("behavior: names an operator, from when it is proven", async () => {
    const boss = await house.user("boss");
    expect((await me(boss)).operator).toBe(false);
    await prove(boss, "boss@example.com");
    expect(await house.user("boss")).toMatchObject({ operator: true });
    await house.call("email.remove", boss, {});
    expect(await house.user("boss")).toMatchObject({ operator: false });
  });

  test("behavior: sent again, the link before is worth nothing", async () => {
    const twice = await house.user("twice");
    await ask(twice, "twice@example.com");
    const [job = {}] = jobs;
    await mail.worker(job);
    await mail.worker(job);
    const [first, second] = tokens();
    expect(await house.codeOf("email.confirm", twice, { token: first })).toBe("gone");
    expect(await house.codeOf("email.confirm", twice, { token: second })).toBe("ok");
    // Nothing is sent of what was proven meanwhile.
    await mail.worker(job);
    expect(server.letters).toHaveLength(2);
  });

  test("error: more often than anybody needs; a mailbox is not flooded, and nobody is told", async () => {
    const eager = await house.user("eager");
    for (let k = 0; k < 5; k++) await ask(eager, "eager@example.com");
    await work();
    expect(server.letters).toHaveLength(3);
    expect(await house.codeOf("email.ask", eager, { email: "other@example.com" })).toBe("too-many");
    server.letters.length = 0;
    for (let k = 0; k < 12; k++) await ask(await house.user(`of many ${k}`), "victim@example.com");
    await work();
    expect(server.letters).toHaveLength(10);
  });

  test("error: an address where no mail arrives, a node that sends none", async () => {
    const ada = await house.user("ada");
    const nowhere = { email: `${"0x".padEnd(42, "1")}@siwe.placeholder.invalid` };
    expect(await house.codeOf("email.ask", ada, nowhere)).toBe("bad-input");
    expect(await house.codeOf("email.ask", ada, { email: "a@example.com\r\nBcc: b@example.com" })).toBe("bad-input");
    const silent = await House.open(place, 1_803_859_200);
    expect(await silent.codeOf("email.ask", await silent.user("ada"), { email: "a@example.com" })).toBe(
      "state-conflict",
    );
    await silent.close();
  });
});
