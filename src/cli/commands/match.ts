/** `commenda match ...`: ranking by past cases, its figures, and the check that anyone can make of it. */
import { InputError } from "../../agreement/index.ts";
import { Bundle, Case, Evaluation, Exposure, Feature, Ranking, Weights } from "../../matching/index.ts";
import { type Command, type Context, type Given, OK, type Option } from "../Command.ts";
import { FileUnusable, UsageError } from "../Errors.ts";
import { jsonOf, textOf, write } from "../PlainFile.ts";
import { market } from "./market.ts";
import { vouching } from "./vouch.ts";

const { both } = InputError;

const OPTIONS = {
  keepGood: {
    type: "boolean",
    says: both(
      "leaves broken lines out and tells them, instead of refusing the file",
      "略过并报告有误的行，而不拒绝整个文件",
    ),
  },
  without: {
    type: "string",
    value: "PART",
    repeats: true,
    says: both(
      `learns without a part of the score: ${Object.keys(Feature.CASES).join(", ")}`,
      `学习时不使用评分的某一部分：${Object.keys(Feature.CASES).join("、")}`,
    ),
  },
  cases: {
    type: "string",
    value: "FILE",
    says: both("past cases, JSONL sorted by time", "既往案例，按时间排序的 JSONL 文件"),
  },
  weights: {
    type: "string",
    value: "FILE",
    says: both(
      "weights that `commenda match learn` wrote; default: those that come with Commenda",
      "由 `commenda match learn` 写出的权重；默认使用自带权重",
    ),
  },
} as const satisfies Record<string, Option>;

function given(options: Given["options"], name: string): string {
  const value = options[name];
  if (typeof value === "string") return value;
  throw new UsageError(both(`--${name} is missing.`, `缺少 --${name}。`));
}

function casesOf(file: string, { options, language }: Given, context: Context): readonly Case.Case[] {
  const { cases, problems } = Case.read(textOf(file), { keepGood: options["keep-good"] === true });
  for (const problem of problems) context.tell(`${file}: ${problem.in(language)}`);
  if (cases.length === 0) throw new FileUnusable(file, both("it holds no case", "文件中没有案例"));
  return cases;
}

function weightsOf({ options }: Given): Weights.Weights {
  return typeof options.weights === "string" ? Weights.parse(jsonOf(options.weights)) : Weights.GIVEN;
}

function partsOf({ lists }: Given): readonly string[] {
  const parts = lists.without ?? [];
  const unknown = parts.find((part) => !(part in Feature.CASES));
  if (unknown === undefined) return parts;
  const known = Object.keys(Feature.CASES);
  throw new UsageError(
    both(
      `--without: found ${unknown}, expected one of ${known.join(", ")}.`,
      `--without：现为 ${unknown}，应为 ${known.join("、")} 之一。`,
    ),
  );
}

function learn(cases: readonly Case.Case[], of: Given, context: Context): Weights.Weights {
  const says = both("learning from past cases", "正在从既往案例学习")[of.language];
  let shown = -1;
  const weights = Weights.learn(cases, { parts: partsOf(of) }, (share) => {
    const percent = Math.floor(share * 20) * 5;
    if (percent > shown) context.progress(`${says}: ${percent} %`);
    shown = percent;
  });
  context.progress(undefined);
  return weights;
}

const gauge: Evaluation.Gauge = {
  seconds: () => performance.now() / 1_000,
  megabytes: () => process.memoryUsage.rss() / 1_000_000,
};

const rounded = (figures: Evaluation.Figures) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(name === "queriesPerSecond" ? 0 : 4))]),
  );

