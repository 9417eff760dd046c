import { randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Table } from "../../api/index.ts";
import * as Audit from "../Audit.ts";
import type { Caller, Handlers, Parts } from "../Call.ts";
import * as Config from "../Config.ts";
import { dispatch } from "../Dispatch.ts";
import * as Events from "../Events.ts";
import { audit } from "../handlers/audit.ts";
import { notices } from "../handlers/notices.ts";
import { webhooks } from "../handlers/webhooks.ts";
import * as Boss from "../jobs/Boss.ts";
import type { Worker } from "../jobs/Jobs.ts";
import * as Upkeep from "../jobs/Upkeep.ts";
import * as schema from "../store/schema.ts";
import * as Database from "../testing/Database.ts";
import * as Delivery from "./Delivery.ts";
import * as Notices from "./Notices.ts";
import * as Notify from "./Notify.ts";
import * as SafeFetch from "./SafeFetch.ts";
import * as Webhooks from "./Webhooks.ts";

const ORG = "00000000-0000-4000-8000-0000000000c1";
const OTHER = "00000000-0000-4000-8000-0000000000d1";
const AGREEMENT = "00000000-0000-4000-8000-0000000000a1";
const FOREIGN = "00000000-0000-4000-8000-0000000000a2";
const DAY = 86_400;

const person = (user: string): Caller => ({
  ...{ kind: "user", user, name: user, language: "en", demo: false, operator: user === "ada" },
});
const now = () => Math.floor(Date.now() / 1000);

let parts: Parts;
let added: { queue: string; data: Record<string, string> }[] = [];
const closing: (() => void)[] = [];

beforeAll(async () => {
  const store = await Database.fresh();
  const { db } = store;
  for (const [name, id] of [
    ["ada", ORG],
    ["bob", OTHER],
  ] as const) {
    await db.insert(schema.user).values({ id: name, name, email: `${name}@example.com` });
    await db.insert(schema.organisation).values({ id, name });
    await db.insert(schema.member).values({ organisation: id, user: name, role: "owner" });
  }
  for (const [id, organisation] of [
    [AGREEMENT, ORG],
    [FOREIGN, OTHER],
  ] as const) {
    await db.insert(schema.agreement).values({ id, status: "draft", title: { en: "A", zh: "甲" }, version: 1 });
    await db.insert(schema.seat).values({ agreement: id, organisation, role: "client" });
  }
  parts = {
    config: Config.read({ COMMENDA_WEBHOOK_NETWORKS: "127.0.0.0/8" }, { home: "/nowhere" }),
    ...{ store, events: await Events.open(store), audit: Audit.open(), clock: { now, advance() {} } },
    jobs: {
      add: async (_: unknown, queue: string, data: Record<string, string>) => void added.push({ queue, data }),
      handle() {},
    },
  } as unknown as Parts;
});
afterAll(async () => {
  await parts.events.close();
  await parts.store.close();
});
beforeEach(() => {
  added = [];
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await parts.store.db.delete(schema.webhook);
  await parts.store.db.delete(schema.notice);
});

const handlers = { ...webhooks, ...notices, ...audit } as unknown as Handlers;
const ask = <N extends Table.Name>(name: N, input: unknown, caller = person("ada")): Promise<Table.Output<N>> =>
  dispatch(parts, handlers, { name, input, caller }) as Promise<Table.Output<N>>;

type Got = { headers: IncomingHttpHeaders; body: string };

async function receiver(answer: (response: ServerResponse, count: number) => unknown) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    got.push({ headers: request.headers, body });
    answer(response, got.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}
const ok = (response: ServerResponse) => response.writeHead(204).end();

const happen = (event: Partial<Events.Event> = {}) =>
  parts.store.transaction((tx) =>
    parts.events.append(tx, { kind: "agreement.changed", agreement: AGREEMENT, data: { status: "draft" }, ...event }),
  );
