/** What was done, as the audit log has it. */
import { and, desc, eq, getTableColumns, lt, sql } from "drizzle-orm";
import * as Audit from "../Audit.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const list: Handler<"audit.list"> = async ({ db }, { organisation, after, limit }) => {
  const { audit: table, user, apiKey } = schema;
  const [before] = Page.afterNumbers(after, 1) ?? [];
  const rows = await db
    .select({ ...getTableColumns(table), user: user.name, key: apiKey.name })
    .from(table)
    .leftJoin(user, eq(user.id, table.by))
    .leftJoin(apiKey, eq(sql`'key:' || ${apiKey.id}`, table.by))
    .where(and(eq(table.organisation, organisation), before === undefined ? undefined : lt(table.number, before)))
    .orderBy(desc(table.number))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ number }) => [number]);
  return {
    ...page,
    items: page.items.map(({ number, at, by, did, object, facts, hash, user, key }) => ({
      ...{ number, at: at.toISOString(), by, did, facts, hash },
      ...(user === null && key === null ? {} : { name: user ?? key ?? "" }),
      ...(object === null ? {} : { object }),
    })),
  };
};

const verify: Handler<"audit.verify"> = ({ db }) => Audit.verify(db);

export const audit = { "audit.list": list, "audit.verify": verify } satisfies Partial<Handlers>;
