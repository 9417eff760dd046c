/**
 * Proof that a transaction and its receipt are in a block: the block's header, whose hash is the block's name, commits
 * to the roots of two Merkle-Patricia tries, and the nodes from root to leaf show what stands at an index. Who knows the
 * hash needs no node to check it.
 */
import { createMerkleProof, createMPT, createMPTFromProof } from "@ethereumjs/mpt";
import { Hash, Hex as OxHex, Rlp, Secp256k1, Signature, Transaction, TransactionEnvelope } from "ox";
import { InputError } from "../agreement/index.ts";
import { BlockGone, BlockUnknown, NodeRefused } from "./Errors.ts";
import type { Address, Hex, Log } from "./Ledger.ts";
import type { Rpc } from "./Rpc.ts";

const { both } = InputError;

/** What a header says, as far as proofs need it. `time` is Unix seconds. */
export type Header = {
  readonly hash: Hex;
  readonly parent: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly number: number;
  readonly time: number;
};

/** All of a block: the header's RLP, and transactions and receipts as they stand in the tries (EIP-2718). */
export type Whole = { readonly header: Hex; readonly transactions: readonly Hex[]; readonly receipts: readonly Hex[] };

/** What a receipt says beside gas. */
export type Receipt = { readonly ok: boolean; readonly logs: readonly Log[] };

/** What a transaction says. `from` is recovered from its signature; absent where there is none, as in a rollup's own. */
export type Sent = {
  readonly hash: Hex;
  readonly from?: Address;
  readonly to?: Address;
  readonly chainId?: number;
  readonly data: Hex;
};

type RawHeader = Readonly<Record<string, unknown>>;
type RawReceipt = {
  type?: Hex;
  root?: Hex;
  status?: Hex;
  cumulativeGasUsed: Hex;
  logsBloom: Hex;
  logs: readonly Log[];
  blockHash: Hex;
  transactionHash: Hex;
  depositNonce?: Hex;
  depositReceiptVersion?: Hex;
};
type Nested = Hex | readonly Nested[];

/** In the order of the RLP; numbers without leading zeros. Those from the base fee on came one fork after another. */
const HEADER = [
  ["parentHash", "bytes"],
  ["sha3Uncles", "bytes"],
  ["miner", "bytes"],
  ["stateRoot", "bytes"],
  ["transactionsRoot", "bytes"],
  ["receiptsRoot", "bytes"],
  ["logsBloom", "bytes"],
  ["difficulty", "number"],
  ["number", "number"],
  ["gasLimit", "number"],
  ["gasUsed", "number"],
  ["timestamp", "number"],
  ["extraData", "bytes"],
  ["mixHash", "bytes"],
  ["nonce", "bytes"],
  ["baseFeePerGas", "number"],
  ["withdrawalsRoot", "bytes"],
  ["blobGasUsed", "number"],
  ["excessBlobGas", "number"],
  ["parentBeaconBlockRoot", "bytes"],
  ["requestsHash", "bytes"],
] as const;
/** What nodes tell of a block that is no part of its header. */
const BESIDE = ["hash", "totalDifficulty", "size", "uncles", "transactions", "withdrawals"];
const EXTRA_DATA = 12;

/**
 * The header's RLP from `eth_getBlockByHash`, checked against the hash.
 * Throws `BlockUnknown`, naming fields that we do not know.
 */
export function header(raw: RawHeader): Hex {
  const fields = HEADER.filter(([name]) => typeof raw[name] === "string").map(([name, form]) => {
    const value = raw[name] as Hex;
    return form === "number" ? whole(value) : value;
  });
  const plain = Rlp.fromHex(fields);
  if (Hash.keccak256(plain) === raw.hash) return plain;
  const unsealed = withoutSeals(fields);
  if (unsealed && Hash.keccak256(unsealed) === raw.hash) return unsealed;
  const known = new Set([...HEADER.map(([name]) => name as string), ...BESIDE]);
  const unknown = Object.keys(raw).filter((name) => !known.has(name));
  const more = unknown.length > 0 ? unknown.join(", ") : undefined;
  throw new BlockUnknown(
    String(raw.hash),
    both(
      `its header does not hash to its name${more ? `, and it has fields that are not known here: ${more}` : ""}`,
      `其区块头的哈希与区块名不符${more ? `，且含未知字段：${more}` : ""}`,
    ),
  );
}

/**
 * The name of a QBFT block leaves out the validators' commit seals, the last list of its extra data
 * (Besu, `QbftExtraDataCodec`).
 */
