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

const { standing, version, fact } = schema;

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

/** `of`: only those whose provider has one of these accounts. In the order of their ids. */
export async function all(db: Db, { of }: { of?: readonly string[] } = {}): Promise<readonly Deal[]> {
  if (of?.length === 0) return [];
  const rows = await db
    .selectDistinctOn([standing.ledgerId], {
      ...{ ledgerId: standing.ledgerId, client: standing.client, provider: standing.provider },
      document: version.document,
    })
    .from(standing)
    .innerJoin(version, eq(version.ledgerId, standing.ledgerId))
    .where(and(ne(standing.status, "revoked"), ...(of ? [inArray(standing.provider, [...of])] : [])))
    .orderBy(standing.ledgerId);
  const moved = await movedOf(
    db,
    rows.map(({ ledgerId }) => ledgerId),
  );
  const addresses = [...new Set(rows.flatMap(({ client, provider }) => [client, provider]))];
  const owners = new Map(
    (await Trust.organisationsOf(db, addresses)).toReversed().map((each) => [each.address, each.organisation]),
  );
  const nameOf = (address: string) => owners.get(address) ?? address;
  return rows.flatMap(({ ledgerId, client, provider, document }): Deal[] => {
    const { title, ...says } = readTerms(ledgerId, document);
    const about = { agreement: ledgerId, client: nameOf(client), provider: nameOf(provider), ...says };
    const own = moved.get(ledgerId) ?? [];
    const settled = Settlement.read(about, own);
    if (!settled) return [];
    return [{ ledgerId, title, addresses: { client, provider }, about, settled, ...Settlement.sums(own) }];
  });
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
