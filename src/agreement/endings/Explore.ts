/**
 * Explores one tranche by asking `decide` itself, the others standing still. Nothing but time windows, the share of a
 * part acceptance, a ruling and a reported value is continuous here, and money is monotone in each of them, so their
 * extremes are enough: a state is entered as early as possible, shares are those that `Shares` found extreme.
 */
import type { Act } from "../Act.ts";
import type { Agreement } from "../Agreement.ts";
import * as Machine from "../Machine.ts";
import * as Account from "../machine/Account.ts";
import * as Clock from "../machine/Clock.ts";
import { milestonesOf } from "../machine/Draft.ts";
import * as Refusal from "../Refusal.ts";
import { BLANK, BLOCKED, type Cell, Code, cell, EMPTY, EPOCH, note, type State, unopened } from "../State.ts";
import * as Acts from "./Acts.ts";

/** What a tranche, or a deal, brings: received less paid. The platform's is the fee. Base units. */
export type Sums = { client: bigint; provider: bigint; platform: bigint };

/** One act on the way, at a Unix minute. `unblock`: the milestone before it moved on. `open`: the agreement opened. */
export type Step = { at: number; act: Act | { verb: "open" | "unblock" }; code: Code };

export type Trail = { step: Step; before: Trail | undefined; length: number };

export type Node = { state: State; at: number; sums: Sums; trail: Trail; delivered: boolean };

/** One way for a tranche to end. */
export type Found = {
  kind: Machine.Ending;
  /** Share paid, bps. */
  share: number;
  sums: Sums;
  /** Whether it was ever handed over, or accepted: only then can it have been late. */
  delivered: boolean;
  trail: Trail;
  at: number;
};

/** What stands before the tranche's own story. */
export type Scene = {
  agreement: Agreement;
  tranche: number;
  /** Minute of opening. */
  from: number;
  /** Shares, bps, that the milestones of an outcome ended with. */
  shares?: readonly number[];
  lateDays?: number;
};

export const add = (a: Sums, b: Sums): Sums => ({
  client: a.client + b.client,
  provider: a.provider + b.provider,
  platform: a.platform + b.platform,
});
export const NOTHING: Sums = { client: 0n, provider: 0n, platform: 0n };

/** What transfers bring to whom. A fee counts with its payout, also while it is owed. */
export function count(transfers: readonly Machine.Transfer[]): Sums {
  let { client, provider, platform } = NOTHING;
  for (const { amount, part, to, fee } of transfers) {
    const signed = to === "escrow" ? -amount : amount;
    if (part === "client") client += signed;
    if (part === "provider") provider += signed;
    platform += fee ?? 0n;
  }
  return { client, provider, platform };
}

/** The tranche as it opens: funded, and unfunded where the terms give time for it. The other tranches have ended. */
export function starts({ agreement, tranche, from, shares = [], lateDays = 0 }: Scene): Node[] {
  const { work } = agreement;
  const { fundBy, amount, terminationFee } = Acts.trancheAt(agreement, tranche);
  const isOutcome = tranche === milestonesOf(agreement);
  const isBlocked = work.sequential && tranche > 0 && !isOutcome;
  const start = (code: Code, clock: number, paid: bigint): Node => {
    const cells = work.tranches.map((_, i): Cell => {
      if (i === tranche) return { ...EMPTY, code, clock };
      return { ...EMPTY, code: Code.Ended, clock: shares[i] ?? 0 };
    });
    const notes = cells.map((_, i) => (i === 0 && lateDays > 0 ? { ...BLANK, lateDays } : BLANK));
    const state = { ...unopened(agreement), cells: pad(cells, EMPTY), notes: pad(notes, BLANK) };
    const trail = { step: { at: from, act: { verb: "open" as const }, code: Code.None }, before: undefined, length: 1 };
    return { state, at: from, sums: { ...NOTHING, client: -paid }, trail, delivered: false };
  };
  const funded = start(isOutcome ? Code.Awaiting : isBlocked ? Code.Waiting : Code.Active, 0, amount);
  return fundBy === 0 ? [funded] : [funded, start(Code.Unfunded, isBlocked ? BLOCKED : 0, terminationFee)];
}

