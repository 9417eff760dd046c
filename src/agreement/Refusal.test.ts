import { expect, test } from "vitest";
import * as Machine from "./Machine.ts";
import * as Refusal from "./Refusal.ts";
import { opened } from "./testing/Play.ts";
import { agreement, CLIENT, T0 } from "./testing/Sample.ts";

test("behavior: a refusal names the rule, the facts, and says it in both languages", () => {
  const { state } = opened(agreement(), T0);
  const refusal = Machine.decide(state, { verb: "claim", by: CLIENT, tranche: 0 }, T0);
  if (!Refusal.is(refusal)) throw new Error("it should have been refused");
  expect(refusal).toEqual({ refused: "TooEarly", rule: 9, facts: { tranche: 0, allowedFrom: T0 + 35 * 1440 } });
  expect(Refusal.explain(refusal)).toEqual({
    en: "Part 1: not before 2027-04-05T00:00Z.",
    zh: "第 1 项：不得早于 2027-04-05T00:00Z。",
  });
});

test("behavior: invalid terms name the field", () => {
  const refusal = Refusal.of("FeeOverCap", { field: "work.feeBps" });
  expect(refusal.rule).toBe(3);
  expect(Refusal.explain(refusal).en).toContain("work.feeBps");
});
