/** Where on a ledger the node works: the embedded rehearsal, with play money on it, or a chain that it is told. */
import { join } from "node:path";
import { eq } from "drizzle-orm";
import * as Chain from "../ledger/Chain.ts";
import type { Address, Ledger } from "../ledger/Ledger.ts";
import * as Rehearsal from "../ledger/Rehearsal.ts";
import * as Signer from "../ledger/Signer.ts";
import type { Place } from "./Call.ts";
import type { Config } from "./Config.ts";
import { OtherLedgersStore } from "./Errors.ts";
import type { Db, Store } from "./store/Store.ts";
import { setting } from "./store/schema.ts";

export type Point = Rehearsal.Point | Chain.Point;
export type Options = {
  /** Unix seconds: a fresh rehearsal begins now. */
  now: () => number;
  point: (name: Point) => void;
  onError: (error: unknown, what: string) => void;
};

/** Decimals of the play money. */
const DECIMALS = 6;
/** Settings of the store. */
const BELONGS = "ledger";
const DEPLOYED = "rehearsal";

/**
 * Nothing stays open where it throws. Throws `OtherLedgersStore` where the store was filled from another ledger, and
 * what the ledgers throw: `LedgerBusy`, `LedgerDamaged`, `NodeDown`.
 */
export async function open(config: Config, store: Store, options: Options): Promise<Place> {
  const { chain } = config;
  const folder = join(config.home, "ledger");
  if (chain) {
    const { url, confirmations, feeCap, escrow, evidence, accounts, relayerKey, firstBlock } = chain;
    const ledger = await Chain.open({
      url,
      folder: join(folder, "chain"),
      confirmations,
      point: options.point,
      ...(feeCap === undefined ? {} : { feeCap }),
    });
    return guarded(ledger, async () => {
      await belong(store.db, ledger, escrow);
      // What came of acts that a crash cut off; the acts themselves are looked for by who sends them.
      ledger.recover().catch((error) => options.onError(error, "acts of before could not be followed"));
      return {
        ...{ ledger, escrow, firstBlock },
        ...(evidence ? { evidence } : {}),
        ...(accounts ? { accounts } : {}),
        ...(relayerKey ? { relayer: Signer.fromKey(relayerKey) } : {}),
      };
    });
  }
  const ledger = await Rehearsal.open({
    ...{ folder: join(folder, "rehearsal"), genesis: options.now(), point: options.point },
    onSnapshotFailed: (error) => options.onError(error, "a snapshot of the rehearsal ledger failed"),
  });
  return guarded(ledger, async () => {
    const { escrow, evidence } = ledger.deployment;
    await belong(store.db, ledger, lower(escrow));
    const { token, accounts } = await deployed(store.db, ledger);
    return { ledger, escrow: lower(escrow), evidence: lower(evidence), token, accounts, relayer: ledger.house };
  });
}

async function guarded<T>(ledger: Ledger, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

const lower = (address: Address) => address.toLowerCase() as Address;

/** A fresh store belongs to the first ledger that it meets. */
async function belong(db: Db, ledger: Ledger, escrow: Address): Promise<void> {
  const first = (await ledger.rpc("eth_getBlockByNumber", ["0x0", false])) as { hash?: string } | null;
  const own = `chain ${ledger.chainId}, first block ${first?.hash ?? "unknown"}, escrow ${escrow.toLowerCase()}`;
  await db.insert(setting).values({ name: BELONGS, value: own }).onConflictDoNothing();
  const kept = await read(db, BELONGS);
  if (kept !== own) throw new OtherLedgersStore(String(kept), own);
}

/** Play money: once; after a crash between the two halves, once more. */
async function deployed(db: Db, ledger: Rehearsal.Rehearsal): Promise<{ token: Address; accounts: Address }> {
  const kept = await read(db, DEPLOYED);
  if (kept !== undefined) return kept as { token: Address; accounts: Address };
  const at = { at: ledger.now() };
  const token = lower(await ledger.deploy("ListedToken", [DECIMALS], at));
  const value = { token, accounts: lower(ledger.deployment.accounts) };
  await db.insert(setting).values({ name: DEPLOYED, value });
  return value;
}

async function read(db: Db, name: string): Promise<unknown> {
  const [row] = await db.select().from(setting).where(eq(setting.name, name));
  return row?.value;
}
