/**
 * How long the money of a tranche can be locked when nobody hurries, but someone claims whatever can be claimed: every
 * act comes in the last minute before the tranche could be ended. All windows grow with the time at which they begin,
 * so the latest entry into a state gives the latest end from it.
 */
import * as Clock from "../machine/Clock.ts";
import { milestonesOf } from "../machine/Draft.ts";
import * as Refusal from "../Refusal.ts";
import { BLOCKED, Code, cell, EPOCH, isTerminal, note } from "../State.ts";
import * as Acts from "./Acts.ts";
import { attempt, type Found, type Node, type Scene, starts, type Trail } from "./Explore.ts";

export type Lock = {
  /** Minute at which the last money of the tranche has gone. */
  until: number;
  trail: Trail;
  /** Minute at which it has at the latest been delivered, contested or ended: sequential terms unblock the next one. */
  leaves: number;
};

/** @param unblocked Latest minute at which the milestone before it moves on; of an outcome, at which all have ended. */
export function longest(scene: Scene, unblocked: number): Lock {
  const { agreement, tranche } = scene;
  const isOutcome = tranche === milestonesOf(agreement);
  const queue = starts(scene);
  const latest = new Map<string, number>();
  let lock: Lock | undefined;
  let leaves = scene.from;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    if (!node) break;
    for (const next of lateSuccessors(node, tranche, unblocked, agreement)) {
      if (isUndelivered(node, tranche) && !isUndelivered(next, tranche)) leaves = Math.max(leaves, next.at);
      if ("kind" in next) {
        // What nobody can yet end: an outcome waits for the milestones.
        const until = isOutcome ? Math.max(next.at, unblocked) : next.at;
        if (!lock || until > lock.until) lock = { until, trail: next.trail, leaves };
        continue;
      }
      const key = keyOf(next, tranche);
      const before = latest.get(key);
      if (before !== undefined && before >= next.at) continue;
      latest.set(key, next.at);
      queue.push(next);
    }
  }
  if (!lock) throw new Error(`tranche ${tranche} never ends`);
  return { ...lock, leaves };
}

function isUndelivered(node: Node | Found, tranche: number): boolean {
  if ("kind" in node) return false;
  const { code } = cell(node.state, tranche);
  return code === Code.Unfunded || code === Code.Waiting || code === Code.Active;
}

function keyOf({ state }: Node, tranche: number): string {
  const { code, round, clock } = cell(state, tranche);
  const { shareBps, extended } = note(state, tranche);
  return [code, round, shareBps > 0, extended, code === Code.Unfunded && clock !== BLOCKED].join();
}

function* lateSuccessors(
  node: Node,
  tranche: number,
  unblocked: number,
  agreement: Scene["agreement"],
): Generator<Node | Found> {
  const { state, at } = node;
  const { code, clock } = cell(state, tranche);
  const waits = code === Code.Waiting || (code === Code.Unfunded && clock === BLOCKED);
  const time = Math.max(at, unblocked);
  const claimable = code === Code.Waiting ? time : Clock.claimableAt(state, tranche);
  if (waits && (code === Code.Waiting || time < (claimable ?? 0))) {
    const next = { ...cell(state, tranche), code: code === Code.Waiting ? Code.Active : code, clock: time - EPOCH };
    const step = { at: time, act: { verb: "unblock" as const }, code };
    const trail = { step, before: node.trail, length: node.trail.length + 1 };
    yield { ...node, state: { ...state, cells: state.cells.with(tranche, next) }, at: time, trail };
  }
  // Nothing but the end of the milestones holds a metric that needs no reporter.
  const end = Math.max(at, claimable ?? (isTerminal(cell(state, tranche)) ? at : unblocked));
  for (const act of Acts.of(state, tranche, { shares: [5_000], rulings: [0n], values: lastValue(agreement) })) {
    const last = act.verb === "claim" ? end : Math.max(at, end - 1);
    const result = attempt(node, act, last, tranche);
    if (!Refusal.is(result)) yield result;
    if (!Refusal.is(result) || result.refused !== "TooLate") continue;
    const earlier = Number(result.facts.endedAt) - 1;
    const retried = earlier >= at ? attempt(node, act, earlier, tranche) : result;
    if (!Refusal.is(retried)) yield retried;
  }
}

const lastValue = ({ outcome }: Scene["agreement"]): bigint[] => outcome.points.slice(-1).map(({ value }) => value);
