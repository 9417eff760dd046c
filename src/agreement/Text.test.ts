import { describe, expect, test } from "vitest";
import * as Text from "./Text.ts";

const names = (text: string, lines = false) => Text.check(text, "title.en", { lines }).map(({ name }) => name);

test("behavior: ordinary text of both languages passes", () => {
  expect(names("Design – “fast”, 100 % naïve")).toEqual([]);
  expect(names("清禾茶业：电商小程序（一期）、上线。𠮷")).toEqual([]);
  expect(names("one\ntwo", true)).toEqual([]);
});

describe("error: characters that cannot be seen", () => {
  test.each([
    ["zero width space", "a\u200Bb"],
    ["zero width joiner", "a\u200Db"],
    ["byte order mark", "\uFEFFab"],
    ["right-to-left override", "a\u202Eb"],
    ["isolate", "a\u2066b"],
    ["soft hyphen", "a\u00ADb"],
    ["no-break space", "a\u00A0b"],
    ["ideographic space", "甲\u3000乙"],
    ["tab", "a\tb"],
    ["line break in a line", "a\nb"],
    ["carriage return", "a\rb"],
    ["null", "a\u0000b"],
    ["line separator", "a\u2028b"],
    ["Hangul filler", "a\u3164b"],
    ["variation selector", "葛\u{E0100}"],
    ["tag letter", "a\u{E0061}b"],
    ["private use", "a\uE000b"],
    ["lone surrogate", "a\uD800b"],
    ["blank Braille", "a\u2800b"],
    ["space at the start", " a"],
    ["space at the end", "a "],
  ])("%s", (_, text) => {
    expect(names(text)).toContain("InvisibleCharacters");
  });

  test("says which code point where", () => {
    const [problem] = Text.check("付款\u200B日期", "title.zh");
    expect(problem).toMatchObject({ field: "title.zh", character: "U+200B", index: 2, found: '"付款\\u{200B}日期"' });
    expect(problem?.message).toBe(
      'title.zh: it holds U+200B, which cannot be seen, at position 3. Found "付款\\u{200B}日期"; expected text in which every character can be seen. Delete U+200B.',
    );
  });

  test("trailing space before a line break", () => {
    expect(names("a \nb", true)).toEqual(["InvisibleCharacters"]);
  });
});

test("error: a form other than NFC", () => {
  expect([names("cafe\u0301"), names("café"), names("\uF900")]).toEqual([["NotNormalised"], [], ["NotNormalised"]]);
});

test("behavior: tells how two texts differ", () => {
  expect([
    Text.difference("pay 100", "pay 100"),
    Text.difference("pay 100", "pay\u200B 100"),
    Text.difference("pay 100", "pay\u00A0100"),
    Text.difference("café", "cafe\u0301"),
    Text.difference("Apple", "Аpple"),
    Text.difference("pay 100", "pay １００"),
    Text.difference("pay 100", "pay 101"),
  ]).toEqual(["none", "invisible", "invisible", "invisible", "lookalike", "lookalike", "other"]);
});

test("error: text that is not what was signed says whether the difference can be seen", () => {
  expect(Text.compare("the same", "the same")).toEqual([]);
  const kinds = ["pay\u200B 100", "раy 100", "pay 900"].map((text) => {
    const [problem] = Text.compare(text, "pay 100");
    return [problem?.name, problem?.title.en];
  });
  expect(kinds).toEqual([
    ["TextMismatch", "the texts differ only by characters that cannot be seen"],
    ["TextMismatch", "the texts differ only by characters that look alike"],
    ["TextMismatch", "this is not the text that was signed"],
  ]);
});

test("behavior: notes words that mix scripts, and leaves whole Russian or Greek words alone", () => {
  expect(
    Text.lookalikes("Аpple и Москва", "title.en").map(({ name, found, expected }) => [name, found, expected.en]),
  ).toEqual([["LookalikeCharacters", '"Аpple"', 'perhaps "Apple"']]);
});
