import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, EPOCH, isClosed, pack, unopened, unpack } from "./State.ts";
import { agreement } from "./testing/Sample.ts";

const cell = fc.record({
  code: fc.integer({ min: 0, max: 15 }),
  round: fc.integer({ min: 0, max: 3 }),
  noted: fc.boolean(),
  clock: fc.integer({ min: 0, max: 2 ** 25 - 1 }),
}) as fc.Arbitrary<Cell>;

test("behavior: a word holds eight cells exactly", () => {
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 8, maxLength: 8 }),
      (cells) => void expect(unpack(pack(cells))).toEqual(cells),
    ),
  );
});

test("behavior: tranche i stands at bit 32 i, code lowest, then round, noted, clock", () => {
  const cells = unopened(agreement()).cells.with(1, { code: 6, round: 2, noted: true, clock: 3 });
  expect(pack(cells)).toBe(BigInt(6 + 2 * 16 + 64 + 3 * 128) << 32n);
  expect(pack([{ code: 15, round: 0, noted: false, clock: 0 }])).toBe(15n);
});

test("behavior: the clock counts from 2026", () => {
  expect(new Date(EPOCH * 60_000).toISOString()).toBe("2026-01-01T00:00:00.000Z");
});

test("behavior: nothing is open before it is opened", () => {
  expect(isClosed(unopened(agreement()))).toBe(true);
  expect(pack(unopened(agreement()).cells)).toBe(0n);
});
