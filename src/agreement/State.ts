/**
 * Where one agreement stands: a cell for each tranche (together one 256-bit word on the ledger), a note for the tranches
 * that need one, and who is owed what beside that. Nothing here decides; `Machine` does.
 */
import type { Address, Agreement, Hex } from "./Agreement.ts";

/** 2026-01-01T00:00Z in Unix minutes: a cell's 25-bit clock counts from here and lasts until October 2089. */
export const EPOCH = 29_453_760;
/** Clock of an unfunded tranche of sequential terms whose predecessor still blocks it. */
export const BLOCKED = 1;
export const ZERO: Address = "0x0000000000000000000000000000000000000000";

/** Stage of a tranche. From `Paid` on it is terminal. */
export const Code = {
  None: 0,
  /** Holds only its termination fee. */
  Unfunded: 1,
  /** The outcome, funded, without a report. */
  Awaiting: 2,
  /** Sequential: the milestone before it has neither been delivered nor contested nor ended. */
  Waiting: 3,
  Active: 4,
  /** Of the outcome: reported. */
  Delivered: 5,
  Rejected: 6,
  ContestedByClient: 7,
  ContestedByProvider: 8,
  ContestedUndelivered: 9,
  Disputed: 10,
  /** A dispute has been created at an ERC-792 arbitrator. */
  Arbitrated: 11,
  /** In one piece and in full; its fee is owed until the agreement closes. */
  Paid: 12,
  Ended: 13,
  Terminated: 14,
  Closed: 15,
} as const;
export type Code = (typeof Code)[keyof typeof Code];

/**
 * `clock` as stored: minutes since `EPOCH` (the delivery, the contest, when unblocked; of a rejected tranche its new
 * deadline), or, ended or terminated, the share paid in bps.
 */
export type Cell = { readonly code: Code; readonly round: number; readonly noted: boolean; readonly clock: number };

/** What is known of a tranche beside its cell; most never have one. */
export type Note = {
  /** Accepted in part, bps. */
  readonly shareBps: number;
  readonly lateDays: number;
  /** Minutes by which due has moved. */
  readonly shift: number;
  /** The last delivery of a later round came after its deadline. */
  readonly late: boolean;
  readonly extended: boolean;
  /** The reported metric. */
  readonly value: bigint;
};

/** An ERC-792 dispute of a tranche. */
export type Case = { readonly number: bigint; readonly fronter: Address };
/** The first ruling that an arbitrator gave under a number. */
export type Ruling = {
  readonly arbitrator: Address;
  readonly number: bigint;
  readonly ruling: number;
  readonly minute: number;
};

export type State = {
  readonly agreement: Agreement;
  readonly id: Hex;
  /** Eight, tranche i at index i. */
  readonly cells: readonly Cell[];
  readonly notes: readonly Note[];
  /** Who receives payouts in the provider's place, or the zero address. */
  readonly payee: Address;
  readonly revokedDelegates: readonly Address[];
  readonly cases: readonly (Case | undefined)[];
  readonly rulings: readonly Ruling[];
  /** What could not be pushed, by owner, in the agreement's token. */
  readonly credits: Readonly<Record<Address, bigint>>;
};

export const EMPTY: Cell = Object.freeze({ code: Code.None, round: 0, noted: false, clock: 0 });
export const BLANK: Note = Object.freeze({
  shareBps: 0,
  lateDays: 0,
  shift: 0,
  late: false,
  extended: false,
  value: 0n,
});

/** An agreement that nobody has opened yet. */
export function unopened(agreement: Agreement, id: Hex = `0x${"00".repeat(32)}`): State {
  return {
    agreement,
    id,
    cells: Array.from({ length: 8 }, () => EMPTY),
    notes: Array.from({ length: 8 }, () => BLANK),
    payee: ZERO,
    revokedDelegates: [],
    cases: Array.from({ length: 8 }, () => undefined),
    rulings: [],
    credits: {},
  };
}

export const cell = (state: State, tranche: number): Cell => state.cells[tranche] ?? EMPTY;
export const note = (state: State, tranche: number): Note => state.notes[tranche] ?? BLANK;

/** Whether the id was ever opened or revoked. */
export const isUsed = (state: State): boolean => state.cells.some(({ code }) => code !== Code.None);
export const isTerminal = ({ code }: Cell): boolean => code >= Code.Paid;
/** Whether every tranche there is has ended. */
export const isClosed = ({ cells }: Pick<State, "cells">): boolean =>
  cells.every((one) => one.code === Code.None || isTerminal(one));

/** The 256-bit word of the ledger: tranche i at bit 32 i; from the lowest bit code 4, round 2, noted 1, clock 25. */
export function pack(cells: readonly Cell[]): bigint {
  return cells.reduce((word, { code, round, noted, clock }, tranche) => {
    const bits = code + (round << 4) + (noted ? 64 : 0) + clock * 128;
    return word | (BigInt(bits) << BigInt(32 * tranche));
  }, 0n);
}

/** The eight cells of a word. */
export function unpack(word: bigint): Cell[] {
  return Array.from({ length: 8 }, (_, tranche) => {
    const bits = Number((word >> BigInt(32 * tranche)) & 0xffffffffn);
    const code = (bits & 15) as Code;
    return { code, round: (bits >> 4) & 3, noted: (bits & 64) !== 0, clock: Math.floor(bits / 128) };
  });
}
