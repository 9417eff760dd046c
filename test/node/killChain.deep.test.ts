// The same on a chain that others run: the node keeps what it sends in a journal of its own, and looks for what came of it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Chain from "../../src/ledger/Chain.ts";
import type * as Indexer from "../../src/node/index/Indexer.ts";
import type * as Relay from "../../src/node/relay/Relay.ts";
import * as Killing from "./Killing.ts";
import * as OnChain from "./OnChain.ts";

/** Of what is stuck for a minute and sent again: `src/ledger/Chain.test.ts` has those. */
type Replacing = "replacement: journaled" | "replacement: sent";
type Point = Exclude<Chain.Point, Replacing> | Relay.Point | Indexer.Point;

/** How often each point is passed before the process ends there. A point that is missing here does not compile. */
const POINTS: Readonly<Record<Point, number>> = {
  "act: signed": 0,
  "act: journaled": 1,
  "act: sent": 0,
  "act: mined": 1,
  "act: recorded": 0,
  "send: taken": 0,
  "send: recorded": 0,
  "send: sent": 0,
  "send: noted": 0,
  "index: read": 0,
  "index: written": 0,
  "index: committed": 0,
};

let chain: OnChain.OnChain;
let killing: Killing.Killing;
beforeAll(async () => {
  chain = await OnChain.open(["relayer"]);
  killing = await Killing.open({ chain });
}, 120_000);
afterAll(async () => {
  await killing.close();
  await chain.close();
});

describe("a node on a chain that is killed while it works", () => {
  test.each(Object.entries(POINTS))(
    "behavior: ends at “%s” and goes on",
    async (name, passes) => {
      expect(await killing.until({ name, passes })).toBe("SIGKILL");
    },
    120_000,
  );
  test("behavior: nothing that was acknowledged is lost, and nothing was done twice", () => killing.check(), 180_000);
});
