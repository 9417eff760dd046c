/** Plays acts on the model and keeps the books, for tests. */
import type { Act } from "../Act.ts";
import type { Address, Agreement } from "../Agreement.ts";
import * as Machine from "../Machine.ts";
import * as Refusal from "../Refusal.ts";
import { type State, unopened } from "../State.ts";
import { CLIENT, PROVIDER } from "./Sample.ts";

export type Books = Record<string, bigint>;

export type Play = { state: State; transfers: readonly Machine.Transfer[]; events: readonly Machine.Event[] };

/** Plays every step and throws on the first refusal. */
export function play(
  from: State | Play,
  steps: readonly (readonly [now: number, act: Act])[],
  token: Machine.Token = {},
): Play {
  let at: Play = "state" in from ? from : { state: from, transfers: [], events: [] };
  for (const [now, act] of steps) {
    const change = Machine.decide(at.state, act, now, token);
    if (Refusal.is(change)) {
      const facts = JSON.stringify(change.facts, (_, fact) => (typeof fact === "bigint" ? String(fact) : fact));
      throw new Error(`${act.verb} at ${now}: ${change.refused} ${facts}`);
    }
    at = {
      state: change.state,
      transfers: [...at.transfers, ...change.transfers],
      events: [...at.events, ...change.events],
    };
  }
  return at;
}

/** The refusal of the last step, after the others went well. */
export function refusal(from: State | Play, now: number, act: Act, token: Machine.Token = {}): string {
  const state = "state" in from ? from.state : from;
  const change = Machine.decide(state, act, now, token);
  return Refusal.is(change) ? change.refused : "none";
}

export function opened(agreement: Agreement, now: number, fundNow = 0): Play {
  return play(unopened(agreement), [[now, { verb: "open", by: CLIENT, signers: [PROVIDER], fundNow }]]);
}

/** What each address, and the escrow, gained. Credits stay in the escrow. */
export function books(transfers: readonly Machine.Transfer[]): Books {
  const sums: Books = {};
  const add = (who: Address | "escrow", amount: bigint) => {
    sums[who] = (sums[who] ?? 0n) + amount;
  };
  for (const { from, to, amount, creditOf } of transfers) {
    if (creditOf) continue;
    add(from, -amount);
    add(to, amount);
  }
  return sums;
}
