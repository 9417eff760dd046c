import { describe, expect, test } from "vitest";
import { type InputError, Time } from "../agreement/index.ts";
import * as When from "./When.ts";

const china = { dayZero: Time.parse("2027-02-28T16:00Z"), zone: 480 };

describe("a time of a deal file", () => {
  test.each([
    ["2027-03-01", "2027-02-28T16:00Z"],
    ["2027-03-01 09:30", "2027-03-01T01:30Z"],
    ["2027-03-01T09:30", "2027-03-01T01:30Z"],
    ["2027-03-01T09:30Z", "2027-03-01T09:30Z"],
    ["2027-03-01T09:30:00Z", "2027-03-01T09:30Z"],
    ["2027-03-01T09:30-05:00", "2027-03-01T14:30Z"],
    ["day 0", "2027-02-28T16:00Z"],
    ["day 10", "2027-03-10T16:00Z"],
    ["day 10 23:59", "2027-03-11T15:59Z"],
    ["第 10 天", "2027-03-10T16:00Z"],
    ["第10天 08:00", "2027-03-11T00:00Z"],
  ])("behavior: %s is %s", (text, utc) => {
    expect(Time.format(When.parse(text, "on", china))).toBe(utc);
  });

  test.each([
    "",
    "day",
    "day -1",
    "day 01",
    "day 3 24:00",
    "2027-02-30",
    "2027-13-01",
    "01.03.2027",
    "2027-03-01 9:30",
    "2027-03-01Z",
    "tomorrow",
    40,
    null,
  ])("error: %s is none", (text) => {
    expect(() => When.parse(text, "on", china)).toThrow(
      'expected a date like 2027-03-01 or "2027-03-01 09:30", or "day 10"',
    );
  });

  test("error: what the ledger's clock cannot hold", () => {
    expect(() => When.parse("2025-01-01", "on", china)).toThrow("the ledger cannot hold this time");
    expect(() => When.parse("day 99999", "on", china)).toThrow("the ledger cannot hold this time");
  });

  test("error: says in Chinese what is expected", () => {
    try {
      When.parse("x", "on", china);
    } catch (error) {
      expect((error as InputError.InputError).in("zh")).toContain("或“第 10 天”");
    }
  });
});

test.each([
  ["+08:00", 480],
  ["-03:30", -210],
  ["Z", 0],
  ["UTC", 0],
])("behavior: the zone %s is %s minutes", (text, minutes) => {
  expect(When.zone(text)).toBe(minutes);
});

test.each(["08:00", "+8", "+15:00", "+08:10", "Asia/Shanghai"])("error: %s is no zone", (text) => {
  expect(() => When.zone(text)).toThrow("an offset from UTC like +08:00");
});

test("behavior: is shown in its zone", () => {
  expect(When.format(Time.parse("2027-03-01T09:30Z"), 480)).toBe("2027-03-01 17:30 +08:00");
  expect(When.format(Time.parse("2027-03-01T00:30Z"), -210)).toBe("2027-02-28 21:00 -03:30");
  expect(When.format(Time.parse("2027-03-01T00:30Z"), 0)).toBe("2027-03-01 00:30 UTC");
});