const spread = async () => {
  while (await Webhooks.step(parts));
};
const deliver = (options: Partial<Delivery.Options> = {}): Worker =>
  Delivery.worker(parts, { gate: SafeFetch.gate(["127.0.0.0/8"]), ...options });
const deliveries = () => parts.store.db.select().from(schema.delivery).orderBy(schema.delivery.seq);

/** A webhook with one delivery that waits. */
async function waiting(answer: (response: ServerResponse, count: number) => unknown) {
  const { url, got } = await receiver(answer);
  const hook = await ask("webhook.create", { organisation: ORG, url });
  await happen();
  await spread();
  const [row] = await deliveries();
  if (!row) throw new Error("an event makes a delivery");
  const state = async () => (await deliveries()).find(({ id }) => id === row.id);
  return { hook, url, got, job: { delivery: row.id }, row, state };
}
const verified = ({ headers, body }: Got, secret: string) => new Webhook(secret).verify(body, headers as never);

describe("Webhooks", () => {
  test("behavior: tells of what the organisation sees, never of what is a person's alone", async () => {
    await happen({ data: { before: true } });
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/all" });
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/some", kinds: ["comment.added"] });
    await happen();
    await happen({ kind: "comment.added" });
    await happen({ agreement: FOREIGN });
    await parts.store.transaction((tx) =>
      parts.events.append(
        tx,
        { kind: "approval.asked", organisation: ORG, data: {} },
        { kind: "approval.asked", organisation: OTHER, agreement: AGREEMENT, data: {} },
        { kind: "notice.added", user: "ada", agreement: AGREEMENT, data: {} },
      ),
    );
    await spread();
    await spread();
    const told = (await deliveries()).map(({ kind }) => kind);
    expect(told).toEqual(["agreement.changed", "comment.added", "comment.added", "approval.asked"]);
    expect(added.map(({ queue }) => queue)).toEqual(told.map(() => "deliver"));
  });

  test("behavior: two nodes on one store tell each event once", async () => {
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/" });
    for (let count = 0; count < 20; count++) await happen();
    await Promise.all([spread(), spread(), spread()]);
    await spread();
    expect(await deliveries()).toHaveLength(20);
    expect(new Set(added.map(({ data }) => data.delivery)).size).toBe(20);
    expect(added).toHaveLength(20);
  });

  test("behavior: ended before it is durable, it is done anew, with the same ids", async () => {
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/" });
    await happen();
    const ended = Webhooks.step(parts, {
      point() {
        throw new Error("ended");
      },
    });
    await expect(ended).rejects.toThrow("ended");
    expect(await deliveries()).toEqual([]);
    await spread();
    const ids = (await deliveries()).map(({ id }) => id);
    expect(added.map(({ data }) => data.delivery)).toEqual([...ids, ...ids]);
  });

  test("behavior: more events than one step takes are all told", async () => {
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/" });
    const event: Events.Event = { kind: "fact", agreement: AGREEMENT, data: {} };
    await parts.store.transaction((tx) => parts.events.append(tx, ...Array.from({ length: 450 }, () => event)));
    await spread();
    expect(await deliveries()).toHaveLength(450);
  });
});

