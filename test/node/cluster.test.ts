// Two nodes in processes of their own, on one PostgreSQL and one chain: as one to those who ask, and one is enough.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, gte } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Postgres from "../../scripts/postgres.ts";
import * as Client from "../../src/api/client.ts";
import * as Config from "../../src/node/Config.ts";
import * as Reindex from "../../src/node/index/Reindex.ts";
import { silent } from "../../src/node/Log.ts";
import * as Node from "../../src/node/Node.ts";
import * as schema from "../../src/node/store/schema.ts";
import * as Check from "./Check.ts";
import * as Listeners from "./Listeners.ts";
import * as OnChain from "./OnChain.ts";
import * as People from "./People.ts";
import * as Process from "./Process.ts";
import * as Traffic from "./Traffic.ts";

const DAY = 86_400;
const RELAYERS = ["relayer one", "relayer two"] as const;

const folder = mkdtempSync(join(tmpdir(), "commenda-cluster-"));
let postgres: Postgres.Postgres;
let chain: OnChain.OnChain;
let receiver: Listeners.Receiver;
const closing: (() => Promise<unknown> | unknown)[] = [];

beforeAll(async () => {
  [postgres, chain, receiver] = await Promise.all([Postgres.start(), OnChain.open(RELAYERS), Listeners.receiver()]);
  closing.push(
    () => postgres.stop(),
    () => chain.close(),
    () => receiver.close(),
  );
}, 60_000);
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A database of its own. */
async function database(name: string): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

const envOf = (databaseUrl: string, relayer?: string) => ({
  DATABASE_URL: databaseUrl,
  ...chain.env(relayer),
  COMMENDA_SECRET: "the same for every node of this store, long enough",
  COMMENDA_WEBHOOK_NETWORKS: "127.0.0.0/8",
});

async function startBoth(databaseUrl: string, relayers: readonly (string | undefined)[], begin: number, name: string) {
  const one = async (k: number) =>
    Process.start({
      ...{ home: join(folder, `${name}-${k}`), port: await Process.freePort(), begin },
      env: envOf(databaseUrl, relayers[k]),
    });
  // At once, on an empty store too.
  const nodes = await Promise.all([one(0), one(1)]);
  closing.push(...nodes.map((node) => () => node.kill("SIGKILL")));
  return nodes as [Process.Process, Process.Process];
}

/** A third node, in this process, which sends nothing: for looking. */
async function look<T>(databaseUrl: string, begin: number, run: (node: Node.Node) => Promise<T>): Promise<T> {
  const config = Config.read({ COMMENDA_LOG: "silent", ...envOf(databaseUrl) }, { home: join(folder, "eye"), port: 0 });
  const clock = { now: () => begin, advance() {} };
  const node = await Node.start(config, { log: silent, clock });
  try {
    await node.caughtUp();
    return await run(node);
  } finally {
    await node.stop();
  }
}

async function people(url: string) {
  const client = await People.enrol(url, OnChain.CHAIN, "client");
  const provider = await People.enrol(url, OnChain.CHAIN, "provider");
  return { client, provider };
}

/** Requests in turn. */
const inTurn = (nodes: readonly Process.Process[]) => {
  let k = 0;
  return async () => nodes[k++ % nodes.length]?.url ?? "";
};

describe("two nodes on one store and one chain", () => {
  test("behavior: are one to those who ask, tell everything once, and one goes on without the other", async () => {
    const databaseUrl = await database("own_keys");
    const nodes = await startBoth(databaseUrl, RELAYERS, Traffic.BEGIN, "own");
    const [one, other] = nodes;
    const { client, provider } = await people(one.url);
    const session = Client.create({ url: other.url, cookie: client.cookie });
    const { organisation } = client;
    await session.call("POST /v1/organisations/{organisation}/webhooks", { organisation, url: receiver.url });
    const readers = nodes.map(({ url }) => Listeners.reader(url, client));
    closing.push(...readers.map((reader) => () => reader.close()));

    let up: readonly Process.Process[] = nodes;
    const next = inTurn(nodes);
    const traffic: Traffic.Traffic = Traffic.open({
      ...{ client, provider, place: chain.place },
      node: async () => (up.length === 2 ? next() : (up[0]?.url ?? "")),
      onAnswer(done) {
        if (done === 20) traffic.stop();
      },
    });
    await traffic.run(2);
    await look(databaseUrl, Traffic.BEGIN, async (node) => {
      await Check.acknowledged(node, traffic);
      const all = await Check.events(node.url, client);
      for (const { heard } of readers) {
        await expect.poll(() => heard.at(-1), { timeout: 30_000, interval: 20 }).toBe(all.at(-1));
        expect(heard).toEqual(all);
      }
      await Check.told(node, { heard: readers[0]?.heard ?? [], by: client, receiver });
      // Nobody was killed: each came once.
      expect([...receiver.got.values()].filter((bodies) => bodies.length !== 1)).toEqual([]);
      await Check.derived(node);
    });
    // To read the ledger anew needs the store alone.
    const alone = Config.read(envOf(databaseUrl), { home: join(folder, "alone") });
    await expect(Reindex.standalone(alone)).rejects.toMatchObject({ name: "StoreInUse" });

    await one.kill("SIGKILL");
    up = [other];
    const more: Traffic.Traffic = Traffic.open({
      ...{ client, provider, place: chain.place, first: 50, node: async () => other.url },
      onAnswer: () => more.stop(),
    });
    await more.run(1);
    expect(more.deals).toHaveLength(1);
    expect(await other.kill("SIGTERM")).toBe(0);
    expect((await Reindex.standalone(alone)).facts).toBeGreaterThan(0);
  }, 120_000);

  test("behavior: with one relayer's key, take turns; a deadline is carried out once by two that start at once", async () => {
    const databaseUrl = await database("one_key");
    const keys = [RELAYERS[0], RELAYERS[0]];
    const nodes = await startBoth(databaseUrl, keys, Traffic.BEGIN, "same");
    const { client, provider } = await people(nodes[0].url);
    const traffic: Traffic.Traffic = Traffic.open({
      ...{ client, provider, place: chain.place, first: 100, node: inTurn(nodes), until: "deliver" },
      onAnswer: () => traffic.stop(),
    });
    await traffic.run(2);
    // Deadlines are known once the last delivery is.
    await look(databaseUrl, Traffic.BEGIN, async () => {});
    for (const node of nodes) expect(await node.kill("SIGTERM")).toBe(0);

    const late = Traffic.BEGIN + 40 * DAY;
    await chain.anvil.rpc("evm_setNextBlockTimestamp", [late]);
    await chain.anvil.rpc("anvil_mine", ["0x1"]);
    const again = await startBoth(databaseUrl, keys, late, "same");
    await look(databaseUrl, late, async (node) => {
      const { db } = node.parts.store;
      const claims = () => db.select().from(schema.act).where(eq(schema.act.verb, "claim"));
      const states = async () => (await claims()).map(({ status }) => status);
      await expect.poll(states, { timeout: 60_000, interval: 50 }).toEqual(["done", "done"]);
      await node.caughtUp();
      const later = and(eq(schema.fact.kind, "paid"), gte(schema.fact.time, late));
      const facts = await db.select().from(schema.fact).where(later);
      expect(facts.map(({ transaction }) => transaction).toSorted()).toEqual(
        (await claims()).map(({ transaction }) => transaction).toSorted(),
      );
      await Check.derived(node);
    });
    for (const node of again) expect(await node.kill("SIGTERM")).toBe(0);
  }, 120_000);
});
