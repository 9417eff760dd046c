/**
 * Every way in which this agreement can end, before anyone signs it: with a path to each, worst and best for each party,
 * the longest time its money can be locked, who can stall for how long by which clause, and which clauses never apply.
 *
 * The rules are a finite machine and tranches nearly independent, so each is explored apart by `Machine.decide` and then
 * put together. Bounds hold for whatever one party can do without the other's consent; what both sign (settlement,
 * change order) is listed as such.
 */
import type { Act } from "./Act.ts";
import type { Address, Agreement } from "./Agreement.ts";
import * as Acts from "./endings/Acts.ts";
import { type Bounds, combine, type Deal } from "./endings/Combine.ts";
import { explore, type Found, type Step, type Sums, steps, type Trail } from "./endings/Explore.ts";
import { type Clause, type Finding, findings, type Stall, stalls } from "./endings/Findings.ts";
import { type Lock, longest } from "./endings/Lock.ts";
import * as Words from "./endings/Words.ts";
import { both, type Words as InWords } from "./InputError.ts";
import type { Ending as Kind } from "./Machine.ts";
import * as Account from "./machine/Account.ts";
import { milestonesOf } from "./machine/Draft.ts";
import { EPOCH } from "./State.ts";
import * as Time from "./Time.ts";

export type { Clause, Finding, Kind, Stall, Sums };

export type Options = {
  /** First minute at which it can be opened; the bounds hold from then on. Early enough for every clause when absent. */
  from?: number;
  /** Names of the parties, and how money is written. */
  speech?: Partial<Words.Speech>;
};

/** Lowest and highest, both reached. */
export type Range<T> = { min: T; max: T };

/** One act of a path: who does what, at the earliest when. */
export type PathStep = {
  verb: Step["act"]["verb"];
  by: Address | undefined;
  at: number;
  clause: Clause | undefined;
  /** For `Machine.decide`; absent where another tranche moves. */
  act: Act | undefined;
  says: InWords;
};

/** One way for one tranche to end. Money is what each receives less what it pays for this tranche. */
export type Ending = {
  tranche: number;
  kind: Kind;
  /** Only what both sign: it is no bound for anyone. */
  byConsent: boolean;
  /** Of the tranche, bps. */
  share: Range<number>;
  client: Range<bigint>;
  provider: Range<bigint>;
  platform: Range<bigint>;
  /** A shortest one. */
  path: readonly PathStep[];
  says: InWords;
};

/** A bound of the whole deal and how it comes about. */
export type Extreme = {
  sums: Sums;
  endings: readonly { tranche: number; kind: Kind; path: readonly PathStep[] }[];
  says: InWords;
};

export type Endings = {
  agreement: Agreement;
  from: number;
  endings: readonly Ending[];
  client: { worst: Extreme; best: Extreme };
  provider: { worst: Extreme; best: Extreme };
  /** Fee: least and most. */
  platform: { worst: Extreme; best: Extreme };
  /** false: worst and best are sure, but not both reached (an outcome that pays less for more accepted). */
  exact: boolean;
  /** Longest that money can be locked if someone claims whatever can be claimed. */
  lock: { until: number; minutes: number; tranche: number; path: readonly PathStep[]; says: InWords };
  /** Of each tranche. */
  locks: readonly number[];
  stalls: readonly Stall[];
  findings: readonly Finding[];
};

/** All endings of an agreement that `Validity` finds valid. */
export function endings(agreement: Agreement, options: Options = {}): Endings {
  const speech = { ...Words.PLAIN, ...options.speech };
  const from = options.from ?? earliest(agreement);
  const count = milestonesOf(agreement);
  const milestones = Array.from({ length: count }, (_, tranche) =>
    explore({ agreement, tranche, from }, Acts.ofMilestone(agreement, tranche)),
  );
  const { bounds, outcomes, exact } = combine(agreement, from, milestones);
  const found: (readonly Found[])[] = agreement.work.payByResult ? [...milestones, outcomes] : milestones;
  const locks = lockEach(agreement, from);
  return {
    agreement,
    from,
    endings: [
      ...found.flatMap((list, tranche) => summarise(agreement, tranche, list, speech)),
      ...byConsent(agreement, speech),
    ],
    ...extremes(agreement, bounds, speech),
    exact,
    lock: lockOf(agreement, from, locks, speech),
    locks: locks.map(({ until }) => until),
    stalls: stalls(agreement, from, speech),
    findings: findings(agreement, from, found, speech),
  };
}

