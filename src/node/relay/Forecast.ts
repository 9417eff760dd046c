/** What an act would do now: by the pure rules where they know all that counts, else by a try on the ledger. */
import { type Act, InputError, Machine, Refusal, type State } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import { ActRefused } from "../../ledger/Errors.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Address } from "../../ledger/Ledger.ts";
import type { Clock, Place } from "../Call.ts";
import * as Funds from "./Funds.ts";
import type { Subject } from "./Subject.ts";
import * as Transaction from "./Transaction.ts";
import type { Wanted } from "./Wanted.ts";

const { both } = InputError;

/** Unix seconds at which an act sent now happens: of a rehearsal by the node's clock. */
export async function time({ place, clock }: { place: Place; clock: Clock }): Promise<number> {
  const { time } = await place.ledger.head();
  return Math.max(time, clock.now());
}

type Question = {
  readonly place: Place;
  readonly subject: Subject;
  readonly state: State.State;
  readonly wanted: Wanted;
  /** As whom: one of those who may sign it; whoever sends what needs no signature. */
  readonly by: Address;
  /** Unix seconds. */
  readonly at: number;
};

/** What the escrow would take from whom. Throws `ActRefused` with the rule, or `Reverted`. */
export async function ask(question: Question): Promise<readonly Funds.Pull[]> {
  const { change } = await foresee(question);
  return change ? Funds.pulls(change) : [];
}

/** What would change; nothing known where only the ledger can say that it would. Throws as `ask`. */
export async function foresee(question: Question): Promise<{ readonly change?: Machine.Change }> {
  const { place, subject, state, wanted, by, at } = question;
  const act = modelled(place, subject, wanted, by, state);
  if (act) {
    const change = Machine.decide(state, act, Math.floor(at / 60));
    if (Refusal.is(change)) throw new ActRefused(change);
    return { change };
  }
  const transaction = await Transaction.prepare(place, subject, wanted);
  const when = place.ledger.kind === "rehearsal" ? { at } : {};
  await Transaction.simulate(place, subject, wanted, transaction, { from: by, ...when });
  return {};
}

/**
 * Throws `act-refused` where the escrow may not take what the act needs, or its owner does not have it.
 * `kept`: owners for whom the node sees to it.
 */
export async function affordable(
  { place, subject }: Pick<Question, "place" | "subject">,
  pulls: readonly Funds.Pull[],
  kept: (owner: Address) => Promise<boolean>,
): Promise<void> {
  for (const { owner, amount } of pulls) {
    const { balance, allowance } = await Funds.of(place, subject, owner);
    if ((balance >= amount && allowance >= amount) || (await kept(owner))) continue;
    const token = subject.agreement.work.token;
    throw new Problem.Problem(
      "act-refused",
      both(
        `The escrow takes ${amount} units of token ${token} from ${owner}, who has ${balance} and lets it take ${allowance}. Approve ${amount} for ${place.escrow} at the token first.`,
        `托管合约将从 ${owner} 收取代币 ${token} 共 ${amount} 单位；该账户余额 ${balance}，授权额 ${allowance}。请先在代币处授权 ${place.escrow} 使用 ${amount}。`,
      ),
      { token, owner, needed: String(amount), balance: String(balance), allowance: String(allowance) },
    );
  }
}

/** The act as the pure rules have it; nothing where outcome and balances of others count. */
function modelled(
  { ledger, escrow }: Place,
  { agreement }: Subject,
  wanted: Wanted,
  by: Address,
  state: State.State,
): Act.Act | undefined {
  const { client, provider } = agreement.parties;
  const signers = [client, provider];
  switch (wanted.verb) {
    case "open":
      return { verb: "open", fundNow: wanted.fundNow ?? 0, signers, by };
    case "amend": {
      const { next, fundNow = 0 } = wanted;
      return { verb: "amend", next, nextId: Escrow.idOf(ledger, { escrow, agreement: next }), fundNow, signers, by };
    }
    case "settle":
      return { ...wanted, signers, by };
    case "accept": {
      const rounds = state.cells.map((_, i) => (wanted.rounds >> (2 * i)) & 3);
      return { verb: "accept", tranches: wanted.tranches, rounds, by };
    }
    case "rule":
      if (wanted.given) return undefined;
      return {
        ...{ verb: "rulePanel", tranche: wanted.tranche, ruling: wanted.choice },
        ...{ payees: [by], by: agreement.arbitration.arbitrator },
      };
    case "report":
      return { verb: "report", value: wanted.value, attested: true, by };
    case "claim":
    case "push":
    case "redirect":
    case "arbitrate":
      return undefined;
    default:
      return { ...wanted, by } as Act.Act;
  }
}

/** What an act moves, in base units of the token: what a second person's approval goes by. */
export function amount({ agreement }: Subject, wanted: Wanted): bigint {
  const { tranches } = agreement.work;
  const of = (mask: number, units: (one: (typeof tranches)[number]) => bigint) =>
    tranches.reduce((sum, one, i) => ((mask >> i) & 1 ? sum + units(one) : sum), 0n);
  const ALL = 2 ** tranches.length - 1;
  switch (wanted.verb) {
    case "open":
      return of(ALL, (one) => (one.fundBy === 0 ? one.amount : one.terminationFee));
    case "amend":
      return wanted.next.work.tranches.reduce((sum, one) => sum + one.amount, 0n);
    case "fund":
      return of(wanted.tranches, (one) => one.amount - one.terminationFee);
    case "accept":
      return of(wanted.tranches, (one) => one.amount);
    case "acceptPart":
      return of(1 << wanted.tranche, (one) => (one.amount * BigInt(wanted.shareBps)) / 10_000n);
    case "settle":
      return wanted.toProvider + wanted.toClient;
    default:
      return 0n;
  }
}
