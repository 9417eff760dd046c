import { describe, expect, test } from "vitest";
import * as Hours from "./Hours.ts";

describe("Hours", () => {
  test("behavior: nine to six in Beijing and in New York, and through the night", () => {
    expect(Hours.hoursOf("09:00", "18:00", 480)).toEqual({ from: 60, to: 600 });
    expect(Hours.hoursOf("09:00", "17:00", -300)).toEqual({ from: 840, to: 1_320 });
    expect(Hours.hoursOf("05:00", "13:00", 480)).toEqual({ from: 1_260, to: 1_740 });
    expect(Hours.hoursOf("22:00", "06:00", 0)).toEqual({ from: 1_320, to: 1_800 });
    expect(Hours.hoursOf("00:00", "00:00", 0)).toEqual({ from: 0, to: 1_440 });
  });

  test("they are told on the same clock again", () => {
    expect([60, 600].map((minute) => Hours.clockOf(minute, 480))).toEqual(["09:00", "18:00"]);
    expect([840, 1_320].map((minute) => Hours.clockOf(minute, -300))).toEqual(["09:00", "17:00"]);
    expect(Hours.clockOf(1_740, 480)).toBe("13:00");
  });

  test("error: what is no time of the day", () => {
    expect(Hours.hoursOf("", "18:00", 0)).toBeUndefined();
    expect(Hours.hoursOf("25:00", "18:00", 0)).toBeUndefined();
  });
});
