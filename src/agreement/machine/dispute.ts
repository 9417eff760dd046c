/** Acts of a dispute, and what it costs whom. Contesting never depends on the arbitrator's code (rule 14). */
import { Hash } from "ox";
import type { Of } from "../Act.ts";
import type { Address, Hex } from "../Agreement.ts";
import * as Dispute from "../Dispute.ts";
import * as Refusal from "../Refusal.ts";
import { Code, EPOCH, type Ruling, type State, ZERO } from "../State.ts";
import * as Account from "./Account.ts";
import * as Check from "./Check.ts";
import * as Clock from "./Clock.ts";
import {
  begin,
  type Cause,
  type Change,
  cellOf,
  commit,
  type Draft,
  type Ending,
  end,
  milestonesOf,
  move,
  noteOf,
  owe,
  pay,
  pull,
  refund,
  returnDeposit,
  type Token,
  trancheOf,
} from "./Draft.ts";
import { addLateDays, keepShift, noteLateness } from "./Lateness.ts";

type Result = Change | Refusal.Refusal;

/** Number under which the included panel rules on a tranche: keccak256(abi.encode(id, tranche)). */
export function panelNumber(id: Hex, tranche: number): bigint {
  return BigInt(Hash.keccak256(`${id}${tranche.toString(16).padStart(64, "0")}` as Hex));
}

/** Freezes a tranche. The client contests what is delivered, the provider what is not; an outcome either (rules 9, 13). */
export function contest(state: State, act: Of<"contest">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i, byClient } = act;
  const party = byClient ? "client" : "provider";
  const refusal =
    Check.open(state) ??
    Check.authority(draft, act, state.agreement.parties[party]) ??
    Check.exists(draft, i) ??
    contestable(draft, act);
  if (refusal) return refusal;
  const undelivered = cellOf(draft, i).code === Code.Active;
  noteLateness(draft, i);
  if (undelivered) {
    // Without a delivery the days late are those until the contest: a dispute stops that clock.
    addLateDays(draft, i, Clock.daysAfter(now, Clock.due(draft, i)));
    keepShift(draft, i);
  }
  const deposit = Account.deposit(draft, i);
  const byProvider = undelivered ? Code.ContestedUndelivered : Code.ContestedByProvider;
  const next = deposit === 0n ? Code.Disputed : byClient ? Code.ContestedByClient : byProvider;
  move(draft, i, next, now - EPOCH);
  draft.events.push({ name: "Contested", tranche: i });
  if (!Account.hasArbitration(draft, i) && Account.isSplittable(draft, i)) {
    split(draft, i, state.agreement.arbitration.fallbackBps, "Fallback", "noArbitration");
  }
  pull(draft, "Deposit", party, deposit, i);
  return commit(draft, act, token);
}

function contestable(draft: Draft, { tranche: i, round, byClient }: Of<"contest">): Refusal.Refusal | undefined {
  const isOutcome = i === milestonesOf(draft.agreement);
  const stages = isOutcome || byClient ? [Code.Delivered] : [Code.Active, Code.Rejected];
  const refusal = Check.stage(draft, i, ...stages) ?? Check.round(draft, i, round);
  if (refusal) return refusal;
  if (isOutcome) return Check.before(draft, i, Clock.challengeEnd(draft, i));
  if (byClient) return Check.before(draft, i, Clock.reviewEnd(draft, i));
  const undelivered = cellOf(draft, i).code === Code.Active;
  return (
    (undelivered ? Check.since(draft, i, trancheOf(draft, i).start) : undefined) ??
    Check.before(draft, i, Clock.deadline(draft, i))
  );
}

/** The other party posts the same deposit (rule 15). */
export function answer(state: State, act: Of<"answer">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i } = act;
  const missing = Check.open(state) ?? Check.exists(draft, i);
  if (missing) return missing;
  const { code, clock } = cellOf(draft, i);
  const party = code === Code.ContestedByClient ? "provider" : "client";
  const refusal =
    Check.authority(draft, act, state.agreement.parties[party]) ??
    Check.stage(draft, i, Code.ContestedByClient, Code.ContestedByProvider, Code.ContestedUndelivered) ??
    Check.round(draft, i, act.round) ??
    Check.before(draft, i, Clock.answerEnd(draft, i));
  if (refusal) return refusal;
  move(draft, i, Code.Disputed, clock);
  draft.events.push({ name: "Answered", tranche: i });
  pull(draft, "Deposit", party, state.agreement.arbitration.deposit, i);
  return commit(draft, act, token);
}

