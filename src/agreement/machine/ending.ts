/** What time, a ruling or a result has decided, for anyone to carry out; and settlement and receivers. */
import type { Of } from "../Act.ts";
import * as PayoutCurve from "../PayoutCurve.ts";
import * as Refusal from "../Refusal.ts";
import { Code, EPOCH, isClosed, isTerminal, type State } from "../State.ts";
import * as Account from "./Account.ts";
import * as Check from "./Check.ts";
import * as Clock from "./Clock.ts";
import {
  annotate,
  begin,
  type Change,
  cellOf,
  commit,
  type Draft,
  end,
  milestonesOf,
  noteOf,
  owe,
  pay,
  put,
  refund,
  returnDeposit,
  type Token,
  type Transfer,
  trancheOf,
} from "./Draft.ts";
import { claimForfeit, claimRuling, endOutcome } from "./dispute.ts";
import { noteLateness } from "./Lateness.ts";
import { close } from "./opening.ts";
import { endEarly, payInFull } from "./work.ts";

type Result = Change | Refusal.Refusal;

/** Anyone (rules 2, 9, 13, 14, 15, 18). */
export function claim(state: State, act: Of<"claim">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i, number = 0n } = act;
  const missing = Check.open(state) ?? Check.exists(draft, i);
  if (missing) return missing;
  const refusal = claimAt(draft, i, number);
  return refusal ?? commit(draft, act, token);
}

function claimAt(draft: Draft, i: number, number: bigint): Refusal.Refusal | undefined {
  const { code } = cellOf(draft, i);
  if (code >= Code.Paid) return Refusal.of("WrongStage", { tranche: i, code });
  if (code === Code.Unfunded) {
    const early = Check.since(draft, i, trancheOf(draft, i).fundBy);
    if (early) return early;
    endEarly(draft, i, "Lapse", "unfunded");
    return undefined;
  }
  if (code >= Code.ContestedByClient) {
    if (!Account.isSplittable(draft, i)) return Refusal.of("MilestonesOpen");
    return code <= Code.ContestedUndelivered ? claimForfeit(draft, i) : claimRuling(draft, i, number);
  }
  if (i === milestonesOf(draft.agreement)) return claimOutcome(draft, i);
  if (code === Code.Delivered && !Clock.isLate(draft, i)) {
    const early = Check.since(draft, i, Clock.reviewEnd(draft, i));
    if (early) return early;
    payInFull(draft, i, "Silence", "silence");
    return undefined;
  }
  if (code === Code.Waiting) return Refusal.of("WrongStage", { tranche: i, code });
  // A late delivery is past its deadline already.
  const early = code === Code.Delivered ? undefined : Check.since(draft, i, Clock.deadline(draft, i));
  if (early) return early;
  noteLateness(draft, i);
  const amount = Account.unpaid(draft, i);
  const ending = code === Code.Delivered ? "late" : code === Code.Rejected ? "lapsed" : "undelivered";
  end(draft, i, Code.Ended, noteOf(draft, i).shareBps, ending);
  refund(draft, i, "Deadline", amount);
  return undefined;
}

/** Rule 13: by the report that stood, the metric that the ledger knows, or the default. */
function claimOutcome(draft: Draft, i: number): Refusal.Refusal | undefined {
  if (!Account.isSplittable(draft, i)) return Refusal.of("MilestonesOpen");
  const { metric, lines, points, defaultValue } = draft.agreement.outcome;
  const { paid, total } = Account.progress(draft);
  const isReported = cellOf(draft, i).code === Code.Delivered;
  const early = isReported
    ? Check.since(draft, i, Clock.challengeEnd(draft, i))
    : metric === 1
      ? Check.since(draft, i, trancheOf(draft, i).due)
      : undefined;
  if (early) return early;
  const value = isReported ? noteOf(draft, i).value : metric === 1 ? defaultValue : measure(draft, i);
  const most = PayoutCurve.at(points, lines, value);
  const amount = metric === 3 ? most : PayoutCurve.scale(most, paid, total);
  const ending = isReported ? "reported" : metric === 1 ? "default" : "measured";
  endOutcome(draft, i, amount, ending === "default" ? "Default" : "Outcome", ending);
  return undefined;
}

/** The metrics that need no reporter: days late of all milestones, or the share of them paid. */
function measure(draft: Draft, milestones: number): bigint {
  const { paid, total } = Account.progress(draft);
  if (draft.agreement.outcome.metric === 3) return (paid * BigInt(Account.WHOLE)) / total;
  let days = 0;
  for (let i = 0; i < milestones; i++) days += Clock.lateDaysOf(draft, i);
  return BigInt(days);
}

/** The source attests the metric (rule 13). Anyone, between measuredAt and reportBy. */
export function report(state: State, act: Of<"report">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { work, outcome } = state.agreement;
  const missing = Check.open(state);
  if (missing) return missing;
  const i = milestonesOf(state.agreement);
  if (!work.payByResult) return Refusal.of("WrongTranche", { tranche: 0 });
  if (outcome.metric !== 1) return Refusal.of("WrongTranche", { tranche: i });
  const { start, due } = trancheOf(draft, i);
  const refusal = Check.stage(draft, i, Code.Awaiting) ?? Check.since(draft, i, start) ?? Check.before(draft, i, due);
  if (refusal) return refusal;
  if (!act.attested || act.value >> 128n !== 0n) return Refusal.of("BadReport");
  annotate(draft, i, { value: act.value });
  put(draft, i, Code.Delivered, now - EPOCH);
  draft.events.push({ name: "Reported", tranche: i });
  return commit(draft, act, token);
}

