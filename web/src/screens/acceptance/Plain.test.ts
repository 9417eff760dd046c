import { expect, test } from "vitest";
import * as Plain from "./Plain.ts";

test("of: behavior: orders to a terminal are gone, what is unseen is named, all else stays", () => {
  expect(Plain.of("\u001b[31mred\u001b[0m \u001b]0;title\u0007ok\r\nnext\tcell")).toBe("red ok\nnext\tcell");
  expect(Plain.of("pass\u202essap")).toBe("pass⟨U+202E⟩ssap");
  expect(Plain.of("a\u0000b\u200bc\rd")).toBe("a⟨U+0000⟩b⟨U+200B⟩c⟨U+000D⟩d");
  expect(Plain.of("<script>明前龙井🍵</script>")).toBe("<script>明前龙井🍵</script>");
});

test("tail: behavior: the end of a long text, from a line on", () => {
  expect(Plain.tail("short", 10)).toEqual({ text: "short", left: 0 });
  expect(Plain.tail("first\nsecond\nthird", 10)).toEqual({ text: "third", left: 13 });
  expect(Plain.tail("x".repeat(12), 10)).toEqual({ text: "x".repeat(10), left: 2 });
});
