/** What is said about a version, or about one field of it. */
import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, or } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handlers, SeatRole } from "../Call.ts";
import * as Document from "../draft/Document.ts";
import * as Show from "../draft/Show.ts";
import * as Notices from "../notify/Notices.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { comment, user } = schema;

const select = (db: Db) =>
  db.select({ row: comment, name: user.name }).from(comment).innerJoin(user, eq(user.id, comment.user)).$dynamic();

type Found = { row: typeof comment.$inferSelect; name: string };

const shown = ({ row, name }: Found): Table.Output<"comment.add"> => ({
  ...{ id: row.id, version: row.version, text: row.text },
  ...(row.field === null ? {} : { field: row.field }),
  by: { user: row.user, name, organisation: row.organisation },
  createdAt: row.createdAt.toISOString(),
  ...(row.resolvedAt === null ? {} : { resolvedAt: row.resolvedAt.toISOString() }),
});

async function one(db: Db, agreement: string, id: string): Promise<Found> {
  const [found] = await select(db).where(and(eq(comment.agreement, agreement), eq(comment.id, id)));
  if (!found) throw Problem.notFound(both("comment", "评论"));
  return found;
}

const list: Handlers["comment.list"] = async ({ db }, { agreement, after, limit }) => {
  const from = Page.afterTime(after);
  const later = from
    ? [or(gt(comment.createdAt, from.at), and(eq(comment.createdAt, from.at), gt(comment.id, from.id)))]
    : [];
  const rows = await select(db)
    .where(and(eq(comment.agreement, agreement), ...later))
    .orderBy(asc(comment.createdAt), asc(comment.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ row }) => [row.createdAt.toISOString(), row.id]);
  return { ...page, items: page.items.map(shown) };
};

const add: Handlers["comment.add"] = async ({ parts, db, caller, seats, note }, input) => {
  const { agreement, version, field, text } = input;
  const latest = (await Show.rowOf(db, agreement)).version;
  if (version > latest) {
    throw new Problem.Problem(
      "bad-input",
      both(
        `version: found ${version}, expected 1 to ${latest}, the latest. Name a version that there is.`,
        `version：现为 ${version}，应为 1 至 ${latest}（最新版）。请填写已有的版本。`,
      ),
      { field: "version" },
    );
  }
  const { user, name } = Show.userOf(caller);
  const [seat] = seats;
  if (!seat) throw Problem.notFound(both("agreement", "协议"));
  const { organisation } = seat;
  const id = randomUUID();
  const [row] = await db
    .insert(comment)
    .values({
      ...{ id, agreement, version, user, organisation },
      text: Document.acceptText(text, "text"),
      ...(field === undefined ? {} : { field: Document.acceptText(field, "field") }),
    })
    .returning();
  if (!row) throw new Error("a row that is inserted is returned");
  await parts.events.append(db, {
    kind: "comment.added",
    agreement,
    data: { comment: id, version, ...(field === undefined ? {} : { field }) },
  });
  const about = field === undefined ? both(`version ${version}`, `第 ${version} 版`) : both(field, ` ${field} `);
  await Notices.add(parts, db, {
    ...{ agreement, roles: others(seats.map((one) => one.seat)), kind: "comment.added", key: `comment:${id}` },
    says: both(`${name} comments on ${about.en}.`, `${name} 对${about.zh}发表了评论。`),
  });
  note({ comment: id });
  return shown({ row, name });
};

/** Who is told: the parties, without the one that speaks. */
const others = (own: readonly SeatRole[]): SeatRole[] =>
  (["client", "provider"] as const).filter((role) => !own.includes(role));

const resolve: Handlers["comment.resolve"] = async ({ db, parts }, { agreement, comment: id }) => {
  const found = await one(db, agreement, id);
  if (found.row.resolvedAt !== null) return shown(found);
  const resolvedAt = new Date(parts.clock.now() * 1000);
  await db.update(comment).set({ resolvedAt }).where(eq(comment.id, id));
  return shown({ ...found, row: { ...found.row, resolvedAt } });
};

export const comments = {
  "comment.list": list,
  "comment.add": add,
  "comment.resolve": resolve,
} satisfies Partial<Handlers>;
