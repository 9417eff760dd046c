import { expect, test } from "vitest";
import * as Coverage from "./Coverage.ts";

/** Right until half of the traffic, then worse by a point with each twentieth. */
const curve = Array.from({ length: 100 }, (_, percent) => {
  const answered = (percent + 1) / 100;
  return { answered, precision: answered <= 0.5 ? 1 : 1 - (answered - 0.5) / 5 };
});

test("the promise is kept up to the last share at which it is", () => {
  expect(Coverage.reach(curve, 0.98)?.answered).toBeCloseTo(0.6);
  expect(Coverage.reach(curve, 0.9)?.answered).toBe(1);
  expect(Coverage.reach(curve.slice(60), 0.99)).toBeUndefined();
  expect(Coverage.reach([], 0.5)).toBeUndefined();
});

test("the picture holds the whole curve and the promise, and begins at a round share", () => {
  expect(Coverage.floor(curve, 0.98)).toBeCloseTo(0.85);
  expect(Coverage.floor([], 0.98)).toBeCloseTo(0.95);
  expect(Coverage.floor([{ answered: 1, precision: 0 }], 0.98)).toBe(0);
});

test("the table has a row for each tenth that the curve reaches", () => {
  expect(Coverage.table(curve).map(({ answered }) => answered)).toEqual([
    ...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
  ]);
  expect(Coverage.table(curve.slice(0, 35))).toHaveLength(3);
  const few = [0.3, 0.9].map((answered) => ({ answered, precision: 1 }));
  expect(Coverage.table(few)).toEqual(few);
});
