/** The whole terms document that a deal file comes to, and what is wrong with it in the deal file's own fields. */
import * as Field from "../agreement/Field.ts";
import { Errors, Evidence, InputError, Money, PayoutCurve, Share, Terms, Time } from "../agreement/index.ts";
import * as Cast from "./Cast.ts";
import * as Clauses from "./Clauses.ts";
import * as Deal from "./Deal.ts";
import * as Form from "./Form.ts";
import * as Source from "./Source.ts";
import * as When from "./When.ts";

const { both } = InputError;
type Words = InputError.Words;
type Problem = InputError.InputError;
type Draft = { -readonly [K in keyof Terms.Terms]: Terms.Terms[K] };

export type Options = {
  /** 32 bytes; the deal's own comes first. */
  salt: string;
  cast?: Cast.Cast;
  /** `missing`: stand-ins only where the deal names nobody; `all`: everywhere, for a rehearsal. */
  standIns?: "missing" | "all";
  /** Id of the agreement that this one replaces. */
  replaces?: string;
  /** Unix minute: dates that have passed are refused. */
  now?: number;
};

/** `standIns`: fields of the document that hold a stand-in. */
export type Expanded = { terms: Terms.Terms; standIns: readonly string[] };

/** Throws `BadFile` with all problems, at the deal file's fields and lines. */
export function expand({ deal, source }: Deal.Read, options: Options, within = ""): Expanded {
  const draft = new Drafting(deal, within);
  const made = draft.make(options);
  if (draft.problems.length > 0) throw Deal.located(source, draft.problems);
  const standIns = cast(made, options);
  const checked = Terms.check(made, options.now === undefined ? {} : { now: options.now });
  if (!("problems" in checked)) return { terms: checked.terms, standIns };
  const problems = checked.problems.map((problem) => {
    const field = draft.fieldOf(problem.field);
    return Form.renamed(problem, field, Source.find(source, field));
  });
  throw Deal.located(source, problems);
}

/** The same salt for the same text, so that a rehearsal can be repeated. */
export function saltOf(text: string): string {
  return Evidence.contentHash(text);
}

/** Names accounts and contracts; gives the fields where a stand-in stands. */
function cast(terms: Draft, { cast = Cast.PAPER, standIns = "missing" }: Options): string[] {
  const fields: string[] = [];
  const put = (field: string, value: string) => {
    const path = Field.stepsOf(field);
    if (standIns === "missing" && Field.valueAt(terms, path) !== undefined) return;
    Field.setAt(terms, path, value);
    fields.push(field);
  };
  if (terms.rail === "token") {
    const chosen = terms.registrar as { escrow?: string } | undefined;
    if (standIns === "all" || chosen?.escrow === undefined) {
      terms.registrar = { kind: "chain", chainId: cast.chainId, escrow: cast.escrow };
      fields.push("registrar");
    }
    put("currency.token", cast.token);
  }
  put("parties.client.address", Cast.account("client"));
  put("parties.provider.address", Cast.account("provider"));
  for (const side of ["client", "provider"] as const)
    if (standIns === "all" && terms.parties[side].delegate)
      put(`parties.${side}.delegate`, Cast.account(`${side}'s delegate`));
  if (terms.fees.platform !== "0 %") put("fees.recipient", Cast.account("platform"));
  if (terms.arbitration.by) put("arbitration.by.address", cast.arbitrator);
  if (terms.outcome?.metric === "reported") put("outcome.source", cast.source);
  return fields;
}

const BUILT_IN: Record<string, { metric: "daysLate" | "shareAccepted"; title: Words; unit: Words }> = {
  [Clauses.DAYS_LATE]: { metric: "daysLate", title: both("Days late", "迟延天数"), unit: both("days", "天") },
  [Clauses.SHARE_ACCEPTED]: {
    metric: "shareAccepted",
    title: both("Share accepted", "验收比例"),
    unit: both("hundredths of a percent", "万分之一"),
  },
};

class Drafting {
  readonly deal: Deal.Deal;
  readonly problems: Problem[] = [];
  /** Field of the document, and the field of the deal that it came from. */
  readonly #origins: [string, string][] = [];
  readonly #within: string;
  readonly #currency: Money.Currency & { token?: string };
  readonly #frame: When.Frame & { opening: number };

