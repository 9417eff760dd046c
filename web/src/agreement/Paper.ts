/**
 * A terms document while it is written: JSON of any shape, never changed in place, so that what did not change stays
 * the same object. Fields are named as problems name them: `milestones[2].review`.
 */
export type Paper = Readonly<Record<string, unknown>>;
type Step = string | number;

/** The steps of `milestones[2].review`. */
export function stepsOf(field: string): readonly Step[] {
  return [...field.matchAll(/([^.[\]]+)/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** What stands at a field, or undefined. */
export function at(paper: unknown, field: string): unknown {
  let value = paper;
  for (const step of stepsOf(field)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value;
}

/** As `at`, of a text; what is no text is shown as JSON, so that nobody loses it unseen. */
export function textAt(paper: unknown, field: string): string {
  const value = at(paper, field);
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** As `at`, of a list; what is no list is none. */
export function listAt(paper: unknown, field: string): readonly unknown[] {
  const value = at(paper, field);
  return Array.isArray(value) ? value : [];
}

/** With another value at a field; what is missing on the way there is made. `undefined` takes the field out. */
export function put(paper: Paper, field: string, value: unknown): Paper {
  return placed(paper, stepsOf(field), value) as Paper;
}

function placed(holder: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const there = typeof holder === "object" && holder !== null ? holder : undefined;
  const inner = there && Object.hasOwn(there, step) ? (there as Record<Step, unknown>)[step] : undefined;
  const next = rest.length === 0 ? value : placed(inner, rest, value);
  if (typeof step === "number") {
    const list = Array.isArray(there) ? [...there] : [];
    if (next === undefined) list.splice(step, 1);
    else list[step] = next;
    return list;
  }
  const copy: Record<string, unknown> = there && !Array.isArray(there) ? { ...there } : {};
  if (next === undefined) delete copy[step];
  else copy[step] = next;
  return copy;
}

/** With one more at the end of a list. */
export function add(paper: Paper, field: string, item: unknown): Paper {
  return put(paper, field, [...listAt(paper, field), item]);
}

/** Without one item of a list. */
export function drop(paper: Paper, field: string, index: number): Paper {
  return put(
    paper,
    field,
    listAt(paper, field).filter((_, k) => k !== index),
  );
}

/** Whether both say the same; the order of keys says nothing. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every(
      (key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

/** Whether `field` is `outer` or lies in it. */
export function isWithin(field: string, outer: string): boolean {
  return field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer}[`);
}
