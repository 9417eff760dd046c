/**
 * Text of foreign programs, as text only: what a terminal would act on is taken out, and characters that turn or hide
 * the text around them are named. Pure.
 */

/** Sequences that a terminal takes as orders (ECMA-48): colours, cursor, titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ORDERS = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Unseen: controls, directions, separators of lines, and what has no width. A new line and a tab stay. */
const UNSEEN = /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const name = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

export function of(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(ORDERS, "").replace(UNSEEN, name);
}

/** The end of a long text, from the beginning of a line on. @returns also how many characters were left out. */
export function tail(text: string, most: number): { text: string; left: number } {
  if (text.length <= most) return { text, left: 0 };
  const from = text.length - most;
  const line = text.indexOf("\n", from);
  const begin = line < 0 ? from : line + 1;
  return { text: text.slice(begin), left: begin };
}
