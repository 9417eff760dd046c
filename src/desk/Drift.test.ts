import { expect, test } from "vitest";
import * as Drift from "./Drift.ts";
import type { Line } from "./Log.ts";

const DAY = 86_400;
/** A Monday, 00:00 UTC. */
const MONDAY = 1_767_571_200;
const line = (kind: Line["kind"], ticket: string, at: number, what: object = {}): Line => ({
  number: 0,
  at,
  before: "",
  kind,
  what: { ticket, ...what },
  hash: "",
});
const week = (from: number, answered: number, wrong: number, outside = 0) => [
  ...Array.from({ length: answered }, (_, at) => line("decision", `${from}-${at}`, from + at, { outcome: "answered" })),
  ...Array.from({ length: outside }, (_, at) =>
    line("decision", `${from}-o${at}`, from + at, { outcome: "handed", reason: "outside" }),
  ),
  // Told a week later: it counts in the week of the answer.
  ...Array.from({ length: wrong }, (_, at) => line("correction", `${from}-${at}`, from + 8 * DAY)),
];

test("behavior: realised by week; an alarm only where chance hardly explains it", () => {
  const lines = [...week(MONDAY, 100, 2), ...week(MONDAY + 7 * DAY, 100, 8), ...week(MONDAY + 14 * DAY, 10, 1, 30)];
  expect(Drift.weekly(lines, 0.98, 0.1).map(({ from, ...rest }) => ({ day: (from - MONDAY) / DAY, ...rest }))).toEqual([
    { day: 0, tickets: 100, answered: 100, wrong: 2, realised: 0.98, outside: 0, alarms: [] },
    { day: 7, tickets: 100, answered: 100, wrong: 8, realised: 0.92, outside: 0, alarms: ["precision"] },
    { day: 14, tickets: 40, answered: 10, wrong: 1, realised: 0.9, outside: 0.75, alarms: ["outside"] },
  ]);
});

test("behavior: nothing answered is nothing realised", () => {
  expect(Drift.weekly([line("decision", "a", MONDAY, { outcome: "handed", reason: "danger" })], 0.98, 0)).toMatchObject(
    [{ answered: 0, realised: undefined, alarms: [] }],
  );
});
