/** The sign-in library as we use it: passkeys and wallets, no passwords, nothing by e-mail. */
import { randomBytes, randomUUID } from "node:crypto";
import { getCurrentAdapter } from "@better-auth/core/context";
import { passkey } from "@better-auth/passkey";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import {
  APIError,
  createAuthEndpoint,
  createAuthMiddleware,
  getSessionFromCtx,
  sessionMiddleware,
} from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { siwe } from "better-auth/plugins";
import * as z from "zod";
import type { Address, Ledger } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Users from "./Users.ts";
import * as Wallet from "./Wallet.ts";

const DAY = 86_400;

export type Options = {
  store: Store;
  ledger: Pick<Ledger, "call" | "chainId">;
  /** What browsers see, without a slash at the end. */
  origin: string;
  secret: string;
  report: (message: string, error?: unknown) => void;
};

/** Set by us alone: whatever a request says of it is taken off before. */
export const CLIENT = "x-commenda-client";

export function open({ store, ledger, origin, secret, report }: Options) {
  const { host, hostname, protocol } = new URL(origin);
  const refuse = (
    status: "UNAUTHORIZED" | "FORBIDDEN" | "CONFLICT" | "BAD_REQUEST" | "SERVICE_UNAVAILABLE",
    code: string,
  ) => new APIError(status, { code, message: code });
  return betterAuth({
    appName: "Commenda",
    ...{ baseURL: origin, basePath: "/v1/auth", secret, trustedOrigins: [origin] },
    database: drizzleAdapter(store.db, {
      provider: "pg",
      schema: { ...schema, account: schema.authAccount },
      transaction: true,
    }),
    user: {
      additionalFields: {
        language: { type: "string", input: false, defaultValue: "en" },
        demo: { type: "boolean", input: false, defaultValue: false },
        mail: { type: "boolean", input: false, defaultValue: true },
      },
    },
    session: { expiresIn: 7 * DAY, updateAge: DAY, freshAge: DAY, cookieCache: { enabled: false } },
    // The door to all of it counts attempts (`Server.LIMITS.signIn`); the library would count for all nodes of a process.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "commenda",
      useSecureCookies: protocol === "https:",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: protocol === "https:" },
      ipAddress: { ipAddressHeaders: [CLIENT] },
      database: { generateId: () => randomUUID() },
      // Said although it is the default: the library drops both checks where it believes to be tested.
      ...{ disableOriginCheck: false, disableCSRFCheck: false },
    },
    telemetry: { enabled: false },
    // A refusal is the caller's to know.
    onAPIError: { onError: (error) => (isRefusal(error) ? undefined : report("sign-in failed", error)) },
    logger: { level: "error", log: (_, message, error) => report(message, error) },
    databaseHooks: { session: { create: { after: (session) => Users.settle(store, session.userId) } } },
    hooks: { before: careful() },
    plugins: [
      siwe({
        domain: host,
        getNonce: async () => randomBytes(16).toString("hex"),
        async verifyMessage({ message, signature, address, chainId, cacao }) {
          const nonce = cacao?.p.nonce ?? "";
          const why = Wallet.objection(message, { origin, chainId: ledger.chainId, address, nonce, now: new Date() });
          if (why) throw refuse("UNAUTHORIZED", `MEANT_${why.toUpperCase()}`);
          if (chainId !== ledger.chainId) throw refuse("UNAUTHORIZED", "MEANT_CHAIN");
          const is = await Wallet.signed(ledger, address.toLowerCase() as Address, message, signature).catch(() => {
            throw refuse("SERVICE_UNAVAILABLE", "LEDGER_DOWN");
          });
          if (is) await Users.mend(store, address, chainId);
          return is;
        },
      }),
      passkey({
        ...{ rpID: hostname, rpName: "Commenda", origin },
        // An account whose signer is a passkey takes no signature of a user who was not verified.
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        registration: {
          requireSession: false,
          resolveUser: ({ ctx }) => {
            const name =
              String(ctx.query?.name ?? "")
                .trim()
                .slice(0, 200) || "Guest · 访客";
            return { id: `${NEW}${randomUUID()}`, name, displayName: name };
          },
          async afterVerification({ ctx, verification, user }) {
            const { credential, userVerified } = verification.registrationInfo ?? {};
            if (!credential || !userVerified || !isFit(credential.publicKey))
              throw refuse("BAD_REQUEST", "PASSKEY_UNFIT");
            const adapter = await getCurrentAdapter(ctx.context.adapter);
            const where = [{ field: "credentialID", value: credential.id }];
            // Its owner could no longer sign in.
            if (await adapter.findOne({ model: "passkey", where })) throw refuse("CONFLICT", "PASSKEY_KNOWN");
            // Looked up before. Here a transaction is open, in which the store must not be asked past it.
            if (ctx.context.session) return;
            // Begun by somebody signed in, ended by nobody.
            if (!user.id.startsWith(NEW)) throw refuse("BAD_REQUEST", "CHALLENGE_NOT_FOUND");
            const { name } = user;
            const email = Users.nowhere("passkey", user.id);
            const made = await ctx.context.internalAdapter.createUser({ name, email }, { method: "passkey" });
            return { userId: made.id };
          },
        },
        authentication: {
          async afterVerification({ verification }) {
            if (!verification.authenticationInfo.userVerified) throw refuse("UNAUTHORIZED", "AUTHENTICATION_FAILED");
          },
        },
      }),
      {
        id: "commenda",
        endpoints: {
          /** The caller's passkeys as an account takes them: `publicKey` is 64 bytes, x then y. */
          passkeys: createAuthEndpoint("/passkeys", { method: "GET", use: [sessionMiddleware] }, async (ctx) => {
            const where = [{ field: "userId", value: ctx.context.session.user.id }];
            const rows = await ctx.context.adapter.findMany<Kept>({ model: "passkey", where });
            return ctx.json(
              rows.map(({ id, name, credentialID, publicKey, createdAt }) => ({
                ...{ id, name: name ?? "", credentialId: credentialID, publicKey: keyOf(publicKey) },
                createdAt: new Date(createdAt ?? 0).toISOString(),
              })),
            );
          }),
          enter: createAuthEndpoint.serverOnly(
            { method: "POST", body: z.strictObject({ user: z.string() }) },
            async (ctx) => {
              const user = await ctx.context.internalAdapter.findUserById(ctx.body.user);
              if (!user || (user as { demo?: boolean }).demo !== true) throw refuse("FORBIDDEN", "NO_PERSONA");
              const session = await ctx.context.internalAdapter.createSession(user.id);
              await setSessionCookie(ctx, { session, user });
              return ctx.json({ done: true });
            },
          ),
        },
      },
    ],
  });

  /** Who changes passkeys signed in lately; nobody takes away the last way in; a guest who registers is signed in. */
  function careful() {
    return createAuthMiddleware(async (ctx) => {
      if (!CAREFUL.has(ctx.path)) return undefined;
      const session = await getSessionFromCtx(ctx);
      const body = { ...ctx.body, createSession: !session };
      const more = ctx.path === "/passkey/verify-registration" ? { context: { body } } : undefined;
      if (!session) {
        const cookie = ctx.context.authCookies.sessionToken.name;
        // They would be somebody new without knowing.
        if (ctx.headers?.get("cookie")?.includes(`${cookie}=`)) throw refuse("UNAUTHORIZED", "SESSION_OVER");
        return more;
      }
      const age = Date.now() - new Date(session.session.createdAt).getTime();
      if (age > DAY * 1000) throw refuse("FORBIDDEN", "SESSION_NOT_FRESH");
      if (ctx.path !== "/passkey/delete-passkey") return more;
      const where = [{ field: "userId", value: session.user.id }];
      const ways = ["passkey", "walletAddress"].map((model) => ctx.context.adapter.count({ model, where }));
      const [passkeys = 0, wallets = 0] = await Promise.all(ways);
      if (passkeys + wallets < 2) throw refuse("CONFLICT", "LAST_WAY_IN");
      return undefined;
    });
  }
}

const CAREFUL: ReadonlySet<string> = new Set([
  "/passkey/generate-register-options",
  "/passkey/verify-registration",
  "/passkey/delete-passkey",
]);

const isRefusal = (error: unknown): boolean => error instanceof APIError && error.statusCode < 500;

/** Of a user who is made when the passkey has proven itself. */
const NEW = "new-";

type Kept = { id: string; name?: string; credentialID: string; publicKey: string; createdAt?: Date };

/** x then y, in hex; the library keeps a COSE_Key in base64. Throws `BadSigners` for another kind of key. */
export function keyOf(kept: string): `0x${string}` {
  const { x, y } = Passkey.fromCose(`0x${Buffer.from(kept, "base64").toString("hex")}`);
  return `0x${x.slice(2)}${y.slice(2)}`;
}

function isFit(key: Uint8Array): boolean {
  try {
    keyOf(Buffer.from(key).toString("base64"));
    return true;
  } catch {
    return false;
  }
}
