/**
 * What the signers of an account (`Passkey.ts`) sign, and how their parts are put together into its signature. It runs in a
 * browser too, where passkeys and wallets are.
 */
import { AbiParameters, Base64, Bytes, ContractAddress, Hash, Hex as OxHex, Signature, TypedData } from "ox";
import { InputError } from "../agreement/index.ts";
import type { Address, Hex } from "./Ledger.ts";
import type * as Signer from "./Signer.ts";

const { both } = InputError;

/** Of a P-256 key: 32 bytes each. */
export type PublicKey = { readonly x: Hex; readonly y: Hex };

export type Account = { readonly chainId: number; readonly address: Address };

/** What an authenticator answered. `signature`: DER, or r and s of 32 bytes each. */
export type Assertion = { readonly authenticatorData: Hex; readonly clientDataJSON: string; readonly signature: Hex };

/** One signer's part of an account's signature: an encoded assertion, or what a wallet signed. */
export type Part = { readonly signer: Hex; readonly signature: Hex };

/** Wei in `value`. */
export type Call = { readonly target: Address; readonly value?: bigint; readonly data: Hex };
/** Calls that an account makes, all or none. `nonce`: `nextNonce`. `validUntil`: Unix seconds, inclusive. */
export type Execution = { readonly calls: readonly Call[]; readonly nonce: bigint; readonly validUntil: number };

/** An answer of an authenticator that no account takes. */
export class BadAssertion extends InputError.InputError {
  constructor(place: InputError.Place, expected: InputError.Words) {
    super("BadAssertion", place, {
      title: both("the passkey did not sign this", "通行密钥签署的不是此内容"),
      expected,
      fix: both("Ask the passkey to sign again", "请用通行密钥重新签署"),
    });
  }
}

/** Signer bytes of a passkey: 84. The verifier is the factory's first creation. */
export const ofKey = (factory: Address, { x, y }: PublicKey): Hex =>
  OxHex.concat(ContractAddress.fromCreate({ from: factory, nonce: 1n }).toLowerCase() as Hex, x, y);

/** Signer bytes of a wallet or of another account: its address. */
export const ofWallet = (address: Address): Hex => address.toLowerCase() as Hex;

/**
 * What a signer of the account signs where the account is to sign `typed`: typed data of the account's own domain as it
 * is, anything else as an approval of its hash, so that it counts for this account alone.
 */
export function bound(account: Account, typed: Signer.Typed): Signer.Typed {
  if (typed.domain.verifyingContract?.toLowerCase() === account.address.toLowerCase()) return typed;
  return {
    domain: domain(account),
    types: { Approval: [{ name: "hash", type: "bytes32" }] },
    primaryType: "Approval",
    message: { hash: hash(typed) },
  };
}

/** What a passkey signs as its WebAuthn challenge, for `typed`. 32 bytes. */
export const challenge = (account: Account, typed: Signer.Typed): Hex => hash(bound(account, typed));

/** The calls as the account's signers sign them. */
export function typedData(account: Account, { calls, nonce, validUntil }: Execution): Signer.Typed {
  return {
    domain: domain(account),
    types: {
      Execute: [
        { name: "calls", type: "Call[]" },
        { name: "nonce", type: "uint256" },
        { name: "validUntil", type: "uint40" },
      ],
      Call: [
        { name: "target", type: "address" },
        { name: "value", type: "uint256" },
        { name: "data", type: "bytes" },
      ],
    },
    primaryType: "Execute",
    message: { calls: calls.map(withValue), nonce, validUntil },
  };
}

const domain = ({ chainId, address }: Account): Signer.Typed["domain"] => ({
  name: "Commenda Account",
  version: "1",
  chainId,
  verifyingContract: address,
});
const hash = (typed: Signer.Typed): Hex => TypedData.getSignPayload(typed as TypedData.Definition);
export const withValue = ({ target, value = 0n, data }: Call) => ({ target, value, data });

/** The account's signature of the parts of as many signers as its threshold asks for. */
export function join(parts: readonly Part[]): Hex {
  // By the signers' hashes: the account then need not compare each with each.
  const sorted = parts
    .map((part) => ({ ...part, id: Hash.keccak256(part.signer) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const words = AbiParameters.from(["bytes[]", "bytes[]"]);
  return AbiParameters.encode(words, [sorted.map((part) => part.signer), sorted.map((part) => part.signature)]);
}

/** An assertion in the JSON form of WebAuthn, as browsers give it: base64url. */
export function fromResponse({
  response,
}: {
  readonly response: { authenticatorData: string; clientDataJSON: string; signature: string };
}): Assertion {
  return {
    authenticatorData: Base64.toHex(response.authenticatorData),
    clientDataJSON: Bytes.toString(Base64.toBytes(response.clientDataJSON)),
    signature: Base64.toHex(response.signature),
  };
}

/** Bits of the authenticator's flags: the user was there, and was verified by fingerprint, face or PIN. */
const VERIFIED = 0x05;
/** Order of P-256. Of s and order - s, which sign the same, the account takes the lower. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A passkey's part of a signature, as the account's verifier reads it.
 * Throws `BadAssertion` where it is not an assertion of `challenge` by a verified user.
 */
export function encode({ authenticatorData, clientDataJSON, signature }: Assertion, challenge: Hex): Hex {
  const typeIndex = placeOf('"type":"webauthn.get"', clientDataJSON);
  if (typeIndex < 0) {
    throw new BadAssertion({ field: "clientDataJSON", found: clientDataJSON }, both("an assertion", "断言"));
  }
  const asked = Base64.fromHex(challenge, { pad: false, url: true });
  const challengeIndex = placeOf(`"challenge":"${asked}"`, clientDataJSON);
  if (challengeIndex < 0) {
    const expected = both(`the challenge ${asked}`, `挑战值 ${asked}`);
    throw new BadAssertion({ field: "clientDataJSON", found: clientDataJSON }, expected);
  }
  const flags = Bytes.fromHex(authenticatorData)[32] ?? 0;
  if ((flags & VERIFIED) !== VERIFIED) {
    const expected = both("a user who was verified by fingerprint, face or PIN", "已通过指纹、面容或 PIN 验证的用户");
    throw new BadAssertion({ field: "authenticatorData.flags", found: flags }, expected);
  }
  const { r, s } = numbers(signature);
  const words = AbiParameters.from(["bytes32", "bytes32", "uint256", "uint256", "bytes", "string"]);
  return AbiParameters.encode(words, [
    OxHex.fromNumber(r, { size: 32 }),
    OxHex.fromNumber(s > ORDER / 2n ? ORDER - s : s, { size: 32 }),
    BigInt(challengeIndex),
    BigInt(typeIndex),
    authenticatorData,
    clientDataJSON,
  ]);
}

/** In bytes; -1 where it is not there. */
function placeOf(part: string, text: string): number {
  const at = text.indexOf(part);
  return at < 0 ? at : Bytes.fromString(text.slice(0, at)).length;
}

function numbers(signature: Hex): { r: bigint; s: bigint } {
  try {
    const raw = OxHex.size(signature) === 64;
    const { r, s } = raw ? Signature.fromCompactBytes(Bytes.fromHex(signature)) : Signature.fromDerHex(signature);
    if (BigInt(s) >= ORDER) throw new RangeError("s is not below the order");
    return { r: BigInt(r), s: BigInt(s) };
  } catch {
    const expected = both("DER, or r and s of 32 bytes each", "DER，或各 32 字节的 r 与 s");
    throw new BadAssertion({ field: "signature", found: signature }, expected);
  }
}
