/** One concern, however often it came: near-duplicates folded into one ticket with a count. */
import { createHash } from "node:crypto";
import { Normal, Script } from "../text/index.ts";
import type { Feedback } from "./Intake.ts";
import * as Mask from "./Mask.ts";

export type Ticket = {
  /** First 16 hexadecimal digits of the SHA-256 of its masked text. */
  readonly id: string;
  /** Masked; nothing sees any other text. */
  readonly text: string;
  readonly language: Script.Language;
  readonly masked: readonly Mask.Kind[];
  readonly count: number;
  /** Where they stood in the source. */
  readonly at: readonly number[];
  readonly label?: string;
  readonly time?: number;
};

/** Of the parts of both, how many they must share. */
const ALIKE = 0.8;
const HASHES = 24;
const BANDS = 8;
const PER_BAND = HASHES / BANDS;

/** Masks, then folds. In the order in which each first came. */
export function fold(feedback: readonly Feedback[]): readonly Ticket[] {
  return foldWithBands(feedback).map(({ bands: _, ...ticket }) => ticket);
}

/** With what finds those that are alike among tickets that are kept elsewhere: they share one of these. */
export function foldWithBands(feedback: readonly Feedback[]): readonly (Ticket & { bands: readonly string[] })[] {
  const tickets: (Omit<Ticket, "count" | "at"> & {
    at: number[];
    parts: ReadonlySet<number>;
    bands: readonly string[];
  })[] = [];
  const bands = new Map<string, number[]>();
  for (const one of feedback) {
    const { text, found } = Mask.mask(one.text);
    const parts = partsOf(text);
    const keys = sketch(parts);
    const candidates = new Set(keys.flatMap((key) => bands.get(key) ?? []));
    const same = [...candidates].find((at) => jaccard(parts, tickets[at]?.parts ?? new Set()) >= ALIKE);
    if (same !== undefined) {
      tickets[same]?.at.push(one.at);
      continue;
    }
    for (const key of keys) bands.set(key, [...(bands.get(key) ?? []), tickets.length]);
    tickets.push({
      id: createHash("sha256").update(text).digest("hex").slice(0, 16),
      text,
      language: Script.language(text),
      masked: found,
      at: [one.at],
      ...{ parts, bands: keys },
      ...(one.label === undefined ? {} : { label: one.label }),
      ...(one.time === undefined ? {} : { time: one.time }),
    });
  }
  return tickets.map(({ parts: _, ...rest }) => ({ ...rest, count: rest.at.length }));
}

/** Runs of three characters, without digits, signs and case: what two people type differently. */
function partsOf(text: string): ReadonlySet<number> {
  const bare = Normal.normalise(text)
    .replace(/[\p{N}\p{P}\p{S}\s]+/gu, " ")
    .trim();
  const letters = Array.from(` ${bare === "" ? text : bare} `, (letter) => letter.codePointAt(0) ?? 0);
  const parts = new Set<number>();
  // FNV-1a over three letters, without a string for each: a long text has thousands.
  for (let at = 0; at + 2 < letters.length; at++) {
    let hash = 0x811c9dc5;
    for (let k = at; k < at + 3; k++) hash = Math.imul(hash ^ (letters[k] as number), 0x01000193);
    parts.add(hash >>> 0);
  }
  return parts;
}

/** Whether two masked texts are the same concern. */
export function isAlike(one: string, other: string): boolean {
  return jaccard(partsOf(one), partsOf(other)) >= ALIKE;
}

/** The least of several hashes (MinHash), in bands: texts that share a band are compared. */
function sketch(parts: ReadonlySet<number>): readonly string[] {
  const least = Array.from({ length: HASHES }, (_, seed) => {
    let lowest = 0xffffffff;
    for (const part of parts) {
      const mixed = Math.imul(part ^ Math.imul(seed + 1, 0x9e3779b1), 0x85ebca6b);
      lowest = Math.min(lowest, (mixed ^ (mixed >>> 15)) >>> 0);
    }
    return lowest;
  });
  return Array.from({ length: BANDS }, (_, band) =>
    [band, ...least.slice(band * PER_BAND, (band + 1) * PER_BAND)].join(":"),
  );
}

function jaccard(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let shared = 0;
  for (const part of one) if (other.has(part)) shared++;
  return shared / Math.max(1, one.size + other.size - shared);
}
