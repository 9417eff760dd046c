/** `commenda desk eval`: learns from a history and judges itself on rows that it never saw. */
import { InputError } from "../../../agreement/index.ts";
import type { Example } from "../../../desk/Classifier.ts";
import * as Evaluation from "../../../desk/Evaluation.ts";
import type * as Intake from "../../../desk/Intake.ts";
import * as Model from "../../../desk/Model.ts";
import * as Training from "../../../desk/Training.ts";
import { type Command, OK } from "../../Command.ts";
import { UsageError } from "../../Errors.ts";
import * as Reading from "./Reading.ts";

const { both } = InputError;

export const evaluate: Command = {
  path: ["desk", "eval"],
  says: both(
    "learns from a history and judges itself on rows that it never saw",
    "从历史数据学习，并在从未见过的数据上自我评测",
  ),
  args: [],
  options: {
    train: Reading.files("labelled history", "已标注的历史数据"),
    valid: Reading.files(
      "set aside for thresholds; without it, the history is judged in folds",
      "用于确定阈值；不提供则对历史数据交叉评估",
    ),
    test: Reading.files("what it is judged on", "用于评测的数据"),
    "oos-train": Reading.files("texts outside of all intents, for thresholds", "不属于任何意图的文本，用于确定阈值"),
    "oos-valid": Reading.files("more of them", "更多此类文本"),
    "oos-test": Reading.files("those it is judged on", "用于评测的此类文本"),
    promise: Reading.PROMISE,
    "oos-share": {
      type: "string",
      value: "SHARE",
      says: both(
        "share of the traffic expected outside of scope; default: by the number of rows of --test and --oos-test",
        "预期超出范围的流量占比；默认按 --test 与 --oos-test 的行数",
      ),
    },
    ...Reading.SHARED,
  },
  examples: [
    {
      line: "commenda desk eval --train train.jsonl --valid valid.jsonl --test test.jsonl --promise 0.98 --json",
      says: both("accuracy, and what a promise of 98 % leaves to people", "准确率，以及承诺 98 % 时交由人员处理的比例"),
    },
  ],
  async run(given, context) {
    const rows = (name: string) => Reading.take(given.lists[name] ?? [], given, context);
    const [history, valid, test] = [
      Reading.labelled(await rows("train")),
      Reading.labelled(await rows("valid")),
      Reading.labelled(await rows("test")),
    ];
    const texts = (all: readonly Intake.Feedback[]) => all.map(({ text }) => text);
    const outside = [...texts(await rows("oos-train")), ...texts(await rows("oos-valid"))];
    const strangers = texts(await rows("oos-test"));
    Reading.enough(history, "--train");
    if (test.length === 0) throw new UsageError(both("--test has no labelled row.", "--test 中没有已标注的行。"));
    const promises = Reading.sharesOf(given, "promise", 0.98);
    const encoder = await Reading.encoderOf(given);
    // Counted, not looked at: what share is to be expected is for the client to say.
    const outsideShare =
      Reading.shareOf(given, "oos-share") ??
      (outside.length === 0 ? 0 : strangers.length / (test.length + strangers.length));
    // What is read once is kept: the time of training is that of training.
    const reading = performance.now();
    await encoder?.embed([...texts2(history), ...texts2(valid), ...outside, ...texts2(test), ...strangers], (done) =>
      Reading.watch(given, context)("embedding", done),
    );
    const begin = performance.now();
    const trained = await Training.train(history, {
      valid,
      outside,
      outsideShare,
      encoder,
      progress: Reading.watch(given, context),
    });
    const trainSeconds = (performance.now() - begin) / 1_000;
    const figures = await Evaluation.measure(trained, test, strangers, promises, encoder);
    const sample = texts2(test).slice(0, 300);
    const slow =
      trained.classifier.dense && encoder ? await Evaluation.latency(trained, sample.slice(0, 60)) : undefined;
    context.progress(undefined);
    const { curve, ...rest } = figures;
    const result = {
      ...rest,
      textsPerSecond: Math.round(Evaluation.speed(trained.classifier, sample)),
      ...(slow ? { embeddedTextsPerSecond: slow.perSecond, embeddedP99Ms: slow.p99Ms } : {}),
      trainSeconds: tenths(trainSeconds),
      readSeconds: tenths((begin - reading) / 1_000),
      modelBytes: Model.write(trained).length,
      embeddings: trained.classifier.dense !== undefined,
      rows: { train: history.length, valid: valid.length, test: test.length, oosTest: strangers.length },
      notes: trained.notes,
      curve: curve.filter((_, at) => at % 10 === 9),
    };
    if (given.json) context.print(JSON.stringify(result));
    else {
      const percent = (share: number | null) => (share === null ? "-" : `${(100 * share).toFixed(1)} %`);
      const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
      say(
        `accuracy ${percent(result.accuracy)}, macro F1 ${percent(result.macroF1)}, calibration error ${percent(result.ece)}`,
        `准确率 ${percent(result.accuracy)}，宏平均 F1 ${percent(result.macroF1)}，校准误差 ${percent(result.ece)}`,
      );
      if (result.oosAuroc !== null) {
        say(
          `out of scope: AUROC ${percent(result.oosAuroc)}, refused when 95 % are kept ${percent(result.oosRecallAt95Kept)}`,
          `超出范围：AUROC ${percent(result.oosAuroc)}，保留 95 % 时拒绝 ${percent(result.oosRecallAt95Kept)}`,
        );
      }
      for (const { promise, automated, realised } of result.promises) {
        say(
          `promised ${percent(promise)}: answered ${percent(automated)} of all, right ${percent(realised)}`,
          `承诺 ${percent(promise)}：自动答复占比 ${percent(automated)}，实际准确率 ${percent(realised)}`,
        );
      }
      say(
        `${result.textsPerSecond} texts a second by n-grams; trained in ${result.trainSeconds} s; ${result.modelBytes} bytes`,
        `n-gram 每秒 ${result.textsPerSecond} 条；训练 ${result.trainSeconds} 秒；${result.modelBytes} 字节`,
      );
    }
    return OK;
  },
};

const texts2 = (all: readonly Example[]) => all.map(({ text }) => text);
const tenths = (value: number) => Math.round(10 * value) / 10;
