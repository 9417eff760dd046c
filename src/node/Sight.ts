/**
 * Who sees an event: the narrowest of what it names. One that names a person is theirs alone, one that names an
 * organisation is its members', and only one that names nothing but an agreement is for every seat of it.
 */
import { and, asc, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Table } from "../api/index.ts";
import type { User } from "./Call.ts";
import type { Db } from "./store/Store.ts";
import * as schema from "./store/schema.ts";

const { event, member, seat } = schema;

export type Row = typeof event.$inferSelect;
export type Told = Table.Output<"event.list">["items"][number];

/** As it is told. */
export const told = ({ seq, kind, agreement, data, at }: Row): Told => ({
  id: String(seq),
  kind: kind as Told["kind"],
  ...(agreement === null ? {} : { agreement }),
  data,
  at: at.toISOString(),
});

/** What a caller sees, as a condition on events. An API key sees what is its organisation's, and nothing of the person. */
function seen(db: Db, caller: User): SQL | undefined {
  const { key } = caller;
  const mine = and(eq(member.user, caller.user), ...(key ? [eq(member.organisation, key.organisation)] : []));
  const organisations = db.select({ id: member.organisation }).from(member).where(mine);
  const agreements = db
    .select({ id: seat.agreement })
    .from(seat)
    .innerJoin(member, eq(member.organisation, seat.organisation))
    .where(mine);
  return or(
    ...(key ? [] : [eq(event.user, caller.user)]),
    and(isNull(event.user), inArray(event.organisation, organisations)),
    and(isNull(event.user), isNull(event.organisation), inArray(event.agreement, agreements)),
  );
}

/** Events behind a number that the caller sees, oldest first. */
export async function after(
  db: Db,
  caller: User,
  { seq, agreement, limit }: { seq: number; agreement?: string | undefined; limit: number },
): Promise<Row[]> {
  const about = agreement === undefined ? [] : [eq(event.agreement, agreement)];
  return db
    .select()
    .from(event)
    .where(and(gt(event.seq, seq), ...about, seen(db, caller)))
    .orderBy(asc(event.seq))
    .limit(limit);
}

/** A person, and the organisation by which an API key would see it; without one only the person does. */
export type Viewer = { readonly user: string; readonly organisation?: string };

/** Who sees each of some events, by number, in two queries whatever their number. */
export async function viewers(db: Db, rows: readonly Row[]): Promise<ReadonlyMap<number, readonly Viewer[]>> {
  const common = rows.filter((row) => row.user === null);
  const organisations = [...new Set(common.flatMap(({ organisation }) => organisation ?? []))];
  const open = common.filter((row) => row.organisation === null);
  const agreements = [...new Set(open.flatMap(({ agreement }) => agreement ?? []))];
  const members =
    organisations.length === 0
      ? []
      : await db
          .select({ of: member.organisation, user: member.user, organisation: member.organisation })
          .from(member)
          .where(inArray(member.organisation, organisations));
  const seats =
    agreements.length === 0
      ? []
      : await db
          .select({ of: seat.agreement, user: member.user, organisation: member.organisation })
          .from(seat)
          .innerJoin(member, eq(member.organisation, seat.organisation))
          .where(inArray(seat.agreement, agreements));
  const [byOrganisation, byAgreement] = [Map.groupBy(members, ({ of }) => of), Map.groupBy(seats, ({ of }) => of)];
  return new Map(
    rows.map(({ seq, user, organisation, agreement }): [number, readonly Viewer[]] => {
      if (user !== null) return [seq, [{ user }]];
      if (organisation !== null) return [seq, byOrganisation.get(organisation) ?? []];
      return [seq, agreement === null ? [] : (byAgreement.get(agreement) ?? [])];
    }),
  );
}
