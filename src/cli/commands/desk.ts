/** `commenda desk ...`: learns from a history, judges itself, works through feedback, shows and corrects what it did. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../agreement/index.ts";
import type { Example } from "../../desk/Classifier.ts";
import * as Drift from "../../desk/Drift.ts";
import * as Embedding from "../../desk/Embedding.ts";
import { HistoryTooSmall, NotAPromise } from "../../desk/Errors.ts";
import * as Evaluation from "../../desk/Evaluation.ts";
import * as Intake from "../../desk/Intake.ts";
import * as Log from "../../desk/Log.ts";
import * as Model from "../../desk/Model.ts";
import * as Playbook from "../../desk/Playbook.ts";
import * as Registry from "../../desk/Registry.ts";
import * as Route from "../../desk/Route.ts";
import * as Starter from "../../desk/Starter.ts";
import * as Ticket from "../../desk/Ticket.ts";
import * as Training from "../../desk/Training.ts";
import * as Triage from "../../desk/Triage.ts";
import { bold, type Command, type Context, type Given, NOT_GOOD, OK, type Option } from "../Command.ts";
import { FileUnusable, UsageError } from "../Errors.ts";

const { both } = InputError;

const files = (en: string, zh: string): Option => ({
  type: "string",
  value: "FILE...",
  repeats: true,
  many: true,
  says: both(en, zh),
});

const SHARED = {
  cache: {
    type: "string",
    value: "FOLDER",
    says: both(
      "where embeddings are kept once computed; default: a folder among the temporary files",
      "已计算的句向量保存位置；默认在临时文件夹中",
    ),
  },
  "no-embeddings": {
    type: "boolean",
    says: both("n-grams alone, also where embeddings are installed", "即使已安装句向量，也只用 n-gram"),
  },
} as const satisfies Readonly<Record<string, Option>>;

const FOLDER: Option = {
  type: "string",
  value: "FOLDER",
  says: both(
    "the desk's folder: models, tickets, log; default: .commenda/desk",
    "工单台文件夹：模型、工单、日志；默认 .commenda/desk",
  ),
};

const PROMISE: Option = {
  type: "string",
  value: "SHARE...",
  repeats: true,
  many: true,
  says: both("precision that answers must keep, like 0.98", "答复须达到的准确率，例如 0.98"),
};

async function encoderOf({ options }: Given): Promise<Embedding.Encoder | undefined> {
  if (options["no-embeddings"] === true) return undefined;
  const folder = typeof options.cache === "string" ? options.cache : join(tmpdir(), "commenda-embeddings");
  return Embedding.open(folder);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new FileUnusable(file, both(`it cannot be read (${code})`, `无法读取（${code}）`));
  }
}

/** Feedback of all files; what is bad in them is told on stderr. */
async function take(names: readonly string[], given: Given, context: Context): Promise<readonly Intake.Feedback[]> {
  const all: Intake.Feedback[] = [];
  for (const name of names) {
    const { feedback, bad } = await Intake.take(readBytes(name));
    all.push(...feedback);
    for (const { at, why } of bad.slice(0, 5)) context.tell(`${name}:${at}: ${why[given.language]}`);
    if (bad.length > 5) {
      const more = bad.length - 5;
      context.tell(both(`${name}: ${more} more lines left out`, `${name}：另有 ${more} 行被略过`)[given.language]);
    }
  }
  return all;
}

const labelled = (all: readonly Intake.Feedback[]): readonly Example[] =>
  all.flatMap(({ text, label, labels }) => {
    const own = label ?? (labels?.length === 1 ? labels[0] : undefined);
    return own === undefined ? [] : [{ text, label: own }];
  });

function sharesOf(given: Given, name: string, fallback: number): readonly number[] {
  const values = given.lists[name] ?? [];
  return values.length === 0
    ? [fallback]
    : values.map((found) => {
        const share = Number(found);
        if (!(share >= 0.5 && share <= 0.999)) throw new NotAPromise({ field: `--${name}`, found });
        return share;
      });
}

