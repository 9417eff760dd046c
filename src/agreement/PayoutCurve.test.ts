import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Agreement, Point } from "./Agreement.ts";
import * as Example from "./Example.ts";
import { problemsOf } from "./InputError.ts";
import * as PayoutCurve from "./PayoutCurve.ts";
import * as Terms from "./Terms.ts";

const classic: PayoutCurve.Deal = {
  fee: "100000",
  currency: { code: "CNY", scale: 0 },
  floor: "70 %",
  target: "50000",
  bonus: { share: "15 %", from: "120 %" },
};

describe("the classic case of rule 13", () => {
  const plan = PayoutCurve.fromDeal(classic);

  test("behavior: a deal as people state it", () => {
    expect(plan).toEqual({
      currency: { code: "CNY", scale: 0 },
      milestones: 70_000n,
      outcome: 45_000n,
      escrow: 115_000n,
      lines: false,
      points: [
        { value: 0n, pay: 0n },
        { value: 50_000n, pay: 30_000n },
        { value: 60_000n, pay: 45_000n },
      ],
    });
  });

  test.each([
    [45_000n, 70_000n, 45_000n, 69_300n],
    [49_999n, 70_000n, 45_000n, 69_300n],
    [50_000n, 100_000n, 15_000n, 99_000n],
    [59_999n, 100_000n, 15_000n, 99_000n],
    [60_000n, 115_000n, 0n, 113_850n],
    [900_000n, 115_000n, 0n, 113_850n],
  ])("behavior: %d users pay the provider %d, %d go back, %d net at 1 %%", (value, provider, client, net) => {
    expect(PayoutCurve.simulate(plan, value, { feeBps: 100 })).toEqual({ provider, client, net, fee: provider - net });
  });

  test("behavior: with 45,000 of the 70,000 paid, 60,000 users bring 28,928, together 73,928", () => {
    expect(PayoutCurve.simulate(plan, 60_000n, { paid: 45_000n })).toEqual({
      provider: 73_928n,
      client: 41_072n,
      fee: 0n,
      net: 73_928n,
    });
    const outcome = { source: "0x", metric: 1, lines: false, defaultValue: 0n, points: plan.points } as const;
    expect(PayoutCurve.pay(outcome, 60_000n, { paid: 45_000n, total: 70_000n })).toBe(28_928n);
  });

  test("behavior: the example's agreement is this case, in millionths", () => {
    const agreement = Terms.toAgreement(Example.terms());
    const units = 1_000_000n;
    const inMillionths = PayoutCurve.fromDeal({ ...classic, currency: { code: "CNY", scale: 6 } });
    expect(agreement.outcome.points).toEqual(inMillionths.points);
    expect([45_000n, 50_000n, 60_000n].map((value) => PayoutCurve.simulate(agreement, value))).toEqual([
      { provider: 70_000n * units, client: 45_000n * units, fee: 700n * units, net: 69_300n * units },
      { provider: 100_000n * units, client: 15_000n * units, fee: 1_000n * units, net: 99_000n * units },
      { provider: 115_000n * units, client: 0n, fee: 1_150n * units, net: 113_850n * units },
    ]);
    // The first two milestones are 45,000: 45,000 x 45,000 / 70,000 = 28,928.571428.
    expect(PayoutCurve.simulate(agreement, 60_000n, { shares: [10_000, 10_000, 0] })).toEqual({
      provider: 73_928_571_428n,
      client: 41_071_428_572n,
      fee: 739_285_714n,
      net: 73_189_285_714n,
    });
  });
});

describe("fromDeal", () => {
  test("behavior: lines rise from a share of the target", () => {
    expect(PayoutCurve.fromDeal({ ...classic, shape: "lines", risesFrom: "80 %" })).toMatchObject({
      lines: true,
      points: [
        { value: 0n, pay: 0n },
        { value: 40_000n, pay: 0n },
        { value: 50_000n, pay: 30_000n },
        { value: 60_000n, pay: 45_000n },
      ],
    });
  });

  test("behavior: several bonuses, and values rounded up", () => {
    const bonus = [
      { share: "5 %", from: "110 %" },
      { share: "10 %", from: "125 %" },
    ];
    expect(PayoutCurve.fromDeal({ ...classic, fee: "1001", target: "33", bonus })).toMatchObject({
      milestones: 700n,
      outcome: 401n,
      points: [
        { value: 0n, pay: 0n },
        { value: 33n, pay: 301n },
        { value: 37n, pay: 351n },
        { value: 42n, pay: 401n },
      ],
    });
  });

  test("error: all problems at once", () => {
    const deal = {
      ...classic,
      fee: "1e5",
      currency: { code: "RMB", scale: 2 },
      floor: "170 %",
      target: "many",
      bonus: { share: "x", from: "y" },
    };
    expect(problemsOf(() => PayoutCurve.fromDeal(deal)).map(({ name, field }) => [name, field])).toEqual([
      ["UnknownCurrency", "currency.code"],
      ["NotANumber", "fee"],
      ["ShareOutOfRange", "floor"],
      ["NotANumber", "target"],
      ["ShareOutOfRange", "bonus.share"],
      ["ShareOutOfRange", "bonus.from"],
    ]);
  });

  test("error: bonuses below the target or out of order, a floor of nothing, no result to pay for", () => {
    const names = (change: Partial<PayoutCurve.Deal>) =>
      problemsOf(() => PayoutCurve.fromDeal({ ...classic, ...change })).map(({ name, field }) => [name, field]);
    expect(names({ bonus: { share: "15 %", from: "90 %" } })).toEqual([["PointsUnsorted", "bonus.from"]]);
    expect(
      names({
        bonus: [
          { share: "15 %", from: "130 %" },
          { share: "5 %", from: "120 %" },
        ],
      }),
    ).toEqual([["PointsUnsorted", "bonus[1].from"]]);
    expect(names({ floor: "0 %" })).toEqual([["AmountTooSmall", "floor"]]);
    expect(
      problemsOf(() => PayoutCurve.fromDeal({ ...without(classic), floor: "100 %" })).map(({ name }) => name),
    ).toEqual(["AmountTooSmall"]);
    expect(names({ target: "0" })[0]).toEqual(["PointsUnsorted", "target"]);
    expect(names({ fee: "340282366920938463463374607431768211455" })).toEqual([["AmountOverflow", "fee"]]);
    expect(
      names({ bonus: Array.from({ length: 9 }, (_, index) => ({ share: "1 %", from: `${110 + index} %` })) }),
    ).toEqual([["TooMany", "bonus"]]);
  });
});

