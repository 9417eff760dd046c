/** Proposes acts that fit the stage of some tranche, by the right party. */
import type { Act } from "../../src/agreement/Act.ts";
import type { Address, Hex } from "../../src/agreement/Agreement.ts";
import * as Codec from "../../src/agreement/Codec.ts";
import * as Machine from "../../src/agreement/Machine.ts";
import * as Account from "../../src/agreement/machine/Account.ts";
import { Code, cell, isTerminal, isUsed, type State } from "../../src/agreement/State.ts";
import { type Cast, agreement as randomAgreement, START, ZERO } from "./Agreements.ts";
import type { Random } from "./Random.ts";

/** What is going on while a sequence is made. */
export type Scene = {
  random: Random;
  cast: Cast;
  state: State;
  now: number;
  /** Without settlement and change order. */
  alone: boolean;
};

/** An act that fits the stage of some tranche, by the right party. */
export function propose(scene: Scene, now: number, domain: Codec.Domain): Act {
  const { random, cast, state, alone } = scene;
  const { parties, work } = state.agreement;
  const { client, provider } = parties;
  if (!isUsed(state)) {
    if (random.chance(0.02))
      return { verb: "revoke", by: random.chance(0.5) ? client : provider, byClient: random.chance(0.5) };
    return open(scene);
  }
  if (random.chance(0.015)) return { verb: "namePayee", by: provider, payee: random.pick([cast.payee, ZERO]) };
  if (random.chance(0.01)) {
    const byClient = random.chance(0.5);
    return { verb: "revokeDelegate", by: byClient ? client : provider, byClient };
  }
  const owners = Object.keys(state.credits) as Address[];
  if (owners.length > 0 && random.chance(0.2)) return spend(scene, random.pick(owners));
  if (!alone && random.chance(0.012)) return settle(scene);
  if (!alone && random.chance(0.015)) return amend(scene, now, domain);
  const open_ = [...work.tranches.keys()].filter((i) => !isTerminal(cell(state, i)));
  const tranche =
    open_.length > 0 && random.chance(0.95) ? random.pick(open_) : random.int(0, work.tranches.length - 1);
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
  const split = {
    toProvider,
    toClient: held - toProvider + off,
    depositsToProvider,
    depositsToClient: deposits - depositsToProvider,
  };
  return { verb: "settle", by: client, signers: [client, provider], ...split };
}

function amend({ random, cast, state }: Scene, now: number, domain: Codec.Domain): Act {
  const { client, provider } = state.agreement.parties;
  const replaces = random.chance(0.9) ? state.id : (`0x${"07".repeat(32)}` as Hex);
  const next = randomAgreement(random, cast, Math.max(START, now), replaces);
  const by = random.pick([client, provider, cast.stranger]);
  const fundNow = by === client && random.chance(0.3) ? random.int(0, 255) : 0;
  return {
    verb: "amend",
    by,
    signers: [client, provider].filter((one) => one !== by),
    fundNow,
    next,
    nextId: Codec.id(domain, next),
  };
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
  const contest = (byClient: boolean): Act => ({
    verb: "contest",
    by: byClient ? client : provider,
    byClient,
    tranche,
    round,
  });
  const deliver: Act = { verb: "deliver", by: worker, tranche, round };
  const bound = state.cases[tranche]?.number ?? 0n;
  const claim: Act = { verb: "claim", by: cast.stranger, tranche, number: bound };
  const accept: Act = { verb: "accept", by: buyer, tranches: mask, rounds };
  const extend: Act = { verb: "extend", by: work.tranches[tranche]?.extender === 1 ? client : provider, tranche };
  const terminate: Act = { verb: "terminate", by: client, tranches: mask };
  const ruling = random.pick([0n, 1n, 101n, 102n, random.big(1n, 101n)]);
  switch (code) {
    case Code.Unfunded:
      return random.pick<Act>([
        { verb: "fund", by: client, tranches: mask },
        { verb: "fund", by: client, tranches: mask },
        claim,
        terminate,
      ]);
    case Code.Awaiting: {
      const points = outcome.points.map(({ value }) => value);
      const value = random.chance(0.5) ? random.pick([0n, ...points]) : random.big(0n, 30_000n);
      const report: Act = { verb: "report", by: cast.stranger, value, attested: random.chance(0.8) };
      return random.pick<Act>([report, report, claim, terminate]);
    }
    case Code.Waiting:
      return random.pick<Act>([accept, extend, terminate, claim]);
    case Code.Active:
      return random.pick<Act>([
        deliver,
        deliver,
        deliver,
        deliver,
        deliver,
        contest(false),
        contest(false),
        extend,
        terminate,
        claim,
      ]);
    case Code.Delivered: {
      if (isOutcome) return random.pick<Act>([contest(true), contest(false), claim, claim]);
      const reject: Act = { verb: "reject", by: buyer, tranche, round };
      const part: Act = {
        verb: "acceptPart",
        by: buyer,
        tranche,
        round,
        shareBps: random.pick([1, 9_999, random.int(1, 9_999)]),
      };
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
      const arbitrate: Act = {
        verb: "arbitrate",
        by: fronter,
        tranche,
        cost: random.pick([0n, 1_000n, 1_001n]),
        number,
      };
      const atOnce: Act = random.chance(0.2) ? { ...arbitrate, ruling } : arbitrate;
      const payees = random.pick([[cast.stranger], [cast.stranger, cast.payee, cast.platform]]);
      const rulePanel: Act = { verb: "rulePanel", by: arbitration.arbitrator, tranche, ruling, payees };
      const record: Act = {
        verb: "rule",
        by: arbitration.arbitrator,
        number: Machine.panelNumber(state.id, tranche),
        ruling,
      };
      return random.pick<Act>(
        arbitration.panel
          ? [rulePanel, rulePanel, record, claim, claim, accept]
          : [atOnce, atOnce, atOnce, claim, accept],
      );
    }
    case Code.Arbitrated: {
      const rule: Act = { verb: "rule", by: arbitration.arbitrator, number: bound, ruling };
      return random.pick<Act>([rule, rule, claim, claim, claim, accept]);
    }
    default:
      return random.pick<Act>([claim, accept, deliver, contest(true), terminate]);
  }
}
