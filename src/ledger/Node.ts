/** What every node answers, as our types. */
import { ContractAddress } from "ox";
import type { Address, Block, Hex, Ledger, Log, Receipt, Transaction } from "./Ledger.ts";
import type { Rpc } from "./Rpc.ts";

type RawBlock = { number: Hex; hash: Hex; timestamp: Hex };
type RawLog = Log & { blockNumber: Hex; blockHash: Hex; transactionHash: Hex; logIndex: Hex; blockTimestamp?: Hex };
type RawReceipt = {
  transactionHash: Hex;
  blockNumber: Hex;
  blockHash: Hex;
  from: Address;
  contractAddress?: Address | null;
  status: Hex;
  gasUsed: Hex;
  effectiveGasPrice: Hex;
  logs: RawLog[];
};

const hex = (value: number | bigint): Hex => `0x${value.toString(16)}`;

export async function head(rpc: Rpc): Promise<Block> {
  return (await block(rpc, "latest")) as Block;
}

/** By number, or a tag such as `finalized`. */
export async function block(rpc: Rpc, which: number | string): Promise<Block | undefined> {
  const tag = typeof which === "number" ? hex(which) : which;
  const raw = (await rpc("eth_getBlockByNumber", [tag, false])) as RawBlock | null;
  return raw ? { number: Number(raw.number), hash: raw.hash, time: Number(raw.timestamp) } : undefined;
}

/** The next number of an account's transactions. */
export async function nonce(rpc: Rpc, address: Address, tag: "latest" | "pending" = "latest"): Promise<number> {
  return Number(await rpc("eth_getTransactionCount", [address, tag]));
}

export async function code(rpc: Rpc, address: Address): Promise<Hex> {
  return (await rpc("eth_getCode", [address, "latest"])) as Hex;
}

export async function call(
  rpc: Rpc,
  { to, data, value }: Transaction,
  { from, at }: { from?: Address; at?: number } = {},
): Promise<Hex> {
  const request = { ...(from ? { from } : {}), ...(to ? { to } : {}), data, ...(value ? { value: hex(value) } : {}) };
  const params = at === undefined ? [request, "latest"] : [request, "latest", {}, { time: hex(at) }];
  return (await rpc("eth_call", params)) as Hex;
}

/** Units of gas. Throws `Reverted`. */
export async function estimateGas(rpc: Rpc, { to, data, value }: Transaction, from: Address): Promise<bigint> {
  const request = { from, ...(to ? { to } : {}), data, ...(value ? { value: hex(value) } : {}) };
  return BigInt((await rpc("eth_estimateGas", [request])) as Hex);
}

/** Wei. */
export async function balance(rpc: Rpc, address: Address): Promise<bigint> {
  return BigInt((await rpc("eth_getBalance", [address, "latest"])) as Hex);
}

export async function receipt(rpc: Rpc, hash: Hex): Promise<Receipt | undefined> {
  const raw = await rpc("eth_getTransactionReceipt", [hash]);
  return raw ? receiptOf(rpc, raw) : undefined;
}

/** A receipt as the node gave it, with the time of its block. */
export async function receiptOf(rpc: Rpc, answer: unknown): Promise<Receipt> {
  const raw = answer as RawReceipt;
  const gasUsed = BigInt(raw.gasUsed);
  const stamp = raw.logs[0]?.blockTimestamp;
  const number = Number(raw.blockNumber);
  const time = stamp ? Number(stamp) : ((await block(rpc, number))?.time ?? 0);
  return {
    hash: raw.transactionHash,
    block: { number, hash: raw.blockHash, time },
    from: lower(raw.from),
    ...(raw.contractAddress ? { contract: lower(raw.contractAddress) } : {}),
    ok: BigInt(raw.status) === 1n,
    gasUsed,
    gasPaid: gasUsed * BigInt(raw.effectiveGasPrice ?? 0),
    logs: raw.logs.map(({ address, topics, data }) => ({ address: lower(address), topics, data })),
  };
}

export async function logs(
  rpc: Rpc,
  { address, topics, from, to }: Parameters<Ledger["logs"]>[0],
): ReturnType<Ledger["logs"]> {
  const filter = { address, fromBlock: hex(from), toBlock: hex(to), ...(topics ? { topics } : {}) };
  const raw = (await rpc("eth_getLogs", [filter])) as RawLog[];
  const times = new Map<number, number>();
  for (const one of raw) {
    const number = Number(one.blockNumber);
    if (times.has(number)) continue;
    times.set(number, one.blockTimestamp ? Number(one.blockTimestamp) : ((await block(rpc, number))?.time ?? 0));
  }
  return raw.map((one) => {
    const number = Number(one.blockNumber);
    return {
      address: lower(one.address),
      topics: one.topics,
      data: one.data,
      block: { number, hash: one.blockHash, time: times.get(number) ?? 0 },
      transaction: one.transactionHash,
      index: Number(one.logIndex),
    };
  });
}

/** Where the account's transaction of that number deploys. */
export const created = (from: Address, number: number): Address =>
  lower(ContractAddress.fromCreate({ from, nonce: BigInt(number) }));

const lower = (address: string): Address => address.toLowerCase() as Address;
