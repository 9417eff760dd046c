/**
 * Random sequences of acts, legal and slightly illegal, with what the model says of each. A harness plays them on the
 * contract and compares the refusing error, the stage word, notes, balances and credits after every act.
 */
import { type Act, branches } from "../../src/agreement/Act.ts";
import type { Address, Agreement, Hex } from "../../src/agreement/Agreement.ts";
import * as Codec from "../../src/agreement/Codec.ts";
import * as Machine from "../../src/agreement/Machine.ts";
import * as Clock from "../../src/agreement/machine/Clock.ts";
import * as Refusal from "../../src/agreement/Refusal.ts";
import {
  Code,
  cell,
  isClosed,
  isTerminal,
  isUsed,
  type Note,
  pack,
  type State,
  unopened,
} from "../../src/agreement/State.ts";
import { type Cast, agreement as randomAgreement, START } from "./Agreements.ts";
import { propose, type Scene } from "./Propose.ts";
import { type Random, seeded } from "./Random.ts";

/** How the harness sets the token before an act. */
export type TokenSetting = {
  /** Transfers to these fail. */
  refuses: readonly Address[];
  /** What is missing of every payment to the escrow; "all": the payment fails. */
  takes: bigint | "all";
};

export type Step = {
  /** Unix minute; the block's timestamp is 60 times it. */
  now: number;
  /** Sends the transaction. Where it is not `act.by`, `act.by` has signed the act. */
  sender: Address;
  act: Act;
  /** Branches of the terms that travel in full: those that the act needs. */
  branches: readonly Codec.Branch[];
  /** Index of the agreement acted on. */
  on: number;
  token: TokenSetting;
  expected: "ok" | Refusal.Refusal;
  /** After the act: the stage word of that agreement, and of the one that a change order opened. */
  word: bigint;
  next?: { on: number; word: bigint };
  notes: readonly Note[];
  /** Gains since the start, of everyone who ever paid or was paid, and of the escrow. */
  balances: Readonly<Record<string, bigint>>;
  /** By owner. */
  credits: Readonly<Record<Address, bigint>>;
};

export type Sequence = { seed: number; agreements: readonly Agreement[]; ids: readonly Hex[]; steps: readonly Step[] };

export type Options = {
  domain?: Codec.Domain;
  cast?: Cast;
  /** Acts at the most; it also stops when all has ended. */
  length?: number;
  /** With tokens that refuse receivers, take a part or fail. */
  hostile?: boolean;
  /** Chance of a legal act. */
  legal?: number;
  /** Without settlement and change order: what one party can do alone. */
  alone?: boolean;
};

const named = (digits: string): Address => `0x${digits.repeat(20)}`;

export const CAST: Cast = {
  client: named("c1"),
  provider: named("d1"),
  clientDelegate: named("c2"),
  providerDelegate: named("d2"),
  panel: named("a1"),
  arbitrator: named("a2"),
  source: named("5e"),
  token: named("70"),
  platform: named("fe"),
  payee: named("d3"),
  stranger: named("99"),
};

const DOMAIN: Codec.Domain = { chainId: 31_337, verifyingContract: named("ee") };
/** Tries for an act of the wanted kind before any will do. */
const TRIES = 40;

/** The same seed and options give the same sequence. */
export function sequence(seed: number, options: Options = {}): Sequence {
  const random = seeded(seed);
  const { cast = CAST, domain = DOMAIN, length = 40, hostile = false, legal = 0.6, alone = false } = options;
  const first = randomAgreement(random, cast);
  const agreements = [first];
  const ids = [Codec.id(domain, first)];
  const scene: Scene = { random, cast, state: unopened(first, ids[0]), now: START - random.int(1, 3_000), alone };
  const steps: Step[] = [];
  const balances: Record<string, bigint> = {};
  let setting: TokenSetting = { refuses: [], takes: 0n };
  while (steps.length < length) {
    if (hostile && random.chance(0.3)) setting = moody(random, cast);
    const token = behaviour(setting);
    const { act, now, sender, change } = choose(scene, token, random.chance(legal), domain);
    const on = agreements.length - 1;
    scene.now = now;
    const step: Step = {
      now,
      sender,
      act,
      branches: branches(scene.state, act),
      on,
      token: setting,
      expected: Refusal.is(change) ? change : "ok",
      word: pack((Refusal.is(change) ? scene.state : change.state).cells),
      notes: (Refusal.is(change) ? scene.state : change.state).notes,
      balances: {},
      credits: (Refusal.is(change) ? scene.state : change.state).credits,
    };
    if (!Refusal.is(change)) {
      book(balances, change.transfers);
      scene.state = change.state;
      if (change.next && act.verb === "amend") {
        agreements.push(act.next);
        ids.push(act.nextId);
        step.next = { on: agreements.length - 1, word: pack(change.next.cells) };
        scene.state = change.next;
      }
    }
    steps.push({ ...step, balances: { ...balances } });
    if (isUsed(scene.state) && isClosed(scene.state) && random.chance(0.7)) break;
  }
  return { seed, agreements, ids, steps };
}

