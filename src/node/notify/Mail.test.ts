import { type AddressInfo, createServer } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Parts } from "../Call.ts";
import * as Config from "../Config.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Database from "../testing/Database.ts";
import * as Mail from "./Mail.ts";

const NOTICE = "00000000-0000-4000-8000-0000000000b1";
const AGREEMENT = "00000000-0000-4000-8000-0000000000a1";

type Letter = { from: string; to: string[]; text: string };

/** A mail server that speaks as much SMTP as it takes. */
async function smtp(refuse?: string) {
  const letters: Letter[] = [];
  const server = createServer((socket) => {
    let letter: Letter = { from: "", to: [], text: "" };
    let [inData, rest] = [false, ""];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 test");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line === ".") {
          inData = false;
          letters.push(letter);
          letter = { from: "", to: [], text: "" };
          say("250 taken");
        } else if (inData) letter.text += `${line}\n`;
        else if (/^DATA/i.test(line)) {
          inData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else if (/^RCPT/i.test(line) && refuse) say(refuse);
        else {
          if (/^MAIL/i.test(line)) letter.from = line;
          if (/^RCPT/i.test(line)) letter.to.push(line);
          say("250 ok");
        }
      }
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => void server.close());
  return { letters, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
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

/** Headers by lower-case name, and the body in plain. */
function parse(text = "") {
  const at = text.indexOf("\n\n");
  const lines = text
    .slice(0, at)
    .replaceAll(/\n[ \t]+/g, " ")
    .split("\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.replace(/^[^:]*: ?/, "")]),
  );
  const body = text.slice(at + 2);
  const isBase64 = headers.get("content-transfer-encoding") === "base64";
  const quoted = () => {
    const bytes = body
      .replaceAll("=\n", "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  };
  return { headers, body: isBase64 ? Buffer.from(body, "base64").toString("utf8") : quoted() };
}

test("behavior: mails once, in the person's language, with a link and a stable Message-ID", async () => {
  const { letters, url } = await smtp();
  const { open, mailedAt } = await scene(url);
  const work = open();
  await work();
  await work();
  expect(letters).toHaveLength(1);
  expect(letters[0]?.to).toEqual(["RCPT TO:<ada@example.com>"]);
  const { headers, body } = parse(letters[0]?.text);
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
  const ids = letters.map(({ text }) => parse(text).headers.get("message-id"));
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
  const { headers, body } = parse(letters[0]?.text);
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
