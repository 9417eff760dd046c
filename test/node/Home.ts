/** A node's home with people and play money in it, ready to be worked with, killed and looked at. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import * as NodeStage from "../../src/cli/NodeStage.ts";
import type { Address } from "../../src/ledger/Ledger.ts";
import * as Config from "../../src/node/Config.ts";
import { silent } from "../../src/node/Log.ts";
import * as Node from "../../src/node/Node.ts";
import { user } from "../../src/node/store/schema.ts";
import type * as OnChain from "./OnChain.ts";
import * as People from "./People.ts";
import * as Process from "./Process.ts";
import * as Traffic from "./Traffic.ts";

export type Home = {
  readonly home: string;
  readonly port: number;
  readonly place: { chainId: number; escrow: Address; token: Address };
  readonly client: People.Person;
  readonly provider: People.Person;
  /** The node within this process, for looking at; nobody else has the home meanwhile. */
  open(): Promise<Node.Node>;
  remove(): void;
};

const ANY = { perSecond: 1e6, burst: 1e6 };

/** @param env Of the node. @param chain Where it works, if not on a ledger of its own. */
export async function prepare(
  env: Readonly<Record<string, string>> = {},
  chain?: Pick<OnChain.OnChain, "place">,
): Promise<Home> {
  const home = mkdtempSync(join(tmpdir(), "commenda-home-"));
  const port = await Process.freePort();
  const clock = { now: () => Traffic.BEGIN, advance() {} };
  const open = () =>
    Node.start(Config.read({ COMMENDA_LOG: "silent", ...env }, { home, port }), {
      ...{ clock, log: silent, limits: { caller: ANY, address: ANY, signIn: ANY, costly: ANY } },
    });
  const node = await open();
  const { ledger, escrow } = node.parts.place;
  const token = chain?.place.token ?? node.parts.place.token;
  if (!token) throw new Error("a rehearsal has play money");
  const { chainId } = ledger;
  const client = await People.enrol(node.url, chainId, "client");
  const provider = await People.enrol(node.url, chainId, "provider");
  for (const { name } of [client, provider]) {
    if (!chain) await NodeStage.endow(ledger, token, escrow, name, Traffic.BEGIN);
    const mail = { email: `${name}@example.org`, emailVerified: true, mail: true };
    const { cookie } = name === "client" ? client : provider;
    const caller = await node.parts.identity.callerOf(new Headers({ cookie, origin: node.url }));
    if (caller.kind !== "user") throw new Error("a session is somebody's");
    await node.parts.store.db.update(user).set(mail).where(eq(user.id, caller.user));
  }
  await node.stop();
  return {
    ...{ home, port, place: { chainId, escrow, token }, client, provider, open },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
