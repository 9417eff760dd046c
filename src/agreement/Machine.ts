/**
 * The rules as a pure function: what an act would change, or which rule refuses it. The contract does the same; a
 * differential test compares them act by act.
 *
 * Order of checks, as in the contract: the agreement is open, who acts, what is listed, its stage, its round, the time,
 * and then what only this verb asks.
 */
import * as Act from "./Act.ts";
import type { Branch } from "./Codec.ts";
import type { Change, Token } from "./machine/Draft.ts";
import { answer, arbitrate, contest, rule, rulePanel } from "./machine/dispute.ts";
import { claim, namePayee, push, redirect, report, revokeDelegate, settle } from "./machine/ending.ts";
import { amend, fund, open, revoke } from "./machine/opening.ts";
import { accept, acceptPart, deliver, extend, reject, terminate } from "./machine/work.ts";
import * as Refusal from "./Refusal.ts";
import type { State } from "./State.ts";

export type { Cause, Change, Ending, Event, Part, Token, Transfer } from "./machine/Draft.ts";
export { panelNumber } from "./machine/dispute.ts";

const HONEST: Token = {};

type Verbs = {
  [V in Act.Verb]: (state: State, act: Act.Of<V>, now: number, token: Token) => Change | Refusal.Refusal;
};

const VERBS: Verbs = {
  open,
  revoke,
  fund,
  deliver,
  accept,
  acceptPart,
  reject,
  contest,
  answer,
  arbitrate,
  rule,
  rulePanel,
  claim,
  terminate,
  extend,
  report,
  amend,
  settle,
  namePayee,
  revokeDelegate,
  redirect,
  push,
};

/**
 * @param now Unix minute.
 * @param token How the agreement's token behaves; honest when absent.
 * @returns The change, for someone else to carry out; or the refusal, after which nothing has changed.
 */
export function decide(state: State, act: Act.Act, now: number, token: Token = HONEST): Change | Refusal.Refusal {
  const missing = act.branches && missingBranch(act.branches, Act.branches(state, act));
  if (missing) return Refusal.of("BranchMissing", { branch: missing });
  const verb = VERBS[act.verb] as Verbs[Act.Verb];
  return verb(state, act as never, now, token);
}

function missingBranch(found: readonly Branch[], needed: readonly Branch[]): Branch | undefined {
  return needed.find((branch) => !found.includes(branch));
}
