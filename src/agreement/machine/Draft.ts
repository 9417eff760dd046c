/**
 * One act under way: a copy of what it changes, and the legs of money that it will move. Everything is checked before
 * the first change; refusing is a value.
 */
import type { Address, Agreement, Tranche } from "../Agreement.ts";
import * as Fee from "../Fee.ts";
import * as Refusal from "../Refusal.ts";
import { BLANK, BLOCKED, type Cell, Code, EMPTY, EPOCH, isClosed, type Note, type State, ZERO } from "../State.ts";

/** Why money moved. */
export type Cause =
  | "Funding"
  | "Acceptance"
  | "PartAcceptance"
  | "Silence"
  | "Deadline"
  | "Lapse"
  | "Termination"
  | "Extension"
  | "Forfeit"
  | "Ruling"
  | "Fallback"
  | "Outcome"
  | "Default"
  | "Settlement"
  | "ChangeOrder"
  | "Deposit"
  | "Fee"
  | "Arbitration"
  | "Credit"
  | "Tip";

/** How a tranche ended. */
export type Ending =
  | "accepted"
  | "silence"
  | "undelivered"
  | "late"
  | "lapsed"
  | "forfeitedToClient"
  | "forfeitedToProvider"
  | "unanswered"
  | "ruled"
  | "fallback"
  | "noArbitration"
  | "terminated"
  | "unfunded"
  | "measured"
  | "reported"
  | "default"
  | "settled"
  | "replaced";

/** As whom a receiver gets money: what a deal costs and brings is counted by this, not by address. */
export type Part = "client" | "provider" | "platform" | "panel" | "fronter" | "relayer";

export type Transfer = {
  from: Address | "escrow";
  to: Address | "escrow";
  /** Base units of the agreement's token. */
  amount: bigint;
  cause: Cause;
  part: Part;
  tranche?: number;
  /** Of a payout: the fee on it, taken now or owed until close. */
  fee?: bigint;
  /** The token refused: it stays in the escrow as a credit of this owner. */
  creditOf?: Address;
};

export type Event = {
  name:
    | "Opened"
    | "Revoked"
    | "Funded"
    | "Delivered"
    | "Rejected"
    | "Contested"
    | "Answered"
    | "Arbitrated"
    | "Ruled"
    | "Extended"
    | "Reported"
    | "Ended"
    | "Closed"
    | "Replaced"
    | "PayeeNamed"
    | "DelegateRevoked";
  tranche?: number;
  ending?: Ending;
};

/** What an act would change. */
export type Change = {
  state: State;
  transfers: readonly Transfer[];
  events: readonly Event[];
  /** The agreement that a change order opens. */
  next?: State;
};

/** How the agreement's token behaves, as far as it can misbehave. */
export type Token = {
  /** Whether a transfer to this address fails. */
  refuses?: (to: Address) => boolean;
  /** What arrives of a payment to the escrow; undefined: it fails. */
  arrives?: (from: Address, amount: bigint) => bigint | undefined;
};

export type Draft = {
  readonly before: State;
  readonly agreement: Agreement;
  readonly now: number;
  readonly cells: Cell[];
  readonly notes: Note[];
  readonly payouts: Transfer[];
  readonly pulls: Transfer[];
  readonly events: Event[];
  /** Other fields of the state to be. */
  readonly patch: { -readonly [K in keyof State]?: State[K] };
};

export function begin(before: State, now: number): Draft {
  const { agreement, cells, notes } = before;
  return {
    before,
    agreement,
    now,
    cells: cells.slice(),
    notes: notes.slice(),
    payouts: [],
    pulls: [],
    events: [],
    patch: {},
  };
}

export const trancheOf = ({ agreement }: { agreement: Agreement }, i: number): Tranche => {
  const tranche = agreement.work.tranches[i];
  if (!tranche) throw new RangeError(`no tranche ${i}`);
  return tranche;
};
export const cellOf = ({ cells }: Pick<State, "cells">, i: number): Cell => cells[i] ?? EMPTY;
export const noteOf = ({ notes }: Pick<State, "notes">, i: number): Note => notes[i] ?? BLANK;
export const milestonesOf = ({ work }: Agreement): number => work.tranches.length - (work.payByResult ? 1 : 0);

/** Replaces code and clock of a cell; round and note stay. */
export function put(draft: Draft, i: number, code: Code, clock: number) {
  draft.cells[i] = { ...cellOf(draft, i), code, clock };
}

/** Changes a note and marks its cell. */
export function annotate(draft: Draft, i: number, change: Partial<Note>) {
  draft.notes[i] = { ...noteOf(draft, i), ...change };
  draft.cells[i] = { ...cellOf(draft, i), noted: true };
}

/** Moves a tranche on; leaving the undelivered stages unblocks the next one of sequential terms. */
export function move(draft: Draft, i: number, code: Code, clock: number) {
  const left = cellOf(draft, i).code;
  put(draft, i, code, clock);
  if (left !== Code.Active && left !== Code.Waiting && left !== Code.Unfunded) return;
  const next = cellOf(draft, i + 1);
  if (next.code === Code.Waiting) put(draft, i + 1, Code.Active, draft.now - EPOCH);
  else if (next.code === Code.Unfunded && next.clock === BLOCKED) put(draft, i + 1, Code.Unfunded, draft.now - EPOCH);
}