/** Creates the dispute at the terms' ERC-792 arbitrator; whoever sends it fronts the cost. */
export function arbitrate(state: State, act: Of<"arbitrate">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i, cost, number } = act;
  const { panel, maxCost, arbitrator } = state.agreement.arbitration;
  const missing = Check.open(state) ?? Check.exists(draft, i);
  if (missing) return missing;
  const { code, clock } = cellOf(draft, i);
  if (code !== Code.Disputed || panel || !Account.hasArbitration(draft, i)) {
    return Refusal.of("WrongStage", { tranche: i, code });
  }
  const late = Check.before(draft, i, Clock.rulingEnd(draft, i));
  if (late) return late;
  if (cost > maxCost) return Refusal.of("CostOverCap", { cost, cap: maxCost });
  const value = act.value ?? cost;
  if (value < cost) return Refusal.of("ValueTooLow", { sent: value, cost });
  if (act.taken || state.cases.some((one) => one?.number === number)) {
    return Refusal.of("DisputeNumberTaken", { arbitrator, number });
  }
  move(draft, i, Code.Arbitrated, clock);
  draft.patch.cases = state.cases.with(i, { number, fronter: act.by });
  if (act.ruling !== undefined) draft.patch.rulings = record(state, arbitrator, number, act.ruling, now);
  draft.events.push({ name: "Arbitrated", tranche: i });
  return commit(draft, act, token);
}

/** ERC-792: keeps the sender's first ruling under its own address and the number. Refuses nothing. */
export function rule(state: State, act: Of<"rule">, now: number): Change {
  const rulings = record(state, act.by, act.number, act.ruling, now);
  return { state: { ...state, rulings }, transfers: [], events: [{ name: "Ruled" }] };
}

function record(
  { rulings }: State,
  arbitrator: Address,
  number: bigint,
  ruling: bigint,
  minute: number,
): readonly Ruling[] {
  if (find(rulings, arbitrator, number)) return rulings;
  const choice = ruling > BigInt(Dispute.CHOICES) ? 0 : Number(ruling);
  return [...rulings, { arbitrator, number, ruling: choice, minute }];
}

function find(rulings: readonly Ruling[], arbitrator: Address, number: bigint): Ruling | undefined {
  return rulings.find((one) => one.number === number && Check.same(one.arbitrator, arbitrator));
}

/** The included panel rules and pays at once (rule 16); its deposit is shared among `payees`, the first takes the remainder. */
export function rulePanel(state: State, act: Of<"rulePanel">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i, payees } = act;
  const { arbitrator, panel, fallbackBps } = state.agreement.arbitration;
  const missing = Check.open(state);
  if (missing) return missing;
  if (!panel || !Check.same(act.by, arbitrator)) return Refusal.of("NotArbitrator", { expected: arbitrator });
  const absent = Check.exists(draft, i);
  if (absent) return absent;
  const { code } = cellOf(draft, i);
  if (code !== Code.Disputed || !Account.hasArbitration(draft, i))
    return Refusal.of("WrongStage", { tranche: i, code });
  const late = Check.before(draft, i, Clock.rulingEnd(draft, i));
  if (late) return late;
  if (!Account.isSplittable(draft, i)) return Refusal.of("MilestonesOpen");
  // The first ruling counts, and it is in time: the window is still open.
  const recorded = panelRuling(draft, i)?.ruling;
  const share = Dispute.shareOf(recorded ?? act.ruling) ?? fallbackBps;
  const deposit = Account.deposit(draft, i);
  const [first, ...others] = payees;
  if (first === undefined) {
    giveBack(draft, i, deposit);
  } else {
    divide(draft, i, deposit, share);
    const each = deposit / BigInt(payees.length);
    owe(draft, i, "panel", first, deposit - each * BigInt(others.length));
    for (const member of others) owe(draft, i, "panel", member, each);
  }
  split(draft, i, share, "Ruling", "ruled");
  return commit(draft, act, token);
}

/** The tranche's money by `share` of what is unpaid, of an outcome of its scaled maximum. */
export function split(draft: Draft, i: number, share: number, cause: Cause, ending: Ending) {
  if (i === milestonesOf(draft.agreement)) {
    const { paid, total } = Account.progress(draft);
    const most = (trancheOf(draft, i).amount * paid) / total;
    endOutcome(draft, i, Dispute.divide(most, share).provider, cause, ending);
    return;
  }
  const legs = Dispute.divide(Account.unpaid(draft, i), share);
  end(draft, i, Code.Ended, Dispute.finalShare(noteOf(draft, i).shareBps, share), ending);
  pay(draft, i, cause, legs.provider);
  refund(draft, i, cause, legs.client);
}

