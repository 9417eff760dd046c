/** What a happening means: the acts of the machine that carry it out, as things stand. */
import { type Act, type Agreement, Dispute, Errors, InputError, Share, State, Terms } from "../agreement/index.ts";
import * as Account from "../agreement/machine/Account.ts";
import * as Cast from "./Cast.ts";
import * as Happening from "./Happening.ts";
import * as Speech from "./Speech.ts";

const { both } = InputError;
type Words = InputError.Words;
type Address = Agreement.Address;
type Value<K extends Happening.Kind> = Extract<Happening.Said, { kind: K }>["value"];

/** Clauses that a change order gives anew. */
export type Changes = Omit<Value<"change order">, "fund">;

/** What is known where something happens. */
export type Scene = {
  readonly terms: Terms.Terms;
  readonly state: State.State;
  /** Who sends what the party signs. */
  readonly relayed: Happening.Particulars["relayed"];
  /** The delegate who acts in its party's place. */
  readonly by: Happening.Particulars["by"];
  readonly panel: { members: number; votes: number };
  readonly arbitrator: Address;
  /** Disputes made at the ERC-792 arbitrator so far. */
  readonly cases: bigint;
  /** Throws the problem, at this key of the entry. */
  fail(key: string, make: (place: InputError.Place) => InputError.InputError): never;
  units(amount: string | number, key: string): bigint;
  /** The terms that replace those in force. */
  amend(changes: Changes): Terms.Terms;
};

/** Acts of one side, which a relayer may be tipped for. */
export const TIPPED: readonly Happening.Kind[] = [
  "revoked",
  "funded",
  "delivered",
  "accepted",
  "accepted in part",
  "rejected",
  "contested",
  "answered",
  "terminated",
  "extended",
  "payee named",
  "delegate revoked",
  "credit redirected",
];

/** Acts that a delegate may do for its party. */
export const DELEGATED: readonly Happening.Kind[] = ["delivered", "accepted", "accepted in part", "rejected"];

/** The arbitrator's choice of no share (ERC-792): the fallback share of the terms holds. */
const REFUSES = 0;

/** Of a name in the file, which is shown in both languages from then on. */
export function account(label: Words | string): Address {
  const words = Speech.words(label);
  if (words.en !== words.zh) Cast.call(words.en, words);
  return Cast.account(words.en);
}

/** By anyone; of a dispute at an outside arbitrator under its number. */
export function claim(state: State.State, tranche: number): Act.Act {
  const number = state.cases[tranche]?.number;
  const plain = { verb: "claim", by: Cast.account(Cast.ANYONE), tranche } as const;
  return number === undefined ? plain : { ...plain, number };
}

