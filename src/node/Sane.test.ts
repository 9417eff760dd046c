import { expect, test } from "vitest";
import * as Sane from "./Sane.ts";

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

test.each([
  ["U+0000", { document: { title: ["a", "b\0"] } }, ["document", "title", 1]],
  ["half a character", { text: "a\ud800" }, ["text"]],
  ["half a character in a name", { document: { "\udc00": 1 } }, ["document"]],
  ["a number without end", { document: { a: JSON.parse("1e999") } }, ["document", "a"]],
  ["too many levels", { document: nested(64) }, ["document", "a", "a"]],
])("error: %s is told with its place", (_, input, path) => {
  expect(Sane.fault(input)?.path).toEqual(path);
});

test("behavior: what JSON and the store both hold is fine, in any language", () => {
  const input = { text: "清禾 💥 \u202e e\u0301", list: [null, true, -0.5, 1e308], deep: nested(60), "": "" };
  expect(Sane.fault(input)).toBeUndefined();
});
