/** Acts that start an agreement, fund it, or put another in its place. */

import type { Of } from "../Act.ts";
import type { Address, Agreement } from "../Agreement.ts";
import * as Refusal from "../Refusal.ts";
import { BLOCKED, type Cell, Code, isTerminal, isUsed, type State, unopened } from "../State.ts";
import { validateAgreement } from "../Validity.ts";
import * as Account from "./Account.ts";
import * as Check from "./Check.ts";
import {
  begin,
  type Change,
  cellOf,
  commit,
  type Draft,
  milestonesOf,
  pull,
  put,
  type Token,
  trancheOf,
} from "./Draft.ts";

type Result = Change | Refusal.Refusal;

/** Rules 1, 2, 4. Each tranche without `fundBy` is pulled in full, with one its termination fee or, in `fundNow`, all. */
export function open(state: State, act: Of<"open">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { replaces } = state.agreement;
  if (BigInt(replaces) !== 0n)
    return Refusal.of("ReplacesMismatch", { expected: `0x${"0".repeat(64)}`, found: replaces });
  const refusal = admit(state.agreement, act, { id: state.id, used: isUsed(state) }, now);
  if (refusal) return refusal;
  const { cells, needed } = first(state.agreement, act.fundNow);
  draft.cells.splice(0, draft.cells.length, ...cells);
  draft.events.push({ name: "Opened" });
  for (const [i, amount] of needed.entries()) pull(draft, "Funding", "client", amount, i);
  return commit(draft, act, token);
}

/** Valid, unused, in time, signed by both. */
function admit(
  agreement: Agreement,
  act: { by: Address; signers: readonly Address[]; fundNow: number },
  known: { id: string; used: boolean },
  now: number,
): Refusal.Refusal | undefined {
  const [violation] = validateAgreement(agreement);
  if (violation) {
    const { error, field, tranche } = violation;
    return Refusal.of(error, tranche === undefined ? { field } : { field, tranche });
  }
  if (known.used) return Refusal.of("AlreadyUsed", { id: known.id });
  const { openBy } = agreement;
  if (now >= openBy) return Refusal.of("PastOpenBy", { openBy });
  const { client, provider } = agreement.parties;
  if (act.fundNow !== 0 && !Check.same(act.by, client)) return Refusal.of("NotAuthorised", { expected: client });
  for (const party of [client, provider]) {
    const signed = [act.by, ...act.signers].some((one) => Check.same(one, party));
    if (!signed) return Refusal.of("NotAuthorised", { expected: party });
  }
  return undefined;
}

/** Cells of an agreement that opens, and what the client owes for each tranche. */
function first(agreement: Agreement, fundNow: number): { cells: Cell[]; needed: bigint[] } {
  const { cells } = unopened(agreement);
  const { tranches, sequential } = agreement.work;
  const outcome = milestonesOf(agreement);
  const opened = cells.map((empty, i): Cell => {
    const tranche = tranches[i];
    if (!tranche) return empty;
    const isBlocked = sequential && i !== 0 && i !== outcome;
    if (!isFunded(tranche.fundBy, fundNow, i)) return { ...empty, code: Code.Unfunded, clock: isBlocked ? BLOCKED : 0 };
    return { ...empty, code: i === outcome ? Code.Awaiting : isBlocked ? Code.Waiting : Code.Active };
  });
  const needed = tranches.map(({ fundBy, amount, terminationFee }, i) =>
    isFunded(fundBy, fundNow, i) ? amount : terminationFee,
  );
  return { cells: opened, needed };
}

const isFunded = (fundBy: number, fundNow: number, i: number): boolean => fundBy === 0 || ((fundNow >> i) & 1) === 1;

/** An id is closed for ever before it opens. */
export function revoke(state: State, act: Of<"revoke">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const { client, provider } = state.agreement.parties;
  const refusal = Check.authority(draft, act, act.byClient ? client : provider);
  if (refusal) return refusal;
  if (isUsed(state)) return Refusal.of("AlreadyUsed", { id: state.id });
  put(draft, 0, Code.Closed, 0);
  draft.events.push({ name: "Revoked" });
  return commit(draft, act, token);
}

/** Rule 2: in full, before `fundBy`. */
export function fund(state: State, act: Of<"fund">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const refusal =
    Check.open(state) ?? Check.authority(draft, act, state.agreement.parties.client) ?? Check.mask(draft, act.tranches);
  if (refusal) return refusal;
  for (const i of listed(act.tranches)) {
    const { fundBy, amount, terminationFee } = trancheOf(draft, i);
    const wrong = Check.stage(draft, i, Code.Unfunded) ?? Check.before(draft, i, fundBy);
    if (wrong) return wrong;
    const { clock } = cellOf(draft, i);
    if (i === milestonesOf(state.agreement)) put(draft, i, Code.Awaiting, 0);
    else if (clock === BLOCKED) put(draft, i, Code.Waiting, 0);
    else put(draft, i, Code.Active, clock);
    draft.events.push({ name: "Funded", tranche: i });
    pull(draft, "Funding", "client", amount - terminationFee, i);
  }
  return commit(draft, act, token);
}

/** Indexes of the bits of a mask. */
export function listed(tranches: number): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((i) => (tranches >> i) & 1);
}

/** Rule 10: closes this agreement and opens `next`; money moves with it. */
export function amend(state: State, act: Of<"amend">, now: number, token: Token): Result {
  const draft = begin(state, now);
  const refusal = Check.open(state) ?? replaces(state, act.next);
  if (refusal) return refusal;
  const { parties, work } = state.agreement;
  let held = 0n;
  let open = 0;
  for (const i of work.tranches.keys()) {
    const one = cellOf(draft, i);
    if (isTerminal(one)) continue;
    if (one.code >= Code.ContestedByClient) return Refusal.of("WrongStage", { tranche: i, code: one.code });
    held += Account.held(draft, i);
    close(draft, i, "replaced");
    open += 1;
  }
  if (open === 0) return Refusal.of("WrongStage", { tranche: 0, code: cellOf(draft, 0).code });
  const refused = admit(act.next, act, { id: act.nextId, used: act.nextUsed ?? false }, now);
  if (refused) return refused;
  const { cells, needed } = first(act.next, act.fundNow);
  const price = needed.reduce((sum, amount) => sum + amount, 0n);
  draft.events.push({ name: "Replaced" });
  if (held > price) {
    const { client } = parties;
    draft.payouts.push({ from: "escrow", to: client, amount: held - price, cause: "ChangeOrder", part: "client" });
  } else {
    pull(draft, "ChangeOrder", "client", price - held);
  }
  const change = commit(draft, act, token);
  if (Refusal.is(change)) return change;
  const { credits } = change.state;
  return { ...change, next: { ...unopened(act.next, act.nextId), cells, credits } };
}

function replaces({ id, agreement }: State, next: Agreement): Refusal.Refusal | undefined {
  const { parties, work } = agreement;
  if (!Check.same(next.replaces, id)) return Refusal.of("ReplacesMismatch", { expected: id, found: next.replaces });
  const isSame =
    Check.same(next.parties.client, parties.client) &&
    Check.same(next.parties.provider, parties.provider) &&
    Check.same(next.work.token, work.token);
  return isSame ? undefined : Refusal.of("PartiesNotDistinct", { field: "parties" });
}

/** Closed: its money goes another way than this tranche's. */
export function close(draft: Draft, i: number, ending: "settled" | "replaced") {
  put(draft, i, Code.Closed, 0);
  draft.events.push({ name: "Ended", tranche: i, ending });
}
