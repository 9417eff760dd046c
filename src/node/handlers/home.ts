/** What a person sees first, each kind of thing by one statement over all of their agreements. */
import { type SQL, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import * as Access from "../Access.ts";
import type { Call, Handler, Handlers, User } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";

const { both } = InputError;

type Task = Table.Output<"task.list">["items"][number];
type Deadline = Table.Output<"deadline.list">["items"][number];
type Money = Table.Output<"me.home">["money"][number];
type Status = Table.Output<"me.home">["agreements"][number];

/** Rows of the first look. */
const FEW = 10;
/** Seconds that stand for no time limit: they come last. */
const NEVER = 10 ** 15;

/** Whose view it is: a person's, of all or of one of their organisations. */
type View = { readonly user: string; readonly organisation: string | undefined };

/** Throws `not-found` for an organisation of others. */
async function viewOf({ db, caller }: Pick<Call, "db" | "caller">, organisation: string | undefined): Promise<View> {
  const user: User = Show.userOf(caller);
  if (organisation !== undefined && !(await Access.roleIn(db, user, organisation)))
    throw Problem.notFound(both("organisation", "组织"));
  return { user: user.user, organisation: organisation ?? user.key?.organisation };
}

/** Seats of the caller, with their role in the organisation that sits there. */
const mine = ({ user, organisation }: View): SQL => sql`
  select seat.agreement, seat.organisation, seat.role, member.role as power
  from seat join member on member.organisation = seat.organisation
  where member."user" = ${user}${organisation === undefined ? sql`` : sql` and seat.organisation = ${organisation}`}`;

async function rowsOf<T>(db: Db, statement: SQL): Promise<T[]> {
  return ((await db.execute(statement)) as unknown as { rows: T[] }).rows;
}

const SIGNING = sql`mine.power in ('owner', 'signer')`;
const PARTY = sql`mine.role in ('client', 'provider')`;
const NOTHING = sql`null::text as milestone, null::jsonb as "milestoneTitle", null::text as amount, null::float8 as due, null::float8 as until`;
const ABOUT = sql`agreement.id as agreement, agreement.title, agreement.currency, mine.organisation, mine.role`;

/** Tells rows apart, and orders those of one agreement. `place`: a digit. */
const key = (place: SQL, other: SQL = sql`null`): SQL =>
  sql`concat_ws(' ', agreement.id, ${place}, mine.role, mine.organisation, ${other})`;

/** Everything that waits for the caller: on the ledger, before it, and beside it. */
const tasksOf = (view: View): SQL => sql`
  with mine as (${mine(view)})
  select ${ABOUT}, turn->>'verb' as verb, turn->>'milestone' as milestone, turn->'title' as "milestoneTitle",
    turn->>'amount' as amount, (turn->>'due')::float8 as due, (turn->>'until')::float8 as until,
    null::text as act, null::text as approval,
    ${key(sql`turn->>'tranche'`)} as key
  from mine join agreement on agreement.id = mine.agreement
    join standing on standing.ledger_id = agreement.ledger_id
    cross join lateral jsonb_array_elements(standing.turns) as turn
  where agreement.status = 'open' and turn->>'by' = mine.role and ${SIGNING}
  union all
  select ${ABOUT}, case agreement.status when 'offered' then 'sign' else 'open' end, ${NOTHING}, null, null,
    ${key(sql`'8'`)}
  from mine join agreement on agreement.id = mine.agreement
  where ${PARTY} and ${SIGNING} and (agreement.status = 'signed' or (agreement.status = 'offered' and not exists (
    select 1 from signature where signature.agreement = agreement.id
      and signature.version = agreement.version and signature.side = mine.role)))
  union all
  select ${ABOUT}, 'review', ${NOTHING}, null, null,
    ${key(sql`'8'`)}
  from mine join agreement on agreement.id = mine.agreement
    join version on version.agreement = agreement.id and version.version = agreement.version
  where ${PARTY} and mine.power <> 'auditor' and agreement.status = 'draft' and version.organisation <> mine.organisation
  union all
  select ${ABOUT}, 'countersign', ${NOTHING}, act.id::text, null,
    ${key(sql`'9'`, sql`act.id`)}
  from mine join agreement on agreement.id = mine.agreement join act on act.agreement = agreement.id
  where act.status = 'waiting' and ${SIGNING}
    and ((act.verb = 'settle' and ${PARTY}) or (act.verb = 'rule' and mine.role = 'arbitrator')
      or (act.verb = 'report' and mine.role = 'reporter'))
    and not exists (select 1 from ledger_account
      where ledger_account.organisation = mine.organisation and act.parts ? ledger_account.address)
  union all
  select ${ABOUT}, 'approve', ${NOTHING}, act.id::text, approval.id::text, ${key(sql`'9'`, sql`approval.id`)}
  from mine join agreement on agreement.id = mine.agreement join act on act.agreement = agreement.id
    join approval on approval.act = act.id and approval.organisation = mine.organisation
  where approval.state = 'open' and approval."user" <> ${view.user} and ${SIGNING} and ${PARTY}`;

type TaskRow = {
  [K in "agreement" | "organisation" | "verb" | "key"]: string;
} & Pick<Task, "title" | "role"> & {
    milestone: string | null;
    milestoneTitle: InputError.Words | null;
    amount: string | null;
    currency: { code: string; scale: number } | null;
    due: number | null;
    until: number | null;
    act: string | null;
    approval: string | null;
    count: number;
  };

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

function task({ agreement, title, organisation, role, verb, ...row }: TaskRow): Task {
  const { milestone, milestoneTitle, amount, currency, due, until, act, approval } = row;
  return {
    ...{ agreement, title, organisation, role, verb },
    ...(milestone === null ? {} : { milestone }),
    ...(milestoneTitle === null ? {} : { milestoneTitle }),
    ...(amount === null || currency === null ? {} : { amount, currency }),
    ...(due === null ? {} : { due: timeOf(due) }),
    ...(until === null ? {} : { until: timeOf(until) }),
    ...(act === null ? {} : { act }),
    ...(approval === null ? {} : { approval }),
  };
}

const tasks = (db: Db, view: View, limit: number, from?: Page.Key): Promise<TaskRow[]> =>
  rowsOf<TaskRow>(
    db,
    sql`select task.*, count(*) over ()::int as count from (${tasksOf(view)}) as task
      ${from ? sql`where (coalesce(until, ${NEVER}), key collate "C") > (${from[0]}::float8, ${from[1]})` : sql``}
      order by coalesce(until, ${NEVER}), key collate "C" limit ${limit}`,
  );

type DeadlineRow = Pick<Deadline, "agreement" | "title" | "milestone" | "says" | "verb" | "currency" | "mine"> & {
  time: number;
  tranche: number;
  toClient: string;
  toProvider: string;
  count: number;
};

const deadlines = (db: Db, view: View, limit: number, from?: Page.Key): Promise<DeadlineRow[]> =>
  rowsOf<DeadlineRow>(
    db,
    sql`with mine as (
        select agreement, array_agg(distinct role) as roles from (${mine(view)}) as seats group by agreement)
      select agreement.id as agreement, agreement.title, deadline.milestone, deadline.says, deadline.verb,
        deadline.time::float8 as time, deadline.tranche, agreement.currency, to_jsonb(mine.roles) as mine,
        deadline.to_client::text as "toClient", deadline.to_provider::text as "toProvider",
        count(*) over ()::int as count
      from mine join agreement on agreement.id = mine.agreement
        join deadline on deadline.ledger_id = agreement.ledger_id
      where agreement.status = 'open' and agreement.currency is not null
        ${from ? sql`and (deadline.time, agreement.id, deadline.tranche) > (${from[0]}::int8, ${from[1]}::uuid, ${from[2]}::int4)` : sql``}
      order by deadline.time, agreement.id, deadline.tranche limit ${limit}`,
  );

const deadline = ({ time, tranche: _, count: __, ...row }: DeadlineRow): Deadline => ({ ...row, at: timeOf(time) });

type Ends = { currency: Money["currency"]; role: string; next: number; last: number };

async function money(db: Db, view: View): Promise<Money[]> {
  const open = sql`from mine join agreement on agreement.id = mine.agreement`;
  const of = sql`agreement.status = 'open' and ${PARTY} and agreement.currency is not null
    group by agreement.currency, mine.role`;
  const sums = await rowsOf<Omit<Money, "next" | "last">>(
    db,
    sql`with mine as (${mine(view)})
      select agreement.currency, mine.role, count(*)::int as agreements, sum(standing.held)::text as held,
        sum(standing.promised)::text as promised
      ${open} join standing on standing.ledger_id = agreement.ledger_id where standing.held is not null and ${of}
      order by agreement.currency->>'code', mine.role`,
  );
  const ends = await rowsOf<Ends>(
    db,
    sql`with mine as (${mine(view)})
      select agreement.currency, mine.role, min(deadline.time)::float8 as next, max(deadline.time)::float8 as last
      ${open} join deadline on deadline.ledger_id = agreement.ledger_id where ${of}`,
  );
  const nameOf = ({ currency, role }: Pick<Ends, "currency" | "role">) => `${currency.code} ${currency.scale} ${role}`;
  const byName = new Map(ends.map((row) => [nameOf(row), row]));
  return sums.map((row) => {
    const found = byName.get(nameOf(row));
    return { ...row, ...(found ? { next: timeOf(found.next), last: timeOf(found.last) } : {}) };
  });
}

const home: Handler<"me.home"> = async (call, { organisation }) => {
  const { db } = call;
  const view = await viewOf(call, organisation);
  const [first, soon] = [await tasks(db, view, FEW), await deadlines(db, view, FEW)];
  const [unread] = await rowsOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from notice where "user" = ${view.user} and read_at is null
      ${view.organisation === undefined ? sql`` : sql`and agreement in (select agreement from (${mine(view)}) as seats)`}`,
  );
  return {
    agreements: await rowsOf<Status>(
      db,
      sql`select status, count(*)::int as count from agreement
        where id in (select agreement from (${mine(view)}) as seats) group by status order by status`,
    ),
    tasks: { count: first[0]?.count ?? 0, items: first.map(task) },
    deadlines: { count: soon[0]?.count ?? 0, items: soon.map(deadline) },
    money: await money(db, view),
    unread: unread?.count ?? 0,
  };
};

const listTasks: Handler<"task.list"> = async (call, { organisation, after, limit }) => {
  const from = Page.afterKey(after, ["number", /^[0-9a-f-]{36} [0-9] [a-z]+ [0-9a-f- ]{36,73}$/]);
  const rows = await tasks(call.db, await viewOf(call, organisation), limit + 1, from);
  const page = Page.cut(rows, limit, ({ until, key }) => [until ?? NEVER, key]);
  return { ...page, items: page.items.map(task) };
};

const listDeadlines: Handler<"deadline.list"> = async (call, { organisation, after, limit }) => {
  const from = Page.afterKey(after, ["number", Page.UUID, "number"]);
  if (from && Number(from[2]) > 7) throw Page.foreign(after ?? "");
  const rows = await deadlines(call.db, await viewOf(call, organisation), limit + 1, from);
  const page = Page.cut(rows, limit, ({ time, agreement, tranche }) => [time, agreement, tranche]);
  return { ...page, items: page.items.map(deadline) };
};

export const homes = {
  "me.home": home,
  "task.list": listTasks,
  "deadline.list": listDeadlines,
} satisfies Partial<Handlers>;
