/** Who signs acts of this agreement for the person at the page. */
import { useCallback } from "react";
import type { Agreement } from "../../../agreement/useStanding.ts";
import { useSession } from "../../../Session.tsx";
import type { Account, Typed } from "../../../signing/Signing.ts";
import type { Signer } from "./Acts.ts";

/** None of the person's organisations has an account that signs for this. */
export class NoAccount extends Error {
  override readonly name = "NoAccount";
  readonly expected: string;
  constructor(expected: readonly string[]) {
    super("no account of yours signs for this");
    this.expected = expected.join(", ");
  }
}
/** The account asks for several people's signatures, one after the other. */
export class SeveralSign extends Error {
  override readonly name = "SeveralSign";
  readonly account: Account;
  constructor(account: Account) {
    super("several people sign for this account");
    this.account = account;
  }
}

/** Finds the account, and signs with it. */
export function useSign({ seats }: Pick<Agreement, "seats">) {
  const { node, me } = useSession();
  return useCallback(
    async (typed: Typed, addresses: readonly string[]): Promise<{ signature?: string; by: "person" | "node" }> => {
      const Signing = await import("../../../signing/Signing.ts");
      const own = new Set(me?.organisations.map(({ id }) => id));
      const seated = new Set(seats.map(({ organisation }) => organisation).filter((id) => own.has(id)));
      for (const organisation of seated) {
        const account = await Signing.accountOf(organisation, addresses);
        if (!account) continue;
        if (account.kind === "threshold" && account.threshold > 1) throw new SeveralSign(account);
        const signature = await Signing.sign(node, account, typed);
        return { by: account.kind === "demo" ? "node" : "person", ...(signature === undefined ? {} : { signature }) };
      }
      throw new NoAccount(addresses);
    },
    [node, me, seats],
  );
}

export function useSigner(agreement: Pick<Agreement, "seats">): Signer {
  const sign = useSign(agreement);
  return useCallback(({ typedData = {}, signers }) => sign(typedData, signers), [sign]);
}
