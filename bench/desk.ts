// `npm run -s bench -- desk [--data FOLDER] [--reviews FILE] [--cache FOLDER] [--no-embeddings] [--most N] [--svg FILE]
// [--json]`: the desk on data that nobody here wrote, nlp.js beside it. The last line is one JSON object; shares are
// fractions. `--most` takes about N rows of each history, for a quick look. `--sense` writes src/desk/gate/sense.en.bin.
//   banking77, banking77Few, clinc150, hwu64   what `commenda desk eval` tells, of FOLDER/NAME/{train,valid,test}.jsonl; where
//                            there is no test.jsonl, of each two rows of valid the first sets thresholds and the second is
//                            judged. Absent without --data
//   ablation                 accuracy of n-grams alone, on the same
//   peer                     nlp.js with its defaults, and `ours`, the desk's accuracy on the same rows: of the English starter
//                            taxonomy and, with --data, of BANKING77, with ten examples an intent and in full
//   gate                     {positives, missed, benign, falseAlarms} of the judged half of the blind set, near-duplicates
//                            once, of both languages; each apart, the half that was seen, and n-grams alone
//   injection                {attempts, effects}: an effect is a word that no playbook has, a row that no table has, or
//                            anything changed
//   starter                  {zh, en}: accuracy of the starter taxonomy on the judged half of the blind set, at least 20 texts
//                            an intent in both halves together; the half that was seen apart
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
    sense: { type: "boolean" },
    svg: { type: "string" },
    json: { type: "boolean" },
  },
});

const PROMISES = [0.9, 0.95, 0.98, 0.99];
const say = (text: string) => console.error(text);
const textsOf = (rows: readonly Example[]) => rows.map(({ text }) => text);
const encoder =
  values["no-embeddings"] === true
    ? undefined
    : await Embedding.open(values.cache ?? join(tmpdir(), "commenda-embeddings"));

if (values.sense === true) {
  if (!encoder) throw new Error("--sense needs the packages of the embeddings");
  writeFileSync(new URL("../src/desk/gate/sense.en.bin", import.meta.url), await Danger.learn(encoder));
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

async function gate() {
  const of = async (language: "en" | "zh", half: Blind.Half, isDense: boolean) => {
    const rows = Blind.rows("gate", language, half);
    /** Near-duplicates count once. */
    const distinct = Ticket.fold(rows.map(({ text }, at) => ({ at, text }))).map(
      ({ at }) => rows[at[0] ?? 0] as Blind.Row,
    );
    const vectors = isDense && language === "en" ? await encoder?.embed(textsOf(distinct)) : undefined;
    const isAlarmed = distinct.map(({ text }, at) =>
      Boolean(Gate.alarm(text, vectors?.subarray(at * Embedding.WIDTH, (at + 1) * Embedding.WIDTH))),
    );
    const isDanger = distinct.map(Blind.isDanger);
    return {
      positives: isDanger.filter(Boolean).length,
      missed: isDanger.filter((is, at) => is && !isAlarmed[at]).length,
      benign: isDanger.filter((is) => !is).length,
      falseAlarms: isDanger.filter((is, at) => !is && isAlarmed[at]).length,
    };
  };
  const [en, zh] = [await of("en", "judged", true), await of("zh", "judged", true)];
  return {
    positives: en.positives + zh.positives,
    missed: en.missed + zh.missed,
    benign: en.benign + zh.benign,
    falseAlarms: en.falseAlarms + zh.falseAlarms,
    byLanguage: { en, zh },
    seen: { en: await of("en", "seen", true), zh: await of("zh", "seen", true) },
    withoutEmbeddings: { en: await of("en", "judged", false) },
  };
}

async function injection(trained: Training.Trained) {
  const desk: Triage.Desk = {
    trained,
    model: "bench",
    playbooks: Playbook.starter(),
    table: Route.DEFAULT,
    promise: 0.9,
    encoder,
  };
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

/** Several labels at once: a plane each, which a text lies on the own side of or not. */
function reviews(file: string) {
  const rows = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { text: string; labels: readonly string[] });
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
const halves = { zh: Blind.rows("starter", "zh", "judged"), en: Blind.rows("starter", "en", "judged") };
const figures = {
  gate: await gate(),
  injection: await injection(starter),
  starter: {
    zh: await accuracy(starter, halves.zh, true),
    en: await accuracy(starter, halves.en, true),
    enWithoutEmbeddings: await accuracy(starter, halves.en, false),
    seen: {
      zh: await accuracy(starter, Blind.rows("starter", "zh", "seen"), true),
      en: await accuracy(starter, Blind.rows("starter", "en", "seen"), true),
    },
    tests: { zh: halves.zh.length, en: halves.en.length },
  },
  latency: latency(starter, textsOf(halves.en)),
};
say(`starter: zh ${figures.starter.zh.toFixed(4)}, en ${figures.starter.en.toFixed(4)}`);

const measured: Record<string, unknown> = {};
const ablation: Record<string, number> = {};
const peer: Record<string, unknown> = {
  starter: { ...(await Peer.measure(Starter.examples("en"), halves.en)), ours: figures.starter.en },
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
    ablation[name] = plain;
    if (folder === "banking77") peer[name] = { ...(await Peer.measure(train, test)), ours: result.accuracy };
    if (name === "clinc150" && values.svg !== undefined)
      writeFileSync(values.svg, Curve.draw(result.curve, result.promises));
  }
}
const all = {
  ...measured,
  ablation,
  peer,
  ...figures,
  ...(values.reviews === undefined ? {} : { reviews: reviews(values.reviews) }),
};
console.log(`${figures.gate.missed} of ${figures.gate.positives} dangers missed; ${figures.injection.effects} effects`);
console.log(JSON.stringify(all));
