/** What each part of an agreement can come to next: by the caller, and by nobody at all. */
import type { Act } from "../../agreement/Act.ts";
import * as Acts from "../../agreement/endings/Acts.ts";
import type * as Plain from "../../agreement/endings/Words.ts";
import { Deadline, type InputError, Machine, Refusal, State } from "../../agreement/index.ts";
import type { Caller, Seat } from "../Call.ts";

type Who = { seats: readonly Seat[]; caller: Caller; now: number };

/** Values with which an act is tried: any that the rules do not refuse for itself. */
const TRIED = { shares: [5_000], rulings: [1n], values: [0n] };

/** Verbs that the caller may use now, by tranche. `now`: Unix minute. */
export function of(state: State.State, { seats, caller, now }: Who): readonly (readonly string[])[] {
  const roles = new Set(seats.filter((one) => SIGNING.has(one.role)).map(({ seat }) => seat));
  const isKey = caller.kind === "user" && caller.key;
  if (isKey && !isKey.scopes.includes("sign")) roles.clear();
  return state.agreement.work.tranches.map((_, tranche) => {
    const acts = State.isUsed(state) ? Acts.of(state, tranche, TRIED) : [];
    const allowed = acts.filter(
      (act) =>
        roles.has(roleOf(state, act, roles)) && !Refusal.is(Machine.decide(state, numbered(state, tranche, act), now)),
    );
    return [...new Set(allowed.map(({ verb }) => (verb === "rulePanel" ? "rule" : verb)))];
  });
}

const SIGNING: ReadonlySet<string> = new Set(["owner", "signer"]);

/** Whose act it is. What anyone can do is for every seat that acts at all. */
function roleOf({ agreement }: State.State, { verb, by }: Act, roles: ReadonlySet<Seat["seat"]>): Seat["seat"] {
  if (verb === "report") return "reporter";
  if (verb === "rule" || verb === "rulePanel") return "arbitrator";
  if (by === agreement.parties.client) return "client";
  if (by === agreement.parties.provider) return "provider";
  return [...roles].find((role) => role !== "reader") ?? "client";
}

/** A claim names the dispute that there is. */
function numbered(state: State.State, tranche: number, act: Act): Act {
  const number = state.cases[tranche]?.number;
  if (number === undefined || (act.verb !== "claim" && act.verb !== "rule")) return act;
  return { ...act, number };
}

/** What happens to a tranche if nobody acts, and from which Unix minute on. */
export function next(state: State.State, tranche: number, speech: Plain.Speech) {
  const found = Deadline.of(state, tranche);
  return found && { minute: found.minute, verb: found.verb, says: Deadline.says(found, speech) as InputError.Words };
}

const STAGES = new Map(
  Object.entries(State.Code).map(([name, code]) => [code, name.charAt(0).toLowerCase() + name.slice(1)]),
);

/** `active`, `contestedByClient`. */
export const stage = (code: State.Code): string => STAGES.get(code) ?? "none";
