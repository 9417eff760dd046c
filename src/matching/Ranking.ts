/**
 * Who fits best, with what the loser needs to recompute it: what went in, by its hash; what each part of each score is; the past
 * cases that counted most; who may not, and why. One ranking for a requirement among past cases and for a brief among providers
 * with profiles. Scores are whole millionths, so that the parts add up to the last digit.
 */
import { Errors, InputError as Input } from "../agreement/index.ts";
import { Bidi, Log } from "../text/index.ts";
import type { Brief } from "./Brief.ts";
import { type Case, check, type Request as Wanted } from "./Case.ts";
import { NotThisRanking } from "./Errors.ts";
import * as Exposure from "./Exposure.ts";
import { FEATURES, type MARKET, PARTS, type Part } from "./Feature.ts";
import * as History from "./History.ts";
import * as Knowledge from "./Knowledge.ts";
import * as Weights from "./Weights.ts";

const { both } = Input;
type Words = Input.Words;

/** What is looked for; with a brief, its demands rule out and its other fields count. */
export type Request = Wanted & { readonly brief?: Brief };

/** `told`: the provider tells of it, and no settlement shows it. */
export type Reason = {
  readonly id: Case["id"];
  readonly at: number;
  readonly title: string;
  readonly weight: number;
  readonly told?: true;
};

export type Candidate = {
  readonly place: number;
  readonly provider: string;
  readonly title?: string;
  /** Millionths; the sum of `parts` and the ranking's `base`. */
  readonly score: number;
  readonly parts: Readonly<Record<Part, number>>;
  /** The share of promises kept at least, in the skills that are wanted; millionths. Absent where there are no records. */
  readonly kept?: number;
  /** The past cases that counted most; `weight` in millionths. */
  readonly cases: readonly Reason[];
  /** Chance of being among the first five. */
  readonly propensity: number;
};

export type Ranking = {
  readonly format: "commenda-ranking-2";
  readonly request: Request;
  /** How much was known before the request, and SHA-256 of all of it in its canonical form. */
  readonly inputs: {
    readonly cases: number;
    readonly providers: number;
    readonly settlements: number;
    readonly claims: number;
    readonly hash: string;
  };
  readonly weights: string;
  /** The share that newcomers are given and the seed of its lot; nothing without a floor. */
  readonly floor: { readonly share: number; readonly seed: string } | null;
  /** What all are given alike, in millionths. */
  readonly base: number;
  readonly candidates: readonly Candidate[];
  /** Who does not meet a demand of the brief. */
  readonly excluded: readonly { readonly provider: string; readonly title?: string; readonly why: Words }[];
  /** How many more are known, all of them after those above. */
  readonly others: number;
};

export type Options = {
  readonly weights?: Weights.Weights;
  readonly floor?: { readonly share: number; readonly seed: string } | null;
};

/** Providers with profiles that are judged by all parts; the others follow by the first glance. */
const JUDGED = 200;
/** Past cases that are told of each. */
const REASONS = 3;

const millionths = (value: number) => Math.round(value * 1_000_000) + 0;

/** Ranks by what is older than the request; what is of its own second is not known yet. */
export function rank(inputs: Knowledge.Inputs, request: Request, options: Options = {}): Ranking {
  return by(Knowledge.at(inputs, request.at), hashOf(inputs, request.at), request, options);
}

/** Weights where none are given: what is bounded among providers with profiles, and what votes among cases. */
export const weightsFor = ({ market }: Pick<Knowledge.Inputs, "market">): Weights.Weights =>
  market ? Weights.YOUNG : Weights.GIVEN;

/** What was known before a moment, counted and hashed. */
export function hashOf({ cases, market }: Knowledge.Inputs, at: number): Ranking["inputs"] {
  const older = <T extends { readonly at: number }>(list: readonly T[] = []) => list.filter((each) => each.at < at);
  const known = older(cases);
  const [settlements, claims] = [older(market?.settlements), older(market?.claims)];
  return {
    cases: known.length,
    providers: market?.providers.length ?? 0,
    settlements: settlements.length,
    claims: claims.length,
    hash: Weights.hashOf({ cases: known, ...(market ? { market: { ...market, settlements, claims } } : {}) }),
  };
}

/** Scores alone, in millionths, best first: for whoever asks often. */
export function scores(
  knowledge: Knowledge.Knowledge,
  request: Request,
): readonly { readonly provider: string; readonly score: number }[] {
  const { judged } = judge(knowledge, request, defaults(knowledge));
  return judged.map(({ provider, score }) => ({ provider, score }));
}

/** Who comes first, and so on. */
export const order = (knowledge: Knowledge.Knowledge, request: Request): readonly string[] =>
  scores(knowledge, request).map(({ provider }) => provider);

const defaults = ({ market }: Knowledge.Knowledge) => (market ? Weights.YOUNG : Weights.GIVEN);