describe("Delivery", () => {
  test("behavior: a receiver can verify what it gets, and knows it again by its id", async () => {
    const { hook, got, job, row, state } = await waiting((response, count) =>
      count === 1 ? response.writeHead(500).end("not\0today") : ok(response),
    );
    const work = deliver();
    await expect(work(job)).rejects.toThrow(/500 not today/);
    expect(await state()).toMatchObject({ state: "waiting", attempts: 1, answer: "500 not today" });
    await work(job);
    expect(await state()).toMatchObject({ state: "delivered", attempts: 2, answer: "204" });
    await work(job);
    expect(got).toHaveLength(2);
    for (const one of got) {
      expect(one.headers["webhook-id"]).toBe(row.id);
      expect(verified(one, hook.secret)).toEqual({
        type: "agreement.changed",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        data: { status: "draft", event: String(row.seq), agreement: AGREEMENT },
      });
    }
    const altered = { headers: got[0]?.headers ?? {}, body: `${got[0]?.body} ` };
    expect(() => verified(altered, hook.secret)).toThrow("No matching signature");
  });

  test("behavior: after a rotation both secrets sign, for a day", async () => {
    const { hook, got, job } = await waiting((response) => response.writeHead(503).end());
    const { secret } = await ask("webhook.rotate", { organisation: ORG, webhook: hook.id });
    expect(secret).not.toBe(hook.secret);
    await expect(deliver()(job)).rejects.toThrow("503");
    const until = String(now() + 3 * DAY);
    await expect(deliver({ now: () => now() + DAY + 60 })({ ...job, until })).rejects.toThrow("503");
    const [first, later] = got;
    if (!first || !later) throw new Error("two attempts");
    for (const one of [secret, hook.secret]) expect(() => verified(first, one)).not.toThrow();
    expect(String(later.headers["webhook-signature"]).split(" ")).toHaveLength(1);
    const at = new Date(Number(later.headers["webhook-timestamp"]) * 1000);
    const expected = new Webhook(secret).sign(String(later.headers["webhook-id"]), at, later.body);
    expect(later.headers["webhook-signature"]).toBe(expected);
  });

  test("error: a receiver that hangs, that redirects, or that is not there", async () => {
    const hanging = await waiting(() => {});
    await expect(deliver({ timeout: 50 })(hanging.job)).rejects.toThrow("no answer within");
    await parts.store.db.delete(schema.webhook);
    const inside = await receiver(ok);
    const redirecting = await waiting((response) => response.writeHead(302, { location: inside.url }).end());
    await expect(deliver()(redirecting.job)).rejects.toThrow("302");
    expect(inside.got).toEqual([]);
    const closed = { url: "http://127.0.0.1:1/" };
    await parts.store.db.update(schema.webhook).set(closed);
    await expect(deliver()(redirecting.job)).rejects.toThrow("ECONNREFUSED");
  });

  test("error: an address that has become private is not connected to", async () => {
    const { got, job, state } = await waiting(ok);
    await expect(deliver({ gate: SafeFetch.gate([]) })(job)).rejects.toThrow("not an address of the public internet");
    expect(got).toEqual([]);
    expect((await state())?.answer).toContain("不属于公共互联网");
  });

  test("behavior: given up after a day, and paused with a notice to owners after five days of it", async () => {
    const { hook, job, state } = await waiting((response) => response.writeHead(500).end());
    await deliver({ now: () => now() + DAY })(job);
    expect(await state()).toMatchObject({ state: "failed" });
    const shown = async () => (await ask("webhook.list", { organisation: ORG })).items[0];
    expect(await shown()).toMatchObject({ active: true });
    await happen();
    await spread();
    const second = (await deliveries()).at(-1)?.id ?? "";
    await deliver({ now: () => now() + 6 * DAY })({ delivery: second });
    expect(await shown()).toMatchObject({ active: false, paused: { en: expect.stringContaining("five days") } });
    const { items } = await ask("notice.list", {});
    expect(items.map(({ kind }) => kind)).toEqual(["webhook.paused"]);
    await ask("webhook.change", { organisation: ORG, webhook: hook.id, active: true });
    expect(await shown()).not.toHaveProperty("paused");
  });

  test("behavior: a receiver that is gone is told no more, nor what still waits for it", async () => {
    const { got, job } = await waiting((response) => response.writeHead(410).end());
    await happen();
    await spread();
    await deliver()(job);
    expect((await deliveries()).map(({ state }) => state)).toEqual(["failed", "failed"]);
    await happen();
    await spread();
    expect(await deliveries()).toHaveLength(2);
    for (const { id } of await deliveries()) await deliver()({ delivery: id });
    expect(got).toHaveLength(1);
  });

  test("behavior: after five failures in a row a receiver is left alone for a while", async () => {
    const { got, job, state } = await waiting((response) => response.writeHead(500).end());
    let time = now();
    const work = deliver({ now: () => time });
    for (let count = 0; count < 8; count++) await expect(work(job)).rejects.toThrow();
    expect(got).toHaveLength(5);
    expect(await state()).toMatchObject({ attempts: 5 });
    time += 31;
    for (let count = 0; count < 3; count++) await expect(work(job)).rejects.toThrow();
    expect(got).toHaveLength(6);
  });

  test("behavior: a replay has the same webhook-id", async () => {
    const { hook, got, job, state } = await waiting(ok);
    await deliver()(job);
    added = [];
    const input = { organisation: ORG, webhook: hook.id, delivery: job.delivery };
    expect(await ask("delivery.replay", input)).toMatchObject({ id: job.delivery, state: "waiting" });
    const [again] = added;
    expect(again).toEqual({ queue: "deliver", data: { delivery: job.delivery, until: expect.any(String) } });
    await deliver()(again?.data ?? {});
    expect(got.map(({ headers }) => headers["webhook-id"])).toEqual([job.delivery, job.delivery]);
    expect(await state()).toMatchObject({ state: "delivered", attempts: 2 });
    const { items } = await ask("delivery.list", { organisation: ORG, webhook: hook.id });
    expect(items).toEqual([expect.objectContaining({ id: job.delivery, answer: "204" })]);
    const missing = ask("delivery.replay", { ...input, delivery: randomUUID() });
    await expect(missing).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("Notify", () => {
  test("behavior: what happens arrives by itself, through the queue", async () => {
    const store = parts.store;
    const jobs = await Boss.open(store);
    const all = { ...parts, jobs };
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { url, got } = await receiver((response) => {
      ok(response);
      arrived();
    });
    const { secret } = await ask("webhook.create", { organisation: ORG, url });
    const notify = Notify.start(all, { poll: 60_000 });
    const second = Notify.start(all, { poll: 60_000 });
    await jobs.start();
    await happen();
    await arrival;
    await notify.stop();
    await second.stop();
    await jobs.stop();
    expect(got).toHaveLength(1);
    for (const one of got) expect(() => verified(one, secret)).not.toThrow();
  });
});

describe("handlers", () => {
  test("error: refuses private addresses at url, and keeps at most twenty", async () => {
    const create = (url: string) => ask("webhook.create", { organisation: ORG, url });
    for (const url of [
      "https://10.0.0.1/",
      "http://169.254.169.254/latest",
      "ftp://127.0.0.1/",
      "https://a:b@127.0.0.1/",
    ])
      await expect(create(url)).rejects.toMatchObject({ code: "bad-input", members: { field: "url" } });
    const hook = await create("http://127.0.0.1:1/");
    const moved = ask("webhook.change", { organisation: ORG, webhook: hook.id, url: "https://192.168.0.1/" });
    await expect(moved).rejects.toMatchObject({ code: "bad-input", members: { field: "url" } });
    for (let count = 1; count < 20; count++) await create("http://127.0.0.1:1/");
    await expect(create("http://127.0.0.1:1/")).rejects.toMatchObject({ code: "state-conflict" });
  });

  test("behavior: shows a secret once, pages, changes, removes; another organisation's is not there", async () => {
    const made = await ask("webhook.create", {
      organisation: ORG,
      url: "http://127.0.0.1:1/a",
      kinds: ["fact", "fact"],
    });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.kinds).toEqual(["fact"]);
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/b" });
    const first = await ask("webhook.list", { organisation: ORG, limit: 1 });
    const rest = await ask("webhook.list", { organisation: ORG, limit: 1, after: first.next });
    expect([...first.items, ...rest.items].map(({ url }) => new URL(url).pathname)).toEqual(["/b", "/a"]);
    expect(JSON.stringify([first, rest])).not.toContain("whsec_");
    const here = { organisation: ORG, webhook: made.id };
    expect(await ask("webhook.change", { ...here, active: false })).toMatchObject({ active: false });
    const there = { organisation: OTHER, webhook: made.id };
    for (const name of ["webhook.change", "webhook.rotate", "delivery.list"] as const)
      await expect(ask(name, there, person("bob"))).rejects.toMatchObject({ code: "not-found" });
    await ask("webhook.remove", there, person("bob"));
    expect((await ask("webhook.list", { organisation: ORG })).items).toHaveLength(2);
    await ask("webhook.remove", here);
    expect((await ask("webhook.list", { organisation: ORG })).items).toHaveLength(1);
  });

  test("behavior: deliveries that came to their end go after a month, and those that wait stay", async () => {
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/" });
    for (let k = 0; k < 4; k++) await happen();
    await spread();
    const { db } = parts.store;
    const { delivery } = schema;
    const rows = await db.select().from(delivery).orderBy(delivery.seq);
    const ago = (days: number) => new Date((now() - days * 86_400) * 1_000);
    for (const [k, state, days] of [
      [0, "delivered", Upkeep.KEPT + 1],
      [1, "failed", Upkeep.KEPT + 1],
      [2, "waiting", Upkeep.KEPT + 1],
      [3, "delivered", Upkeep.KEPT - 1],
    ] as const)
      await db
        .update(delivery)
        .set({ state, createdAt: ago(days) })
        .where(eq(delivery.id, rows[k]?.id ?? ""));
    await Upkeep.prune(parts.store, now());
    const left = await db.select().from(delivery).orderBy(delivery.seq);
    expect(left.map(({ id }) => id)).toEqual([rows[2]?.id, rows[3]?.id]);
    // What is gone is not told again.
    await spread();
    expect(await db.$count(delivery)).toBe(2);
  });

  test("behavior: notices are the caller's own, newest first; read once", async () => {
    const tell = (user: string, key: string, agreement?: string) =>
      parts.store.transaction((tx) =>
        Notices.tellUsers(parts, tx, [user], {
          ...{ kind: "act.asked", says: { en: key, zh: key }, key },
          ...(agreement ? { agreement } : {}),
        }),
      );
    await tell("ada", "first");
    await tell("ada", "second", AGREEMENT);
    await tell("bob", "his");
    const page = await ask("notice.list", { limit: 1 });
    const rest = await ask("notice.list", { limit: 1, after: page.next });
    expect([...page.items, ...rest.items].map(({ says }) => says.en)).toEqual(["second", "first"]);
    const key = { id: "k", scopes: ["read" as const], organisation: ORG };
    const byKey = await ask("notice.list", {}, { ...person("ada"), key } as Caller);
    expect(byKey.items.map(({ says }) => says.en)).toEqual(["second"]);
    const [his] = await parts.store.db.select().from(schema.notice).where(eq(schema.notice.user, "bob"));
    await expect(ask("notice.read", { notice: his?.id })).rejects.toMatchObject({ code: "not-found" });
    await ask("notice.read", { notice: page.items[0]?.id });
    const [read] = (await ask("notice.list", {})).items;
    expect(read?.readAt).toBeDefined();
    await ask("notice.read", { notice: page.items[0]?.id });
    expect((await ask("notice.list", {})).items[0]?.readAt).toBe(read?.readAt);
  });

  test("behavior: the audit log shows an organisation its own, and is verified as a whole", async () => {
    await ask("webhook.create", { organisation: ORG, url: "http://127.0.0.1:1/" });
    const { items, next } = await ask("audit.list", { organisation: ORG, limit: 2 });
    expect(items[0]).toMatchObject({ by: "ada", did: "webhook.create", facts: { kinds: [] } });
    const older = await ask("audit.list", { organisation: ORG, limit: 1, after: next });
    expect(older.items[0]?.number).toBeLessThan(items[1]?.number ?? 0);
    expect(JSON.stringify(items)).not.toContain("whsec_");
    const whole = await ask("audit.verify", {});
    expect(whole).toMatchObject({ records: items[0]?.number, head: items[0]?.hash });
    await expect(ask("audit.verify", {}, person("bob"))).rejects.toMatchObject({ code: "forbidden" });
  });
});
