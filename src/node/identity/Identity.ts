/** Who is calling: sign-in by wallet or passkey, sessions, API keys. */
import type { Operation } from "../../api/index.ts";
import type { Caller } from "../Call.ts";
import type { Db } from "../store/Store.ts";

export type Identity = {
  /** Everything below `/v1/auth/`. `address`: of the client, as far as this node knows it; what headers say is ignored. */
  handle(request: Request, address?: string): Promise<Response>;
  /**
   * By session cookie or `Authorization: Bearer`. Not within a transaction.
   * Throws `session-expired` for a session that is no longer good, `not-signed-in` for such an API key.
   */
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
  /** Part of the transaction: when it commits, every node forgets who called lately and looks again. */
  changed(tx: Db): Promise<void>;
  /** The same for this process, at once: for `call.finish`. */
  forget(): void;
  /** A session for a persona of the demonstration; the `Set-Cookie` values. Not within a transaction. */
  enter(user: string): Promise<readonly string[]>;
  close(): Promise<void>;
};
