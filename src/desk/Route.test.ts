import { expect, test } from "vitest";
import * as Route from "./Route.ts";

/** A Thursday, 10:00 UTC. */
const NOW = 1_767_261_600;
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

test("behavior: danger before intent; the first row that fits; due and escalation in seconds", () => {
  const of = { intent: "refund_status", danger: "harm", language: "en" } as const;
  expect(Route.route(Route.DEFAULT, of, NOW)).toEqual({
    team: "safety",
    severity: "critical",
    due: NOW + 900,
    escalateAt: NOW + 675,
  });
  expect(Route.route(Route.DEFAULT, { ...of, danger: undefined }, NOW)).toMatchObject({
    team: "payments",
    severity: "high",
  });
  expect(Route.route(Route.DEFAULT, { intent: undefined, danger: undefined, language: "zh" }, NOW).team).toBe(
    "support",
  );
});

test("behavior: outside its hours, or full, a team hands over; nobody left: the first one", () => {
  const table: Route.Table = {
    rows: [{ languages: ["zh"], team: "beijing", severity: "normal", within: 60 }],
    teams: [
      { name: "beijing", capacity: 2, hours: [1, 10], days: MONDAY_TO_FRIDAY, relief: "berlin" },
      { name: "berlin", capacity: 1, hours: [8, 17], relief: "beijing" },
    ],
  };
  const team = (now: number, load = {}) =>
    Route.route(table, { intent: "x", danger: undefined, language: "zh" }, now, load).team;
  expect(team(NOW - 3_600)).toBe("beijing");
  expect(team(NOW - 3_600, { beijing: 2 })).toBe("berlin");
  expect(team(NOW)).toBe("berlin");
  expect(team(NOW, { berlin: 1 })).toBe("beijing");
});

test("behavior: what nobody answered is told before it is late, the most urgent first", () => {
  const ticket = (due: number, answeredAt?: number) => ({
    routed: { team: "x", severity: "normal" as const, due, escalateAt: due - 10 },
    ...(answeredAt === undefined ? {} : { answeredAt }),
  });
  const [late, soon, done, far] = [ticket(100), ticket(95), ticket(90, 50), ticket(200)];
  expect(Route.overdue([late, soon, done, far], 92)).toEqual([soon, late]);
});
