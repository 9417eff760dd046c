import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsOf } from "./InputError.ts";
import * as Time from "./Time.ts";

const names = (parse: () => unknown) => problemsOf(parse).map(({ name }) => name);

test("behavior: reads UTC minutes", () => {
  expect([
    Time.parse("2026-01-01T00:00Z"),
    Time.parse("2027-03-01T09:30:00Z"),
    Time.parse("2028-02-29T23:59Z"),
  ]).toEqual([Time.EARLIEST, 30_064_890, 30_591_359]);
});

test("property: format and parse are inverse", () => {
  fc.assert(
    fc.property(fc.integer({ min: Time.EARLIEST, max: Time.LATEST - 1 }), (minute) => {
      expect(Time.parse(Time.format(minute))).toBe(minute);
    }),
  );
});

test("error: what names no UTC minute", () => {
  const times = [
    "2027-03-01",
    "2027-03-01T09:00",
    "2027-03-01T09:00+08:00",
    "2027-03-01T09:00:30Z",
    "2027-02-30T00:00Z",
    "2027-03-01T24:00Z",
    "2027-13-01T00:00Z",
    " 2027-03-01T09:00Z",
    1_800_000_000,
  ];
  expect(times.map((time) => names(() => Time.parse(time)))).toEqual(times.map(() => ["NotATime"]));
});

test("error: before the ledger's clock begins, and near its end", () => {
  expect(names(() => Time.parse("2025-12-31T23:59Z"))).toEqual(["TimeOutOfRange"]);
  expect(names(() => Time.parse("2080-01-01T00:00Z"))).toEqual(["TimeOutOfRange"]);
});

test("behavior: reads lengths in words of both languages, ISO 8601 and parts", () => {
  const lengths = [
    "15 days",
    "1 day",
    "15 天",
    "2周",
    "36 hours",
    "36小时",
    "P15D",
    "P1W",
    "PT36H",
    "P1DT12H30M",
    { days: 15 },
    { days: 1, hours: 2 },
  ];
  expect(lengths.map((length) => Time.duration(length))).toEqual([
    21_600, 1_440, 21_600, 20_160, 2_160, 2_160, 21_600, 10_080, 2_160, 2_190, 21_600, 1_560,
  ]);
});

test("error: lengths that are none", () => {
  const lengths = [
    "15",
    "1.5 days",
    "-1 days",
    "P",
    "PT",
    "P1M",
    "P1Y",
    "1 month",
    "",
    { months: 1 },
    { days: -1 },
    {},
    15,
    null,
  ];
  expect(lengths.map((length) => names(() => Time.duration(length)))).toEqual(lengths.map(() => ["NotADuration"]));
});

test("error: a window beyond 20 bits of minutes", () => {
  expect([names(() => Time.duration("728 days")), names(() => Time.duration("729 days"))]).toEqual([
    [],
    ["TimeOutOfRange"],
  ]);
});

test("behavior: shows lengths in both languages", () => {
  expect(
    [0, 1, 1_440, 21_600, 2_190].map((minutes) => [Time.formatDuration(minutes), Time.formatDuration(minutes, "zh")]),
  ).toEqual([
    ["0 minutes", "0 分钟"],
    ["1 minute", "1 分钟"],
    ["1 day", "1 天"],
    ["15 days", "15 天"],
    ["1 day 12 hours 30 minutes", "1 天 12 小时 30 分钟"],
  ]);
});
