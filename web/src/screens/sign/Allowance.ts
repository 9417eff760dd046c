/** Lets the escrow take money of a contract account: one call that its signer signs, and the node sends. */
import * as AccountSignature from "../../../../src/ledger/AccountSignature.ts";
import { client } from "../../Node.ts";
import type { NodeInfo } from "../../Session.tsx";
import { type Hex, sign } from "../../signing/Signing.ts";
import type { Holder } from "./Money.tsx";

/** `approve(address,uint256)` of ERC-20. */
const APPROVE = "0x095ea7b3";
/** Seconds that the signature is good for. */
const DAY = 86_400;

const word = (hex: string): string => hex.replace(/^0x/, "").padStart(64, "0");

/** `more`: base units beside what other agreements may still take. */
export async function give(node: NodeInfo, holder: Holder, more: bigint): Promise<void> {
  const { organisation, token, nonce = "0" } = holder;
  const { escrow, chainId } = node.ledger;
  if (!token) throw new Error("the node does not know the token of these terms");
  const address = holder.address as Hex;
  const sum = (BigInt(token.allowance) + more).toString(16);
  const data = `${APPROVE}${word(escrow)}${word(sum)}` as Hex;
  const validUntil = Math.floor(new Date(node.ledger.now).getTime() / 1000) + 7 * DAY;
  const execution = { calls: [{ target: token.address as Hex, data }], nonce: BigInt(nonce), validUntil };
  const typed = AccountSignature.typedData({ chainId, address }, execution);
  const signature = await sign(node, holder, typed as never);
  if (signature === undefined) throw new Error("the node keeps the key of this account");
  await client().call("POST /v1/organisations/{organisation}/accounts/{address}/execute", {
    ...{ organisation, address, nonce, validUntil, signature },
    calls: [{ to: token.address, data }],
  });
}
