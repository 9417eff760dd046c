/** Plays what happens in a deal, act by act, on a stage, and holds what the stage did against what the rules foretell. */
import {
  type Act,
  type Agreement,
  Dispute,
  Errors,
  InputError,
  Machine,
  Money,
  Refusal,
  Share,
  State,
  Terms,
  Time,
} from "../agreement/index.ts";
import * as Account from "../agreement/machine/Account.ts";
import * as Clock from "../agreement/machine/Clock.ts";
import type { Happening as Fact } from "../ledger/Fact.ts";
import * as Cast from "./Cast.ts";
import * as Deal from "./Deal.ts";
import * as DealTerms from "./DealTerms.ts";
import { LedgerDisagrees, RehearsalStopped, unended } from "./Errors.ts";
import * as Form from "./Form.ts";
import * as Happening from "./Happening.ts";
import * as Source from "./Source.ts";
import * as Speech from "./Speech.ts";
import type { Open, Performed, Stage } from "./Stage.ts";
import * as When from "./When.ts";

const { both } = InputError;
type Words = InputError.Words;
type Address = Agreement.Address;

/** One thing that happened. `by` and `relayer` are names of stand-ins. */
export type Step = {
  at: number;
  says: Words;
  note: Words | undefined;
  by: string;
  relayer: string | undefined;
  /** Index of the agreement that it was about. */
  agreement: number;
  /** It was refused, as expected, and nothing changed. */
  refused: Refusal.Refusal | undefined;
  transfers: readonly Machine.Transfer[];
  facts: readonly Fact[];
  gas: bigint | undefined;
  transactions: readonly Agreement.Hex[];
};

/** An agreement as it stands in the end. */
export type Subject = { id: Agreement.Hex; terms: Terms.Terms; state: State.State };

/** One run of a deal from its opening on. */
export type Played = {
  title: Words | undefined;
  stage: Words;
  zone: number;
  currency: Money.Currency;
  /** The first, and those that change orders put in its place. */
  agreements: readonly Subject[];
  steps: readonly Step[];
  /** Field of the file whose `expect` this run is held against. */
  expect: string;
};

export type Options = {
  /** Told before each run and each act. */
  progress?: (says: Words) => void;
};

/**
 * Every run of the deal, each on a stage of its own.
 * Throws `BadFile`, `RehearsalStopped` at an act that the rules refuse unexpectedly, or `LedgerDisagrees`.
 */
export async function play(read: Deal.Read, open: Open, options: Options = {}): Promise<readonly Played[]> {
  const { deal } = read;
  const runs = deal.runs ?? [undefined];
  const played: Played[] = [];
  for (const [index, run] of runs.entries()) {
    const expect = run ? `runs[${index}].expect` : "expect";
    const entries = [
      ...(deal.happens ?? []).map((happening, at) => ({ happening, field: `happens[${at}]` })),
      ...(run?.happens ?? []).map((happening, at) => ({ happening, field: `runs[${index}].happens[${at}]` })),
    ];
    if (entries.length === 0) {
      const expected = both("what happens, to be rehearsed", "预演所需的经过");
      throw Deal.located(read.source, [new Errors.MissingField({ field: "happens", expected })]);
    }
    const stage = await open(needs(deal));
    try {
      const title = run && Speech.words(run.title);
      if (title && options.progress) options.progress(title);
      const one = new Play(read, stage, options);
      for (const { happening, field } of entries) await one.happen(happening, field);
      played.push(one.end(title, expect));
    } finally {
      await stage.close();
    }
  }
  return played;
}

function needs(deal: Deal.Deal) {
  const { opening } = Deal.frame(deal);
  const { scale } = Deal.currencyOf(deal);
  return { from: opening, scale, panel: DealTerms.panelOf(deal), reporters: DealTerms.reportersOf(deal) };
}

/** Far enough: the ledger's own clock ends in 2089. */
const FOREVER = Time.LATEST + 9 * 365 * Time.DAY;

class Play {
  readonly #read: Deal.Read;
  readonly #stage: Stage;
  readonly #options: Options;
  readonly #frame: ReturnType<typeof Deal.frame>;
  readonly #currency: Money.Currency;
  readonly #steps: Step[] = [];
  readonly #agreements: Subject[] = [];
  readonly #listed = new Set<Address>();
  /** With its change orders. */
  #deal: Deal.Deal;
  #now: number;
  #field = "";
  #cases = 0n;
  /** What a change order under way puts in the place of the deal. */
  #next: { deal: Deal.Deal; terms: Terms.Terms } | undefined;