function pad<T>(list: T[], filler: T): T[] {
  while (list.length < 8) list.push(filler);
  return list;
}

/** Every way in which the tranche can end, with a shortest path to each. */
export function explore(scene: Scene, extremes: Acts.Extremes): Found[] {
  const { tranche } = scene;
  const queue = starts(scene);
  const reached = new Map<string, number>();
  const found: Found[] = [];
  for (const node of queue) reached.set(keyOf(node, tranche), node.at);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    if (!node) break;
    for (const next of successors(node, tranche, extremes)) {
      if ("kind" in next) {
        found.push(next);
        continue;
      }
      const key = keyOf(next, tranche);
      const earliest = reached.get(key);
      if (earliest !== undefined && earliest <= next.at) continue;
      reached.set(key, next.at);
      queue.push(next);
    }
  }
  return found;
}

/** What decides all that can still happen, time aside. */
function keyOf({ state, delivered }: Node, tranche: number): string {
  const { code, round, clock } = cell(state, tranche);
  const { shareBps, extended, late, value } = note(state, tranche);
  const isOutcome = tranche === milestonesOf(state.agreement);
  const isLate = code === Code.Delivered && !isOutcome ? Clock.isLate(state, tranche) : late && code === Code.Delivered;
  const isUnblocked = code === Code.Unfunded && clock !== BLOCKED;
  return [code, round, shareBps, extended, isLate, isUnblocked, value, delivered, state.rulings[0]?.ruling].join();
}

function* successors(node: Node, tranche: number, extremes: Acts.Extremes): Generator<Node | Found> {
  const { state, at } = node;
  const { code, clock } = cell(state, tranche);
  if (code === Code.Waiting || (code === Code.Unfunded && clock === BLOCKED)) {
    const next = code === Code.Waiting ? Code.Active : code;
    const cells = state.cells.with(tranche, { ...cell(state, tranche), code: next, clock: at - EPOCH });
    yield follow(node, { ...state, cells }, at, { verb: "unblock" }, NOTHING, tranche);
  }
  const claimable = Clock.claimableAt(state, tranche);
  for (const act of Acts.of(state, tranche, extremes)) {
    const early = attempt(node, act, at, tranche);
    if (early && !Refusal.is(early)) yield early;
    const allowedFrom =
      early && Refusal.is(early) && early.refused === "TooEarly" ? Number(early.facts.allowedFrom) : undefined;
    const later = allowedFrom ?? (act.verb === "deliver" ? claimable : undefined);
    if (later === undefined || later <= at) continue;
    const waited = attempt(node, act, later, tranche);
    if (waited && !Refusal.is(waited)) yield waited;
  }
}

/** The act at that minute: the next node, an ending, or the refusal. */
export function attempt(node: Node, act: Act, at: number, tranche: number): Node | Found | Refusal.Refusal {
  const change = Machine.decide(node.state, act, at);
  if (Refusal.is(change)) return change;
  const ending = change.events.find(({ name }) => name === "Ended")?.ending;
  const next = follow(node, change.state, at, act, count(change.transfers), tranche);
  if (!ending) return next;
  const { code, clock } = cell(change.state, tranche);
  const share = code === Code.Paid ? Account.WHOLE : clock;
  const delivered = next.delivered || ending === "accepted";
  return { kind: ending, share, sums: next.sums, delivered, trail: next.trail, at };
}

function follow(node: Node, state: State, at: number, act: Step["act"], gain: Sums, tranche: number): Node {
  const step = { at, act, code: cell(node.state, tranche).code };
  const trail = { step, before: node.trail, length: node.trail.length + 1 };
  return { state, at, sums: add(node.sums, gain), trail, delivered: node.delivered || act.verb === "deliver" };
}

/** Steps from the opening on. */
export function steps(trail: Trail): Step[] {
  const list: Step[] = [];
  for (let one: Trail | undefined = trail; one; one = one.before) list.push(one.step);
  return list.reverse();
}
