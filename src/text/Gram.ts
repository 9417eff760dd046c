/** n-grams: of words, of characters, and their numbers in a table of fixed size. */

/** Runs of `from` to `to` neighbouring words, joined by a space. */
export function words(tokens: readonly string[], from = 1, to = 2): readonly string[] {
  const grams: string[] = [];
  for (let size = from; size <= to; size++) {
    for (let at = 0; at + size <= tokens.length; at++) grams.push(tokens.slice(at, at + size).join(" "));
  }
  return grams;
}

/** Runs of `from` to `to` characters of a text that is padded with a space at both ends; by code points. */
export function characters(text: string, from = 2, to = 4): readonly string[] {
  const points = [...` ${text} `];
  const grams: string[] = [];
  for (let size = from; size <= to; size++) {
    for (let at = 0; at + size <= points.length; at++) grams.push(points.slice(at, at + size).join(""));
  }
  return grams;
}

/** FNV-1a over UTF-16 code units, mixed once more (MurmurHash3's finaliser), as an unsigned 32-bit number. */
export function hash(gram: string, seed = 0): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < gram.length; i++) {
    const unit = gram.charCodeAt(i);
    value = Math.imul(value ^ (unit & 0xff), 0x01000193);
    value = Math.imul(value ^ (unit >>> 8), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