const evaluate: Command = {
  path: ["match", "eval"],
  says: both(
    "how often the one who did it comes first, judged by what was known before",
    "仅凭当时已知信息排序，实际承接者排在首位的比例",
  ),
  args: [],
  options: {
    train: {
      ...OPTIONS.cases,
      says: both("cases to learn from, JSONL sorted by time", "用于学习的案例，按时间排序的 JSONL 文件"),
    },
    test: {
      ...OPTIONS.cases,
      says: both(
        "cases to be judged by; default: the last fifth of the others",
        "用于评判的案例；默认取前者最后五分之一",
      ),
    },
    weights: OPTIONS.weights,
    without: OPTIONS.without,
    "keep-good": OPTIONS.keepGood,
  },
  examples: [
    {
      line: "commenda match eval --train cases.jsonl --test later.jsonl --json",
      says: both("figures, and those of three simple ways beside them", "各项指标，并列三种简单方法的结果"),
    },
  ],
  async run(of, context) {
    const { options, language, json } = of;
    const all = casesOf(given(options, "train"), of, context);
    const cut = Math.floor(all.length * 0.8);
    const data: Evaluation.Data =
      typeof options.test === "string"
        ? { train: all, test: casesOf(options.test, of, context) }
        : { train: all.slice(0, cut), test: all.slice(cut) };
    const began = gauge.seconds();
    const weights =
      typeof options.weights === "string" ? weightsOf(of) : learn(Evaluation.learnable(data), of, context);
    const learnSeconds = Number((gauge.seconds() - began).toFixed(1));
    context.progress(both("ranking", "正在排序")[language]);
    const counts = new Map<string, number>();
    const way = Weights.way(weights);
    const floored: number[] = [];
    let newcomers = 0;
    const figures = Evaluation.run(
      {
        rank: way.rank,
        reveal(known) {
          counts.set(known.provider, (counts.get(known.provider) ?? 0) + 1);
          way.reveal(known);
        },
      },
      data,
      gauge,
      (_, ranking, known) => {
        const isNewcomer = (name: string) => (counts.get(name) ?? 0) < Exposure.FEW;
        const { order } = Exposure.place(ranking, isNewcomer, { seed: `${known.id} ${known.at}` });
        newcomers += order.slice(0, Exposure.SEEN).filter(isNewcomer).length;
        floored.push(order.indexOf(known.provider) + 1 || Number.POSITIVE_INFINITY);
      },
    );
    const baselines = Object.fromEntries(
      Object.entries(Evaluation.BASELINES).map(([name, make]) => [name, Evaluation.run(make(), data, gauge)] as const),
    );
    context.progress(undefined);
    const result = {
      queries: data.test.length,
      ...rounded(figures),
      newcomerShare: Number((newcomers / (data.test.length * Exposure.SEEN)).toFixed(4)),
      mrr20WithFloor: Number(Evaluation.figuresOf(floored).mrr20.toFixed(4)),
      learnSeconds,
      weights: Weights.versionOf(weights),
      baselines: Object.fromEntries(Object.entries(baselines).map(([name, each]) => [name, rounded(each)])),
    };
    if (json) context.print(JSON.stringify(result));
    else for (const line of table({ commenda: figures, ...baselines }, result, language)) context.print(line);
    return OK;
  },
};

function table(
  ways: Readonly<Record<string, Evaluation.Figures>>,
  { newcomerShare, mrr20WithFloor, mrr20 }: { newcomerShare: number; mrr20WithFloor: number; mrr20?: number },
  language: InputError.Language,
): readonly string[] {
  const names: Record<string, InputError.Words> = {
    commenda: both("Commenda", "Commenda"),
    mostFrequent: both("most frequent", "承接最多者"),
    mostRecentInArea: both("most recent in the area", "领域内最近承接者"),
    bm25Vote: both("plain BM25 vote", "单纯 BM25 投票"),
  };
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  const lines = Object.entries(ways).map(([name, figures]) => {
    const { top1, top5, top10, mrr20, ndcg10, queriesPerSecond } = figures;
    const cells = [percent(top1), percent(top5), percent(top10), mrr20.toFixed(3), ndcg10.toFixed(3)];
    return `${cells.map((cell) => cell.padStart(8)).join("")}${queriesPerSecond.toFixed(0).padStart(8)}/s  ${names[name]?.[language] ?? name}`;
  });
  const floor = both(
    `With the floor, newcomers have ${percent(newcomerShare)} of the first five places; MRR ${mrr20WithFloor.toFixed(3)} instead of ${(mrr20 ?? 0).toFixed(3)}.`,
    `启用新人保底后，新人占前五位的 ${percent(newcomerShare)}；MRR 由 ${(mrr20 ?? 0).toFixed(3)} 变为 ${mrr20WithFloor.toFixed(3)}。`,
  );
  return [`   top 1   top 5  top 10     MRR    nDCG`, ...lines, floor[language]];
}

const learning: Command = {
  path: ["match", "learn"],
  says: both("learns from past cases what counts, and writes it down", "从既往案例学习各项权重并写入文件"),
  args: ["FILE"],
  options: {
    out: { type: "string", value: "FILE", says: both("where the weights are written", "权重写入的文件") },
    without: OPTIONS.without,
    "keep-good": OPTIONS.keepGood,
  },
  examples: [
    {
      line: "commenda match learn cases.jsonl --out weights.json",
      says: both("the same cases give the same bytes on any machine", "相同案例在任何机器上得到相同字节"),
    },
  ],
  async run(of, context) {
    const out = given(of.options, "out");
    const weights = learn(casesOf(of.args[0] as string, of, context), of, context);
    write(out, `${JSON.stringify(weights)}\n`);
    const version = Weights.versionOf(weights);
    context.print(of.json ? JSON.stringify({ file: out, weights: version }) : `${out}: ${version}`);
    return OK;
  },
};