/** Early enough that whatever must come before a start can. */
function earliest({ openBy, work }: Agreement): number {
  const first = Math.min(openBy, ...work.tranches.map(({ start }) => start));
  return Math.max(EPOCH + 1, first - 1);
}

function lockEach(agreement: Agreement, from: number): Lock[] {
  const locks: Lock[] = [];
  for (let tranche = 0; tranche < milestonesOf(agreement); tranche++) {
    locks.push(longest({ agreement, tranche, from }, locks.at(-1)?.leaves ?? from));
  }
  if (!agreement.work.payByResult) return locks;
  const shares = locks.map(() => Account.WHOLE);
  const until = Math.max(...locks.map((lock) => lock.until));
  return [...locks, longest({ agreement, tranche: locks.length, from, shares }, until)];
}

function lockOf(agreement: Agreement, from: number, locks: readonly Lock[], speech: Words.Speech): Endings["lock"] {
  const until = Math.max(...locks.map((lock) => lock.until));
  const tranche = locks.findIndex((lock) => lock.until === until);
  const minutes = until - from;
  const { en, zh } = Words.part(agreement, tranche, speech);
  const says = Words.say(
    `Money is locked at the longest until ${Time.format(until)}, ${Time.formatDuration(minutes)} after the earliest opening: ${en}, if everyone waits to the last minute.`,
    `款项最迟锁定至 ${Time.format(until)}，即最早生效后 ${Time.formatDuration(minutes, "zh")}：${zh}，且各方均拖至最后一刻。`,
  );
  return { until, minutes, tranche, path: path(agreement, tranche, locks[tranche]?.trail, speech), says };
}

/** Folds all that was found of a tranche into one entry a kind. */
function summarise(agreement: Agreement, tranche: number, found: readonly Found[], speech: Words.Speech): Ending[] {
  const kinds = new Map<Kind, Found[]>();
  for (const one of found) {
    const list = kinds.get(one.kind);
    if (list) list.push(one);
    else kinds.set(one.kind, [one]);
  }
  return [...kinds].map(([kind, list]) => {
    const shortest = list.reduce((best, one) => (one.trail.length < best.trail.length ? one : best));
    const [client, provider, platform] = [range(list, "client"), range(list, "provider"), range(list, "platform")];
    const { en, zh } = Words.ending(agreement, tranche, kind, speech);
    const [spent, got] = [
      Words.range(-client.max, -client.min, speech),
      Words.range(provider.min, provider.max, speech),
    ];
    const says = Words.say(
      `${en} ${Words.upper(speech.client.en)} spends ${spent.en}, ${speech.provider.en} receives ${got.en}.`,
      `${zh}${speech.client.zh}支出 ${spent.zh}，${speech.provider.zh}所得 ${got.zh}。`,
    );
    const shares = list.map(({ share }) => share);
    const share = { min: Math.min(...shares), max: Math.max(...shares) };
    return {
      tranche,
      kind,
      byConsent: false,
      share,
      client,
      provider,
      platform,
      path: path(agreement, tranche, shortest.trail, speech),
      says,
    };
  });
}

function range(found: readonly Found[], party: keyof Sums): Range<bigint> {
  let min = found[0]?.sums[party] ?? 0n;
  let max = min;
  for (const { sums } of found) {
    if (sums[party] < min) min = sums[party];
    if (sums[party] > max) max = sums[party];
  }
  return { min, max };
}

/** What both can sign at any time: listed once for each tranche, with all it may hold. */
function byConsent(agreement: Agreement, speech: Words.Speech): Ending[] {
  const { client, provider } = agreement.parties;
  return (["settled", "replaced"] as const).flatMap((kind) =>
    agreement.work.tranches.map((tranche, index): Ending => {
      const verb = kind === "settled" ? "settle" : "amend";
      const says = Words.ending(agreement, index, kind, speech);
      const steps = [client, provider].map(
        (by): PathStep => ({ verb, by, at: 0, clause: undefined, act: undefined, says }),
      );
      const zero = { min: 0n, max: 0n };
      return {
        tranche: index,
        kind,
        byConsent: true,
        share: { min: 0, max: Account.WHOLE },
        client: { min: -tranche.amount, max: 0n },
        provider: { min: 0n, max: tranche.amount },
        platform: zero,
        path: steps,
        says,
      };
    }),
  );
}

