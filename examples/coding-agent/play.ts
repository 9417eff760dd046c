// A coding agent paid end to end, without a person: `npx node examples/coding-agent/play.ts`. A node of its own with play
// money; a program that buys; a program that works, by MCP; the provider is judged for by the node, the client by
// `commenda accept watch`, a process elsewhere with a key of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secp256k1 } from "ox";
import { Money } from "../../src/agreement/index.ts";
import * as Api from "../../src/api/client.ts";
import * as Signer from "../../src/ledger/Signer.ts";
import * as Config from "../../src/node/Config.ts";
import * as Node from "../../src/node/Node.ts";
import * as Agent from "./agent.ts";
import * as Buyer from "./buyer.ts";

export type Played = {
  /** How often the agent had to deliver. */
  readonly deliveries: number;
  /** Base units that the provider has, fee taken off. */
  readonly paid: bigint;
  /** Exit code of `commenda accept watch`, asked to end. */
  readonly watch: number | null;
};

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");

export async function play(tell: (text: string) => void = () => {}): Promise<Played> {
  const home = mkdtempSync(join(tmpdir(), "commenda-agent-"));
  const repository = join(home, "repositories", "roman");
  const env = { COMMENDA_LOG: "error", COMMENDA_REPOSITORIES: join(home, "repositories") };
  const node = await Node.start(Config.read(env, { home: join(home, "node"), port: 0, demo: true }));
  let watch: ChildProcess | undefined;
  try {
    const [client, provider] = [await enter(node.url, "client"), await enter(node.url, "provider")];
    // The client's key is nowhere but with the program that watches; the provider's is made by the node.
    const key = Secp256k1.randomPrivateKey();
    const { address: own = "" } = await provider.session.call("PUT /v1/organisations/{organisation}/runner", {
      organisation: provider.organisation,
    });
    const buyer = Api.create({ url: node.url, apiKey: client.apiKey });
    const { agreement, invitation } = await Buyer.offer(buyer, {
      ...{ organisation: client.organisation, tell },
      addresses: { client: client.address, provider: provider.address },
      delegates: { client: Signer.fromKey(key).address, provider: own },
    });
    const token = invitation.split("/").at(-1) ?? "";
    await provider.session.call("POST /v1/invitations/{token}/accept", { token, organisation: provider.organisation });
    watch = spawn(process.execPath, [MAIN, "accept", "watch", "--allow", home, "--cache", join(home, "cache")], {
      env: { ...process.env, COMMENDA_URL: node.url, COMMENDA_API_KEY: client.apiKey, COMMENDA_KEY: key },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [watch.stdout, watch.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => tell(`watch: ${text.trim()}`));
    const [deliveries] = await Promise.all([
      Agent.work({ url: node.url, apiKey: provider.apiKey, repository, tell }),
      Buyer.open(buyer, agreement).then(() => Buyer.show(buyer, agreement, tell)),
    ]);
    await node.caughtUp();
    const { total } = await buyer.call("GET /v1/agreements/{agreement}/statement", { agreement });
    const paid = BigInt(total.toProvider) - BigInt(total.fee);
    tell(`paid: ${Money.show(paid, { code: "CNY", scale: 6 })} after ${deliveries} deliveries, and nobody was asked`);
    return { deliveries, paid, watch: await ended(watch) };
  } finally {
    if (watch) await ended(watch);
    await node.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function ended(watch: ChildProcess): Promise<number | null> {
  if (watch.exitCode !== null || watch.signalCode !== null) return watch.exitCode;
  const over = once(watch, "exit");
  watch.kill("SIGINT");
  await over;
  return watch.exitCode;
}

/** As a persona of the demonstration, with a key for its program. */
async function enter(url: string, persona: string) {
  const headers = { "content-type": "application/json", origin: url };
  const answer = await fetch(`${url}/v1/demo/enter`, { method: "POST", headers, body: JSON.stringify({ persona }) });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.slice(0, one.indexOf(";")))
    .join("; ");
  const session = Api.create({ url, cookie });
  const { organisations } = await session.call("GET /v1/me");
  const organisation = organisations[0]?.id ?? "";
  const { items } = await session.call("GET /v1/organisations/{organisation}/accounts", { organisation });
  const { secret } = await session.call("POST /v1/organisations/{organisation}/keys", {
    ...{ organisation, name: "program", scopes: ["read", "write", "sign"] },
  });
  return { session, organisation, address: items[0]?.address ?? "", apiKey: secret };
}

// As a program: with what happens, and the ending as its exit code.
if (import.meta.main) {
  const { paid } = await play((text) => process.stdout.write(`${text}\n`));
  process.exitCode = paid > 0n ? 0 : 1;
}