export class Meaning {
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Tranche of a name. */
  #tranche(name: string, key: string, { milestones, outcome } = this.#scene.terms): number {
    const known = [...milestones.map((one) => one.name), ...(outcome ? ["outcome"] : [])];
    const found = known.indexOf(name);
    if (found < 0) this.#scene.fail(key, (place) => new Errors.UnknownName({ ...place, found: name, known }));
    return found;
  }

  #mask(names: string | readonly string[], key: string, terms = this.#scene.terms): number {
    return Happening.list(names).reduce((mask, name) => mask | (1 << this.#tranche(name, key, terms)), 0);
  }

  /** What is said, as acts of the machine. */
  acts(said: Happening.Said): readonly Act.Act[] {
    const { state, terms, relayed, by, cases } = this.#scene;
    const client = Cast.account("client");
    const provider = Cast.account("provider");
    const anyone = Cast.account(Cast.ANYONE);
    const [judge, worker] = by === undefined ? [client, provider] : [Cast.account(by), Cast.account(by)];
    const round = (tranche: number) => State.cell(state, tranche).round;
    const { kind } = said;
    const tranche = (name: string, key = kind as string) => this.#tranche(name, key);
    const sender = relayed === undefined ? client : Cast.account(relayed);
    const signers = [client, provider].filter((one) => one !== sender);
    switch (kind) {
      case "opened": {
        const fundNow = said.value === true ? 0 : this.#mask(said.value.fund, `${kind}.fund`);
        return [{ verb: "open", by: sender, signers, fundNow }];
      }
      case "revoked":
        return [{ verb: "revoke", by: account(said.value), byClient: said.value === "client" }];
      case "funded":
        return [{ verb: "fund", by: client, tranches: this.#mask(said.value, kind) }];
      case "delivered": {
        const i = tranche(said.value);
        return [{ verb: "deliver", by: worker, tranche: i, round: round(i) }];
      }
      case "accepted": {
        const rounds = state.cells.map((one) => one.round);
        return [{ verb: "accept", by: judge, tranches: this.#mask(said.value, kind), rounds }];
      }
      case "accepted in part": {
        const i = tranche(said.value.milestone, `${kind}.milestone`);
        const shareBps = Share.parse(said.value.share);
        return [{ verb: "acceptPart", by: judge, tranche: i, round: round(i), shareBps }];
      }
      case "rejected": {
        const i = tranche(said.value);
        return [{ verb: "reject", by: judge, tranche: i, round: round(i) }];
      }
      case "contested": {
        const i = tranche(said.value.milestone, `${kind}.milestone`);
        const { by } = said.value;
        return [{ verb: "contest", by: Cast.account(by), byClient: by === "client", tranche: i, round: round(i) }];
      }
      case "answered": {
        const i = tranche(said.value);
        const isByClient = State.cell(state, i).code === State.Code.ContestedByClient;
        return [{ verb: "answer", by: isByClient ? provider : client, tranche: i, round: round(i) }];
      }
      case "arbitrated": {
        const number = cases + 1n;
        return [{ verb: "arbitrate", by: anyone, tranche: tranche(said.value), cost: 0n, number }];
      }
      case "ruled":
        return this.#ruled(said.value);
      case "reported":
        return [{ verb: "report", by: anyone, value: BigInt(said.value), attested: true }];
      case "claimed":
        return Happening.list(said.value).map((name) => claim(state, tranche(name)));
      case "terminated":
        return [{ verb: "terminate", by: client, tranches: this.#mask(said.value, kind) }];
      case "extended": {
        const i = tranche(said.value);
        const isClient = state.agreement.work.tranches[i]?.extender === 1;
        return [{ verb: "extend", by: isClient ? client : provider, tranche: i }];
      }
      case "change order":
        return [this.#changeOrder(said.value, sender, signers)];
      case "settled":
        return [this.#settle(said.value, sender, signers)];
      case "payee named":
        return [{ verb: "namePayee", by: provider, payee: account(said.value) }];
      case "delegate revoked":
        return [{ verb: "revokeDelegate", by: account(said.value), byClient: said.value === "client" }];
      case "credit redirected": {
        const { of, to, amount } = said.value;
        const owner = account(of);
        const credit = state.credits[owner] ?? 0n;
        const units = amount === undefined ? credit : this.#scene.units(amount, `${kind}.amount`);
        return [{ verb: "redirect", by: owner, owner, to: account(to), amount: units }];
      }
      case "credit pushed":
        return [{ verb: "push", by: anyone, owner: account(said.value) }];
      default:
        throw new Error(`${kind} of ${terms.title.en} is no act`);
    }
  }

  #ruled({ milestone, share = "", refuses, votes }: Value<"ruled">): readonly Act.Act[] {
    const { fail, panel, arbitrator, state } = this.#scene;
    const i = this.#tranche(milestone, "ruled.milestone");
    const choice = refuses ? REFUSES : Dispute.choiceOf(Share.parse(share));
    if (choice === undefined) {
      const expected = both("a whole percent from 0 % to 100 %", "0 % 至 100 % 的整数百分比");
      return fail("ruled.share", (place) => new Errors.WrongForm({ ...place, expected }));
    }
    const signed = votes ?? panel.votes;
    if (signed < panel.votes || signed > panel.members) {
      const expected = both(`${panel.votes} to ${panel.members} votes`, ` ${panel.votes} 至 ${panel.members} 票`);
      return fail("ruled.votes", (place) => new Errors.WrongForm({ ...place, expected }));
    }
    const ruling = BigInt(choice);
    if (state.agreement.arbitration.panel) {
      const members = Cast.ascending(panel.members, Cast.panelist).slice(0, signed);
      const payees = members.map(({ address }) => address);
      return [{ verb: "rulePanel", by: arbitrator, tranche: i, ruling, payees }];
    }
    const number = state.cases[i]?.number;
    // Without a case, or after its first ruling, there is nothing to rule: the claim tells why.
    const isRuled = state.rulings.some((one) => one.number === number);
    if (number === undefined || isRuled) return [claim(state, i)];
    return [{ verb: "rule", by: arbitrator, number, ruling }, claim(state, i)];
  }

  #changeOrder({ fund, ...changes }: Value<"change order">, by: Address, signers: readonly Address[]): Act.Act {
    const terms = this.#scene.amend(changes);
    const fundNow = this.#mask(fund ?? [], '["change order"].fund', terms);
    return { verb: "amend", by, signers, next: Terms.toAgreement(terms), nextId: Terms.hash(terms), fundNow };
  }

  #settle({ provider, client, deposits }: Value<"settled">, by: Address, signers: readonly Address[]): Act.Act {
    const { state, units } = this.#scene;
    const open = [...state.agreement.work.tranches.keys()].filter((i) => !State.isTerminal(State.cell(state, i)));
    const held = open.reduce((sum, i) => sum + Account.held(state, i), 0n);
    const toProvider = units(provider, "settled.provider");
    const rest = held > toProvider ? held - toProvider : 0n;
    const toClient = client === undefined ? rest : units(client, "settled.client");
    const own = (side: "client" | "provider") => open.reduce((sum, i) => sum + posted(state, i, side), 0n);
    const [depositsToClient, depositsToProvider] = deposits
      ? [units(deposits.client, "settled.deposits.client"), units(deposits.provider, "settled.deposits.provider")]
      : [own("client"), own("provider")];
    return { verb: "settle", by, signers, toProvider, toClient, depositsToProvider, depositsToClient };
  }
}

/** What a side has posted for a tranche; of one that was fronted, the client is left its own. */
function posted(state: State.State, i: number, side: "client" | "provider"): bigint {
  const { Code } = State;
  const whose: Partial<Record<State.Code, readonly string[]>> = {
    [Code.ContestedByClient]: ["client"],
    [Code.ContestedByProvider]: ["provider"],
    [Code.ContestedUndelivered]: ["provider"],
    [Code.Disputed]: ["client", "provider"],
    [Code.Arbitrated]: ["client"],
  };
  return whose[State.cell(state, i).code]?.includes(side) ? Account.deposit(state, i) : 0n;
}
