/** What happened, for who asks instead of listening. */
import type { Call, Handlers } from "../Call.ts";
import * as Page from "../Page.ts";
import * as Sight from "../Sight.ts";

const list: Handlers["event.list"] = async ({ db, caller }: Call<"event.list">, { agreement, after, limit }) => {
  // The dispatcher has refused whoever is not signed in.
  if (caller.kind === "nobody") return { items: [] };
  const [seq = 0] = Page.afterNumbers(after, 1, Number.MAX_SAFE_INTEGER) ?? [];
  const rows = await Sight.after(db, caller, { seq, agreement, limit: limit + 1 });
  const { items, next } = Page.cut(rows, limit, (row) => [row.seq]);
  return { items: items.map(Sight.told), ...(next === undefined ? {} : { next }) };
};

export const events = { "event.list": list } satisfies Partial<Handlers>;