function shareOf(given: Given, name: string): number | undefined {
  const found = given.options[name];
  if (found === undefined) return undefined;
  const share = Number(found);
  if (share >= 0 && share < 1) return share;
  throw new UsageError(
    both(
      `--${name}: found ${found}, expected a fraction like 0.18.`,
      `--${name}：现为 ${found}，应为小数，例如 0.18。`,
    ),
  );
}

function enough(examples: readonly Example[], field: string) {
  const classes = new Set(examples.map(({ label }) => label)).size;
  if (classes < 2) throw new HistoryTooSmall({ field, examples: examples.length, classes });
}

function watch(given: Given, context: Context): NonNullable<Training.Options["progress"]> {
  const words = {
    embedding: both("reading texts", "正在读取文本"),
    training: both("learning", "正在学习"),
    calibrating: both("calibrating", "正在校准"),
  };
  return (stage, done) => context.progress(`${words[stage][given.language]}${done > 0 ? ` ${done}` : ""}`);
}

const evaluate: Command = {
  path: ["desk", "eval"],
  says: both(
    "learns from a history and judges itself on rows that it never saw",
    "从历史数据学习，并在从未见过的数据上自我评测",
  ),
  args: [],
  options: {
    train: files("labelled history", "已标注的历史数据"),
    valid: files(
      "set aside for thresholds; without it, the history is judged in folds",
      "用于确定阈值；不提供则对历史数据交叉评估",
    ),
    test: files("what it is judged on", "用于评测的数据"),
    "oos-train": files("texts outside of all intents, for thresholds", "不属于任何意图的文本，用于确定阈值"),
    "oos-valid": files("more of them", "更多此类文本"),
    "oos-test": files("those it is judged on", "用于评测的此类文本"),
    promise: PROMISE,
    "oos-share": {
      type: "string",
      value: "SHARE",
      says: both(
        "share of the traffic expected outside of scope; default: by the number of rows of --test and --oos-test",
        "预期超出范围的流量占比；默认按 --test 与 --oos-test 的行数",
      ),
    },
    ...SHARED,
  },
  examples: [
    {
      line: "commenda desk eval --train train.jsonl --valid valid.jsonl --test test.jsonl --promise 0.98 --json",
      says: both("accuracy, and what a promise of 98 % leaves to people", "准确率，以及承诺 98 % 时交由人员处理的比例"),
    },
  ],
  async run(given, context) {
    const rows = (name: string) => take(given.lists[name] ?? [], given, context);
    const [history, valid, test] = [
      labelled(await rows("train")),
      labelled(await rows("valid")),
      labelled(await rows("test")),
    ];
    const texts = (all: readonly Intake.Feedback[]) => all.map(({ text }) => text);
    const outside = [...texts(await rows("oos-train")), ...texts(await rows("oos-valid"))];
    const strangers = texts(await rows("oos-test"));
    enough(history, "--train");
    if (test.length === 0) throw new UsageError(both("--test has no labelled row.", "--test 中没有已标注的行。"));
    const promises = sharesOf(given, "promise", 0.98);
    const encoder = await encoderOf(given);
    // Counted, not looked at: what share is to be expected is for the client to say.
    const outsideShare =
      shareOf(given, "oos-share") ?? (outside.length === 0 ? 0 : strangers.length / (test.length + strangers.length));
    // What is read once is kept: the time of training is that of training.
    const reading = performance.now();
    await encoder?.embed([...texts2(history), ...texts2(valid), ...outside, ...texts2(test), ...strangers], (done) =>
      watch(given, context)("embedding", done),
    );
    const begin = performance.now();
    const trained = await Training.train(history, {
      valid,
      outside,
      outsideShare,
      encoder,
      progress: watch(given, context),
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

const folderOf = ({ options }: Given) => (typeof options.desk === "string" ? options.desk : join(".commenda", "desk"));
const logOf = (folder: string) => join(folder, "log.jsonl");
const ticketsOf = (folder: string) => join(folder, "tickets.jsonl");

/** The log, which must be whole. */
function openLog(folder: string): Log.Verified {
  const log = Log.read(logOf(folder));
  if (log.broken === undefined) return log;
  const why = both(
    `line ${log.broken} is not as it was written: the log was changed`,
    `第 ${log.broken} 行与写入时不符，日志已被改动`,
  );
  throw new FileUnusable(logOf(folder), why);
}

function ticketsIn(folder: string): ReadonlyMap<string, Ticket.Ticket> {
  const file = ticketsOf(folder);
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, "utf8");
  const rows = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean);
  return new Map(
    rows.map((row) => {
      const ticket = JSON.parse(row) as Ticket.Ticket;
      return [ticket.id, ticket];
    }),
  );
}

/** What people said was right, of tickets that are there. */
function correctionsIn(folder: string): readonly Example[] {
  const tickets = ticketsIn(folder);
  const right = new Map<string, string>();
  for (const { kind, what } of openLog(folder).lines) {
    if (kind === "correction") right.set(String(what.ticket), String(what.intent));
  }
  return [...right].flatMap(([id, label]) => {
    const text = tickets.get(id)?.text;
    return text === undefined ? [] : [{ text, label }];
  });
}

const train: Command = {
  path: ["desk", "train"],
  says: both(
    "learns from a history and from what people corrected; the model goes to work if a frozen set says that it is no worse",
    "从历史数据和人工更正中学习；冻结集表明不变差时才启用新模型",
  ),
  args: [],
  options: {
    desk: FOLDER,
    train: files("labelled history; without it, the starter taxonomy", "已标注的历史数据；不提供则使用起步分类体系"),
    valid: files("set aside for thresholds", "用于确定阈值"),
    "oos-train": files("texts outside of all intents", "不属于任何意图的文本"),
    frozen: files(
      "rows on which the new model must be right as often as the present one",
      "新模型不得差于现有模型的冻结集",
    ),
    starter: {
      type: "boolean",
      says: both("the starter taxonomy beside the history", "在历史数据之外加入起步分类体系"),
    },
    "oos-share": {
      type: "string",
      value: "SHARE",
      says: both("share of the traffic expected outside of scope", "预期超出范围的流量占比"),
    },
    rollback: { type: "boolean", says: both("back to the model before the present one", "回退到上一个模型") },
    ...SHARED,
  },
  examples: [
    { line: "commenda desk train", says: both("a desk that works from the first day", "首日即可工作的工单台") },
    {
      line: "commenda desk train --train history.csv --frozen frozen.jsonl",
      says: both("from a history of one's own", "使用自己的历史数据"),
    },
  ],
  async run(given, context) {
    const folder = folderOf(given);
    mkdirSync(folder, { recursive: true });
    const log = openLog(folder);
    const at = context.now() * 60;
    if (given.options.rollback === true) {
      const hash = Registry.rollback(folder);
      if (hash === undefined) {
        context.tell(both("There is no earlier model.", "没有更早的模型。")[given.language]);
        return NOT_GOOD;
      }
      Log.append(logOf(folder), log, [{ kind: "model", what: { model: hash, by: "rollback" } }], at);
      context.print(given.json ? JSON.stringify({ hash }) : hash);
      return OK;
    }
    const own = labelled(await take(given.lists.train ?? [], given, context));
    const isStarter = own.length === 0 || given.options.starter === true;
    const history = [...own, ...(isStarter ? Starter.examples() : []), ...correctionsIn(folder)];
    enough(history, "--train");
    const share = shareOf(given, "oos-share");
    const encoder = await encoderOf(given);
    const trained = await Training.train(history, {
      valid: labelled(await take(given.lists.valid ?? [], given, context)),
      outside: (await take(given.lists["oos-train"] ?? [], given, context)).map(({ text }) => text),
      outsideShare: share,
      encoder,
      progress: watch(given, context),
    });
    const hash = Registry.keep(folder, trained);
    const frozen = labelled(await take(given.lists.frozen ?? [], given, context));
    const promoted = await Registry.promote(folder, hash, frozen, encoder);
    context.progress(undefined);
    if (promoted.isPromoted)
      Log.append(logOf(folder), log, [{ kind: "model", what: { model: hash, by: "train" } }], at);
    if (given.json) context.print(JSON.stringify({ ...promoted, notes: trained.notes }));
    else {
      const { isPromoted, right, before } = promoted;
      const score = right === undefined ? "" : ` (${right}${before === undefined ? "" : ` / ${before}`})`;
      context.print(
        (isPromoted
          ? both(`${hash} works from now on${score}`, `${hash} 现已启用${score}`)
          : both(
              `${hash} is worse on the frozen set${score}: the present model stays`,
              `${hash} 在冻结集上更差${score}，保留现有模型`,
            ))[given.language],
      );
    }
    return promoted.isPromoted ? OK : NOT_GOOD;
  },
};

function modelOf(folder: string): { hash: string; trained: Training.Trained } {
  const hash = Registry.history(folder).at(-1);
  if (hash === undefined) {
    throw new UsageError(
      both(
        `${folder} has no model yet: run "commenda desk train" first.`,
        `${folder} 还没有模型：请先运行“commenda desk train”。`,
      ),
    );
  }
  return { hash, trained: Registry.open(folder, hash) };
}

const run: Command = {
  path: ["desk", "run"],
  says: both(
    "works through feedback: answers what it is sure of, hands the rest to people, logs every decision",
    "处理反馈：有把握的直接答复，其余转交人员，逐条记录",
  ),
  args: ["FILE"],
  options: { desk: FOLDER, promise: PROMISE, ...SHARED },
  examples: [
    {
      line: "commenda desk run feedback.csv --promise 0.98",
      says: both("CSV, JSON Lines, GitHub issues, or a mail box", "CSV、JSON Lines、GitHub issues 或邮箱文件"),
    },
  ],
  async run(given, context) {
    const folder = folderOf(given);
    const { hash, trained } = modelOf(folder);
    const [promise = 0.98] = sharesOf(given, "promise", 0.98);
    const log = openLog(folder);
    const feedback = await take(given.args, given, context);
    const seen = ticketsIn(folder);
    // A ticket that is there already is no new one: the same file twice does nothing the second time.
    const tickets = Ticket.fold(feedback).filter(({ id }) => !seen.has(id));
    const at = context.now() * 60;
    const isPaused = log.lines.findLast(({ kind }) => kind === "paused" || kind === "resumed")?.kind === "paused";
    const decisions = await Triage.decide(
      {
        trained,
        model: hash,
        promise,
        isPaused,
        playbooks: Playbook.starter(),
        table: Route.DEFAULT,
        encoder: trained.classifier.dense ? await encoderOf(given) : undefined,
      },
      tickets,
      at,
    );
    appendFileSync(ticketsOf(folder), tickets.map((ticket) => `${JSON.stringify(ticket)}\n`).join(""));
    const head = Log.append(
      logOf(folder),
      log,
      decisions.map((decision) => ({ kind: "decision", what: { ...decision } })),
      at,
    );
    const count = (reason: Triage.Reason) => decisions.filter((one) => one.reason === reason).length;
    const answered = decisions.filter(({ outcome }) => outcome === "answered").length;
    if (given.json) {
      for (const decision of decisions) context.print(JSON.stringify(decision));
      const handed = Object.fromEntries(Triage.REASONS.map((reason) => [reason, count(reason)]));
      context.print(JSON.stringify({ feedback: feedback.length, tickets: tickets.length, answered, handed, head }));
      return OK;
    }
    const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
    say(
      `${feedback.length} pieces of feedback, ${tickets.length} new tickets, ${answered} answered`,
      `${feedback.length} 条反馈，${tickets.length} 张新工单，已答复 ${answered} 张`,
    );
    for (const reason of Triage.REASONS) {
      if (count(reason) > 0)
        say(`${count(reason)}: ${Triage.SAYS[reason].en}`, `${count(reason)}：${Triage.SAYS[reason].zh}`);
    }
    say(`log ${head}`, `日志 ${head}`);
    return OK;
  },
};

type Logged = Triage.Decision & { readonly at: number };

/** The last decision on each ticket that no person has closed. */
function openIn(lines: readonly Log.Line[]): ReadonlyMap<string, Logged> {
  const open = new Map<string, Logged>();
  for (const { kind, what, at } of lines) {
    const ticket = String(what.ticket);
    if (kind === "decision") open.set(ticket, { ...(what as unknown as Triage.Decision), at });
    if (kind === "correction" || kind === "closed") open.delete(ticket);
  }
  return open;
}

const review: Command = {
  path: ["desk", "review"],
  says: both(
    "what waits for a person, the most urgent first; with a ticket: what is right about it",
    "等待人员处理的工单，最紧急的在前；给出工单编号则可更正",
  ),
  args: ["[TICKET]"],
  options: {
    desk: FOLDER,
    intent: { type: "string", value: "NAME", says: both("the right intent", "正确的意图") },
    reopen: { type: "boolean", says: both("the ticket was not solved after all", "工单并未解决，重新打开") },
    weeks: { type: "boolean", says: both("promised and realised precision, week by week", "按周对照承诺与实际准确率") },
    promise: PROMISE,
    pause: { type: "boolean", says: both("from now on everything goes to people", "从现在起全部转交人员") },
    resume: { type: "boolean", says: both("the desk answers again", "恢复自动答复") },
  },
  examples: [
    { line: "commenda desk review", says: both("the queue", "队列") },
    {
      line: "commenda desk review 3f1c0a9b2d4e5f60 --intent refund_status",
      says: both("a correction, which the next training learns from", "更正，下次训练会据此学习"),
    },
  ],
  async run(given, context) {
    const folder = folderOf(given);
    const log = openLog(folder);
    const at = context.now() * 60;
    const { intent, reopen, pause, resume } = given.options;
    if (pause === true || resume === true) {
      const kind = pause === true ? "paused" : "resumed";
      const head = Log.append(logOf(folder), log, [{ kind, what: {} }], at);
      context.print(given.json ? JSON.stringify({ kind, head }) : head);
      return OK;
    }
    if (given.options.weeks === true) {
      const [promise = 0.98] = sharesOf(given, "promise", 0.98);
      for (const week of Drift.weekly(log.lines, promise, modelOf(folder).trained.outsideShare)) {
        if (given.json) {
          context.print(JSON.stringify({ promise, ...week }));
          continue;
        }
        const day = new Date(week.from * 1_000).toISOString().slice(0, 10);
        const realised = week.realised === undefined ? "-" : `${(100 * week.realised).toFixed(1)} %`;
        const promised = `${(100 * promise).toFixed(1)} %`;
        const alarms = week.alarms
          .map((one) => ALARMS[one][given.language])
          .join(given.language === "zh" ? "；" : "; ");
        context.print(
          both(
            `${day}: ${week.answered} of ${week.tickets} answered; promised ${promised}, realised ${realised}`,
            `${day}：${week.tickets} 张中答复 ${week.answered} 张；承诺 ${promised}，实际 ${realised}`,
          )[given.language],
        );
        if (alarms !== "") context.print(`  ${alarms}`);
      }
      return OK;
    }
    const tickets = ticketsIn(folder);
    const [id] = given.args;
    if (id !== undefined) {
      if (!tickets.has(id)) throw unknown(id);
      if (reopen !== true && typeof intent !== "string") {
        throw new UsageError(both("Say --intent NAME or --reopen.", "请给出 --intent NAME 或 --reopen。"));
      }
      const entry =
        reopen === true
          ? ({ kind: "reopened", what: { ticket: id } } as const)
          : ({ kind: "correction", what: { ticket: id, intent } } as const);
      const head = Log.append(logOf(folder), log, [entry], at);
      context.print(given.json ? JSON.stringify({ ...entry, head }) : head);
      return OK;
    }
    const waiting = [...openIn(log.lines).values()]
      .filter(({ outcome }) => outcome === "handed")
      .sort((one, other) => one.routed.due - other.routed.due);
    for (const decision of waiting) {
      const ticket = tickets.get(decision.ticket);
      if (given.json) {
        context.print(JSON.stringify({ ...decision, text: ticket?.text, count: ticket?.count }));
        continue;
      }
      const why = Triage.SAYS[decision.reason ?? "unsure"][given.language];
      const guesses = decision.guesses.map((one) => `${one.intent} ${(100 * one.confidence).toFixed(0)} %`).join(", ");
      context.print(`${bold(context)(decision.ticket)} ${decision.routed.severity} ${decision.routed.team}: ${why}`);
      context.print(`  ${ticket?.text.slice(0, 160) ?? ""}${(ticket?.count ?? 1) > 1 ? ` (x ${ticket?.count})` : ""}`);
      context.print(`  ${guesses}`);
    }
    if (waiting.length === 0 && !given.json)
      context.print(both("Nobody waits.", "没有等待处理的工单。")[given.language]);
    return OK;
  },
};

const ALARMS = {
  precision: both("alarm: more answers were wrong than the promise allows", "警报：错误答复超出承诺所允许的范围"),
  outside: both("alarm: more is outside of scope than was reckoned with", "警报：超出范围的工单多于预期"),
} as const;

const unknown = (id: string) =>
  new UsageError(both(`There is no ticket ${InputError.show(id)}.`, `没有工单 ${InputError.show(id)}。`));

const explain: Command = {
  path: ["desk", "explain"],
  says: both("why a ticket was decided as it was", "说明工单为何如此处理"),
  args: ["TICKET"],
  options: { desk: FOLDER },
  examples: [
    {
      line: "commenda desk explain 3f1c0a9b2d4e5f60",
      says: both("the words that spoke for it, and how sure the desk had to be", "起作用的词语，以及所需的把握程度"),
    },
  ],
  async run(given, context) {
    const folder = folderOf(given);
    const [id = ""] = given.args;
    const ticket = ticketsIn(folder).get(id);
    const line = openLog(folder).lines.findLast(({ kind, what }) => kind === "decision" && what.ticket === id);
    if (!ticket || !line) throw unknown(id);
    const decision = line.what as unknown as Triage.Decision;
    const trained = Registry.open(folder, decision.model);
    const words = Triage.explain(trained, ticket.text, decision.guesses[0]?.intent ?? "");
    if (given.json) {
      context.print(JSON.stringify({ ...decision, text: ticket.text, words, line: line.number, hash: line.hash }));
      return OK;
    }
    const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
    context.print(ticket.text);
    const percent = (share: number) => `${(100 * Math.min(1, share)).toFixed(1)} %`;
    if (decision.outcome === "answered") say("answered", "已答复");
    else context.print(Triage.SAYS[decision.reason ?? "unsure"][given.language]);
    if (decision.alarm) {
      const { danger, by, evidence } = decision.alarm;
      say(`${danger}, found by ${by}: ${evidence}`, `${danger}，由 ${by} 发现：${evidence}`);
    }
    for (const { intent, confidence } of decision.guesses) context.print(`  ${intent} ${percent(confidence)}`);
    say(
      decision.least > 1
        ? `sure ${percent(decision.sure)}; no threshold keeps the promise`
        : `sure ${percent(decision.sure)}; it had to be ${percent(decision.least)}`,
      decision.least > 1
        ? `把握 ${percent(decision.sure)}；没有可达到承诺的阈值`
        : `把握 ${percent(decision.sure)}；所需 ${percent(decision.least)}`,
    );
    context.print(words.map(({ gram, weight }) => `${gram} ${weight > 0 ? "+" : ""}${weight.toFixed(2)}`).join(", "));
    if (decision.draft) context.print(`${decision.draft.text} [${decision.draft.citations.join(", ")}]`);
    say(`model ${decision.model}, line ${line.number} of the log`, `模型 ${decision.model}，日志第 ${line.number} 行`);
    return OK;
  },
};

export const desk: readonly Command[] = [train, run, evaluate, review, explain];
