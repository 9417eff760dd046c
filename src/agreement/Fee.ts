/** The platform fee: taken from each payout to the provider, never from refunds, deposits or discounts. */

/** 3 %: no agreement may ask for more, whoever signs it. */
export const MAX_BPS = 300;
/** 1 %, when nobody says otherwise. */
export const DEFAULT_BPS = 100;

/** The fee on one payout, in base units: `floor(amount x bps / 10,000)`. */
export function of(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / 10_000n;
}

/** What reaches the provider of one payout, in base units. */
export function net(amount: bigint, bps: number): bigint {
  return amount - of(amount, bps);
}
