/** `commenda accept ...`: write, try and seal a criterion, run it on a delivery, compare two verdicts. */
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type * as Run from "../../acceptance/Run.ts";
import * as Field from "../../agreement/Field.ts";
import { Criterion, Evidence, InputError, Terms, Verdict } from "../../agreement/index.ts";
import { type Command, type Context, type Given, NOT_GOOD, OK, type Option } from "../Command.ts";
import * as Document from "../Document.ts";
import { BadFile, FileUnusable, UsageError, WrongKey } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as RunOptions from "../RunOptions.ts";
import * as Source from "../Source.ts";

const { both } = InputError;
type Words = InputError.Words;

/** 16 MB: verdicts of thousands of checks are smaller. */
const MAX_VERDICT = 16_000_000;
const STANDARD = join(import.meta.dirname, "../../acceptance/standard");
/** In a folder of `accept seal`, beside `part` and `reference`. */
const SEAL = "seal.json";
const seal = z.strictObject({ version: z.literal("commenda-seal/1"), salt: Field.hash });

const RUNNING: Readonly<Record<string, Option>> = {
  repo: {
    type: "string",
    value: "REPOSITORY",
    says: both(
      "where the commit is: a folder or an address; default: here",
      "提交所在的仓库：文件夹或地址；默认为当前文件夹",
    ),
  },
  input: {
    type: "string",
    value: "NAME=FOLDER",
    repeats: true,
    says: both("a frozen set that the criterion names", "标准所列的冻结数据集"),
  },
  answers: {
    type: "string",
    value: "FILE",
    repeats: true,
    says: both("answers of a person to a manual check, signed", "人工检查的答复（已签名）"),
  },
  ...RunOptions.HERE,
  out: { type: "string", value: "FILE", says: both("where the verdict is written", "结论写入的文件") },
};

const list: Command = {
  path: ["accept", "new"],
  says: both("a standard suite to start from; without a name it lists them", "从标准用例集开始；不带名称则列出"),
  args: ["[NAME]", "[FOLDER]"],
  options: {},
  examples: [
    { line: "commenda accept new shop my-shop", says: both("a web shop as a mini-program", "电商小程序") },
    { line: "commenda accept new", says: both("all of them", "列出全部") },
  ],
  async run({ args: [name, folder], language, json }, context) {
    const Suite = await import("../../acceptance/Suite.ts");
    const suites = readdirSync(STANDARD).map((one) => ({ name: one, suite: Suite.open(join(STANDARD, one, "suite")) }));
    if (name === undefined) {
      const rows = suites.map(({ name, suite }) => ({ name, title: suite.title, kind: suite.kind.name }));
      if (json) context.print(JSON.stringify(rows, null, 2));
      else for (const row of rows) context.print(`${row.name.padEnd(10)} ${row.title[language]}`);
      return OK;
    }
    const known = suites.map((one) => one.name);
    if (!known.includes(name)) {
      const all = known.join(", ");
      throw new UsageError(both(`There is no standard suite "${name}": ${all}.`, `没有标准用例集“${name}”：${all}。`));
    }
    const to = folder ?? name;
    if (existsSync(to)) throw isThere(to);
    cpSync(join(STANDARD, name), to, { recursive: true });
    const says = both(
      `${to}: suite/, what is judged by; sealed/, what stays hidden; good/ and bad/, deliveries to try it on. Next: commenda accept try ${to}/suite ${to}/good`,
      `${to}：suite/ 为用例集，sealed/ 为密封部分，good/ 与 bad/ 为示例交付物。下一步：commenda accept try ${to}/suite ${to}/good`,
    );
    context.tell(says[language]);
    return OK;
  },
};

