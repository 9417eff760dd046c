/** One dispute out of what the ledger and the node tell of the whole agreement. Pure. */
import type { Agreement, Document, Fact, Standing } from "../../agreement/useStanding.ts";

export type File = {
  readonly id: string;
  readonly commitment?: string | undefined;
  readonly by: { readonly organisation: string };
};
export type Side = "client" | "provider";

/** Place of a milestone among the tranches; the outcome is the last. */
export const indexOf = ({ tranches }: Pick<Standing, "tranches">, milestone: string): number =>
  tranches.findIndex(({ name }) => name === milestone);

export const factsOf = (facts: readonly Fact[], index: number): readonly Fact[] =>
  facts.filter(({ tranche, kind }) => tranche === index || kind === "dispute" || kind === "ruling");

/** What an act of this milestone names comes first, then all else that a side has brought. */
export function filesOf<F extends File>(
  files: readonly F[],
  facts: readonly Fact[],
  seats: Agreement["seats"],
): Readonly<Record<Side, readonly F[]>> {
  const named = new Set(facts.flatMap(({ deliverable, reasons }) => [deliverable, reasons]));
  const order = (one: F) => (named.has(one.commitment) ? 0 : 1);
  const of = (side: Side) => {
    const own = new Set(seats.filter(({ role }) => role === side).map(({ organisation }) => organisation));
    return files.filter(({ by }) => own.has(by.organisation)).toSorted((a, b) => order(a) - order(b));
  };
  return { client: of("client"), provider: of("provider") };
}

export type Cost = {
  readonly kind: "none" | "panel" | "outside";
  readonly deposit?: string;
  readonly maxCost?: string;
};

/** What it can cost at most, as the terms cap it. */
export function costOf({ arbitration: { by } }: Document): Cost {
  if (!by) return { kind: "none" };
  const { kind, deposit, maxCost } = by;
  return kind === "panel" ? { kind: "panel", deposit } : { kind: "outside", deposit, maxCost };
}

/** Wei as a decimal of the ledger's coin. */
export function coin(wei: string): string {
  const digits = wei.padStart(19, "0");
  const decimals = digits.slice(-18).replace(/0+$/, "");
  return `${digits.slice(0, -18)}${decimals === "" ? "" : `.${decimals}`}`;
}
