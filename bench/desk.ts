// `npm run -s bench -- desk [--data FOLDER] [--reviews FILE] [--cache FOLDER] [--no-embeddings] [--most N] [--svg FILE]
// [--json]`: the desk on data that nobody here wrote, nlp.js beside it. The last line is one JSON object; shares are
// fractions. `--most` takes about N rows of each history, for a quick look. `--gate` writes src/desk/gate/gate.bin.
//   banking77, banking77Few, clinc150, hwu64   what `commenda desk eval` tells, of FOLDER/NAME/{train,valid,test}.jsonl; where
//                            there is no test.jsonl, of each two rows of valid the first sets thresholds and the second is
//                            judged. Absent without --data
//   ablation                 accuracy of n-grams alone, on the same
//   peer                     nlp.js with its defaults, and `ours`, the desk's accuracy on the same rows: of the English starter
//                            taxonomy and, with --data, of BANKING77, with ten examples an intent and in full
//   gate                     {positives, missed, benign, falseAlarms} of the blind set, near-duplicates once, of both
//                            languages; each apart, and n-grams alone. `answered`: of the missed ones, how many the starter
//                            desk would have answered by itself at a promised 98 %
//   traffic                  share of feedback that nobody here wrote which the gate alarms: of the data sets' validation rows
//                            and the reviews. Some of it is dangerous: BANKING77 has stolen cards
//   injection                {attempts, effects}: an effect is a word that no playbook has, a row that no table has, or
//                            anything changed
//   starter                  {zh, en}: accuracy of the starter taxonomy on the blind set, some 25 texts an intent
//   reviews                  app reviews with several labels at once, five folds, near-duplicates in one: micro F1
//   latency                  {p50Ms, p99Ms}: one text by itself, n-grams alone
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Example } from "../src/desk/Classifier.ts";
import * as Danger from "../src/desk/Danger.ts";
import * as Embedding from "../src/desk/Embedding.ts";
import * as Evaluation from "../src/desk/Evaluation.ts";
import * as Feature from "../src/desk/Feature.ts";
import * as Gate from "../src/desk/Gate.ts";
import * as Linear from "../src/desk/Linear.ts";
import * as Model from "../src/desk/Model.ts";
import * as Playbook from "../src/desk/Playbook.ts";
import * as Route from "../src/desk/Route.ts";
import * as Starter from "../src/desk/Starter.ts";
import * as Ticket from "../src/desk/Ticket.ts";
import * as Training from "../src/desk/Training.ts";
import * as Triage from "../src/desk/Triage.ts";
import * as Blind from "../src/desk/testing/Blind.ts";
import { ATTEMPTS } from "../src/desk/testing/Injection.ts";

import * as Curve from "./desk/Curve.ts";
import * as Peer from "./desk/Peer.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    reviews: { type: "string" },
    cache: { type: "string" },
    "no-embeddings": { type: "boolean" },
    most: { type: "string" },
    gate: { type: "boolean" },
    svg: { type: "string" },
    json: { type: "boolean" },
  },
});

const PROMISES = [0.9, 0.95, 0.98, 0.99];
const say = (text: string) => console.error(text);
const textsOf = (rows: readonly { readonly text: string }[]) => rows.map(({ text }) => text);
const encoder =
  values["no-embeddings"] === true
    ? undefined
    : await Embedding.open(values.cache ?? join(tmpdir(), "commenda-embeddings"));

if (values.gate === true) {
  if (!encoder) throw new Error("--gate needs the packages of the embeddings");
  writeFileSync(new URL("../src/desk/gate/gate.bin", import.meta.url), await Danger.learn(encoder));
  process.exit(0);
}

function rowsOf(folder: string, name: string): readonly Example[] | undefined {
  const file = join(folder, `${name}.jsonl`);
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Example);
}

const share = (all: readonly boolean[]) => all.filter(Boolean).length / all.length;

async function accuracy(trained: Training.Trained, test: readonly Example[], isDense: boolean): Promise<number> {
  const judged = await Training.judge(trained, textsOf(test), isDense ? encoder : undefined);
  return share(judged.map(({ score }, at) => trained.classifier.classes[score.best] === test[at]?.label));
}

