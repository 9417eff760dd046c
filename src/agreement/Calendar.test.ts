import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pause } from "./Agreement.ts";
import * as Calendar from "./Calendar.ts";

const pauses: Pause[] = [
  { from: 100, until: 200 },
  { from: 200, until: 250 },
  { from: 400, until: 500 },
];

test("behavior: without pauses a window is its length", () => {
  expect(Calendar.add([], 10, 50)).toBe(60);
});

test("behavior: stands still in each pause that it meets", () => {
  expect([
    Calendar.add(pauses, 90, 5),
    Calendar.add(pauses, 90, 11),
    Calendar.add(pauses, 90, 200),
    Calendar.add(pauses, 300, 101),
    Calendar.add(pauses, 600, 5),
  ]).toEqual([95, 251, 540, 501, 605]);
});

test("behavior: a window that ends where a pause begins is not moved", () => {
  expect(Calendar.add(pauses, 90, 10)).toBe(100);
});

test("behavior: a window that would start within a pause starts at its end", () => {
  expect([Calendar.add(pauses, 100, 10), Calendar.add(pauses, 150, 10), Calendar.add(pauses, 499, 10)]).toEqual([
    260, 260, 510,
  ]);
});

const calendars = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 })), { maxLength: 4 })
  .map((steps) => {
    let at = 0;
    return steps.map(([gap, length]): Pause => {
      const from = at + gap;
      at = from + length;
      return { from, until: at };
    });
  });

test("property: counting minutes one by one gives the same end", () => {
  fc.assert(
    fc.property(calendars, fc.nat(1500), fc.integer({ min: 1, max: 500 }), (calendar, start, minutes) => {
      const isPaused = (minute: number) => calendar.some(({ from, until }) => from <= minute && minute < until);
      let end = start;
      for (let left = minutes; left > 0; end++) if (!isPaused(end)) left--;
      expect(Calendar.add(calendar, start, minutes)).toBe(end);
      expect(Calendar.between(calendar, start, end)).toBe(minutes);
    }),
  );
});