  constructor(read: Deal.Read, stage: Stage, options: Options) {
    this.#read = read;
    this.#stage = stage;
    this.#options = options;
    this.#deal = read.deal;
    this.#frame = Deal.frame(read.deal);
    const { code, scale } = Deal.currencyOf(read.deal);
    this.#currency = { code, scale };
    this.#now = this.#frame.opening;
    const { terms } = this.#expand(read.deal);
    this.#adopt(terms);
  }

  end(title: Words | undefined, expect: string): Played {
    const { zone } = this.#frame;
    return {
      title,
      stage: this.#stage.name,
      zone,
      currency: this.#currency,
      agreements: this.#agreements,
      steps: this.#steps,
      expect,
    };
  }

  /** Adds what happened to the steps. */
  async happen(happening: Happening.Happening, field: string) {
    this.#field = field;
    const { said, particulars } = Happening.read(happening);
    if (particulars.on !== undefined) {
      const at = this.#try("on", () => When.parse(particulars.on, `${field}.on`, this.#frame));
      if (at < this.#now) {
        const before = When.format(this.#now, this.#frame.zone);
        const expected = both(`not before ${before}, when the one before happened`, `不早于前一条的 ${before}`);
        this.#fail(new Errors.DatesOutOfOrder({ field: `${field}.on`, found: particulars.on, expected }));
      }
      this.#now = at;
    }
    if (said.kind === "blacklisted" || said.kind === "unlisted") return this.#list(said, particulars);
    if (said.kind === "silence") return this.#wait(said.value, particulars);
    if (said.kind === "claimed" && said.value === Happening.EVERYTHING) return this.#claimAll(particulars);
    for (const act of this.#acts(said, particulars)) await this.#perform(act, particulars);
  }

  get #subject(): Subject {
    const last = this.#agreements.at(-1);
    if (!last) throw new Error("no agreement");
    return last;
  }

  #adopt(terms: Terms.Terms): Subject {
    const id = Terms.hash(terms);
    const subject = { id, terms, state: State.unopened(Terms.toAgreement(terms), id) };
    this.#agreements.push(subject);
    return subject;
  }

  #expand(deal: Deal.Deal, replaces?: string, within?: string): DealTerms.Expanded {
    const salt = DealTerms.saltOf(`${replaces ?? ""}${JSON.stringify(deal)}`);
    const options: DealTerms.Options = { salt, cast: this.#stage.cast, standIns: "all" };
    const read = { deal, source: this.#read.source };
    return DealTerms.expand(read, replaces === undefined ? options : { ...options, replaces }, within);
  }

  #fail(...problems: InputError.InputError[]): never {
    throw Deal.located(this.#read.source, problems);
  }

  #try<T>(key: string, parse: () => T): T {
    const problems = InputError.problemsOf(parse);
    if (problems.length === 0) return parse();
    const field = `${this.#field}.${key}`;
    const found = Source.find(this.#read.source, field);
    return this.#fail(...problems.map((problem) => Form.renamed(problem, field, found)));
  }

  /** Tranche of a name. */
  #tranche(name: string, key: string): number {
    const { terms } = this.#subject;
    const known = [...terms.milestones.map((one) => one.name), ...(terms.outcome ? ["outcome"] : [])];
    const found = known.indexOf(name);
    if (found < 0) this.#fail(new Errors.UnknownName({ field: `${this.#field}.${key}`, found: name, known }));
    return found;
  }

  #mask(names: string | readonly string[], key: string): number {
    return Happening.list(names).reduce((mask, name) => mask | (1 << this.#tranche(name, key)), 0);
  }

  #units(amount: string | number, key: string): bigint {
    return this.#try(key, () => Money.parse(String(amount), this.#currency.scale, "amount"));
  }

