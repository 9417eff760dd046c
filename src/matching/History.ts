/**
 * All that is known of past work at a moment, and what it says about who will do the next one. Cases come in the order of their
 * time; whatever is asked is answered from what came before.
 */
import { Bm25, Gram, Log, Token } from "../text/index.ts";
import { type Case, LONGEST, type Request } from "./Case.ts";
import { ACTIVITY, MEMORY, WIDTH } from "./Feature.ts";

const HOUR = 3_600;
const DAY = 86_400;
/** 27 years: what is older counts as being as old. */
const OLDEST = 9_999;
/** What is added to a share before its logarithm is taken. */
const FLOOR = 1e-4;
/** Half-life of what a label says, in days. */
const LABELS = 200;
/** The most candidates that are judged by all features; the others follow by the first glance. */
export const CANDIDATES = 40;
/** How far back the order of the latest is followed. */
const LATEST = 300;
const HOURS = 24;

/** What a provider did in one area. */
type Trail = { last: number; count: number; readonly recent: Float64Array };

/** What a provider did. `recent` are counts that decay by `ACTIVITY`, as of `last`. */
type Past = {
  readonly name: string;
  first: number;
  last: number;
  count: number;
  readonly recent: Float64Array;
  readonly areas: Map<number, Trail>;
  readonly hours: Float64Array;
  readonly weekends: Float64Array;
};

export type History = {
  readonly cases: Case[];
  readonly providers: Past[];
  readonly numberOf: Map<string, number>;
  readonly areas: Map<string, number>;
  readonly words: Bm25.Index;
  readonly letters: Bm25.Index;
  /** By case: who, where. */
  readonly who: number[];
  readonly where: number[];
  /** By label, by provider: a decaying count and its time. */
  readonly labels: Map<string, Map<number, { count: number; at: number }>>;
  readonly latestIn: Map<number, number[]>;
  readonly latest: number[];
  readonly hours: Float64Array;
  readonly weekends: Float64Array;
};

export function create(): History {
  return {
    cases: [],
    providers: [],
    numberOf: new Map(),
    areas: new Map(),
    words: Bm25.create(),
    letters: Bm25.create({ b: 0.5 }),
    who: [],
    where: [],
    labels: new Map(),
    latestIn: new Map(),
    latest: [],
    hours: new Float64Array(HOURS),
    weekends: new Float64Array(2),
  };
}

const halving = (days: number) => Log.exp(-Math.LN2 * days);

/** What remains after so many whole days, by half-life. */
const REMAINS = MEMORY.map((half) => Float64Array.from({ length: OLDEST + 1 }, (_, day) => halving(day / half)));

/** What a title is read as, once for all that is asked about it. */
type Reading = {
  readonly terms: readonly string[];
  readonly letters: readonly string[];
  readonly labels: readonly string[];
  readonly manner: readonly string[];
  readonly first: string;
  readonly firstTwo: string;
  readonly words: number;
};

function readingOf({ title: whole, skills = [] }: Pick<Case, "title" | "skills">): Reading {
  const title = whole.slice(0, LONGEST);
  const tokens = Token.tokens(title);
  const bracketed = [...title.matchAll(/[[【]([^\]】]{1,40})[\]】]/g)].map(([, label = ""]) => label);
  const [, before] = /^([\p{L}\p{N} .\-/]{2,24})[:：]/u.exec(title) ?? [];
  const named = [...bracketed, ...(before ? [before] : [])].map((name) => name.toLowerCase().replace(/\s+/g, ""));
  const flag = (pattern: RegExp) => (pattern.test(title) ? "1" : "0");
  const flags = [/^\[/, /[.!?]$/, /^[A-Z]/, /["'`]/, /\(\)|#|\w\.\w/];
  const imperative = /^(Use|Remove|Add|Move|Update|Replace|Delete|Convert|Make|Provide|Allow|Enable)\b/;
  return {
    terms: [...tokens, ...Gram.words(tokens, 2, 2), ...skills.map((skill) => `skill ${skill}`)],
    letters: [...new Set(Gram.characters(tokens.join(" "), 4, 4))],
    labels: named.map((name) => `label ${name}`),
    first: `first ${tokens[0] ?? ""}`,
    firstTwo: `first two ${tokens.slice(0, 2).join(" ")}`,
    manner: [
      `length ${Math.min(8, Math.floor(title.length / 12))}`,
      `manner ${[...flags, imperative].map(flag).join("")}`,
    ],
    words: tokens.length,
  };
}

const hourOf = (at: number) => Math.floor(at / HOUR) % HOURS;
/** 1 on Saturday and Sunday (UTC), as 1970 began on a Thursday. */
const weekendOf = (at: number) => (((Math.floor(at / DAY) + 4) % 7) % 6 === 0 ? 1 : 0);

/** Lets the past fade and counts once more. */
function count(counts: Float64Array, at: number, keeps: number) {
  for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] as number) * keeps;
  counts[at] = (counts[at] as number) + 1;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}

