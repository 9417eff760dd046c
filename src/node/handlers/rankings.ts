/** Rankings as they were made: kept with all their inputs, for the client, for who was judged, and for anyone to recompute. */
import { randomUUID } from "node:crypto";
import { and, count, desc, eq, exists, isNull, or, sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Brief, Bundle, Feature, Knowledge, Provider, Ranking, Tender, Weights } from "../../matching/index.ts";
import { Bidi } from "../../text/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Bad from "../market/Bad.ts";
import * as Gather from "../market/Gather.ts";
import * as Profile from "../market/Profile.ts";
import * as Wanted from "../market/Wanted.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { brief, callFor, ranking } = schema;

type Row = typeof ranking.$inferSelect;
type Shown = Table.Output<"ranking.show">;

/** Of one brief: each is kept with all that it was made from. */
const MOST = 100;
/** Of five places seen, what newcomers get at least. */
const SHARE = 0.1;

const match: Handler<"brief.match"> = async (call, { organisation, brief: id, seed }) => {
  const { db, parts, note } = call;
  const wanted = await Wanted.rowOf(db, organisation, id, { lock: true });
  Wanted.demandOpen(wanted);
  const [{ has } = { has: 0 }] = await db.select({ has: count() }).from(ranking).where(eq(ranking.brief, id));
  if (has >= MOST) {
    throw new Problem.Problem(
      "state-conflict",
      both(
        `The brief was ranked ${has} times; at most ${MOST} rankings are kept. Begin another brief.`,
        `该需求书已排序 ${has} 次，最多保存 ${MOST} 次。请新建需求书。`,
      ),
    );
  }
  const at = parts.clock.now();
  const key = randomUUID();
  const inputs = await Gather.inputs(db, { asker: organisation, at });
  const floor = { share: SHARE, seed: seed ?? key };
  const made = Ranking.rank(inputs, Brief.toRequest(wanted.brief, { id, at }), { floor });
  const bundle = Bundle.of(made, inputs, Weights.YOUNG);
  const judged = [...made.candidates, ...made.excluded].map((each) => each.provider);
  const [row] = await db
    .insert(ranking)
    .values({ id: key, brief: id, revision: wanted.revision, bundle, judged })
    .returning();
  if (!row) throw new Error("an insert returns its row");
  note({ brief: id, ranking: key, hash: made.inputs.hash, seed: floor.seed });
  return shown(db, row);
};

const timeOf = (at: number) => new Date(at * 1_000).toISOString();

async function shown(db: Db, { id, brief: of, revision, bundle: { ranking: made }, judged }: Row): Promise<Shown> {
  const titles = await Profile.titlesOf(db, judged);
  const nameOf = (provider: string) => titles.get(provider) ?? provider;
  const { request, inputs, weights, floor, base, candidates, excluded, others } = made;
  return {
    ...{ id, brief: of, at: timeOf(request.at), revision, weights, inputs, floor, base, others },
    candidates: candidates.map(({ provider, title: _, cases, ...rest }) => ({
      ...{ provider, name: nameOf(provider), ...rest },
      cases: cases.map(({ at, ...one }) => ({ ...one, at: timeOf(at) })),
      why: Ranking.whyNot(made, provider, { titles }),
    })),
    excluded: excluded.map(({ provider, why }) => ({ provider, name: nameOf(provider), why })),
    parts: Feature.PARTS,
  };
}

/** Throws `not-found`. */
async function rowOf(db: Db, organisation: string, of: string, id: string): Promise<Row> {
  await Wanted.rowOf(db, organisation, of);
  const [row] = await db
    .select()
    .from(ranking)
    .where(and(eq(ranking.brief, of), eq(ranking.id, id)));
  if (!row) throw notFound();
  return row;
}

const notFound = () => Problem.notFound(both("ranking", "排序"));

