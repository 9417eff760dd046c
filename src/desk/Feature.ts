/**
 * What a text is to the linear model: words, pairs of words, and runs of 2 to 5 characters within a word, each known by
 * a 32-bit hash, weighted by TF-IDF. Words and characters are two blocks, each of length 1.
 */
import { Normal } from "../text/index.ts";

export type Vocabulary = {
  /** Hashes of the words and pairs, ascending, then those of the runs of characters, ascending. */
  readonly hashes: Uint32Array<ArrayBuffer>;
  /** How many of them are words and pairs. */
  readonly words: number;
  /** Inverse document frequency. */
  readonly idf: Float32Array<ArrayBuffer>;
  /** Open addressing: place in `hashes` + 1, or 0. */
  readonly table: Uint32Array<ArrayBuffer>;
};

/** Texts as rows of a sparse matrix. */
export type Rows = {
  readonly count: number;
  readonly features: number;
  /** Where a row begins; one longer than `count`. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly columns: Uint32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
};

/** A text's features: the first `length` of both arrays, which the next call overwrites. */
export type Vector = {
  length: number;
  columns: Uint32Array<ArrayBuffer>;
  values: Float32Array<ArrayBuffer>;
  /** Share of the text's different n-grams that the vocabulary holds. */
  known: number;
};

const LONGEST_RUN = 5;
/** What is longer is cut: nobody's intent is found only after the first 8,000 characters. */
const LONGEST_TEXT = 8_000;

const isHan = (unit: number) => (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf);
const isPlain = (unit: number) => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Signs that say something by themselves: ? ! $ % & and those of currencies. */
const SIGNS = new Set([..."?!$%&€£¥"].map((sign) => sign.charCodeAt(0)));

const FNV = 0x01000193;
const WORD_SEED = 0x811c9dc5;
const RUN_SEED = 0x9747b28c;
const step = (value: number, unit: number) => Math.imul(Math.imul(value ^ (unit & 0xff), FNV) ^ (unit >>> 8), FNV);
function finish(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Room that grows and is used again: a text leaves nothing behind. */
let hashes = new Uint32Array(1 << 14);
let used = 0;
function push(hash: number) {
  if (used === hashes.length) {
    const wider = new Uint32Array(2 * used);
    wider.set(hashes);
    hashes = wider;
  }
  hashes[used++] = hash;
}

const SPACE = 32;

/** Puts the hashes of all n-grams of a text into `hashes`. @returns how many of them, the first ones, are words and pairs. */
function scan(text: string): number {
  const clean = Normal.normalise(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
  used = 0;
  const length = clean.length;
  /** First and last of each piece. */
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 0; at < length; ) {
    const unit = clean.charCodeAt(at);
    let end = at;
    if (isPlain(unit)) {
      end++;
      while (end < length && isPlain(clean.charCodeAt(end))) end++;
    } else if (isHan(unit) || SIGNS.has(unit)) end++;
    else if (unit > 127) {
      // Other scripts, with their marks and what lies beyond the first plane.
      const letter = (place: number) => {
        const point = clean.codePointAt(place) ?? 0;
        return point > 127 && !isHan(point) && LETTER.test(String.fromCodePoint(point)) ? (point > 0xffff ? 2 : 1) : 0;
      };
      for (let width = letter(end); width > 0 && end < length; width = letter(end)) end += width;
      if (end > at) while (end < length && isPlain(clean.charCodeAt(end))) end++;
    }
    if (end === at) at++;
    else {
      from.push(at);
      to.push(end);
      at = end;
    }
  }
  let before = 0;
  for (let piece = 0; piece < from.length; piece++) {
    let value = WORD_SEED;
    for (let at = from[piece] as number; at < (to[piece] as number); at++) value = step(value, clean.charCodeAt(at));
    push(finish(value));
    if (piece > 0) push(finish(Math.imul(before ^ 0x5bd1e995, FNV) ^ value));
    before = value;
  }
  const words = used;
  for (let piece = 0; piece < from.length; piece++) {
    let [first, last] = [from[piece] as number, to[piece] as number];
    let pad = 1;
    if (isHan(clean.charCodeAt(first))) {
      // A run of Han has no words that one could see: it is taken as a whole.
      while (piece + 1 < from.length && from[piece + 1] === last && isHan(clean.charCodeAt(last))) {
        piece++;
        last = to[piece] as number;
      }
      pad = 0;
    }
    first -= pad;
    last += pad;
    for (let at = first; at < last - 1; at++) {
      let value = RUN_SEED;
      const end = Math.min(last, at + LONGEST_RUN);
      for (let place = at; place < end; place++) {
        const edge = pad === 1 && (place === first || place === last - 1);
        value = step(value, edge ? SPACE : clean.charCodeAt(place));
        if (place > at) push(finish(value));
      }
    }
  }
  return words;
}

/**
 * The vocabulary of some texts.
 * @param least In how many texts an n-gram must stand; by default 2 where there are more than 6,000 texts, else 1.
 */
export function learn(texts: readonly string[], least = texts.length > 6_000 ? 2 : 1): Vocabulary {
  const counts = [new Map<number, number>(), new Map<number, number>()] as const;
  for (const text of texts) {
    const words = scan(text);
    for (const [block, seen] of [new Set(hashes.subarray(0, words)), new Set(hashes.subarray(words, used))].entries()) {
      const count = counts[block] as Map<number, number>;
      for (const hash of seen) count.set(hash, (count.get(hash) ?? 0) + 1);
    }
  }
  const kept = counts.map((count) =>
    Uint32Array.from([...count].filter(([, times]) => times >= least).map(([hash]) => hash)).sort(),
  );
  const [words, runs] = kept as [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>];
  const all = new Uint32Array(words.length + runs.length);
  all.set(words);
  all.set(runs, words.length);
  const idf = Float32Array.from(all, (hash, at) => {
    const times = counts[at < words.length ? 0 : 1].get(hash) ?? 0;
    return Math.log((1 + texts.length) / (1 + times)) + 1;
  });
  return index(all, words.length, idf);
}

/** A vocabulary from what is stored of it. */
export function index(hashes: Uint32Array<ArrayBuffer>, words: number, idf: Float32Array<ArrayBuffer>): Vocabulary {
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * hashes.length + 2)));
  const mask = table.length - 1;
  for (let at = 0; at < hashes.length; at++) {
    let place = (hashes[at] as number) & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = at + 1;
  }
  return { hashes, words, idf, table };
}

