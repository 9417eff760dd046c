/** Rights priced beforehand: the client's to end a part that has not started, either side's to more time. */
import * as z from "zod/mini";
import type { Tranche } from "./Agreement.ts";
import { amount, name } from "./Field.ts";
import * as Money from "./Money.ts";

/** `of` is a milestone's name, or `outcome`. */
export const schema = z.discriminatedUnion("kind", [
  /** The client may end it before its start for `fee`, which is also owed when it is not funded in time. */
  z.strictObject({ kind: z.literal("termination"), of: name, fee: amount }),
  /** The party `by` may move its due date by `days`, once, before due, for `price` to the other side. */
  z.strictObject({
    kind: z.literal("extension"),
    of: name,
    by: z.enum(["client", "provider"]),
    /** The ledger keeps 7 bits of days. */
    days: z.int().check(z.minimum(1), z.maximum(127)),
    price: amount,
  }),
]);

export type Option = z.infer<typeof schema>;

type Fields = Pick<Tranche, "terminable" | "terminationFee" | "extender" | "extensionDays" | "extensionPrice">;

/** The option fields of the tranche with this name. */
export function toTranche(options: readonly Option[], of: string, scale: number): Fields {
  const termination = options.find((option) => option.kind === "termination" && option.of === of);
  const extension = options.find((option) => option.kind === "extension" && option.of === of);
  const fields: Fields = { terminable: false, terminationFee: 0n, extender: 0, extensionDays: 0, extensionPrice: 0n };
  if (termination?.kind === "termination") {
    fields.terminable = true;
    fields.terminationFee = Money.parse(termination.fee, scale);
  }
  if (extension?.kind === "extension") {
    fields.extender = extension.by === "client" ? 1 : 2;
    fields.extensionDays = extension.days;
    fields.extensionPrice = Money.parse(extension.price, scale);
  }
  return fields;
}