const list: Handler<"ranking.list"> = async ({ db }, { organisation, brief: of, after, limit }) => {
  await Wanted.rowOf(db, organisation, of);
  const from = Page.afterTime(after);
  const rows = await db
    .select()
    .from(ranking)
    .where(
      and(
        eq(ranking.brief, of),
        from && sql`(${ranking.createdAt}, ${ranking.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
  const titles = await Profile.titlesOf(db, [...new Set(page.items.flatMap((row) => row.judged))]);
  return {
    ...page,
    items: page.items.map(({ id, revision, bundle: { ranking: made } }) => ({
      ...{ id, at: timeOf(made.request.at), revision, hash: made.inputs.hash },
      first: made.candidates
        .slice(0, 3)
        .map(({ provider, score }) => ({ provider, name: titles.get(provider) ?? provider, score })),
    })),
  };
};

const show: Handler<"ranking.show"> = async ({ db }, input) =>
  shown(db, await rowOf(db, input.organisation, input.brief, input.ranking));

const bundled = ({ id, bundle }: Row) => ({ name: `ranking-${id}.json`, content: `${JSON.stringify(bundle)}\n` });

const bundle: Handler<"ranking.bundle"> = async ({ db }, input) =>
  bundled(await rowOf(db, input.organisation, input.brief, input.ranking));

// Of those who were judged.

type Judged = { row: Row; open: boolean };

/** In which an organisation was judged: of briefs that are shown to all, or to which it was invited. */
const judged = (db: Db, organisation: string) =>
  db
    .select({ row: ranking, open: brief.shown })
    .from(ranking)
    .innerJoin(brief, eq(brief.id, ranking.brief))
    .$dynamic()
    .where(isFor(db, organisation));

const isFor = (db: Db, organisation: string) =>
  and(
    sql`${ranking.judged} @> array[${organisation}]::uuid[]`,
    or(
      eq(brief.shown, true),
      exists(
        db
          .select({ one: sql`1` })
          .from(callFor)
          .where(
            and(eq(callFor.brief, ranking.brief), eq(callFor.organisation, organisation), isNull(callFor.revokedAt)),
          ),
      ),
    ),
  );

/** Nothing of who the others are, nor of what they have done. */
async function placed(db: Db, { row, open }: Judged, organisation: string): Promise<Table.Output<"placement.show">> {
  const titles = await Profile.titlesOf(db, [organisation]);
  const { ranking: made } = row.bundle;
  const me = made.candidates.find(({ provider }) => provider === organisation);
  const first = made.candidates[0];
  return {
    ...{ ranking: row.id, brief: row.brief, at: timeOf(made.request.at), of: made.candidates.length, open },
    why: Ranking.whyNot(made, organisation, { anonymous: true, titles }),
    names: Feature.PARTS,
    ...(me ? { place: me.place, score: me.score, parts: me.parts } : {}),
    ...(me && first
      ? { behind: Object.fromEntries(Ranking.behind(me, first).map(({ part, by }) => [part, by] as const)) }
      : {}),
  };
}

const placements: Handler<"placement.list"> = async ({ db }, { organisation, after, limit }) => {
  const from = Page.afterTime(after);
  const rows = await judged(db, organisation)
    .where(
      and(
        isFor(db, organisation),
        from && sql`(${ranking.createdAt}, ${ranking.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`,
      ),
    )
    .orderBy(desc(ranking.createdAt), desc(ranking.id))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, ({ row }) => [row.createdAt.toISOString(), row.id]);
  const items: Table.Output<"placement.show">[] = [];
  for (const each of page.items) items.push(await placed(db, each, organisation));
  return { ...page, items };
};

async function judgedIn(db: Db, organisation: string, id: string): Promise<Judged> {
  const [found] = await judged(db, organisation).where(and(isFor(db, organisation), eq(ranking.id, id)));
  if (!found) throw notFound();
  return found;
}

const placement: Handler<"placement.show"> = async ({ db }, { organisation, ranking: id }) =>
  placed(db, await judgedIn(db, organisation, id), organisation);

const inputsOf: Handler<"placement.bundle"> = async ({ db }, { organisation, ranking: id }) => {
  const { row, open } = await judgedIn(db, organisation, id);
  if (open) return bundled(row);
  throw new Problem.Problem(
    "state-conflict",
    both(
      "The brief is shown to those who were invited only, and its inputs to the client. Ask the client for the file.",
      "该需求书仅对受邀者可见，其输入仅甲方可得。请向甲方索取文件。",
    ),
  );
};

// Several packages at once.

const team: Handler<"team.match"> = async ({ db, parts }, { organisation, packages }) => {
  const at = parts.clock.now();
  const names = packages.map(({ name }) => name);
  const again = names.findIndex((name, place) => names.indexOf(name) < place);
  if (again >= 0) throw bad(`packages[${again}].name`, names[again], both("another name than before", "不重复的名称"));
  const inputs = await Gather.inputs(db, { asker: organisation, at });
  const knowledge = Knowledge.at(inputs, at);
  const wanted: Brief.Brief[] = [];
  for (const [place, { brief: id, text }] of packages.entries()) {
    if ((id === undefined) === (text === undefined))
      throw bad(`packages[${place}]`, { brief: id, text }, both("a brief or a text", "brief 或 text 之一"));
    wanted.push(
      id === undefined
        ? Bad.input(() => Brief.parse(text ?? "", Math.floor(at / 86_400)))
        : (await Wanted.rowOf(db, organisation, id)).brief,
    );
  }
  const titles = await Profile.titlesOf(
    db,
    inputs.market.providers.map(({ provider }) => provider.name),
  );
  const offers = wanted.flatMap((one, place) =>
    Ranking.scores(knowledge, Brief.toRequest(one, { id: names[place] ?? "", at })).map(({ provider, score }) => ({
      ...{ package: names[place] ?? "", provider, score },
    })),
  );
  const capacity = Object.fromEntries(
    inputs.market.providers.map(({ provider }) => [
      provider.name,
      Math.min(...wanted.map(({ start, term = 30 }) => Provider.people(provider, start, term))),
    ]),
  );
  const awards = Tender.assign({ packages: names, capacity, offers });
  const nameOf = (provider: string) => titles.get(provider) ?? provider;
  return {
    awards: awards.map((award) => ({
      ...{ package: award.package, score: award.score, why: whyOf(award, nameOf) },
      ...(award.provider === undefined ? {} : { provider: award.provider, name: nameOf(award.provider) }),
      ...(award.first ? { first: { ...award.first, name: nameOf(award.first.provider) } } : {}),
    })),
    score: awards.reduce((sum, { score }) => sum + score, 0),
    without: awards.filter(({ provider }) => provider === undefined).length,
  };
};

function whyOf({ provider, first }: Tender.Award, nameOf: (provider: string) => string): InputError.Words {
  if (!first) return both("Nobody meets its demands.", "没有满足要求的乙方。");
  const [who, best] = [
    provider === undefined ? "" : Bidi.isolate(nameOf(provider)),
    Bidi.isolate(nameOf(first.provider)),
  ];
  if (provider === first.provider) return both(`${who} is the best for it.`, `${who} 最合适。`);
  const costs = (first.costs / 1_000_000).toFixed(3);
  const loss =
    first.without > 0
      ? both(`${first.without} more would remain without anyone`, `将多出 ${first.without} 个工作包无人承接`)
      : both(`all together would lose ${costs}`, `整体得分将减少 ${costs}`);
  if (provider === undefined)
    return both(
      `Everyone who could is taken by others; ${best} would be the best for it.`,
      `可承接者均已安排其他工作包；单独看 ${best} 最合适。`,
    );
  return both(
    `${best} would be the best for it alone, but ${loss.en}; so ${who} takes it.`,
    `单独看 ${best} 最合适，但${loss.zh}；因此由 ${who} 承接。`,
  );
}

function bad(field: string, value: unknown, expected: InputError.Words): Problem.Problem {
  const found = InputError.show(value);
  return new Problem.Problem(
    "bad-input",
    both(
      `${field}: found ${found}, expected ${expected.en}. Correct it.`,
      `${field}：现为 ${found}，应为${expected.zh}。请更正。`,
    ),
    { field, pointer: `#/${field.replaceAll(/[.[\]]+/g, "/").replace(/\/$/, "")}` },
  );
}

export const rankings = {
  "brief.match": match,
  "ranking.list": list,
  "ranking.show": show,
  "ranking.bundle": bundle,
  "placement.list": placements,
  "placement.show": placement,
  "placement.bundle": inputsOf,
  "team.match": team,
} satisfies Partial<Handlers>;
