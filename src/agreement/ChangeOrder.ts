/**
 * A change order closes one agreement and opens its successor in one transaction, signed by both; money moves with it.
 * Its document is `Terms` whose `replaces` is the id of the one before.
 */
import type { Agreement, Hex } from "./Agreement.ts";
import { ClauseConflict } from "./Errors.ts";
import { BadInput, both, type InputError } from "./InputError.ts";
import * as Terms from "./Terms.ts";

/** What a successor must share with the agreement it replaces (rule 10). */
const KEPT = [
  "parties.client.address",
  "parties.provider.address",
  "currency.token",
  "currency.scale",
  "rail",
] as const;

/** All that keeps `after` from replacing `before`. */
export function check(before: Terms.Terms, after: Terms.Terms): readonly InputError[] {
  const problems: InputError[] = [];
  const id = Terms.hash(before);
  const conflict = (field: string, found: unknown, expected: string) =>
    problems.push(new ClauseConflict({ field, found, expected: both(expected, ` ${expected}`) }));
  if (after.replaces !== id) conflict("replaces", after.replaces, id);
  const [old, successor] = [leaves(before), leaves(after)];
  for (const field of [...KEPT, ...[...old.keys()].filter((field) => field.startsWith("registrar."))]) {
    const [was, is] = [old.get(field), successor.get(field)];
    if (plain(was) !== plain(is)) conflict(field, is, String(was ?? "nothing"));
  }
  return problems;
}

/** The successor's terms. Throws `BadInput` with all problems, its own and those against what it replaces. */
export function parse(input: unknown, before: Terms.Terms, facts: Terms.Facts = {}): Terms.Terms {
  const after = Terms.parse(input, facts);
  const problems = check(before, after);
  if (problems.length > 0) throw new BadInput(problems);
  return after;
}

/** The successor's id, which both sign. */
export function hash(after: Terms.Terms): Hex {
  return Terms.hash(after);
}

export type Change = { field: string; before: unknown; after: unknown };

/** Every leaf that differs, in the order of the documents; the salt and `replaces` always do and are left out. */
export function changes(before: Terms.Terms, after: Terms.Terms): readonly Change[] {
  const [old, successor] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...successor.keys()])]
    .filter((field) => field !== "salt" && field !== "replaces" && old.get(field) !== successor.get(field))
    .map((field) => ({ field, before: old.get(field), after: successor.get(field) }));
}

/**
 * What opening takes, in base units: each tranche in full, or its termination fee where it is funded later and its bit in
 * `fundNow` is not set.
 */
export function needed({ work }: Agreement, fundNow = 0): bigint {
  return work.tranches.reduce((sum, { amount, fundBy, terminationFee }, index) => {
    const later = fundBy !== 0 && (fundNow & (1 << index)) === 0;
    return sum + (later ? terminationFee : amount);
  }, 0n);
}

/** Who adds and who gets back what, when `held` (less fees owed) moves into an agreement that needs `required`. */
export function money(held: bigint, required: bigint): { fromClient: bigint; toClient: bigint } {
  return held < required
    ? { fromClient: required - held, toClient: 0n }
    : { fromClient: 0n, toClient: held - required };
}

/** Addresses are one whatever their case. */
const plain = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);

function leaves(value: unknown, field = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[field, value]]);
  const steps = Array.isArray(value)
    ? value.map((item, index) => [`${field}[${index}]`, item] as const)
    : Object.entries(value).map(([key, item]) => [field ? `${field}.${key}` : key, item] as const);
  return new Map(steps.flatMap(([path, item]) => [...leaves(item, path)]));
}
