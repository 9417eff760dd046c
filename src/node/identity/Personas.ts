/** Personas of the demonstration: people who are not there, whose keys this node keeps. Never on a ledger with money. */
import { and, eq } from "drizzle-orm";
import { Secp256k1 } from "ox";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Signer from "../../ledger/Signer.ts";
import type { Parts, Role } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Users from "./Users.ts";

const { both } = InputError;

/** `name`: what it is called by, `[a-z0-9-]`. Those with the same `organisation` work for one firm and share its account. */
export type Persona = {
  readonly name: string;
  readonly says: string;
  readonly organisation: string;
  /** Owner when absent. */
  readonly role?: Role;
  readonly language?: InputError.Language;
  /** Of the organisation's account; a fresh one when absent. */
  readonly key?: Hex;
};

/** A persona as it is kept. `account` acts for the organisation on the ledger. */
export type Kept = {
  readonly persona: Persona;
  readonly user: string;
  readonly organisation: string;
  readonly account: Address;
};

/** Makes those who are missing; the others stay as they are. Not within a transaction. */
export async function ensure({ store }: Pick<Parts, "store">, personas: readonly Persona[]): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const persona of personas) kept.push(await store.transaction((tx) => make(tx, persona)));
  return kept;
}

async function make(tx: Db, persona: Persona): Promise<Kept> {
  const { name, says, role = "owner", language = "en" } = persona;
  const id = userOf(name);
  const organisation = Users.uuidOf(`organisation of personas ${persona.organisation}`);
  const user = { id, name: says, email: Users.nowhere("persona", name), demo: true, mail: false, language };
  const fresh = await tx.insert(schema.user).values(user).onConflictDoNothing().returning();
  const firm = { id: organisation, name: persona.organisation };
  const founded = await tx.insert(schema.organisation).values(firm).onConflictDoNothing().returning();
  // Whoever was taken out of an organisation stays out.
  if (fresh.length > 0 || founded.length > 0) await tx.insert(schema.member).values({ organisation, user: id, role });
  // One after the other: two nodes that start at once make one key.
  await tx.select().from(schema.organisation).where(eq(schema.organisation.id, organisation)).for("update");
  const { account } = schema;
  const [known] = await tx
    .select({ address: account.address })
    .from(account)
    .where(and(eq(account.organisation, organisation), eq(account.kind, "demo")));
  if (known) return { persona, user: id, organisation, account: known.address as Address };
  const demoKey = persona.key ?? Secp256k1.randomPrivateKey();
  const { address } = Signer.fromKey(demoKey);
  const signers = [{ signer: address, name: persona.organisation }];
  await tx.insert(account).values({ address, organisation, kind: "demo", name: "demo", signers, demoKey });
  return { persona, user: id, organisation, account: address };
}

/** A persona's user id. */
export const userOf = (name: string): string => `persona-${name}`;

/** Signs for an organisation of personas. Throws `not-found` for every other account: the node keeps no other key. */
export async function signerOf(db: Db, organisation: string, address: string): Promise<Signer.Signer> {
  const { account } = schema;
  const [row] = await db
    .select({ key: account.demoKey })
    .from(account)
    .where(
      and(eq(account.organisation, organisation), eq(account.address, address.toLowerCase()), eq(account.kind, "demo")),
    );
  if (!row?.key) throw Problem.notFound(both("demo account", "演示账户"));
  return Signer.fromKey(row.key as Hex);
}
