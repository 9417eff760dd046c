import { expect, test } from "vitest";
import type { Tranche } from "../../agreement/useStanding.ts";
import * as Turn from "./Turn.ts";

const tranche = (name: string, stage: string, mine: string[]) => ({ name, stage, mine }) as unknown as Tranche;

test("the awaited act comes first, a claim only where nothing else moves it", () => {
  expect(Turn.of(tranche("a", "delivered", ["claim", "accept", "reject", "contest"]))?.verb).toBe("accept");
  expect(Turn.of(tranche("a", "active", ["accept", "contest"]))).toBeUndefined();
  expect(Turn.of(tranche("a", "active", ["claim", "accept"]))?.verb).toBe("claim");
  expect(Turn.of(tranche("a", "paid", ["claim"]))).toBeUndefined();
});

test("an answer presses more than a delivery; the order of the milestones decides among the same", () => {
  const list = [
    tranche("a", "active", ["deliver"]),
    tranche("b", "contestedByClient", ["answer"]),
    tranche("c", "rejected", ["deliver"]),
  ];
  expect(Turn.all(list).map(({ milestone }) => milestone)).toEqual(["b", "a", "c"]);
});

test("the rest stays at hand", () => {
  expect(Turn.others(tranche("a", "delivered", ["accept", "reject"]))).toEqual(["reject"]);
});