function by(
  knowledge: Knowledge.Knowledge,
  inputs: Ranking["inputs"],
  request: Request,
  { weights = defaults(knowledge), floor = null }: Options,
): Ranking {
  const { history } = knowledge;
  const { judged, base, excluded, others, claims } = judge(knowledge, request, weights);
  const names = judged.map(({ provider }) => provider);
  const newcomers = new Set(judged.filter(({ newcomer }) => newcomer).map(({ provider }) => provider));
  const placed = floor
    ? Exposure.place(names, (name) => newcomers.has(name), floor)
    : { order: names, propensities: Object.fromEntries(names.slice(0, Exposure.SEEN).map((name) => [name, 1])) };
  const byName = new Map(judged.map((each) => [each.provider, each]));
  return {
    format: "commenda-ranking-2",
    ...{ request, inputs, weights: Weights.versionOf(weights), floor, base },
    candidates: placed.order.map((provider, at) => {
      const { newcomer: _, ...found } = byName.get(provider) as (typeof judged)[number];
      const shown = History.likest(history, request, provider, REASONS);
      const told = (claims?.get(provider) ?? []).slice(0, REASONS - shown.length);
      const cases = [
        ...shown.map(({ case: each, weight }) => reason(each, weight)),
        ...told.map(({ case: each, likeness }) => ({
          ...reason(each, weights.market.claims * likeness),
          told: true as const,
        })),
      ];
      return { place: at + 1, ...found, cases, propensity: placed.propensities[provider] ?? 0 };
    }),
    ...{ excluded, others },
  };
}

const reason = ({ id, at, title }: Case, weight: number): Reason => ({ id, at, title, weight: millionths(weight) });

const NONE = Object.fromEntries(Object.keys(PARTS).map((part) => [part, 0])) as Record<Part, number>;

/** Everyone who may, by score; of equals who the first glance prefers. */
function judge(knowledge: Knowledge.Knowledge, request: Request, weights: Weights.Weights) {
  const { history, market } = knowledge;
  const { brief } = request;
  const { fit, excluded } = market ? Knowledge.eligible(market, brief) : { fit: [], excluded: [] };
  const claims = market && Knowledge.claimsLike(market, request);
  const told = new Map(
    fit.map(({ provider }) => {
      const { name, title } = provider;
      const shares = Knowledge.sharesOf(brief, provider);
      const kept = Knowledge.kept(market as NonNullable<typeof market>, name, brief?.skills ?? []);
      const counts = {
        skills: shares.skills,
        quality: Log.ln(kept / Knowledge.NO_RECORD),
        price: shares.price,
        calendar: shares.calendar,
        claims: claims?.get(name)?.[0]?.likeness ?? 0,
      };
      const parts = Object.fromEntries(
        Object.entries(counts).map(([part, count]) => [
          part,
          millionths(weights.market[part as keyof typeof MARKET] * count),
        ]),
      ) as Record<keyof typeof MARKET, number>;
      return [name, { ...(title === undefined ? {} : { title }), parts, kept: millionths(kept) }] as const;
    }),
  );
  const sumOf = (parts: object) => Object.values(parts).reduce((sum: number, each: number) => sum + each, 0);
  const among = new Map([...told].map(([name, { parts }]) => [name, sumOf(parts) / 1_000_000]));
  const found = History.candidates(history, request, market ? { most: JUDGED, among } : {});
  let base = 0;
  const judged = Weights.judge(weights, found).map(({ who, row }) => {
    const provider = history.providers[who]?.name ?? "";
    const given = Weights.explain(weights, row);
    base = millionths(given.base);
    const own = told.get(provider);
    const parts = { ...NONE, ...own?.parts };
    const sums: Record<string, number> = {};
    for (const [column, { part }] of FEATURES.entries())
      sums[part] = (sums[part] ?? 0) + (given.parts[column] as number);
    for (const [part, sum] of Object.entries(sums)) parts[part as Part] = millionths(sum);
    return {
      provider,
      ...(own?.title === undefined ? {} : { title: own.title }),
      score: base + sumOf(parts),
      parts,
      ...(own ? { kept: own.kept } : {}),
      newcomer: (history.providers[who]?.count ?? 0) < Exposure.FEW,
    };
  });
  judged.sort((one, other) => other.score - one.score || (market ? (one.provider < other.provider ? -1 : 1) : 0));
  return { judged, base, excluded, others: found.order.length - found.judged, claims };
}

