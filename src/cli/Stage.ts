/**
 * Where a rehearsal is played. The rules foretell what an act does (`Machine.decide`); a stage does it, and the rehearsal
 * holds the one against the other.
 */
import type { Act, Agreement, InputError, Refusal, Terms } from "../agreement/index.ts";
import type { Happening } from "../ledger/Fact.ts";
import type { Cast } from "./Cast.ts";

/** What must stand ready before the deal begins. */
export type Needs = {
  /** Unix minute before which nothing happens. */
  from: number;
  /** Decimals of the token. */
  scale: number;
  panel: { members: number; votes: number };
  reporters: { count: number; quorum: number };
};

/** An act by a stand-in: `sender` sends it, as the party itself or with the party's signature. */
export type Deed = {
  act: Act.Act;
  /** Name of a stand-in of `Cast`. */
  sender: string;
  agreement: Agreement.Agreement;
  id: Agreement.Hex;
  /** The document behind it, and that of the agreement which a change order puts in its place. */
  terms: Terms.Terms;
  next?: Terms.Terms;
};

/** The token begins or ceases to refuse payments to an account. */
export type Listing = { account: Agreement.Address; refused: boolean };

/** Of the agreement's token, between any accounts. */
export type Movement = { from: Agreement.Address; to: Agreement.Address; amount: bigint };

export type Performed = {
  movements: readonly Movement[];
  facts: readonly Happening[];
  /** Of all transactions that it took; absent where nothing is paid for. */
  gas?: bigint;
  /** Hashes of the transactions. */
  transactions: readonly Agreement.Hex[];
};

export type Stage = {
  /** For the statement's head. */
  readonly name: InputError.Words;
  readonly cast: Cast;
  /** `at`: Unix minute, never before that of the last deed. A refusal changes nothing. */
  perform(at: number, deed: Deed): Promise<Performed | Refusal.Refusal>;
  list(at: number, listing: Listing): Promise<void>;
  close(): Promise<void>;
};

/** A fresh stage with empty books. */
export type Open = (needs: Needs) => Promise<Stage>;