describe("at", () => {
  const points: Point[] = [
    { value: 0n, pay: 10n },
    { value: 10n, pay: 20n },
    { value: 13n, pay: 10n },
  ];

  test("behavior: steps hold until the next point", () => {
    expect([0n, 9n, 10n, 12n, 13n, 99n].map((value) => PayoutCurve.at(points, false, value))).toEqual([
      10n,
      10n,
      20n,
      20n,
      10n,
      10n,
    ]);
  });

  test("behavior: lines are floored, rising and falling, and flat after the last", () => {
    expect([0n, 5n, 10n, 11n, 12n, 13n, 99n].map((value) => PayoutCurve.at(points, true, value))).toEqual([
      10n,
      15n,
      20n,
      16n,
      13n,
      10n,
      10n,
    ]);
  });

  test("behavior: no points pay nothing", () => {
    expect(PayoutCurve.at([], true, 5n)).toBe(0n);
  });

  const uint128 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
  const curves = fc
    .uniqueArray(fc.record({ value: uint128, pay: uint128 }), {
      minLength: 1,
      maxLength: 8,
      selector: ({ value }) => value,
    })
    .map((list) =>
      list
        .sort((a, b) => (a.value < b.value ? -1 : 1))
        .map((point, index) => (index === 0 ? { ...point, value: 0n } : point)),
    );

  test("property: never outside the points' pays, and exact at each point", () => {
    fc.assert(
      fc.property(curves, fc.boolean(), uint128, (curve, lines, value) => {
        const pays = curve.map(({ pay }) => pay);
        const found = PayoutCurve.at(curve, lines, value);
        expect(pays.some((pay) => pay >= found) && pays.some((pay) => pay <= found)).toBe(true);
        for (const point of curve) expect(PayoutCurve.at(curve, lines, point.value)).toBe(point.pay);
      }),
    );
  });
});

describe("progress", () => {
  test("behavior: shareAccepted is paid / total, floored, and is not scaled again", () => {
    const reached = PayoutCurve.progress([100n, 200n], [10_000, 3_333]);
    expect(reached).toEqual({ paid: 1_666_600n, total: 3_000_000n });
    expect(PayoutCurve.shareAccepted(reached)).toBe(5_555n);
    const points = [
      { value: 0n, pay: 0n },
      { value: 5_000n, pay: 90n },
    ];
    const outcome = { source: "0x", metric: 3, lines: false, defaultValue: 0n, points } as const;
    expect([
      PayoutCurve.pay(outcome, 5_555n, reached),
      PayoutCurve.pay({ ...outcome, metric: 1 }, 5_555n, reached),
      PayoutCurve.scaledMax(outcome, 90n, reached),
      PayoutCurve.scaledMax({ ...outcome, metric: 2 }, 90n, reached),
    ]).toEqual([90n, 49n, 90n, 49n]);
  });

  test("behavior: under shareAccepted the value follows from what was accepted", () => {
    const agreement = Terms.toAgreement(Example.terms());
    const points = [
      { value: 0n, pay: 0n },
      { value: 6_000n, pay: 1_000_000n },
    ];
    const built: Agreement = { ...agreement, outcome: { ...agreement.outcome, metric: 3, points } };
    const outcomePays = (shares: number[]) =>
      PayoutCurve.simulate(built, 0n, { shares }).provider -
      PayoutCurve.simulate({ ...built, outcome: { ...built.outcome, points: [] } }, 0n, { shares }).provider;
    // 45,000 / 70,000 = 64.28 %, 20,000 / 70,000 = 28.57 %.
    expect([outcomePays([10_000, 10_000, 0]), outcomePays([10_000, 0, 0])]).toEqual([1_000_000n, 0n]);
  });
});

test("property: what a simulation gives sums to the escrow, and the fee stays within its share", () => {
  const agreement = Terms.toAgreement(Example.terms());
  const escrow = agreement.work.tranches.reduce((sum, { amount }) => sum + amount, 0n);
  const shares = fc.array(fc.nat(10_000), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(shares, fc.bigInt({ min: 0n, max: 100_000n }), (paid, value) => {
      const { provider, client, fee, net } = PayoutCurve.simulate(agreement, value, { shares: paid });
      expect([provider + client, provider - fee]).toEqual([escrow, net]);
      expect(client >= 0n && fee * 100n <= provider).toBe(true);
    }),
  );
});

function without({ bonus: _, ...deal }: PayoutCurve.Deal): PayoutCurve.Deal {
  return deal;
}
