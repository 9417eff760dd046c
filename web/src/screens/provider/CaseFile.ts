/** What kind of file somebody's cases are in: told by what stands in it, its name only where that leaves it open. */

export type Format = "csv" | "jsonl" | "git";

export function formatOf(name: string, text: string): Format {
  const first = text.replace(/^\uFEFF/, "").trimStart();
  if (first.startsWith("{")) return "jsonl";
  if (/^(commit )?[0-9a-f]{7,64}\b/.test(first) && !/\.csv$/i.test(name)) return "git";
  if (/\.jsonl?$/i.test(name)) return "jsonl";
  return "csv";
}
