/** Foreign text within a sentence of ours, whichever way it runs: it neither turns the sentence round nor hides a part of it. */

/** Marks, embeddings, overrides and isolates. */
const CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const [FIRST_STRONG, POP] = ["\u2068", "\u2069"];

/** Without controls of its own, and between isolates where it has letters that run from right to left. */
export function isolate(text: string): string {
  const bare = text.replace(CONTROLS, "");
  return RIGHT_TO_LEFT.test(bare) ? `${FIRST_STRONG}${bare}${POP}` : bare;
}
