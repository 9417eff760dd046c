/** Money that the escrow takes for an act: whose, and whether it may. Of demo personas the node sees to it. */
import { eq } from "drizzle-orm";
import type { Machine } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import type { Address, Transaction } from "../../ledger/Ledger.ts";
import type { Signer } from "../../ledger/Signer.ts";
import type { Place } from "../Call.ts";
import * as Personas from "../identity/Personas.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Subject } from "./Subject.ts";

/** Base units of the agreement's token. */
export type Pull = { readonly owner: Address; readonly amount: bigint };

/** One sum an owner. */
export function pulls({ transfers }: Machine.Change): readonly Pull[] {
  const sums = new Map<Address, bigint>();
  for (const { from, to, amount } of transfers)
    if (to === "escrow" && from !== "escrow" && amount > 0n) sums.set(from, (sums.get(from) ?? 0n) + amount);
  return [...sums].map(([owner, amount]) => ({ owner, amount }));
}

/** What an owner has, and lets the escrow take. */
export async function of({ ledger, escrow }: Place, { agreement }: Subject, owner: Address) {
  const { token } = agreement.work;
  const read = async (name: string, args: readonly unknown[]): Promise<bigint> => {
    const answer = await ledger.call({ to: token, data: Abi.encode("RehearsalToken", name, args) });
    return Abi.decode("RehearsalToken", name, answer) as bigint;
  };
  return { balance: await read("balanceOf", [owner]), allowance: await read("allowance", [owner, escrow]) };
}

/** The key of a demo persona's account, whichever organisation it belongs to. */
export async function persona(db: Db, address: Address): Promise<Signer | undefined> {
  const { account } = schema;
  const rows = await db.select().from(account).where(eq(account.address, address));
  for (const { organisation, kind } of rows) {
    if (kind === "demo") return Personas.signerOf(db, organisation, address);
  }
  return undefined;
}

/**
 * Lets the escrow take what an act needs of demo personas; on a rehearsal play money is made where they are short.
 * Doing it again changes nothing. `send`: one transaction by this signer.
 */
export async function provide(
  db: Db,
  place: Place,
  subject: Subject,
  all: readonly Pull[],
  send: (signer: Signer, transaction: Transaction) => Promise<unknown>,
): Promise<void> {
  const { token } = subject.agreement.work;
  const to = (name: string, args: readonly unknown[]) => ({
    to: token,
    data: Abi.encode("RehearsalToken", name, args),
  });
  for (const { owner, amount } of all) {
    const { balance, allowance } = await of(place, subject, owner);
    if (balance >= amount && allowance >= amount) continue;
    const signer = await persona(db, owner);
    if (!signer) continue;
    if (balance < amount && token === place.token && place.relayer)
      await send(place.relayer, to("mint", [owner, amount - balance]));
    if (allowance < amount) await send(signer, to("approve", [place.escrow, 2n ** 256n - 1n]));
  }
}
