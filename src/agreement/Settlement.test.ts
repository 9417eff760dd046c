import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsOf } from "./InputError.ts";
import * as Settlement from "./Settlement.ts";

const currency = { code: "CNY", scale: 2 };
const agreement = `0x${"ab".repeat(32)}` as const;
const input = { agreement, toProvider: "600", toClient: "400.50", depositsToProvider: "10" };
const held: Settlement.Held = { tranches: 100_050n, deposits: 2_000n, fronted: 0n };

test("behavior: reads a split in base units", () => {
  expect(Settlement.parse(input, currency)).toEqual({
    agreement,
    toProvider: 60_000n,
    toClient: 40_050n,
    depositsToProvider: 1_000n,
  });
});

test("behavior: the fee is on what goes to the provider from tranches, not on deposits", () => {
  const split = Settlement.parse(input, currency);
  expect(Settlement.check(split, held, currency)).toEqual([]);
  expect(Settlement.legs(split, { ...held, fronted: 1_000n }, 100)).toEqual({
    provider: 60_400n,
    client: 40_050n,
    fee: 600n,
    fronters: 1_000n,
  });
});

test("error: a split that is not all that is held, deposits that are not there", () => {
  const split = { agreement, toProvider: 60_000n, toClient: 40_000n, depositsToProvider: 1_001n };
  const problems = Settlement.check(split, { ...held, fronted: 1_000n }, currency);
  expect(problems.map(({ name, field, found, expected }) => [name, field, found, expected.en])).toEqual([
    ["SharesDoNotFit", "toClient", '"CNY 1,000.00"', "together CNY 1,000.50, all that is held"],
    ["AmountTooLarge", "depositsToProvider", '"CNY 10.01"', "at most CNY 10.00, the deposits that nobody fronted"],
  ]);
});

test("error: no amounts, unknown fields", () => {
  const problems = problemsOf(() => Settlement.parse({ ...input, toClient: "-1", all: true }, currency));
  expect(problems.map(({ name, field }) => [name, field])).toEqual([
    ["NotANumber", "toClient"],
    ["UnknownField", "all"],
  ]);
});

test("property: legs of a split that passes sum to all that is held", () => {
  const amounts = fc.bigInt({ min: 0n, max: 2n ** 100n });
  fc.assert(
    fc.property(
      amounts,
      amounts,
      amounts,
      amounts,
      fc.nat(300),
      (toProvider, toClient, depositsToProvider, fronted, bps) => {
        const all = { tranches: toProvider + toClient, deposits: depositsToProvider + fronted, fronted };
        const split = { agreement, toProvider, toClient, depositsToProvider };
        expect(Settlement.check(split, all, currency)).toEqual([]);
        const legs = Object.values(Settlement.legs(split, all, bps));
        expect(legs.reduce((sum, leg) => sum + leg)).toBe(all.tranches + all.deposits);
      },
    ),
  );
});

const lines: Settlement.Line[] = [
  { title: { en: "Design", zh: "设计" }, escrowed: 2_000_000n, toProvider: 2_000_000n, fee: 20_000n, toClient: 0n },
  {
    title: { en: "Daily users", zh: "日活跃用户" },
    escrowed: 4_500_000n,
    toProvider: 3_000_000n,
    fee: 30_000n,
    toClient: 1_500_000n,
  },
];

test("behavior: shows a statement in both languages, the total last", () => {
  expect(Settlement.show(lines, currency)).toEqual([
    "Design: escrowed CNY 20,000.00, provider CNY 20,000.00 (fee CNY 200.00 inside), client CNY 0.00",
    "Daily users: escrowed CNY 45,000.00, provider CNY 30,000.00 (fee CNY 300.00 inside), client CNY 15,000.00",
    "Total: escrowed CNY 65,000.00, provider CNY 50,000.00 (fee CNY 500.00 inside), client CNY 15,000.00",
  ]);
  expect(Settlement.show(lines, currency, "zh").at(-1)).toBe(
    "合计：托管 CNY 65,000.00，乙方 CNY 50,000.00（含平台费 CNY 500.00），甲方 CNY 15,000.00",
  );
});

test("error: a line whose legs are not what was escrowed", () => {
  const wrong = lines.map((line) => ({ ...line, toClient: line.toClient + 1n }));
  expect(problemsOf(() => Settlement.total(wrong)).map(({ name, field }) => [name, field])).toEqual([
    ["SharesDoNotFit", "lines[0].escrowed"],
    ["SharesDoNotFit", "lines[1].escrowed"],
  ]);
});
