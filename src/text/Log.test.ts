import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, ln, logistic } from "./Log.ts";

const isNear = (found: number, expected: number) =>
  Math.abs(found - expected) <= 4 * Number.EPSILON * Math.max(Math.abs(expected), Number.MIN_VALUE / Number.EPSILON);

test("property: within two units in the last place of the engine's own", () => {
  fc.assert(
    fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => isNear(ln(x), Math.log(x))),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => isNear(exp(x), Math.exp(x))),
    { numRuns: 2_000 },
  );
});

test("behavior: the ends", () => {
  expect([ln(1), ln(0), ln(-1), ln(Number.POSITIVE_INFINITY)]).toEqual([0, -Infinity, NaN, Infinity]);
  expect([exp(0), exp(-800), exp(800), exp(Number.NaN)]).toEqual([1, 0, Infinity, NaN]);
  expect(exp(-745)).toBe(5e-324);
  expect([logistic(0), logistic(800), logistic(-800)]).toEqual([0.5, 1, 0]);
});

test("behavior: the same bits on every machine", () => {
  const sum = Array.from({ length: 1_000 }, (_, n) => ln(n + 0.1) * exp(-n / 97)).reduce((a, b) => a + b, 0);
  expect(sum).toMatchInlineSnapshot(`386.79938318405567`);
});