/** Ends a tranche. */
export function end(draft: Draft, i: number, code: Code, clock: number, ending: Ending) {
  move(draft, i, code, clock);
  draft.events.push({ name: "Ended", tranche: i, ending });
}

/** To the provider or its payee, less the fee, which is taken now unless `owed`. */
export function pay(draft: Draft, i: number, cause: Cause, amount: bigint, owed: "now" | "atClose" = "now") {
  const { work, parties } = draft.agreement;
  const fee = Fee.of(amount, work.feeBps);
  const payee = draft.before.payee === ZERO ? parties.provider : draft.before.payee;
  draft.payouts.push({ from: "escrow", to: payee, amount: amount - fee, cause, part: "provider", tranche: i, fee });
  if (owed === "now") charge(draft, fee, i);
}

/** The platform's fee. */
export function charge(draft: Draft, fee: bigint, i?: number) {
  const to = draft.agreement.work.feeRecipient;
  const tranche = i === undefined ? {} : { tranche: i };
  draft.payouts.push({ from: "escrow", to, amount: fee, cause: "Fee", part: "platform", ...tranche });
}

export function refund(draft: Draft, i: number, cause: Cause, amount: bigint) {
  const to = draft.agreement.parties.client;
  draft.payouts.push({ from: "escrow", to, amount, cause, part: "client", tranche: i });
}

/** A deposit goes to the party itself, never to a payee, and bears no fee. */
export function returnDeposit(draft: Draft, i: number, part: "client" | "provider", amount: bigint) {
  const to = draft.agreement.parties[part];
  draft.payouts.push({ from: "escrow", to, amount, cause: "Deposit", part, tranche: i });
}

export function owe(draft: Draft, i: number, part: "panel" | "fronter", to: Address, amount: bigint) {
  draft.payouts.push({ from: "escrow", to, amount, cause: "Arbitration", part, tranche: i });
}

export function pull(draft: Draft, cause: Cause, part: "client" | "provider", amount: bigint, i?: number) {
  const from = draft.agreement.parties[part];
  const tranche = i === undefined ? {} : { tranche: i };
  draft.pulls.push({ from, to: "escrow", amount, cause, part, ...tranche });
}

/** The change, unless money that must come in does not. Takes the fees still owed when this closed the agreement. */
export function commit(
  draft: Draft,
  act: { by: Address; tip?: { to: Address; amount: bigint } },
  token: Token,
): Change | Refusal.Refusal {
  if (!isClosed(draft.before) && isClosed(draft)) closeFees(draft);
  const tip = takeTip(draft, act);
  for (const { from, amount } of draft.pulls) {
    if (amount === 0n || from === "escrow" || !token.arrives) continue;
    const received = token.arrives(from, amount);
    if (received === undefined) return Refusal.of("TransferFailed", { from, amount });
    if (received !== amount) return Refusal.of("InexactTransfer", { expected: amount, received });
  }
  const moved = draft.payouts.filter(({ amount }) => amount > 0n);
  const credits = creditRefused(draft, moved, token, tip.credits);
  const transfers = [...draft.pulls.filter(({ amount }) => amount > 0n), ...moved, ...tip.transfers];
  const { before, cells, notes, patch, events } = draft;
  return { state: { ...before, cells, notes, credits, ...patch }, transfers, events };
}

function closeFees(draft: Draft) {
  const { work } = draft.agreement;
  const owed = work.tranches.map(({ amount }, i) =>
    cellOf(draft, i).code === Code.Paid ? Fee.of(amount, work.feeBps) : 0n,
  );
  charge(
    draft,
    owed.reduce((sum, fee) => sum + fee, 0n),
  );
  draft.events.push({ name: "Closed" });
}

type Credits = State["credits"];

function creditRefused({ agreement }: Draft, moved: Transfer[], token: Token, before: Credits): Credits {
  let credits = before;
  for (const transfer of moved) {
    const { to, part, amount, creditOf } = transfer;
    if (to === "escrow" || (creditOf === undefined && !token.refuses?.(to))) continue;
    const owner = creditOf ?? (part === "provider" ? agreement.parties.provider : to);
    transfer.creditOf = owner;
    credits = { ...credits, [owner]: (credits[owner] ?? 0n) + amount };
  }
  return credits;
}

/** From what the signer is paid in this act, else from its credit, else from its account. */
function takeTip(draft: Draft, { by, tip }: { by: Address; tip?: { to: Address; amount: bigint } }) {
  const { credits } = draft.before;
  if (!tip || tip.amount === 0n) return { credits, transfers: [] };
  const { client, provider } = draft.agreement.parties;
  const part = by === provider ? "provider" : by === client ? "client" : undefined;
  const legs = draft.payouts.filter((leg) => leg.part === part && (part === "client" || leg.cause !== "Deposit"));
  const base: Transfer = { from: "escrow", to: tip.to, amount: tip.amount, cause: "Tip", part: "relayer" };
  if (part && legs.reduce((sum, { amount }) => sum + amount, 0n) >= tip.amount) {
    let left = tip.amount;
    for (const leg of legs) {
      const taken = leg.amount < left ? leg.amount : left;
      leg.amount -= taken;
      left -= taken;
    }
    draft.payouts.unshift(base);
    return { credits, transfers: [] };
  }
  const credit = credits[by] ?? 0n;
  if (credit >= tip.amount) {
    draft.payouts.unshift(base);
    return { credits: { ...credits, [by]: credit - tip.amount }, transfers: [] };
  }
  return { credits, transfers: [{ ...base, from: by }] };
}
