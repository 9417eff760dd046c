/** Agreements as a list shows them: beside the summary what they are worth, whose move it is, and what comes first. */
import { inArray, sql } from "drizzle-orm";
import type { InputError } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import type { SeatRole } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Show from "./Show.ts";

const { agreement } = schema;

type Listed = Table.Output<"agreement.list">["items"][number];

/** In the order of the rows. */
export async function of(db: Db, rows: readonly Show.Row[]): Promise<Listed[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [summaries, glances] = [await Show.summaries(db, rows), await glancesAt(db, ids)];
  return summaries.map((summary, k) => {
    const { amount, currency } = rows[k] as Show.Row;
    const { held = null, turn = null, next = null } = glances.get(summary.id) ?? {};
    return {
      ...summary,
      ...(amount === null ? {} : { amount: String(amount) }),
      ...(currency === null ? {} : { currency }),
      ...(held === null ? {} : { held }),
      turn: turn ?? [],
      ...(next === null ? {} : { next: { ...next, at: new Date(next.at * 1000).toISOString() } }),
    };
  });
}

type Glance = {
  readonly held: string | null;
  readonly turn: SeatRole[] | null;
  readonly next: { at: number; milestone: string; says: InputError.Words } | null;
};

// Of a few deadlines each the first: by the index of all times it would look through everybody's.

/** On the ledger by its stages; before it whoever has not signed, or not written, the latest version. */
const TURN = sql`case agreement.status
  when 'open' then (
    select jsonb_agg(distinct turn->>'by') from jsonb_array_elements(standing.turns) as turn)
  when 'signed' then '["client", "provider"]'::jsonb
  when 'offered' then (
    select jsonb_agg(side) from (values ('client'), ('provider')) as sides (side)
    where not exists (select 1 from signature where signature.agreement = agreement.id
      and signature.version = agreement.version and signature.side = sides.side))
  when 'draft' then (
    select jsonb_agg(seat.role) from seat join version
      on version.agreement = seat.agreement and version.version = agreement.version
    where seat.agreement = agreement.id and seat.role in ('client', 'provider')
      and seat.organisation <> version.organisation)
  end`;

async function glancesAt(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Glance>> {
  const found = await db.execute(sql`
    select agreement.id, ${TURN} as turn,
      case agreement.status when 'open' then standing.held::text end as held,
      (select jsonb_build_object('at', deadline.time, 'milestone', deadline.milestone, 'says', deadline.says)
        from deadline where deadline.ledger_id = agreement.ledger_id and agreement.status = 'open'
        order by deadline.time + 0, deadline.tranche limit 1) as next
    from agreement left join standing on standing.ledger_id = agreement.ledger_id
    where ${inArray(agreement.id, [...ids])}`);
  const { rows } = found as unknown as { rows: (Glance & { id: string })[] };
  return new Map(rows.map((row) => [row.id, row]));
}
