/** Contract accounts come to be: at an address that was known before, paid for by the node, as often as it is tried. */
import { and, eq } from "drizzle-orm";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import type { Parts } from "../Call.ts";
import * as Lease from "../jobs/Lease.ts";
import * as schema from "../store/schema.ts";
import * as Relay from "./Relay.ts";

const { account } = schema;
export type Row = Pick<typeof account.$inferSelect, "address" | "organisation" | "signers" | "threshold" | "salt">;
type Needs = Pick<Parts, "store" | "place" | "clock">;

/** A signer as an account has it, of a wallet's address or of the 64 bytes of a passkey's key. */
export function signerBytes(factory: Address, signer: string): Hex {
  if (signer.length === 42) return Passkey.ofWallet(signer as Address);
  return Passkey.ofKey(factory, { x: `0x${signer.slice(2, 66)}`, y: `0x${signer.slice(66)}` });
}

/** @returns whether it is there. Not within a transaction. Throws what the ledger throws. */
export async function deploy(parts: Needs, row: Row): Promise<boolean> {
  const { ledger, accounts: factory, relayer } = parts.place;
  if (!factory) return false;
  if ((await ledger.code(row.address as Address)) === "0x") {
    const plan = {
      ...{ factory, threshold: row.threshold, salt: (row.salt ?? "0x") as Hex },
      signers: row.signers.map(({ signer }) => signerBytes(factory, signer)),
    };
    // Another factory than when it was planned would make another account.
    if (!relayer || Passkey.address(plan) !== row.address) return false;
    const isThere = await Lease.sending(parts.store, relayer, async () => {
      // Another node may have been faster.
      if ((await ledger.code(row.address as Address)) !== "0x") return true;
      return (await ledger.send(relayer, Passkey.deploy(plan), await Relay.now(parts))).ok;
    });
    if (!isThere) return false;
  }
  await parts.store.db
    .update(account)
    .set({ deployed: true })
    .where(and(eq(account.organisation, row.organisation), eq(account.address, row.address)));
  return true;
}

/** Deploys what could not be deployed when it was planned: for the start of a node. @returns how many are still not there. */
export async function deployPending(parts: Needs): Promise<number> {
  const rows = await parts.store.db.select().from(account).where(eq(account.deployed, false)).limit(1_000);
  let missing = 0;
  for (const row of rows) if (!(await deploy(parts, row).catch(() => false))) missing += 1;
  return missing;
}
