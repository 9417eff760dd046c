import { expect, test } from "vitest";
import * as Weeks from "./Weeks.ts";

const week = (from: string, answered: number, wrong: number): Weeks.Week => ({
  from,
  tickets: answered + 10,
  answered,
  wrong,
  realised: answered === 0 ? undefined : 1 - wrong / answered,
  outside: 0,
  alarms: [],
});
const weeks = [week("a", 100, 2), week("b", 50, 10), week("c", 0, 0), week("d", 50, 0)];

test("a line never crosses a week in which nothing was answered", () => {
  expect(Weeks.runs(weeks).map((run) => run.map(({ from }) => from))).toEqual([["a", "b"], ["d"]]);
  expect(Weeks.runs([])).toEqual([]);
});

test("the picture reaches down to the worst week", () => {
  expect(Weeks.floor(weeks, 0.98)).toBeCloseTo(0.75);
  expect(Weeks.floor([], 0.98)).toBeCloseTo(0.95);
});

test("over all weeks each answer counts as much as any other", () => {
  expect(Weeks.whole(weeks)).toEqual({ answered: 200, wrong: 12, realised: 0.94 });
  expect(Weeks.whole([]).realised).toBeUndefined();
});
