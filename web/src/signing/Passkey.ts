/** A passkey signs for a contract account: the challenge is the hash of what is signed, made here and not by the node. */
import { startAuthentication } from "@simplewebauthn/browser";
import { Base64 } from "ox";
import * as AccountSignature from "../../../src/ledger/AccountSignature.ts";

import * as SignIn from "./SignIn.ts";

export type Hex = `0x${string}`;
type Typed = Parameters<typeof AccountSignature.challenge>[1];

export class NoPasskey extends Error {
  override readonly name = "NoPasskey";
}

export type Account = {
  readonly chainId: number;
  readonly address: Hex;
  /** The factory that made it. */
  readonly factory: Hex;
  /** Public keys and addresses, as the node lists them. */
  readonly signers: readonly string[];
};

/**
 * The account's signature of typed data, by one passkey; a threshold account of more gathers several such parts.
 * Throws `NoPasskey` where none of this person's is a signer.
 */
export async function sign(account: Account, typed: Typed): Promise<Hex> {
  const own = (await SignIn.passkeys()).filter(({ publicKey }) => account.signers.includes(publicKey));
  if (own.length === 0) throw new NoPasskey("none of your passkeys signs for this account");
  const { chainId, address, factory } = account;
  const challenge = AccountSignature.challenge({ chainId, address }, typed);
  const answer = await startAuthentication({
    optionsJSON: {
      challenge: Base64.fromHex(challenge, { pad: false, url: true }),
      rpId: window.location.hostname,
      allowCredentials: own.map(({ credentialId }) => ({ id: credentialId, type: "public-key" as const })),
      userVerification: "required",
      timeout: 120_000,
    },
  });
  const signer = own.find(({ credentialId }) => credentialId === answer.id) ?? own[0];
  if (!signer) throw new NoPasskey("the passkey that answered is not one of the account's");
  const [x, y] = [signer.publicKey.slice(0, 66), signer.publicKey.slice(66)] as [Hex, string];
  const part = {
    signer: AccountSignature.ofKey(factory, { x, y: `0x${y}` }),
    signature: AccountSignature.encode(AccountSignature.fromResponse(answer), challenge),
  };
  return AccountSignature.join([part]);
}
