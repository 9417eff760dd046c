/** A part of the work that is delivered, judged and paid on its own. */
import * as z from "zod/mini";
import type { Tranche } from "./Agreement.ts";
import { SharesDoNotFit } from "./Errors.ts";
import { amount, name, time, window, words } from "./Field.ts";
import { both, type InputError } from "./InputError.ts";
import * as Money from "./Money.ts";
import * as Option from "./Option.ts";
import * as Time from "./Time.ts";

export const schema = z.strictObject({
  name,
  title: words,
  /** What the client pays: net + tax - withholding, with the platform fee inside. */
  amount,
  net: amount,
  tax: amount,
  /** Kept back by the client for the tax office. */
  withholding: amount,
  start: time,
  due: time,
  /** How long the client has to answer a delivery. */
  review: window,
  /** How long the provider has to mend what was late or rejected. */
  cure: window,
  /** Names of the criteria that it is judged by. */
  criteria: z.array(name),
  /**
   * What two equal verdicts do that pass in part: `by weight` accepts the weights of what passed at once and rejects the
   * rest, `whole` rejects all. Without it, whole.
   */
  acceptance: z.exactOptional(z.enum(["whole", "by weight"])),
  invoice: z.enum(["before payment", "after payment", "none"]),
  /** Until when the client funds it; without it, at opening. */
  fundBy: z.exactOptional(time),
});

export type Milestone = z.infer<typeof schema>;

/** amount = net + tax - withholding, in base units of `scale` decimals. */
export function checkAmounts(milestone: Milestone, scale: number, field: string): readonly InputError[] {
  const units = (key: "amount" | "net" | "tax" | "withholding") => Money.parse(milestone[key], scale);
  const sum = units("net") + units("tax") - units("withholding");
  if (sum === units("amount")) return [];
  const text = Money.format(sum, scale);
  return [
    new SharesDoNotFit({
      field: `${field}.amount`,
      found: milestone.amount,
      expected: both(`net + tax - withholding = ${text}`, `净额 + 税额 - 代扣 = ${text}`),
      others: [`${field}.net`, `${field}.tax`, `${field}.withholding`],
    }),
  ];
}

/** What the ledger gets of it; `options` are those of the whole document. */
export function toTranche(milestone: Milestone, options: readonly Option.Option[], scale: number): Tranche {
  return {
    amount: Money.parse(milestone.amount, scale),
    start: Time.parse(milestone.start),
    due: Time.parse(milestone.due),
    review: Time.duration(milestone.review),
    cure: Time.duration(milestone.cure),
    fundBy: milestone.fundBy === undefined ? 0 : Time.parse(milestone.fundBy),
    ...Option.toTranche(options, milestone.name, scale),
  };
}
