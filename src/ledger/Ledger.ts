/**
 * A ledger as the rest of the house sees it: an order of acts that nobody can change, and the contracts that carry them
 * out. One interface for the embedded rehearsal ledger and for any EVM chain.
 */
import type { Agreement, InputError } from "../agreement/index.ts";
import type { Signer } from "./Signer.ts";

export type Address = Agreement.Address;
export type Hex = Agreement.Hex;

/** `time` is Unix seconds. */
export type Block = { readonly number: number; readonly hash: Hex; readonly time: number };

/** What a transaction does; wei in `value`. Without `to` it deploys. */
export type Transaction = { readonly to?: Address; readonly data: Hex; readonly value?: bigint };

export type Log = { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex };

export type Receipt = {
  /** Of the transaction. */
  readonly hash: Hex;
  readonly block: Block;
  readonly from: Address;
  /** What was deployed, if anything. */
  readonly contract?: Address;
  /** False when it was mined and changed nothing. */
  readonly ok: boolean;
  readonly gasUsed: bigint;
  /** Wei that the gas cost. */
  readonly gasPaid: bigint;
  readonly logs: readonly Log[];
};

/** Where the parts of Commenda stand on a chain. */
export type Deployment = {
  readonly escrow: Address;
  readonly reader: Address;
  readonly evidence: Address;
  /** Factory of contract accounts. */
  readonly accounts: Address;
};

export type Ledger = {
  /** A rehearsal lives with one party and proves nothing to another; say so wherever it is shown. */
  readonly kind: "rehearsal" | "chain";
  readonly name: InputError.Words;
  readonly chainId: number;
  head(): Promise<Block>;
  /**
   * Signs, records durably, sends, and waits until it is in a block. A transaction that reverts on the ledger is a
   * receipt with `ok: false`; simulate with `call` before.
   * `at`: Unix seconds, of a rehearsal only: the block's time, not before the head's.
   */
  send(signer: Signer, transaction: Transaction, options?: { at?: number }): Promise<Receipt>;
  /** Runs without a trace, at the head's time or (a rehearsal) at `at`. Throws `Reverted` with the raw data. */
  call(transaction: Transaction, options?: { from?: Address; at?: number }): Promise<Hex>;
  code(address: Address): Promise<Hex>;
  receipt(hash: Hex): Promise<Receipt | undefined>;
  /** Logs of the given contracts, by block and place in it, ends included. */
  logs(filter: {
    address: readonly Address[];
    topics?: readonly (Hex | null)[];
    from: number;
    to: number;
  }): Promise<readonly (Log & { readonly block: Block; readonly transaction: Hex; readonly index: number })[]>;
  /** The JSON-RPC of the node beneath, for what this interface has no word for. */
  rpc(method: string, params: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
};