/** Rule 12: any split that both sign. The fronter of an arbitrator's cost gets its deposit in any case. */
export function settle(state: State, act: Of<"settle">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { client, provider } = state.agreement.parties;
  const missing = Check.open(state);
  if (missing) return missing;
  for (const expected of [client, provider]) {
    if (![act.by, ...act.signers].some((one) => Check.same(one, expected)))
      return Refusal.of("NotAuthorised", { expected });
  }
  let held = 0n;
  let deposits = 0n;
  const open = [...state.agreement.work.tranches.keys()].filter((i) => !isTerminal(cellOf(draft, i)));
  for (const i of open) {
    held += Account.held(draft, i);
    deposits += Account.deposits(draft, i);
    if (cellOf(draft, i).code === Code.Arbitrated) {
      const fronted = Account.deposit(draft, i);
      deposits -= fronted;
      owe(draft, i, "fronter", state.cases[i]?.fronter ?? client, fronted);
    }
    close(draft, i, "settled");
  }
  if (open.length === 0 || isClosed(state))
    return Refusal.of("WrongStage", { tranche: 0, code: cellOf(draft, 0).code });
  const { toProvider, toClient, depositsToProvider, depositsToClient } = act;
  if (toProvider + toClient !== held) return Refusal.of("BadSplit", { expected: held, found: toProvider + toClient });
  const found = depositsToProvider + depositsToClient;
  if (found !== deposits) return Refusal.of("BadSplit", { expected: deposits, found });
  returnDeposit(draft, 0, "provider", depositsToProvider);
  returnDeposit(draft, 0, "client", depositsToClient);
  pay(draft, 0, "Settlement", toProvider);
  refund(draft, 0, "Settlement", toClient);
  return commit(draft, act, token);
}

/** Who receives later payouts in the provider's place; the zero address: the provider again (rule 17). */
export function namePayee(state: State, act: Of<"namePayee">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const refusal = Check.open(state) ?? Check.authority(draft, act, state.agreement.parties.provider);
  if (refusal) return refusal;
  if (isClosed(state)) return Refusal.of("WrongStage", { tranche: 0, code: cellOf(draft, 0).code });
  for (const [i, one] of draft.cells.entries()) if (one.code !== Code.None) draft.cells[i] = { ...one, noted: true };
  draft.patch.payee = act.payee;
  draft.events.push({ name: "PayeeNamed" });
  return commit(draft, act, token);
}

/** Takes a delegate's right away for ever, before opening too (rule 1). */
export function revokeDelegate(state: State, act: Of<"revokeDelegate">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { client, provider, clientDelegate, providerDelegate } = state.agreement.parties;
  const refusal = Check.authority(draft, act, act.byClient ? client : provider);
  if (refusal) return refusal;
  const delegate = act.byClient ? clientDelegate : providerDelegate;
  const isRevoked = state.revokedDelegates.some((one) => Check.same(one, delegate));
  if (BigInt(delegate) === 0n || isRevoked) return Refusal.of("NothingToRevoke", { delegate });
  draft.patch.revokedDelegates = [...state.revokedDelegates, delegate];
  draft.events.push({ name: "DelegateRevoked" });
  return commit(draft, act, token);
}

/** The owner of a credit sends it elsewhere (rule 17). */
export function redirect(state: State, act: Of<"redirect">, now: number, token: Token): Result {
  const refusal = Check.authority(begin(state, now), act, act.owner);
  if (refusal) return refusal;
  if (BigInt(act.to) === 0n) return Refusal.of("BadReceiver", { receiver: act.to });
  return spend(state, act, act.to, act.amount, token);
}

/** Anyone tries again to pay a credit to its owner. */
export function push(state: State, act: Of<"push">, _now: number, token: Token): Result {
  return spend(state, act, act.owner, state.credits[act.owner] ?? 0n, token);
}

function spend(
  state: State,
  { owner }: { owner: Transfer["to"] & `0x${string}` },
  to: `0x${string}`,
  amount: bigint,
  token: Token,
): Result {
  const credit = state.credits[owner] ?? 0n;
  if (amount === 0n || amount > credit) return Refusal.of("CreditTooLow", { credit, asked: amount });
  if (token.refuses?.(to)) return { state, transfers: [], events: [] };
  const transfer: Transfer = { from: "escrow", to, amount, cause: "Credit", part: partOf(state, owner) };
  return {
    state: { ...state, credits: { ...state.credits, [owner]: credit - amount } },
    transfers: [transfer],
    events: [],
  };
}

function partOf({ agreement }: State, owner: string): Transfer["part"] {
  const { client, provider } = agreement.parties;
  return owner === client
    ? "client"
    : owner === provider
      ? "provider"
      : owner === agreement.work.feeRecipient
        ? "platform"
        : "fronter";
}
