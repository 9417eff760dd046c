// A node whose disk is full: it refuses what it cannot keep, loses nothing that it acknowledged, and goes on by itself.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Client from "../../src/api/client.ts";
import * as schema from "../../src/node/store/schema.ts";
import * as Check from "./Check.ts";
import * as Home from "./Home.ts";
import * as Process from "./Process.ts";
import * as Traffic from "./Traffic.ts";

let home: Home.Home;
let full: string;
let node: Process.Process;
let traffic: Traffic.Traffic;
let agreement: string;

const client = () => Client.create({ url: node.url, apiKey: home.client.apiKey, attempts: 1 });
const start = () => Process.start({ home: home.home, port: home.port, begin: Traffic.BEGIN, full });
/** The disk has no room where these are: all of the home, or a part of it. */
const fill = (...where: string[]) => writeFileSync(full, join(home.home, ...where));
const free = () => rmSync(full);
const say = (text: string) =>
  client().call("POST /v1/agreements/{agreement}/comments", { agreement, version: 1, text });
const BYTES = Buffer.alloc(300_000, "what was delivered\n");

async function upload(path: string, from = 0) {
  const authorization = `Bearer ${home.client.apiKey}`;
  const protocol = { authorization, "tus-resumable": "1.0.0" };
  const headers = { ...protocol, "upload-offset": String(from), "content-type": "application/offset+octet-stream" };
  return fetch(new URL(path, node.url), { method: "PATCH", body: BYTES.subarray(from), headers });
}

beforeAll(async () => {
  home = await Home.prepare();
  full = `${home.home}.full`;
  node = await start();
  traffic = Traffic.open({ ...home, node: async () => node.url, onAnswer: () => traffic.stop() });
  await traffic.run(1);
  agreement = traffic.deals[0]?.agreement ?? "";
}, 120_000);
afterAll(async () => {
  await node.kill("SIGKILL");
  rmSync(full, { force: true });
  home.remove();
});

describe("a node whose disk is full", () => {
  const said: string[] = [];

  test("behavior: shows what is there, refuses what it cannot keep, and takes it once there is room", async () => {
    said.push((await say("before")).id);
    const file = { agreement, name: "proof.txt", size: BYTES.length };
    const begun = await client().call("POST /v1/agreements/{agreement}/evidence", file);
    fill();
    const refused = { status: 503, code: "store-down" };
    await expect(say("meanwhile")).rejects.toMatchObject(refused);
    await expect(client().call("POST /v1/agreements/{agreement}/evidence", file)).rejects.toMatchObject(refused);
    const cut = await upload(begun.upload);
    expect([cut.status, await cut.json()]).toMatchObject([503, { code: "store-down" }]);
    const act = {
      agreement,
      act: { verb: "deliver", milestone: "design", commitment: `0x${"5b".repeat(32)}` },
    } as const;
    await expect(client().call("POST /v1/agreements/{agreement}/acts", act)).rejects.toMatchObject({ status: 503 });
    // Who writes past our own doors is refused by the database.
    const nonce = async () => {
      const headers = { origin: node.url, "content-type": "application/json" };
      return (await fetch(`${node.url}/v1/auth/siwe/nonce`, { method: "POST", headers, body: "{}" })).status;
    };
    await expect.poll(nonce, { timeout: 5_000, interval: 50 }).toBe(503);
    expect((await client().call("GET /v1/agreements/{agreement}", { agreement })).id).toBe(agreement);
    expect((await fetch(`${node.url}/health`)).status).toBe(200);

    free();
    said.push((await say("after")).id);
    const sent = await upload(begun.upload);
    expect(sent.status).toBe(204);
    const { complete } = await client().call("GET /v1/agreements/{agreement}/evidence/{evidence}", {
      ...{ agreement, evidence: begun.id },
    });
    expect(complete).toBe(true);
  }, 60_000);

  test("behavior: killed while it is full, it has all that it acknowledged", async () => {
    for (let k = 0; k < 5; k++) said.push((await say(`comment ${k}`)).id);
    fill();
    await node.kill("SIGKILL");
    free();
    node = await start();
    said.push((await say("again")).id);
    const { items } = await client().call("GET /v1/agreements/{agreement}/comments", { agreement });
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(said));
  }, 60_000);

  test("behavior: an act that the ledger's journal has no room for waits, and is done once there is", async () => {
    fill("ledger");
    const more = Traffic.open({ ...home, node: async () => node.url, first: 50 });
    const running = more.run(1);
    more.stop();
    // Handed in, and kept; the ledger does not take it.
    const acts = async () =>
      more.acknowledged.flatMap(({ route, answer }) => (route.endsWith("/acts") ? [String(answer.id)] : []));
    await expect.poll(acts, { timeout: 30_000, interval: 20 }).toHaveLength(1);
    const deal = String(more.acknowledged[0]?.answer.id);
    const [first = ""] = await acts();
    const status = async () =>
      (await client().call("GET /v1/agreements/{agreement}/acts/{act}", { agreement: deal, act: first })).status;
    expect(["queued", "sent"]).toContain(await status());
    free();
    await expect.poll(status, { timeout: 30_000, interval: 20 }).toBe("done");
    await running;
    expect(more.deals).toHaveLength(1);
  }, 120_000);

  test("behavior: nothing was lost, and nothing done twice", async () => {
    expect(await node.kill("SIGTERM")).toBe(0);
    const quiet = await home.open();
    try {
      await quiet.caughtUp();
      await Check.derived(quiet);
      const kept = await quiet.parts.store.db.select().from(schema.comment);
      expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(said));
      const acts = await quiet.parts.store.db.select().from(schema.act);
      expect(acts.map(({ status }) => status)).toEqual(acts.map(() => "done"));
    } finally {
      await quiet.stop();
    }
  }, 60_000);
});
