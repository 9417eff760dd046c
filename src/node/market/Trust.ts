/**
 * Whose word counts here. Whom one trusts to be real is no fact of a ledger: the operator names parties and issuers, whoever asks
 * adds themselves, and whoever an issuer attests to be a legal entity is one. All of it is written into each ranking.
 */
import { and, eq, gt, inArray, lte } from "drizzle-orm";
import type { Market } from "../../matching/index.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { setting, account, attestation, revocation } = schema;

export type Named = {
  readonly issuers: readonly { readonly address: string; readonly name: string }[];
  readonly anchors: readonly { readonly party: string; readonly name: string }[];
};

const NAME = "trust";
/** An attestation that somebody is registered as who they say. */
export const ENTITY = "legal-entity";

export async function read(db: Db): Promise<Named> {
  const [row] = await db.select().from(setting).where(eq(setting.name, NAME));
  return (row?.value as Named | undefined) ?? { issuers: [], anchors: [] };
}

export async function write(db: Db, value: Named): Promise<void> {
  await db.insert(setting).values({ name: NAME, value }).onConflictDoUpdate({ target: setting.name, set: { value } });
}

/** `asker`: an organisation, whose own payments speak too. `at`: Unix seconds. */
export async function of(db: Db, { asker, at }: { asker: string | undefined; at: number }): Promise<Market.Trust> {
  const { issuers, anchors } = await read(db);
  const addresses = issuers.map(({ address }) => address.toLowerCase());
  const revoked = await db
    .select({ digest: revocation.digest })
    .from(revocation)
    .innerJoin(attestation, and(eq(attestation.digest, revocation.digest), eq(attestation.issuer, revocation.issuer)));
  const taken = [...new Set(revoked.map(({ digest }) => digest))].sort();
  const attested =
    addresses.length === 0
      ? []
      : await db
          .select({ organisation: attestation.organisation, digest: attestation.digest })
          .from(attestation)
          .where(
            and(
              eq(attestation.what, ENTITY),
              inArray(attestation.issuer, addresses),
              lte(attestation.from, at),
              gt(attestation.until, at),
            ),
          );
  const parties = anchors.map(({ party }) => party.toLowerCase());
  const known = parties.length === 0 ? [] : await organisationsOf(db, parties);
  return {
    issuers: addresses.sort(),
    revoked: taken,
    anchors: [
      ...new Set([
        ...(asker === undefined ? [] : [asker]),
        ...parties.map((party) => known.find(({ address }) => address === party)?.organisation ?? party),
        ...attested.filter(({ digest }) => !taken.includes(digest)).map(({ organisation }) => organisation),
      ]),
    ].sort(),
  };
}

/** Whose accounts these are; of several the first that had it. */
export async function organisationsOf(db: Db, addresses: readonly string[]) {
  if (addresses.length === 0) return [];
  return db
    .select({ address: account.address, organisation: account.organisation })
    .from(account)
    .where(inArray(account.address, [...addresses]))
    .orderBy(account.createdAt, account.organisation);
}
