/** What a handler is given: who calls, what they may, the database to use, and the parts of the node. */
import type { InputError } from "../agreement/index.ts";
import type { Operation, Table } from "../api/index.ts";
import type * as Ledger from "../ledger/Ledger.ts";
import type { Signer } from "../ledger/Signer.ts";
import type { Audit } from "./Audit.ts";
import type { Config } from "./Config.ts";
import type { Events } from "./Events.ts";
import type { Files } from "./evidence/Files.ts";
import type { Identity } from "./identity/Identity.ts";
import type { Indexer } from "./index/Indexer.ts";
import type { Jobs } from "./jobs/Jobs.ts";
import type { Db, Store } from "./store/Store.ts";

export type Role = "owner" | "signer" | "member" | "auditor";
export type SeatRole = "client" | "provider" | "arbitrator" | "reporter" | "reader";

export type Caller =
  | { readonly kind: "nobody" }
  | {
      readonly kind: "user";
      readonly user: string;
      readonly name: string;
      readonly language: InputError.Language;
      /** Persona of the demonstration: the node keeps its key. */
      readonly demo: boolean;
      readonly operator: boolean;
      /** Of an API key: what it allows, and the one organisation that it acts for. */
      readonly key?: {
        readonly id: string;
        readonly scopes: readonly Operation.Scope[];
        readonly organisation: string;
      };
    };
export type User = Extract<Caller, { kind: "user" }>;

/** A seat of an agreement that the caller sits in, by an organisation in which they have a role. */
export type Seat = { readonly organisation: string; readonly seat: SeatRole; readonly role: Role };

/** Where on the ledger the node works. Addresses in lower case. */
export type Place = {
  readonly ledger: Ledger.Ledger;
  readonly escrow: Ledger.Address;
  /** Of the escrow: nothing of it is in an earlier one. */
  readonly firstBlock?: number;
  readonly evidence?: Ledger.Address;
  /** Factory of contract accounts. */
  readonly accounts?: Ledger.Address;
  /** Play money of a rehearsal. */
  readonly token?: Ledger.Address;
  /** Pays for what the node sends. */
  readonly relayer?: Signer;
};

export type Clock = {
  /** Unix seconds. */
  now(): number;
  /** Of a rehearsal only: goes ahead. */
  advance(seconds: number): void;
  /** Tells each time that it was moved. Absent where it never is. @returns Stops telling. */
  onMoved?(listener: () => void): () => void;
};

/** Services that live as long as the node. */
export type Parts = {
  readonly config: Config;
  readonly store: Store;
  readonly place: Place;
  readonly clock: Clock;
  readonly events: Events;
  readonly audit: Audit;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly identity: Identity;
  readonly indexer: Pick<Indexer, "nudge" | "caughtUp">;
};

export type Call<N extends Table.Name = Table.Name> = {
  readonly parts: Parts;
  readonly name: N;
  readonly caller: Caller;
  /** The transaction of a call that changes something; the database of one that does not. */
  readonly db: Db;
  /** Seats of the caller in the agreement that the operation is about. */
  readonly seats: readonly Seat[];
  /** Role in the organisation that the operation is about. */
  readonly role: Role | undefined;
  /** In the audit log beside the operation's name; never secrets. */
  note(facts: Record<string, unknown>): void;
  /** Runs after the transaction is durable; what it gives is the answer instead. Must be safe to run again. */
  finish(later: (answer: Table.Output<N>) => Promise<Table.Output<N>>): void;
};

/** Answers an operation. Throws `Problem.Problem` or another `CommendaError`. */
export type Handler<N extends Table.Name> = (call: Call<N>, input: Table.Input<N>) => Promise<Table.Output<N>>;
export type Handlers = { readonly [N in Table.Name]: Handler<N> };
