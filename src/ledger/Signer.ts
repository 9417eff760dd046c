/**
 * Who signs: a key on this machine, a wallet elsewhere, or a contract account. All of them sign terms and acts
 * (EIP-712). Only those with a key of their own sign transactions; for the others somebody relays.
 */
import {
  Keystore,
  Address as OxAddress,
  Hex as OxHex,
  PersonalMessage,
  Secp256k1,
  Signature,
  TxEnvelopeEip1559,
  TypedData,
} from "ox";
import { WrongPassword } from "./Errors.ts";
import type { Address, Hex } from "./Ledger.ts";

/** What `eth_signTypedData_v4` takes. */
export type Typed = {
  domain: { name?: string; version?: string; chainId?: number; verifyingContract?: Address };
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
};

/** Fields of an EIP-1559 transaction; wei and gas units. */
export type Unsigned = {
  chainId: number;
  nonce: number;
  to?: Address;
  data: Hex;
  value: bigint;
  gas: bigint;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
};

export type Signer = {
  readonly address: Address;
  /** Signature of terms or of an act: 65 bytes of a key, or whatever a contract account's ERC-1271 accepts. */
  sign(typed: Typed): Promise<Hex>;
  /** Signature of a text (EIP-191). Absent where only typed data is signed. */
  signText?(text: string): Promise<Hex>;
  /** The raw transaction, ready to be sent again and again. Absent where only a relayer can send. */
  transaction?(unsigned: Unsigned): Promise<Hex>;
};

/** A key on this machine. */
export function fromKey(privateKey: Hex): Signer {
  const address = OxAddress.fromPublicKey(Secp256k1.getPublicKey({ privateKey }), { checksum: false });
  return {
    address,
    async sign(typed) {
      const payload = TypedData.getSignPayload(typed as TypedData.Definition);
      return Signature.toHex(Secp256k1.sign({ payload, privateKey }));
    },
    async signText(text) {
      const payload = PersonalMessage.getSignPayload(OxHex.fromString(text));
      return Signature.toHex(Secp256k1.sign({ payload, privateKey }));
    },
    async transaction(unsigned) {
      const envelope = TxEnvelopeEip1559.from({ ...unsigned, nonce: BigInt(unsigned.nonce), type: "eip1559" });
      const payload = TxEnvelopeEip1559.getSignPayload(envelope);
      const signature = Secp256k1.sign({ payload, privateKey });
      return TxEnvelopeEip1559.serialize(envelope, { signature });
    },
  };
}

/** A contract account: `owner` signs whatever its ERC-1271 accepts; transactions are relayed. */
export function fromContract(address: Address, owner: Pick<Signer, "sign">): Signer {
  return { address, sign: (typed) => owner.sign(typed) };
}

/** A wallet that answers EIP-1193 requests, such as a browser's: it signs, somebody relays. */
export function fromWallet(
  address: Address,
  request: (call: { method: string; params: unknown[] }) => Promise<unknown>,
): Signer {
  return {
    address,
    async sign(typed) {
      const params = [address, TypedData.serialize(typed as TypedData.Definition)];
      return (await request({ method: "eth_signTypedData_v4", params })) as Hex;
    },
  };
}

/** A key as an encrypted file, the Web3 Secret Storage format (version 3, scrypt). */
export async function encrypt(privateKey: Hex, password: string): Promise<string> {
  const [key, options] = await Keystore.scryptAsync({ password });
  return `${JSON.stringify(Keystore.encrypt(privateKey, key, options), null, 2)}\n`;
}

/** Throws `WrongPassword` when the file is no keystore or the password is not its own. */
export async function decrypt(keystore: string, password: string): Promise<Signer> {
  try {
    const file = JSON.parse(keystore) as Keystore.Keystore;
    return fromKey(Keystore.decrypt(file, await Keystore.toKeyAsync(file, { password })));
  } catch (cause) {
    throw new WrongPassword({ cause });
  }
}
