/**
 * Texts by an author who had seen neither lexicon nor examples, split by a hash: from the `seen` half learning was mended,
 * nobody looked at the `judged` one. A gate's row is labelled with its danger, or `ordinary` or `hard`, which are harmless.
 */
import { readFileSync } from "node:fs";

export type Row = { readonly text: string; readonly label: string };
export type Half = "seen" | "judged";

export function rows(set: "starter" | "gate", language: "en" | "zh", half: Half): readonly Row[] {
  return readFileSync(new URL(`./blind/${set}.${language}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row & { half: Half })
    .filter((row) => row.half === half);
}

export const isDanger = ({ label }: Row): boolean => label !== "ordinary" && label !== "hard";