/** A ranking as it was written, as far as it takes to recompute it. Throws `BadInput`. */
export function parse(value: unknown): Ranking {
  const { format, request, floor, candidates, inputs } = (value ?? {}) as Partial<Ranking>;
  const problems = [...check({ ...(request as object), provider: "-" }, 1)];
  const isFloor = floor === null || (typeof floor?.share === "number" && typeof floor.seed === "string");
  const isWhole = Array.isArray(candidates) && typeof inputs === "object" && inputs !== null;
  if (format === "commenda-ranking-2" && isFloor && isWhole && problems.length === 0) return value as Ranking;
  throw new Input.BadInput([
    new Errors.WrongForm({
      field: "ranking",
      found: value,
      expected: both(
        "a ranking as `commenda match rank --out` writes it, or as a node keeps it",
        "`commenda match rank --out` 写出或节点保存的排序文件",
      ),
    }),
    ...problems,
  ]);
}

/** Recomputes a ranking. Throws `NotThisRanking` with the first field that the inputs do not give. */
export function verify(
  ranking: Ranking,
  inputs: Knowledge.Inputs,
  weights: Weights.Weights = weightsFor(inputs),
): void {
  const again = rank(inputs, ranking.request, { weights, floor: ranking.floor });
  compare(ranking, again, "");
}

function compare(found: unknown, expected: unknown, field: string) {
  const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;
  if (!isBranch(found) || !isBranch(expected)) {
    if (!Object.is(found, expected)) throw new NotThisRanking({ field: field || "ranking", found, expected });
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const at = Array.isArray(expected) ? `${field}[${key}]` : field ? `${field}.${key}` : key;
    compare((found as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], at);
  }
}

/** Three decimals of a score in millionths, with its sign. */
const points = (score: number) => `${score < 0 ? "−" : "+"}${(Math.abs(score) / 1_000_000).toFixed(3)}`;

type Titles = ReadonlyMap<string, string>;

/** What people call a candidate, safe within a sentence. */
const named = ({ provider, title }: { readonly provider: string; readonly title?: string }, titles?: Titles) =>
  Bidi.isolate(titles?.get(provider) ?? title ?? provider);

/** By how much each part puts one behind another, most first; what is alike is left out. In millionths. */
export function behind(one: Candidate, other: Candidate): readonly { readonly part: Part; readonly by: number }[] {
  return (Object.keys(PARTS) as Part[])
    .map((part) => ({ part, by: one.parts[part] - other.parts[part] }))
    .filter(({ by }) => by !== 0)
    .sort((one, other) => one.by - other.by);
}

/**
 * Why a provider did not come first: what each part gave the first, most first, or which demand it did not meet. `anonymous`: for
 * the provider itself, who is told nothing of who the others are. `titles`: what people call them, where the ranking does not say.
 */
export function whyNot(
  ranking: Ranking,
  provider: string,
  { anonymous = false, titles }: { readonly anonymous?: boolean; readonly titles?: Titles } = {},
): Words {
  const out = ranking.excluded.find((each) => each.provider === provider);
  if (out) {
    const name = named(out, titles);
    return both(`${name} is left out: ${out.why.en}.`, `${name} 未参与排序：${out.why.zh}。`);
  }
  const me = ranking.candidates.find((each) => each.provider === provider);
  const first = ranking.candidates[0];
  if (!me || !first) {
    const name = named({ provider }, titles);
    return both(
      `${name} is not among the ${ranking.candidates.length} who were judged: no past case of theirs is like this one or recent enough.`,
      `${name} 不在参与评分的 ${ranking.candidates.length} 家之列：其既往案例与本需求不够相似，或已不够新。`,
    );
  }
  const name = named(me, titles);
  if (me === first) return both(`${name} comes first.`, `${name} 排在第一位。`);
  const parts = behind(me, first);
  if (parts.length === 0) {
    const other = anonymous ? both("the first", "第一位") : both(named(first, titles), ` ${named(first, titles)} `);
    return both(
      `${name} is in place ${me.place}, alike ${other.en} in every part: nothing tells them apart.`,
      `${name} 排在第 ${me.place} 位，各项得分均与${other.zh}相同，不分高下。`,
    );
  }
  const list = (language: "en" | "zh") =>
    parts.map(({ part, by }) => `${PARTS[part][language]} ${points(by)}`).join(language === "en" ? ", " : "，");
  const by = points(me.score - first.score);
  if (anonymous) {
    return both(
      `${name} is in place ${me.place} of ${ranking.candidates.length}, ${by} against the first: ${list("en")}.`,
      `${name} 在 ${ranking.candidates.length} 家中排第 ${me.place} 位，与第一位相差 ${by}：${list("zh")}。`,
    );
  }
  const firstName = named(first, titles);
  const likest = first.cases[0];
  const title = likest && Bidi.isolate(likest.title);
  const case_ = likest
    ? both(` The case of ${firstName} that counted most: "${title}".`, `${firstName} 最有力的案例：“${title}”。`)
    : both("", "");
  return both(
    `${name} is in place ${me.place}, ${by} against ${firstName} in the first: ${list("en")}.${case_.en}`,
    `${name} 排在第 ${me.place} 位，与第一位 ${firstName} 相差 ${by}：${list("zh")}。${case_.zh}`,
  );
}
