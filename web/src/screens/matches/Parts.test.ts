import { describe, expect, test } from "vitest";
import * as Parts from "./Parts.ts";

const one = { words: 900_000, area: -300_000, setting: 0 };
const other = { words: 300_000, area: 300_000, setting: 0 };

describe("Parts", () => {
  test("behavior: all bars begin at one zero and have one scale", () => {
    const scale = Parts.scaleOf([one, other]);
    expect(scale).toEqual({ low: -300_000, high: 900_000 });
    expect(Parts.barsOf(one, scale)).toEqual([
      { part: "words", value: 900_000, from: 25, length: 75 },
      { part: "area", value: -300_000, from: 0, length: 25 },
      { part: "setting", value: 0, from: 25, length: 0 },
    ]);
  });

  test("scores of nothing are no division by zero", () => {
    const scale = Parts.scaleOf([{ words: 0 }]);
    expect(Parts.barsOf({ words: 0 }, scale)).toEqual([{ part: "words", value: 0, from: 0, length: 0 }]);
    expect(Parts.scaleOf([])).toEqual({ low: 0, high: 0 });
  });

  test("parts come by what they tell apart; what is nothing for all is left out", () => {
    expect(Parts.telling([one, { ...other, area: -200_000 }])).toEqual(["words", "area"]);
    expect(Parts.telling([{ price: 1, skills: 4 }])).toEqual(["skills", "price"]);
  });

  test("behavior: why one came after the other: what cost most, first", () => {
    expect(Parts.behind(other, one)).toEqual([
      { part: "words", by: -600_000 },
      { part: "area", by: 600_000 },
    ]);
    expect(Parts.behind(one, one)).toEqual([]);
  });

  test("the best of a part is marked, unless all are alike", () => {
    expect([...Parts.best([one, other], "words")]).toEqual([0]);
    expect([...Parts.best([one, other], "setting")]).toEqual([]);
  });

  test("points have three decimals and their sign", () => {
    expect([1_234_567, -250_000, 0].map((value) => Parts.points(value))).toEqual(["+1.235", "−0.250", "+0.000"]);
    expect(Parts.points(500_000, { signed: false })).toBe("0.500");
  });
});
