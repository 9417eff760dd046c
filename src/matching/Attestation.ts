/** That someone holds a certificate, in the words of who issued it: signed, expiring, revocable. */
import canonicalize from "canonicalize";
import * as Address from "ox/Address";
import * as Hex from "ox/Hex";
import * as PersonalMessage from "ox/PersonalMessage";
import * as Secp256k1 from "ox/Secp256k1";
import * as Signature from "ox/Signature";
import { InputError } from "../agreement/index.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Attestation = {
  /** A name of the taxonomy, like `iso27001`. */
  readonly what: string;
  readonly holder: string;
  /** Address of the issuer's key. */
  readonly issuer: string;
  /** Unix seconds: valid from the first, no longer at the second. */
  readonly from: number;
  readonly until: number;
  /** EIP-191 signature over `messageOf`. */
  readonly signature: string;
};

/** What the issuer signs. */
export function messageOf(claim: Omit<Attestation, "signature">): string {
  return `Commenda attestation\n${canonicalize(claim)}`;
}

/** The digest that a key signs, as hexadecimal. */
export const digestOf = (claim: Omit<Attestation, "signature">): Hex.Hex =>
  PersonalMessage.getSignPayload(Hex.fromString(messageOf(claim)));

export type Known = {
  /** Unix seconds. */
  readonly at: number;
  /** Addresses of issuers whose word counts. */
  readonly trusted: ReadonlySet<string>;
  /** Digests of what their issuers took back: a signature can be written in two ways, what it is over cannot. */
  readonly revoked: ReadonlySet<string>;
};

/** Why an attestation does not count for a holder; nothing if it does. */
export function refusalOf(
  attestation: Attestation,
  holder: string,
  { at, trusted, revoked }: Known,
): Words | undefined {
  const { from, until, issuer } = attestation;
  const isAmong = (names: ReadonlySet<string>, name: string) =>
    [...names].some((each) => each.toLowerCase() === name.toLowerCase());
  if (attestation.holder !== holder) return both("it was issued to someone else", "持有人并非该方");
  if (!isSigned(attestation)) return both("the issuer did not sign it", "签名并非出自签发方");
  if (!isAmong(trusted, issuer)) return both("its issuer is not among those whose word counts", "签发方不在认可名单中");
  if (isAmong(revoked, digestOf(withoutSignature(attestation))))
    return both("its issuer took it back", "已被签发方撤销");
  if (at < from) return both("it is not valid yet", "尚未生效");
  if (at >= until) return both("it has expired", "已过期");
  return undefined;
}

/** Whether its issuer signed it. */
export const isSigned = (attestation: Attestation): boolean =>
  signedBy(messageOf(withoutSignature(attestation)), attestation.signature, attestation.issuer);

/** What the issuer signs to take an attestation back; `digest` of what it had signed. */
export const revocationOf = (digest: string): string => `Commenda revocation\n${digest}`;

/** Whether the key of an address signed a text (EIP-191). */
export function signedBy(message: string, signature: string, address: string): boolean {
  try {
    const payload = PersonalMessage.getSignPayload(Hex.fromString(message));
    const signer = Secp256k1.recoverAddress({ payload, signature: Signature.fromHex(signature as Hex.Hex) });
    return Address.isEqual(signer, address as Address.Address);
  } catch {
    // No signature at all, or one of a form that recovers nobody.
    return false;
  }
}

/** What was signed. */
export function withoutSignature({ signature: _, ...claim }: Attestation): Omit<Attestation, "signature"> {
  return claim;
}