const ranking: Command = {
  path: ["match", "rank"],
  says: both(
    "ranks providers for a requirement, with each part of each score",
    "为需求对乙方排序，并列出每项得分的构成",
  ),
  args: [],
  options: {
    cases: OPTIONS.cases,
    title: { type: "string", value: "TEXT", says: both("what is wanted", "需求内容") },
    area: { type: "string", value: "NAME", says: both("where it belongs", "所属领域") },
    at: {
      type: "string",
      value: "SECONDS",
      says: both("when it is asked, Unix seconds; default: now", "提出时间（Unix 秒）；默认为现在"),
    },
    weights: OPTIONS.weights,
    floor: {
      type: "string",
      value: "SEED",
      says: both("with the newcomers' floor, its lot drawn by this seed", "启用新人保底，按此种子抽签"),
    },
    why: { type: "string", value: "PROVIDER", says: both("why this one is not the first", "该方为何未排在首位") },
    out: {
      type: "string",
      value: "FILE",
      says: both("writes the ranking, to be verified by anyone", "写出排序结果，供任何人核验"),
    },
    "keep-good": OPTIONS.keepGood,
  },
  examples: [
    {
      line: 'commenda match rank --cases cases.jsonl --area web --title "Table loses its selection" --why d012',
      says: both("who fits, and why another does not come first", "谁最合适，以及另一方为何未居首位"),
    },
  ],
  async run(of, context) {
    const { options, language, json } = of;
    const at = options.at === undefined ? context.now() * 60 : Number(options.at);
    const cases = casesOf(given(options, "cases"), of, context);
    const request: Case.Request = { id: "request", at, area: given(options, "area"), title: given(options, "title") };
    const wrong = Case.check({ ...request, provider: "-" }, 1);
    if (wrong.length > 0) throw new InputError.BadInput(wrong);
    const floor = typeof options.floor === "string" ? { share: 0.1, seed: options.floor } : null;
    const found = Ranking.rank({ cases }, request, { weights: weightsOf(of), floor });
    if (typeof options.out === "string") write(options.out, `${JSON.stringify(found)}\n`);
    if (json) context.print(JSON.stringify(found));
    else for (const line of lines(found, language)) context.print(line);
    if (typeof options.why === "string") context.tell(Ranking.whyNot(found, options.why)[language]);
    return OK;
  },
};

function lines(found: Ranking.Ranking, language: InputError.Language): readonly string[] {
  const shown = (millionths: number) => (millionths / 1_000_000).toFixed(3);
  const day = (at: number) => new Date(at * 1_000).toISOString().slice(0, 10);
  return found.candidates.slice(0, 5).flatMap(({ place, provider, score, parts, cases }) => [
    `${place}. ${provider}  ${shown(score)}`,
    ...Object.entries(parts)
      .filter(([, value]) => value !== 0)
      .map(([part, value]) => `     ${shown(value).padStart(8)}  ${Feature.PARTS[part as Feature.Part][language]}`),
    ...cases.map(({ at, title }) => `     ${day(at)}  ${title}`),
  ]);
}

const verify: Command = {
  path: ["match", "verify"],
  says: both("recomputes a ranking from its inputs", "由输入重新计算并核验排序结果"),
  args: ["RANKING"],
  options: { cases: OPTIONS.cases, weights: OPTIONS.weights, "keep-good": OPTIONS.keepGood },
  examples: [
    {
      line: "commenda match verify ranking.json --cases cases.jsonl",
      says: both("says which field is not what the inputs give", "指出与输入不符的字段"),
    },
    {
      line: "commenda match verify bundle.json",
      says: both("what a node gives as a ranking's file has its inputs inside", "节点给出的排序文件已含全部输入"),
    },
  ],
  async run(of, context) {
    const file = jsonOf(of.args[0] as string);
    const bundle = Bundle.isOne(file) ? Bundle.parse(file) : undefined;
    const found = bundle?.ranking ?? Ranking.parse(file);
    if (bundle) Bundle.verify(bundle);
    else Ranking.verify(found, { cases: casesOf(given(of.options, "cases"), of, context) }, weightsOf(of));
    const { cases, providers, settlements } = found.inputs;
    const says = both(
      `${found.candidates.length} places by ${cases} cases, ${providers} profiles and ${settlements} settlements, every part of every score: as the inputs give them.`,
      `依据 ${cases} 个案例、${providers} 份档案和 ${settlements} 笔结算的 ${found.candidates.length} 个名次及每项得分构成，均与输入一致。`,
    );
    context.print(
      of.json ? JSON.stringify({ verified: true, hash: found.inputs.hash, weights: found.weights }) : says[of.language],
    );
    return OK;
  },
};

export const matches: readonly Command[] = [evaluate, learning, ranking, verify, ...market, ...vouching];
