import { expect, test } from "vitest";
import * as Clock from "./Clock.ts";

test("calm until somebody was told, late from the very moment on", () => {
  const due = "2026-03-02T12:00:00Z";
  const pace = (time: string, isEscalated: boolean) =>
    Clock.pace(new Date(`2026-03-02T${time}Z`).getTime(), due, isEscalated);
  expect([pace("10:00:00", false), pace("11:30:00", true)]).toEqual(["calm", "soon"]);
  expect([pace("12:00:00", false), pace("13:00:00", true)]).toEqual(["late", "late"]);
});

test("two units at most, in both languages", () => {
  const minutes = (count: number) => count * 60_000;
  expect([0, 59, 60, 125, 1_440, 1_530, -30].map((count) => Clock.text(minutes(count), "en"))).toEqual([
    ...["0 min", "59 min", "1 h", "2 h 5 min", "1 d", "1 d 1 h", "30 min"],
  ]);
  expect(Clock.text(minutes(1_530), "zh")).toBe("1 天 1 小时");
});
