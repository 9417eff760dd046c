/** A node that is killed and started again while deals go on, with everyone who listens to it. */
import * as Client from "../../src/api/client.ts";
import * as Check from "./Check.ts";
import * as Home from "./Home.ts";
import * as Listeners from "./Listeners.ts";
import type * as OnChain from "./OnChain.ts";
import * as Process from "./Process.ts";
import * as Traffic from "./Traffic.ts";

export type Killing = {
  /** Starts the node, which ends itself at the point. @returns how it ended. */
  until(point: { name: string; passes: number }): Promise<number | NodeJS.Signals>;
  /** Starts the node, and kills it after so many more requests were answered. */
  after(requests: number): Promise<number | NodeJS.Signals>;
  /** Lets the deals come to their end, and looks at what is there. */
  check(): Promise<void>;
  readonly traffic: Traffic.Traffic;
  close(): Promise<void>;
};

/** @param beside Deals beside each other. @param chain Where the node works, if not on a ledger of its own. */
export async function open({ beside = 3, chain }: { beside?: number; chain?: OnChain.OnChain } = {}): Promise<Killing> {
  const receiver = await Listeners.receiver();
  const mailbox = await Listeners.mailbox();
  const env = {
    COMMENDA_WEBHOOK_NETWORKS: "127.0.0.0/8",
    SMTP_URL: mailbox.url,
    SMTP_FROM: "node@example.org",
    ...chain?.env("relayer"),
  };
  const home = await Home.prepare(env, chain);
  const { client, provider, place, port } = home;
  let now: Process.Process | undefined;
  let isUp = Promise.withResolvers<string>();
  let onAnswer = () => {};
  const traffic = Traffic.open({
    ...{ client, provider, place, node: () => isUp.promise },
    onAnswer: () => onAnswer(),
  });
  let running: Promise<void> | undefined;
  let reader: ReturnType<typeof Listeners.reader> | undefined;
  /** Of the traffic: it ends nothing that is under way elsewhere. */
  let fault: unknown;

  async function start(more: Partial<Process.Given>): Promise<Process.Process> {
    if (fault) throw fault;
    const { home: folder } = home;
    const fresh = await Process.start({
      ...{ home: folder, port, begin: Traffic.BEGIN, snapshotEvery: chain ? 0 : 40, env },
      // Loaded while this one works.
      again: true,
      ...more,
    });
    now = fresh;
    const { url } = fresh;
    if (!reader) {
      const owner = Client.create({ url, cookie: client.cookie });
      const { organisation } = client;
      await owner.call("POST /v1/organisations/{organisation}/webhooks", { organisation, url: receiver.url });
      reader = Listeners.reader(url, client);
    }
    void fresh.ended.then(() => {
      isUp = Promise.withResolvers();
    });
    isUp.resolve(url);
    running ??= traffic.run(beside).catch((error: unknown) => {
      fault = error;
      void now?.kill("SIGTERM");
    });
    return fresh;
  }

  async function ended(fresh: Process.Process): Promise<number | NodeJS.Signals> {
    const how = await fresh.ended;
    if (fault) throw fault;
    if (how !== "SIGKILL") throw new Error(`the node ended with ${how}: ${fresh.told()}`);
    return how;
  }

  return {
    traffic,
    until: async (point) => ended(await start({ point })),
    async after(requests) {
      const fresh = await start({});
      let left = requests;
      onAnswer = () => {
        if (--left === 0) void fresh.kill("SIGKILL");
      };
      return ended(fresh);
    },
    async check() {
      onAnswer = () => {};
      traffic.stop();
      const last = await start({});
      await running;
      if (fault) throw fault;
      const code = await last.kill("SIGTERM");
      if (code !== 0) throw new Error(`the node ended with ${code}: ${last.told()}`);
      const node = await home.open();
      try {
        isUp.resolve(node.url);
        await Check.acknowledged(node, traffic);
        await Check.told(node, { heard: reader?.heard ?? [], by: client, receiver });
        await Check.derived(node);
      } finally {
        await node.stop();
      }
    },
    async close() {
      await reader?.close();
      await now?.kill("SIGKILL");
      Process.dismiss();
      receiver.close();
      mailbox.close();
      home.remove();
    },
  };
}
