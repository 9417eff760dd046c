// A node in a process of its own is killed while people ask it for things: at every named point, and anywhere.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Rehearsal from "../../src/ledger/Rehearsal.ts";
import type * as Indexer from "../../src/node/index/Indexer.ts";
import type * as Boss from "../../src/node/jobs/Boss.ts";
import type * as Notify from "../../src/node/notify/Point.ts";
import type * as Relay from "../../src/node/relay/Relay.ts";
import * as Check from "./Check.ts";
import * as Home from "./Home.ts";
import * as Killing from "./Killing.ts";
import * as Process from "./Process.ts";
import * as Traffic from "./Traffic.ts";

type Point = Rehearsal.Point | Relay.Point | Indexer.Point | Notify.Point | Boss.Point;

/** How often each point is passed before the process ends there. A point that is missing here does not compile. */
const POINTS: Readonly<Record<Point, number>> = {
  "act: signed": 1,
  "act: journaled": 2,
  "act: sent": 0,
  "act: recorded": 1,
  "act: flushed": 2,
  "snapshot: written": 0,
  "snapshot: flushed": 0,
  "snapshot: renamed": 0,
  "send: taken": 1,
  "send: recorded": 2,
  "send: sent": 1,
  "send: noted": 0,
  "index: read": 2,
  "index: written": 1,
  "index: committed": 2,
  "notify: written": 5,
  "notify: sent": 5,
  "notify: mailed": 2,
  "job: taken": 5,
  "job: worked": 5,
};

let killing: Killing.Killing;
beforeAll(async () => {
  killing = await Killing.open();
}, 60_000);
afterAll(() => killing.close());

/** Where the ledger writes, `Rehearsal.test.ts` ends its process too: a whole node at those points is for the long runs. */
const isDeep = process.env.COMMENDA_DEEP === "1";
const points = Object.entries(POINTS).filter(([name]) => isDeep || !/^(act|snapshot):/.test(name));

describe("a node that is killed while it works", () => {
  test.each(points)("behavior: ends at “%s” and goes on", async (name, passes) => {
    expect(await killing.until({ name, passes })).toBe("SIGKILL");
  });
  test.each(Array.from({ length: 6 }, (_, k) => k))("behavior: ends anywhere and goes on: %i", async (k) => {
    expect(await killing.after(3 + ((k * 7) % 11))).toBe("SIGKILL");
  });
  test("behavior: nothing that was acknowledged is lost, and nothing was done twice", () => killing.check(), 120_000);
});

describe("a node that is told to stop", () => {
  test("behavior: keeps what it acknowledged, ends its streams, and ends well", async () => {
    const home = await Home.prepare();
    const { home: folder, port, client } = home;
    const first = await Process.start({ home: folder, port, begin: Traffic.BEGIN });
    let isUp = Promise.withResolvers<string>();
    isUp.resolve(first.url);
    const traffic: Traffic.Traffic = Traffic.open({
      ...{ ...home, node: () => isUp.promise },
      onAnswer(done) {
        if (done !== 12) return;
        isUp = Promise.withResolvers();
        traffic.stop();
        first.kill("SIGTERM").catch(() => {});
      },
    });
    const headers = { authorization: `Bearer ${client.apiKey}` };
    const stream = await fetch(`${first.url}/v1/events/stream`, { headers });
    const running = traffic.run(3);
    expect(await first.ended).toBe(0);
    // To its end, and no error.
    expect(await stream.text()).toContain("id: ");
    const node = await home.open();
    isUp.resolve(node.url);
    await running;
    await Check.acknowledged(node, traffic);
    await Check.derived(node);
    await node.stop();
    home.remove();
  }, 60_000);
});
