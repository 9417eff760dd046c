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
  test("behavior: goes on a hundred times, loses nothing and does nothing twice", { timeout: 3_600_000 }, async () => {
    for (let k = 0; k < KILLS; k++) expect(await killing.after(1 + ((k * 37) % 61))).toBe("SIGKILL");
    await killing.check();
  });
});