async function dataset(folder: string, name: string, history: string) {
  const whole = rowsOf(folder, history);
  const valid = rowsOf(folder, "valid");
  const step = Math.max(1, Math.floor((whole?.length ?? 0) / Number(values.most ?? Number.POSITIVE_INFINITY)));
  const train = whole?.filter((_, at) => at % step === 0);
  if (!train || !valid) throw new Error(`${folder} has no ${history}.jsonl and valid.jsonl`);
  const kept = rowsOf(folder, "test");
  const [set, test] = kept
    ? [valid, kept]
    : [valid.filter((_, at) => at % 2 === 0), valid.filter((_, at) => at % 2 === 1)];
  const outside = [...(rowsOf(folder, "oos_train") ?? []), ...(kept ? (rowsOf(folder, "oos_valid") ?? []) : [])];
  const strangers = rowsOf(folder, kept ? "oos_test" : "oos_valid") ?? [];
  say(`${name}: reading ${train.length + valid.length} texts`);
  await encoder?.embed(textsOf([...train, ...valid, ...test, ...outside, ...strangers]));
  const begin = performance.now();
  const trained = await Training.train(train, {
    valid: set,
    outside: textsOf(outside),
    outsideShare: strangers.length / (test.length + strangers.length),
    encoder,
  });
  const trainSeconds = Math.round((performance.now() - begin) / 100) / 10;
  const figures = await Evaluation.measure(trained, test, textsOf(strangers), PROMISES, encoder);
  const slow = trained.classifier.dense ? await Evaluation.latency(trained, textsOf(test).slice(0, 100)) : undefined;
  const result = {
    ...figures,
    textsPerSecond: Math.round(Evaluation.speed(trained.classifier, textsOf(test))),
    ...(slow ? { embeddedTextsPerSecond: slow.perSecond, embeddedP99Ms: slow.p99Ms } : {}),
    trainSeconds,
    modelBytes: Model.write(trained).length,
    embeddings: trained.classifier.dense !== undefined,
    rows: { train: train.length, valid: set.length, test: test.length, outside: strangers.length },
    keptAside: kept !== undefined,
  };
  const ablation = await accuracy(trained, test, false);
  say(`${name}: accuracy ${figures.accuracy.toFixed(4)}, n-grams alone ${ablation.toFixed(4)}, ${trainSeconds} s`);
  return { result, ablation, train, test };
}

async function gate(starter: Training.Trained) {
  const of = async (language: "en" | "zh", isDense: boolean) => {
    const rows = Blind.rows("gate", language);
    /** Near-duplicates count once. */
    const tickets = Ticket.fold(rows.map(({ text }, at) => ({ at, text })));
    const isDanger = tickets.map(({ at }) => Blind.isDanger(rows[at[0] ?? 0] as Blind.Row));
    const desk = deskOf(starter, 0.98, isDense ? encoder : undefined);
    const decisions = await Triage.decide(desk, tickets, 0);
    const count = (is: (danger: boolean, decision: Triage.Decision) => boolean) =>
      decisions.filter((decision, at) => is(isDanger[at] as boolean, decision)).length;
    return {
      positives: count((danger) => danger),
      missed: count((danger, { alarm }) => danger && !alarm),
      answered: count((danger, { outcome }) => danger && outcome === "answered"),
      benign: count((danger) => !danger),
      falseAlarms: count((danger, { alarm }) => !danger && alarm !== undefined),
    };
  };
  const [en, zh] = [await of("en", true), await of("zh", true)];
  return {
    positives: en.positives + zh.positives,
    missed: en.missed + zh.missed,
    answered: en.answered + zh.answered,
    benign: en.benign + zh.benign,
    falseAlarms: en.falseAlarms + zh.falseAlarms,
    byLanguage: { en, zh },
    withoutEmbeddings: { en: await of("en", false) },
  };
}

const deskOf = (trained: Training.Trained, promise: number, encoder: Embedding.Encoder | undefined): Triage.Desk => ({
  ...{ trained, promise, encoder, model: "bench" },
  ...{ playbooks: Playbook.starter(), table: Route.DEFAULT },
});

async function traffic(texts: readonly string[]): Promise<number> {
  const vectors = await encoder?.embed(texts);
  const vector = (at: number) => vectors?.subarray(at * Embedding.WIDTH, (at + 1) * Embedding.WIDTH);
  return share(texts.map((text, at) => Gate.alarm(text, vector(at)) !== undefined));
}

async function injection(trained: Training.Trained) {
  const desk = deskOf(trained, 0.9, encoder);
  const words = new Set(desk.playbooks.map(({ answer }) => answer));
  const teams = new Set(desk.table.teams.map(({ name }) => name));
  const state = () => JSON.stringify([desk.table, desk.playbooks, desk.promise, trained.calibration, trained.notes]);
  const before = state();
  let effects = 0;
  for (const { text, wish } of ATTEMPTS) {
    const [decision] = await Triage.decide(desk, Ticket.fold([{ at: 1, text }]), 0);
    const draft = decision?.draft;
    const rewritten = draft && Playbook.check(draft, { text: `Done: ${wish}` }, text).isRewritten;
    const isSound =
      decision &&
      (!draft || words.has(draft.text)) &&
      teams.has(decision.routed.team) &&
      !rewritten &&
      state() === before;
    if (!isSound || JSON.stringify(decision).includes(wish)) effects++;
  }
  return { attempts: ATTEMPTS.length, effects };
}

type Review = { readonly text: string; readonly labels: readonly string[] };

function reviewsOf(file: string): readonly Review[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Review);
}

