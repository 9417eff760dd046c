import { expect, test } from "vitest";
import * as Example from "./Example.ts";
import * as Sheet from "./Sheet.ts";

const leaves = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];

/** Values that are shown in words, or not at all since they only name or seal. */
const WORDED =
  /^(commenda\/1|zh|en|true|token|chain|steps|reported|panel|court|client|provider|both|third party|payment|termination|extension|outcome|inspection|test suite|measurement|document|(before|after) payment|0x)$/;

test.each(["en", "zh"] as const)("behavior: every value of the document is shown (%s)", (language) => {
  const terms = Example.terms();
  const text = Sheet.text(terms, language);
  const other = language === "en" ? "zh" : "en";
  const one = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(one);
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== other && key !== "name" && key !== "salt")
        .map(([key, item]) => [key, one(item)]),
    );
  };
  const shown = (leaf: string) => (language === "zh" ? leaf.replace(/^(\d+) days?$/, "$1 天") : leaf);
  const missing = leaves(one(terms)).filter((leaf) => !WORDED.test(leaf) && !text.includes(shown(leaf)));
  expect(missing).toEqual([]);
  expect(text).not.toMatch(/undefined|\[object|NaN/);
});

test("behavior: rows are headed in the reader's language", () => {
  const terms = Example.terms();
  const fallback = (language: "en" | "zh") =>
    Sheet.of(terms, language)
      .flatMap(({ rows }) => rows)
      .find(({ value }) => value === "50 %");
  expect([fallback("en"), fallback("zh")]).toEqual([
    { label: "When nobody rules, the provider gets", value: "50 %" },
    { label: "无人裁决时乙方所得", value: "50 %" },
  ]);
  const headings = (language: "en" | "zh") => Sheet.of(terms, language).map(({ heading }) => heading);
  expect(headings("zh").every((heading) => /^\p{Script=Han}+$/u.test(heading))).toBe(true);
  expect(headings("en")).toEqual([
    "Parties",
    "Money",
    "Milestones",
    "Criteria",
    "Owed by the client",
    "Outcome",
    "Options",
    "Ownership",
    "Law",
    "Review windows stand still",
    "Arbitration",
    "Text",
  ]);
});

test("behavior: clauses that are not there are not shown", () => {
  const { outcome: _, ...rest } = Example.terms({ arbitration: { fallback: "40 %" } });
  const headings = Sheet.of(rest, "en").map(({ heading }) => heading);
  expect(headings).not.toContain("Outcome");
  expect(Sheet.of(rest, "en").find(({ heading }) => heading === "Arbitration")?.rows).toEqual([
    { label: "When nobody rules, the provider gets", value: "40 %" },
  ]);
});

test("behavior: a section with nothing in it has no heading", () => {
  const terms = Example.terms({ calendar: [], options: [], inputs: [] });
  const headings = Sheet.of(terms, "en").map(({ heading }) => heading);
  for (const heading of ["Review windows stand still", "Options", "Owed by the client"])
    expect(headings).not.toContain(heading);
});

test("behavior: lengths are in the reader's language", () => {
  const example = Example.terms();
  const [first, ...others] = example.milestones;
  if (!first) throw new Error("no milestone");
  const terms = { ...example, milestones: [{ ...first, review: "P1DT12H", cure: "1 day" }, ...others] };
  expect(Sheet.text(terms, "zh")).toContain("验收期 1 天 12 小时，补正期 1 天");
  expect(Sheet.text(terms, "zh")).not.toMatch(/\d (day|hour|week|minute)/);
  expect(Sheet.text(terms, "en")).toContain("review P1DT12H, cure 1 day");
});
