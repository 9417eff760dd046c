import fc from "fast-check";
import { expect, test } from "vitest";
import { clean, normalise } from "./Normal.ts";

test("behavior: full-width, ligatures, line breaks and what cannot be seen", () => {
  expect(normalise("ＳＱＬ　数据库\r\n迁移")).toBe("sql 数据库 迁移");
  expect(normalise("o\u200Bﬃce \u202Ereversed\u202C \u2800")).toBe("office reversed");
  expect(clean("  React\tNative ")).toBe("React Native");
  expect(normalise("")).toBe("");
});

test("property: normalising twice changes nothing, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void expect(normalise(normalise(text))).toBe(normalise(text))),
  );
});

test("behavior: a megabyte takes no longer than its length", () => {
  expect(normalise("Ａ ".repeat(350_000))).toHaveLength(699_999);
});
