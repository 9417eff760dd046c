import { expect, test } from "vitest";
import * as Terms from "../../../../src/agreement/Example.ts";
import * as Plan from "./Plan.ts";

test("opening takes all that has no date of its own, and of the rest the termination fee", () => {
  const { parts, now, total } = Plan.of(Terms.terms());
  expect(now).toBe(52_000_000_000n);
  expect(total).toBe(parts.reduce((sum, { amount }) => sum + amount, 0n));
  for (const { amount, now, fundBy } of parts) expect(now === amount).toBe(fundBy === undefined);
});
