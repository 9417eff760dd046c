import { expect, test } from "vitest";
import * as Keys from "./Keys.ts";

const press = (key: string, more: Partial<Keys.Press> = {}): Keys.Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
  target: { tagName: "BODY" },
  ...more,
});

test("a digit picks an intent that stands there, and no other", () => {
  expect(Keys.read(press("1"), 3)).toEqual({ do: "pick", at: 0 });
  expect(Keys.read(press("3"), 3)).toEqual({ do: "pick", at: 2 });
  expect(Keys.read(press("4"), 3)).toBeUndefined();
  expect(Keys.read(press("1"), 0)).toBeUndefined();
  expect(Keys.read(press("0"), 3)).toEqual({ do: "other" });
});

test("letters go on, back, to the queue and to the help; capitals too", () => {
  expect(["j", "K", "q", "d", "?"].map((key) => Keys.read(press(key), 3)?.do)).toEqual([
    ...["next", "previous", "queue", "draft", "help"],
  ]);
  expect(["Enter", "Tab", "Escape", " ", "ArrowDown", "x"].map((key) => Keys.read(press(key), 3))).toEqual([
    ...Array<undefined>(6),
  ]);
});

test("whoever types keeps every key: fields, lists, editable text, input methods", () => {
  const typed = (target: Keys.Target) => ["1", "0", "j", "?"].map((key) => Keys.read(press(key, { target }), 3));
  const nothing = Array<undefined>(4).fill(undefined);
  for (const tagName of ["INPUT", "TEXTAREA", "SELECT"]) expect(typed({ tagName })).toEqual(nothing);
  expect(typed({ tagName: "INPUT", type: "search" })).toEqual(nothing);
  expect(typed({ tagName: "DIV", isContentEditable: true })).toEqual(nothing);
  expect(Keys.read(press("1", { isComposing: true }), 3)).toBeUndefined();
  expect(Keys.read(press("1", { target: { tagName: "INPUT", type: "radio" } }), 3)).toEqual({ do: "pick", at: 0 });
});

test("keys of the browser and of the system stay theirs", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"] as const)
    expect(Keys.read(press("1", { [held]: true }), 3)).toBeUndefined();
  expect(Keys.read(press("1", { defaultPrevented: true }), 3)).toBeUndefined();
});
