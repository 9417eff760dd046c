/** Who signs for an organisation, whatever they sign with. Nothing is signed that was not asked for here. */
import { client, type Output } from "../Node.ts";
import type { NodeInfo } from "../Session.tsx";

export type Account = Output<"GET /v1/organisations/{organisation}/accounts">["items"][number];
export type Hex = `0x${string}`;
/** EIP-712, as the node gives it. */
export type Typed = Readonly<Record<string, unknown>>;

/** The organisation's account of that address; nothing where it has none. */
export async function accountOf(organisation: string, addresses: readonly string[]): Promise<Account | undefined> {
  let after: string | undefined;
  do {
    const page = await client().call("GET /v1/organisations/{organisation}/accounts", {
      organisation,
      ...(after === undefined ? {} : { after }),
    });
    const found = page.items.find(({ address }) => addresses.includes(address));
    if (found) return found;
    after = page.next;
  } while (after !== undefined);
  return undefined;
}

/** A signature; nothing for a persona of a demonstration, whose key the node keeps. */
export async function sign(node: NodeInfo, account: Account, typed: Typed): Promise<Hex | undefined> {
  if (account.kind === "demo") return undefined;
  const address = account.address as Hex;
  if (account.kind === "wallet") {
    const Wallet = await import("./Wallet.ts");
    return Wallet.signTyped(address, typed);
  }
  const Passkey = await import("./Passkey.ts");
  const { chainId, accounts } = node.ledger;
  return Passkey.sign(
    { chainId, address, factory: (accounts ?? "0x") as Hex, signers: account.signers.map(({ signer }) => signer) },
    typed as never,
  );
}
