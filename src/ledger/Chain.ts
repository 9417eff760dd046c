/**
 * Any EVM chain as a ledger, by the address of a node. Acts are kept in a folder before they are sent, so that neither a
 * crash nor a node that fails, forgets or lies loses one or does one twice; the chain is the truth, the folder the memory
 * of what we asked of it. An account's acts go through one folder: two of them take each other's numbers.
 */
import { mkdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../agreement/index.ts";
import * as Account from "./Account.ts";
import { NeedsRelayer, OnlyRehearsed, ReadOnly, WrongChain } from "./Errors.ts";
import type { Address, Ledger } from "./Ledger.ts";
import * as Lock from "./Lock.ts";
import * as Node from "./Node.ts";
import * as Outbox from "./Outbox.ts";
import { connect, host } from "./Rpc.ts";

export type Point = Account.Point;

/** Times are milliseconds. */
export type Options = {
  /** Of the node's JSON-RPC, `COMMENDA_RPC_URL`. */
  url: string;
  /** Where the acts are kept. Absent: for reading only. */
  folder?: string;
  expectedChainId?: number;
  /** Blocks that make an act final, its own included; more where a chain reorganises. */
  confirmations?: number;
  /** Wei a unit of gas that are never exceeded; 0 where gas is free. Absent: only the tip has a limit, of 500 gwei. */
  feeCap?: bigint;
  /** From one look at the chain to the next. */
  poll?: number;
  /** Not in a block for so long: sent again for a higher price. */
  stuckAfter?: number;
  /** Not in a final block for so long: `send` throws `ActPending`, and the act is followed later. */
  patience?: number;
  /** For one request. */
  timeout?: number;
  /** How often an answer that contradicts what is known is asked for again. */
  asks?: number;
  fetch?: typeof globalThis.fetch;
  point?: (name: Point) => void;
};

/** What would revert is `Reverted` before it is signed; a receipt with `ok: false` is one that something came before. */
export type Chain = Ledger & {
  readonly kind: "chain";
  /**
   * Brings every act in the folder to its end that has none, or whose block the chain gave up. Call it after opening, to
   * learn what came of acts cut off by a crash or given up waiting for, and when `Follow` says `undone`. Each is told
   * once, here or as the answer to `send` for the same act, which until then is that act and no second one.
   * Throws `ActPending`, `NodeContradicts`, `NodeDown`; what was found by then is told the next time.
   */
  recover(): Promise<readonly Account.News[]>;
};

/**
 * Whatever the folder has without a known end is looked for, sent again if its number is free, and followed meanwhile.
 * Throws `WrongChain`, `OtherLedger`, `LedgerBusy`, `LedgerDamaged`, `NodeDown`.
 */
export async function open(options: Options): Promise<Chain> {
  const { url, folder, expectedChainId, timeout = 20_000, fetch = globalThis.fetch, poll = 1_000 } = options;
  const rpc = connect(url, { timeout, fetch });
  const chainId = Number(await rpc("eth_chainId"));
  if (expectedChainId !== undefined && chainId !== expectedChainId) throw new WrongChain(chainId, expectedChainId);
  const stop = new AbortController();
  const kept = folder === undefined ? undefined : keep(folder, { chainId, first: await firstBlock() });
  const accounts = new Map<Address, Account.Account>();

  async function firstBlock() {
    return (await Node.block(rpc, 0))?.hash ?? null;
  }

  function accountOf(address: Address): Account.Account {
    const key = address.toLowerCase() as Address;
    const known = accounts.get(key);
    if (known) return known;
    if (!kept) throw new ReadOnly();
    const { confirmations = 1, stuckAfter = 60_000, patience = 600_000, asks = 3, feeCap, point = () => {} } = options;
    const fresh = Account.open(key, {
      ...{ rpc, outbox: kept.outbox, chainId, confirmations, stuckAfter, patience, asks, point },
      ...(feeCap === undefined ? {} : { feeCap }),
      pause: () => setTimeout(poll, undefined, { signal: stop.signal }).catch(() => {}),
      closed: () => stop.signal.aborted,
    });
    accounts.set(key, fresh);
    return fresh;
  }

  for (const { from } of kept?.outbox.acts ?? []) accountOf(from);
  // Whoever sends or asks next learns what is wrong.
  for (const account of accounts.values()) account.settle().catch(() => {});

  const where = host(url);
  return {
    kind: "chain",
    name: InputError.both(`chain ${chainId}, by ${where}`, `链 ${chainId}，经由 ${where}`),
    chainId,
    head: () => Node.head(rpc),
    async send(signer, transaction, { at } = {}) {
      if (at !== undefined) throw new OnlyRehearsed();
      if (!signer.transaction) throw new NeedsRelayer(signer.address);
      return accountOf(signer.address).send(signer, transaction);
    },
    call: (transaction, { from } = {}) => Node.call(rpc, transaction, from ? { from } : {}),
    code: (address) => Node.code(rpc, address),
    receipt: (hash) => Node.receipt(rpc, hash),
    logs: (filter) => Node.logs(rpc, filter),
    rpc,
    async recover() {
      const all = [...accounts.values()];
      await Promise.all(all.map((account) => account.settle()));
      return all.flatMap((account) => account.news());
    },
    async close() {
      stop.abort();
      await Promise.all([...accounts.values()].map((account) => account.idle()));
      await kept?.close();
    },
  };
}

function keep(folder: string, chain: Parameters<typeof Outbox.open>[1]) {
  mkdirSync(folder, { recursive: true });
  const lock = Lock.acquire(folder);
  try {
    const outbox = Outbox.open(folder, chain);
    return { outbox, close: () => outbox.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}
