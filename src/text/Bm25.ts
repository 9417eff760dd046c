/**
 * BM25 over documents that only ever come to it, all in typed arrays. A term's postings are slices of one pool that
 * double in size, each ending in the place of the next one (as Lucene's index in memory keeps them), so that adding
 * costs no more in a large index than in a small one.
 */
import * as Log from "./Log.ts";

export type Index = {
  readonly k1: number;
  readonly b: number;
  readonly terms: Map<string, number>;
  /** By term: in how many documents, where its postings begin, where the last stands, what is left of the slice. */
  frequency: Uint32Array<ArrayBuffer>;
  first: Uint32Array<ArrayBuffer>;
  last: Uint32Array<ArrayBuffer>;
  left: Uint16Array<ArrayBuffer>;
  /** Documents, and at the end of a slice the place of the next one. */
  pool: Uint32Array<ArrayBuffer>;
  /** How often the document holds the term, at most 255. */
  count: Uint8Array<ArrayBuffer>;
  used: number;
  /** By document: how many terms. */
  length: Uint32Array<ArrayBuffer>;
  documents: number;
  total: number;
  /** By document, while a query runs; all zero between two queries. */
  score: Float64Array<ArrayBuffer>;
  touched: Uint32Array<ArrayBuffer>;
};

export type Hit = { readonly document: number; readonly score: number };

/** Postings of the first slice of a term, and the most of any slice. */
const SMALLEST = 2;
const LARGEST = 4_096;

/** `k1` and `b` as Robertson and Zaragoza recommend them, unless told. */
export function create({ k1 = 1.2, b = 0.75 } = {}): Index {
  return {
    k1,
    b,
    terms: new Map(),
    frequency: new Uint32Array(1_024),
    first: new Uint32Array(1_024),
    last: new Uint32Array(1_024),
    left: new Uint16Array(1_024),
    pool: new Uint32Array(8_192),
    count: new Uint8Array(8_192),
    used: 0,
    length: new Uint32Array(1_024),
    documents: 0,
    total: 0,
    score: new Float64Array(1_024),
    touched: new Uint32Array(1_024),
  };
}

/** Adds a document by its terms. @returns its number: 0, 1, 2, ... */
export function add(index: Index, terms: readonly string[]): number {
  const document = index.documents++;
  if (document >= index.length.length) {
    index.length = new Uint32Array(2 * document).map((_, at) => index.length[at] ?? 0);
    index.score = new Float64Array(2 * document);
    index.touched = new Uint32Array(2 * document);
  }
  index.length[document] = terms.length;
  index.total += terms.length;
  for (const term of terms) post(index, term, document);
  return document;
}

function post(index: Index, term: string, document: number) {
  const id = index.terms.get(term);
  if (id === undefined) return begin(index, term, document);
  const last = index.last[id] as number;
  if (index.pool[last] === document) {
    index.count[last] = Math.min(255, (index.count[last] as number) + 1);
    return;
  }
  let place = last + 1;
  if (index.left[id] === 0) {
    const size = sizeOf(index.frequency[id] as number);
    const next = reserve(index, size);
    index.pool[place] = next;
    index.left[id] = size;
    place = next;
  }
  index.pool[place] = document;
  index.count[place] = 1;
  index.last[id] = place;
  index.left[id] = (index.left[id] as number) - 1;
  index.frequency[id] = (index.frequency[id] as number) + 1;
}

function begin(index: Index, term: string, document: number) {
  const id = index.terms.size;
  index.terms.set(term, id);
  if (id >= index.frequency.length) {
    const wider = (array: Uint32Array) => new Uint32Array(2 * id).map((_, at) => array[at] ?? 0);
    index.frequency = wider(index.frequency);
    index.first = wider(index.first);
    index.last = wider(index.last);
    index.left = new Uint16Array(2 * id).map((_, at) => index.left[at] ?? 0);
  }
  const place = reserve(index, SMALLEST);
  index.pool[place] = document;
  index.count[place] = 1;
  index.first[id] = place;
  index.last[id] = place;
  index.left[id] = SMALLEST - 1;
  index.frequency[id] = 1;
}

/** Of the slice that follows so many postings: 2, 4, 8, ... and from then on the largest. */
function sizeOf(before: number): number {
  return Math.min(LARGEST, before + SMALLEST);
}

/** Room for so many postings and the place of the next slice. */
function reserve(index: Index, size: number): number {
  const place = index.used;
  index.used += size + 1;
  if (index.used > index.pool.length) {
    const pool = new Uint32Array(2 * index.used);
    pool.set(index.pool);
    const count = new Uint8Array(2 * index.used);
    count.set(index.count);
    index.pool = pool;
    index.count = count;
  }
  return place;
}

/** Of a term that so many of all documents hold; never negative. */
export function idf(documents: number, frequency: number): number {
  return Log.ln(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/**
 * Calls for every document that shares a term with the query, in the order in which they were first met. A term that
 * the query names twice counts twice.
 */
export function visit(index: Index, terms: readonly string[], see: (document: number, score: number) => void): void {
  const { k1, b, pool, count, length, score, touched, documents } = index;
  const average = index.total / Math.max(1, documents);
  const perTerm = (k1 * b) / Math.max(1, average);
  const base = k1 * (1 - b);
  let seen = 0;
  for (const term of terms) {
    const id = index.terms.get(term);
    if (id === undefined) continue;
    const frequency = index.frequency[id] as number;
    const weight = idf(documents, frequency) * (k1 + 1);
    let place = index.first[id] as number;
    for (let done = 0, size = SMALLEST; done < frequency; size = sizeOf(done)) {
      const end = place + Math.min(size, frequency - done);
      done += end - place;
      for (; place < end; place++) {
        const document = pool[place] as number;
        const times = count[place] as number;
        const before = score[document] as number;
        if (before === 0) touched[seen++] = document;
        score[document] = before + (weight * times) / (times + base + perTerm * (length[document] as number));
      }
      place = pool[place] as number;
    }
  }
  for (let at = 0; at < seen; at++) {
    const document = touched[at] as number;
    const found = score[document] as number;
    score[document] = 0;
    see(document, found);
  }
}

/** The best documents, best first; of equals the one added first. */
export function search(index: Index, terms: readonly string[], most = 10): readonly Hit[] {
  /** A heap with the worst on top. */
  const scores = new Float64Array(most);
  const found = new Uint32Array(most);
  let size = 0;
  const isWorse = (one: number, other: number) =>
    (scores[one] as number) < (scores[other] as number) ||
    (scores[one] === scores[other] && (found[one] as number) > (found[other] as number));
  const swap = (one: number, other: number) => {
    const [score, document] = [scores[one] as number, found[one] as number];
    scores[one] = scores[other] as number;
    found[one] = found[other] as number;
    scores[other] = score;
    found[other] = document;
  };
  visit(index, terms, (document, score) => {
    let at = size;
    if (size < most) size++;
    else if (most === 0 || score < (scores[0] as number) || (score === scores[0] && document > (found[0] as number))) {
      return;
    } else at = 0;
    scores[at] = score;
    found[at] = document;
    for (let parent = (at - 1) >> 1; at > 0 && isWorse(at, parent); parent = (at - 1) >> 1) {
      swap(at, parent);
      at = parent;
    }
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < size && isWorse(child, least)) least = child;
      if (least === at) break;
      swap(at, least);
      at = least;
    }
  });
  return Array.from({ length: size }, (_, at) => ({ document: found[at] as number, score: scores[at] as number })).sort(
    (one, other) => other.score - one.score || one.document - other.document,
  );
}
