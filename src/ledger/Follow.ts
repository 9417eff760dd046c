/**
 * The facts of an escrow as they come to be and, where the chain reorganises, cease to be. A reader keeps a cursor beside
 * the facts, both written at once; `next` is given the one and gives the other, and remembers nothing itself.
 */
import { setTimeout } from "node:timers/promises";
import { NodeRefused } from "./Errors.ts";
import * as Fact from "./Fact.ts";
import type { Address, Block, Hex, Ledger } from "./Ledger.ts";
import * as Node from "./Node.ts";

/** How far an escrow was read. Plain JSON. */
export type Cursor = {
  readonly escrow: Address;
  /** Number of the first block that was asked for. */
  readonly first: number;
  /** Number of the first block that was not read. */
  readonly next: number;
  /** Blocks that were read, oldest first: each with a fact in it, and the last of each batch. */
  readonly seen: readonly { readonly number: number; readonly hash: Hex }[];
};

export type Step =
  /** In the order of the ledger; there may be none. Ends included. */
  | {
      readonly kind: "facts";
      readonly from: number;
      readonly to: number;
      readonly facts: readonly Fact.Fact[];
      readonly cursor: Cursor;
    }
  /** The blocks from this number on are no longer the chain's: their facts never happened. */
  | { readonly kind: "undone"; readonly from: number; readonly cursor: Cursor }
  /** Nothing new. */
  | { readonly kind: "idle"; readonly cursor: Cursor };

export type Options = {
  /** Blocks in one batch, at most. */
  size?: number;
  /** Blocks that are remembered. A reorganisation that goes deeper undoes all, and everything is read again. */
  remember?: number;
  /** Blocks that a block must have behind it, itself included, before it is read. */
  confirmations?: number;
};

/** `first`: number of the block to begin with, such as the one in which the escrow was deployed. */
export const begin = (escrow: Address, first = 0): Cursor => ({ escrow, first, next: first, seen: [] });

/** The next thing to know. Throws `NodeDown`, `NodeRefused`; the same cursor then gives the same again. */
export async function next(ledger: Ledger, cursor: Cursor, options: Options = {}): Promise<Step> {
  const { size = 1_000, confirmations = 1 } = options;
  const head = await blockOf(ledger, "latest");
  // What lies above the head can be of a chain given up, or the node is behind: the blocks below it tell.
  const known = cursor.seen.findLast(({ number }) => !head || number <= head.number);
  if (!head) return { kind: "idle", cursor };
  if (known && !(await isThere(ledger, known))) return undo(ledger, cursor);
  let to = Math.min(head.number - confirmations + 1, cursor.next + size - 1);
  while (to >= cursor.next) {
    try {
      return await read(ledger, cursor, to, options);
    } catch (error) {
      // Nodes answer only so much at once.
      if (!(error instanceof NodeRefused) || to === cursor.next) throw error;
      to = cursor.next + Math.floor((to - cursor.next) / 2);
    }
  }
  return { kind: "idle", cursor };
}

/** Each step from the cursor on that is not idle, until `signal` ends it. `poll`: milliseconds between two looks. */
export async function* follow(
  ledger: Ledger,
  cursor: Cursor,
  { poll = 1_000, signal, ...options }: Options & { poll?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Exclude<Step, { kind: "idle" }>, void> {
  while (!signal?.aborted) {
    const step = await next(ledger, cursor, options);
    cursor = step.cursor;
    if (step.kind !== "idle") yield step;
    else await setTimeout(poll, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

async function read(ledger: Ledger, cursor: Cursor, to: number, { remember = 128 }: Options): Promise<Step> {
  const tip = await blockOf(ledger, to);
  const last = cursor.seen.at(-1);
  const continues = !last || (await isThere(ledger, last));
  const logs = await ledger.logs({ address: [cursor.escrow], from: cursor.next, to });
  // The same last block before and after, above the last one seen: what was read between is of one chain.
  if (!tip || !continues || !(await isThere(ledger, tip))) return { kind: "idle", cursor };
  const facts = logs.flatMap((log): Fact.Fact[] => {
    const happening = Fact.read(log);
    return happening ? [{ ...happening, block: log.block, transaction: log.transaction, index: log.index }] : [];
  });
  const ends = new Map([...facts.map(({ block }) => block), tip].map(({ number, hash }) => [number, { number, hash }]));
  const seen = [...cursor.seen, ...ends.values()].slice(-remember);
  return { kind: "facts", from: cursor.next, to, facts, cursor: { ...cursor, next: to + 1, seen } };
}

/** Back to the last block seen that is still the chain's: those between it and the next one seen had no facts. */
async function undo(ledger: Ledger, cursor: Cursor): Promise<Step> {
  let left = cursor.seen.length;
  for (; left > 0; left--) {
    const block = cursor.seen[left - 1];
    if (block && (await isThere(ledger, block))) break;
  }
  const seen = cursor.seen.slice(0, left);
  const from = (seen.at(-1)?.number ?? cursor.first - 1) + 1;
  return { kind: "undone", from, cursor: { ...cursor, next: from, seen } };
}

const blockOf = (ledger: Ledger, which: number | string): Promise<Block | undefined> =>
  Node.block((method, params = []) => ledger.rpc(method, params), which);

const isThere = async (ledger: Ledger, { number, hash }: { number: number; hash: Hex }): Promise<boolean> =>
  (await blockOf(ledger, number))?.hash === hash;
