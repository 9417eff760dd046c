/**
 * Random sequences of acts, legal and slightly illegal, with what the model says of each. A harness plays them on the
 * contract and compares the refusing error, the stage word, notes, balances and credits after every act.
 */
import type { Act } from "../../src/agreement/Act.ts";
import type { Address, Agreement, Hex } from "../../src/agreement/Agreement.ts";
import * as Codec from "../../src/agreement/Codec.ts";
import * as Machine from "../../src/agreement/Machine.ts";
import * as Account from "../../src/agreement/machine/Account.ts";
import * as Clock from "../../src/agreement/machine/Clock.ts";
import * as Refusal from "../../src/agreement/Refusal.ts";
import { Code, cell, isClosed, isTerminal, isUsed, type Note, pack, type State, unopened } from "../../src/agreement/State.ts";
import { agreement as randomAgreement, type Cast, START, ZERO } from "./Agreements.ts";
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

/** What is going on while a sequence is made. */
export type Scene = { random: Random; cast: Cast; state: State; now: number; options: Options };

/** The same seed and options give the same sequence. */
export function sequence(seed: number, options: Options = {}): Sequence {
  const random = seeded(seed);
  const { cast = CAST, domain = DOMAIN, length = 40, hostile = false, legal = 0.6 } = options;
  const first = randomAgreement(random, cast);
  const agreements = [first];
  const ids = [Codec.id(domain, first)];
  const scene: Scene = { random, cast, state: unopened(first, ids[0]), now: START - random.int(1, 3_000), options };
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
  const { work } = state.agreement;
  const minutes = isUsed(state) ? [] : [work.openBy];
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

/** An act that fits the stage of some tranche, by the right party. */
function propose(scene: Scene, now: number, domain: Codec.Domain): Act {
  const { random, cast, state, options } = scene;
  const { parties, work } = state.agreement;
  const { client, provider } = parties;
  if (!isUsed(state)) {
    if (random.chance(0.02)) return { verb: "revoke", by: random.chance(0.5) ? client : provider, byClient: random.chance(0.5) };
    return open(scene);
  }
  if (random.chance(0.015)) return { verb: "namePayee", by: provider, payee: random.pick([cast.payee, ZERO]) };
  if (random.chance(0.01)) {
    const byClient = random.chance(0.5);
    return { verb: "revokeDelegate", by: byClient ? client : provider, byClient };
  }
  const owners = Object.keys(state.credits) as Address[];
  if (owners.length > 0 && random.chance(0.2)) return spend(scene, random.pick(owners));
  if (!options.alone && random.chance(0.012)) return settle(scene);
  if (!options.alone && random.chance(0.015)) return amend(scene, now, domain);
  const open_ = [...work.tranches.keys()].filter((i) => !isTerminal(cell(state, i)));
  const tranche = open_.length > 0 && random.chance(0.95) ? random.pick(open_) : random.int(0, work.tranches.length - 1);
  return onTranche(scene, tranche);
}

function open({ random, cast, state }: Scene): Act {
  const { client, provider } = state.agreement.parties;
  const byClient = random.chance(0.6);
  const fundNow = byClient && random.chance(0.5) ? random.int(0, 255) : 0;
  const by = byClient ? client : random.pick([provider, cast.stranger]);
  return { verb: "open", by, signers: [client, provider].filter((one) => one !== by), fundNow };
}

function spend({ random, cast, state }: Scene, owner: Address): Act {
  if (random.chance(0.5)) return { verb: "push", by: cast.stranger, owner };
  const credit = state.credits[owner] ?? 0n;
  const to = random.pick([cast.stranger, cast.payee]);
  return { verb: "redirect", by: owner, owner, to, amount: random.chance(0.7) ? credit : random.big(0n, credit + 1n) };
}

function settle({ random, state }: Scene): Act {
  const { client, provider } = state.agreement.parties;
  let held = 0n;
  let deposits = 0n;
  for (const i of state.agreement.work.tranches.keys()) {
    held += Account.held(state, i);
    deposits += Account.deposits(state, i);
    if (cell(state, i).code === Code.Arbitrated) deposits -= Account.deposit(state, i);
  }
  const toProvider = random.big(0n, held);
  const depositsToProvider = random.big(0n, deposits);
  const off = random.chance(0.15) ? 1n : 0n;
  const split = { toProvider, toClient: held - toProvider + off, depositsToProvider, depositsToClient: deposits - depositsToProvider };
  return { verb: "settle", by: client, signers: [client, provider], ...split };
}

function amend({ random, cast, state }: Scene, now: number, domain: Codec.Domain): Act {
  const { client, provider } = state.agreement.parties;
  const replaces = random.chance(0.9) ? state.id : (`0x${"07".repeat(32)}` as Hex);
  const next = randomAgreement(random, cast, Math.max(START, now), replaces);
  const by = random.pick([client, provider, cast.stranger]);
  const fundNow = by === client && random.chance(0.3) ? random.int(0, 255) : 0;
  return { verb: "amend", by, signers: [client, provider].filter((one) => one !== by), fundNow, next, nextId: Codec.id(domain, next) };
}

function onTranche(scene: Scene, tranche: number): Act {
  const { random, cast, state } = scene;
  const { parties, arbitration, work, outcome } = state.agreement;
  const { client, provider } = parties;
  const { code, round } = cell(state, tranche);
  const isOutcome = work.payByResult && tranche === work.tranches.length - 1;
  const worker = parties.providerDelegate !== ZERO && random.chance(0.3) ? parties.providerDelegate : provider;
  const buyer = parties.clientDelegate !== ZERO && random.chance(0.3) ? parties.clientDelegate : client;
  const mask = random.chance(0.9) ? 1 << tranche : random.int(1, 2 ** work.tranches.length - 1);
  const rounds = work.tranches.map((_, i) => cell(state, i).round);
  const contest = (byClient: boolean): Act => ({ verb: "contest", by: byClient ? client : provider, byClient, tranche, round });
  const deliver: Act = { verb: "deliver", by: worker, tranche, round };
  const bound = state.cases[tranche]?.number ?? 0n;
  const claim: Act = { verb: "claim", by: cast.stranger, tranche, number: bound };
  const accept: Act = { verb: "accept", by: buyer, tranches: mask, rounds };
  const extend: Act = { verb: "extend", by: work.tranches[tranche]?.extender === 1 ? client : provider, tranche };
  const terminate: Act = { verb: "terminate", by: client, tranches: mask };
  const ruling = random.pick([0n, 1n, 101n, 102n, random.big(1n, 101n)]);
  switch (code) {
    case Code.Unfunded:
      return random.pick<Act>([{ verb: "fund", by: client, tranches: mask }, { verb: "fund", by: client, tranches: mask }, claim, terminate]);
    case Code.Awaiting: {
      const points = outcome.points.map(({ value }) => value);
      const value = random.chance(0.5) ? random.pick([0n, ...points]) : random.big(0n, 30_000n);
      const report: Act = { verb: "report", by: cast.stranger, value, attested: random.chance(0.95) };
      return random.pick<Act>([report, report, claim, terminate]);
    }
    case Code.Waiting:
      return random.pick<Act>([accept, extend, terminate, claim]);
    case Code.Active:
      return random.pick<Act>([deliver, deliver, deliver, deliver, deliver, contest(false), contest(false), extend, terminate, claim]);
    case Code.Delivered: {
      if (isOutcome) return random.pick<Act>([contest(true), contest(false), claim, claim]);
      const reject: Act = { verb: "reject", by: buyer, tranche, round };
      const part: Act = { verb: "acceptPart", by: buyer, tranche, round, shareBps: random.pick([1, 9_999, random.int(1, 9_999)]) };
      return random.pick<Act>([reject, reject, part, contest(true), contest(true), accept, claim, terminate]);
    }
    case Code.Rejected:
      return random.pick<Act>([deliver, deliver, deliver, contest(false), contest(false), claim, terminate]);
    case Code.ContestedByClient:
    case Code.ContestedByProvider:
    case Code.ContestedUndelivered: {
      const answer: Act = { verb: "answer", by: code === Code.ContestedByClient ? provider : client, tranche, round };
      return random.pick<Act>([answer, answer, answer, answer, answer, answer, claim, accept]);
    }
    case Code.Disputed: {
      const number = random.big(1n, 5n);
      const fronter = random.pick([cast.stranger, client, provider]);
      const arbitrate: Act = { verb: "arbitrate", by: fronter, tranche, cost: random.pick([0n, 1_000n, 1_001n]), number };
      const atOnce: Act = random.chance(0.2) ? { ...arbitrate, ruling } : arbitrate;
      const payees = random.pick([[], [cast.stranger], [cast.stranger, cast.payee, cast.platform]]);
      const rulePanel: Act = { verb: "rulePanel", by: arbitration.arbitrator, tranche, ruling, payees };
      const record: Act = { verb: "rule", by: arbitration.arbitrator, number: Machine.panelNumber(state.id, tranche), ruling };
      return random.pick<Act>(arbitration.panel ? [rulePanel, rulePanel, record, claim, claim, accept] : [atOnce, atOnce, atOnce, claim, accept]);
    }
    case Code.Arbitrated: {
      const rule: Act = { verb: "rule", by: arbitration.arbitrator, number: bound, ruling };
      return random.pick<Act>([rule, rule, claim, claim, claim, accept]);
    }
    default:
      return random.pick<Act>([claim, accept, deliver, contest(true), terminate]);
  }
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
    if ("signers" in act) return { act: { ...act, signers: act.signers.filter(() => random.chance(0.4)) }, sender: act.by };
    const kind = random.pick(["who", "round", "tranche", "as it is", "as it is", "as it is"]);
    if (kind === "who" && act.verb !== "rule") {
      spoiled = { ...act, by: random.pick(strangers) };
    }
    if (kind === "round" && "round" in act) spoiled = { ...act, round: (act.round + random.int(1, 3)) % 4 };
    if (kind === "tranche" && "tranche" in act) spoiled = { ...act, tranche: random.int(0, 7) };
  }
  if (!SIGNED.has(spoiled.verb)) return { act: spoiled, sender: spoiled.by };
  if (!random.chance(0.3)) return { act: spoiled, sender: spoiled.by };
  const validUntil = !wantsLegal && random.chance(0.3) ? now * 60 - 1 : now * 60 + random.int(0, 9_999);
  return { act: { ...spoiled, validUntil }, sender: cast.stranger };
}

