import { expect, test } from "vitest";
import * as Decimal from "./Decimal.ts";

test("shares go to percents and back, without the dust of floats", () => {
  expect([0.98, 0.999, 0.07, 1].map(Decimal.percent)).toEqual(["98", "99.9", "7", "100"]);
  expect(["98", "99.9", "7", "56.78"].map(Decimal.share)).toEqual([0.98, 0.999, 0.07, 0.5678]);
});

test("sums go to base units and back; what is no sum is nothing", () => {
  expect(Decimal.units("12.50", 2)).toBe("1250");
  expect(Decimal.units("1,200", 6)).toBe("1200000000");
  expect(Decimal.amount("1250", 2)).toMatch(/^12\.50?$/);
  expect(["", "twelve", "-1", "0.001"].map((typed) => Decimal.units(typed, 2))).toEqual(Array(4).fill(undefined));
});
