import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemsOf } from "./InputError.ts";
import * as Money from "./Money.ts";

const refusal = (amount: unknown, scale = 6) =>
  problemsOf(() => Money.parse(amount, scale, "milestones[0].amount")).map(({ name, fix }) => [name, fix.en]);

test("behavior: parses to base units exactly", () => {
  expect([
    Money.parse("70000", 6),
    Money.parse("0.000001", 6),
    Money.parse("1.50", 6),
    Money.parse("0", 0),
    Money.parse("0.1", 30),
  ]).toEqual([70_000_000_000n, 1n, 1_500_000n, 0n, 10n ** 29n]);
});

test("behavior: shows an amount with its currency", () => {
  expect([
    Money.show(70_000_000_000n, { code: "CNY", scale: 6 }),
    Money.show(1_234_567_890n, { code: "CNY", scale: 6 }),
    Money.show(1_234_567n, { code: "JPY", scale: 0 }),
    Money.show(-5n, { code: "EUR", scale: 2 }),
  ]).toEqual(["CNY 70,000.00", "CNY 1,234.56789", "JPY 1,234,567", "EUR -0.05"]);
});

test("property: format and parse are inverse at any scale", () => {
  const units = fc.bigInt({ min: 0n, max: Money.MAX });
  fc.assert(
    fc.property(units, fc.nat(Money.MAX_SCALE), (amount, scale) => {
      expect(Money.parse(Money.format(amount, scale), scale)).toBe(amount);
    }),
  );
});

test("property: any other string is an error of ours, never another number", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,-+eE _０ x\u200b") }), (text) => {
      const found = problemsOf(() => Money.parse(text, 2));
      if (found.length === 0) expect(text).toMatch(/^(0|[1-9]\d*)(\.\d{1,2})?$/);
    }),
  );
});

describe("error:", () => {
  test.each([
    ["1e5", "Write all digits instead of an exponent"],
    ["１２３", "Use half-width digits"],
    ["-5", "Give an amount that is not negative"],
    ["+5", "Leave out the sign"],
    ["1,000", "Leave out separators between digits"],
    ["1 000", "Leave out separators between digits"],
    ["007", "Leave out leading zeros"],
    [1000, "Quote it: numbers without quotes lose digits"],
    [".5", "Write plain digits, with a point before decimals"],
    ["5.", "Write plain digits, with a point before decimals"],
    ["0x10", "Write plain digits, with a point before decimals"],
    ["", "Write plain digits, with a point before decimals"],
    ["NaN", "Write plain digits, with a point before decimals"],
    [null, "Write plain digits, with a point before decimals"],
  ])("%j is no number", (amount, fix) => {
    expect(refusal(amount)).toEqual([["NotANumber", fix]]);
  });

  test("more decimals than the currency", () => {
    expect(refusal("0.0000001")).toEqual([["TooManyDecimals", "Round the amount yourselves; we never do"]]);
    expect(refusal("1.0", 0).map(([name]) => name)).toEqual(["TooManyDecimals"]);
  });

  test("more than uint128, by one unit or by a million digits", () => {
    const most = Money.format(Money.MAX, 6);
    const next = Money.format(Money.MAX + 1n, 6);
    expect(refusal(most)).toEqual([]);
    expect([refusal(next)[0]?.[0], refusal("9".repeat(1_000_000))[0]?.[0]]).toEqual([
      "AmountOverflow",
      "AmountOverflow",
    ]);
  });

  test("zero where something must be paid", () => {
    expect(problemsOf(() => Money.parse("0.00", 2, "fee", { positive: true })).map(({ name }) => name)).toEqual([
      "AmountTooSmall",
    ]);
  });

  test("an unknown currency, a scale that is none", () => {
    expect(problemsOf(() => Money.currency("RMB", 2)).map(({ name, field }) => [name, field])).toEqual([
      ["UnknownCurrency", "currency.code"],
    ]);
    expect(
      [-1, 1.5, 31].flatMap((scale) => problemsOf(() => Money.currency("CNY", scale))).map(({ name }) => name),
    ).toEqual(["WrongForm", "WrongForm", "WrongForm"]);
    expect(["CNY", "USD", "EUR", "XXX"].every(Money.isCurrency)).toBe(true);
  });

  test("a metric's value is whole", () => {
    expect(Money.parseWhole("50000")).toBe(50_000n);
    expect(["1.0", "-1", 5, "1e3"].map((value) => problemsOf(() => Money.parseWhole(value))[0]?.name)).toEqual(
      Array(4).fill("NotANumber"),
    );
  });
});
