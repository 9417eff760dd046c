import { expect, test } from "vitest";
import { characters, hash, words } from "./Gram.ts";

test("behavior: n-grams of words and of characters", () => {
  expect(words(["cannot", "log", "in"])).toEqual(["cannot", "log", "in", "cannot log", "log in"]);
  expect(words(["one"], 2, 3)).toEqual([]);
  expect(characters("a𠮷", 2, 3)).toEqual([" a", "a𠮷", "𠮷 ", " a𠮷", "a𠮷 "]);
});

test("behavior: the hash is the same everywhere, and spreads", () => {
  expect([hash(""), hash("a"), hash("小程序"), hash("a", 1)]).toMatchInlineSnapshot(`
    [
      2872998923,
      2448022055,
      2252472051,
      2846982552,
    ]
  `);
  const low = new Set(Array.from({ length: 10_000 }, (_, n) => hash(`term ${n}`) & 0xffff));
  // 10,000 into 65,536 places at random fill 9,274 of them.
  expect(Math.abs(low.size - 9_274)).toBeLessThan(100);
});
