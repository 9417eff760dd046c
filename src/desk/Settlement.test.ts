import { expect, test } from "vitest";
import type { Line } from "./Log.ts";
import * as Settlement from "./Settlement.ts";

const DAY = 86_400;
const line = (kind: Line["kind"], ticket: string, day: number, outcome = "answered"): Line => ({
  number: 0,
  at: day * DAY,
  before: "",
  kind,
  what: { ticket, outcome },
  hash: "",
});

test("behavior: owed is what was answered alone, and neither reopened nor corrected within the days", () => {
  const lines = [
    line("decision", "solved", 1),
    line("decision", "reopened", 1),
    line("decision", "late", 1),
    line("decision", "corrected", 2),
    line("decision", "handed", 2, "handed"),
    line("decision", "young", 29),
    line("reopened", "reopened", 5),
    line("reopened", "late", 20),
    line("correction", "corrected", 3),
    line("decision", "outside", 31),
  ];
  const count = Settlement.count(lines, 7, 0, 30 * DAY, 31 * DAY);
  expect(count).toEqual({ answered: 5, reopened: 2, open: 1, solved: 2 });
  // 3 a ticket, at most 5: the last point is the cap.
  const points = [
    { value: 0n, pay: 0n },
    { value: 1n, pay: 3n },
    { value: 2n, pay: 5n },
  ];
  expect(Settlement.pay(BigInt(count.solved), points, false)).toBe(5n);
  expect(Settlement.pay(900n, points, true)).toBe(5n);
});
