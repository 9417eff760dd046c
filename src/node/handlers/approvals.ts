/** The second person's word on an act: it goes to the ledger, or ends here. */
import { and, desc, eq, lt, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { InputError, Terms } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handlers } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Standings from "../index/Standings.ts";
import * as Page from "../Page.ts";
import * as Asked from "../relay/Asked.ts";
import * as Authority from "../relay/Authority.ts";
import * as Forecast from "../relay/Forecast.ts";
import * as Relay from "../relay/Relay.ts";
import * as Subject from "../relay/Subject.ts";
import type { Wanted } from "../relay/Wanted.ts";
import * as Plain from "../store/Plain.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { approval, act, user, agreement } = schema;
const decider = alias(user, "decider");

const COLUMNS = {
  ...{ id: approval.id, agreement: act.agreement, act: act.act, user: approval.user, name: user.name },
  ...{ state: approval.state, createdAt: approval.createdAt, title: agreement.title },
  ...{ decidedBy: approval.decidedBy, decider: decider.name, ledgerId: act.ledgerId, call: act.call },
};
const rows = (db: Db) =>
  db
    .select(COLUMNS)
    .from(approval)
    .innerJoin(act, eq(act.id, approval.act))
    .leftJoin(user, eq(user.id, approval.user))
    .leftJoin(agreement, eq(agreement.id, act.agreement))
    .leftJoin(decider, eq(decider.id, approval.decidedBy))
    .$dynamic();
type Row = Awaited<ReturnType<typeof rows>>[number];

async function shown({ parts, db }: Here, row: Row): Promise<Table.Output<"approval.decide">> {
  const { id, agreement, title, user, name, state, createdAt, decidedBy, decider } = row;
  return {
    ...{ id, agreement: agreement ?? "", act: row.act, by: { user, name: name ?? user }, state },
    ...(title === null ? {} : { title }),
    ...(state === "open" ? await worthOf({ parts, db }, row) : {}),
    ...(decidedBy === null ? {} : { decidedBy: { user: decidedBy, name: decider ?? decidedBy } }),
    createdAt: createdAt.toISOString(),
  };
}

/** What the act would move, of an agreement that this node has. */
async function worthOf({ parts, db }: Here, { ledgerId, call }: Row) {
  const subject = await Subject.byLedgerId(db, parts.place, ledgerId);
  if (!subject) return {};
  const amount = String(Forecast.amount(subject, Plain.rich<Wanted>(call)));
  return { amount, currency: Terms.currencyOf(subject.terms) };
}

const list: Handlers["approval.list"] = async ({ db, parts }, { organisation, after, limit }) => {
  const from = Page.afterTime(after);
  const before =
    from && or(lt(approval.createdAt, from.at), and(eq(approval.createdAt, from.at), lt(approval.id, from.id)));
  const found = await rows(db)
    .where(and(eq(approval.organisation, organisation), before))
    .orderBy(desc(approval.createdAt), desc(approval.id))
    .limit(limit + 1);
  const page = Page.cut(found, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  return { ...page, items: await Promise.all(page.items.map((row) => shown({ parts, db }, row))) };
};

const decide: Handlers["approval.decide"] = async (call, input) => {
  const { parts, db, caller } = call;
  const me = Show.userOf(caller).user;
  const mine = and(eq(approval.id, input.approval), eq(approval.organisation, input.organisation));
  const [row] = await db.select().from(approval).where(mine).for("update");
  if (!row) throw Problem.notFound(both("approval of this organisation", "本组织待批事项"));
  const [asked] = await db.select().from(act).where(eq(act.id, row.act)).for("update");
  if (!asked) throw Problem.notFound(both("act", "操作"));
  const state = input.approve ? "approved" : "refused";
  if (row.state === "open") {
    if (row.user === me) throw another();
    await db.update(approval).set({ state, decidedBy: me }).where(mine);
    const data = { approval: row.id, act: row.act, verb: asked.verb, state };
    const agreement = asked.agreement ? { agreement: asked.agreement } : {};
    await parts.events.append(db, { kind: "approval.decided", organisation: row.organisation, ...agreement, data });
    if (asked.status === "waiting") await (input.approve ? approve(call, asked) : refuse(call, asked));
    call.note({ act: asked.id, verb: asked.verb, state });
  } else if (row.state !== state) throw decided(row.state);
  const [answer] = await rows(db).where(mine);
  if (!answer) throw Problem.notFound(both("approval of this organisation", "本组织待批事项"));
  return shown(call, answer);
};

type Here = Pick<Parameters<Handlers["approval.decide"]>[0], "parts" | "db">;

async function approve({ parts, db }: Here, row: Asked.Row): Promise<void> {
  const subject = await Subject.byLedgerId(db, parts.place, row.ledgerId);
  if (!subject) throw Problem.notFound(both("agreement", "协议"));
  const state = await Standings.stateOf(db, parts.place, subject.ledgerId, subject.terms);
  const { needed } = await Authority.of(parts.place, subject, state, Plain.rich<Wanted>(row.call));
  await Asked.advance(parts, db, row, needed);
}

async function refuse({ parts, db }: Here, row: Asked.Row): Promise<void> {
  const problem = Relay.problemOf(
    new Problem.Problem(
      "approval-needed",
      both(
        "The second person did not approve it. Nothing was sent. Ask them why, then act anew.",
        "第二人未予批准。未发送任何内容。请了解原因后重新操作。",
      ),
    ),
  );
  await db.update(act).set({ status: "refused", problem, updatedAt: new Date() }).where(eq(act.id, row.id));
  await Asked.tell(parts, db, { ...row, status: "refused" });
}

const another = () =>
  new Problem.Problem(
    "state-conflict",
    both(
      "You asked for this act yourself; another owner or signer approves it. Ask one of them.",
      "该操作由您本人提出，须由其他所有者或签署人批准。请联系其办理。",
    ),
  );

const decided = (state: string) =>
  new Problem.Problem(
    "state-conflict",
    both(
      `It was decided before: ${state}. Whoever wants something else acts anew.`,
      `此事已有决定：${state}。如需变更，请重新操作。`,
    ),
    { found: state },
  );

export const approvals = { "approval.list": list, "approval.decide": decide } satisfies Partial<Handlers>;
