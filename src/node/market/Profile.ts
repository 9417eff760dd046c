/** A provider as others see it. */
import { and, asc, count, desc, eq, inArray } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import { Attestation, type Provider } from "../../matching/index.ts";
import * as Access from "../Access.ts";
import type { Call } from "../Call.ts";
import * as Show from "../draft/Show.ts";
import * as Page from "../Page.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Deals from "./Deals.ts";
import * as Trust from "./Trust.ts";

const { both } = InputError;
const { account, attestation, member, organisation, proof, provider, revocation, toldCase, user } = schema;

type Here = Pick<Call, "parts" | "db" | "caller">;
export type Row = {
  readonly id: string;
  readonly name: string;
  readonly profile: Omit<Provider.Provider, "name" | "title">;
  readonly about: string;
  readonly listed: boolean;
  readonly updatedAt: Date;
};

export const COLUMNS = {
  ...{ id: provider.organisation, name: organisation.name, profile: provider.profile, about: provider.about },
  ...{ listed: provider.listed, updatedAt: provider.updatedAt },
};

export const notFound = (): Problem.Problem => Problem.notFound(both("provider", "乙方"));

/** One that the caller may see: listed, or their own. Throws `not-found`. */
export async function rowOf({ db, caller }: Pick<Here, "db" | "caller">, id: string): Promise<Row> {
  const [row] = await db
    .select(COLUMNS)
    .from(provider)
    .innerJoin(organisation, eq(organisation.id, provider.organisation))
    .where(eq(provider.organisation, id));
  if (!row) throw notFound();
  if (!row.listed && !(await Access.roleIn(db, Show.userOf(caller), id))) throw notFound();
  return row;
}

/** What people call these organisations. */
export async function titlesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter((id) => Page.UUID.test(id));
  if (known.length === 0) return new Map();
  const rows = await db
    .select({ id: organisation.id, name: organisation.name })
    .from(organisation)
    .where(inArray(organisation.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Organisations all of whose people are personas of the demonstration. */
export async function demosAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ organisation: member.organisation, demo: user.demo })
    .from(member)
    .innerJoin(user, eq(user.id, member.user))
    .where(inArray(member.organisation, [...ids]));
  const people = rows.filter(({ demo }) => !demo).map((row) => row.organisation);
  return new Set(rows.map((row) => row.organisation).filter((id) => !people.includes(id)));
}

export async function full(here: Here, row: Row): Promise<Table.Output<"provider.show">> {
  const { db, parts } = here;
  const { id, name, profile, about, listed, updatedAt } = row;
  const deals = await Deals.all(db, { of: id });
  const [told] = await db.select({ has: count() }).from(toldCase).where(eq(toldCase.organisation, id));
  const proofs = await db
    .select()
    .from(proof)
    .where(and(eq(proof.organisation, id), eq(proof.state, "proven")))
    .orderBy(asc(proof.kind), asc(proof.subject));
  return {
    ...{ provider: id, name, ...profile, about, listed },
    demo: (await demosAmong(db, [id])).has(id),
    attestations: await attestations(db, id, parts.clock.now()),
    proofs: proofs.map(({ kind, subject, checkedAt }) => ({
      ...{ kind, subject, checkedAt: (checkedAt ?? new Date(0)).toISOString() },
    })),
    cases: { settled: deals.length, told: told?.has ?? 0 },
    updatedAt: updatedAt.toISOString(),
  };
}

export async function accountsOf(db: Db, id: string): Promise<readonly string[]> {
  const rows = await db
    .select({ address: account.address })
    .from(account)
    .where(eq(account.organisation, id))
    .orderBy(asc(account.address));
  return rows.map(({ address }) => address);
}

/** With the reason why one does not count here and now. */
export async function attestations(db: Db, id: string, now: number) {
  const rows = await db
    .select({ row: attestation, revokedAt: revocation.createdAt })
    .from(attestation)
    .leftJoin(revocation, and(eq(revocation.digest, attestation.digest), eq(revocation.issuer, attestation.issuer)))
    .where(eq(attestation.organisation, id))
    .orderBy(desc(attestation.createdAt), asc(attestation.id));
  const { issuers } = await Trust.read(db);
  const trusted = new Set(issuers.map(({ address }) => address.toLowerCase()));
  return rows.map(({ row, revokedAt }) => {
    const { what, issuer, from, until, signature, digest } = row;
    const revoked = new Set(revokedAt ? [digest] : []);
    const one = { what, holder: id, issuer, from, until, signature };
    const refused = Attestation.refusalOf(one, id, { at: now, trusted, revoked });
    return {
      ...{ id: row.id, what, issuer, from, until, signature, digest },
      ...(refused ? { refused } : {}),
      ...(revokedAt ? { revokedAt: revokedAt.toISOString() } : {}),
    };
  });
}
