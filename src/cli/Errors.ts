/** What can be wrong with a command line, a file, or a rehearsal. Each says what to do, in both languages. */
import { InputError } from "../agreement/index.ts";

const { both, CommendaError } = InputError;
type Words = InputError.Words;
type Language = InputError.Language;

/** A command line that cannot be understood. */
export class UsageError extends CommendaError {
  readonly next = "fix";

  constructor(words: Words) {
    super("UsageError", both("the command is not understood", "无法理解该命令"), words);
  }
}

/** A file that cannot be read or written at all. */
export class FileUnusable extends CommendaError {
  readonly next = "fix";
  readonly file: string;

  constructor(file: string, why: Words) {
    const title = both("the file cannot be used", "无法使用该文件");
    super("FileUnusable", title, both(`${file}: ${why.en}`, `${file}：${why.zh}`));
    this.file = file;
  }
}

/** Line and column count from 1. */
export type Position = { readonly line: number; readonly column: number };
export type Located = { readonly problem: InputError.CommendaError; readonly at: Position | undefined };

/** All that is wrong with one file, each with its place. */
export class BadFile extends CommendaError {
  readonly next = "fix";
  readonly file: string;
  readonly problems: readonly Located[];

  constructor(file: string, problems: readonly Located[]) {
    const list = (language: Language) =>
      problems.map(({ problem, at }) => `\n- ${place(at)[language]}${problem.in(language)}`).join("");
    const count = problems.length;
    super(
      "BadFile",
      both("the file has problems", "文件有误"),
      both(
        `${file} has ${count} problem${count === 1 ? "" : "s"}:${list("en")}`,
        `${file} 有 ${count} 处问题：${list("zh")}`,
      ),
    );
    this.file = file;
    this.problems = problems;
  }

  override toProblem(language: Language = "en"): InputError.ProblemDetails {
    const errors = this.problems.map(({ problem, at }) => ({ ...problem.toProblem(language), ...at }));
    return { ...super.toProblem(language), file: this.file, errors };
  }
}

function place(at: Position | undefined): Words {
  if (!at) return both("", "");
  return both(`line ${at.line}, column ${at.column}: `, `第 ${at.line} 行第 ${at.column} 列：`);
}

/** Not even YAML, or a part of YAML that no deal needs. */
export class BadSyntax extends CommendaError {
  readonly next = "fix";
  readonly found: string | undefined;
  readonly fix: Words;

  constructor(title: Words, fix: Words, found?: string) {
    const here =
      found === undefined
        ? both("", "")
        : both(` Found ${InputError.show(found)}.`, `现为 ${InputError.show(found)}。`);
    const { en, zh } = title;
    const start = `${en.charAt(0).toUpperCase()}${en.slice(1)}`;
    super("BadSyntax", title, both(`${start}.${here.en} ${fix.en}.`, `${zh}。${here.zh}${fix.zh}。`));
    this.found = found;
    this.fix = fix;
  }

  override toProblem(language: Language = "en"): InputError.ProblemDetails {
    return { ...super.toProblem(language), found: this.found, fix: this.fix[language] };
  }
}

/** `{ amount: 20,000 }`: inside braces a comma begins the next field. */
export class StrayComma extends InputError.InputError {
  constructor(place: InputError.Place) {
    super("StrayComma", place, {
      title: both("a comma inside { } begins a new field", "花括号内的逗号表示下一字段"),
      expected: both("a number without separators, or a text in quotes", "不含分隔符的数字，或带引号的文本"),
      fix: both(
        'Write 20000, or quote a text with a comma: "20,000 users"',
        "请写 20000；含逗号的文本请加引号，如 “20,000 用户”",
      ),
    });
  }
}