const attempt: Command = {
  path: ["accept", "try"],
  says: both("tries a suite on a folder or a commit, without any terms", "在文件夹或提交上试跑用例集，无需条款"),
  args: ["SUITE", "DELIVERY"],
  options: RUNNING,
  examples: [
    { line: "commenda accept try my-shop/suite my-shop/good", says: both("on a folder", "对文件夹试跑") },
    {
      line: "commenda accept try my-shop/suite 4b825dc642cb6eb9a060e54bf8d69288fbee4904 --repo ../shop",
      says: both("on a commit", "对提交试跑"),
    },
  ],
  async run(given, context) {
    const [suite = "", subject = ""] = given.args;
    const verdict = await judge(given, context, { suite, subject });
    report(verdict, given, context);
    if (typeof given.options.out === "string") write(given.options.out, verdict);
    return Verdict.passed(verdict) ? OK : NOT_GOOD;
  },
};

const run: Command = {
  path: ["accept", "run"],
  says: both(
    "runs a criterion of signed terms on a delivery, and signs the verdict where there is a key",
    "按已签署条款中的标准验收交付物；有密钥时签署结论",
  ),
  args: ["TERMS", "COMMIT"],
  options: {
    criterion: {
      type: "string",
      value: "NAME",
      says: both("which; default: the only one with a run", "标准名称；默认为唯一可运行的一项"),
    },
    suite: { type: "string", value: "FOLDER", says: both("the suite that both signed", "双方签署的用例集") },
    round: { type: "string", value: "N", says: both("from 0; default 0", "轮次，从 0 起；默认 0") },
    sealed: {
      type: "string",
      value: "FOLDER",
      says: both(
        "what `accept seal` made for the round; without it the sealed part counts as passed",
        "本轮由 `accept seal` 生成的文件夹；缺省时密封部分视为通过",
      ),
    },
    ...RUNNING,
    key: Keys.OPTIONS.key as never,
  },
  examples: [
    {
      line: "commenda accept run terms.json 4b825dc642cb6eb9a060e54bf8d69288fbee4904 --suite suite --repo ../shop --out verdict.json",
      says: both("a verdict to compare", "得到可供比较的结论"),
    },
  ],
  async run(given, context) {
    const [file = "", subject = ""] = given.args;
    const { terms } = Document.openFinal(file);
    const { criterion, tranche } = chosen(terms, given);
    const round = Number(given.options.round ?? 0);
    if (!Number.isInteger(round) || round < 0 || round > 3) {
      const found = InputError.show(given.options.round);
      throw new UsageError(both(`--round: found ${found}, expected 0 to 3.`, `--round：现为 ${found}，应为 0 至 3。`));
    }
    const suite = given.options.suite;
    if (typeof suite !== "string")
      throw new UsageError(both("--suite is missing: the suite that both signed.", "缺少 --suite：双方签署的用例集。"));
    const of = { agreement: Terms.hash(terms), tranche, round };
    const { sealed } = given.options;
    const verdict = await judge(given, context, {
      ...{ suite, subject, criterion, of },
      ...(typeof sealed === "string" ? { shown: shownOf(sealed) } : {}),
    });
    report(verdict, given, context);
    const hasKey = given.options.key !== undefined || context.env.COMMENDA_KEY !== undefined;
    const result = hasKey ? await sign(terms, verdict, given, context) : verdict;
    if (typeof given.options.out === "string") write(given.options.out, result);
    return Verdict.passed(verdict) ? OK : NOT_GOOD;
  },
};