function withoutSeals(fields: readonly Hex[]): Hex | undefined {
  try {
    const extra = Rlp.toHex(fields[EXTRA_DATA] ?? "0x");
    if (!Array.isArray(extra) || extra.length !== 5) return undefined;
    return Rlp.fromHex(fields.with(EXTRA_DATA, Rlp.fromHex([...extra.slice(0, 4), []] as Hex[])));
  } catch {
    return undefined;
  }
}

/** What a header says; nothing if the bytes are none. Its `hash` is computed, not believed. */
export function readHeader(rlp: Hex): Header | undefined {
  const fields = list(rlp);
  if (!fields || fields.length < 15) return undefined;
  const at = (index: number): Hex => (typeof fields[index] === "string" ? fields[index] : "0x");
  const [number, time] = [8, 11].map((index) => Number(at(index) === "0x" ? 0 : at(index)));
  const roots = { parent: at(0), transactionsRoot: at(4), receiptsRoot: at(5) };
  if (Object.values(roots).some((root) => root.length !== 66)) return undefined;
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(time)) return undefined;
  return { hash: Hash.keccak256(rlp), ...roots, number: number ?? 0, time: time ?? 0 };
}

/**
 * A block with all its transactions and receipts, each checked against the header.
 * Throws `BlockGone` where the node has no such block, `BlockUnknown` where the parts do not give the roots.
 */
export async function ofBlock(rpc: Rpc, hash: Hex): Promise<Whole> {
  const raw = (await rpc("eth_getBlockByHash", [hash, true])) as (RawHeader & { transactions: RawSent[] }) | null;
  if (!raw) throw new BlockGone(hash);
  const rlp = header(raw);
  const said = readHeader(rlp);
  const transactions = await Promise.all(raw.transactions.map((one) => transaction(rpc, hash, one)));
  const receipts = (await rawReceipts(rpc, hash, raw.transactions)).map(receipt);
  if ((await rootOf(transactions)) !== said?.transactionsRoot)
    throw new BlockUnknown(hash, both("its transactions do not give its root", "其交易与交易根不符"));
  if ((await rootOf(receipts)) !== said.receiptsRoot)
    throw new BlockUnknown(hash, both("its receipts do not give its root", "其收据与收据根不符"));
  return { header: rlp, transactions, receipts };
}

type RawSent = { hash: Hex } & Record<string, unknown>;

/** Rebuilt from its fields where we know its type, else asked for. */
async function transaction(rpc: Rpc, block: Hex, raw: RawSent): Promise<Hex> {
  try {
    const built = TransactionEnvelope.serialize(Transaction.fromRpc(raw as never) as never);
    if (Hash.keccak256(built) === raw.hash) return built;
  } catch {
    // A type that is not known here: the node may tell.
  }
  for (const method of ["eth_getRawTransactionByHash", "debug_getRawTransaction"]) {
    const told = await optional(() => rpc(method, [raw.hash]));
    if (typeof told === "string" && Hash.keccak256(told as Hex) === raw.hash) return told as Hex;
  }
  const type = String(raw.type);
  throw new BlockUnknown(
    block,
    both(`it holds a transaction of type ${type}, which is not known here`, `其中含未知类型（${type}）的交易`),
  );
}

async function rawReceipts(rpc: Rpc, block: Hex, sent: readonly RawSent[]): Promise<readonly RawReceipt[]> {
  const all = (await optional(() => rpc("eth_getBlockReceipts", [block]))) as RawReceipt[] | null | undefined;
  const found =
    all ?? (await Promise.all(sent.map(({ hash }) => rpc("eth_getTransactionReceipt", [hash]) as Promise<RawReceipt>)));
  if (found.length !== sent.length || found.some((one) => one?.blockHash !== block)) throw new BlockGone(block);
  return found;
}

/** Nothing where the node has no such method. */
async function optional(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NodeRefused) return undefined;
    throw error;
  }
}

/** A receipt as it stands in the trie (EIP-2718), from what the node tells. */
export function receipt(raw: RawReceipt): Hex {
  const { type = "0x0", root, status, cumulativeGasUsed, logsBloom, depositNonce, depositReceiptVersion } = raw;
  const logs = raw.logs.map(({ address, topics, data }) => [address, topics, data] as const);
  const body: Nested[] = [status ? whole(status) : (root ?? "0x"), whole(cumulativeGasUsed), logsBloom, logs];
  // Deposits of an OP rollup carry two fields more since Canyon.
  if (depositNonce && depositReceiptVersion) body.push(whole(depositNonce), whole(depositReceiptVersion));
  const rlp = Rlp.fromHex(body as never) as Hex;
  const prefix = BigInt(type);
  return prefix === 0n ? rlp : OxHex.concat(OxHex.fromNumber(prefix, { size: 1 }), rlp);
}

