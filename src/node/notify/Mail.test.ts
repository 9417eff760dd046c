import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Parts } from "../Call.ts";
import * as Config from "../Config.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Database from "../testing/Database.ts";
import * as Smtp from "../testing/Smtp.ts";
import * as Mail from "./Mail.ts";

const NOTICE = "00000000-0000-4000-8000-0000000000b1";
const AGREEMENT = "00000000-0000-4000-8000-0000000000a1";

async function smtp(refuse?: string) {
  const server = await Smtp.open(refuse);
  closing.push(server.close);
  return server;
}

const closing: (() => void)[] = [];
let store: Store;
beforeAll(async () => {
  store = await Database.fresh();
});
afterAll(() => store.close());
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) close();
  await store.db.delete(schema.notice);
  await store.db.delete(schema.user);
});

async function scene(url: string | undefined, user: Partial<typeof schema.user.$inferInsert> = {}, says = "Pay.") {
  const named = { id: "ada", name: "Ada", email: "ada@example.com", emailVerified: true, language: "zh" as const };
  await store.db.insert(schema.user).values({ ...named, ...user });
  const row = { id: NOTICE, user: "ada", kind: "deadline.near", key: "k", agreement: AGREEMENT };
  await store.db.insert(schema.notice).values({ ...row, says: { en: says, zh: `请付款。${says}` } });
  const env = {
    COMMENDA_PUBLIC_URL: "https://node.example",
    ...(url ? { SMTP_URL: url, SMTP_FROM: "n@node.example" } : {}),
  };
  const parts = { store, config: Config.read(env, { home: "/nowhere" }) } satisfies Partial<Parts>;
  const open = (options?: Mail.Options) => {
    const mail = Mail.open(parts, options);
    closing.push(() => mail.close());
    return () => mail.worker({ notice: NOTICE });
  };
  const mailedAt = async () =>
    (await store.db.select().from(schema.notice).where(eq(schema.notice.id, NOTICE)))[0]?.mailedAt;
  return { open, mailedAt };
}

test("behavior: mails once, in the person's language, with a link and a stable Message-ID", async () => {
  const { letters, url } = await smtp();
  const { open, mailedAt } = await scene(url);
  const work = open();
  await work();
  await work();
  expect(letters).toHaveLength(1);
  expect(letters[0]?.to).toEqual(["RCPT TO:<ada@example.com>"]);
  const { headers, body } = Smtp.parse(letters[0]?.text);
  expect(headers.get("message-id")).toBe(`<notice-${NOTICE}@node.example>`);
  expect(headers.get("auto-submitted")).toBe("auto-generated");
  expect(headers.get("content-type")).toContain("text/plain");
  expect(body).toContain("请付款。");
  expect(body).toContain(`https://node.example/a/${AGREEMENT}`);
  expect(await mailedAt()).toBeInstanceOf(Date);
});

test("behavior: ended between sending and marking, it mails again under the same Message-ID", async () => {
  const { letters, url } = await smtp();
  const { open, mailedAt } = await scene(url);
  const ended = open({
    point() {
      throw new Error("ended");
    },
  });
  await expect(ended()).rejects.toThrow("ended");
  expect(await mailedAt()).toBeNull();
  await open()();
  const ids = letters.map(({ text }) => Smtp.parse(text).headers.get("message-id"));
  expect(ids).toEqual([ids[0], ids[0]]);
});

test("behavior: what others wrote stays in the body", async () => {
  const { letters, url } = await smtp();
  const { open } = await scene(
    url,
    { language: "en" },
    "Hi\r\nBcc: eve@example.com\r\n.\r\nMAIL FROM:<eve@example.com>\u202e",
  );
  await open()();
  expect(letters).toHaveLength(1);
  const { headers, body } = Smtp.parse(letters[0]?.text);
  expect([...headers.keys()]).not.toContain("bcc");
  expect(headers.get("subject")).toBe("Commenda: a deadline is near");
  expect(body).toContain("Bcc: eve@example.com");
  expect(body).not.toContain("\u202e");
});

test.each([
  ["does not want mail", { mail: false }],
  ["has not proven the address", { emailVerified: false }],
  ["signed in by a wallet", { email: "0xabc@siwe.placeholder.invalid" }],
  ["is a persona", { demo: true }],
  ["has several addresses in one", { email: "a@example.com,b@example.com" }],
  ["has a header in the address", { email: "a@example.com\r\nBcc: b@example.com" }],
])("behavior: is not mailed who %s", async (_, user) => {
  const { letters, url } = await smtp();
  const { open, mailedAt } = await scene(url, user);
  await open()();
  expect([letters, await mailedAt()]).toEqual([[], null]);
});

test("behavior: tried again when the server is busy, not when it will never take it, nothing without one", async () => {
  const busy = await scene((await smtp("451 later")).url);
  await expect(busy.open()()).rejects.toThrow("451");
  await store.db.delete(schema.notice);
  await store.db.delete(schema.user);
  const never = await scene((await smtp("550 no such person")).url);
  await never.open()();
  expect(await never.mailedAt()).toBeNull();
  await store.db.delete(schema.notice);
  await store.db.delete(schema.user);
  const none = await scene(undefined);
  await none.open()();
  expect(await none.mailedAt()).toBeNull();
});