/** Room for `vector`, one for each caller that works through many texts. */
export const room = (): Vector => ({
  length: 0,
  columns: new Uint32Array(1_024),
  values: new Float32Array(1_024),
  known: 0,
});

/** How often each feature stands in the text at hand; all zero between two texts. */
let times = new Uint16Array(1 << 16);

/** The features of a text, put into `into`. */
export function vector(vocabulary: Vocabulary, text: string, into: Vector = room()): Vector {
  const { table, idf, words: blocks } = vocabulary;
  const mask = table.length - 1;
  const words = scan(text);
  if (times.length < idf.length) times = new Uint16Array(2 * idf.length);
  if (into.columns.length < used) {
    into.columns = new Uint32Array(2 * used);
    into.values = new Float32Array(2 * used);
  }
  const { columns, values } = into;
  let length = 0;
  let unknown = 0;
  for (let at = 0; at < used; at++) {
    const hash = hashes[at] as number;
    const isWord = at < words;
    let place = hash & mask;
    let found = table[place] as number;
    while (found !== 0 && (vocabulary.hashes[found - 1] !== hash || found <= blocks !== isWord)) {
      place = (place + 1) & mask;
      found = table[place] as number;
    }
    if (found === 0) {
      unknown++;
      continue;
    }
    const column = found - 1;
    if (times[column] === 0) columns[length++] = column;
    times[column] = (times[column] as number) + 1;
  }
  let [wordSquares, runSquares] = [0, 0];
  for (let at = 0; at < length; at++) {
    const column = columns[at] as number;
    const count = times[column] as number;
    times[column] = 0;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * (idf[column] as number);
    values[at] = value;
    if (column < blocks) wordSquares += value * value;
    else runSquares += value * value;
  }
  const [word, run] = [1 / Math.sqrt(wordSquares || 1), 1 / Math.sqrt(runSquares || 1)];
  for (let at = 0; at < length; at++) {
    values[at] = (values[at] as number) * ((columns[at] as number) < blocks ? word : run);
  }
  into.length = length;
  into.known = used === 0 ? 0 : 1 - unknown / used;
  return into;
}

/** All texts at once. */
export function rows(vocabulary: Vocabulary, texts: readonly string[]): Rows {
  const starts = new Uint32Array(texts.length + 1);
  let columns = new Uint32Array(texts.length * 128 + 1_024);
  let values = new Float32Array(columns.length);
  const one = room();
  let end = 0;
  for (const [at, text] of texts.entries()) {
    vector(vocabulary, text, one);
    if (end + one.length > columns.length) {
      const wider = new Uint32Array(2 * (end + one.length));
      wider.set(columns);
      columns = wider;
      const more = new Float32Array(wider.length);
      more.set(values);
      values = more;
    }
    columns.set(one.columns.subarray(0, one.length), end);
    values.set(one.values.subarray(0, one.length), end);
    end += one.length;
    starts[at + 1] = end;
  }
  return {
    count: texts.length,
    features: vocabulary.hashes.length,
    starts,
    columns: columns.slice(0, end),
    values: values.slice(0, end),
  };
}

/** Some of the rows, in the order given. */
export function pick(from: Rows, places: ArrayLike<number>): Rows {
  const starts = new Uint32Array(places.length + 1);
  for (let at = 0; at < places.length; at++) {
    const row = places[at] as number;
    starts[at + 1] = (starts[at] as number) + (from.starts[row + 1] as number) - (from.starts[row] as number);
  }
  const columns = new Uint32Array(starts[places.length] as number);
  const values = new Float32Array(columns.length);
  for (let at = 0; at < places.length; at++) {
    const row = places[at] as number;
    const [first, last] = [from.starts[row] as number, from.starts[row + 1] as number];
    columns.set(from.columns.subarray(first, last), starts[at] as number);
    values.set(from.values.subarray(first, last), starts[at] as number);
  }
  return { count: places.length, features: from.features, starts, columns, values };
}