const sealing: Command = {
  path: ["accept", "seal"],
  says: both(
    "the criterion of a suite for the terms; hides a part of it, after its reference solution has passed",
    "生成条款所需的标准；密封其中一部分，前提是参考实现已通过",
  ),
  args: ["SUITE"],
  options: {
    part: {
      type: "string",
      value: "FOLDER",
      says: both("a suite that stays hidden until judgement", "判定前不公开的用例集"),
    },
    reference: {
      type: "string",
      value: "FOLDER",
      says: both("a solution that passes both; hidden too", "能通过两者的参考实现；同样密封"),
    },
    name: {
      type: "string",
      value: "NAME",
      says: both("of the criterion; default acceptance", "标准名称；默认 acceptance"),
    },
    round: { type: "string", value: "N", says: both("in which round it is shown, from 0", "在第几轮公开，从 0 起") },
    to: {
      type: "string",
      value: "FOLDER",
      says: both(
        "where part, reference and salt are kept: show it to nobody before judgement",
        "密封部分、参考实现与盐的保存位置：判定前切勿公开",
      ),
    },
    cache: RunOptions.HERE.cache,
    unconfined: RunOptions.HERE.unconfined,
  },
  examples: [
    {
      line: "commenda accept seal my-shop/suite --part my-shop/sealed/part --reference my-shop/good --to secret",
      says: both("with a hidden part", "含密封部分"),
    },
  ],
  async run(given, context) {
    const { options, language } = given;
    const [Suite, Sandbox, Delivery, Run, Folder, Errors] = await rooms();
    const suite = Suite.open(given.args[0] ?? "");
    const name = String(options.name ?? "acceptance");
    const { title } = suite;
    const base = { name, what: title, how: "test suite", by: "both", weight: "100 %", suite: suite.hash };
    if (typeof options.part !== "string") {
      context.print(JSON.stringify({ ...base, run: suite.run }, null, 2));
      return OK;
    }
    const part = Suite.open(options.part);
    const [reference, to] = [options.reference, options.to];
    if (typeof reference !== "string" || typeof to !== "string") {
      throw new UsageError(
        both(
          "A sealed part needs --reference, a solution that passes it, and --to, where it is kept.",
          "密封部分需要 --reference（能通过的参考实现）和 --to（保存位置）。",
        ),
      );
    }
    if (existsSync(to)) throw isThere(to);
    const engine = await Sandbox.find({ unconfined: options.unconfined === true });
    const where = typeof options.cache === "string" ? { cache: options.cache } : {};
    const delivery = await Delivery.ofFolder(reference, where);
    const failed: string[] = [];
    for (const one of [suite, part]) {
      context.progress(both("the reference solution is judged", "正在验证参考实现")[language]);
      const verdict = await Run.judge({ suite: one, delivery, engine, now: context.now() * 60, ...where });
      failed.push(...verdict.checks.filter(({ result }) => result !== "pass").map(({ id }) => id));
    }
    context.progress(undefined);
    if (failed.length > 0) throw new Errors.SealVoid(failed);
    const salt = context.random();
    mkdirSync(to, { mode: 0o700, recursive: true });
    cpSync(options.part, join(to, "part"), { recursive: true });
    cpSync(reference, join(to, "reference"), { recursive: true });
    const text = `${JSON.stringify({ version: "commenda-seal/1", salt }, null, 2)}\n`;
    writeFileSync(join(to, SEAL), text, { mode: 0o600 });
    const sealed = {
      part: part.title,
      commitment: Evidence.commit(salt, part.hash),
      ...(options.round === undefined ? {} : { round: Number(options.round) }),
      reference: Evidence.commit(salt, Folder.read(join(to, "reference")).hash),
    };
    const criterion = { ...base, sealed: [sealed], run: suite.run };
    const parsed = Criterion.schema.safeParse(criterion);
    if (!parsed.success) {
      const problems = Field.problemsIn(criterion, parsed.error.issues, (path) => Field.known(Criterion.schema, path));
      throw new BadFile(
        name,
        problems.map((problem) => ({ problem, at: undefined })),
      );
    }
    context.print(JSON.stringify(criterion, null, 2));
    const says = both(
      `${to} holds the part, its reference and the salt. Show it to nobody before judgement; then give it to both runners (--sealed).`,
      `${to} 含密封部分、参考实现与盐。判定前切勿公开；判定时交给双方运行（--sealed）。`,
    );
    context.tell(says[language]);
    return OK;
  },
};

