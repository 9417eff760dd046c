/** The caller themselves. */
import { and, asc, eq } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Users from "../identity/Users.ts";
import * as schema from "../store/schema.ts";
import * as Organisations from "./organisations.ts";

const { both } = InputError;

const show: Handler<"me.show"> = async ({ db, caller }) => {
  if (caller.kind === "nobody") throw Problem.notFound(both("user", "用户"));
  const { user, member } = schema;
  const [row] = await db.select().from(user).where(eq(user.id, caller.user));
  if (!row) throw Problem.notFound(both("user", "用户"));
  const own = caller.key ? [eq(member.organisation, caller.key.organisation)] : [];
  const roles = await db
    .select({ id: member.organisation, role: member.role })
    .from(member)
    .where(and(eq(member.user, caller.user), ...own))
    .orderBy(asc(member.createdAt), asc(member.organisation));
  const order = new Map(roles.map(({ id }, k) => [id, k]));
  const cards = await Organisations.cards(db, new Map(roles.map(({ id, role }) => [id, role])));
  const { id, name, email, emailVerified, language, demo, mail } = row;
  return {
    ...{ user: id, name, language, demo, mail, operator: caller.operator },
    ...(Users.isReachable(email) ? { email, emailVerified } : {}),
    organisations: cards.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
  };
};

const update: Handler<"me.update"> = async (call, given) => {
  const { user: id } = Organisations.person(call);
  const { db, parts } = call;
  const { user } = schema;
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await db
    .update(user)
    .set({ ...change, updatedAt: new Date() })
    .where(eq(user.id, id));
  await parts.identity.changed(db);
  call.finish(async (answer) => {
    parts.identity.forget();
    return answer;
  });
  return { done: true };
};

export const me = { "me.show": show, "me.update": update } satisfies Partial<Handlers>;
