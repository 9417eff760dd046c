/** Addresses that an organisation has told of events, and what was sent to them. */
import { randomUUID } from "node:crypto";
import { and, count, desc, eq, lt, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as Delivery from "../notify/Delivery.ts";
import * as SafeFetch from "../notify/SafeFetch.ts";
import * as Secret from "../notify/Secret.ts";
import * as Webhooks from "../notify/Webhooks.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { delivery, webhook } = schema;

/** Of one organisation. */
const MOST = 20;
/** Milliseconds for name servers: a transaction waits, and with it, on the embedded store, everybody. */
const PATIENCE = 2_000;

const create: Handler<"webhook.create"> = async (call, { organisation, url, kinds }) => {
  const { db } = call;
  // One after the other: two at once would each count nineteen.
  await db.select().from(schema.organisation).where(eq(schema.organisation.id, organisation)).for("update");
  const [{ has } = { has: 0 }] = await db
    .select({ has: count() })
    .from(webhook)
    .where(eq(webhook.organisation, organisation));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The organisation has ${has} webhooks; at most ${MOST} are kept. Remove one that is not needed.`,
        `该组织已有 ${has} 个 webhook，最多 ${MOST} 个。请删除不需要的。`,
      ),
    );
  }
  const href = await judge(call, url);
  const secret = Secret.make();
  const [made] = await db
    .insert(webhook)
    .values({
      ...{ id: randomUUID(), organisation, url: href, secret, kinds: [...new Set(kinds)] },
      seq: await Webhooks.latest(db),
    })
    .returning();
  if (!made) throw missing();
  call.note({ webhook: made.id, kinds: made.kinds });
  return { ...told(made), secret };
};

const list: Handler<"webhook.list"> = async ({ db }, { organisation, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(webhook)
    .where(
      and(
        eq(webhook.organisation, organisation),
        from && sql`(${webhook.createdAt}, ${webhook.id}) < (${from.at.toISOString()}, ${from.id})`,
      ),
    )
    .orderBy(desc(webhook.createdAt), desc(webhook.id))
    .limit(limit + 1);
  return Page.cut(rows.map(told), limit, ({ createdAt, id }) => [createdAt, id]);
};

/** Switched on again it is told of what happens from then on; `event.list` has what happened meanwhile. */
const change: Handler<"webhook.change"> = async (call, { organisation, webhook: id, url, kinds, active }) => {
  const { db } = call;
  const before = await hold(db, organisation, id);
  const href = url === undefined || url === before.url ? undefined : await judge(call, url);
  const change = {
    ...(href === undefined ? {} : { url: href }),
    ...(kinds === undefined ? {} : { kinds: [...new Set(kinds)] }),
    ...(active === true && !before.active ? { active, paused: null, seq: await Webhooks.latest(db) } : {}),
    ...(active === false ? { active } : {}),
  };
  if (active === false) await Delivery.discard(db, id);
  call.note({ webhook: id, changed: Object.keys(change).filter((name) => name !== "seq") });
  if (Object.keys(change).length === 0) return told(before);
  const [after] = await db.update(webhook).set(change).where(eq(webhook.id, id)).returning();
  return told(after ?? before);
};

const rotate: Handler<"webhook.rotate"> = async (call, { organisation, webhook: id }) => {
  const { secret: oldSecret } = await hold(call.db, organisation, id);
  const secret = Secret.make();
  const [row] = await call.db
    .update(webhook)
    // By the time of receivers, who take no signature of a rehearsal's future.
    .set({ secret, oldSecret, oldUntil: sql`now() + interval '24 hours'` })
    .where(eq(webhook.id, id))
    .returning();
  if (!row) throw missing();
  call.note({ webhook: id });
  return { ...told(row), secret };
};

const remove: Handler<"webhook.remove"> = async ({ db, note }, { organisation, webhook: id }) => {
  await db.delete(webhook).where(and(eq(webhook.id, id), eq(webhook.organisation, organisation)));
  note({ webhook: id });
  return { done: true };
};

const deliveries: Handler<"delivery.list"> = async ({ db }, { organisation, webhook: id, after, limit }) => {
  await find(db, organisation, id);
  const [before] = Page.afterNumbers(after, 1, Number.MAX_SAFE_INTEGER) ?? [];
  const rows = await db
    .select()
    .from(delivery)
    .where(and(eq(delivery.webhook, id), before === undefined ? undefined : lt(delivery.seq, before)))
    .orderBy(desc(delivery.seq))
    .limit(limit + 1);
  return Page.cut(rows.map(sent), limit, ({ event }) => [Number(event)]);
};

/** Also to a webhook that is switched off, so that a repaired receiver can be tried before it is told of everything. */
const replay: Handler<"delivery.replay"> = async ({ db, parts, note }, input) => {
  const { organisation, webhook: id, delivery: which } = input;
  await hold(db, organisation, id);
  const [row] = await db
    .update(delivery)
    .set({ state: "waiting" })
    .where(and(eq(delivery.id, which), eq(delivery.webhook, id)))
    .returning();
  if (!row) throw Problem.notFound(both("delivery", "推送记录"));
  const until = Math.floor(Date.now() / 1000) + Delivery.GIVE_UP;
  // A key of its own: the job of before may still wait, for a time that is far off.
  await parts.jobs.add(db, "deliver", { delivery: row.id, until: String(until) }, { key: `${row.id} again` });
  note({ webhook: id, delivery: row.id });
  return sent(row);
};

/** Throws `bad-input` at `url` for an address that the node will not connect to. @returns the address in its one form. */
async function judge({ parts }: Pick<Call, "parts">, text: string): Promise<string> {
  try {
    const gate = SafeFetch.gate(parts.config.webhookNetworks);
    const { url } = await SafeFetch.check(text, gate, AbortSignal.timeout(PATIENCE));
    return url.href;
  } catch (error) {
    throw new Problem.Problem("bad-input", wordsOf(error), { field: "url", pointer: "#/url" });
  }
}

function wordsOf(error: unknown): InputError.Words {
  if (error instanceof InputError.CommendaError) return both(`url: ${error.words.en}`, `url：${error.words.zh}`);
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return both(
      "url: the name servers did not answer in time; expected a name that DNS resolves. Try again later.",
      "url：域名服务器未及时应答；应为可由 DNS 解析的域名。请稍后重试。",
    );
  }
  throw error;
}

/** Held until the transaction ends, so that what is decided on it still stands. Throws `not-found`. */
async function hold(db: Db, organisation: string, id: string): Promise<Row> {
  await db.select({ id: webhook.id }).from(webhook).where(eq(webhook.id, id)).for("update");
  return find(db, organisation, id);
}

async function find(db: Db, organisation: string, id: string): Promise<Row> {
  const [row] = await db
    .select()
    .from(webhook)
    .where(and(eq(webhook.id, id), eq(webhook.organisation, organisation)));
  if (!row) throw missing();
  return row;
}

const missing = () => Problem.notFound(both("webhook", " webhook"));

type Row = typeof webhook.$inferSelect;

function told({ id, url, kinds, active, paused, createdAt }: Row) {
  type Told = Table.Output<"webhook.change">;
  const as: Told = { id, url, kinds: kinds as Told["kinds"], active, createdAt: createdAt.toISOString() };
  return paused === null ? as : { ...as, paused };
}

function sent({ id, seq, kind, state, attempts, answer, createdAt }: typeof delivery.$inferSelect) {
  type Sent = Table.Output<"delivery.replay">;
  const as = {
    id,
    event: String(seq),
    kind: kind as Sent["kind"],
    state,
    attempts,
    createdAt: createdAt.toISOString(),
  };
  return answer === null ? as : { ...as, answer };
}

export const webhooks = {
  "webhook.create": create,
  "webhook.list": list,
  "webhook.change": change,
  "webhook.rotate": rotate,
  "webhook.remove": remove,
  "delivery.list": deliveries,
  "delivery.replay": replay,
} satisfies Partial<Handlers>;