/** What the outcome brought to the provider, the rest to the client. */
export function endOutcome(draft: Draft, i: number, amount: bigint, cause: Cause, ending: Ending) {
  const { amount: most } = trancheOf(draft, i);
  end(draft, i, Code.Ended, Number((amount * BigInt(Account.WHOLE)) / most), ending);
  pay(draft, i, cause, amount);
  refund(draft, i, cause, most - amount);
}

/** Deposits of a contested milestone that the client accepts after all: as if ruled 100 % for the provider (rule 8). */
export function concede(draft: Draft, i: number) {
  const deposit = Account.deposit(draft, i);
  const { code } = cellOf(draft, i);
  if (code === Code.ContestedByClient) {
    returnDeposit(draft, i, "client", deposit);
  } else if (code < Code.Disputed) {
    returnDeposit(draft, i, "provider", deposit);
  } else if (code === Code.Disputed) {
    giveBack(draft, i, deposit);
  } else {
    owe(draft, i, "fronter", fronterOf(draft, i), deposit);
    returnDeposit(draft, i, "provider", deposit);
  }
}

/** The other party stayed silent: forfeiture, or on an undelivered tranche the fallback share (rules 9, 15). */
export function claimForfeit(draft: Draft, i: number): Refusal.Refusal | undefined {
  const early = Check.since(draft, i, Clock.answerEnd(draft, i));
  if (early) return early;
  const { code } = cellOf(draft, i);
  const { deposit, fallbackBps } = draft.agreement.arbitration;
  returnDeposit(draft, i, code === Code.ContestedByClient ? "client" : "provider", deposit);
  if (code === Code.ContestedByClient) split(draft, i, 0, "Forfeit", "forfeitedToClient");
  else if (code === Code.ContestedByProvider) split(draft, i, Account.WHOLE, "Forfeit", "forfeitedToProvider");
  else split(draft, i, fallbackBps, "Fallback", "unanswered");
  return undefined;
}

/** By the ruling recorded in time, else, at the end of that time, by the fallback share (rule 14). */
export function claimRuling(draft: Draft, i: number, number: bigint): Refusal.Refusal | undefined {
  const { arbitrator, panel, fallbackBps } = draft.agreement.arbitration;
  if (!Account.hasArbitration(draft, i)) {
    split(draft, i, fallbackBps, "Fallback", "noArbitration");
    return undefined;
  }
  const isArbitrated = cellOf(draft, i).code === Code.Arbitrated;
  if (isArbitrated && draft.before.cases[i]?.number !== number) return Refusal.of("WrongDisputeNumber", { number });
  const ruling = isArbitrated
    ? find(draft.before.rulings, arbitrator, number)
    : panel
      ? panelRuling(draft, i)
      : undefined;
  const until = Clock.rulingEnd(draft, i);
  const isRuled = ruling !== undefined && ruling.minute < until;
  const early = isRuled ? undefined : Check.since(draft, i, until);
  if (early) return early;
  const share = (isRuled ? Dispute.shareOf(ruling.ruling) : undefined) ?? fallbackBps;
  const deposit = Account.deposit(draft, i);
  if (isArbitrated) {
    owe(draft, i, "fronter", fronterOf(draft, i), deposit);
    divide(draft, i, deposit, share);
  } else if (isRuled) {
    creditPanel(draft, i, deposit);
    divide(draft, i, deposit, share);
  } else {
    giveBack(draft, i, deposit);
  }
  split(draft, i, share, isRuled ? "Ruling" : "Fallback", isRuled ? "ruled" : "fallback");
  return undefined;
}

function panelRuling({ before, agreement }: Draft, i: number): Ruling | undefined {
  if (before.rulings.length === 0) return undefined;
  return find(before.rulings, agreement.arbitration.arbitrator, panelNumber(before.id, i));
}

/** A panel that only recorded its ruling is credited: who its members are is not known here. */
function creditPanel(draft: Draft, i: number, deposit: bigint) {
  owe(draft, i, "panel", draft.agreement.arbitration.arbitrator, deposit);
  const leg = draft.payouts.at(-1);
  if (leg && deposit > 0n) leg.creditOf = draft.agreement.arbitration.arbitrator;
}

const fronterOf = ({ before }: Draft, i: number): Address => before.cases[i]?.fronter ?? ZERO;

function giveBack(draft: Draft, i: number, deposit: bigint) {
  returnDeposit(draft, i, "provider", deposit);
  returnDeposit(draft, i, "client", deposit);
}

function divide(draft: Draft, i: number, deposit: bigint, share: number) {
  const legs = Dispute.divide(deposit, share);
  returnDeposit(draft, i, "provider", legs.provider);
  returnDeposit(draft, i, "client", legs.client);
}
