/**
 * Two edits of one version put together, field by field. What only one side changed is taken; where both changed the
 * same field differently, mine stands, and theirs is told. A list whose length changed is one field.
 */
import * as Paper from "../../../agreement/Paper.ts";

export type Conflict = { field: string; mine: unknown; theirs: unknown };
export type Merged = {
  document: Paper.Paper;
  /** Fields in which theirs was taken. */
  taken: readonly string[];
  conflicts: readonly Conflict[];
};

export function merge(base: Paper.Paper, mine: Paper.Paper, theirs: Paper.Paper): Merged {
  const taken: string[] = [];
  const conflicts: Conflict[] = [];
  const join = (field: string, was: unknown, own: unknown, other: unknown): unknown => {
    if (Paper.same(own, other) || Paper.same(was, other)) return own;
    if (Paper.same(was, own)) {
      taken.push(field);
      return other;
    }
    if (isObject(own) && isObject(other)) {
      const before = isObject(was) ? was : {};
      const keys = new Set([...Object.keys(own), ...Object.keys(other)]);
      const entries = [...keys].map((key): [string, unknown] => [
        key,
        join(field === "" ? key : `${field}.${key}`, before[key], own[key], other[key]),
      ]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (Array.isArray(was) && Array.isArray(own) && Array.isArray(other)) {
      if (was.length === own.length && was.length === other.length)
        return own.map((item, index) => join(`${field}[${index}]`, was[index], item, other[index]));
    }
    conflicts.push({ field, mine: own, theirs: other });
    return own;
  };
  const document = join("", base, mine, theirs) as Paper.Paper;
  return { document, taken, conflicts };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
