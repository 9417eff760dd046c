import fc from "fast-check";
import { expect, test } from "vitest";
import * as Fee from "./Fee.ts";

test("behavior: floors", () => {
  expect([Fee.of(99n, 100), Fee.of(100n, 100), Fee.of(199n, 100), Fee.of(1_000_000n, 300), Fee.of(5n, 0)]).toEqual([
    0n,
    1n,
    1n,
    30_000n,
    0n,
  ]);
});

test("property: fee and net are the amount, and the fee is never over the cap", () => {
  const amounts = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: Fee.MAX_BPS }), (amount, bps) => {
      const fee = Fee.of(amount, bps);
      expect(fee + Fee.net(amount, bps)).toBe(amount);
      expect(fee * 10_000n <= amount * 300n).toBe(true);
    }),
  );
});
