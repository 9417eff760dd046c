/** People as the node knows them, and the organisation that each of them has of their own. */
import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

/** Addresses that the sign-in library asks for where a person gave none; nothing is ever sent there (RFC 6761). */
const NOWHERE = ".placeholder.invalid";

export const nowhere = (namespace: string, name: string): string => `${name}@${namespace}${NOWHERE}`;
/** Whether it can be an address of somebody's. */
export const isReachable = (email: string): boolean => !email.toLowerCase().endsWith(".invalid");

/** Makes the personal organisation of a user who has none yet. Personas come with theirs. */
export async function settle(store: Store, id: string): Promise<void> {
  const { user, organisation, member } = schema;
  await store.transaction(async (tx) => {
    const [row] = await tx.select({ name: user.name, demo: user.demo }).from(user).where(eq(user.id, id));
    if (!row || row.demo) return;
    const own = { id: uuidOf(`personal organisation of ${id}`), name: row.name, personal: true };
    const made = await tx.insert(organisation).values(own).onConflictDoNothing().returning();
    // Who left it since does not come back by signing in.
    if (made.length > 0) await tx.insert(member).values({ organisation: own.id, user: id, role: "owner" });
  });
}

/**
 * The sign-in library makes the user of a wallet and then, apart from it, notes the wallet: a crash between the two would
 * lock its owner out. Notes it for the user who was made.
 */
export async function mend({ db }: Store, address: string, chainId: number): Promise<void> {
  const { user, walletAddress } = schema;
  const [known] = await db.select().from(walletAddress).where(eq(walletAddress.address, address)).limit(1);
  if (known) return;
  const [made] = await db
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, nowhere("siwe", address.toLowerCase())));
  if (!made) return;
  const row = { id: randomUUID(), userId: made.id, address, chainId, isPrimary: true };
  await db.insert(walletAddress).values(row).onConflictDoNothing();
}

/** The same id for the same text (UUID version 8). */
export function uuidOf(text: string): string {
  const bytes = createHash("sha256").update(`commenda ${text}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
