import { expect, test } from "vitest";
import * as Period from "./Period.ts";

const now = Date.parse("2026-03-31T10:00:00Z");

test("both days are within it, and nothing after now is", () => {
  expect(Period.seconds("2026-03-01", "2026-03-02", now)).toEqual({
    from: Date.parse("2026-03-01T00:00:00Z") / 1_000,
    to: Date.parse("2026-03-03T00:00:00Z") / 1_000,
  });
  expect(Period.seconds("2026-03-31", "2026-03-31", now)?.to).toBe(now / 1_000);
});

test("what ends before it begins, or begins after now, is none", () => {
  expect(Period.seconds("2026-03-02", "2026-03-01", now)?.to).toBeUndefined();
  expect(Period.seconds("2026-04-02", "2026-04-03", now)).toBeUndefined();
  expect(Period.seconds("", "2026-03-01", now)).toBeUndefined();
});

test("the thirty days before today, unless one chooses others", () => {
  expect(Period.usual(now)).toEqual({ from: "2026-03-01", to: "2026-03-31" });
});