const compare: Command = {
  path: ["accept", "compare"],
  says: both("shows check by check where two verdicts differ", "逐项显示两份结论的差异"),
  args: ["ONE", "OTHER"],
  options: {
    terms: { type: "string", value: "FILE", says: both("says whose signatures they are", "核对签名属于哪一方") },
  },
  examples: [
    {
      line: "commenda accept compare mine.json theirs.json --terms terms.json",
      says: both("with signatures", "并核对签名"),
    },
  ],
  async run(given, context) {
    const { args, options, language, json } = given;
    const files = args.map((file) => readVerdict(file));
    const [one, other] = files as [Signed, Signed];
    const differences = Verdict.compare(one.verdict, other.verdict);
    const terms = typeof options.terms === "string" ? Document.openFinal(options.terms).terms : undefined;
    const sides = files.map((file) =>
      terms && file.signed ? (Verdict.sideOf(Terms.domain(terms), terms, file.signed) ?? "nobody") : undefined,
    );
    const bound = terms && files.every(({ verdict }) => verdict.agreement === Terms.hash(terms));
    const good = differences.length === 0 && !sides.includes("nobody") && bound !== false;
    const digests = files.map(({ verdict }) => Verdict.digest(verdict));
    if (json) {
      context.print(JSON.stringify({ equal: differences.length === 0, digests, sides, differences }, null, 2));
      return good ? OK : NOT_GOOD;
    }
    for (const { says } of differences) context.print(`✗ ${says[language]}`);
    if (differences.length === 0) {
      const passes = Verdict.passed(one.verdict)
        ? both("all passed", "全部通过")
        : both("not all passed", "未全部通过");
      const says = both(`✓ Equal: ${digests[0]}, ${passes.en}.`, `✓ 相同：${digests[0]}，${passes.zh}。`);
      context.print(says[language]);
    }
    for (const [index, side] of sides.entries()) {
      if (side === undefined) continue;
      const who = SIDES[side];
      const says = both(
        `${side === "nobody" ? "✗" : "✓"} ${args[index]}: signed by ${who.en}`,
        `${side === "nobody" ? "✗" : "✓"} ${args[index]}：${who.zh}签署`,
      );
      context.print(says[language]);
    }
    if (bound === false)
      context.print(both("✗ A verdict is about another agreement.", "✗ 有结论属于其他协议。")[language]);
    return good ? OK : NOT_GOOD;
  },
};

const answer: Command = {
  path: ["accept", "answer"],
  says: both("answers a manual check, signed with your key", "填写人工检查并用密钥签署"),
  args: ["SUITE", "DELIVERY"],
  options: {
    yes: { type: "string", value: "ID", repeats: true, says: both("a question answered yes", "回答“是”的问题") },
    no: { type: "string", value: "ID", repeats: true, says: both("a question answered no", "回答“否”的问题") },
    out: {
      type: "string",
      value: "FILE",
      says: both("where the answers are written; default: stdout", "答复写入的文件；默认输出到标准输出"),
    },
    key: Keys.OPTIONS.key as never,
  },
  examples: [
    {
      line: "commenda accept answer look 4b825dc642cb6eb9a060e54bf8d69288fbee4904 --yes colours --no spacing --out mine.json",
      says: both("for `accept run --answers mine.json`", "供 `accept run --answers mine.json` 使用"),
    },
  ],
  async run(given, context) {
    const { args, lists, options, language } = given;
    const [folder = "", subject = ""] = args;
    const [Suite, , Delivery, , Folder] = await rooms();
    const { text } = await import("../../acceptance/kinds/Manual.ts");
    const suite = Suite.open(folder);
    const ids = suite.plan.map(({ id }) => id);
    const answers = Object.fromEntries([
      ...(lists.yes ?? []).map((id) => [id, true] as const),
      ...(lists.no ?? []).map((id) => [id, false] as const),
    ]);
    const unknown = Object.keys(answers).find((id) => !ids.includes(id));
    if (suite.kind.name !== "manual" || unknown !== undefined || Object.keys(answers).length === 0) {
      const known = ids.join(", ");
      throw new UsageError(
        both(
          `--yes and --no name questions of a manual suite: ${known}.`,
          `--yes 与 --no 须为人工用例集中的问题：${known}。`,
        ),
      );
    }
    const hash = Delivery.isCommit(subject) ? `commit ${subject}` : `tree ${Folder.read(subject).hash}`;
    const signer = await Keys.signerOf(options.key, language, context);
    const message = text({ suite: suite.hash, subject: hash }, answers);
    if (!signer.signText) throw new UsageError(both("This key cannot sign a text.", "该密钥无法签署文本。"));
    const sheet = { by: signer.address, answers, signature: await signer.signText(message) };
    if (typeof options.out === "string") write(options.out, sheet);
    else context.print(JSON.stringify(sheet, null, 2));
    return OK;
  },
};

