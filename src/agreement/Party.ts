/** Who agrees: a firm, a person or an agent, with what invoices and courts ask for. */
import * as z from "zod/mini";
import type { Address } from "./Agreement.ts";
import { address, country, line, words } from "./Field.ts";

export const schema = z.strictObject({
  /** The legal name, as registered. */
  name: words,
  /** Number in the register of companies (统一社会信用代码). */
  registration: z.exactOptional(line),
  taxNumber: z.exactOptional(line),
  country,
  /** Who signs, and by what authority. */
  signatory: z.strictObject({ name: words, authority: words }),
  /** The account that signs and is paid. */
  address,
  /** A key that may sign only deliver, accept and reject within this agreement. */
  delegate: z.exactOptional(address),
});

export type Party = z.infer<typeof schema>;

export const NOBODY: Address = `0x${"0".repeat(40)}`;

/** An address as the ledger's terms hold it: lower case, zero when there is none. */
export function toAddress(address: string | undefined): Address {
  return address === undefined ? NOBODY : (address.toLowerCase() as Address);
}
