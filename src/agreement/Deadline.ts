/** What happens to a tranche if nobody acts, and from when on anyone can carry it out. */

import * as Plain from "./endings/Words.ts";
import type { Words } from "./InputError.ts";
import * as Machine from "./Machine.ts";
import * as Refusal from "./Refusal.ts";
import { Code, cell, EPOCH, type State, ZERO } from "./State.ts";

export type Deadline = {
  tranche: number;
  verb: "claim";
  /** Unix minute. */
  minute: number;
  change: Machine.Change;
};

/** The claim that time brings, as things stand; nothing where another act must come first, or all is over. */
export function of(state: State, tranche: number): Deadline | undefined {
  const { code } = cell(state, tranche);
  if (code === Code.None || code >= Code.Paid) return undefined;
  const number = state.cases[tranche]?.number;
  const act = { verb: "claim", by: ZERO, tranche, ...(number === undefined ? {} : { number }) } as const;
  // At the first minute there is every clock still runs: the refusal says until when.
  const asked = Machine.decide(state, act, EPOCH + 1);
  if (!Refusal.is(asked)) return { tranche, verb: "claim", minute: EPOCH + 1, change: asked };
  const from = asked.facts.allowedFrom;
  if (from === undefined) return undefined;
  const minute = Number(from);
  const change = Machine.decide(state, act, minute);
  return Refusal.is(change) ? undefined : { tranche, verb: "claim", minute, change };
}

/** Of every tranche that has one. */
export const all = (state: State): readonly Deadline[] =>
  state.agreement.work.tranches.flatMap((_, tranche) => of(state, tranche) ?? []);

/** What then happens, as a sentence. */
export function says({ tranche, change }: Deadline, speech: Plain.Speech = Plain.PLAIN): Words {
  const ended = change.events.find((event) => event.name === "Ended" && event.tranche === tranche);
  const kind = ended?.ending ?? "lapsed";
  return Plain.ending(change.state.agreement, tranche, kind, speech);
}
