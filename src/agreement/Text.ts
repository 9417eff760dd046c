/** Text that both sides read alike: NFC, and nothing in it that cannot be seen. */
import { type Difference, InvisibleCharacters, LookalikeCharacters, NotNormalised, TextMismatch } from "./Errors.ts";
import { both, type InputError, show } from "./InputError.ts";

/** Controls, format and private-use characters, lone surrogates, fillers, and every space but U+0020. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;
const SPACE = /\p{Zs}/u;

/** Cyrillic and Greek letters, and punctuation, that look like Latin ones. */
const LOOKALIKES = new Map(
  [
    ["аᎪАΑ", "aAAA"],
    ["вВΒсСеЕΕ", "bBBcCeEE"],
    ["һНΗіІΙїјЈкКΚ", "hHHiIIijJkKK"],
    ["мМΜпоОΟοрРΡρ", "mMMnoOOopPPp"],
    ["ѕЅтТΤυуΥУνхХΧ", "sStTTuyYYvxXX"],
    ["ΖΝԁԛԝԚԜ", "ZNdqwQW"],
    ["‐‑‒–—−‘’“”、。，：；（）", "------''\"\",.,:;()"],
  ].flatMap(([from = "", to = ""]) => [...from].map((letter, index) => [letter, [...to][index] ?? letter] as const)),
);

/** `U+200B` */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * All that is wrong with a text: characters that cannot be seen, spaces at an end, a form other than NFC.
 * `lines` allows U+000A.
 */
export function check(text: string, field: string, { lines = false } = {}): readonly InputError[] {
  const problems: InputError[] = [];
  const characters = [...text];
  const seen = new Set<string>();
  for (const [index, character] of characters.entries()) {
    const hidden = INVISIBLE.test(character) && !(lines && character === "\n");
    const atEnd =
      character === " " && (index === 0 || index === characters.length - 1 || characters[index + 1] === "\n");
    if ((!hidden && !atEnd) || seen.has(character)) continue;
    seen.add(character);
    const found = { field, found: text, character: codePoint(character), index };
    const wide = !atEnd && SPACE.test(character);
    problems.push(
      new InvisibleCharacters(
        wide ? { ...found, fix: both("Use an ordinary space (U+0020)", "请改用普通空格（U+0020）") } : found,
      ),
    );
  }
  if (text.normalize("NFC") !== text) problems.push(new NotNormalised({ field, found: text }));
  return problems;
}

/** What a text reads as, with look-alike letters made Latin, full-width forms narrow, and the invisible removed. */
export function skeleton(text: string): string {
  return [...text.normalize("NFKD")]
    .filter((character) => !INVISIBLE.test(character))
    .map((character) => LOOKALIKES.get(character) ?? character)
    .join("")
    .normalize("NFC");
}

/** How two texts differ: not at all, only in what cannot be seen, only in letters that look alike, or otherwise. */
export function difference(a: string, b: string): "none" | Difference {
  if (a === b) return "none";
  const seen = (text: string) =>
    [...text.normalize("NFC")].filter((character) => character !== " " && !INVISIBLE.test(character)).join("");
  if (seen(a) === seen(b)) return "invisible";
  const reads = (text: string) => skeleton(text).replaceAll(" ", "");
  return reads(a) === reads(b) ? "lookalike" : "other";
}

/** Compares with what was signed: no problem, or a `TextMismatch` that says whether the difference can be seen. */
export function compare(found: string, signed: string, field = "text"): readonly InputError[] {
  const how = difference(found, signed);
  if (how === "none") return [];
  const at = firstDifference(found, signed);
  const part = (text: string) => text.slice(Math.max(0, at - 10), at + 10);
  return [new TextMismatch({ field, found: part(found), expected: show(part(signed)), difference: how })];
}

/** Words that mix Latin letters with Cyrillic or Greek ones that look like them: to be noted, not refused. */
export function lookalikes(text: string, field: string): readonly InputError[] {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word))
    .map((word) => new LookalikeCharacters({ field, found: word, word, reads: skeleton(word) }));
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}
