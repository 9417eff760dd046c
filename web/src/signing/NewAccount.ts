/** Makes an account of an organisation, out of a passkey or a wallet of whoever is signed in. */

import * as WalletProof from "../../../src/api/WalletProof.ts";
import { client } from "../Node.ts";
import * as SignIn from "./SignIn.ts";
import type { Account } from "./Signing.ts";
import * as Wallet from "./Wallet.ts";

/** A contract account that one of the caller's passkeys signs for; makes the passkey where there is none. */
export async function byPasskey(organisation: string, name: string, person: string): Promise<Account> {
  let [own] = await SignIn.passkeys();
  if (!own) {
    await SignIn.registerPasskey(person, navigator.platform || "passkey");
    [own] = await SignIn.passkeys();
  }
  if (!own) throw new Error("the node does not know the new passkey");
  return client().call("POST /v1/organisations/{organisation}/accounts", {
    ...{ organisation, name, threshold: 1 },
    signers: [{ name: person, signer: own.publicKey }],
  });
}

/** A wallet that its owner says is the organisation's. Throws `Wallet.NoWallet`. */
export async function byWallet(organisation: string, name: string): Promise<Account> {
  const address = await Wallet.connect();
  const text = WalletProof.text({ origin: window.location.origin, organisation, address });
  const signature = await Wallet.signText(address, text);
  return client().call("POST /v1/organisations/{organisation}/accounts/wallet", {
    ...{ organisation, name, address, signature },
  });
}
