/** Plays what happens in a deal, act by act, on a stage, and holds what the stage did against what the rules foretell. */
import {
  type Act,
  type Agreement,
  Errors,
  InputError,
  Machine,
  Money,
  Refusal,
  State,
  Terms,
  Time,
} from "../agreement/index.ts";
import * as Clock from "../agreement/machine/Clock.ts";
import type { Happening as Fact } from "../ledger/Fact.ts";
import * as Cast from "./Cast.ts";
import * as Deal from "./Deal.ts";
import * as DealTerms from "./DealTerms.ts";
import { LedgerDisagrees, RehearsalStopped, unended } from "./Errors.ts";
import * as Form from "./Form.ts";
import * as Happening from "./Happening.ts";
import * as Meaning from "./Meaning.ts";
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
    this.#checkParticulars(said, particulars);
    if (said.kind === "blacklisted" || said.kind === "unlisted") return this.#list(said, particulars);
    if (said.kind === "silence") return this.#wait(said.value, particulars);
    if (said.kind === "claimed" && said.value === Happening.EVERYTHING) return this.#claimAll(particulars);
    for (const act of this.#meaning(particulars).acts(said)) await this.#perform(act, particulars);
  }

  /** Nothing that is said may go unheard. */
  #checkParticulars(said: Happening.Said, { relayed, by, tip, refused }: Happening.Particulars) {
    const isNobodys =
      ["silence", "blacklisted", "unlisted"].includes(said.kind) ||
      (said.kind === "claimed" && said.value === Happening.EVERYTHING);
    const expected = both("nothing here: nobody signs or sends this", "此处不填：无人签署或发送");
    for (const [key, found] of Object.entries({ relayed, tip, refused })) {
      if (isNobodys && found !== undefined)
        this.#fail(new Errors.ClauseConflict({ field: `${this.#field}.${key}`, found, expected }));
    }
    if (by !== undefined && !Meaning.DELEGATED.includes(said.kind)) {
      const delegated = both("a delegate only to deliver, accept or reject", "代理人仅可交付、验收或拒收");
      this.#fail(new Errors.ClauseConflict({ field: `${this.#field}.by`, found: by, expected: delegated }));
    }
    if (tip !== undefined && (relayed === undefined || !Meaning.TIPPED.includes(said.kind))) {
      const relayer = both("a tip only where a relayer sends what one side signed", "仅在代发一方签署的操作时有酬金");
      this.#fail(new Errors.ClauseConflict({ field: `${this.#field}.tip`, found: tip, expected: relayer }));
    }
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

  #units(amount: string | number, key: string): bigint {
    return this.#try(key, () => Money.parse(String(amount), this.#currency.scale, "amount"));
  }

  #meaning(particulars: Happening.Particulars): Meaning.Meaning {
    return new Meaning.Meaning({
      ...this.#subject,
      relayed: particulars.relayed,
      by: particulars.by,
      panel: DealTerms.panelOf(this.#read.deal),
      arbitrator: this.#stage.cast.arbitrator,
      cases: this.#cases,
      fail: (key, make) => {
        const field = `${this.#field}${key.startsWith("[") ? "" : "."}${key}`;
        return this.#fail(make({ field, found: Source.find(this.#read.source, field) }));
      },
      units: (amount, key) => this.#units(amount, key),
      amend: (changes) => this.#amend(changes),
    });
  }

  /** The terms that a change order puts in the place of those in force, once it is carried out. */
  #amend(changes: Meaning.Changes): Terms.Terms {
    // Without a date of its own it may be opened for a day.
    const openBy = changes.openBy ?? When.format(this.#now + Time.DAY, this.#frame.zone).slice(0, 16);
    const deal = DealTerms.amended(this.#deal, { ...changes, openBy } as Partial<Deal.Deal>);
    const { terms } = this.#expand(deal, this.#subject.id, `${this.#field}["change order"]`);
    this.#next = { deal, terms };
    return terms;
  }

  async #list(said: Extract<Happening.Said, { kind: "blacklisted" | "unlisted" }>, { note }: Happening.Particulars) {
    const account = Meaning.account(said.value);
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
      const claims = [...state.agreement.work.tranches.keys()].map((i) => Meaning.claim(state, i));
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
    const next = act.verb === "amend" && this.#next ? { next: this.#next.terms } : {};
    const deed = { act, sender, agreement: state.agreement, id, terms: subject.terms, ...next };
    const done = await this.#stage.perform(this.#now, deed);
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
    if (act.verb === "arbitrate") this.#cases += 1n;
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
