/** A demonstration as `npm start` makes it, with its clock in the test's hands, and the web app that it serves. */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/web.ts";
import * as Client from "../../src/api/client.ts";
import * as Demo from "../../src/cli/Demo.ts";
import * as Config from "../../src/node/Config.ts";
import { silent } from "../../src/node/Log.ts";
import * as Node from "../../src/node/Node.ts";

export type Demonstration = {
  readonly url: string;
  readonly node: Node.Node;
  /** A client of the API with a persona's session. */
  as(persona: string): Promise<Client.Client>;
  /** Ends the node as a crash does not: cleanly, at the same address again by `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
};

const ANY = { perSecond: 1e6, burst: 1e6 };
const LIMITS = { caller: ANY, address: ANY, signIn: ANY, costly: ANY };

/**
 * @param stories Whether the examples are on their way in it; without them it is empty, and there at once.
 * @param environment Of the node, beside what every test sets.
 */
export async function open({
  stories = true,
  environment = {},
}: {
  stories?: boolean;
  environment?: Readonly<Record<string, string>>;
} = {}): Promise<Demonstration> {
  if (!build({ quiet: true })) throw new Error("the web app does not build");
  const folder = mkdtempSync(join(tmpdir(), "commenda-web-"));
  const home = join(folder, "home");
  if (stories) await fill(home);
  let port = 0;
  let node: Node.Node;
  async function start() {
    const config = Config.read({ COMMENDA_LOG: "silent", ...environment }, { home, port, demo: true });
    node = await Node.start(config, { log: silent, limits: LIMITS });
    port = node.port;
  }
  await start();
  return {
    get url() {
      return node.url;
    },
    get node() {
      return node;
    },
    async as(persona) {
      const answer = await fetch(`${node.url}/v1/demo/enter`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: node.url },
        body: JSON.stringify({ persona }),
      });
      if (!answer.ok) throw new Error(`nobody is called ${persona}: ${await answer.text()}`);
      const cookie = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(";")));
      return Client.create({ url: node.url, cookie: cookie.join("; ") });
    },
    stop: () => node.stop(),
    start,
    async remove() {
      await node.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Made once for all files of a run: playing ten stories takes a while. */
async function fill(home: string): Promise<void> {
  const image = process.env.COMMENDA_TEST_DEMONSTRATION;
  if (image === undefined) return Demo.fill(home, () => {});
  if (!existsSync(image)) {
    const own = `${image}.${process.pid}`;
    await Demo.fill(own, () => {});
    try {
      renameSync(own, image);
    } catch {
      // Another file was first.
      rmSync(own, { recursive: true, force: true });
    }
  }
  cpSync(image, home, { recursive: true });
}
