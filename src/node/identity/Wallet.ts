/** What a wallet signed: text (EIP-191), and sign-in messages (ERC-4361) meant for this node and its ledger alone. */
import { AbiFunction, Hex as OxHex, PersonalMessage, Secp256k1, Signature, Siwe } from "ox";
import * as Errors from "../../ledger/Errors.ts";
import type { Address, Hex, Ledger } from "../../ledger/Ledger.ts";

const IS_VALID = AbiFunction.from("function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)");
/** What a contract answers that stands by a signature (ERC-1271). */
const YES = "0x1626ba7e";

/** The hash that a wallet signs for a text. */
export const hashOf = (text: string): Hex => PersonalMessage.getSignPayload(OxHex.fromString(text));

/**
 * Whether the address signed the text: by its key, or as a contract that says so on this ledger and on no other.
 * Throws `NodeDown` where the ledger must be asked and does not answer.
 */
export async function signed(
  ledger: Pick<Ledger, "call">,
  address: Address,
  text: string,
  signature: string,
): Promise<boolean> {
  if (!/^0x([0-9a-fA-F]{2})+$/.test(signature)) return false;
  const payload = hashOf(text);
  if (recovered(payload, signature as Hex) === address.toLowerCase()) return true;
  try {
    const data = AbiFunction.encodeData(IS_VALID, [payload, signature as Hex]);
    const answer = await ledger.call({ to: address, data });
    return answer.startsWith(YES) && OxHex.size(answer) === 32;
  } catch (error) {
    // A contract that runs out of gas stands by nothing.
    if (error instanceof Errors.Reverted || error instanceof Errors.NodeRefused) return false;
    throw error;
  }
}

function recovered(payload: Hex, signature: Hex): string | undefined {
  if (OxHex.size(signature) !== 65) return undefined;
  try {
    return Secp256k1.recoverAddress({ payload, signature: Signature.fromHex(signature) }).toLowerCase();
  } catch {
    return undefined;
  }
}

/** What a sign-in must say: where it is meant for, by the node's public address and its ledger. */
export type Meant = { origin: string; chainId: number; address: string; nonce: string; now: Date };

/** Why a sign-in message is not meant for this node, or nothing. The sign-in library checks neither URI nor chain. */
export function objection(text: string, meant: Meant): "domain" | "uri" | "chain" | "time" | "form" | undefined {
  let message: ReturnType<typeof Siwe.parseMessage>;
  try {
    message = Siwe.parseMessage(text);
  } catch {
    return "form";
  }
  const { domain, scheme, uri, chainId, address, nonce, version, expirationTime, notBefore, issuedAt } = message;
  const at = new URL(meant.origin);
  if (domain !== at.host || (scheme !== undefined && `${scheme}:` !== at.protocol)) return "domain";
  if (uri === undefined || !URL.canParse(uri) || new URL(uri).origin !== at.origin) return "uri";
  if (chainId !== meant.chainId) return "chain";
  if (address?.toLowerCase() !== meant.address.toLowerCase() || nonce !== meant.nonce || version !== "1") return "form";
  const now = meant.now.getTime();
  // A time that cannot be read is none that we would wait for.
  const isWrong = (time: Date | undefined, when: (ms: number) => boolean) =>
    time !== undefined && !when(time.getTime());
  if (isWrong(expirationTime, (ms) => now < ms) || isWrong(notBefore, (ms) => now >= ms)) return "time";
  return issuedAt === undefined || Number.isNaN(issuedAt.getTime()) ? "form" : undefined;
}
