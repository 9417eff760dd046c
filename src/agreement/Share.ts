/** Shares: "70 %" outside, bps of 10,000 inside. */
import { ShareOutOfRange } from "./Errors.ts";

export const WHOLE = 10_000;

/** That share of an amount in base units, floored. */
export function of(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / 10_000n;
}

/** The bps of "70 %", "70%" or "0.25 %". Throws `ShareOutOfRange`; `max` in bps, 10,000 unless told. */
export function parse(share: unknown, field = "share", { max = WHOLE } = {}): number {
  const refused = () => new ShareOutOfRange({ field, found: share, max: format(max) });
  if (typeof share !== "string") throw refused();
  const match = /^(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,2}))? ?%$/.exec(share);
  if (!match) throw refused();
  const bps = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  if (bps > max) throw refused();
  return bps;
}

/** `format(7_050)` is `"70.5 %"`. */
export function format(bps: number): string {
  const decimals = String(bps % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return `${Math.floor(bps / 100)}${decimals ? `.${decimals}` : ""} %`;
}