const SIDES: Record<"client" | "provider" | "nobody", Words> = {
  client: both("the client", "由甲方"),
  provider: both("the provider", "由乙方"),
  nobody: both("nobody of these terms", "非条款当事人"),
};

const rooms = () =>
  Promise.all([
    import("../../acceptance/Suite.ts"),
    import("../../acceptance/Sandbox.ts"),
    import("../../acceptance/Delivery.ts"),
    import("../../acceptance/Run.ts"),
    import("../../acceptance/Folder.ts"),
    import("../../acceptance/Errors.ts"),
  ]);

type What = { suite: string; subject: string } & Partial<Pick<Run.Options, "criterion" | "of" | "shown">>;

/** From the words of the command line to a verdict. */
async function judge(given: Given, context: Context, { suite, subject, ...rest }: What): Promise<Verdict.Verdict> {
  const { options, lists, language } = given;
  const [Suite, Sandbox, Delivery, Run] = await rooms();
  const opened = Suite.open(suite);
  const answers = (lists.answers ?? []).map((file) => readAnswers(file));
  const engine = await Sandbox.find({ unconfined: options.unconfined === true });
  const text = (name: string) => (typeof options[name] === "string" ? { [name]: options[name] } : {});
  const where = { ...text("cache"), ...text("registry") };
  context.progress(both("preparing the delivery", "正在准备交付物")[language]);
  const delivery = Delivery.isCommit(subject)
    ? await Delivery.ofCommit(typeof options.repo === "string" ? options.repo : ".", subject, where)
    : await Delivery.ofFolder(subject, where);
  context.progress(both("judging", "正在判定")[language]);
  const verdict = await Run.judge({
    ...{ suite: opened, delivery, engine, answers: await Promise.all(answers), inputs: inputsOf(lists.input ?? []) },
    ...{ now: context.now() * 60, ...text("cache") },
    ...rest,
    ...(options.log === true ? { onLog: (chunk: string) => context.tell(chunk.replace(/\n$/, "")) } : {}),
  });
  context.progress(undefined);
  return verdict;
}

function inputsOf(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((text) => {
      const [, name, folder] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (name !== undefined && folder !== undefined) return [name, folder];
      const found = InputError.show(text);
      throw new UsageError(
        both(`--input: found ${found}, expected NAME=FOLDER.`, `--input：现为 ${found}，应为 NAME=FOLDER。`),
      );
    }),
  );
}

/** The criterion, and of which milestone. */
function chosen(terms: Terms.Terms, { options }: Given): { criterion: Criterion.Criterion; tranche: number } {
  const runnable = terms.criteria.filter(({ run }) => run !== undefined);
  const wanted = options.criterion;
  const criterion =
    wanted === undefined && runnable.length === 1 ? runnable[0] : runnable.find(({ name }) => name === wanted);
  if (!criterion) {
    const names = runnable.map(({ name }) => name).join(", ") || "-";
    throw new UsageError(
      both(
        `--criterion: the terms have these that code can run: ${names}.`,
        `--criterion：条款中可由代码运行的标准：${names}。`,
      ),
    );
  }
  const tranche = terms.milestones.findIndex(({ criteria }) => criteria.includes(criterion.name));
  return { criterion, tranche };
}

function shownOf(folder: string): Run.Shown {
  const file = join(folder, SEAL);
  const input = read(file);
  const parsed = seal.safeParse(input);
  if (!parsed.success)
    throw bad(
      file,
      Field.problemsIn(input, parsed.error.issues, (path) => Field.known(seal, path)),
    );
  const reference = join(folder, "reference");
  return { part: join(folder, "part"), salt: parsed.data.salt, ...(existsSync(reference) ? { reference } : {}) };
}

