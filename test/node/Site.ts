/** A whole node on this machine, people with keys of their own, and a clock that the test moves. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Address as OxAddress, Hex as OxHex, PersonalMessage, Secp256k1, Signature, Siwe } from "ox";
import * as Client from "../../src/api/client.ts";
import * as WalletProof from "../../src/api/WalletProof.ts";
import * as Cast from "../../src/cli/Cast.ts";
import * as LedgerStage from "../../src/cli/LedgerStage.ts";
import * as NodeStage from "../../src/cli/NodeStage.ts";
import type { Needs } from "../../src/cli/Stage.ts";
import * as Abi from "../../src/ledger/Abi.ts";
import type { Address } from "../../src/ledger/Ledger.ts";
import * as Passkey from "../../src/ledger/Passkey.ts";
import * as Quorum from "../../src/ledger/Quorum.ts";
import type * as Rehearsal from "../../src/ledger/Rehearsal.ts";
import * as Authenticator from "../../src/ledger/testing/Authenticator.ts";
import type { Clock } from "../../src/node/Call.ts";
import * as Config from "../../src/node/Config.ts";
import * as Node from "../../src/node/Node.ts";
import * as ByMcp from "./ByMcp.ts";

export type Site = NodeStage.Site & {
  readonly node: Node.Node;
  readonly clock: Clock & { set(minute: number): void };
  /** A client by session, before anything else is set up. */
  signIn(name: string): Promise<Client.Client>;
  close(): Promise<void>;
};

export type Options = {
  /** Unix minute at which the node begins. */
  begin: number;
  home?: string;
  env?: Record<string, string>;
  demo?: boolean;
  /** People who speak to the node as agents do, by MCP. */
  agents?: boolean;
  /** Who has a passkey and no wallet. */
  passkeys?: readonly string[];
};