  /** Of a name in the file, which is shown in both languages from then on. */
  #account(label: Words | string): Address {
    const words = Speech.words(label);
    if (words.en !== words.zh) Cast.call(words.en, words);
    return Cast.account(words.en);
  }

  /** What is said, as acts of the machine. */
  #acts(said: Happening.Said, { relayed }: Happening.Particulars): readonly Act.Act[] {
    const { state, terms } = this.#subject;
    const client = Cast.account("client");
    const provider = Cast.account("provider");
    const anyone = Cast.account(Cast.ANYONE);
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
        return [{ verb: "revoke", by: this.#account(said.value), byClient: said.value === "client" }];
      case "funded":
        return [{ verb: "fund", by: client, tranches: this.#mask(said.value, kind) }];
      case "delivered": {
        const i = tranche(said.value);
        return [{ verb: "deliver", by: provider, tranche: i, round: round(i) }];
      }
      case "accepted": {
        const rounds = state.cells.map((one) => one.round);
        return [{ verb: "accept", by: client, tranches: this.#mask(said.value, kind), rounds }];
      }
      case "accepted in part": {
        const i = tranche(said.value.milestone, `${kind}.milestone`);
        const shareBps = Share.parse(said.value.share);
        return [{ verb: "acceptPart", by: client, tranche: i, round: round(i), shareBps }];
      }
      case "rejected": {
        const i = tranche(said.value);
        return [{ verb: "reject", by: client, tranche: i, round: round(i) }];
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
        this.#cases += 1n;
        return [{ verb: "arbitrate", by: anyone, tranche: tranche(said.value), cost: 0n, number: this.#cases }];
      }
      case "ruled":
        return this.#ruled(said.value);
      case "reported":
        return [{ verb: "report", by: anyone, value: BigInt(said.value), attested: true }];
      case "claimed":
        return Happening.list(said.value).map((name) => this.#claim(tranche(name)));
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
        return [{ verb: "namePayee", by: provider, payee: this.#account(said.value) }];
      case "delegate revoked":
        return [{ verb: "revokeDelegate", by: this.#account(said.value), byClient: said.value === "client" }];
      case "credit redirected": {
        const { of, to, amount } = said.value;
        const owner = this.#account(of);
        const units = amount === undefined ? this.#creditOf(owner) : this.#units(amount, `${kind}.amount`);
        return [{ verb: "redirect", by: owner, owner, to: this.#account(to), amount: units }];
      }
      case "credit pushed":
        return [{ verb: "push", by: anyone, owner: this.#account(said.value) }];
      default:
        throw new Error(`${kind} of ${terms.title.en} is no act`);
    }
  }

  #creditOf(owner: Address): bigint {
    return this.#subject.state.credits[owner] ?? 0n;
  }

  #claim(tranche: number): Act.Act {
    const number = this.#subject.state.cases[tranche]?.number;
    const claim = { verb: "claim", by: Cast.account(Cast.ANYONE), tranche } as const;
    return number === undefined ? claim : { ...claim, number };
  }

  #ruled({
    milestone,
    share,
    votes,
  }: {
    milestone: string;
    share: string;
    votes?: number | undefined;
  }): readonly Act.Act[] {
    const i = this.#tranche(milestone, "ruled.milestone");
    const choice = Dispute.choiceOf(Share.parse(share));
    if (choice === undefined) {
      const expected = both("a whole percent from 0 % to 100 %", "0 % 至 100 % 的整数百分比");
      this.#fail(new Errors.WrongForm({ field: `${this.#field}.ruled.share`, found: share, expected }));
    }
    const { members, votes: quorum } = DealTerms.panelOf(this.#read.deal);
    const signed = votes ?? quorum;
    if (signed < quorum || signed > members) {
      const expected = both(`${quorum} to ${members} votes`, ` ${quorum} 至 ${members} 票`);
      this.#fail(new Errors.WrongForm({ field: `${this.#field}.ruled.votes`, found: votes, expected }));
    }
    const arbitrator = this.#stage.cast.arbitrator;
    const ruling = BigInt(choice);
    if (this.#subject.state.agreement.arbitration.panel) {
      const payees = Cast.ascending(members, Cast.panelist)
        .slice(0, signed)
        .map(({ address }) => address);
      return [{ verb: "rulePanel", by: arbitrator, tranche: i, ruling, payees }];
    }
    const number = this.#subject.state.cases[i]?.number ?? 0n;
    return [{ verb: "rule", by: arbitrator, number, ruling }, this.#claim(i)];
  }

  #changeOrder(
    { fund, ...changes }: Extract<Happening.Said, { kind: "change order" }>["value"],
    by: Address,
    signers: readonly Address[],
  ): Act.Act {
    const before = this.#subject;
    // Without a date of its own it may be opened for a day.
    const openBy = changes.openBy ?? When.format(this.#now + Time.DAY, this.#frame.zone).slice(0, 16);
    const deal = DealTerms.amended(this.#deal, { ...changes, openBy } as Partial<Deal.Deal>);
    const within = `${this.#field}["change order"]`;
    const { terms } = this.#expand(deal, before.id, within);
    const known = [...terms.milestones.map((one) => one.name), ...(terms.outcome ? ["outcome"] : [])];
    const fundNow = Happening.list(fund ?? []).reduce((mask, name) => {
      const at = known.indexOf(name);
      if (at < 0) this.#fail(new Errors.UnknownName({ field: `${within}.fund`, found: name, known }));
      return mask | (1 << at);
    }, 0);
    this.#next = { deal, terms };
    return { verb: "amend", by, signers, next: Terms.toAgreement(terms), nextId: Terms.hash(terms), fundNow };
  }

  #settle(
    { provider, client, deposits }: Extract<Happening.Said, { kind: "settled" }>["value"],
    by: Address,
    signers: readonly Address[],
  ): Act.Act {
    const { state } = this.#subject;
    const open = [...state.agreement.work.tranches.keys()].filter((i) => !State.isTerminal(State.cell(state, i)));
    const held = open.reduce((sum, i) => sum + Account.held(state, i), 0n);
    const toProvider = this.#units(provider, "settled.provider");
    const rest = held > toProvider ? held - toProvider : 0n;
    const toClient = client === undefined ? rest : this.#units(client, "settled.client");
    const own = open.reduce(
      (sums, i) => {
        const { code } = State.cell(state, i);
        const one = Account.deposit(state, i);
        if (code === State.Code.ContestedByClient) return { ...sums, client: sums.client + one };
        if (code === State.Code.ContestedByProvider || code === State.Code.ContestedUndelivered)
          return { ...sums, provider: sums.provider + one };
        if (code === State.Code.Disputed) return { client: sums.client + one, provider: sums.provider + one };
        if (code === State.Code.Arbitrated) return { ...sums, client: sums.client + one };
        return sums;
      },
      { client: 0n, provider: 0n },
    );
    const given = deposits && {
      client: this.#units(deposits.client, "settled.deposits.client"),
      provider: this.#units(deposits.provider, "settled.deposits.provider"),
    };
    const { client: depositsToClient, provider: depositsToProvider } = given ?? own;
    return { verb: "settle", by, signers, toProvider, toClient, depositsToProvider, depositsToClient };
  }

  async #list(said: Extract<Happening.Said, { kind: "blacklisted" | "unlisted" }>, { note }: Happening.Particulars) {
    const account = this.#account(said.value);
    const refused = said.kind === "blacklisted";
    await this.#stage.list(this.#now, { account, refused });
    if (refused) this.#listed.add(account);
    else this.#listed.delete(account);
    const who = Speech.account(Speech.words(said.value).en, this.#subject.terms);
    const says = refused
      ? both(`The token refuses payments to ${who.en}.`, `代币拒绝向${who.zh}付款。`)
      : both(`The token pays ${who.en} again.`, `代币恢复向${who.zh}付款。`);
    this.#steps.push({
      ...EMPTY,
      at: this.#now,
      says,
      note: note === undefined ? undefined : Speech.words(note),
      by: "token",
      agreement: this.#agreements.length - 1,
    });
  }

  /** Nobody acts until then; what can be claimed is claimed at its first minute. */
  async #wait(length: string, particulars: Happening.Particulars) {
    const until = /^until (.+)$/.exec(length)?.[1];
    const end =
      length === Happening.TO_THE_END
        ? FOREVER
        : until === undefined
          ? this.#now + Time.duration(length, "silence", { max: FOREVER })
          : this.#try("silence", () => When.parse(until, "silence", this.#frame));
    for (;;) {
      await this.#claimAll(particulars);
      const { state } = this.#subject;
      const times = [...state.agreement.work.tranches.keys()].flatMap((i) => Clock.claimableAt(state, i) ?? []);
      const next = Math.min(...times.filter((at) => at > this.#now && at <= end));
      if (!Number.isFinite(next)) break;
      this.#now = next;
    }
    if (end !== FOREVER) this.#now = Math.max(this.#now, end);
  }

  /** Whatever can be claimed now, also what becomes claimable by that. */
  async #claimAll(particulars: Happening.Particulars) {
    for (;;) {
      const { state } = this.#subject;
      if (!State.isUsed(state)) return;
      const claims = [...state.agreement.work.tranches.keys()].map((i) => this.#claim(i));
      const claim = claims.find((act) => !Refusal.is(this.#foretell(act)));
      if (!claim) return;
      await this.#perform(claim, {
        ...particulars,
        relayed: undefined,
        tip: undefined,
        refused: undefined,
      } as Happening.Particulars);
    }
  }

  #foretell(act: Act.Act): Machine.Change | Refusal.Refusal {
    return Machine.decide(this.#subject.state, act, this.#now, { refuses: (to) => this.#listed.has(to) });
  }

  async #perform(plain: Act.Act, { note, relayed, tip, refused }: Happening.Particulars) {
    const subject = this.#subject;
    const agreement = this.#agreements.length - 1;
    const sender = relayed ?? Cast.nameOf(plain.by) ?? Cast.ANYONE;
    const units = tip === undefined ? 0n : this.#units(tip, "tip");
    const act: Act.Act = units === 0n ? plain : { ...plain, tip: { to: Cast.account(sender), amount: units } };
    const by = signerOf(act);
    const isRelayed = relayed !== undefined && sender !== by && !("signers" in act);
    const foretold = this.#foretell(act);
    const says = Speech.act(act, subject.terms, this.#currency, foretold);
    this.#options.progress?.(says);
    const { id, state } = subject;
    const done = await this.#stage.perform(this.#now, { act, sender, agreement: state.agreement, id });
    const step = {
      at: this.#now,
      says,
      note: note === undefined ? undefined : Speech.words(note),
      by,
      relayer: isRelayed ? sender : undefined,
      agreement,
    };
    if (Refusal.is(foretold)) {
      if (!Refusal.is(done) || done.refused !== foretold.refused) throw disagree(says, foretold, done);
      if (refused !== foretold.refused) throw this.#stopped(says, foretold);
      this.#next = undefined;
      this.#steps.push({ ...EMPTY, ...step, refused: foretold });
      return;
    }
    if (Refusal.is(done)) throw disagree(says, foretold, done);
    if (refused !== undefined) {
      const expected = both(
        `to be refused with ${refused}, but it was carried out`,
        `被拒绝（${refused}），但实际已执行`,
      );
      this.#fail(new Errors.WrongForm({ field: `${this.#field}.refused`, found: refused, expected }));
    }
    this.#compare(says, foretold, done);
    subject.state = foretold.state;
    const { movements: _, ...rest } = done;
    this.#steps.push({ ...EMPTY, ...step, transfers: foretold.transfers, ...rest });
    if (foretold.next && this.#next) {
      const { deal, terms } = this.#next;
      this.#deal = deal;
      this.#agreements.push({ id: foretold.next.id, terms, state: foretold.next });
      this.#next = undefined;
    }
  }

  #stopped(says: Words, refusal: Refusal.Refusal): RehearsalStopped {
    const { refused, rule } = refusal;
    const { name, at } = this.#read.source;
    return new RehearsalStopped(name, at(this.#field), says, { refused, rule, says: Refusal.explain(refusal) });
  }

  /** What each account gained must be what the rules foretold. */
  #compare(says: Words, { transfers }: Machine.Change, { movements }: Performed) {
    const { escrow } = this.#stage.cast;
    const place = (who: Address | "escrow") => (who === "escrow" ? escrow : who);
    const foretold = books(
      transfers
        .filter(({ creditOf }) => creditOf === undefined)
        .map(({ from, to, amount }) => ({ from: place(from), to: place(to), amount })),
    );
    const done = books(movements);
    for (const account of new Set([...foretold.keys(), ...done.keys()])) {
      const [expected, found] = [foretold.get(account) ?? 0n, done.get(account) ?? 0n];
      if (expected === found) continue;
      const what = both(
        `${unended(says).en}: ${account} gained ${found}, foretold were ${expected}`,
        `${unended(says).zh}：${account} 增加 ${found}，应为 ${expected}`,
      );
      throw new LedgerDisagrees(what);
    }
  }
}

const EMPTY: Step = {
  at: 0,
  says: both("", ""),
  note: undefined,
  by: "",
  relayer: undefined,
  agreement: 0,
  refused: undefined,
  transfers: [],
  facts: [],
  gas: undefined,
  transactions: [],
};

const signerOf = (act: Act.Act): string =>
  Cast.nameOf(act.by) ?? (act.verb === "rulePanel" || act.verb === "rule" ? "arbitrator" : Cast.ANYONE);

function books(movements: readonly { from: Address; to: Address; amount: bigint }[]): Map<Address, bigint> {
  const sums = new Map<Address, bigint>();
  const add = (who: Address, amount: bigint) => sums.set(who, (sums.get(who) ?? 0n) + amount);
  for (const { from, to, amount } of movements) {
    add(from, -amount);
    add(to, amount);
  }
  return sums;
}

function disagree(
  says: Words,
  foretold: Machine.Change | Refusal.Refusal,
  done: Performed | Refusal.Refusal,
): LedgerDisagrees {
  const name = (result: object) => (Refusal.is(result) ? both(result.refused, result.refused) : both("done", "已执行"));
  const [rules, ledger] = [name(foretold), name(done)];
  return new LedgerDisagrees(
    both(
      `${unended(says).en}: by the rules ${rules.en}, on the ledger ${ledger.en}`,
      `${unended(says).zh}：按规则 ${rules.zh}，账本 ${ledger.zh}`,
    ),
  );
}
