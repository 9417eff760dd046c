/** What awaits people: one row a person and matter, told as an event and, where they want it, by e-mail. */
import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import type { InputError } from "../../agreement/index.ts";
import type { Parts, SeatRole } from "../Call.ts";
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
  const { seat, member } = schema;
  const rows = await tx
    .selectDistinct({ user: member.user })
    .from(seat)
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(and(eq(seat.agreement, matter.agreement), inArray(seat.role, [...roles])));
  await tellUsers(
    parts,
    tx,
    rows.map(({ user }) => user),
    matter,
  );
}

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
