/** Rows of a table that say one thing each, a key and its value, as lines of "key: value" with the places of the table. */
import { columnOf } from "./Headings.ts";
import { type Line, languageOf, narrow, type Source } from "./Source.ts";

/** More rows than any list of particulars has. */
const ROWS = 400;
const KEY = 40;

export function keyed(source: Source): readonly Line[] {
  const found: Line[] = [];
  for (const [number, block] of source.blocks.entries()) {
    if (block.kind !== "table") continue;
    const rows = block.rows.slice(0, ROWS).map((row) => row.filter(({ text }) => text.trim() !== ""));
    const pairs = rows.filter((row) => (row.length === 2 || row.length === 4) && isKey(row[0]?.text ?? ""));
    if (pairs.length < 2 || pairs.length * 2 < rows.length || heads(rows[0]?.map(({ text }) => text) ?? [])) continue;
    for (const row of pairs) {
      for (let at = 0; at + 1 < row.length; at += 2) {
        const [key, value] = [row[at], row[at + 1]];
        if (!key || !value || !isKey(key.text)) continue;
        const first = /^[^\n]*/.exec(value.text)?.[0] ?? "";
        const between = value.start - key.start - key.text.length;
        const colon = /[:：]\s*$/.test(key.text) ? " " : ":";
        const text = narrow(`${key.text}${colon}${" ".repeat(Math.max(0, between - 1))}${first}`);
        const language = languageOf(text) ?? languageOf(key.text) ?? "zh";
        found.push({ text, block: number, start: key.start, language, index: found.length });
      }
    }
  }
  return found;
}

const isKey = (text: string): boolean => text.length <= KEY && !/[\n。;；]|\d{4}/.test(text);

/** A list of parts has two columns as well: its first row says what they are. */
const heads = (texts: readonly string[]): boolean =>
  texts.length > 1 && texts.every((text) => columnOf(text)) && !KEYS.test(texts.join("|"));

/** What a list of particulars is headed by. */
const KEYS =
  /^\s*(?:项目|事项|条目|要素|item|particulars?|term)\s*\|\s*(?:内容|约定|约定内容|说明|details?|description)\s*$/i;
