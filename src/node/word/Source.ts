/** The document as lines to search: each with its place, its language, and a form with full-width characters made narrow. */
import type { Block, Document } from "./Docx.ts";
import { simplify } from "./Script.ts";

export type Language = "en" | "zh";

/** Where a value was read: characters `start` to `end` of the text of block number `block`. */
export type Place = { block: number; start: number; end: number; text: string };

/** `text` is narrow, character by character of the block's text from `start`. */
export type Line = {
  text: string;
  block: number;
  start: number;
  language: Language;
  /** Position in the list of lines. */
  index: number;
  /** In a table: its row and grid column. */
  cell?: { row: number; column: number; span: number };
  level?: number;
  numbered?: boolean;
  centred?: boolean;
};

export type Source = {
  blocks: readonly Block[];
  lines: readonly Line[];
  /** Languages with a text of their own. */
  languages: readonly Language[];
  /** Whole text of a language. */
  texts: Partial<Record<Language, string>>;
};

const HAN = /\p{Script=Han}/gu;
const LATIN = /[A-Za-z]{2,}/g;

export function of(document: Document): Source {
  const lines: Line[] = [];
  let last: Language = "zh";
  const add = (text: string, block: number, start: number, rest: Partial<Line>) => {
    let at = start;
    for (const part of text.split("\n")) {
      if (part.trim() !== "") {
        last = languageOf(part) ?? last;
        for (const { text: piece, from } of pieces(narrow(part))) {
          lines.push({ text: piece, block, start: at + from, language: last, index: lines.length, ...rest });
        }
      }
      at += part.length + 1;
    }
  };
  for (const [number, block] of document.blocks.entries()) {
    if (block.kind === "paragraph") {
      const { kind, text, ...looks } = block;
      add(text, number, 0, looks);
    } else {
      for (const [row, cells] of block.rows.entries()) {
        for (const cell of cells)
          add(cell.text, number, cell.start, { cell: { row, column: cell.column, span: cell.span } });
      }
    }
  }
  const languages = languagesOf(lines);
  return { blocks: document.blocks, lines, languages, texts: textsOf(document, languages) };
}

/** Longer ones are cut where a sentence ends, so that no pattern has to look far: a page has about this many characters. */
const LINE = 1500;

function pieces(text: string): readonly { text: string; from: number }[] {
  const found: { text: string; from: number }[] = [];
  let from = 0;
  while (text.length - from > LINE) {
    const part = text.slice(from, from + LINE);
    const end = Math.max(part.lastIndexOf("。"), part.lastIndexOf(";"), part.lastIndexOf(". ")) + 1 || LINE;
    found.push({ text: text.slice(from, from + end), from });
    from += end;
  }
  found.push({ text: text.slice(from), from });
  return found;
}

/** The place of characters of a line, without spaces at its ends. */
export function placeIn(source: Source, line: Line, from: number, to: number): Place {
  return place(source, line.block, line.start + from, line.start + to);
}

export function place(source: Source, block: number, from: number, to: number): Place {
  const whole = source.blocks[block]?.text ?? "";
  let [start, end] = [from, Math.min(to, whole.length)];
  while (start < end && /\s/.test(whole[start] ?? "")) start++;
  while (end > start && /\s/.test(whole[end - 1] ?? "")) end--;
  return { block, start, end, text: whole.slice(start, end) };
}

/** Full-width letters, digits and punctuation as narrow ones and Chinese in simplified characters, one for one, so that places hold. */
export function narrow(text: string): string {
  return simplify(text).replace(/[！-～￥￡￠\u3000‐‑‒–—―−“”„‟‘’]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return NARROW[character] ?? character;
  });
}

const NARROW: Record<string, string> = {
  "￥": "¥",
  "￡": "£",
  "￠": "¢",
  "\u3000": " ",
  ...Object.fromEntries([..."‐‑‒–—―−"].map((dash) => [dash, "-"])),
  ...Object.fromEntries([..."“”„‟"].map((quote) => [quote, '"'])),
  "‘": "'",
  "’": "'",
};

/** As `matchAll`, which makes a long pattern anew for each of many lines. */
export function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === "") pattern.lastIndex += 1;
  }
  return found;
}

/** One line of a document: composed, with plain single spaces and none at the ends. */
export function tidy(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Undefined where a line has words of neither. */
export function languageOf(text: string): Language | undefined {
  const han = text.match(HAN)?.length ?? 0;
  const latin = text.match(LATIN)?.length ?? 0;
  if (han === 0 && latin === 0) return undefined;
  // A Chinese word has two characters; names and terms in Latin letters are common in Chinese clauses.
  return han >= latin ? "zh" : "en";
}

/** A second language counts when it holds at least a fifth of the text: names alone make no translation. */
function languagesOf(lines: readonly Line[]): readonly Language[] {
  const size = { en: 0, zh: 0 };
  // An English line says the same in about three times as many characters.
  for (const { text, language } of lines) size[language] += language === "zh" ? text.length * 3 : text.length;
  const whole = size.en + size.zh;
  return (["zh", "en"] as const).filter((language) => whole > 0 && size[language] >= whole / 5);
}

function textsOf(document: Document, languages: readonly Language[]): Partial<Record<Language, string>> {
  const texts: Partial<Record<Language, string[]>> = {};
  let last = languages[0] ?? "zh";
  for (const block of document.blocks) {
    const rows = block.kind === "paragraph" ? [[block.text]] : block.rows.map((row) => row.map(({ text }) => text));
    for (const row of rows) {
      const parts: Partial<Record<Language, string[]>> = {};
      for (const line of row.flatMap((text) => text.split("\n"))) {
        const tidied = tidy(line);
        if (tidied === "") continue;
        const own = languageOf(tidied);
        if (own) last = own;
        const language = languages.length === 1 || !languages.includes(last) ? (languages[0] ?? "zh") : last;
        // What is of no language, as an amount in a table, belongs to both.
        for (const each of own ? [language] : languages) {
          parts[each] ??= [];
          parts[each].push(tidied);
        }
      }
      for (const language of languages) {
        const line = parts[language];
        if (!line) continue;
        texts[language] ??= [];
        texts[language].push(line.join(block.kind === "table" ? " | " : "\n"));
      }
    }
  }
  return Object.fromEntries(Object.entries(texts).map(([language, all]) => [language, all.join("\n")]));
}
