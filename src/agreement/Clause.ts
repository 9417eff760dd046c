/** The smaller clauses of the document. */
import * as z from "zod/mini";
import type * as Agreement from "./Agreement.ts";
import { address, amount, bytes, country, line, longWindow, name, share, time, whole, words } from "./Field.ts";
import * as Money from "./Money.ts";
import * as Party from "./Party.ts";
import * as Share from "./Share.ts";
import * as Time from "./Time.ts";

/** How money moves: `token` on the ledger; `custody`, a licensed holder attests; `direct`, only recorded. */
export const rail = z.enum(["token", "custody", "direct"]);

/** Who orders the acts: a chain, or a named neutral key. */
export const registrar = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("chain"), chainId: z.int().check(z.minimum(1)), escrow: address }),
  z.strictObject({ kind: z.literal("key"), name: words, key: address }),
]);

/** ISO 4217 code, decimals of one base unit, and on the rail `token` the token that stands for it. */
export const currency = z.strictObject({ code: line, scale: z.int(), token: z.exactOptional(address) });

/** What the client owes the work. The ledger does not measure it: extend or contest. */
export const input = z.strictObject({ what: words, due: time, milestone: name });

export const ip = z.strictObject({
  owner: z.enum(["client", "provider", "both"]),
  /** From when; payment issues a title certificate where `certificate` says so. */
  from: z.enum(["signing", "delivery", "payment"]),
  certificate: z.boolean(),
  /** What the provider brings and keeps, and how the client may use it. */
  background: words,
});

export const law = z.strictObject({
  governing: words,
  forum: z.strictObject({ kind: z.enum(["court", "arbitration"]), seat: words }),
  liabilityCap: amount,
  /** Where data may lie. */
  dataIn: z.array(country),
});

/** A named pause in which review windows stand still. */
export const pause = z.strictObject({ name: words, from: time, until: time });

export const arbitration = z.strictObject({
  /** The provider's share of what is unpaid when nobody rules. */
  fallback: share,
  /** Without it, contesting applies the fallback share at once. */
  by: z.exactOptional(
    z.strictObject({
      kind: z.enum(["panel", "ERC-792"]),
      name: words,
      address,
      deposit: amount,
      answerWithin: longWindow,
      ruleWithin: longWindow,
      /** The most that the arbitrator may cost, in wei. */
      maxCost: whole,
      extraData: bytes,
    }),
  ),
});

export const fees = z.strictObject({ platform: share, recipient: z.exactOptional(address) });

export type Registrar = z.infer<typeof registrar>;
export type Arbitration = z.infer<typeof arbitration>;
export type Pause = z.infer<typeof pause>;

/** What the ledger gets of the arbitration clause. */
export function toArbitration({ by, fallback }: Arbitration, scale: number): Agreement.Arbitration {
  return {
    arbitrator: Party.toAddress(by?.address),
    panel: by?.kind === "panel",
    deposit: by ? Money.parse(by.deposit, scale) : 0n,
    answerWithin: by ? Time.duration(by.answerWithin, "", { max: Number.POSITIVE_INFINITY }) : 0,
    ruleWithin: by ? Time.duration(by.ruleWithin, "", { max: Number.POSITIVE_INFINITY }) : 0,
    fallbackBps: Share.parse(fallback),
    maxCost: by ? Money.parseWhole(by.maxCost) : 0n,
    extraData: (by?.extraData ?? "0x") as Agreement.Hex,
  };
}

/** What the ledger gets of the calendar. */
export function toPauses(calendar: readonly Pause[]): Agreement.Pause[] {
  return calendar.map(({ from, until }) => ({ from: Time.parse(from), until: Time.parse(until) }));
}
