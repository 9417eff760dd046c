/** Acts on milestones: hand over, accept, reject, end early, extend. */
import type { Of } from "../Act.ts";
import * as Refusal from "../Refusal.ts";
import { Code, EPOCH, isTerminal, type State } from "../State.ts";
import * as Account from "./Account.ts";
import * as Check from "./Check.ts";
import * as Clock from "./Clock.ts";
import {
  annotate,
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
  pay,
  pull,
  refund,
  type Token,
  trancheOf,
} from "./Draft.ts";
import { concede } from "./dispute.ts";
import { addLateDays, keepShift, noteLateness } from "./Lateness.ts";
import { listed } from "./opening.ts";

type Result = Change | Refusal.Refusal;

/** A late delivery is recorded, and never paid by silence (rule 9). */
export function deliver(state: State, act: Of<"deliver">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i } = act;
  const { provider, providerDelegate } = state.agreement.parties;
  const refusal =
    Check.open(state) ??
    Check.authority(draft, act, provider, providerDelegate) ??
    Check.exists(draft, i) ??
    Check.stage(draft, i, Code.Active, Code.Rejected) ??
    Check.round(draft, i, act.round);
  if (refusal) return refusal;
  if (cellOf(draft, i).code === Code.Active) {
    keepShift(draft, i);
  } else {
    const deadline = Clock.deadline(draft, i);
    const late = now >= deadline;
    if (late || cellOf(draft, i).noted) {
      annotate(draft, i, { late });
      addLateDays(draft, i, Clock.daysAfter(now, deadline));
    }
  }
  move(draft, i, Code.Delivered, now - EPOCH);
  draft.events.push({ name: "Delivered", tranche: i });
  return commit(draft, act, token);
}

/** Pays what is unpaid of the listed milestones; those ended, unfunded or in another round are skipped (rules 6, 8). */
export function accept(state: State, act: Of<"accept">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { client, clientDelegate } = state.agreement.parties;
  const refusal = Check.open(state) ?? Check.authority(draft, act, client, clientDelegate);
  if (refusal) return refusal;
  const payable = listed(act.tranches).filter((i) => {
    const one = cellOf(draft, i);
    const isOpen = one.code !== Code.None && one.code !== Code.Unfunded && !isTerminal(one);
    return i < milestonesOf(state.agreement) && isOpen && one.round === (act.rounds[i] ?? 0);
  });
  if (payable.length === 0) return Refusal.of("NothingToAccept");
  for (const i of payable) payInFull(draft, i, "Acceptance", "accepted");
  return commit(draft, act, token);
}

/** Rule 7: pays a share at once; the rest is rejected. */
export function acceptPart(state: State, act: Of<"acceptPart">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i, shareBps } = act;
  const { client, clientDelegate } = state.agreement.parties;
  const refusal =
    Check.open(state) ?? Check.authority(draft, act, client, clientDelegate) ?? Check.rejectable(draft, i, act.round);
  if (refusal) return refusal;
  if (shareBps <= 0 || shareBps >= Account.WHOLE) return Refusal.of("BadShare", { share: shareBps });
  if (noteOf(draft, i).shareBps !== 0) return Refusal.of("ShareTaken", { tranche: i });
  const amount = (Account.unpaid(draft, i) * BigInt(shareBps)) / BigInt(Account.WHOLE);
  if (amount === 0n) return Refusal.of("BadShare", { share: shareBps });
  annotate(draft, i, { shareBps });
  pay(draft, i, "PartAcceptance", amount);
  sendBack(draft, i);
  return commit(draft, act, token);
}

export function reject(state: State, act: Of<"reject">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { client, clientDelegate } = state.agreement.parties;
  const refusal =
    Check.open(state) ??
    Check.authority(draft, act, client, clientDelegate) ??
    Check.rejectable(draft, act.tranche, act.round);
  if (refusal) return refusal;
  sendBack(draft, act.tranche);
  return commit(draft, act, token);
}

function sendBack(draft: Draft, i: number) {
  noteLateness(draft, i);
  move(draft, i, Code.Rejected, draft.now + 1 + trancheOf(draft, i).cure - EPOCH);
  const { round, ...rest } = cellOf(draft, i);
  draft.cells[i] = { ...rest, round: round + 1 };
  draft.events.push({ name: "Rejected", tranche: i });
}

