/** What must hold of a node whatever happened to it. */
import { eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import * as Client from "../../src/api/client.ts";
import type { Hex, Ledger } from "../../src/ledger/Ledger.ts";
import * as Audit from "../../src/node/Audit.ts";
import * as Reindex from "../../src/node/index/Reindex.ts";
import type * as Node from "../../src/node/Node.ts";
import * as schema from "../../src/node/store/schema.ts";
import type { Receiver } from "./Listeners.ts";
import type { Person } from "./People.ts";
import type * as Traffic from "./Traffic.ts";

/** Every transaction to the escrow, by its calldata: how often it is on the ledger, whatever came of it. */
async function sentTo(ledger: Ledger, escrow: string): Promise<Map<string, Hex[]>> {
  const { number } = await ledger.head();
  const found = new Map<string, Hex[]>();
  for (let k = 0; k <= number; k++) {
    const block = (await ledger.rpc("eth_getBlockByNumber", [`0x${k.toString(16)}`, true])) as {
      transactions: { hash: Hex; to: string | null; input: string }[];
    };
    for (const { hash, to, input } of block.transactions)
      if (to?.toLowerCase() === escrow) found.set(input, [...(found.get(input) ?? []), hash]);
  }
  return found;
}

/** Nothing that was acknowledged is lost; nothing that was asked once was done twice. */
export async function acknowledged(node: Node.Node, traffic: Traffic.Traffic): Promise<void> {
  const { store, place } = node.parts;
  await node.caughtUp();
  for (const one of traffic.acknowledged) {
    const again = (await traffic.again(one)) as Record<string, unknown>;
    expect(again, `${one.route} ${JSON.stringify(one.answer)}`).toMatchObject(lasting(one.answer));
  }
  const made = traffic.acknowledged.filter(({ route }) => route === "POST /v1/agreements");
  const agreements = await store.db.select().from(schema.agreement);
  expect(agreements.map(({ id }) => id).toSorted()).toEqual(made.map(({ answer }) => answer.id).toSorted());
  const texts = (await store.db.select().from(schema.comment)).map(({ id }) => id);
  const said = traffic.acknowledged.filter(({ route }) => route.endsWith("/comments"));
  expect(texts.toSorted()).toEqual(said.map(({ answer }) => answer.id).toSorted());

  const acts = await store.db.select().from(schema.act);
  const asked = new Set(
    traffic.acknowledged.filter(({ route }) => route.endsWith("/acts")).map(({ answer }) => answer.id),
  );
  expect(new Set(acts.map(({ id }) => id))).toEqual(asked);
  expect(acts.filter(({ status }) => status !== "done")).toEqual([]);
  const onLedger = await sentTo(place.ledger, place.escrow);
  for (const { verb, data, transaction } of acts)
    expect([verb, onLedger.get(data ?? "")]).toEqual([verb, [transaction]]);
  expect(onLedger.size).toBe(acts.length);

  const ids = agreements.map(({ ledgerId }) => ledgerId ?? "");
  const facts = await store.db.select().from(schema.fact).where(inArray(schema.fact.ledgerId, ids));
  for (const { agreement } of traffic.deals) {
    const ledgerId = agreements.find(({ id }) => id === agreement)?.ledgerId;
    const kinds = facts.filter((fact) => fact.ledgerId === ledgerId).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["closed", "delivered", "funded", "opened", "paid"]);
  }
}

/** What does not change afterwards: an act's state goes on, a draft is signed, a secret is told once. */
function lasting({ id, version, text }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify({ id, version, text }));
}

/** Projections are those of a fresh index, and the audit log is whole. */
export async function derived({ parts }: Node.Node): Promise<void> {
  const { before, after, facts } = await Reindex.reindex(parts);
  expect(after).toBe(before);
  expect(facts).toBeGreaterThan(0);
  const { broken, records } = await Audit.verify(parts.store.db);
  expect(broken).toBeUndefined();
  expect(records).toBeGreaterThan(0);
}

/** Numbers of all events that the person's key shows. */
export async function events(url: string, { apiKey }: Person): Promise<number[]> {
  const client = Client.create({ url, apiKey });
  const all: number[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.call("GET /v1/events", { limit: 100, ...(after === undefined ? {} : { after }) });
    all.push(...page.items.map(({ id }) => Number(id)));
    if (page.next === undefined) return all;
    after = page.next;
  }
}

/** A reader that was cut off again and again has heard each event once and in order; a receiver each at least once. */
export async function told(
  node: Node.Node,
  { heard, by, receiver }: { heard: readonly number[]; by: Person; receiver: Receiver },
): Promise<void> {
  const { db } = node.parts.store;
  const all = await events(node.url, by);
  await expect.poll(() => heard.at(-1), { timeout: 60_000, interval: 20 }).toBe(all.at(-1));
  expect(heard).toEqual(all);
  const waiting = () => db.$count(schema.delivery, eq(schema.delivery.state, "waiting"));
  await expect.poll(waiting, { timeout: 60_000, interval: 50 }).toBe(0);
  const deliveries = await db.select().from(schema.delivery);
  expect(deliveries.filter(({ state }) => state !== "delivered")).toEqual([]);
  const seqs = deliveries.map(({ seq }) => seq).toSorted((one, other) => one - other);
  // What was before the webhook, it is not told.
  expect(seqs).toEqual(all.filter((seq) => seq >= (seqs[0] ?? 0)));
  expect(new Set(receiver.got.keys())).toEqual(new Set(deliveries.map(({ id }) => id)));
  for (const { id, body } of deliveries) expect(new Set(receiver.got.get(id))).toEqual(new Set([body]));
}
