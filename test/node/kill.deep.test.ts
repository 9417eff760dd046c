// A hundred times the node is killed anywhere, with more people at it than two cores serve at once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Killing from "./Killing.ts";

const KILLS = 100;
const BESIDE = 12;

let killing: Killing.Killing;
beforeAll(async () => {
  killing = await Killing.open({ beside: BESIDE });
}, 120_000);
afterAll(() => killing.close());

describe("a node that is killed under load", () => {
  // Each for itself, so that one that hangs is known.
  test.each(Array.from({ length: KILLS }, (_, k) => k))(
    "behavior: ends anywhere and goes on: %i",
    async (k) => {
      expect(await killing.after(1 + ((k * 37) % 61))).toBe("SIGKILL");
    },
    120_000,
  );
  test("behavior: nothing that was acknowledged is lost, and nothing was done twice", () => killing.check(), 600_000);
});