/** What a receipt of the trie says; nothing if the bytes are none. */
export function readReceipt(bytes: Hex): Receipt | undefined {
  const fields = list(untyped(bytes));
  const [status, , , logs] = fields ?? [];
  if (!Array.isArray(logs)) return undefined;
  const read = logs.map((one: Nested): Log | undefined => {
    const [address, topics, data] = Array.isArray(one) ? one : [];
    if (typeof address !== "string" || typeof data !== "string" || !Array.isArray(topics)) return undefined;
    if (!topics.every((topic) => typeof topic === "string")) return undefined;
    return { address: address as Address, topics: topics as readonly Hex[], data: data as Hex };
  });
  return read.every((log) => log !== undefined) ? { ok: status === "0x01", logs: read } : undefined;
}

/** What a transaction of the trie says; nothing if its type is not known here. */
export function readTransaction(bytes: Hex): Sent | undefined {
  try {
    const envelope = TransactionEnvelope.deserialize(bytes) as {
      r?: Hex;
      s?: Hex;
      yParity?: number;
      to?: Address | null;
      data?: Hex;
      chainId?: number;
    };
    const { r, s, yParity, to, data = "0x", chainId } = envelope;
    const payload = TransactionEnvelope.getSignPayload(envelope as never);
    const signed = r !== undefined && s !== undefined && yParity !== undefined;
    const from = signed ? recover(payload, { r, s, yParity }) : undefined;
    return {
      hash: Hash.keccak256(bytes),
      data,
      ...(from ? { from } : {}),
      ...(to ? { to: to.toLowerCase() as Address } : {}),
      ...(chainId === undefined ? {} : { chainId }),
    };
  } catch {
    return undefined;
  }
}

/** Half of the order of secp256k1: of a signature's two forms only that with the lower `s` counts (EIP-2). */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Who signed a digest with a key, by the 65 bytes that the escrow takes; nothing for any others. */
export function signerOf(payload: Hex, signature: Hex): Address | undefined {
  if (signature.length !== 132 || !/1[bc]$/.test(signature)) return undefined;
  const { r, s, yParity } = Signature.fromHex(signature);
  return BigInt(s) > HALF_ORDER ? undefined : recover(payload, { r, s, yParity: yParity ?? 0 });
}

function recover(payload: Hex, signature: { r: Hex; s: Hex; yParity: number }): Address | undefined {
  try {
    return Secp256k1.recoverAddress({ payload, signature: signature as never }).toLowerCase() as Address;
  } catch {
    return undefined;
  }
}

const key = (index: number): Uint8Array =>
  OxHex.toBytes(Rlp.fromHex(index === 0 ? "0x" : whole(`0x${index.toString(16)}`)));

async function trie(values: readonly Hex[]) {
  const built = await createMPT();
  for (const [index, value] of values.entries()) await built.put(key(index), OxHex.toBytes(value));
  return built;
}

/** Root of the trie of a block's transactions or receipts. */
export async function rootOf(values: readonly Hex[]): Promise<Hex> {
  return OxHex.fromBytes((await trie(values)).root());
}

/** The trie's nodes from its root to each of the indices. */
export async function prove(values: readonly Hex[], indices: readonly number[]): Promise<readonly (readonly Hex[])[]> {
  const built = await trie(values);
  const nodes = indices.map((index) => createMerkleProof(built, key(index)));
  return (await Promise.all(nodes)).map((path) => path.map((node) => OxHex.fromBytes(node)));
}

/** What stands at an index under a root; nothing if the nodes do not show it, or if there are more than it takes. */
export async function provenAt(root: Hex, index: number, nodes: readonly Hex[]): Promise<Hex | undefined> {
  try {
    const path = nodes.map((node) => OxHex.toBytes(node));
    const sparse = await createMPTFromProof(path, { root: OxHex.toBytes(root) });
    const value = await sparse.get(key(index), true);
    const needed = await createMerkleProof(sparse, key(index));
    if (!value || needed.length !== nodes.length) return undefined;
    return needed.every((node, k) => OxHex.fromBytes(node) === nodes[k]) ? OxHex.fromBytes(value) : undefined;
  } catch {
    return undefined;
  }
}

/** A number as RLP writes it: without leading zeros, zero as nothing. */
const whole = (value: Hex): Hex => {
  const digits = BigInt(value).toString(16);
  return digits === "0" ? "0x" : `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`;
};

/** Without the type in front, of which a list's first byte is never one (EIP-2718). */
const untyped = (bytes: Hex): Hex => (Number(bytes.slice(0, 4)) < 0x80 ? `0x${bytes.slice(4)}` : bytes);

function list(rlp: Hex): readonly Nested[] | undefined {
  try {
    const fields = Rlp.toHex(rlp) as Nested;
    return Array.isArray(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}