/** A happening that says nothing, or several things. */
export class NotOneHappening extends InputError.InputError {
  constructor(place: InputError.Place & { known: readonly string[] }) {
    const known = place.known.join(", ");
    super("NotOneHappening", place, {
      title: both("each entry says one thing that happens", "每一条只写一件事"),
      expected: both(`exactly one of ${known}`, `以下恰好一项：${known}`),
      fix: both("Split it into several entries, or say what happens", "请拆成多条，或写明发生什么"),
    });
  }
}

/** A sentence without its full stop. */
export const unended = ({ en, zh }: Words): Words => both(en.replace(/\.$/, ""), zh.replace(/。$/, ""));

/** The rehearsal came to an act that the rules refuse, which the file did not expect. */
export class RehearsalStopped extends CommendaError {
  readonly next = "fix";
  readonly file: string;
  readonly at: Position | undefined;
  readonly refused: string;
  readonly rule: number;

  constructor(
    file: string,
    at: Position | undefined,
    what: Words,
    refusal: { refused: string; rule: number; says: Words },
  ) {
    const { refused, rule, says } = refusal;
    super(
      "RehearsalStopped",
      both("the rules refuse this", "规则不允许"),
      both(
        `${file}: ${place(at).en}${unended(what).en}: refused by rule ${rule}, ${refused}. ${says.en} To show that it is refused, add \`refused: ${refused}\` to the entry.`,
        `${file}：${place(at).zh}${unended(what).zh}：规则 ${rule} 不允许，${refused}。${says.zh}如要展示其被拒绝，请在该条加上 \`refused: ${refused}\`。`,
      ),
    );
    this.file = file;
    this.at = at;
    this.refused = refused;
    this.rule = rule;
  }

  override toProblem(language: Language = "en"): InputError.ProblemDetails {
    const { file, refused, rule, at } = this;
    return { ...super.toProblem(language), file, refused, rule, ...at };
  }
}

/** A rehearsal came out otherwise than the file expects. */
export class NotAsExpected extends CommendaError {
  readonly next = "fix";
  readonly differences: readonly Words[];

  constructor(file: string, at: Position | undefined, differences: readonly Words[]) {
    const list = (language: Language) => differences.map((one) => `\n- ${one[language]}`).join("");
    super(
      "NotAsExpected",
      both("it came out otherwise than expected", "结果与预期不符"),
      both(
        `${file}: ${place(at).en}not as expected:${list("en")}`,
        `${file}：${place(at).zh}与预期不符：${list("zh")}`,
      ),
    );
    this.differences = differences;
  }
}

/** The ledger did something else than the rules foretold. This is a fault of ours. */
export class LedgerDisagrees extends CommendaError {
  readonly next = "stop";

  constructor(what: Words) {
    super(
      "LedgerDisagrees",
      both("the ledger and the rules disagree", "账本与规则不一致"),
      both(
        `${what.en}. This is a fault in Commenda: do not sign, and report it with your file.`,
        `${what.zh}。这是 Commenda 的缺陷：请勿签署，并连同文件报告。`,
      ),
    );
  }
}

/** The key is not that of a party of the terms. */
export class WrongKey extends CommendaError {
  readonly next = "fix";

  constructor(found: string, expected: Words) {
    super(
      "WrongKey",
      both("this key signs for nobody here", "该密钥不属于当事人"),
      both(
        `The key is that of ${found}; expected ${expected.en}. Nothing was signed. Use the key of a party.`,
        `密钥对应 ${found}，应为${expected.zh}。未作任何签名。请使用当事人的密钥。`,
      ),
    );
  }
}

/** Terms that do not hash to what somebody says was signed. */
export class WrongHash extends CommendaError {
  readonly next = "stop";

  constructor(file: string, found: string, expected: string) {
    super(
      "WrongHash",
      both("these are other terms", "条款不一致"),
      both(
        `${file} hashes to ${found}, not to ${expected}. Nothing was signed. Ask for the very file that was agreed.`,
        `${file} 的哈希为 ${found}，而非 ${expected}。未作任何签名。请索取双方约定的原文件。`,
      ),
    );
  }
}
