/**
 * The acts that were signed here, with everything that was ever sent for each and what came of it: one line before each
 * sending, one line after the end. All variants of an act have one number of the account, so the chain takes one of them.
 */
import { join } from "node:path";
import { Hash, TxEnvelopeEip1559 } from "ox";
import { InputError } from "../agreement/index.ts";
import { DiskFailed, LedgerDamaged, OtherLedger } from "./Errors.ts";
import type { GasPrice } from "./GasPrice.ts";
import * as Journal from "./Journal.ts";
import type { Address, Block, Hex, Transaction } from "./Ledger.ts";

/** One signed transaction of an act. */
export type Variant = { readonly hash: Hex; readonly raw: Hex; readonly price: GasPrice };

export type Outcome =
  | { readonly kind: "mined"; readonly transaction: Hex; readonly block: Block }
  /** Another transaction has the number. */
  | { readonly kind: "taken"; readonly by: Hex }
  /** The node did not take it, each time it was sent, for a reason that no time heals. */
  | { readonly kind: "refused"; readonly why: string };

export type Act = {
  /** From 0, in order of signing. */
  readonly place: number;
  readonly from: Address;
  readonly nonce: number;
  readonly transaction: Transaction;
  readonly gas: bigint;
  /** In order of signing; the last has the highest price. */
  readonly variants: readonly [Variant, ...Variant[]];
  /** Absent while it is under way. */
  readonly outcome?: Outcome;
  /** Whoever asked for it has had its receipt. */
  readonly told?: true;
};

export type Outbox = {
  readonly acts: readonly Act[];
  /** Records an act by its first transaction. Throws `DiskFailed`. */
  add(from: Address, raw: Hex): Act;
  /** Records another transaction of the act. Throws `DiskFailed`. */
  vary(act: Act, raw: Hex): Act;
  /** What was recorded may be sent when this resolves. Throws `DiskFailed`. */
  flush(): Promise<void>;
  settle(act: Act, outcome: Outcome): Act;
  /** The chain no longer has it. What was recorded stays: it is held against the chain each time. */
  reopen(act: Act): Act;
  tell(act: Act): void;
  close(): Promise<void>;
};

type Entry =
  /** `first`: hash of the chain's block 0, where the node knows it. */
  | { kind: "chain"; chainId: number; first: Hex | null }
  | { kind: "signed"; act: number; from: Address; raw: Hex }
  | ({ kind: "mined"; act: number; transaction: Hex } & Block)
  | { kind: "taken"; act: number; by: Hex }
  | { kind: "refused"; act: number; why: string }
  | { kind: "told"; act: number };

/** Throws `OtherLedger` where the folder is of another chain, `LedgerDamaged`. */
export function open(folder: string, chain: { chainId: number; first: Hex | null }): Outbox {
  const journal = Journal.open<Entry>(join(folder, "acts"));
  const acts: Act[] = [];
  try {
    const [head, ...entries] = journal.records;
    if (!head) journal.append({ kind: "chain", ...chain });
    else if (head.kind !== "chain") throw damaged(journal.file, 1);
    else if (head.chainId !== chain.chainId || (head.first && chain.first && head.first !== chain.first))
      throw new OtherLedger(folder, named(head), named(chain));
    for (const [k, entry] of entries.entries()) if (!apply(acts, entry)) throw damaged(journal.file, k + 2);
  } catch (error) {
    journal.close();
    throw error;
  }
  let written = 0;
  let flushed = 0;
  const put = (entry: Entry & { kind: "signed" }): Act => {
    journal.append(entry);
    written++;
    apply(acts, entry);
    return acts[entry.act] as Act;
  };
  /** What the chain tells again may be missing from a full disk. */
  const note = (entry: Exclude<Entry, { kind: "chain" }>): Act => {
    try {
      journal.append(entry);
    } catch (error) {
      if (!(error instanceof DiskFailed)) throw error;
    }
    apply(acts, entry);
    return acts[entry.act] as Act;
  };
  return {
    acts,
    add: (from, raw) => put({ kind: "signed", act: acts.length, from, raw }),
    vary: (act, raw) => put({ kind: "signed", act: act.place, from: act.from, raw }),
    async flush() {
      const upTo = written;
      if (flushed >= upTo) return;
      await journal.sync();
      flushed = Math.max(flushed, upTo);
    },
    settle(act, outcome) {
      if (outcome.kind === "mined") {
        const { kind, transaction, block } = outcome;
        return note({ kind, act: act.place, transaction, ...block });
      }
      return note({ ...outcome, act: act.place });
    },
    reopen(act) {
      const { outcome, ...open } = acts[act.place] as Act;
      acts[act.place] = open;
      return open;
    },
    tell(act) {
      if (!acts[act.place]?.told) note({ kind: "told", act: act.place });
    },
    async close() {
      await journal.sync().finally(() => journal.close());
    },
  };
}

/** @returns false for an entry that cannot follow those before it. */
function apply(acts: Act[], entry: Entry): boolean {
  if (entry.kind === "chain") return false;
  const { act: place } = entry;
  const act = acts[place];
  if (entry.kind === "signed") {
    if (place > acts.length) return false;
    const { nonce, transaction, gas, variant } = decode(entry.raw);
    if (act && act.nonce !== nonce) return false;
    acts[place] = act
      ? { ...act, variants: [...act.variants, variant] }
      : { place, from: entry.from, nonce, transaction, gas, variants: [variant] };
    return true;
  }
  if (!act) return false;
  acts[place] = entry.kind === "told" ? { ...act, told: true } : { ...act, outcome: outcomeOf(entry) };
  return true;
}

function outcomeOf(entry: Exclude<Entry, { kind: "chain" | "signed" | "told" }>): Outcome {
  if (entry.kind === "taken") return { kind: "taken", by: entry.by };
  if (entry.kind === "refused") return { kind: "refused", why: entry.why };
  const { transaction, number, hash, time } = entry;
  return { kind: "mined", transaction, block: { number, hash, time } };
}

function decode(raw: Hex): Pick<Act, "nonce" | "transaction" | "gas"> & { variant: Variant } {
  const { nonce, to, data, value, gas, maxFeePerGas, maxPriorityFeePerGas } = TxEnvelopeEip1559.deserialize(
    raw as TxEnvelopeEip1559.Serialized,
  );
  return {
    nonce: Number(nonce ?? 0n),
    transaction: { ...(to ? { to } : {}), data: data ?? "0x", value: value ?? 0n },
    gas: gas ?? 0n,
    variant: {
      hash: Hash.keccak256(raw),
      raw,
      price: { maxFeePerGas: maxFeePerGas ?? 0n, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n },
    },
  };
}

const named = ({ chainId, first }: { chainId: number; first: Hex | null }): string =>
  first ? `chain ${chainId} from block ${first}` : `chain ${chainId}`;

function damaged(file: string, record: number): LedgerDamaged {
  const what = InputError.both(
    `record ${record} does not follow from those before it`,
    `第 ${record} 条记录与之前的记录不衔接`,
  );
  return new LedgerDamaged(file, what);
}
