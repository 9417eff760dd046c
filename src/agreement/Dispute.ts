/** What a ruling means in money. Shares are bps of 10,000, amounts token base units. */

/** Choices of the arbitrator: 1 gives the provider 0 %, 101 gives it 100 % of what is unpaid. */
export const CHOICES = 101;

/** The provider's share that a ruling gives, in bps; undefined (0 or more than 101) means the fallback share of the terms. */
export function shareOf(ruling: number | bigint): number | undefined {
  const choice = BigInt(ruling);
  return choice >= 1n && choice <= 101n ? Number(choice - 1n) * 100 : undefined;
}

/** The choice that gives the provider `bps`; undefined when it is not a whole percent from 0 to 100. */
export function choiceOf(bps: number): number | undefined {
  return Number.isInteger(bps) && bps >= 0 && bps <= 10_000 && bps % 100 === 0 ? bps / 100 + 1 : undefined;
}

/** Divides what is unpaid: the provider's leg is floored, the client's is the remainder. */
export function divide(unpaid: bigint, shareBps: number): { provider: bigint; client: bigint } {
  const provider = (unpaid * BigInt(shareBps)) / 10_000n;
  return { provider, client: unpaid - provider };
}

/** The share of the whole tranche that is paid when `shareBps` of the rest is added to a part already paid. */
export function finalShare(partBps: number, shareBps: number): number {
  return partBps + Math.floor(((10_000 - partBps) * shareBps) / 10_000);
}

/** A tranche whose signed amount is under twice the deposit has no arbitration: contesting it applies the fallback share. */
export function hasArbitration(arbitration: { arbitrator: string; deposit: bigint }, amount: bigint): boolean {
  return BigInt(arbitration.arbitrator) !== 0n && amount >= 2n * arbitration.deposit;
}

/** Who paid for the ruling: nobody, someone who fronted the arbitrator's cost, or the included panel that sat. */
export type Cost = "none" | "fronted" | "panel";

/** Where both deposits (one each, `deposit` base units) go when a dispute ends with `shareBps` for the provider. */
export function splitDeposits(
  deposit: bigint,
  cost: Cost,
  shareBps: number,
): { provider: bigint; client: bigint; fronter: bigint; panel: bigint } {
  if (cost === "none") return { provider: deposit, client: deposit, fronter: 0n, panel: 0n };
  const legs = divide(deposit, shareBps);
  return { ...legs, fronter: cost === "fronted" ? deposit : 0n, panel: cost === "panel" ? deposit : 0n };
}
