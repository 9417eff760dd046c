/**
 * An act that a party signs so that anyone can send it: the EIP-712 message, and the packed `auth` that travels with the
 * act (`contracts/src/Authority.sol`).
 */
import type { Codec } from "../agreement/index.ts";
import type { Call } from "./Escrow.ts";
import type { Address, Hex } from "./Ledger.ts";
import type { Signer, Typed } from "./Signer.ts";

/** What the relayer may take of the signer's money, at most `cap`, until `deadline` (Unix seconds). */
export type Tip = { token: Address; cap: bigint; deadline: number };
/** `validUntil`: Unix seconds, inclusive. */
export type Terms = { validUntil: number; tip?: Tip };

const ZERO: Address = "0x0000000000000000000000000000000000000000";
const field = (fields: string) =>
  fields.split(",").map((one) => {
    const [type = "", name = ""] = one.split(" ");
    return { type, name };
  });

/** Own fields of each act that can be signed, word for word those of the contract's type hashes. */
const FIELDS = {
  revoke: ["Revoke", "bytes32 agreement"],
  fund: ["Fund", "bytes32 agreement,uint8 tranches"],
  deliver: ["Deliver", "bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable"],
  accept: ["Accept", "bytes32 agreement,uint8 tranches,uint16 rounds,bytes32 deliverables"],
  acceptPart: [
    "AcceptPart",
    "bytes32 agreement,uint8 tranche,uint8 round,uint16 shareBps,bytes32 deliverable,bytes32 reasons",
  ],
  reject: ["Reject", "bytes32 agreement,uint8 tranche,uint8 round,bytes32 deliverable,bytes32 reasons"],
  contest: ["Contest", "bytes32 agreement,uint8 tranche,uint8 round,bytes32 reasons"],
  answer: ["Answer", "bytes32 agreement,uint8 tranche,uint8 round"],
  terminate: ["Terminate", "bytes32 agreement,uint8 tranches"],
  extend: ["Extend", "bytes32 agreement,uint8 tranche"],
  settle: [
    "Settle",
    "bytes32 agreement,uint256 toProvider,uint256 toClient,uint256 depositsToProvider,uint256 depositsToClient",
  ],
  namePayee: ["NamePayee", "bytes32 agreement,address payee,uint256 nonce"],
  revokeDelegate: ["RevokeDelegate", "bytes32 agreement,address delegate"],
  redirect: ["Redirect", "address token,address to,uint256 amount,uint256 nonce"],
} as const;
export type Signable = keyof typeof FIELDS;

export const isSignable = (verb: Call["verb"]): verb is Signable => verb in FIELDS;

/** What a wallet shows and signs. `delegate`: whom `revokeDelegate` names. */
export function typedData(
  domain: Codec.Domain,
  agreement: Hex,
  call: Extract<Call, { verb: Signable }>,
  { validUntil, tip }: Terms,
  delegate: Address = ZERO,
): Typed {
  const [primaryType, fields] = FIELDS[call.verb];
  const values: Record<string, unknown> = { ...call, agreement, delegate };
  const own = field(fields);
  const message = Object.fromEntries(own.map(({ name }) => [name, values[name] ?? 0n]));
  const { token, cap, deadline } = tip ?? { token: ZERO, cap: 0n, deadline: 0 };
  return {
    domain: {
      name: "Commenda",
      version: "1",
      chainId: Number(domain.chainId),
      verifyingContract: domain.verifyingContract,
    },
    types: {
      [primaryType]: [...own, { name: "validUntil", type: "uint40" }, { name: "tip", type: "Tip" }],
      Tip: field("address token,uint128 cap,uint40 deadline"),
    },
    primaryType,
    message: { ...message, validUntil, tip: { token, cap, deadline } },
  };
}

/** The packed `auth`. `asked`: what whoever sends it takes of the tip; chosen by the sender, up to the cap. */
export function pack({ validUntil, tip }: Terms, signature: Hex, asked: bigint = 0n): Hex {
  const { token, cap, deadline } = tip ?? { token: ZERO, cap: 0n, deadline: 0 };
  const bytes = (value: bigint | number, count: number) =>
    BigInt(value)
      .toString(16)
      .padStart(2 * count, "0");
  const head = [bytes(cap, 16), bytes(asked, 16), token.slice(2), bytes(deadline, 5), bytes(validUntil, 5)];
  return `0x${head.join("")}${signature.slice(2)}`;
}

/** Signs an act for anyone to send. */
export async function sign(
  signer: Signer,
  domain: Codec.Domain,
  agreement: Hex,
  call: Extract<Call, { verb: Signable }>,
  terms: Terms,
  delegate?: Address,
): Promise<Hex> {
  return pack(terms, await signer.sign(typedData(domain, agreement, call, terms, delegate)));
}
