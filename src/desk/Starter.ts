/**
 * Thirty intents with examples in English and Chinese, written for this: a desk answers from the first day on, before
 * there is a history of one's own.
 */
import { readFileSync } from "node:fs";
import type { Example } from "./Classifier.ts";

export type Language = "en" | "zh";

/** All examples, or those of one language. */
export function examples(language?: Language): readonly Example[] {
  return (["en", "zh"] as const)
    .filter((one) => language === undefined || one === language)
    .flatMap((one) => parse(readFileSync(new URL(`./starter/${one}.txt`, import.meta.url), "utf8")));
}

/** A line that begins with `# ` names the intent of those that follow. */
export function parse(text: string): readonly Example[] {
  const all: Example[] = [];
  let label = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("# ")) label = line.slice(2);
    else if (line !== "") all.push({ text: line, label });
  }
  return all;
}
