/**
 * What was settled, from the ledger's facts: of agreements whose terms this node knows, what was paid and refunded, and the skills
 * that both sides signed for. A party is the organisation whose account it is, else the account itself.
 */
import { and, eq, inArray, ne } from "drizzle-orm";
import { type InputError, Terms } from "../../agreement/index.ts";
import { type Reputation, Settlement, Skill } from "../../matching/index.ts";
import { rich } from "../store/Plain.ts";
import * as Rows from "../store/Rows.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Trust from "./Trust.ts";

const { account, agreement, fact, seat, standing, version } = schema;

export type Deal = {
  readonly ledgerId: string;
  readonly title: InputError.Words;
  /** On the ledger. */
  readonly addresses: { readonly client: string; readonly provider: string };
  readonly about: Settlement.About;
  readonly settled: Reputation.Settled;
  /** What was paid, and what went back because the provider failed; base units. */
  readonly paid: bigint;
  readonly lost: bigint;
};

/** What its terms say of an agreement: they never change. */
type Said = Pick<Settlement.About, "skills" | "held" | "currency"> & { title: InputError.Words; target?: bigint };
const said = new Map<string, Said>();
/** Beyond it the oldest go. */
const KEPT = 5_000;
/** Skills of one agreement. */
const SKILLS = 20;

/** `of`: only those of one provider. In the order of their ids. */
export async function all(db: Db, { of }: { of?: string } = {}): Promise<readonly Deal[]> {
  const own =
    of === undefined
      ? undefined
      : db.select({ address: account.address }).from(account).where(eq(account.organisation, of));
  const rows = await db
    .selectDistinctOn([standing.ledgerId], {
      ...{ ledgerId: standing.ledgerId, client: standing.client, provider: standing.provider },
      document: version.document,
    })
    .from(standing)
    .innerJoin(version, eq(version.ledgerId, standing.ledgerId))
    .where(and(ne(standing.status, "revoked"), own && inArray(standing.provider, own)))
    .orderBy(standing.ledgerId);
  const ids = rows.map(({ ledgerId }) => ledgerId);
  const moved = await movedOf(db, ids);
  const nameOf = await namesOf(db, ids, [...new Set(rows.flatMap(({ client, provider }) => [client, provider]))]);
  return rows.flatMap(({ ledgerId, client, provider, document }): Deal[] => {
    const { title, ...says } = readTerms(ledgerId, document);
    const parties = { client: nameOf(ledgerId, client), provider: nameOf(ledgerId, provider) };
    if (of !== undefined && parties.provider !== of) return [];
    const about = { agreement: ledgerId, ...parties, ...says };
    const own = moved.get(ledgerId) ?? [];
    const settled = Settlement.read(about, own);
    if (!settled) return [];
    return [{ ledgerId, title, addresses: { client, provider }, about, settled, ...Settlement.sums(own) }];
  });
}

/** Who a party is: the organisation that sits in the agreement with this account, else the first whose account it is. */
async function namesOf(db: Db, ids: readonly string[], addresses: readonly string[]) {
  const seated = new Map<string, string>();
  for (let from = 0; from < ids.length; from += 1_000) {
    const rows = await db
      .select({ ledgerId: agreement.ledgerId, address: account.address, organisation: seat.organisation })
      .from(agreement)
      .innerJoin(seat, eq(seat.agreement, agreement.id))
      .innerJoin(account, eq(account.organisation, seat.organisation))
      .where(Rows.among(agreement.ledgerId, ids.slice(from, from + 1_000)))
      .orderBy(seat.createdAt, seat.organisation);
    for (const row of rows) {
      const key = `${row.ledgerId} ${row.address}`;
      if (!seated.has(key)) seated.set(key, row.organisation);
    }
  }
  const owners = new Map(
    (await Trust.organisationsOf(db, addresses)).toReversed().map((each) => [each.address, each.organisation]),
  );
  return (ledgerId: string, address: string) => seated.get(`${ledgerId} ${address}`) ?? owners.get(address) ?? address;
}

async function movedOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Settlement.Moved[]>> {
  const found = new Map<string, Settlement.Moved[]>();
  for (let from = 0; from < ids.length; from += 1_000) {
    const rows = await db
      .select({ ledgerId: fact.ledgerId, kind: fact.kind, time: fact.time, data: fact.data })
      .from(fact)
      .where(and(Rows.among(fact.ledgerId, ids.slice(from, from + 1_000)), inArray(fact.kind, [...Settlement.KINDS])))
      .orderBy(fact.block, fact.index);
    for (const { ledgerId, kind, time, data } of rows) {
      const one = { ...rich<object>(data), kind, at: time } as unknown as Settlement.Moved;
      const list = found.get(String(ledgerId));
      if (list) list.push(one);
      else found.set(String(ledgerId), [one]);
    }
  }
  return found;
}

function readTerms(ledgerId: string, document: unknown): Said {
  const known = said.get(ledgerId);
  if (known) return known;
  const terms = Terms.parse(document);
  const { title, milestones, criteria, rail, outcome } = terms;
  const texts = [title, ...milestones.map((each) => each.title), ...criteria.map(({ what }) => what)];
  const skills = Skill.find(texts.flatMap(({ en, zh }) => [en, zh]).join("\n"));
  const found: Said = {
    ...{ title, held: rail, currency: Terms.currencyOf(terms), skills: skills.slice(0, SKILLS) },
    ...(outcome ? { target: BigInt(outcome.target) } : {}),
  };
  said.set(ledgerId, found);
  const [oldest] = said.keys();
  if (said.size > KEPT && oldest !== undefined) said.delete(oldest);
  return found;
}
