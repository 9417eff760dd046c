/** Word contracts: a file's bytes to its text, and the text to draft terms with their places and gaps. */
export { type Document, read } from "./Docx.ts";
export { type Draft, draft } from "./Draft.ts";
export { LIMITS, WordFileRefused } from "./Faults.ts";
export type { Place } from "./Source.ts";