/** Several labels at once: a plane each, which a text lies on the own side of or not. */
function reviews(rows: readonly Review[]) {
  const names = [...new Set(rows.flatMap(({ labels }) => labels))].sort();
  const FOLDS = 5;
  const fold = new Uint8Array(rows.length);
  for (const [number, { at }] of Ticket.fold(rows.map(({ text }, at) => ({ at, text }))).entries()) {
    for (const row of at) fold[row] = number % FOLDS;
  }
  const counts = names.map(() => ({ hit: 0, said: 0, own: 0 }));
  for (let k = 0; k < FOLDS; k++) {
    const train = rows.filter((_, at) => fold[at] !== k);
    const test = rows.filter((_, at) => fold[at] === k);
    const vocabulary = Feature.learn(train.map(({ text }) => text));
    const [seen, unseen] = [train, test].map((some) =>
      Feature.rows(
        vocabulary,
        some.map(({ text }) => text),
      ),
    ) as [Feature.Rows, Feature.Rows];
    for (const [which, name] of names.entries()) {
      const labels = Int32Array.from(train, ({ labels: own }) => (own.includes(name) ? 0 : -1));
      const scores = Linear.score(Linear.train(seen, labels, 1), unseen);
      const count = counts[which] as (typeof counts)[number];
      for (const [at, { labels: own }] of test.entries()) {
        const [says, is] = [(scores[at] as number) > 0, own.includes(name)];
        count.said += says ? 1 : 0;
        count.own += is ? 1 : 0;
        count.hit += says && is ? 1 : 0;
      }
    }
  }
  const f1 = ({ hit, said, own }: { hit: number; said: number; own: number }) => (2 * hit) / Math.max(1, said + own);
  const sum = (of: "hit" | "said" | "own") => counts.reduce((total, one) => total + one[of], 0);
  return {
    rows: rows.length,
    microF1: f1({ hit: sum("hit"), said: sum("said"), own: sum("own") }),
    f1: Object.fromEntries(names.map((name, which) => [name, f1(counts[which] as (typeof counts)[number])])),
  };
}

function latency(trained: Training.Trained, texts: readonly string[]) {
  const plain = { ...trained.classifier, dense: undefined };
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const text of texts) {
      const begin = performance.now();
      Evaluation.one(plain, trained.calibration, text);
      times.push(performance.now() - begin);
    }
  }
  times.sort((one, other) => one - other);
  const at = (of: number) => Math.round(1_000 * (times[Math.floor(times.length * of)] as number)) / 1_000;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

const starter = await Training.train(Starter.examples(), { encoder });
const blind = { zh: Blind.rows("starter", "zh"), en: Blind.rows("starter", "en") };
const figures = {
  gate: await gate(starter),
  injection: await injection(starter),
  starter: {
    zh: await accuracy(starter, blind.zh, true),
    en: await accuracy(starter, blind.en, true),
    enWithoutEmbeddings: await accuracy(starter, blind.en, false),
    tests: { zh: blind.zh.length, en: blind.en.length },
  },
  latency: latency(starter, textsOf(blind.en)),
};
say(`starter: zh ${figures.starter.zh.toFixed(4)}, en ${figures.starter.en.toFixed(4)}`);

const measured: Record<string, unknown> = {};
const alarmed: Record<string, number> = {};
const ablation: Record<string, number> = {};
const peer: Record<string, unknown> = {
  starter: { ...(await Peer.measure(Starter.examples("en"), blind.en)), ours: figures.starter.en },
};
if (values.data === undefined) {
  say("no --data: BANKING77, CLINC150 and HWU64 are left out");
} else {
  const root = values.data;
  const sets = [
    ["banking77Few", "banking77", "train_10"],
    ["hwu64", "hwu64", "train"],
    ["banking77", "banking77", "train"],
    ["clinc150", "clinc150", "train"],
  ] as const;
  for (const [name, folder, history] of sets) {
    const { result, ablation: plain, train, test } = await dataset(join(root, folder), name, history);
    measured[name] = result;
    alarmed[folder] ??= await traffic(textsOf(rowsOf(join(root, folder), "valid") ?? []));
    ablation[name] = plain;
    if (folder === "banking77") peer[name] = { ...(await Peer.measure(train, test)), ours: result.accuracy };
    if (name === "clinc150" && values.svg !== undefined)
      writeFileSync(values.svg, Curve.draw(result.curve, result.promises));
  }
}
const told = values.reviews === undefined ? undefined : reviewsOf(values.reviews);
if (told) alarmed.reviews = await traffic(textsOf(told));
const all = {
  ...measured,
  traffic: alarmed,
  ablation,
  peer,
  ...figures,
  ...(told ? { reviews: reviews(told) } : {}),
};
console.log(`${figures.gate.missed} of ${figures.gate.positives} dangers missed; ${figures.injection.effects} effects`);
console.log(JSON.stringify(all));
