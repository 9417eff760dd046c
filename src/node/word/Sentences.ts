/** Sentences of the document, and what every reading of them needs. */
import { both } from "../../agreement/InputError.ts";
import type { Zone } from "./Dates.ts";
import type { Milestones } from "./Milestones.ts";
import type { Notes } from "./Notes.ts";
import type { Sides } from "./Roles.ts";
import { type Line, languageOf, narrow, type Place, placeIn, type Source } from "./Source.ts";
import { countedIn } from "./Stages.ts";

export type Sentence = { text: string; line: Line; from: number };
export type Reading = {
  source: Source;
  notes: Notes;
  sides: Sides;
  milestones: Milestones;
  zone: Zone;
  sentences: readonly Sentence[];
};

export const written = both("read as written", "按原文读取");

export function sentencesOf(line: Line): readonly Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  for (const match of line.text.matchAll(
    /[。;!?]|(?<!\b(?:No|Inc|Ltd|Co|Corp|Art|Mr|Ms|Dr|approx))\.\s+(?=[A-Z("])/g,
  )) {
    const to = match.index + 1;
    found.push(sentence(line, from, to));
    from = to;
  }
  if (from < line.text.length) found.push(sentence(line, from, line.text.length));
  return found;
}

/** In a line of two languages, each sentence has its own. */
function sentence(line: Line, from: number, to: number): Sentence {
  const text = line.text.slice(from, to);
  return { text, line: { ...line, language: languageOf(text) ?? line.language }, from };
}

export function at({ source }: Reading, { line, from }: Sentence, start: number, end: number): Place {
  return placeIn(source, line, from + start, from + end);
}

/** The place of a captured text of a match. */
export function captured(reading: Reading, sentence: Sentence, match: RegExpExecArray, text: string): Place {
  const start = match.index + match[0].lastIndexOf(text);
  return at(reading, sentence, start, start + text.length);
}

/** The milestone that a sentence is about, when it names exactly one. */
export function onlyMilestone(text: string, { titles }: Milestones): number | undefined {
  const named = new Set<number>();
  for (const { ordinal } of countedIn(text)) if (ordinal >= 1 && ordinal <= titles.length) named.add(ordinal - 1);
  for (const [index, own] of titles.entries()) {
    if (own.some((title) => title.length >= 3 && text.toLowerCase().includes(narrow(title).toLowerCase())))
      named.add(index);
  }
  return named.size === 1 ? [...named][0] : undefined;
}
