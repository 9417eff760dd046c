/**
 * One account's acts on a chain, one after another: signed once, recorded before they are sent, and followed until one
 * of their transactions is in a final block. What a node answers to a sending is never believed: receipts are.
 */
import { InputError } from "../agreement/index.ts";
import { ActPending, NodeContradicts, NodeDown, NodeRefused, NonceTaken, NotEnoughForGas, Reverted } from "./Errors.ts";
import * as GasPrice from "./GasPrice.ts";
import type { Address, Hex, Receipt, Transaction } from "./Ledger.ts";
import * as Node from "./Node.ts";
import * as Nonce from "./Nonce.ts";
import type { Act, Outbox } from "./Outbox.ts";
import type { Rpc } from "./Rpc.ts";
import type { Signer } from "./Signer.ts";

/** Named points at which a test ends the process. */
export type Point =
  | "act: signed"
  | "act: journaled"
  | "act: sent"
  | "act: mined"
  | "act: recorded"
  | "replacement: journaled"
  | "replacement: sent";

/** What an account works with; times are milliseconds. */
export type Surroundings = {
  readonly rpc: Rpc;
  readonly outbox: Outbox;
  readonly chainId: number;
  /** Blocks that make an act final, its own included. */
  readonly confirmations: number;
  /** Wei a unit of gas. */
  readonly feeCap?: bigint;
  readonly stuckAfter: number;
  readonly patience: number;
  readonly asks: number;
  readonly point: (name: Point) => void;
  /** From one look at the chain to the next. */
  readonly pause: () => Promise<void>;
  readonly closed: () => boolean;
};

/** What came of an act whose sender was not told, or that the chain had lost. */
export type News = {
  readonly from: Address;
  readonly nonce: number;
  readonly transaction: Transaction;
} & ({ readonly receipt: Receipt } | { readonly error: NonceTaken | NodeRefused });

