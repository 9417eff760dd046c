/** Paging by the last row seen: a cursor is that row's sort key, opaque to callers. */
import { InputError } from "../agreement/index.ts";
import { Problem } from "../api/index.ts";

export type Key = readonly (string | number)[];

/** The key in `after`; nothing on the first page. Throws `bad-input` for what is no cursor of ours. */
export function after(cursor: string | undefined, length: number): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isPart = (part: unknown) => typeof part === "string" || typeof part === "number";
    if (Array.isArray(key) && key.length === length && key.every(isPart)) return key;
  } catch {
    // Said below.
  }
  throw new Problem.Problem(
    "bad-input",
    InputError.both(
      `after: found ${InputError.show(cursor)}, expected the \`next\` of a page of the same list. Leave it out for the first page.`,
      `after：现为 ${InputError.show(cursor)}，应为同一列表前一页的 next。首页请省略。`,
    ),
    { field: "after" },
  );
}

/** A page of `limit` out of rows that were asked for one more than that. */
export function cut<T>(rows: readonly T[], limit: number, keyOf: (row: T) => Key): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") };
}
