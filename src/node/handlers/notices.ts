/** What awaits the caller. A key sees what concerns the agreements of its organisation, and nothing else of the person. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Caller, Handler, Handlers } from "../Call.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { notice, seat } = schema;

const list: Handler<"notice.list"> = async ({ db, caller }, { after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(notice)
    .where(
      and(own(db, caller), from && sql`(${notice.createdAt}, ${notice.id}) < (${from.at.toISOString()}, ${from.id})`),
    )
    .orderBy(desc(notice.createdAt), desc(notice.id))
    .limit(limit + 1);
  return Page.cut(rows.map(told), limit, ({ at, id }) => [at, id]);
};

const read: Handler<"notice.read"> = async ({ db, caller, parts }, { notice: id }) => {
  const readAt = sql`coalesce(${notice.readAt}, ${new Date(parts.clock.now() * 1000).toISOString()}::timestamptz)`;
  const marked = await db
    .update(notice)
    .set({ readAt })
    .where(and(eq(notice.id, id), own(db, caller)))
    .returning({ id: notice.id });
  if (marked.length === 0) throw Problem.notFound(both("notice", "通知"));
  return { done: true };
};

function own(db: Db, caller: Caller) {
  if (caller.kind === "nobody") return sql`false`;
  const mine = eq(notice.user, caller.user);
  if (!caller.key) return mine;
  const { organisation } = caller.key;
  const agreements = db.select({ id: seat.agreement }).from(seat).where(eq(seat.organisation, organisation));
  return and(mine, inArray(notice.agreement, agreements));
}

type Row = typeof notice.$inferSelect;

function told({ id, kind, says, agreement, createdAt, readAt }: Row) {
  return {
    ...{ id, kind, says, at: createdAt.toISOString() },
    ...(agreement === null ? {} : { agreement }),
    ...(readAt === null ? {} : { readAt: readAt.toISOString() }),
  } satisfies Table.Output<"notice.list">["items"][number];
}

export const notices = { "notice.list": list, "notice.read": read } satisfies Partial<Handlers>;
