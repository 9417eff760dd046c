/** What awaits people: one row a person and matter, told as an event and, where they want it, by e-mail. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { InputError } from "../../agreement/index.ts";
import type { Parts, SeatRole } from "../Call.ts";
import * as Statement from "../store/Statement.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

export type { SeatRole } from "../Call.ts";

export type Matter = {
  kind: string;
  says: InputError.Words;
  /** The same matter is told once. */
  key: string;
  agreement?: string;
};

/** Tells the people behind these seats of an agreement. Part of the transaction. */
export async function add(
  parts: Pick<Parts, "config" | "events" | "jobs">,
  tx: Db,
  { roles, ...matter }: Matter & { agreement: string; roles: readonly SeatRole[] },
): Promise<void> {
  const people = await behind(tx, { agreement: matter.agreement });
  const users = new Set(people.filter(({ role }) => roles.includes(role)).map(({ user }) => user));
  await tellUsers(parts, tx, [...users], matter);
}

const { seat, member } = schema;
const behind = Statement.once((db) =>
  db
    .selectDistinct({ user: member.user, role: seat.role })
    .from(seat)
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(eq(seat.agreement, sql.placeholder("agreement"))),
);

/** Tells these people. */
export async function tellUsers(
  { config, events, jobs }: Pick<Parts, "config" | "events" | "jobs">,
  tx: Db,
  users: readonly string[],
  { kind, says, key, agreement }: Matter,
): Promise<void> {
  if (users.length === 0) return;
  const rows = users.map((user) => ({ id: randomUUID(), user, kind, says, key, ...(agreement ? { agreement } : {}) }));
  const fresh = await tx.insert(schema.notice).values(rows).onConflictDoNothing().returning();
  const told = fresh.map(({ id, user }) => ({ kind: "notice.added", user, data: { notice: id, kind, says } }) as const);
  await events.append(tx, ...told);
  if (config.smtp) for (const { id } of fresh) await jobs.add(tx, "mail", { notice: id }, { key: id });
}