function extremes(agreement: Agreement, bounds: Bounds, speech: Words.Speech): Pick<Endings, keyof Sums> {
  const extreme = (party: keyof Sums, side: "worst" | "best"): Extreme => {
    const deal: Deal = bounds[party][side];
    const endings = deal.parts.map(({ kind, trail }, tranche) => ({
      tranche,
      kind,
      path: path(agreement, tranche, trail, speech),
    }));
    return { sums: deal.sums, endings, says: says(party, side, deal.sums[party], speech) };
  };
  const both = (party: keyof Sums) => ({ worst: extreme(party, "worst"), best: extreme(party, "best") });
  return { client: both("client"), provider: both("provider"), platform: both("platform") };
}

function says(
  party: keyof Sums,
  side: "worst" | "best",
  sum: bigint,
  { client, provider, money }: Words.Speech,
): InWords {
  const sides = { worst: both("At worst", "最坏时"), best: both("At best", "最好时") };
  const { en, zh } = sides[side];
  const amount = money(sum < 0n ? -sum : sum);
  if (party === "platform")
    return both(
      `The fee is ${side === "worst" ? "at least" : "at most"} ${amount.en}.`,
      `平台费${side === "worst" ? "最少" : "最多"} ${amount.zh}。`,
    );
  const who = party === "client" ? client : provider;
  const gains = party === "client" ? sum > 0n : sum >= 0n;
  return both(
    `${en} ${who.en} ${gains ? "receives" : party === "client" ? "spends" : "loses"} ${amount.en}.`,
    `${zh}${who.zh}${gains ? "所得" : party === "client" ? "支出" : "损失"} ${amount.zh}。`,
  );
}

const CLAUSES: Partial<Record<Step["act"]["verb"], Clause>> = {
  open: "openBy",
  unblock: "sequential",
  fund: "fundBy",
  deliver: "due",
  accept: "review",
  acceptPart: "review",
  reject: "rejections",
  contest: "contest",
  answer: "answerWithin",
  arbitrate: "arbitration",
  rule: "ruleWithin",
  rulePanel: "ruleWithin",
  terminate: "termination",
  extend: "extension",
  report: "reportBy",
};

function path(agreement: Agreement, tranche: number, trail: Trail | undefined, speech: Words.Speech): PathStep[] {
  if (!trail) return [];
  return steps(trail).map((step) => {
    const { act, at, code } = step;
    const by = "by" in act ? act.by : undefined;
    const clause = act.verb === "claim" ? CLAIMED[code] : CLAUSES[act.verb];
    return {
      verb: act.verb,
      by,
      at,
      clause,
      act: isAct(act) ? act : undefined,
      says: Words.step(agreement, tranche, step, speech),
    };
  });
}

const isAct = (act: Step["act"]): act is Act => "by" in act;

/** By which clause a claim at a stage ends it. */
const CLAIMED: Partial<Record<number, Clause>> = {
  1: "fundBy",
  2: "reportBy",
  4: "due",
  5: "review",
  6: "cure",
  7: "answerWithin",
  8: "answerWithin",
  9: "answerWithin",
  10: "ruleWithin",
  11: "ruleWithin",
};

/** The whole answer as lines to read: bounds first, then endings, stalls and findings. */
export function explain(found: Endings): InWords {
  const { client, provider, platform, lock } = found;
  const heads: [InWords, readonly InWords[]][] = [
    [
      both("Worst and best", "最坏与最好"),
      [client.worst, client.best, provider.worst, provider.best, platform.worst, platform.best].map(({ says }) => says),
    ],
    [both("Longest lock", "最长锁定"), [lock.says]],
    [both("Endings", "全部结局"), found.endings.map((one) => one.says)],
    [both("Who can stall", "谁可拖延"), found.stalls.map((one) => one.says)],
    [both("To know", "须知"), found.findings.map((one) => one.says)],
  ];
  const filled = heads.filter(([, lines]) => lines.length > 0);
  const text = (language: "en" | "zh") =>
    filled
      .map(([head, lines]) => [head[language], ...new Set(lines.map((line) => `- ${line[language]}`))].join("\n"))
      .join("\n\n");
  return both(text("en"), text("zh"));
}