/** Adds what is known now. Cases come in the order of their time; throws `RangeError` if not. */
export function reveal(history: History, known: Case) {
  const { at, area, provider } = known;
  const before = history.cases.at(-1);
  if (before && before.at > at) throw new RangeError(`a case of ${at} after one of ${before.at}`);
  const reading = readingOf(known);
  Bm25.add(history.words, reading.terms);
  Bm25.add(history.letters, reading.letters);
  const where = numbered(history.areas, area);
  const who = numberOf(history, provider, at);
  const past = history.providers[who] as Past;
  if (past.count === 0) past.first = at;
  history.cases.push(known);
  history.who.push(who);
  history.where.push(where);
  count(past.hours, hourOf(at), 0.985);
  count(history.hours, hourOf(at), 0.9995);
  count(past.weekends, weekendOf(at), 0.985);
  count(history.weekends, weekendOf(at), 0.9995);
  for (const label of [...reading.labels, reading.first, reading.firstTwo, ...reading.manner]) {
    let counts = history.labels.get(label);
    if (!counts) {
      counts = new Map();
      history.labels.set(label, counts);
    }
    const old = counts.get(who);
    counts.set(who, { count: 1 + (old ? old.count * halving((at - old.at) / DAY / LABELS) : 0), at });
  }
  let trail = past.areas.get(where);
  if (!trail) {
    trail = { last: at, count: 0, recent: new Float64Array(ACTIVITY.length) };
    past.areas.set(where, trail);
  }
  for (const each of [past, trail]) {
    const days = (at - each.last) / DAY;
    for (let i = 0; i < ACTIVITY.length; i++) each.recent[i] = remaining(each.recent, i, days) + 1;
    each.last = at;
    each.count++;
  }
  history.latest.push(who);
  const latestIn = history.latestIn.get(where);
  if (latestIn) latestIn.push(who);
  else history.latestIn.set(where, [who]);
}

function numberOf({ numberOf, providers }: History, provider: string, at: number): number {
  const known = numberOf.get(provider);
  if (known !== undefined) return known;
  const who = providers.length;
  numberOf.set(provider, who);
  providers.push(newcomer(provider, at));
  return who;
}

/** Makes somebody known who has no case yet: long idle, as it were, and new at that moment. */
export function introduce(history: History, provider: string, at: number) {
  const { providers } = history;
  const who = numberOf(history, provider, at);
  const past = providers[who] as Past;
  if (past.count === 0) past.last = 0;
}

function newcomer(name: string, at: number): Past {
  return {
    name,
    first: at,
    last: at,
    count: 0,
    recent: new Float64Array(ACTIVITY.length),
    areas: new Map(),
    hours: new Float64Array(HOURS),
    weekends: new Float64Array(2),
  };
}

function numbered(names: Map<string, number>, name: string): number {
  let number = names.get(name);
  if (number === undefined) {
    number = names.size;
    names.set(name, number);
  }
  return number;
}

/** A decayed count after so many days; nothing after 30 half-lives. */
function remaining(recent: Float64Array, i: number, days: number): number {
  const halves = days / (ACTIVITY[i] as number);
  return halves > 30 ? 0 : (recent[i] as number) * halving(halves);
}

export type Candidates = {
  /** Numbers of all providers, best at first glance first. */
  readonly order: readonly number[];
  /** The features of the first of them, `WIDTH` each; as many as are judged. */
  readonly rows: Float32Array;
  readonly judged: number;
};

export type Options = {
  /** How many are judged. */
  readonly most?: number;
  /** Who is looked at, and what is added to the first glance at each; everyone when absent. */
  readonly among?: ReadonlyMap<string, number>;
};