function moody(random: Random, cast: Cast): TokenSetting {
  const receivers = [cast.client, cast.provider, cast.platform, cast.payee, cast.stranger, cast.panel];
  const takes = random.chance(0.8) ? 0n : random.chance(0.5) ? 1n : "all";
  return { refuses: receivers.filter(() => random.chance(0.3)), takes };
}

function behaviour({ refuses, takes }: TokenSetting): Machine.Token {
  const arrives = (_: Address, amount: bigint) => (takes === "all" ? undefined : amount - takes);
  return { refuses: (to) => refuses.includes(to), ...(takes === 0n ? {} : { arrives }) };
}

/** Adds transfers to the books. */
export function book(balances: Record<string, bigint>, transfers: readonly Machine.Transfer[]) {
  for (const { from, to, amount, creditOf } of transfers) {
    if (creditOf) continue;
    balances[from] = (balances[from] ?? 0n) - amount;
    balances[to] = (balances[to] ?? 0n) + amount;
  }
}

export type Choice = { act: Act; now: number; sender: Address; change: Machine.Change | Refusal.Refusal };

/** A time and an act, legal or not as wanted where one is found, and what the model says of it. */
export function choose(scene: Scene, token: Machine.Token, wantsLegal: boolean, domain: Codec.Domain): Choice {
  let choice: Choice | undefined;
  for (let k = 0; k < TRIES; k++) {
    const now = moment(scene);
    const { act, sender } = spoil(scene, propose(scene, now, domain), now, wantsLegal);
    choice = { act, now, sender, change: Machine.decide(scene.state, act, now, token) };
    if (Refusal.is(choice.change) !== wantsLegal) return choice;
  }
  if (!choice) throw new Error("no act was tried");
  return choice;
}

/** Mostly soon, often at a boundary or a minute beside it. */
function moment({ random, state, now }: Scene): number {
  if (!isUsed(state) && random.chance(0.99)) return now + random.int(0, 200);
  if (random.chance(0.35)) return now + random.int(0, 90);
  const ahead = boundaries(state).filter((minute) => minute + 1 >= now);
  if (ahead.length === 0 || random.chance(0.15)) return now + random.int(0, 30 * 1440);
  ahead.sort((a, b) => a - b);
  const boundary = random.chance(0.7) ? (ahead[0] ?? now) : random.pick(ahead);
  return Math.max(now, boundary + random.int(-1, 1));
}

/** Minutes at which something changes for some tranche. */
export function boundaries(state: State): number[] {
  const { openBy, work } = state.agreement;
  const minutes = isUsed(state) ? [] : [openBy];
  for (const [i, { start, due, fundBy }] of work.tranches.entries()) {
    const { code } = cell(state, i);
    if (code === Code.None || isTerminal(cell(state, i))) continue;
    minutes.push(start, due);
    if (fundBy > 0) minutes.push(fundBy);
    if (code === Code.Active) minutes.push(Clock.due(state, i));
    const claimable = Clock.claimableAt(state, i);
    if (claimable !== undefined) minutes.push(claimable);
  }
  return minutes;
}

const SIGNED = new Set<Act["verb"]>([
  "revoke",
  "fund",
  "deliver",
  "accept",
  "acceptPart",
  "reject",
  "contest",
  "answer",
  "terminate",
  "extend",
  "namePayee",
  "revokeDelegate",
  "redirect",
]);

/** Changes one thing so that the act may become illegal: who, which round, which tranche, validity; and who sends it. */
function spoil(scene: Scene, act: Act, now: number, wantsLegal: boolean): { act: Act; sender: Address } {
  const { random, cast, state } = scene;
  const { client, provider } = state.agreement.parties;
  const strangers = [client, provider, cast.clientDelegate, cast.providerDelegate, cast.stranger, cast.panel];
  let spoiled: Act = act;
  if (!wantsLegal) {
    if ("signers" in act)
      return { act: { ...act, signers: act.signers.filter(() => random.chance(0.4)) }, sender: act.by };
    const kind = random.pick(["who", "round", "tranche", "as it is", "as it is", "as it is"]);
    if (kind === "who" && act.verb !== "rule") {
      spoiled = { ...act, by: random.pick(strangers) };
    }
    if (kind === "round" && "round" in act) spoiled = { ...act, round: (act.round + random.int(1, 3)) % 4 };
    if (kind === "tranche" && "tranche" in act) spoiled = { ...act, tranche: random.int(0, 7) };
  }
  if (!SIGNED.has(spoiled.verb)) return { act: spoiled, sender: spoiled.by };
  // Whoever relays signs nothing of its own.
  if (!random.chance(0.3) || spoiled.by === cast.stranger) return { act: spoiled, sender: spoiled.by };
  const validUntil = !wantsLegal && random.chance(0.3) ? now * 60 - 1 : now * 60 + random.int(0, 9_999);
  return { act: { ...spoiled, validUntil }, sender: cast.stranger };
}
