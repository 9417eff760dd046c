/** What the reading of a Word contract found, kept for the draft that came of it. */
import type { Output } from "../../../Node.ts";

type Word = Output<"POST /v1/agreements/word">;
export type Finding = Word["findings"][number];
export type Gap = Word["gaps"][number];
export type Imported = { file: string; findings: readonly Finding[]; gaps: readonly Gap[] };

export const NOTHING: Imported = { file: "", findings: [], gaps: [] };
/** Under which name it is kept. */
export const nameOf = (agreement: string): string => `import.${agreement}`;

/** Bytes as base64, as the node takes them. */
export function base64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
}

export class NoTerms extends Error {
  override readonly name = "NoTerms";
}

/** The terms document of a file. Throws `NoTerms` for what is not one. */
export function termsOf(text: string): Record<string, unknown> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new NoTerms("not JSON");
  }
  if (typeof found !== "object" || found === null || Array.isArray(found) || !("version" in found))
    throw new NoTerms("not a terms document");
  return found as Record<string, unknown>;
}
