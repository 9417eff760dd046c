/** Paging by the last row seen: a cursor is that row's sort key, opaque to callers. */
import { InputError } from "../agreement/index.ts";
import { Problem } from "../api/index.ts";

export type Key = readonly (string | number)[];

/** The key in `after`; nothing on the first page. Throws `bad-input` for what is no cursor of ours. */
function after(cursor: string | undefined, length: number): Key | undefined {
  if (cursor === undefined) return undefined;
  const key = decode(cursor);
  const isPart = (part: unknown) => typeof part === "string" || typeof part === "number";
  if (Array.isArray(key) && key.length === length && key.every(isPart)) return key;
  throw foreign(cursor);
}

/**
 * Of lists in the order of a time, then of an id: of a UUID, or of what else `isId` takes. What it gives is taken by a
 * column of times, and by one of such ids.
 */
export function afterTime(cursor: string | undefined, isId: RegExp = UUID): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [time, id] = after(cursor, 2) ?? [];
  // Years of more or less than four digits are written in another way by each of us and the store.
  const isTime = typeof time === "string" && TIME.test(time);
  const at = new Date(isTime ? time : Number.NaN);
  if (Number.isNaN(at.getTime()) || typeof id !== "string" || !isId.test(id)) throw foreign(cursor);
  return { at, id };
}

/** Of lists in the order of whole numbers, each from 0 on and none beyond what its column takes: integers, unless said. */
export function afterNumbers(
  cursor: string | undefined,
  length: number,
  most = 2 ** 31 - 1,
): readonly number[] | undefined {
  if (cursor === undefined) return undefined;
  const key = after(cursor, length) ?? [];
  const isWhole = (part: unknown) => Number.isInteger(part) && Number(part) >= 0 && Number(part) <= most;
  if (key.every(isWhole)) return key.map(Number);
  throw foreign(cursor);
}

/** Of lists in another order: each part of the key is one that its column takes. */
export function afterKey(cursor: string | undefined, parts: readonly Part[]): Key | undefined {
  if (cursor === undefined) return undefined;
  const key = after(cursor, parts.length) ?? [];
  const fits = (part: Part, value: string | number | undefined) =>
    part === "number" ? Number.isSafeInteger(value) && Number(value) >= 0 : part.test(String(value));
  if (parts.every((part, k) => fits(part, key[k]))) return key;
  throw foreign(cursor);
}
/** A whole number from 0 on, or text of this form. */
type Part = "number" | RegExp;

/** A page of `limit` out of rows that were asked for one more than that. */
export function cut<T>(rows: readonly T[], limit: number, keyOf: (row: T) => Key): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") };
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** An id that is text of ours. */
export const TEXT = /^[\x20-\x7e]{1,100}$/;

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

export const foreign = (cursor: string): Problem.Problem =>
  new Problem.Problem(
    "bad-input",
    InputError.both(
      `after: found ${InputError.show(cursor)}, expected the \`next\` of a page of the same list. Leave it out for the first page.`,
      `after：现为 ${InputError.show(cursor)}，应为同一列表前一页的 next。首页请省略。`,
    ),
    { field: "after" },
  );