export async function open({
  begin,
  env = {},
  demo = false,
  agents = false,
  passkeys = [],
  ...options
}: Options): Promise<Site> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "commenda-node-"));
  let seconds = begin * 60;
  const clock = {
    now: () => seconds,
    advance(more: number) {
      seconds += more;
    },
    set(minute: number) {
      seconds = Math.max(seconds, minute * 60);
    },
  };
  const node = await Node.start(
    Config.read({ COMMENDA_LOG: process.env.COMMENDA_LOG ?? "silent", ...env }, { home, port: 0, demo }),
    {
      clock,
      limits: GENEROUS,
    },
  );
  const { place } = node.parts;
  const ledger = place.ledger as Rehearsal.Rehearsal;
  const token = place.token as Address;
  const actors = new Map<string, Promise<NodeStage.Actor>>();
  const at = () => ({ at: Math.max(seconds, ledger.now()) });

  const closers: (() => Promise<void>)[] = [];

  async function signIn(name: string): Promise<Client.Client> {
    const page = browser(node.url);
    if (passkeys.includes(name)) {
      const options = await page.get(`/passkey/generate-register-options?name=${encodeURIComponent(name)}`);
      const response = authenticator(name).register(options as never);
      await page.post("/passkey/verify-registration", { response, name: "phone" });
    } else {
      const { nonce } = (await page.post("/siwe/nonce", {})) as { nonce: string };
      const message = Siwe.createMessage({
        ...{ domain: new URL(node.url).host, uri: node.url, chainId: ledger.chainId, nonce, version: "1" },
        address: OxAddress.checksum(Cast.account(name)),
      });
      await page.post("/siwe/verify", { message, signature: personal(name, message) });
    }
    return Client.create({ url: node.url, cookie: page.cookie() });
  }

  const authenticator = (name: string) => Authenticator.open({ origin: node.url, name });

  async function enrol(name: string): Promise<NodeStage.Actor> {
    const session = await signIn(name);
    const { organisations } = await session.call("GET /v1/me");
    const organisation = organisations[0]?.id ?? "";
    const sign = await (passkeys.includes(name) ? byPasskey : byWallet)(name, session, organisation);
    const scopes = ["read", "write", "sign"] as const;
    const key = { organisation, name: "agent", scopes: [...scopes] };
    const { secret } = await session.call("POST /v1/organisations/{organisation}/keys", key);
    if (!agents) return { client: Client.create({ url: node.url, apiKey: secret }), organisation, sign };
    const client = await ByMcp.open(node.url, secret);
    closers.push(client.close);
    return { client, organisation, sign };
  }

  async function byWallet(name: string, session: Client.Client, organisation: string) {
    const address = Cast.account(name);
    const text = WalletProof.text({ origin: node.url, organisation, address });
    const wallet = { organisation, name, address, signature: personal(name, text) };
    await session.call("POST /v1/organisations/{organisation}/accounts/wallet", wallet);
    await NodeStage.endow(ledger, token, place.escrow, name, at().at);
    return LedgerStage.signer(name).sign;
  }

  /** The node pays for the account, and relays what the passkey signs: its owner never has a coin. */
  async function byPasskey(name: string, session: Client.Client, organisation: string) {
    const device = authenticator(name);
    const { x, y } = device.publicKey;
    const signer = { name: "phone", signer: `${x}${y.slice(2)}` };
    const made = await session.call("POST /v1/organisations/{organisation}/accounts", {
      ...{ organisation, name: "phone", signers: [signer] },
    });
    const address = made.address as Address;
    Cast.appoint(name, address);
    const account = {
      chainId: ledger.chainId,
      address,
      signer: Passkey.ofKey(place.accounts as Address, device.publicKey),
    };
    const { sign } = Passkey.signer(account, device.sign);
    const tokenCall = (call: string, args: readonly unknown[]) => ({
      target: token,
      data: Abi.encode("RehearsalToken", call, args),
    });
    const calls = [tokenCall("mint", [address, 2n ** 100n]), tokenCall("approve", [place.escrow, 2n ** 256n - 1n])];
    const execution = { calls, nonce: 0n, validUntil: at().at + 3_600 };
    await session.call("POST /v1/organisations/{organisation}/accounts/{address}/execute", {
      ...{ organisation, address, nonce: "0", validUntil: execution.validUntil },
      calls: calls.map(({ target, data }) => ({ to: lower(target), data })),
      signature: await sign(Passkey.typedData(account, execution)),
    });
    return sign;
  }

  function actor(name: string): Promise<NodeStage.Actor> {
    const known = actors.get(name);
    if (known) return known;
    const fresh = enrol(name);
    actors.set(name, fresh);
    return fresh;
  }

  return {
    ...{ node, clock, ledger, token, signIn, escrow: place.escrow, name: ledger.name },
    async place({ panel, reporters }: Needs) {
      // Their accounts are named in the terms.
      for (const name of passkeys) await actor(name);
      const addresses = (count: number, name: (index: number) => string) =>
        Cast.ascending(count, name).map(({ address }) => address);
      const members = addresses(panel.members, Cast.panelist);
      const attesting = addresses(reporters.count, Cast.reporter);
      const { votes } = panel;
      const arbitrator = await Quorum.place(ledger, ledger.house, { kind: "Panel", members, votes }, at());
      const reports: Quorum.Plan = { kind: "SignedReports", members: attesting, votes: reporters.quorum };
      return { arbitrator, source: await Quorum.place(ledger, ledger.house, reports, at()) };
    },
    actor,
    async reach(minute) {
      clock.set(minute);
    },
    async list({ account, refused }) {
      const data = Abi.encode("ListedToken", "refuse", [account, refused]);
      await ledger.send(ledger.house, { to: token, data }, at());
    },
    async close() {
      for (const close of closers) await close();
      await node.stop();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What one test asks in a second, a hundred people would not. */
const ANY = { perSecond: 1e6, burst: 1e6 };
const GENEROUS = { caller: ANY, address: ANY, signIn: ANY, costly: ANY };

function personal(name: string, text: string): `0x${string}` {
  const payload = PersonalMessage.getSignPayload(OxHex.fromString(text));
  return Signature.toHex(Secp256k1.sign({ payload, privateKey: Cast.key(name) }));
}

const lower = (address: Address) => address.toLowerCase() as Address;

/** Keeps its cookies, and says where it is. */
function browser(origin: string) {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  async function ask(path: string, init: RequestInit): Promise<unknown> {
    const headers = { "content-type": "application/json", origin, cookie: cookie() };
    const answer = await fetch(`${origin}/v1/auth${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    for (const one of answer.headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer.json();
  }
  return {
    cookie,
    get: (path: string) => ask(path, {}),
    post: (path: string, body: unknown) => ask(path, { method: "POST", body: JSON.stringify(body) }),
  };
}
