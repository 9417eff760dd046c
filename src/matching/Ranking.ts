/**
 * Who fits a requirement best, with what the loser needs to recompute it: what went in, by its hash; what each part of each score
 * is; the past cases that counted most. Scores are whole millionths, so that the parts add up to the last digit.
 */
import { Errors, InputError as Input } from "../agreement/index.ts";
import { type Case, check, type Request } from "./Case.ts";
import { NotThisRanking } from "./Errors.ts";
import * as Exposure from "./Exposure.ts";
import { FEATURES, PARTS, type Part } from "./Feature.ts";
import * as History from "./History.ts";
import * as Weights from "./Weights.ts";

const { both } = Input;
type Words = Input.Words;

export type Reason = { readonly id: Case["id"]; readonly at: number; readonly title: string; readonly weight: number };

export type Candidate = {
  readonly place: number;
  readonly provider: string;
  /** Millionths; the sum of `parts` and the ranking's `base`. */
  readonly score: number;
  readonly parts: Readonly<Record<Part, number>>;
  /** The past cases that counted most; `weight` in millionths. */
  readonly cases: readonly Reason[];
  /** Chance of being among the first five. */
  readonly propensity: number;
};

export type Ranking = {
  readonly format: "commenda-ranking-1";
  readonly request: Request;
  readonly inputs: {
    /** Cases known before the request, and SHA-256 of them in their canonical form. */
    readonly cases: number;
    readonly hash: string;
  };
  readonly weights: string;
  /** The share that newcomers are given and the seed of its lot; nothing without a floor. */
  readonly floor: { readonly share: number; readonly seed: string } | null;
  /** What all are given alike, in millionths. */
  readonly base: number;
  readonly candidates: readonly Candidate[];
  /** How many more are known, all of them after those above. */
  readonly others: number;
};

export type Options = {
  readonly weights?: Weights.Weights;
  readonly floor?: { readonly share: number; readonly seed: string } | null;
};

const millionths = (value: number) => Math.round(value * 1_000_000) + 0;

/** Ranks by the cases that are older than the request; those of its own second are not known yet. */
export function rank(cases: readonly Case[], request: Request, options: Options = {}): Ranking {
  const { weights = Weights.GIVEN, floor = null } = options;
  const known = cases.filter(({ at }) => at < request.at);
  const history = History.create();
  for (const each of known) History.reveal(history, each);
  const found = History.candidates(history, request);
  let base = 0;
  const judged = Weights.judge(weights, found).map(({ who, row }) => {
    const told = Weights.explain(weights, row);
    base = millionths(told.base);
    const parts = Object.fromEntries(Object.keys(PARTS).map((part) => [part, 0])) as Record<Part, number>;
    for (const [column, { part }] of FEATURES.entries()) parts[part] += told.parts[column] as number;
    for (const part of Object.keys(parts) as Part[]) parts[part] = millionths(parts[part]);
    const score = base + Object.values(parts).reduce((sum, each) => sum + each, 0);
    return { provider: history.providers[who]?.name ?? "", newcomer: isNew(history, who), score, parts };
  });
  judged.sort((one, other) => other.score - one.score);
  const names = judged.map(({ provider }) => provider);
  const newcomers = new Set(judged.filter(({ newcomer }) => newcomer).map(({ provider }) => provider));
  const placed = floor
    ? Exposure.place(names, (name) => newcomers.has(name), floor)
    : { order: names, propensities: Object.fromEntries(names.slice(0, Exposure.SEEN).map((name) => [name, 1])) };
  const byName = new Map(judged.map((each) => [each.provider, each]));
  return {
    format: "commenda-ranking-1",
    request,
    inputs: { cases: known.length, hash: Weights.hashOf(known) },
    weights: Weights.versionOf(weights),
    floor,
    base,
    candidates: placed.order.map((provider, at) => {
      const { score, parts } = byName.get(provider) as (typeof judged)[number];
      const reasons = History.likest(history, request, provider).map(({ case: { id, at: when, title }, weight }) => ({
        id,
        at: when,
        title,
        weight: millionths(weight),
      }));
      const propensity = placed.propensities[provider] ?? 0;
      return { place: at + 1, provider, score, parts, cases: reasons, propensity };
    }),
    others: found.order.length - found.judged,
  };
}

const isNew = (history: History.History, who: number) => (history.providers[who]?.count ?? 0) < Exposure.FEW;

/** A ranking as it was written, as far as it takes to recompute it. Throws `BadInput`. */
export function parse(value: unknown): Ranking {
  const { request, floor, candidates, inputs } = (value ?? {}) as Partial<Ranking>;
  const problems = [...check({ ...(request as object), provider: "-" }, 1)];
  const isFloor = floor === null || (typeof floor?.share === "number" && typeof floor.seed === "string");
  const isRanking = isFloor && Array.isArray(candidates) && typeof inputs === "object" && inputs !== null;
  if (isRanking && problems.length === 0) return value as Ranking;
  throw new Input.BadInput([
    new Errors.WrongForm({
      field: "ranking",
      found: value,
      expected: both("what `commenda match rank --out` wrote", "`commenda match rank --out` 写出的文件"),
    }),
    ...problems,
  ]);
}

/** Recomputes a ranking. Throws `NotThisRanking` with the first field that the inputs do not give. */
export function verify(ranking: Ranking, cases: readonly Case[], weights: Weights.Weights = Weights.GIVEN): void {
  const again = rank(cases, ranking.request, { weights, floor: ranking.floor });
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

/** Why a provider came after the first, or after the one before it: what each part gave the other, most first. */
export function whyNot(ranking: Ranking, provider: string): Words {
  const me = ranking.candidates.find((each) => each.provider === provider);
  const first = ranking.candidates[0];
  if (!me || !first) {
    return both(
      `${provider} is not among the ${ranking.candidates.length} who were judged: no past case of theirs is like this one or recent enough.`,
      `${provider} 不在参与评分的 ${ranking.candidates.length} 家之列：其既往案例与本需求不够相似，或已不够新。`,
    );
  }
  if (me === first) return both(`${provider} comes first.`, `${provider} 排在第一位。`);
  const behind = (Object.keys(PARTS) as Part[])
    .map((part) => ({ part, by: me.parts[part] - first.parts[part] }))
    .filter(({ by }) => by !== 0)
    .sort((one, other) => one.by - other.by);
  const list = (language: "en" | "zh") =>
    behind.map(({ part, by }) => `${PARTS[part][language]} ${points(by)}`).join(language === "en" ? ", " : "，");
  const likest = first.cases[0];
  const case_ = likest
    ? both(
        ` The case of ${first.provider} that counted most: "${likest.title}".`,
        `${first.provider} 最有力的案例：“${likest.title}”。`,
      )
    : both("", "");
  return both(
    `${provider} is in place ${me.place}, ${points(me.score - first.score)} against ${first.provider} in the first: ${list("en")}.${case_.en}`,
    `${provider} 排在第 ${me.place} 位，与第一位 ${first.provider} 相差 ${points(me.score - first.score)}：${list("zh")}。${case_.zh}`,
  );
}
