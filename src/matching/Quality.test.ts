import fc from "fast-check";
import { expect, test } from "vitest";
import { atLeast, below } from "./Quality.ts";

test("behavior: the distribution where it has a closed form", () => {
  for (const x of [0.01, 0.3, 0.5, 0.9, 0.999]) {
    expect(below(x, 1, 1)).toBeCloseTo(x, 12);
    expect(below(x, 3, 1)).toBeCloseTo(x ** 3, 12);
    expect(below(x, 1, 4)).toBeCloseTo(1 - (1 - x) ** 4, 12);
    expect(below(x, 2, 2)).toBeCloseTo(3 * x ** 2 - 2 * x ** 3, 12);
    expect(below(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
  }
});

test("behavior: who has no record is held for little, and each kept promise counts less than the one before", () => {
  const bounds = [0, 1, 2, 10, 100, 1_000].map((kept) => atLeast({ kept, broken: 0 }));
  expect(bounds.map((bound) => Number(bound.toFixed(4)))).toEqual([0.1, 0.3162, 0.4642, 0.8111, 0.9775, 0.9977]);
  expect(atLeast({ kept: 9, broken: 1 })).toBeLessThan(atLeast({ kept: 90, broken: 10 }));
});

test("property: rises with what was kept, falls with what was broken, and gives back its risk", () => {
  const weight = fc.double({ min: 0, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(weight, weight, (kept, broken) => {
      const bound = atLeast({ kept, broken });
      expect(below(bound, 1 + kept, 1 + broken)).toBeCloseTo(0.1, 6);
      expect(atLeast({ kept: kept + 1, broken })).toBeGreaterThanOrEqual(bound);
      expect(atLeast({ kept, broken: broken + 1 })).toBeLessThanOrEqual(bound);
    }),
  );
});
