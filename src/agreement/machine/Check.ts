/** The checks that verbs share. Each gives the refusal, or nothing when all is well. */
import type { Address } from "../Agreement.ts";
import * as Refusal from "../Refusal.ts";
import { Code, isUsed, pack, type State, ZERO } from "../State.ts";
import * as Clock from "./Clock.ts";
import { cellOf, type Draft, milestonesOf } from "./Draft.ts";

type Check = Refusal.Refusal | undefined;

export const same = (a: Address, b: Address): boolean => a === b || a.toLowerCase() === b.toLowerCase();

/** A revoked id reads as one closed tranche and no others: nothing was ever paid in for it. */
export const open = (state: State): Check =>
  isUsed(state) && pack(state.cells) !== BigInt(Code.Closed) ? undefined : Refusal.of("NotOpen", { id: state.id });

/** The party itself, or its delegate while that is not revoked; by a signature that is still valid, where it is signed. */
export function authority(
  { before, now }: Draft,
  { by, validUntil }: { by: Address; validUntil?: number },
  party: Address,
  delegate: Address = ZERO,
): Check {
  if (validUntil !== undefined && now * 60 > validUntil) return Refusal.of("SignatureExpired", { validUntil });
  if (same(by, party)) return undefined;
  const isDelegate =
    delegate !== ZERO && same(by, delegate) && !before.revokedDelegates.some((one) => same(one, delegate));
  return isDelegate ? undefined : Refusal.of("NotAuthorised", { expected: party });
}

/** The tranche is there. */
export const exists = (draft: Draft, i: number): Check =>
  cellOf(draft, i).code === Code.None ? Refusal.of("WrongTranche", { tranche: i }) : undefined;

export const milestone = (draft: Draft, i: number): Check =>
  i < milestonesOf(draft.agreement) ? undefined : Refusal.of("WrongTranche", { tranche: i });

/** A mask names something, and only what is there. */
export function mask({ agreement }: Draft, tranches: number): Check {
  const count = agreement.work.tranches.length;
  return tranches === 0 || tranches >> count !== 0 ? Refusal.of("WrongTranche", { tranche: count }) : undefined;
}

export function stage(draft: Draft, i: number, ...codes: Code[]): Check {
  const { code } = cellOf(draft, i);
  return codes.includes(code) ? undefined : Refusal.of("WrongStage", { tranche: i, code });
}

export function round(draft: Draft, i: number, expected: number): Check {
  const found = cellOf(draft, i).round;
  return found === expected ? undefined : Refusal.of("WrongRound", { tranche: i, round: found });
}

/** Now is `from` or later. */
export const since = ({ now }: Draft, i: number, from: number): Check =>
  now < from ? Refusal.of("TooEarly", { tranche: i, allowedFrom: from }) : undefined;

/** Now is before `end`. */
export const before = ({ now }: Draft, i: number, end: number): Check =>
  now >= end ? Refusal.of("TooLate", { tranche: i, endedAt: end }) : undefined;

/** A delivered milestone in this round, within review, with a rejection left. */
export function rejectable(draft: Draft, i: number, inRound: number): Check {
  return (
    milestone(draft, i) ??
    stage(draft, i, Code.Delivered) ??
    round(draft, i, inRound) ??
    before(draft, i, Clock.reviewEnd(draft, i)) ??
    (inRound === MAX_REJECTIONS ? Refusal.of("NoRejectionsLeft", { tranche: i }) : undefined)
  );
}

export const MAX_REJECTIONS = 3;
