/** What the node tells to the outside: webhooks and e-mail. */
import type { Parts } from "../Call.ts";
import * as Delivery from "./Delivery.ts";
import * as Mail from "./Mail.ts";
import type { Point } from "./Point.ts";
import * as SafeFetch from "./SafeFetch.ts";
import * as Webhooks from "./Webhooks.ts";

export type Notify = {
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
};

export type Options = {
  /** Milliseconds after which events are looked for although nobody was woken. */
  poll?: number;
  /** How names of receivers are resolved. */
  resolve?: SafeFetch.Resolve;
  onError?: (error: unknown) => void;
  point?: (name: Point) => void;
};

/** Before `jobs.start`. Throws `BadConfiguration` where the networks of webhooks are none. */
export function start(
  parts: Pick<Parts, "config" | "store" | "events" | "jobs">,
  { poll = 15_000, resolve, onError = () => {}, point = () => {} }: Options = {},
): Notify {
  const gate = SafeFetch.gate(parts.config.webhookNetworks, resolve);
  const mail = Mail.open(parts, { point });
  parts.jobs.handle("deliver", Delivery.worker(parts, { gate, point }));
  parts.jobs.handle("mail", mail.worker);
  let stopped = false;
  let isWoken = false;
  let wake = () => {};
  const nudge = () => {
    isWoken = true;
    wake();
  };
  const unsubscribe = parts.events.subscribe(nudge);

  async function loop(): Promise<void> {
    while (!stopped) {
      isWoken = false;
      try {
        while (!stopped && (await Webhooks.step(parts, { point })));
      } catch (error) {
        // The store is away: the next look finds what this one did not.
        onError(error);
      }
      if (isWoken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, poll);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = loop();
  return {
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await running;
      mail.close();
    },
  };
}