/** Everyone known so far, in the order of a first glance, and the features of the first `most`. */
export function candidates(history: History, request: Request, { most = CANDIDATES, among }: Options = {}): Candidates {
  const { providers } = history;
  const all = providers.length;
  const { at, area } = request;
  const where = history.areas.get(area) ?? -1;
  const reading = readingOf(request);

  // What past cases say by their words.
  const votes = MEMORY.map(() => new Float64Array(all));
  const votesIn = MEMORY.map(() => new Float64Array(all));
  const letters = MEMORY.map(() => new Float64Array(all));
  const [mild, sharp, nearest, nearestLate] = [0, 1, 2, 3].map(() => new Float64Array(all)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const ageOfCase = (document: number) =>
    Math.min(OLDEST, Math.max(0, Math.floor((at - (history.cases[document] as Case).at) / DAY)));
  let closest = 0;
  Bm25.visit(history.words, reading.terms, (document, score) => {
    const who = history.who[document] as number;
    const isHere = history.where[document] === where;
    const days = ageOfCase(document);
    const square = score * score;
    if (score > closest) closest = score;
    for (let i = 0; i < MEMORY.length; i++) {
      const vote = square * ((REMAINS[i] as Float64Array)[days] as number);
      const all = votes[i] as Float64Array;
      all[who] = (all[who] as number) + vote;
      if (!isHere) continue;
      const here = votesIn[i] as Float64Array;
      here[who] = (here[who] as number) + vote;
    }
    const [month, season, year] = [1, 2, 3].map((i) => (REMAINS[i] as Float64Array)[days] as number) as [
      number,
      number,
      number,
    ];
    mild[who] = (mild[who] as number) + score * season;
    sharp[who] = (sharp[who] as number) + square * square * year;
    nearest[who] = Math.max(nearest[who] as number, score * (0.3 + 0.7 * year));
    nearestLate[who] = Math.max(nearestLate[who] as number, score * month);
  });
  Bm25.visit(history.letters, reading.letters, (document, score) => {
    const who = history.who[document] as number;
    const days = ageOfCase(document);
    for (let i = 1; i < 4; i++) {
      const votes = letters[i] as Float64Array;
      votes[who] = (votes[who] as number) + score * score * score * ((REMAINS[i] as Float64Array)[days] as number);
    }
  });

  // What they have been doing of late.
  const activity = ACTIVITY.map(() => new Float64Array(all));
  const activityIn = ACTIVITY.map(() => new Float64Array(all));
  for (let who = 0; who < all; who++) {
    const past = providers[who] as Past;
    const trail = past.areas.get(where);
    for (let i = 0; i < ACTIVITY.length; i++) {
      (activity[i] as Float64Array)[who] = remaining(past.recent, i, (at - past.last) / DAY);
      if (trail) (activityIn[i] as Float64Array)[who] = remaining(trail.recent, i, (at - trail.last) / DAY);
    }
  }

  const share = (values: Float64Array) => {
    const total = sum(values);
    return (who: number) => Log.ln((total > 0 ? (values[who] as number) / total : 0) + FLOOR);
  };
  const shares = { votes, votesIn, letters, activity, activityIn };
  const of = Object.fromEntries(Object.entries(shares).map(([name, each]) => [name, each.map(share)])) as Record<
    keyof typeof shares,
    ((who: number) => number)[]
  >;
  const [mildOf, sharpOf] = [share(mild), share(sharp)];
  const at1 = (each: ((who: number) => number)[], i: number, who: number) => each[i]?.(who) ?? 0;

  const glance = new Float64Array(all);
  for (let who = 0; who < all; who++) {
    glance[who] =
      at1(of.votes, 2, who) +
      0.3 * at1(of.votesIn, 3, who) +
      0.5 * at1(of.activityIn, 4, who) +
      0.3 * (at1(of.activity, 2, who) + at1(of.activity, 4, who)) +
      (among?.get((providers[who] as Past).name) ?? 0);
  }
  const order = Array.from({ length: all }, (_, who) => who)
    .filter((who) => !among || among.has((providers[who] as Past).name))
    .sort((one, other) => (glance[other] as number) - (glance[one] as number) || one - other);

  const ranks = ranksOf(history.latest);
  const ranksIn = ranksOf(history.latestIn.get(where) ?? []);
  const labels = labelsOf(history, reading, at, all);
  const [hour, weekend] = [hourOf(at), weekendOf(at)];
  const usual = {
    hour: (history.hours[hour] as number) / Math.max(1, sum(history.hours)),
    weekend: (history.weekends[weekend] as number) / Math.max(1, sum(history.weekends)),
  };

  const judged = Math.min(most, order.length);
  const rows = new Float32Array(judged * WIDTH);
  for (let place = 0; place < judged; place++) {
    const who = order[place] as number;
    const past = providers[who] as Past;
    const trail = past.areas.get(where);
    let column = place * WIDTH;
    const put = (value: number) => {
      rows[column++] = value;
    };
    for (let i = 0; i < ACTIVITY.length; i++) {
      put(at1(of.activity, i, who));
      put(at1(of.activityIn, i, who));
    }
    const since = Math.max(0, at - past.last);
    put(Log.ln(1 + since / HOUR));
    put(ranks.get(who) ?? 99);
    put(trail ? Log.ln(1 + Math.max(0, at - trail.last) / HOUR) : 20);
    put(ranksIn.get(who) ?? 99);
    put(((trail?.count ?? 0) + 0.2) / (past.count + 1));
    for (let i = 0; i < MEMORY.length; i++) {
      put(at1(of.votes, i, who));
      put(at1(of.votesIn, i, who));
    }
    for (let i = 1; i < 4; i++) put(at1(of.letters, i, who));
    put(mildOf(who));
    put(sharpOf(who));
    put(nearest[who] as number);
    put(closest > 0 ? (nearest[who] as number) / closest : 0);
    put(closest > 0 ? (nearestLate[who] as number) / closest : 0);
    for (const each of labels) put(Log.ln((each[who] as number) + 1e-3));
    const nextTo = (past.hours[(hour + 1) % HOURS] as number) + (past.hours[(hour + HOURS - 1) % HOURS] as number);
    const thatHour = (2 * (past.hours[hour] as number) + nextTo) / 4;
    const odds = (found: number, total: number, usual: number, weight: number) =>
      Log.ln((found + weight * usual) / (total + weight) / (usual + FLOOR) + 1e-3);
    put(odds(thatHour, sum(past.hours), usual.hour, 4));
    put(odds(past.weekends[weekend] as number, sum(past.weekends), usual.weekend, 3));
    put(Log.ln(1 + Math.max(0, at - past.first) / DAY));
    put(Log.ln(1 + past.count));
    put(reading.words);
    put(closest);
    put(hour);
  }
  return { order, rows, judged };
}

/** How recently each was at work, beginning with 0, among the latest. */
function ranksOf(latest: readonly number[]): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>();
  for (let i = latest.length - 1; i >= Math.max(0, latest.length - LATEST); i--) {
    const who = latest[i] as number;
    if (!ranks.has(who)) ranks.set(who, ranks.size);
  }
  return ranks;
}

