import { expect, test } from "vitest";
import * as Clock from "./Clock.ts";

const at = (time: string) => new Date(time).getTime();
const [due, escalateAt] = ["2026-03-02T12:00:00Z", "2026-03-02T11:00:00Z"];

test("calm, then soon, then late, each from its very moment on", () => {
  const paces = ["10:59:59", "11:00:00", "11:59:59", "12:00:00"].map((time) =>
    Clock.pace(at(`2026-03-02T${time}Z`), due, escalateAt),
  );
  expect(paces).toEqual(["calm", "soon", "soon", "late"]);
});

test("two units at most, in both languages", () => {
  const minutes = (count: number) => count * 60_000;
  expect([0, 59, 60, 125, 1_440, 1_530, -30].map((count) => Clock.text(minutes(count), "en"))).toEqual([
    ...["0 min", "59 min", "1 h", "2 h 5 min", "1 d", "1 d 1 h", "30 min"],
  ]);
  expect(Clock.text(minutes(1_530), "zh")).toBe("1 天 1 小时");
});
