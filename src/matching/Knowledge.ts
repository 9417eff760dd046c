/** All that is known at a moment, put together once for whatever is asked at it: cases, records, and what providers tell. */
import { Bm25, Log, Token } from "../text/index.ts";
import type * as Attestation from "./Attestation.ts";
import type { Brief } from "./Brief.ts";
import type { Case } from "./Case.ts";
import * as Constraint from "./Constraint.ts";
import * as History from "./History.ts";
import * as Market from "./Market.ts";
import * as Provider from "./Provider.ts";
import * as Quality from "./Quality.ts";
import * as Reputation from "./Reputation.ts";
import * as Settlement from "./Settlement.ts";

export type Inputs = {
  /** What was demonstrably done, in the order of time. */
  readonly cases: readonly Case[];
  /** Absent where providers are known by their cases alone. */
  readonly market?: Market.Market;
};

export type Knowledge = {
  /** Unix seconds: only what is older is known. */
  readonly at: number;
  readonly cases: readonly Case[];
  readonly history: History.History;
  readonly market?: Known;
};

type Known = {
  readonly offers: readonly Constraint.Offer[];
  readonly known: Attestation.Known;
  /** The share of promises kept at least, in a skill (`""`: all of them); nothing where there was no work. */
  readonly quality: (provider: string, skill: string) => number | undefined;
  readonly claims: Claims;
};

type Claims = { readonly cases: readonly Case[]; readonly index: Bm25.Index };

/** What is kept at least where nothing was settled. */
const NO_RECORD = Quality.atLeast({ kept: 0, broken: 0 });
/** A case shows something if the credit behind its settlement is a tenth of an observation: so a ring cannot make up many. */
const LEAST = Settlement.UNIT / 10n;

/** Cases of the same second are not known yet. */
export function at({ cases, market }: Inputs, at: number): Knowledge {
  const older = (each: Case) => each.at < at;
  const settled = market ? Market.settledBefore(market, at) : [];
  const { behind } = Reputation.creditOf(settled, {
    anchors: new Set(market?.trust.anchors),
    cap: Settlement.CAP,
  });
  const isShown = ({ id }: Case) => !market || (behind.get(String(id)) ?? 0n) >= LEAST;
  const known = cases.filter(older);
  const shown = known.filter(isShown);
  const history = History.create();
  for (const each of shown) History.reveal(history, each);
  if (!market) return { at, cases: shown, history };
  for (const { provider } of market.providers) History.introduce(history, provider.name, at);
  const told = [...known.filter((each) => !isShown(each)), ...market.claims.filter(older)];
  const index = Bm25.create();
  for (const each of told) Bm25.add(index, termsOf(each));
  const quality = qualityOf(settled, behind);
  return {
    ...{ at, cases: shown, history },
    market: { offers: market.providers, known: Market.known(market, at), quality, claims: { cases: told, index } },
  };
}

/** Worked out when it is asked for, and once: a market has many skills, and a brief few. */
function qualityOf(settled: readonly Reputation.Settled[], behind: Reputation.Credit["behind"]): Known["quality"] {
  const byProvider = new Map<string, Reputation.Settled[]>();
  for (const each of settled) {
    if (each.client === each.provider) continue;
    const own = byProvider.get(each.provider);
    if (own) own.push(each);
    else byProvider.set(each.provider, [each]);
  }
  const found = new Map<string, number | undefined>();
  return (provider, skill) => {
    const key = JSON.stringify([provider, skill]);
    if (found.has(key)) return found.get(key);
    const own = byProvider.get(provider) ?? [];
    const some = skill === "" ? own : own.filter((each) => each.skills.includes(skill));
    const { UNIT, CAP } = Settlement;
    const quality = some.length === 0 ? undefined : Reputation.lineOf(some, behind, UNIT, CAP).quality;
    found.set(key, quality);
    return quality;
  };
}

const termsOf = ({ title, skills = [] }: Pick<Case, "title" | "skills">): readonly string[] => [
  ...Token.tokens(title.slice(0, 2_000)),
  ...skills.map((skill) => `skill ${skill}`),
];

/**
 * What is kept at least in the skills that are wanted, in the mean; over all work where none is named. In a skill without work
 * of its own the rest of the work says half as much, good or bad.
 */
export function kept({ quality }: Known, provider: string, skills: readonly string[]): number {
  const all = quality(provider, "") ?? NO_RECORD;
  if (skills.length === 0) return all;
  const elsewhere = NO_RECORD * Log.exp(Log.ln(all / NO_RECORD) / 2);
  return skills.reduce((sum, skill) => sum + (quality(provider, skill) ?? elsewhere), 0) / skills.length;
}

export { NO_RECORD };

/** By provider, its claims by their likeness to what is wanted, 1 for the likest of all. */
export function claimsLike(
  { claims: { cases, index } }: Known,
  wanted: Pick<Case, "title" | "skills">,
): ReadonlyMap<string, readonly { readonly case: Case; readonly likeness: number }[]> {
  const found: { case: Case; likeness: number }[] = [];
  let most = 0;
  Bm25.visit(index, termsOf(wanted), (document, score) => {
    found.push({ case: cases[document] as Case, likeness: score });
    if (score > most) most = score;
  });
  for (const each of found) each.likeness = most > 0 ? each.likeness / most : 0;
  found.sort(
    (one, other) =>
      other.likeness - one.likeness ||
      other.case.at - one.case.at ||
      (String(one.case.id) < String(other.case.id) ? -1 : 1),
  );
  const byProvider = new Map<string, typeof found>();
  for (const each of found) {
    const own = byProvider.get(each.case.provider);
    if (own) own.push(each);
    else byProvider.set(each.case.provider, [each]);
  }
  return byProvider;
}

/** Who may, and who may not and why; everyone where there is no brief. */
export function eligible({ offers, known }: Known, brief: Brief | undefined) {
  const fit: Constraint.Offer[] = [];
  const excluded: { provider: string; title?: string; why: { en: string; zh: string } }[] = [];
  for (const offer of offers) {
    const { name, title } = offer.provider;
    const why = brief && Constraint.refusalOf(brief, offer, known);
    if (why) excluded.push({ provider: name, ...(title === undefined ? {} : { title }), why });
    else fit.push(offer);
  }
  excluded.sort((one, other) => (one.provider < other.provider ? -1 : 1));
  return { fit, excluded };
}

/** Shares of what is wanted, from 0 to 1: skills that it has, what its price leaves of the budget, days on which it is free. */
export function sharesOf(brief: Brief | undefined, provider: Provider.Provider) {
  const { skills = [], budget, start, term = Constraint.TERM } = brief ?? {};
  const cost = brief && Constraint.costOf(brief, provider);
  return {
    skills: skills.length === 0 ? 0 : skills.filter((skill) => provider.skills.includes(skill)).length / skills.length,
    // What a profile leaves open is in the middle: neither dear nor cheap, neither free nor taken.
    price: budget ? (cost === undefined ? 0.5 : 1 - cost / budget.most) : 0,
    calendar: start === undefined ? 0 : provider.free.length === 0 ? 0.5 : Provider.freeShare(provider, start, term),
  };
}
