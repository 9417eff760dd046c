import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as client from "../api/client.ts";
import * as Config from "./Config.ts";
import { OtherLedgersStore } from "./Errors.ts";
import { silent } from "./Log.ts";
import * as Node from "./Node.ts";

const home = mkdtempSync(join(tmpdir(), "commenda-node-"));
const config = Config.read({ COMMENDA_LOG: "silent" }, { home, port: 0, demo: true });
const start = () => Node.start(config, { log: silent });

let node: Node.Node;

beforeAll(async () => {
  node = await start();
}, 60_000);
afterAll(async () => {
  await node.stop();
  rmSync(home, { recursive: true, force: true });
});

async function enter(persona: string): Promise<client.Client> {
  const answer = await fetch(`${node.url}/v1/demo/enter`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: node.url },
    body: JSON.stringify({ persona }),
  });
  expect(answer.status).toBe(200);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return client.create({ url: node.url, cookie });
}

describe("a node", () => {
  test("is up, ready and says what it is", async () => {
    expect((await fetch(`${node.url}/ready`)).status).toBe(200);
    const shown = await client.create({ url: node.url }).call("GET /v1/node");
    expect(shown).toMatchObject({ publicUrl: node.url, ledger: { kind: "rehearsal", chainId: 31_337 } });
    expect(shown.ledger.token).toMatch(/^0x/);
    expect(shown.demo?.map(({ persona }) => persona)).toEqual(["client", "provider", "arbitrator"]);
    expect(await (await fetch(`${node.url}/metrics`)).text()).toContain("commenda_ledger_up 1");
  });

  test("lets a persona in, do something, and hear of it as it happens", async () => {
    const persona = await enter("client");
    const { organisations } = await persona.call("GET /v1/me");
    const organisation = organisations[0]?.id ?? "";
    const stop = new AbortController();
    const heard = persona.events({ after: "0", signal: stop.signal }).next();
    const made = await persona.call("POST /v1/agreements", { organisation, side: "client" });
    expect((await heard).value).toMatchObject({ agreement: made.id });
    stop.abort();
    expect(await persona.call("GET /v1/agreements/{agreement}", { agreement: made.id })).toMatchObject({
      status: "draft",
    });
  });

  test("moves its clock only where it is a demonstration, and keeps it", async () => {
    const persona = await enter("client");
    const { now } = await persona.call("POST /v1/demo/clock", { minutes: 600 });
    expect(node.parts.clock.now() * 1000).toBeGreaterThanOrEqual(Date.parse(now));
    expect(node.parts.clock.now() - Date.now() / 1000).toBeGreaterThan(35_990);
  });

  test("stops with a stream open, and starts again with nothing lost", async () => {
    const persona = await enter("client");
    const before = await persona.call("GET /v1/agreements");
    const stream = await fetch(`${node.url}/v1/events/stream`, { headers: await cookies() });
    await node.stop();
    await stream.text();
    await expect(fetch(`${node.url}/health`)).rejects.toThrow();
    node = await start();
    expect(node.parts.clock.now() - Date.now() / 1000).toBeGreaterThan(35_990);
    expect(await (await enter("client")).call("GET /v1/agreements")).toEqual(before);
    expect(before.items.length).toBeGreaterThan(0);
  }, 30_000);

  test("does not start on a store of another ledger, and leaves nothing open", async () => {
    await node.stop();
    rmSync(join(home, "ledger"), { recursive: true });
    await expect(start()).rejects.toBeInstanceOf(OtherLedgersStore);
    rmSync(join(home, "store"), { recursive: true });
    writeFileSync(join(home, "store"), "");
    await expect(start()).rejects.toThrow();
    rmSync(join(home, "store"));
    node = { ...node, stop: async () => {} };
  }, 30_000);
});

async function cookies(): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json", origin: node.url };
  const body = JSON.stringify({ persona: "provider" });
  const answer = await fetch(`${node.url}/v1/demo/enter`, { method: "POST", headers, body });
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; "),
  };
}
