/**
 * Every decision and every correction, a line each, each line naming the hash of the one before: whoever holds the last
 * hash can tell whether anything was changed, left out or put in. That hash is the evidence of a delivery.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";

export type Line = {
  readonly number: number;
  /** Unix seconds. */
  readonly at: number;
  readonly before: string;
  readonly kind: "decision" | "correction" | "closed" | "reopened" | "model" | "paused" | "resumed";
  readonly what: Readonly<Record<string, unknown>>;
  readonly hash: string;
};

export const START = "0".repeat(64);

/** SHA-256 over the line without its own hash, in the order of its fields. */
function hashOf({ number, at, before, kind, what }: Omit<Line, "hash">): string {
  return createHash("sha256")
    .update(JSON.stringify([number, at, before, kind, what]))
    .digest("hex");
}

export type Verified = {
  readonly lines: readonly Line[];
  /** Hash of the last line. */
  readonly head: string;
  /** Number of the first line that is not as it was written. */
  readonly broken: number | undefined;
};

/** Reads and checks a log. Of a last line that a crash cut off nothing is kept. */
export function read(file: string): Verified {
  if (!existsSync(file)) return { lines: [], head: START, broken: undefined };
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const lines: Line[] = [];
  let head = START;
  for (const [index, row] of whole.split("\n").slice(0, -1).entries()) {
    let line: Line;
    try {
      line = JSON.parse(row);
    } catch {
      return { lines, head, broken: index + 1 };
    }
    if (line.number !== index + 1 || line.before !== head || hashOf(line) !== line.hash) {
      return { lines, head, broken: index + 1 };
    }
    lines.push(line);
    head = line.hash;
  }
  return { lines, head, broken: undefined };
}

/** Adds lines in one write. @returns the hash of the last. */
export function append(
  file: string,
  after: Pick<Verified, "lines" | "head">,
  entries: readonly Pick<Line, "kind" | "what">[],
  at: number,
): string {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) truncateSync(file, whole);
  }
  let head = after.head;
  let number = after.lines.length;
  const rows = entries.map(({ kind, what }) => {
    const bare = { number: ++number, at, before: head, kind, what };
    head = hashOf(bare);
    return `${JSON.stringify({ ...bare, hash: head })}\n`;
  });
  appendFileSync(file, rows.join(""));
  return head;
}
