/** A provider's cases: settled here, by the ledger's facts; or told by the provider, and kept apart. */
import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { Import, Skill } from "../../matching/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Bad from "../market/Bad.ts";
import * as Deals from "../market/Deals.ts";
import * as Gather from "../market/Gather.ts";
import * as Profile from "../market/Profile.ts";
import * as Page from "../Page.ts";
import * as Rows from "../store/Rows.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { organisation, shownCase, toldCase } = schema;

/** Cases that one provider tells of. */
const MOST = 20_000;
const COLUMNS = ["organisation", "id", "time", "area", "title", "skills", "source"] as const;

const bring: Handler<"case.import"> = async (call, { organisation: id, format, text, keepGood }) => {
  const { db, caller } = call;
  const { cases, problems } = Bad.input(() => Import.read(text, format, { keepGood }));
  // One after the other: two at once would each count what is there.
  await db.select().from(organisation).where(eq(organisation.id, id)).for("update");
  const known = new Set<string>();
  for (let from = 0; from < cases.length; from += 1_000) {
    const ids = cases.slice(from, from + 1_000).map((each) => each.id);
    const rows = await db
      .select({ id: toldCase.id })
      .from(toldCase)
      .where(and(eq(toldCase.organisation, id), inArray(toldCase.id, ids)));
    for (const row of rows) known.add(row.id);
  }
  const fresh = cases.filter((each) => !known.has(each.id));
  const [{ has } = { has: 0 }] = await db.select({ has: count() }).from(toldCase).where(eq(toldCase.organisation, id));
  const kept = has + fresh.length;
  if (kept > MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The organisation has ${has} cases, and ${fresh.length} would come; at most ${MOST} are kept. Remove some first.`,
        `该组织已有 ${has} 个案例，另将新增 ${fresh.length} 个；最多保存 ${MOST} 个。请先删除部分案例。`,
      ),
    );
  }
  for (let from = 0; from < fresh.length; from += 1_000) {
    const rows = fresh
      .slice(from, from + 1_000)
      .map(({ at, skills, ...rest }) => ({ ...rest, time: at, skills: [...skills], organisation: id, source: format }));
    await db.execute(Rows.insertion(toldCase, COLUMNS, rows));
  }
  call.note({ added: fresh.length, known: known.size, left: problems.length });
  const language = Show.languageOf(caller);
  return {
    ...{ added: fresh.length, known: known.size, kept },
    problems: problems.map((problem) => problem.toProblem(language)),
  };
};

const list: Handler<"case.list"> = async (call, { provider: id, from, after, limit }) => {
  const { db } = call;
  await Profile.rowOf(call, id);
  const key = Page.afterKey(after, ["number", /^[^\0]{1,200}$/u]);
  if (from === "settled") {
    const deals = await Deals.all(db, { of: id });
    const shown = await Gather.shownOf(db);
    const cases = Gather.casesOf(deals, shown).toReversed();
    const begin = key
      ? cases.findIndex((each) => each.at < Number(key[0]) || (each.at === key[0] && each.id < String(key[1])))
      : 0;
    const rows = begin < 0 ? [] : cases.slice(begin, begin + limit + 1);
    const page = Page.cut(rows, limit, (each) => [each.at, String(each.id)]);
    const byId = new Map(deals.map((deal) => [deal.ledgerId, deal]));
    return {
      ...page,
      items: page.items.map(({ id: ledgerId, at, area, title, skills = [] }) => {
        const deal = byId.get(String(ledgerId));
        return {
          ...{ id: String(ledgerId), from, at: timeOf(at), area, title, skills: [...skills] },
          ...(deal
            ? {
                settled: {
                  ...{ paid: String(deal.paid), currency: deal.about.currency },
                  shown: shown.has(`${id} ${ledgerId}`),
                },
              }
            : {}),
        };
      }),
    };
  }
  const rows = await db
    .select()
    .from(toldCase)
    .where(
      and(
        eq(toldCase.organisation, id),
        key && sql`(${toldCase.time}, ${toldCase.id}) < (${Number(key[0])}, ${String(key[1])})`,
      ),
    )
    .orderBy(desc(toldCase.time), desc(toldCase.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.time, row.id]);
  return {
    ...page,
    items: page.items.map(({ id: own, time, area, title, skills, source }) => ({
      ...{ id: own, from, at: timeOf(time), area, title, source },
      skills: skills.filter((name) => Skill.get(name)),
    })),
  };
};

const timeOf = (at: number) => new Date(at * 1_000).toISOString();

const remove: Handler<"case.remove"> = async ({ db, note }, { organisation: id, case: only }) => {
  const own = eq(toldCase.organisation, id);
  const gone = await db
    .delete(toldCase)
    .where(only === undefined ? own : and(own, eq(toldCase.id, only)))
    .returning({ id: toldCase.id });
  note({ removed: gone.length });
  return { done: true };
};

const publish: Handler<"case.publish"> = async ({ db, note }, { organisation: id, ledgerId, shown }) => {
  const deals = await Deals.all(db, { of: id });
  if (!deals.some((deal) => deal.ledgerId === ledgerId)) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        "The organisation was not paid under this agreement, as far as this node knows. Look at its settled cases.",
        "就本节点所知，该组织未曾依此协议获得付款。请查看其已结算的案例。",
      ),
    );
  }
  if (shown) await db.insert(shownCase).values({ organisation: id, ledgerId }).onConflictDoNothing();
  else await db.delete(shownCase).where(and(eq(shownCase.organisation, id), eq(shownCase.ledgerId, ledgerId)));
  note({ ledgerId, shown });
  return { done: true };
};

export const cases = {
  "case.import": bring,
  "case.list": list,
  "case.remove": remove,
  "case.publish": publish,
} satisfies Partial<Handlers>;
