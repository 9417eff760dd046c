/** Numbers as people type them, and back. */
import * as Money from "../../../../../src/agreement/Money.ts";

/** `0.985` as `98.5`. */
export const percent = (share: number): string => String(Math.round(share * 10_000) / 100);

/** `98.5` as `0.985`: to a hundredth of a percent. */
export const share = (typed: string): number => Math.round(Number(typed) * 100) / 10_000;

/** Base units as a decimal text. */
export const amount = (units: string, scale: number): string => Money.format(BigInt(units), scale);

/** A decimal text in base units; nothing where it is no sum. */
export function units(typed: string, scale: number): string | undefined {
  try {
    return String(Money.parse(typed.trim().replace(/[,，\s]/g, ""), scale));
  } catch {
    return undefined;
  }
}