/** Rule 11: tranches whose start lies ahead, for their termination fee. */
export function terminate(state: State, act: Of<"terminate">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const refusal =
    Check.open(state) ?? Check.authority(draft, act, state.agreement.parties.client) ?? Check.mask(draft, act.tranches);
  if (refusal) return refusal;
  for (const i of listed(act.tranches)) {
    const { terminable, start } = trancheOf(draft, i);
    if (!terminable) return Refusal.of("NotTerminable", { tranche: i });
    const { code } = cellOf(draft, i);
    const isReported = code === Code.Delivered && i === milestonesOf(state.agreement);
    if (code >= Code.ContestedByClient || isReported) return Refusal.of("WrongStage", { tranche: i, code });
    const late = Check.before(draft, i, start);
    if (late) return late;
    endEarly(draft, i, "Termination", "terminated");
  }
  return commit(draft, act, token);
}

/** The termination fee to the provider, the rest to the client. */
export function endEarly(draft: Draft, i: number, cause: Cause, ending: Ending) {
  const held = Account.held(draft, i);
  const { terminationFee } = trancheOf(draft, i);
  const price = terminationFee < held ? terminationFee : held;
  end(draft, i, Code.Terminated, noteOf(draft, i).shareBps, ending);
  pay(draft, i, cause, price);
  refund(draft, i, cause, held - price);
}

/** Rule 11: once a tranche, before due; while it waits for another its due moves anyhow. */
export function extend(state: State, act: Of<"extend">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { tranche: i } = act;
  const missing = Check.open(state) ?? Check.milestone(draft, i);
  if (missing) return missing;
  const { extender, extensionDays, extensionPrice } = trancheOf(draft, i);
  if (extender === 0) return Refusal.of("NotExtendable", { tranche: i });
  const party = extender === 1 ? "client" : "provider";
  const refusal =
    Check.authority(draft, act, state.agreement.parties[party]) ?? Check.stage(draft, i, Code.Active, Code.Waiting);
  if (refusal) return refusal;
  const { extended, shift } = noteOf(draft, i);
  if (extended) return Refusal.of("NotExtendable", { tranche: i });
  const late = cellOf(draft, i).code === Code.Active && Check.before(draft, i, Clock.due(draft, i));
  if (late) return late;
  annotate(draft, i, { extended: true, shift: shift + extensionDays * Clock.MINUTES_A_DAY });
  draft.events.push({ name: "Extended", tranche: i });
  if (extender === 1) {
    pull(draft, "Extension", "client", extensionPrice, i);
    pay(draft, i, "Extension", extensionPrice);
  } else {
    refund(draft, i, "Extension", extensionPrice);
  }
  return commit(draft, act, token);
}

/** Pays what is unpaid of a milestone, in whatever stage it is. */
export function payInFull(draft: Draft, i: number, cause: Cause, ending: Ending) {
  const { code, clock } = cellOf(draft, i);
  const amount = Account.unpaid(draft, i);
  const inOnePiece = amount === trancheOf(draft, i).amount;
  let paidClock = draft.now - EPOCH;
  let lateDays = 0;
  if (code >= Code.ContestedByClient) {
    concede(draft, i);
    // Lateness was noted at the contest; the clock's first minute adds none.
    paidClock = 0;
  } else if (code === Code.Delivered) {
    paidClock = clock;
    lateDays = Clock.daysLate(draft, i);
  } else if (code === Code.Rejected) {
    // Without a delivery the acceptance counts. A later round is never derived from the clock, so it is noted now.
    addLateDays(draft, i, Clock.daysAfter(draft.now, Clock.deadline(draft, i)));
  } else {
    keepShift(draft, i);
    const { shift } = noteOf(draft, i);
    lateDays = Clock.daysAfter(draft.now, trancheOf(draft, i).due + shift);
  }
  if (inOnePiece) {
    end(draft, i, Code.Paid, paidClock, ending);
    pay(draft, i, cause, amount, "atClose");
  } else {
    addLateDays(draft, i, lateDays);
    end(draft, i, Code.Ended, Account.WHOLE, ending);
    pay(draft, i, cause, amount);
  }
}
