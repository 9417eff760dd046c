/** What a text is indexed by: English stems, parts of identifiers, Chinese words. */
import * as Normal from "./Normal.ts";
import * as Segment from "./Segment.ts";
import * as Stem from "./Stem.ts";

/** Words too frequent to tell texts apart. */
export const STOP: ReadonlySet<string> = new Set([
  ..."a an and are as at be but by for from had has have if in into is it its no not of on or our so such that the their then there these they this to was we were when which will with would you your".split(
    " ",
  ),
  ..."我们 你们 他们 一个 一些 这个 那个 可以 需要 希望 想要 以及 或者 并且 如果 因为 所以 但是 的 了 和 是 在 有 我 你 他 它 们 个 与 及 或 并 也 都 就 要 用 为 对 从 到 等 这 那".split(
    " ",
  ),
]);

/** A name with its signs (`C++`, `C#`, `.NET`, `Node.js`), a word or a number of any script, a run of Han. */
const PIECE =
  /(?<![\p{L}\p{N}])\.net\b|[\p{L}\p{N}]+\.js\b|[cf]#(?![\p{L}\p{N}])|c\+\+|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/giu;
const ASCII = /^[!-~]+$/;
const HAN = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;

/** Stems found before: words come again and again. Emptied when full. */
const known = new Map<string, string>();
const MOST_KNOWN = 50_000;

function stemOf(word: string): string {
  let stem = known.get(word);
  if (stem === undefined) {
    stem = Stem.stem(word);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(word, stem);
  }
  return stem;
}

export type Options = {
  readonly dictionary?: Segment.Dictionary;
  /** Of words in Latin letters; `true` unless told. */
  readonly stems?: boolean;
  /** Leaves out `STOP`; `true` unless told. */
  readonly stops?: boolean;
};

/**
 * The tokens of a text, in its order and as often as they stand in it. `getTableViewer` gives itself, `get`, `tabl`,
 * `viewer`; `用React开发小程序` gives `react`, `开发`, `小程序`.
 */
export function tokens(text: string, { dictionary, stems = true, stops = true }: Options = {}): readonly string[] {
  const found: string[] = [];
  const add = (word: string) => {
    if (stops && STOP.has(word)) return;
    found.push(stems ? stemOf(word) : word);
  };
  const latin = (piece: string) => {
    const parts = split(piece);
    if (parts.length > 1) found.push(piece.toLowerCase());
    for (const part of parts) add(part.toLowerCase());
  };
  for (const [piece] of Normal.clean(text).matchAll(PIECE)) {
    if (ASCII.test(piece)) {
      latin(piece);
      continue;
    }
    let end = 0;
    for (const match of piece.matchAll(HAN)) {
      if (match.index > end) latin(piece.slice(end, match.index));
      for (const word of Segment.segment(match[0], dictionary)) add(word);
      end = match.index + match[0].length;
    }
    if (end < piece.length) latin(piece.slice(end));
  }
  return found;
}

/** The parts of an identifier: `HTTPServer2` is `HTTP`, `Server`, `2`. */
function split(piece: string): readonly string[] {
  if (/^(\.net|.+\.js|[cf]#|c\+\+)$/i.test(piece)) return [piece];
  // Plural of an abbreviation: `NPEs`, `APIs`.
  if (/^[A-Z]{2,}s$/.test(piece)) return [piece.slice(0, -1)];
  if (!/[a-z][A-Z]|[A-Z]{2}[a-z]|[a-z][0-9]|[0-9][A-Za-z]{2}/.test(piece)) return [piece];
  return piece.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z'’]+|[0-9]+|[^A-Za-z0-9]+/g) ?? [piece];
}
