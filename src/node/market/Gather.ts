/** What a ranking is made from, out of the store: who is listed, what was settled, what they tell, and whose word counts. */
import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { type Attestation, Brief, type Case, type Knowledge, Market, Skill } from "../../matching/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Deals from "./Deals.ts";
import * as Trust from "./Trust.ts";

const { provider, attestation, toldCase, shownCase } = schema;

/** Providers that are ranked on one node, and cases that are looked at of all. */
const PROVIDERS = 5_000;
const CASES = 20_000;

/** Of a moment, in Unix seconds, as an organisation sees it. */
export async function inputs(
  db: Db,
  { asker, at }: { asker: string; at: number },
): Promise<Required<Knowledge.Inputs>> {
  const rows = await db
    .select({ id: provider.organisation, profile: provider.profile })
    .from(provider)
    .where(eq(provider.listed, true))
    .orderBy(asc(provider.organisation))
    .limit(PROVIDERS);
  const ids = rows.map(({ id }) => id);
  const [held, told, deals, shown, trust] = [
    await attestationsOf(db, ids),
    await claimsOf(db, ids, at),
    await Deals.all(db),
    await shownOf(db),
    await Trust.of(db, { asker, at }),
  ];
  const settled = deals.filter((deal) => deal.settled.at < at);
  return {
    cases: casesOf(settled, shown),
    market: {
      // A provider is not ranked for its own brief.
      providers: rows
        .filter(({ id }) => id !== asker)
        .map(({ id, profile }) => ({
          // By its id alone: what is kept to be recomputed names nobody who may be erased one day.
          provider: { name: id, ...profile },
          attestations: held.get(id) ?? [],
        })),
      settlements: settled.map((deal) => Market.written(deal.settled)),
      claims: told,
      trust,
    },
  };
}

export async function attestationsOf(db: Db, ids: readonly string[]) {
  const found = new Map<string, Attestation.Attestation[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .select()
    .from(attestation)
    .where(inArray(attestation.organisation, [...ids]))
    .orderBy(asc(attestation.organisation), asc(attestation.digest));
  for (const { organisation: holder, what, issuer, from, until, signature } of rows) {
    const list = found.get(holder) ?? [];
    list.push({ what, holder, issuer, from, until, signature });
    found.set(holder, list);
  }
  return found;
}

async function claimsOf(db: Db, ids: readonly string[], at: number): Promise<readonly Case.Case[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(toldCase)
    .where(and(inArray(toldCase.organisation, [...ids]), lt(toldCase.time, at)))
    .orderBy(desc(toldCase.time), asc(toldCase.organisation), asc(toldCase.id))
    .limit(CASES);
  return rows.toReversed().map(({ organisation: name, id, time, area, title, skills }) => ({
    ...{ id: `${name} ${id}`.slice(0, 200), at: time, area, title, provider: name, providers: [name], skills },
  }));
}

/** By organisation and agreement: whose titles their providers show. */
export async function shownOf(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.select({ by: shownCase.organisation, ledgerId: shownCase.ledgerId }).from(shownCase);
  return new Set(rows.map(({ by, ledgerId }) => `${by} ${ledgerId}`));
}

/** The titles of settled cases are between their two sides, unless the provider shows them: then skills stand for them. */
export function casesOf(deals: readonly Deals.Deal[], shown: ReadonlySet<string>): readonly Case.Case[] {
  return deals
    .map(({ ledgerId, title, settled: { at, provider: name, skills } }) => ({
      ...{ id: ledgerId, at, area: skills[0] ?? Brief.ANYWHERE, provider: name, providers: [name], skills },
      title: shown.has(`${name} ${ledgerId}`) ? titleOf(title) : named(skills),
    }))
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

const titleOf = ({ en, zh }: { en: string; zh: string }) => (en === zh ? en : `${en} · ${zh}`);
const named = (skills: readonly string[]) => skills.map((name) => Skill.get(name)?.en ?? name).join(", ");
