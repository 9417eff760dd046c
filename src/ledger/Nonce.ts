/** The number that an account's next transaction has: what the node counts, held against what is known. */
import { InputError } from "../agreement/index.ts";
import { AccountBusy, NodeContradicts, NodeDown, NodeRefused } from "./Errors.ts";
import type { Address, Block, Hex } from "./Ledger.ts";
import * as Node from "./Node.ts";
import type { Rpc } from "./Rpc.ts";

/**
 * `known`: the number after our last one that is in a block; absent where we never sent.
 * Asks again before it throws `NodeContradicts`, or `AccountBusy` where transactions from elsewhere wait.
 */
export async function next(
  rpc: Rpc,
  address: Address,
  known: number | undefined,
  { asks, pause }: { asks: number; pause: () => Promise<void> },
): Promise<number> {
  for (let left = asks; ; left--) {
    const count = await Node.nonce(rpc, address);
    const problem = await doubt(rpc, address, known, count);
    if (!problem) return count;
    if (left <= 0) throw problem;
    await pause();
  }
}

async function doubt(
  rpc: Rpc,
  address: Address,
  known: number | undefined,
  count: number,
): Promise<NodeContradicts | AccountBusy | undefined> {
  const pending = await Node.nonce(rpc, address, "pending");
  if (known !== undefined && count < known) return contradiction(address, count, `${known}`);
  if (pending > count) return new AccountBusy(address, pending - count);
  if (pending < count) return contradiction(address, count, `${pending}`);
  if (count === known) return undefined;
  // More than ours, or never used by us: somebody else has to say so too.
  const proven = await provenNonce(rpc, address);
  if (proven !== undefined) return proven === count ? undefined : contradiction(address, count, `${proven}`);
  if (known === undefined || (await holder(rpc, address, count - 1))) return undefined;
  return contradiction(address, count, `${known}`);
}

export function contradiction(address: Address, count: number, other: string): NodeContradicts {
  return new NodeContradicts(
    InputError.both(
      `The node counts ${count} transactions of ${address}, where its own blocks, state or pool say ${other}`,
      `节点称 ${address} 已有 ${count} 笔交易，而其区块、状态或交易池显示为 ${other}`,
    ),
  );
}

/** The number by the account's entry in the state; nothing where the node proves no state. */
async function provenNonce(rpc: Rpc, address: Address): Promise<number | undefined> {
  try {
    const proof = (await rpc("eth_getProof", [address, [], "latest"])) as { nonce: Hex } | null;
    return proof ? Number(proof.nonce) : undefined;
  } catch (error) {
    if (error instanceof NodeRefused) return undefined;
    throw error;
  }
}

/** The transaction that has an account's number, and its block, if the node can tell. */
export async function holder(
  rpc: Rpc,
  address: Address,
  number: number,
): Promise<{ hash: Hex; block: Pick<Block, "number" | "hash"> } | undefined> {
  let low = 0;
  let high = (await Node.head(rpc)).number;
  // The first block after which it is used. A state that the node no longer has is an old one.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const used = await usedAt(rpc, address, middle);
    if (used > number) high = middle;
    else low = middle + 1;
  }
  const block = (await rpc("eth_getBlockByNumber", [`0x${low.toString(16)}`, true])) as {
    hash: Hex;
    transactions: { hash: Hex; from: Address; nonce: Hex }[];
  } | null;
  const found = block?.transactions.find(
    ({ from, nonce }) => from.toLowerCase() === address && Number(nonce) === number,
  );
  return block && found ? { hash: found.hash, block: { number: low, hash: block.hash } } : undefined;
}

async function usedAt(rpc: Rpc, address: Address, block: number): Promise<number> {
  try {
    return Number(await rpc("eth_getTransactionCount", [address, `0x${block.toString(16)}`]));
  } catch (error) {
    if (error instanceof NodeDown) throw error;
    return 0;
  }
}
