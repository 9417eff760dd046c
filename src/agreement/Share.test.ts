import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsOf } from "./InputError.ts";
import * as Share from "./Share.ts";

test("behavior: reads shares as people write them", () => {
  expect(["70 %", "70%", "0.25 %", "0 %", "100 %", "33.3%"].map((share) => Share.parse(share))).toEqual([
    7_000, 7_000, 25, 0, 10_000, 3_330,
  ]);
  expect(Share.parse("120 %", "from", { max: 1_000_000 })).toBe(12_000);
});

test("property: format and parse are inverse", () => {
  fc.assert(fc.property(fc.nat(10_000), (bps) => void expect(Share.parse(Share.format(bps))).toBe(bps)));
});

test("error: out of range, too fine, or no share at all", () => {
  const found = ["101 %", "-1 %", "0.001 %", "70", "70 ％", "070 %", 0.7, "70  %"].map((share) =>
    problemsOf(() => Share.parse(share)).map(({ name }) => name),
  );
  expect(found).toEqual(Array(8).fill(["ShareOutOfRange"]));
});
