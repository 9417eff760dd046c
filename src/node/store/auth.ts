/** Tables of the sign-in library (better-auth with passkeys and Sign-In with Ethereum), whose names are its own; API keys. */
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const user = pgTable("user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  createdAt: at("created_at").notNull().defaultNow(),
  updatedAt: at("updated_at").notNull().defaultNow(),
  language: text("language").$type<"en" | "zh">().notNull().default("en"),
  /** A persona of the demonstration. */
  demo: boolean("demo").notNull().default(false),
  /** Whether notices are mailed. */
  mail: boolean("mail").notNull().default(true),
});

export const session = pgTable(
  "session",
  {
    id: text("id").primaryKey(),
    expiresAt: at("expires_at").notNull(),
    token: text("token").notNull().unique(),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
  },
  (row) => [index("session_user").on(row.userId)],
);

export const authAccount = pgTable(
  "account",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: at("access_token_expires_at"),
    refreshTokenExpiresAt: at("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("account_user").on(row.userId)],
);

export const verification = pgTable(
  "verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: at("expires_at").notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (row) => [index("verification_identifier").on(row.identifier)],
);

export const passkey = pgTable(
  "passkey",
  {
    id: text("id").primaryKey(),
    name: text("name"),
    publicKey: text("public_key").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    credentialID: text("credential_id").notNull(),
    counter: integer("counter").notNull(),
    deviceType: text("device_type").notNull(),
    backedUp: boolean("backed_up").notNull(),
    transports: text("transports"),
    createdAt: at("created_at"),
    aaguid: text("aaguid"),
  },
  (row) => [index("passkey_user").on(row.userId), uniqueIndex("passkey_credential").on(row.credentialID)],
);

export const walletAddress = pgTable(
  "wallet_address",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** With its checksum. */
    address: text("address").notNull(),
    chainId: integer("chain_id").notNull(),
    isPrimary: boolean("is_primary").notNull().default(false),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (row) => [index("wallet_user").on(row.userId), uniqueIndex("wallet_once").on(row.address, row.chainId)],
);

/**
 * A key of a tool or an agent: acts as the user who made it, for one organisation, within its scopes. Ours, not the
 * library's: it is made and ended in the transaction of the operation. Revoked means that the row is gone.
 */
export const apiKey = pgTable(
  "api_key",
  {
    id: text("id").primaryKey(),
    user: text("user")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    organisation: uuid("organisation").notNull(),
    name: text("name").notNull(),
    /** First characters of the secret, to tell keys apart. */
    start: text("start").notNull(),
    /** SHA-256 of the secret in hex. */
    hash: text("hash").notNull().unique(),
    scopes: jsonb("scopes").$type<("read" | "write" | "sign" | "manage")[]>().notNull(),
    expiresAt: at("expires_at"),
    /** To the minute. */
    lastUsedAt: at("last_used_at"),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (row) => [index("api_key_organisation").on(row.organisation, row.createdAt)],
);
