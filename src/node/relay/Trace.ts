/** Whether an act was sent before: by its calldata, in a transaction that the escrow has told of. */
import { inArray } from "drizzle-orm";
import type { Chain } from "../../ledger/Chain.ts";
import type { Hex, Ledger, Receipt } from "../../ledger/Ledger.ts";
import type { Parts } from "../Call.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

/** Blocks by which a chain may fall back between the record and the sending. */
const FALLS_BACK = 64;
/** Blocks asked for at once. */
const BATCH = 1_000;

/** Number of the first block in which what is sent from now on can be. */
export async function begin(ledger: Ledger): Promise<number> {
  const { number } = await ledger.head();
  return ledger.kind === "rehearsal" ? number + 1 : Math.max(0, number - FALLS_BACK);
}

type Recorded = { readonly id: string; readonly data: string | null; readonly fromBlock: number | null };

/**
 * The receipt of an act that was recorded and sent, by whomever: another node has another relayer. Nothing where it is not
 * on the ledger. Throws `ActPending`.
 */
export async function find(
  { store, place }: Pick<Parts, "store" | "place">,
  row: Recorded | undefined,
): Promise<Receipt | undefined> {
  if (!row?.data || row.fromBlock === null) return undefined;
  const { ledger, escrow } = place;
  // What is on its way comes to its end first, and counts as told: then it is on the ledger, or never will be.
  if (isChain(ledger)) await ledger.recover();
  const { number: head } = await ledger.head();
  for (let from = row.fromBlock; from <= head; from += BATCH) {
    const to = Math.min(head, from + BATCH - 1);
    const logs = await ledger.logs({ address: [escrow], from, to });
    const hashes = [...new Set(logs.map(({ transaction }) => transaction))];
    for (const hash of await unclaimed(store.db, row.id, hashes)) {
      if (!(await isIt(ledger, hash, row.data))) continue;
      const receipt = await ledger.receipt(hash);
      if (receipt?.ok) return receipt;
    }
  }
  return undefined;
}

const isChain = (ledger: Ledger): ledger is Chain => ledger.kind === "chain" && "recover" in ledger;

/** Without those that other acts are known to have come to: two acts can have the same calldata. */
async function unclaimed(db: Db, id: string, hashes: readonly Hex[]): Promise<readonly Hex[]> {
  if (hashes.length === 0) return [];
  const { act } = schema;
  const rows = await db
    .select({ id: act.id, transaction: act.transaction })
    .from(act)
    .where(inArray(act.transaction, [...hashes]));
  const taken = new Set(rows.flatMap((row) => (row.id === id ? [] : [row.transaction])));
  return hashes.filter((hash) => !taken.has(hash));
}

async function isIt(ledger: Ledger, hash: Hex, data: string): Promise<boolean> {
  const found = (await ledger.rpc("eth_getTransactionByHash", [hash])) as { input?: string } | null;
  return found?.input?.toLowerCase() === data.toLowerCase();
}
