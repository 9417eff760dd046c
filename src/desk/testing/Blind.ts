/**
 * Texts by authors who had seen neither lexicon nor examples, each read by a second reader who had seen no labels: what the
 * two named otherwise was left out. A gate's row is labelled with its danger, or `ordinary` or `hard`, which are harmless.
 */
import { readFileSync } from "node:fs";

export type Row = { readonly text: string; readonly label: string };

export function rows(set: "starter" | "gate", language: "en" | "zh"): readonly Row[] {
  return readFileSync(new URL(`./blind/${set}.${language}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

export const isDanger = ({ label }: Row): boolean => label !== "ordinary" && label !== "hard";
