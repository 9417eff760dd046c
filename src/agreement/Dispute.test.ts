import fc from "fast-check";
import { expect, test } from "vitest";
import * as Dispute from "./Dispute.ts";

test("behavior: choices 1 to 101 are 0 to 100 %, all others the fallback", () => {
  expect([0, 1, 2, 51, 101, 102, 2n ** 256n - 1n].map(Dispute.shareOf)).toEqual([
    undefined,
    0,
    100,
    5_000,
    10_000,
    undefined,
    undefined,
  ]);
});

test("behavior: every choice has its share and back", () => {
  const choices = Array.from({ length: Dispute.CHOICES }, (_, index) => index + 1);
  expect(choices.map((choice) => Dispute.choiceOf(Dispute.shareOf(choice) ?? -1))).toEqual(choices);
  expect([Dispute.choiceOf(50), Dispute.choiceOf(-100), Dispute.choiceOf(10_100)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("behavior: rules on the rest only after a part was accepted", () => {
  expect(Dispute.finalShare(6_000, 5_000)).toBe(8_000);
  expect(Dispute.finalShare(3_333, 3_300)).toBe(5_533);
});

test("behavior: a tranche under twice the deposit has no arbitration", () => {
  const arbitration = { arbitrator: "0xa7", deposit: 1_000n };
  expect([
    Dispute.hasArbitration(arbitration, 1_999n),
    Dispute.hasArbitration(arbitration, 2_000n),
    Dispute.hasArbitration({ arbitrator: `0x${"0".repeat(40)}`, deposit: 0n }, 2_000n),
  ]).toEqual([false, true, false]);
});

test("behavior: each takes its deposit back when nobody ruled at a cost", () => {
  expect(Dispute.splitDeposits(1_001n, "none", 2_500)).toEqual({
    provider: 1_001n,
    client: 1_001n,
    fronter: 0n,
    panel: 0n,
  });
});

test("behavior: one deposit pays for the ruling, the other is split like the tranche", () => {
  expect([Dispute.splitDeposits(1_001n, "fronted", 2_500), Dispute.splitDeposits(1_001n, "panel", 10_000)]).toEqual([
    { provider: 250n, client: 751n, fronter: 1_001n, panel: 0n },
    { provider: 1_001n, client: 0n, fronter: 0n, panel: 1_001n },
  ]);
});

test("property: legs sum to what was there", () => {
  const amounts = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
  fc.assert(
    fc.property(amounts, fc.nat(10_000), fc.constantFrom("none", "fronted", "panel"), (amount, share, cost) => {
      const { provider, client } = Dispute.divide(amount, share);
      expect(provider + client).toBe(amount);
      const legs = Object.values(Dispute.splitDeposits(amount, cost, share));
      expect(legs.reduce((sum, leg) => sum + leg)).toBe(2n * amount);
    }),
  );
});
