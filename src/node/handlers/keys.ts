/** API keys of an organisation. */
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const DAY = 86_400;

const create: Handler<"key.create"> = async (call, { organisation, name, scopes, days }) => {
  const { db, parts, caller } = call;
  if (caller.kind === "nobody") throw Problem.notFound(both("organisation", "组织"));
  const wanted = [...new Set(scopes)];
  const lacking = caller.key ? wanted.filter((scope) => !caller.key?.scopes.includes(scope)) : [];
  if (lacking.length > 0) {
    throw new Problem.Problem(
      "scope-missing",
      both(
        `scopes: found ${lacking.join(", ")}, which the calling key itself is not allowed. Leave it out, or sign in.`,
        `scopes：含 ${lacking.join("、")}，而当前密钥自身并无该权限。请删除，或由本人登录。`,
      ),
      { needed: lacking },
    );
  }
  const expiresAt = days === undefined ? undefined : new Date((parts.clock.now() + days * DAY) * 1000);
  const { user } = caller;
  const { secret, ...made } = await parts.identity.createKey(db, {
    user,
    organisation,
    name,
    scopes: wanted,
    expiresAt,
  });
  call.note({ key: made.id, scopes: wanted });
  // What is kept for a repetition of the request must not let anybody in.
  call.finish(async (kept) => ({ ...kept, secret }));
  return {
    ...told({
      ...made,
      user,
      maker: caller.name,
      name,
      organisation,
      scopes: wanted,
      expiresAt: expiresAt ?? null,
      lastUsedAt: null,
    }),
    secret: "",
  };
};

const list: Handler<"key.list"> = async ({ db }, { organisation, after, limit }) => {
  const { apiKey } = schema;
  const from = Page.afterTime(after);
  const rows = await db
    .select({ ...getTableColumns(apiKey), maker: schema.user.name })
    .from(apiKey)
    .innerJoin(schema.user, eq(schema.user.id, apiKey.user))
    .where(
      and(
        eq(apiKey.organisation, organisation),
        from && sql`(${apiKey.createdAt}, ${apiKey.id}) < (${from.at.toISOString()}::timestamptz, ${from.id})`,
      ),
    )
    .orderBy(desc(apiKey.createdAt), desc(apiKey.id))
    .limit(limit + 1);
  return Page.cut(rows.map(told), limit, ({ createdAt, id }) => [createdAt, id]);
};

const revoke: Handler<"key.revoke"> = async (call, { organisation, key }) => {
  const { db, parts } = call;
  const { apiKey } = schema;
  await db.delete(apiKey).where(and(eq(apiKey.organisation, organisation), eq(apiKey.id, key)));
  await parts.identity.changed(db);
  call.note({ key });
  call.finish(async (answer) => {
    parts.identity.forget();
    return answer;
  });
  return { done: true };
};

type Row = Omit<typeof schema.apiKey.$inferSelect, "hash"> & { maker: string };

function told({ id, name, start, organisation, scopes, createdAt, expiresAt, lastUsedAt, user, maker }: Row) {
  return {
    ...{ id, name, start, organisation, scopes, createdAt: createdAt.toISOString() },
    by: { user, name: maker },
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
  } satisfies Table.Output<"key.list">["items"][number];
}

export const keys = { "key.create": create, "key.list": list, "key.revoke": revoke } satisfies Partial<Handlers>;
