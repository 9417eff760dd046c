/** Who is calling: sign-in by wallet or passkey, sessions, API keys. */
import type { Operation } from "../../api/index.ts";
import type { Caller } from "../Call.ts";
import type { Db } from "../store/Store.ts";

export type Identity = {
  /** Everything below `/v1/auth/`. */
  handle(request: Request): Promise<Response>;
  /** By session cookie or `Authorization: Bearer`. Throws `session-expired` for one that is no longer good. */
  callerOf(headers: Headers): Promise<Caller>;
  /** A fresh API key; its secret is nowhere kept. */
  createKey(
    tx: Db,
    key: {
      user: string;
      organisation: string;
      name: string;
      scopes: readonly Operation.Scope[];
      expiresAt: Date | undefined;
    },
  ): Promise<{ id: string; start: string; secret: string; createdAt: Date }>;
  /** A session for a persona of the demonstration; the `Set-Cookie` values. */
  enter(user: string): Promise<readonly string[]>;
};
