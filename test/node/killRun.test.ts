// A node is killed in the middle of a run, and again while it settles: it picks both up, says one verdict for each side, and
// pays once.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import * as Buyer from "../../examples/coding-agent/buyer.ts";
import * as Client from "../../src/api/client.ts";
import * as Process from "./Process.ts";

const home = mkdtempSync(join(tmpdir(), "commenda-kill-run-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const code = `let text = "";
for await (const chunk of process.stdin) text += chunk;
const known = { "[4,9,14]": ["IV", "IX", "XIV"], "[0,-3]": [null, null], "[1994,2026]": ["MCMXCIV", "MMXXVI"] };
console.log(JSON.stringify(known[JSON.stringify(JSON.parse(text))]));
`;

const start = (point?: { name: string; passes: number }) =>
  Process.start({ home, port: 0, env: { COMMENDA_DEMO: "1" }, again: true, ...(point ? { point } : {}) });

/** As a persona of the demonstration. */
async function enter(url: string, persona: string) {
  const headers = { "content-type": "application/json", origin: url };
  const answer = await fetch(`${url}/v1/demo/enter`, { method: "POST", headers, body: JSON.stringify({ persona }) });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.slice(0, one.indexOf(";")))
    .join("; ");
  const client = Client.create({ url, cookie });
  const { organisations } = await client.call("GET /v1/me");
  const organisation = organisations[0]?.id ?? "";
  const { items } = await client.call("GET /v1/organisations/{organisation}/accounts", { organisation });
  const { address: delegate = "" } = await client.call("PUT /v1/organisations/{organisation}/runner", { organisation });
  return { client, organisation, address: items[0]?.address ?? "", delegate };
}

test("behavior: killed while it judges and while it settles, it says one verdict for each side and pays once", {
  timeout: 240_000,
}, async () => {
  const first = await start({ name: "run: printed", passes: 0 });
  const [buyer, provider] = [await enter(first.url, "client"), await enter(first.url, "provider")];
  const { agreement, invitation } = await Buyer.offer(buyer.client, {
    ...{ organisation: buyer.organisation, tell: () => {} },
    addresses: { client: buyer.address, provider: provider.address },
    delegates: { client: buyer.delegate, provider: provider.delegate },
  });
  const token = invitation.split("/").at(-1) ?? "";
  const { organisation } = provider;
  await provider.client.call("POST /v1/invitations/{token}/accept", { token, organisation });
  await provider.client.call("POST /v1/agreements/{agreement}/signatures", { agreement, side: "provider", version: 2 });
  await Buyer.open(buyer.client, agreement);
  const files = [{ path: "roman.mjs", content: Buffer.from(code).toString("base64") }];
  const { id: folder } = await provider.client.call("POST /v1/agreements/{agreement}/folders", {
    ...{ agreement, purpose: "work", files },
  });
  const { id: evidence } = await provider.client.call("POST /v1/agreements/{agreement}/manifests", {
    ...{ agreement, milestone: "program", files: [folder] },
  });
  await provider.client.call("POST /v1/agreements/{agreement}/acts", {
    ...{ agreement, act: { verb: "deliver", milestone: "program", evidence } },
  });
  // Until the delivery was read from the ledger there is nothing to show.
  while (!(await Buyer.reveal(buyer.client, agreement))) await setTimeout(100);
  // Something was printed by the first run.
  expect(await first.ended).toBe("SIGKILL");

  const second = await start({ name: "round: seen", passes: 1 });
  expect(await second.ended).toBe("SIGKILL");

  const last = await start();
  const again = await enter(last.url, "client");
  const item = await Buyer.show(again.client, agreement, () => {});
  expect(item).toMatchObject({ state: "ended", stage: "paid" });
  const { items: verdicts } = await again.client.call("GET /v1/agreements/{agreement}/verdicts", { agreement });
  expect(verdicts.map(({ side, passed }) => [side, passed]).toSorted()).toEqual([
    ["client", true],
    ["provider", true],
  ]);
  const { items: acts } = await again.client.call("GET /v1/agreements/{agreement}/acts", { agreement });
  expect(acts.map(({ verb }) => verb)).toEqual(["accept", "deliver", "open"]);
  const { items: runs } = await again.client.call("GET /v1/agreements/{agreement}/runs", { agreement });
  expect(runs.map(({ state }) => state)).toEqual(["done"]);

  // Whoever sits in the agreement runs the same once more.
  const cli = join(import.meta.dirname, "../../src/cli/main.ts");
  const args = [cli, "accept", "check", agreement, "program", "--cache", join(home, "cache")];
  const env = { ...process.env, COMMENDA_URL: last.url, COMMENDA_PERSONA: "client" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout.trim().split("\n")).toEqual([
    ...["✓ small", "✓ refuses", "✓ sealed: years", "✓ as the client found", "✓ as the provider found"],
  ]);
  await last.kill("SIGTERM");
});