/** By provider, the share of what had such labels, such a first word, such two first words, such a manner. */
function labelsOf(history: History, reading: Reading, at: number, all: number): readonly Float64Array[] {
  return [reading.labels, [reading.first], [reading.firstTwo], reading.manner].map((names) => {
    const shares = new Float64Array(all);
    for (const name of names) {
      const counts = [...(history.labels.get(name) ?? [])].map(
        ([who, { count, at: then }]) => [who, count * halving((at - then) / DAY / LABELS)] as const,
      );
      const total = counts.reduce((sum, [, count]) => sum + count, 0);
      for (const [who, count] of counts) {
        shares[who] = (shares[who] as number) + count / (total + 1) / names.length;
      }
    }
    return shares;
  });
}

export type Likeness = { readonly case: Case; readonly weight: number };

/** The cases of a provider that speak most for it, by likeness and age. */
export function likest(history: History, request: Request, provider: string, most = 3): readonly Likeness[] {
  const who = history.numberOf.get(provider);
  const found: Likeness[] = [];
  Bm25.visit(history.words, readingOf(request).terms, (document, score) => {
    if (history.who[document] !== who) return;
    const known = history.cases[document] as Case;
    const days = Math.min(OLDEST, Math.max(0, Math.floor((request.at - known.at) / DAY)));
    found.push({ case: known, weight: score * score * ((REMAINS[3] as Float64Array)[days] as number) });
  });
  return found
    .sort(
      (one, other) => other.weight - one.weight || other.case.at - one.case.at || compare(one.case.id, other.case.id),
    )
    .slice(0, most);
}

const compare = (one: Case["id"], other: Case["id"]) => (String(one) < String(other) ? -1 : 1);
