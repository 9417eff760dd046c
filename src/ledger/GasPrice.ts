/** What a unit of gas may cost (EIP-1559), in wei. */
import { FeeAboveCap, NodeRefused } from "./Errors.ts";
import type { Hex } from "./Ledger.ts";
import type { Rpc } from "./Rpc.ts";

export type GasPrice = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

/**
 * The highest tip where no cap is set: 500 gwei, more than which Geth suggests to nobody. The base fee is the chain's rule,
 * a tip only the node's word; and where few others send, its word is what we paid last, so that each replacement would
 * make all later acts dearer, until the account is empty.
 */
const MOST_TIP = 500n * 10n ** 9n;

/**
 * What the chain asks now. `cap`: wei a unit that is never exceeded; 0 where gas is free. Absent: only the tip has a limit.
 * Throws `FeeAboveCap`.
 */
export async function ask(rpc: Rpc, cap?: bigint): Promise<GasPrice> {
  const history = (await rpc("eth_feeHistory", ["0x5", "latest", [50]])) as {
    baseFeePerGas: Hex[];
    reward?: Hex[][] | null;
  };
  const rewards = (history.reward ?? [])
    .map(([reward]) => BigInt(reward ?? 0))
    .sort((one, other) => Number(one - other));
  const median = rewards[Math.floor(rewards.length / 2)] ?? 0n;
  const tip = await rpc("eth_maxPriorityFeePerGas").catch((error: unknown) => {
    if (error instanceof NodeRefused) return median;
    throw error;
  });
  return from(BigInt(history.baseFeePerGas.at(-1) ?? 0), BigInt(tip as Hex | bigint), cap);
}

/** Twice the base fee is enough for five full blocks in a row, each of which raises it by an eighth. */
export function from(baseFee: bigint, tip: bigint, cap?: bigint): GasPrice {
  if (cap !== undefined && baseFee > cap) throw new FeeAboveCap(baseFee, cap);
  const offered = least(tip, cap ?? MOST_TIP);
  const maxFeePerGas = least(2n * baseFee + offered, cap);
  return { maxFeePerGas, maxPriorityFeePerGas: least(offered, maxFeePerGas) };
}

/**
 * The price of a replacement: both parts an eighth (12.5 %) higher, rounded up, more than any node asks for, and not
 * under what the chain asks `now`. Nothing if the cap, or without one the highest tip, leaves no room.
 */
export function raise(old: GasPrice, now: GasPrice, cap?: bigint): GasPrice | undefined {
  const needed = eighthMore(old.maxFeePerGas);
  const neededTip = eighthMore(old.maxPriorityFeePerGas);
  if (cap === undefined ? neededTip > MOST_TIP : needed > cap) return undefined;
  const maxFeePerGas = least(most(needed, now.maxFeePerGas), cap);
  const tip = most(neededTip, now.maxPriorityFeePerGas);
  return { maxFeePerGas, maxPriorityFeePerGas: least(tip, maxFeePerGas) };
}

const eighthMore = (value: bigint): bigint => value + most((value + 7n) / 8n, 1n);
const least = (one: bigint, other: bigint | undefined): bigint => (other === undefined || one < other ? one : other);
const most = (one: bigint, other: bigint): bigint => (one > other ? one : other);
