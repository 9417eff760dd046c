import { describe, expect, test } from "vitest";
import * as Calendar from "./Calendar.ts";

describe("Calendar", () => {
  test("behavior: weeks begin on Monday and say how much of them is free", () => {
    const free = [
      { from: "2027-01-06", to: "2027-01-17", people: 2 },
      { from: "2027-01-20", to: "2027-01-20", people: 3 },
    ];
    expect(Calendar.weeksOf(free, "2027-01-07", 4)).toEqual([
      { monday: "2027-01-04", free: 5, people: 2 },
      { monday: "2027-01-11", free: 7, people: 2 },
      { monday: "2027-01-18", free: 1, people: 3 },
      { monday: "2027-01-25", free: 0, people: 0 },
    ]);
  });

  test("what is no day, and what ends before it begins, is not free", () => {
    const wrong = [
      { from: "", to: "2027-01-09", people: 1 },
      { from: "2027-01-09", to: "2027-01-05", people: 1 },
    ];
    expect(Calendar.weeksOf(wrong, "2027-01-07", 1)).toEqual([{ monday: "2027-01-04", free: 0, people: 0 }]);
  });

  test("stretches that share a day are found", () => {
    const free = [
      { from: "2027-01-01", to: "2027-01-31", people: 1 },
      { from: "2027-02-01", to: "2027-02-10", people: 1 },
      { from: "2027-01-31", to: "2027-02-01", people: 1 },
    ];
    expect(Calendar.overlaps(free)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });
});
