/** Organisations and their rules. */
import { randomUUID } from "node:crypto";
import { count, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Call, Handler, Handlers, Role, User } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;

type Card = Table.Output<"organisation.show">;

/** Organisations as their members see them; `roles` by id. In no order of their own. */
export async function cards(db: Db, roles: ReadonlyMap<string, Role>): Promise<Card[]> {
  if (roles.size === 0) return [];
  const { organisation, account } = schema;
  const ids = [...roles.keys()];
  const rows = await db
    .select({
      ...{ id: organisation.id, name: organisation.name, personal: organisation.personal, above: organisation.above },
      accounts: count(account.address),
      double: count(sql`case when ${account.threshold} >= 2 then 1 end`),
    })
    .from(organisation)
    .leftJoin(account, eq(account.organisation, organisation.id))
    .where(inArray(organisation.id, ids))
    .groupBy(organisation.id);
  return rows.map(({ id, name, personal, above, accounts, double }) => {
    const byLedger = accounts > 0 && double === accounts;
    const enforcedBy = byLedger ? "ledger" : above === null ? "nobody" : "node";
    const rule = { ...(above === null ? {} : { above: above.toString() }), enforcedBy } as const;
    return { id, name, personal, role: roles.get(id) ?? "auditor", rule };
  });
}

/** Throws `not-found`. */
export async function card(db: Db, id: string, role: Role | undefined): Promise<Card> {
  const [one] = role ? await cards(db, new Map([[id, role]])) : [];
  if (!one) throw Problem.notFound(both("organisation", "组织"));
  return one;
}

/** Who calls. What concerns the person is not for a key, which acts for one organisation: throws `forbidden`. */
export function person({ caller }: Pick<Call, "caller">): User {
  if (caller.kind === "user" && !caller.key) return caller;
  throw new Problem.Problem(
    "forbidden",
    both(
      "An API key acts for one organisation only. Sign in yourself for this.",
      "API 密钥仅代表一个组织。此操作须本人登录。",
    ),
  );
}

const create: Handler<"organisation.create"> = async (call, { name }) => {
  const { user } = person(call);
  const id = randomUUID();
  await call.db.insert(schema.organisation).values({ id, name });
  await call.db.insert(schema.member).values({ organisation: id, user, role: "owner" });
  call.note({ founded: id });
  return card(call.db, id, "owner");
};

const show: Handler<"organisation.show"> = ({ db, role }, { organisation }) => card(db, organisation, role);

const update: Handler<"organisation.update"> = async ({ db, role, note }, { organisation, name, above }) => {
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(above === undefined ? {} : { above: above === null ? null : BigInt(above) }),
  };
  if (Object.keys(change).length > 0) {
    await db.update(schema.organisation).set(change).where(eq(schema.organisation.id, organisation));
  }
  note({ ...(name === undefined ? {} : { name }), ...(above === undefined ? {} : { above }) });
  return card(db, organisation, role);
};

export const organisations = {
  "organisation.create": create,
  "organisation.show": show,
  "organisation.update": update,
} satisfies Partial<Handlers>;
