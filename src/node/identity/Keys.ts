/** API keys: 32 random bytes, of which only the hash is kept. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Identity } from "./Identity.ts";

/** Says in a log or a repository what leaked. */
const PREFIX = "commenda_";
const FORM = /^commenda_[A-Za-z0-9_-]{43}$/;
/** Of the prefix and of the secret: 24 of 256 bits. */
const SHOWN = PREFIX.length + 4;
/** Seconds between two notes of a key's use. */
const NOTED = 60;

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export const create: Identity["createKey"] = async (tx, { user, organisation, name, scopes, expiresAt }) => {
  const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const row = {
    ...{ id: randomUUID(), user, organisation, name, start: secret.slice(0, SHOWN), hash: hashOf(secret) },
    ...{ scopes: [...scopes], expiresAt: expiresAt ?? null, createdAt: new Date() },
  };
  await tx.insert(schema.apiKey).values(row);
  return { id: row.id, start: row.start, secret, createdAt: row.createdAt };
};

/** The key and its user; nothing where it is unknown, revoked or expired. `now`: Unix seconds. */
export async function find(db: Db, secret: string, now: number) {
  if (!FORM.test(secret)) return undefined;
  const { apiKey, user } = schema;
  const [row] = await db
    .select({ key: apiKey, user })
    .from(apiKey)
    .innerJoin(user, eq(user.id, apiKey.user))
    .where(eq(apiKey.hash, hashOf(secret)));
  if (!row || isOver(row.key, now)) return undefined;
  const before = new Date((now - NOTED) * 1000);
  await db
    .update(apiKey)
    .set({ lastUsedAt: new Date(now * 1000) })
    .where(and(eq(apiKey.id, row.key.id), or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, before))));
  return row;
}

export const isOver = ({ expiresAt }: { expiresAt: Date | null }, now: number): boolean =>
  expiresAt !== null && expiresAt.getTime() <= now * 1000;