export type Account = {
  /** After all earlier acts have come to their end. The same again, before anybody was told of the first, is the first. */
  send(signer: Signer, transaction: Transaction): Promise<Receipt>;
  /** Brings every act to its end that has none, or none any more. Throws `ActPending`, `NodeContradicts`, `NodeDown`. */
  settle(): Promise<void>;
  /** Since it was last asked. */
  news(): readonly News[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

/** The most gas that one transaction may have on Ethereum (EIP-7825). */
const MOST_GAS = 2n ** 24n;
/** The node has it, or has one like it, or wants a higher price: no reason to send the same again. */
const HELD = /already (known|imported|exists)|known transaction|underpriced|fee too low|less than block base fee/i;
/** Says nothing about whether ours is in a block. */
const PASSED = /nonce too low|nonce is too low|old nonce|invalid nonce/i;
/** No time heals it. */
const HOPELESS =
  /insufficient funds|intrinsic gas|gas limit|oversized|exceeds the configured cap|not (permitted|authorized)/i;

export function open(address: Address, surroundings: Surroundings): Account {
  const { rpc, outbox, chainId, feeCap, asks, point, pause } = surroundings;
  /** By place. */
  const settled = new Map<number, News>();
  for (const act of outbox.acts)
    if (act.from === address && act.outcome?.kind === "mined" && !act.told) outbox.reopen(act);
  let signing: Signer["transaction"];

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run);
    last = turn.catch(() => {});
    return turn;
  };

  async function settle(): Promise<void> {
    for (const act of await unsettled()) {
      const { from, nonce, transaction, place } = act;
      try {
        settled.set(place, { from, nonce, transaction, receipt: await follow(act, false) });
      } catch (error) {
        if (!(error instanceof NonceTaken || error instanceof NodeRefused) || !outbox.acts[place]?.outcome) throw error;
        settled.set(place, { from, nonce, transaction, error });
      }
    }
  }

  /** Back to the last act whose block is still the chain's: what is before it is on the chain as well. */
  async function unsettled(): Promise<Act[]> {
    const found: Act[] = [];
    let there = false;
    for (const act of outbox.acts.toReversed()) {
      if (act.from !== address || act.outcome?.kind === "taken" || (there && act.outcome)) continue;
      if (act.outcome?.kind === "mined") {
        const { number, hash } = act.outcome.block;
        there = (await Node.block(rpc, number))?.hash === hash;
        if (there) continue;
      }
      // A node that refused may have passed it on all the same.
      if (act.outcome?.kind === "refused" && !(await find(act))) continue;
      found.unshift(act.outcome ? outbox.reopen(act) : act);
    }
    return found;
  }

  /** The number after the last one that is known to be used. */
  function known(): number | undefined {
    const used = outbox.acts.findLast(
      ({ from, outcome }) => from === address && (outcome?.kind === "mined" || outcome?.kind === "taken"),
    );
    return used && used.nonce + 1;
  }

  /** Whether the chain has done what was taken for refused, up to a number that is not used yet. */
  async function reappeared(next: number): Promise<boolean> {
    const first = known() ?? 0;
    for (const act of outbox.acts) {
      if (act.from !== address || act.outcome?.kind !== "refused" || act.nonce < first || act.nonce >= next) continue;
      const holder = await Nonce.holder(rpc, address, act.nonce);
      if (!holder) throw Nonce.contradiction(address, next, `${act.nonce}`);
      if (act.variants.some(({ hash }) => hash === holder.hash)) return outbox.reopen(act) !== act;
    }
    return false;
  }

  async function sign(signer: Signer, transaction: Transaction, nonce: number): Promise<Act> {
    const { to, data, value = 0n } = transaction;
    const estimate = await Node.estimateGas(rpc, transaction, address);
    // A fifth more, as what it finds may differ from what was tried; no more than may be asked for.
    const more = estimate + estimate / 5n;
    const gas = more <= MOST_GAS || estimate > MOST_GAS ? more : MOST_GAS;
    const price = await GasPrice.ask(rpc, feeCap);
    const needs = value + gas * price.maxFeePerGas;
    const has = await Node.balance(rpc, address);
    if (has < needs) throw new NotEnoughForGas(address, has, needs);
    const unsigned = { chainId, nonce, data, value, gas, ...price, ...(to ? { to } : {}) };
    const raw = await signer.transaction?.(unsigned);
    if (!raw) throw new Error("the signer signs no transactions");
    point("act: signed");
    const act = outbox.add(address, raw);
    await outbox.flush();
    point("act: journaled");
    return act;
  }

  /** The receipt of whichever of its transactions is in a block of the chain. */
  async function find(act: Act): Promise<Receipt | undefined> {
    for (const { hash } of act.variants.toReversed()) {
      const receipt = await Node.receipt(rpc, hash);
      if (receipt && (await Node.block(rpc, receipt.block.number))?.hash === receipt.block.hash) return receipt;
    }
    return undefined;
  }

  const isFinal = async (block: number): Promise<boolean> =>
    surroundings.confirmations <= 1 || (await Node.head(rpc)).number - block + 1 >= surroundings.confirmations;

  /** `fresh`: it was never sent before, so that a refusal is the whole truth. */
  async function follow(act: Act, fresh: boolean): Promise<Receipt> {
    let deadline = performance.now() + surroundings.patience;
    let sentAt: number | undefined;
    let seen: string | undefined;
    let doubts = 0;
    let refusals = 0;
    let problem: unknown;
    for (;;) {
      try {
        const receipt = await find(act);
        if (receipt) {
          doubts = 0;
          problem = undefined;
          if (receipt.block.hash !== seen) {
            seen = receipt.block.hash;
            deadline = performance.now() + surroundings.patience;
            point("act: mined");
          }
          if (await isFinal(receipt.block.number)) {
            outbox.settle(act, { kind: "mined", transaction: receipt.hash, block: receipt.block });
            point("act: recorded");
            return receipt;
          }
        } else {
          // It was in a block that the chain gave up.
          if (seen !== undefined) sentAt = undefined;
          seen = undefined;
          const count = await Node.nonce(rpc, address);
          doubts = count === act.nonce ? 0 : doubts + 1;
          if (doubts > asks) await explain(act, count);
          // An own chain has it in a block at once.
          if (doubts === 0 && (await push())) continue;
        }
      } catch (error) {
        // Too busy, or behind: whatever a node cannot answer, another look may.
        const unanswered = error instanceof NodeDown || error instanceof NodeRefused;
        if (!unanswered || outbox.acts[act.place]?.outcome) throw error;
        problem = error;
      }
      if (performance.now() > deadline || surroundings.closed()) throw pending(act, problem);
      await pause();
    }

    /** Sends it if the node may not have it; for a higher price if it has had it for long. @returns whether it took it. */
    async function push(): Promise<boolean> {
      const stuck = sentAt !== undefined && performance.now() - sentAt > surroundings.stuckAfter;
      if (sentAt !== undefined && !stuck) return false;
      let taken = false;
      const replaced = stuck && (await replace());
      await outbox.flush();
      if (replaced) point("replacement: journaled");
      const { raw } = act.variants.at(-1) ?? act.variants[0];
      try {
        await rpc("eth_sendRawTransaction", [raw]);
        sentAt = performance.now();
        problem = undefined;
        fresh = false;
        taken = true;
      } catch (error) {
        problem = error;
        if (error instanceof NodeDown) fresh = false;
        if (!(error instanceof NodeRefused || error instanceof Reverted)) throw error;
        await judge(error);
      }
      point(replaced ? "replacement: sent" : "act: sent");
      return taken;
    }

    async function judge(error: NodeRefused | Reverted): Promise<void> {
      if (HELD.test(error.message)) {
        sentAt = performance.now();
        problem = undefined;
        fresh = false;
      } else if (HOPELESS.test(error.message)) {
        if (++refusals <= asks) return;
        if (!fresh || !(error instanceof NodeRefused)) throw pending(act, error);
        outbox.settle(act, { kind: "refused", why: error.message });
        throw error;
      } else if (!PASSED.test(error.message)) fresh = false;
    }

    /** @returns false where nobody signs now, or the cap or what the account has leaves no room. */
    async function replace(): Promise<boolean> {
      if (!signing) return false;
      const { price: old } = act.variants.at(-1) ?? act.variants[0];
      const { nonce, gas, transaction } = act;
      const { to, data, value = 0n } = transaction;
      let raw: Hex;
      try {
        const price = GasPrice.raise(old, await GasPrice.ask(rpc, feeCap), feeCap);
        if (!price || (await Node.balance(rpc, address)) < value + gas * price.maxFeePerGas) return false;
        raw = await signing({ chainId, nonce, data, value, gas, ...price, ...(to ? { to } : {}) });
      } catch (error) {
        // Too dear, or not signed: what is there already may still get in.
        problem = error;
        return false;
      }
      act = outbox.vary(act, raw);
      return true;
    }
  }

  /** The node counts differently, and no receipt says why. Throws what it comes to, unless it has to be looked at again. */
  async function explain(act: Act, count: number): Promise<void> {
    const holder = count > act.nonce ? await Nonce.holder(rpc, address, act.nonce) : undefined;
    if (!holder) throw Nonce.contradiction(address, count, `${act.nonce}`);
    // In a block by now, and its receipt will come.
    if (act.variants.some(({ hash }) => hash === holder.hash)) throw unreceipted(holder.hash);
    if (!(await isFinal(holder.block.number))) return;
    outbox.settle(act, { kind: "taken", by: holder.hash });
    throw new NonceTaken(address, act.nonce, holder.hash);
  }

  /** The receipt of the same act, if it came to its end and nobody was told. */
  function claim(transaction: Transaction): Receipt | undefined {
    for (const [place, one] of settled) {
      const act = outbox.acts[place];
      if (!act || act.told || !("receipt" in one) || !same(one.transaction, transaction)) continue;
      outbox.tell(act);
      settled.delete(place);
      return one.receipt;
    }
    return undefined;
  }

  async function deliver(act: Act): Promise<Receipt> {
    const receipt = await follow(act, true);
    outbox.tell(act);
    return receipt;
  }

  return {
    send(signer, transaction) {
      if (signer.transaction) signing = (unsigned) => (signer.transaction as NonNullable<typeof signing>)(unsigned);
      return inTurn(async () => {
        for (;;) {
          await settle();
          const receipt = claim(transaction);
          if (receipt) return receipt;
          const nonce = await Nonce.next(rpc, address, known(), { asks, pause });
          if (!(await reappeared(nonce))) return deliver(await sign(signer, transaction, nonce));
        }
      });
    },
    settle: () => inTurn(settle),
    news() {
      const all = [...settled.entries()];
      settled.clear();
      return all.map(([place, one]) => {
        const act = outbox.acts[place];
        if (act && "receipt" in one) outbox.tell(act);
        return one;
      });
    },
    idle: async () => void (await last),
  };
}

function pending(act: Act, cause: unknown): ActPending {
  const { from, nonce, variants } = act;
  const transaction = (variants.at(-1) ?? variants[0]).hash;
  return new ActPending({ from, nonce, transaction }, cause === undefined ? {} : { cause });
}

const unreceipted = (hash: string): NodeContradicts =>
  new NodeContradicts(
    InputError.both(
      `The node has transaction ${hash} in a block and no receipt of it`,
      `节点的区块中有交易 ${hash}，却没有其收据`,
    ),
  );

const same = (one: Transaction, other: Transaction): boolean =>
  (one.to ?? "").toLowerCase() === (other.to ?? "").toLowerCase() &&
  one.data.toLowerCase() === other.data.toLowerCase() &&
  (one.value ?? 0n) === (other.value ?? 0n);