async function readAnswers(file: string) {
  const { sheet } = await import("../../acceptance/kinds/Manual.ts");
  const input = read(file);
  const parsed = sheet.safeParse(input);
  if (parsed.success) return parsed.data;
  throw bad(
    file,
    Field.problemsIn(input, parsed.error.issues, (path) => Field.known(sheet, path)),
  );
}

type Signed = { verdict: Verdict.Verdict; signed?: Verdict.Signed };

function readVerdict(file: string): Signed {
  const input = read(file);
  try {
    if (typeof input === "object" && input !== null && "verdict" in input) {
      const signed = Verdict.parseSigned(input);
      return { verdict: signed.verdict, signed };
    }
    return { verdict: Verdict.parse(input) };
  } catch (error) {
    if (error instanceof InputError.BadInput) throw bad(file, error.problems);
    throw error;
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(Source.readText(file, MAX_VERDICT));
  } catch (error) {
    if (error instanceof SyntaxError) throw new FileUnusable(file, both("it is no JSON.", "不是 JSON 文件。"));
    throw error;
  }
}

const bad = (file: string, problems: readonly InputError.CommendaError[]) =>
  new BadFile(
    file,
    problems.map((problem) => ({ problem, at: undefined })),
  );

/** By the key of a party or of its delegate. */
async function sign(
  terms: Terms.Terms,
  verdict: Verdict.Verdict,
  given: Given,
  context: Context,
): Promise<Verdict.Signed> {
  const signer = await Keys.signerOf(given.options.key, given.language, context);
  const domain = Terms.domain(terms);
  const signature = await signer.sign(Verdict.typedData(domain, verdict));
  const signed = { verdict, by: signer.address, signature };
  const side = Verdict.sideOf(domain, terms, signed);
  if (side === undefined) {
    const expected = both("a party's or its delegate's", "当事人或其代理人的密钥");
    throw new WrongKey(signer.address, expected);
  }
  const says = both(
    `Signed for ${side}: ${Verdict.digest(verdict)}`,
    `已代表${side === "client" ? "甲方" : "乙方"}签署：${Verdict.digest(verdict)}`,
  );
  context.tell(says[given.language]);
  return signed;
}

const MARKS = { pass: "✓", fail: "✗", error: "!" };

function report(verdict: Verdict.Verdict, { language, json }: Given, context: Context): void {
  if (json) {
    const passed = Verdict.passed(verdict);
    context.print(JSON.stringify({ digest: Verdict.digest(verdict), passed, verdict }, null, 2));
    return;
  }
  for (const { id, result, why } of verdict.checks)
    context.print(`${MARKS[result]} ${id}${why ? `: ${why[language]}` : ""}`);
  if (verdict.sealed) context.print(SEALED[verdict.sealed.state][language]);
  const counts = verdict.checks.filter(({ result }) => result === "pass").length;
  const says = both(
    `${counts} of ${verdict.checks.length} passed. Digest ${Verdict.digest(verdict)}`,
    `${verdict.checks.length} 项中 ${counts} 项通过。摘要 ${Verdict.digest(verdict)}`,
  );
  context.print(says[language]);
  if (verdict.confined) return;
  const open = both("Ran without a sandbox: it accepts nothing by itself.", "未在沙箱中运行：不会自动验收。");
  context.print(open[language]);
}

const SEALED: Record<NonNullable<Verdict.Verdict["sealed"]>["state"], Words> = {
  judged: both("The sealed part was judged too.", "密封部分已一并判定。"),
  "not shown": both("The sealed part was not shown: it counts as passed.", "密封部分未出示，视为通过。"),
  void: both("The sealed part is void: its own reference fails it.", "密封部分作废：其参考实现未通过。"),
};

function write(file: string, value: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { flag: "wx" });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw isThere(file);
    throw new FileUnusable(
      file,
      both(`it cannot be written (${code}). Choose another place.`, `无法写入（${code}），请另选位置。`),
    );
  }
}

const isThere = (file: string): UsageError =>
  new UsageError(both(`${file} is there already. Choose another name.`, `${file} 已存在，请另选名称。`));

export const accepts: readonly Command[] = [list, attempt, run, sealing, answer, compare];