  /** `within`: where the clauses stand in the file, for a change order. */
  constructor(deal: Deal.Deal, within: string) {
    this.deal = deal;
    this.#within = within;
    this.#currency = Deal.currencyOf(deal);
    let frame: (When.Frame & { opening: number }) | undefined;
    this.read(() => {
      frame = Deal.frame(deal);
    }, undefined);
    this.#frame = frame ?? { opening: Time.EARLIEST, dayZero: Time.EARLIEST, zone: 0 };
  }

  /** The deal's field that a field of the document came from. */
  fieldOf(field: string): string {
    const found = this.#origins
      .filter(([at]) => Field.isWithin(field, at))
      .toSorted(([one], [other]) => other.length - one.length)[0];
    if (!found) return this.#place(field);
    const [at, origin] = found;
    return origin + field.slice(at.length);
  }

  /** A clause of a change order stands inside it; what it does not give anew stands at the top. */
  #place(field: string): string {
    return this.#within && this.#given(field) ? `${this.#within}.${field}` : field;
  }

  #given(field: string): boolean {
    return changedClauses(this.deal).has(String(Field.stepsOf(field)[0]));
  }

  #from(field: string, origin: string) {
    this.#origins.push([field, this.#place(origin)]);
  }

  read<T>(parse: () => T, otherwise: T): T {
    const found = InputError.problemsOf(parse);
    if (found.length === 0) return parse();
    this.problems.push(
      ...found.map((problem) => Form.renamed(problem, this.#place(problem.field), this.#found(problem.field))),
    );
    return otherwise;
  }

  #found(field: string): unknown {
    return Field.valueAt(this.deal, Field.stepsOf(field));
  }

  #minute(text: string | undefined, field: string, otherwise: number): number {
    return text === undefined ? otherwise : this.read(() => When.parse(text, field, this.#frame), otherwise);
  }

  #time(text: string | undefined, field: string, otherwise: number): string {
    return Time.format(this.#minute(text, field, otherwise));
  }

  #units(amount: string | number | undefined, field: string): bigint {
    if (amount === undefined) return 0n;
    return this.read(() => Money.parse(String(amount), this.#currency.scale, field), 0n);
  }

  #text(units: bigint): string {
    return Money.format(units, this.#currency.scale);
  }

  make({ salt, replaces }: Options): Draft {
    const { deal } = this;
    const { opening } = this.#frame;
    const plan = this.#plan();
    const milestones = this.#milestones(plan);
    const criteria = this.#criteria();
    const outcome = this.#outcome(plan, milestones);
    const total = milestones.reduce((sum, { amount }) => sum + Money.parse(amount, this.#currency.scale), 0n);
    const escrow = total + (outcome ? this.#units(outcome.amount, "outcome.amount") : 0n);
    const { code, scale, token } = this.#currency;
    this.#from("currency.code", "currency");
    this.#from("currency.scale", typeof deal.currency === "string" ? "currency" : "currency.scale");
    this.#from("fees.platform", "platformFee");
    this.#from("fees.recipient", "feeRecipient");
    const made: Draft = {
      version: "commenda/1",
      title: words(deal.title),
      text: deal.text ?? standardText(words(deal.title)),
      parties: { client: this.#party("client"), provider: this.#party("provider") },
      rail: "token",
      registrar: (deal.registrar ? { kind: "chain", ...deal.registrar } : undefined) as Terms.Terms["registrar"],
      currency: token === undefined ? { code, scale } : { code, scale, token },
      openBy: this.#time(deal.openBy, "openBy", opening + 7 * Time.DAY),
      sequential: deal.sequential ?? false,
      ...(replaces === undefined ? {} : { replaces }),
      milestones,
      criteria,
      inputs: (deal.inputs ?? []).map(({ what, due, milestone }, index) => ({
        what: words(what),
        due: this.#time(due, `inputs[${index}].due`, opening),
        milestone,
      })),
      ...(outcome ? { outcome } : {}),
      options: this.#options(),
      ip: {
        owner: "client",
        from: "payment",
        certificate: true,
        background: both(
          "The provider keeps what it brings; the client may use it without limit in this work.",
          "乙方保留其自带成果；甲方可在本工作成果中不受限制地使用。",
        ),
      },
      law: {
        governing: both("the law at the client's seat", "甲方所在地法律"),
        forum: { kind: "court", seat: both("the client's seat", "甲方所在地") },
        liabilityCap: this.#text(escrow),
        dataIn: [...new Set([deal.parties.client.country ?? "CN", deal.parties.provider.country ?? "CN"])],
      },
      calendar: (deal.calendar ?? []).map(({ name, from, until }, index) => ({
        name: words(name),
        from: this.#time(from, `calendar[${index}].from`, opening),
        until: this.#time(until, `calendar[${index}].until`, opening),
      })),
      arbitration: this.#arbitration(),
      fees: {
        platform: deal.platformFee ?? "1 %",
        ...(deal.feeRecipient === undefined ? {} : { recipient: deal.feeRecipient }),
      },
      salt: deal.salt ?? salt,
    };
    for (const [clause, value] of Object.entries(deal.terms ?? {})) {
      this.#from(clause, `terms.${clause}`);
      Object.assign(made, { [clause]: value });
    }
    return structuredClone(made);
  }

  #party(side: "client" | "provider"): Terms.Terms["parties"]["client"] {
    const { name, country = "CN", registration, taxNumber, signatory, address, delegate } = this.deal.parties[side];
    const authority = both("authorised signatory", "授权签署人");
    const made = {
      name: words(name),
      ...(registration === undefined ? {} : { registration }),
      ...(taxNumber === undefined ? {} : { taxNumber }),
      country,
      signatory: {
        name: words(signatory?.name ?? name),
        authority: signatory?.authority === undefined ? authority : words(signatory.authority),
      },
      ...(address === undefined ? {} : { address }),
      ...(delegate === undefined ? {} : { delegate }),
    };
    // Whoever is not named yet gets a stand-in before anyone reads it.
    return made as Terms.Terms["parties"]["client"];
  }

  /** The curve, where the deal states one by floor, target and bonus. */
  #plan(): PayoutCurve.Plan | undefined {
    const { fee, outcome } = this.deal;
    if (!outcome || outcome.points || BUILT_IN[spoken(outcome.metric)]) return undefined;
    const missing = (field: string, en: string, zh: string) =>
      this.problems.push(new Errors.MissingField({ field: this.#place(field), expected: both(en, zh) }));
    if (fee === undefined)
      missing("fee", "the whole fee, since an outcome depends on it", "价款总额（成果付款以其为基础）");
    if (outcome.target === undefined) missing("outcome.target", "the target, or points", "目标，或 points（曲线点）");
    if (outcome.floor === undefined)
      missing("outcome.floor", "the share that is paid whatever the result", "无论结果如何均支付的比例");
    if (fee === undefined || outcome.target === undefined || outcome.floor === undefined) return undefined;
    const bonus = [outcome.bonus ?? []].flat().map(Clauses.bonusOf);
    const list = {
      floor: "outcome.floor",
      target: "outcome.target",
      risesFrom: "outcome.risesFrom",
      bonus: "outcome.bonus",
    };
    const stated: PayoutCurve.Deal = {
      fee: String(fee),
      currency: { code: this.#currency.code, scale: this.#currency.scale },
      floor: outcome.floor,
      target: String(outcome.target),
      bonus,
      ...(outcome.shape === undefined ? {} : { shape: outcome.shape }),
      ...(outcome.risesFrom === undefined ? {} : { risesFrom: outcome.risesFrom }),
    };
    const found = InputError.problemsOf(() => PayoutCurve.fromDeal(stated));
    if (found.length === 0) return PayoutCurve.fromDeal(stated);
    for (const problem of found) {
      const head = String(Field.stepsOf(problem.field)[0]);
      const known = (list as Record<string, string>)[head] ?? head;
      const listed = Array.isArray(outcome.bonus)
        ? problem.field.replace(/^bonus/, known).replace(/\.(share|from)$/, "")
        : known;
      const field = head === "bonus" ? listed : known;
      this.problems.push(Form.renamed(problem, this.#place(field), this.#found(field)));
    }
    return undefined;
  }

  #milestones(plan: PayoutCurve.Plan | undefined): Terms.Terms["milestones"] {
    const { deal } = this;
    const { fee, review = "10 days", cure = "7 days" } = deal;
    let last = this.#frame.opening;
    const whole = this.#units(fee, "fee");
    const made = deal.milestones.map((milestone, index) => {
      const at = `milestones[${index}]`;
      const start = this.#minute(milestone.start, `${at}.start`, last);
      const due = this.#minute(milestone.due, `${at}.due`, start);
      last = due;
      if (milestone.review === undefined)
        this.#from(`${at}.review`, deal.review === undefined ? `${at}.review` : "review");
      if (milestone.cure === undefined) this.#from(`${at}.cure`, deal.cure === undefined ? `${at}.cure` : "cure");
      if (milestone.start === undefined)
        this.#from(`${at}.start`, index === 0 ? "opening" : `milestones[${index - 1}].due`);
      return { milestone, at, amount: this.#amountOf(milestone, at, whole), start, due };
    });
    const expected = plan?.milestones ?? (fee === undefined || deal.outcome ? undefined : whole);
    const sum = made.reduce((total, { amount }) => total + amount, 0n);
    if (expected !== undefined && sum !== expected && this.problems.length === 0) {
      const { code, scale } = this.#currency;
      const show = (units: bigint) => Money.show(units, { code, scale });
      const says = plan
        ? both(`together ${show(expected)}, the floor of the fee`, `合计 ${show(expected)}，即价款的保底部分`)
        : both(`together ${show(expected)}, the fee`, `合计 ${show(expected)}，即价款`);
      this.problems.push(
        new Errors.SharesDoNotFit({ field: this.#place("milestones"), found: show(sum), expected: says }),
      );
    }
    return made.map(({ milestone, at, amount, start, due }) => {
      const tax = this.#units(milestone.tax, `${at}.tax`);
      const withholding = this.#units(milestone.withholding, `${at}.withholding`);
      const net = milestone.net === undefined ? amount - tax + withholding : this.#units(milestone.net, `${at}.net`);
      if (net < 0n) {
        const expected = both("at most the amount", "不超过金额");
        this.problems.push(
          new Errors.AmountTooLarge({ field: this.#place(`${at}.tax`), found: milestone.tax, expected }),
        );
      }
      return {
        name: milestone.name,
        title: milestone.title === undefined ? both(milestone.name, milestone.name) : words(milestone.title),
        amount: this.#text(amount),
        net: this.#text(net < 0n ? 0n : net),
        tax: this.#text(tax),
        withholding: this.#text(withholding),
        start: Time.format(start),
        due: Time.format(due),
        review: milestone.review ?? review,
        cure: milestone.cure ?? cure,
        criteria: criteriaOf(milestone).map((_, index) => criterionName(milestone, index)),
        ...(milestone.acceptance === undefined ? {} : { acceptance: milestone.acceptance }),
        invoice: milestone.invoice ?? "after payment",
        ...(milestone.fundBy === undefined ? {} : { fundBy: this.#time(milestone.fundBy, `${at}.fundBy`, start) }),
      };
    });
  }

  /** In base units, floored where it is stated by a share. */
  #amountOf({ amount, share }: Clauses.Milestone, at: string, fee: bigint): bigint {
    if (share === undefined) return this.#units(amount, `${at}.amount`);
    if (this.deal.fee === undefined) {
      const expected = both("the fee that it is a share of", "该比例所依据的价款");
      this.problems.push(new Errors.MissingField({ field: this.#place("fee"), expected }));
      return 0n;
    }
    return Share.of(
      fee,
      this.read(() => Share.parse(share, `${at}.share`), 0),
    );
  }

  #criteria(): Terms.Terms["criteria"] {
    return this.deal.milestones.flatMap((milestone, index) => {
      const list = criteriaOf(milestone);
      const each = Math.floor(Share.WHOLE / list.length);
      return list.map((stated, at) => {
        const origin = `milestones[${index}].criteria`;
        const where = this.#criteriaBefore(index) + at;
        this.#from(`criteria[${where}]`, milestone.criteria === undefined ? origin : `${origin}[${at}]`);
        this.#from(`milestones[${index}].criteria[${at}]`, `${origin}[${at}]`);
        const one = typeof stated === "string" || "en" in stated ? { what: stated } : stated;
        const rest = Share.WHOLE - each * (list.length - 1);
        const coded = "run" in one && one.run !== undefined;
        return {
          name: criterionName(milestone, at),
          what: words(one.what),
          how: ("how" in one ? one.how : undefined) ?? (coded ? ("test suite" as const) : ("inspection" as const)),
          by: ("by" in one ? one.by : undefined) ?? (coded ? ("both" as const) : ("client" as const)),
          weight: ("weight" in one ? one.weight : undefined) ?? Share.format(at === 0 ? rest : each),
          ...codeOf(one),
        };
      });
    });
  }

  #criteriaBefore(milestone: number): number {
    return this.deal.milestones.slice(0, milestone).reduce((sum, one) => sum + criteriaOf(one).length, 0);
  }

  #outcome(plan: PayoutCurve.Plan | undefined, milestones: Terms.Terms["milestones"]): Terms.Terms["outcome"] {
    const { outcome } = this.deal;
    if (!outcome) return undefined;
    const builtIn = BUILT_IN[spoken(outcome.metric)];
    if (!plan && !outcome.points) {
      if (builtIn) {
        const expected = both("the points of the curve, since its metric is built in", "曲线点（因指标为内置）");
        this.problems.push(new Errors.MissingField({ field: this.#place("outcome.points"), expected }));
      }
      return undefined;
    }
    const points =
      outcome.points?.map(({ value, pay }, index) => ({
        value: String(value),
        pay: this.#text(this.#units(pay, `outcome.points[${index}].pay`)),
      })) ??
      plan?.points.map(({ value, pay }) => ({ value: String(value), pay: this.#text(pay) })) ??
      [];
    if (plan) for (const index of points.keys()) this.#from(`outcome.points[${index}]`, "outcome.bonus");
    const units = points.map(({ pay }) => Money.parse(pay, this.#currency.scale));
    const most = units.reduce((max, pay) => (pay > max ? pay : max), 0n);
    const lastDue = milestones.reduce((last, { due }) => Math.max(last, Time.parse(due)), this.#frame.opening);
    const measured = this.#minute(outcome.measuredAt, "outcome.measuredAt", lastDue + (builtIn ? 0 : 30 * Time.DAY));
    const title = builtIn?.title ?? words(outcome.metric);
    const highest = points[units.indexOf(most)]?.value ?? "0";
    return {
      title,
      what: outcome.what === undefined ? title : words(outcome.what),
      metric: builtIn?.metric ?? "reported",
      target: outcome.target === undefined ? highest : String(outcome.target),
      unit: outcome.unit === undefined ? (builtIn?.unit ?? title) : words(outcome.unit),
      ...(outcome.source === undefined ? {} : { source: outcome.source }),
      measuredAt: Time.format(measured),
      reportBy: this.#time(outcome.reportBy, "outcome.reportBy", measured + 14 * Time.DAY),
      challenge: outcome.challenge ?? "7 days",
      shape: outcome.shape ?? "steps",
      points,
      default: String(outcome.default ?? 0),
      amount:
        outcome.amount === undefined ? this.#text(most) : this.#text(this.#units(outcome.amount, "outcome.amount")),
      invoice: outcome.invoice ?? "after payment",
      ...(outcome.fundBy === undefined ? {} : { fundBy: this.#time(outcome.fundBy, "outcome.fundBy", measured) }),
    };
  }

  #options(): Terms.Terms["options"] {
    const options: Terms.Terms["options"] = [];
    const add = (option: Terms.Terms["options"][number], origin: string) => {
      this.#from(`options[${options.length}].fee`, origin);
      this.#from(`options[${options.length}]`, origin);
      options.push(option);
    };
    for (const [index, { name, termination, extension }] of this.deal.milestones.entries()) {
      const at = `milestones[${index}]`;
      if (termination !== undefined)
        add({ kind: "termination", of: name, fee: String(termination) }, `${at}.termination`);
      if (extension)
        add({ kind: "extension", of: name, ...extension, price: String(extension.price) }, `${at}.extension`);
    }
    const fee = this.deal.outcome?.termination;
    if (fee !== undefined) add({ kind: "termination", of: "outcome", fee: String(fee) }, "outcome.termination");
    return options;
  }

  #arbitration(): Terms.Terms["arbitration"] {
    const { kind = "panel", name, address, deposit = 0, ...rest } = this.deal.arbitration ?? {};
    const fallback = rest.fallback ?? "50 %";
    if (kind === "none") return { fallback };
    this.#from("arbitration.by", "arbitration");
    const { members, votes } = panelOf(this.deal);
    if (votes > members) {
      const expected = both(`at most ${members}, the members`, `不超过 ${members}，即成员数`);
      this.problems.push(
        new Errors.AmountTooLarge({ field: this.#place("arbitration.votes"), found: votes, expected }),
      );
    }
    const standard = both(`Panel: ${votes} of ${members} members`, `仲裁小组：${members} 名成员中 ${votes} 名签署`);
    const by = {
      kind,
      name:
        name === undefined ? (kind === "panel" ? standard : both("ERC-792 arbitrator", "ERC-792 仲裁人")) : words(name),
      ...(address === undefined ? {} : { address }),
      deposit: String(deposit),
      answerWithin: rest.answerWithin ?? "5 days",
      ruleWithin: rest.ruleWithin ?? "30 days",
      maxCost: String(rest.maxCost ?? 0),
      extraData: "0x",
    };
    // Whoever is not named yet gets a stand-in before anyone reads it.
    return { fallback, by: by as NonNullable<Terms.Terms["arbitration"]["by"]> };
  }
}

/** Size and quorum of the panel. */
export function panelOf({ arbitration }: Pick<Deal.Deal, "arbitration">): { members: number; votes: number } {
  const { members = 3, votes = Math.min(2, members) } = arbitration ?? {};
  return { members, votes };
}

/** Size and quorum of the reporters. */
export function reportersOf({ outcome }: Pick<Deal.Deal, "outcome">): { count: number; quorum: number } {
  return outcome?.reporters ?? { count: 3, quorum: 2 };
}

const changed = new WeakMap<Deal.Deal, ReadonlySet<string>>();
const changedClauses = (deal: Deal.Deal): ReadonlySet<string> => changed.get(deal) ?? new Set();

/** The deal after a change order: the clauses that it gives anew, and the others as they were. */
export function amended(deal: Deal.Deal, changes: Partial<Clauses.Clauses>): Deal.Deal {
  const { salt: _, ...kept } = deal;
  const next: Deal.Deal = { ...kept, ...changes };
  changed.set(next, new Set(Object.keys(changes)));
  return next;
}

const words = (text: Words | string): Words => (typeof text === "string" ? both(text, text) : both(text.en, text.zh));
const spoken = (text: Words | string): string => (typeof text === "string" ? text : text.en);
/** What code judges by, as it is stated. */
function codeOf(one: object): Pick<Terms.Terms["criteria"][number], "suite" | "sealed" | "run"> {
  const { suite, sealed, run } = one as Clauses.Criterion;
  return {
    ...(suite === undefined ? {} : { suite }),
    ...(sealed === undefined
      ? {}
      : {
          sealed: sealed.map(({ part, commitment, round, reference }) => ({
            ...{ part: words(part), commitment },
            ...(round === undefined ? {} : { round }),
            ...(reference === undefined ? {} : { reference }),
          })),
        }),
    ...(run === undefined
      ? {}
      : { run: { ...run, environment: { ...run.environment, seed: String(run.environment.seed) } } }),
  };
}

const criteriaOf = ({ criteria, title, name }: Clauses.Milestone) => criteria ?? [title ?? name];
const criterionName = ({ name, criteria }: Clauses.Milestone, index: number) =>
  criteria === undefined || criteria.length === 1 ? name : `${name}-${index + 1}`;

function standardText({ en, zh }: Words): Terms.Terms["text"] {
  return {
    en: [
      `1. The provider does the work described in the milestones of this agreement: ${en}.`,
      "2. Each milestone is delivered, judged by its criteria, and paid on its own.",
      "3. Where this text and the typed clauses differ, the typed clauses hold for what the ledger does.",
    ].join("\n"),
    zh: [
      `一、乙方完成本协议各里程碑所述的工作：${zh}。`,
      "二、各里程碑分别交付、按验收标准验收并单独付款。",
      "三、本文本与分项条款不一致时，账本执行以分项条款为准。",
    ].join("\n"),
    prevails: "zh",
  };
}
