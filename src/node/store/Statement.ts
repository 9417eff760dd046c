/** A query that is put together once, with placeholders: building one anew takes as long as running it. */
import type { Db } from "./Store.ts";

type Built<R> = { prepare(name: string): { execute(values?: Record<string, unknown>): Promise<R> } };

/**
 * `build` names what changes by `sql.placeholder`, and runs once a kind of store. What it gives runs on the database or in
 * a transaction, whichever it is given.
 */
export function once<V extends Record<string, unknown>, R>(
  build: (db: Db) => Built<R>,
): (db: Db, values: V) => Promise<R> {
  const made = new WeakMap<object, ReturnType<Built<R>["prepare"]>>();
  return (db, values) => {
    const session: object = db._.session;
    const kind = Object.getPrototypeOf(session) as object;
    // The store gives it a name of its own.
    const query = made.get(kind) ?? build(db).prepare("");
    made.set(kind, query);
    // It was built on one connection, and runs on this one.
    const here = Object.create(query, { client: { value: (session as { client: unknown }).client } }) as typeof query;
    return here.execute(values);
  };
}
