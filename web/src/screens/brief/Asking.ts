/** Which question is put next. */
import type { Field } from "../../../../src/matching/Brief.ts";

/** The most that are put about one brief. */
export const LAST = 5;

/** Of questions by what their answers change: the first that was not put before; none after the fifth. */
export function next<Q extends { readonly field: Field }>(
  questions: readonly Q[],
  asked: readonly Field[],
): Q | undefined {
  return asked.length >= LAST ? undefined : questions.find(({ field }) => !asked.includes(field));
}
