/** `commenda match ...` about briefs, cases and records: what needs no node, and nobody's word but the file's. */
import { InputError } from "../../agreement/index.ts";
import { Brief, Import, Settlement, Skill } from "../../matching/index.ts";
import * as RecordPack from "../../node/market/RecordPack.ts";
import { type Command, NOT_GOOD, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import { textOf, write } from "../PlainFile.ts";

const { both } = InputError;
type Words = InputError.Words;

/** Problems of a file that are read as an input: one alone is told like several. */
function asInput<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError.InputError) throw new InputError.BadInput([error]);
    throw error;
  }
}

const FIELDS: Readonly<Record<Brief.Field, Words>> = {
  outcome: both("outcome", "目标"),
  skills: both("skills", "技能"),
  criteria: both("accepted when", "验收标准"),
  compliance: both("compliance", "合规要求"),
  budget: both("budget", "预算"),
  overlap: both("working hours together", "重叠工作时间"),
  start: both("start", "开始"),
  term: both("term", "工期"),
};

const brief: Command = {
  path: ["match", "brief"],
  says: both(
    "reads what is wanted from a text in English or Chinese, and says what is still open",
    "从中英文文本读取需求，并指出尚缺内容",
  ),
  args: ["FILE"],
  options: {},
  examples: [
    {
      line: "commenda match brief brief.txt --lang zh",
      says: both("nothing is guessed: what the text does not name stays open", "不作猜测：文本未提及的保持空缺"),
    },
  ],
  async run({ args, language, json }, { now, print }) {
    const found = asInput(() => Brief.parse(textOf(args[0] as string), Math.floor(now() / 1_440)));
    const { share, missing } = Brief.completeness(found);
    if (json) print(JSON.stringify({ brief: found, completeness: share, missing }));
    else {
      for (const field of Brief.FIELDS) print(`${FIELDS[field][language]}: ${shown(found, field, language)}`);
      const percent = Math.round(share * 100);
      print(both(`complete: ${percent} %`, `完整度：${percent} %`)[language]);
    }
    return OK;
  },
};

function shown(found: Brief.Brief, field: Brief.Field, language: InputError.Language): string {
  const name = (skill: string) => Skill.get(skill)?.[language] ?? skill;
  const { budget, overlap, start, term } = found;
  switch (field) {
    case "skills":
    case "compliance":
      return found[field] === undefined
        ? "?"
        : found[field].map(name).join(language === "zh" ? "、" : ", ") || both("none", "无")[language];
    case "criteria":
      return found.criteria?.join(" ") ?? "?";
    case "budget":
      return budget
        ? `${budget.least === undefined ? "" : `${budget.least} – `}${budget.most} ${budget.currency}`
        : "?";
    case "overlap":
      return overlap ? `${overlap.hours} h, UTC${overlap.offset < 0 ? "−" : "+"}${Math.abs(overlap.offset) / 60}` : "?";
    case "start":
      return start === undefined ? "?" : new Date(start * 86_400_000).toISOString().slice(0, 10);
    case "term":
      return term === undefined ? "?" : both(`${term} days`, `${term} 天`)[language];
    default:
      return found[field] ?? "?";
  }
}

const bring: Command = {
  path: ["match", "import"],
  says: both(
    "reads past cases from CSV, JSONL or an export of `git log`, and writes them as a node takes them",
    "从 CSV、JSONL 或 `git log` 导出文件读取既往案例，并写成节点可接收的格式",
  ),
  args: ["FILE"],
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      says: both("csv, jsonl or git; default: by the name", "csv、jsonl 或 git；默认按文件名"),
    },
    "keep-good": {
      type: "boolean",
      says: both(
        "leaves broken lines out and tells them, instead of refusing the file",
        "略过并报告有误的行，而不拒绝整个文件",
      ),
    },
    out: {
      type: "string",
      value: "FILE",
      says: both("where they are written; default: stdout", "写入的文件；默认输出到标准输出"),
    },
  },
  examples: [
    {
      line: `${Import.GIT} > log.txt && commenda match import log.txt --format git --out cases.jsonl`,
      says: both("each commit is a case; its area is what was changed most", "每次提交为一个案例；领域取改动最多者"),
    },
  ],
  async run({ args, options, language, json }, context) {
    const [file = ""] = args;
    const named = options.format ?? (/\.csv$/i.test(file) ? "csv" : /\.jsonl?$/i.test(file) ? "jsonl" : "git");
    const format = Import.FORMATS.find((each) => each === named);
    if (!format) {
      const known = Import.FORMATS.join(", ");
      throw new UsageError(
        both(`--format: found ${named}, expected one of ${known}.`, `--format：现为 ${named}，应为 ${known} 之一。`),
      );
    }
    const { cases, problems } = Import.read(textOf(file), format, { keepGood: options["keep-good"] === true });
    for (const problem of problems) context.tell(`${file}: ${problem.in(language)}`);
    const text = cases.map((each) => JSON.stringify(each)).join("\n");
    if (typeof options.out === "string") write(options.out, `${text}\n`);
    else if (!json && text !== "") context.print(text);
    const says = both(
      `${cases.length} cases, ${problems.length} lines left out.`,
      `${cases.length} 个案例，略过 ${problems.length} 行。`,
    );
    if (json) context.print(JSON.stringify({ cases: cases.length, left: problems.length }));
    else context.tell(says[language]);
    return OK;
  },
};

const record: Command = {
  path: ["match", "record"],
  says: both(
    "checks a track record offline: every payout by its proofs, every figure by the payouts",
    "离线核验履约记录：每笔付款依其证明，每项数据依付款",
  ),
  args: ["FILE"],
  options: {
    anchor: {
      type: "string",
      value: "ADDRESS",
      repeats: true,
      says: both(
        "a client whose money speaks for the provider, by your own judgement; without any the quality is that of nobody known",
        "您认可其付款可作信誉来源的甲方地址；未指定时，质量按无已知来源计算",
      ),
    },
  },
  examples: [
    {
      line: "commenda match record record.json --anchor 0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
      says: both("what was kept, as those clients' money shows it", "以这些甲方的付款衡量履约情况"),
    },
  ],
  async run({ args, lists, language, json }, { print }) {
    const anchors = lists.anchor ?? [];
    const bad = anchors.find((one) => !/^0x[0-9a-fA-F]{40}$/.test(one));
    if (bad !== undefined)
      throw new UsageError(
        both(
          `--anchor: found ${bad}, expected 0x and 40 hex digits.`,
          `--anchor：现为 ${bad}，应为 0x 加 40 位十六进制。`,
        ),
      );
    const file = asInput(() => RecordPack.read(textOf(args[0] as string)));
    const { good, wrong, lines, paid, open } = await RecordPack.verify(file, { anchors });
    if (json) {
      const told = [...lines].map(([skill, line]) => ({
        skill,
        ...line,
        credit: Number(line.credit) / Number(Settlement.UNIT),
      }));
      const plain = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
      print(JSON.stringify({ good, provider: file.provider.name, wrong, paid, lines: told }, plain));
    } else {
      print(file.provider.name);
      for (const line of tableOf(lines, language)) print(line);
      for (const { code, scale, paid: units } of paid)
        print(
          both(`paid: ${units} in units of 10^-${scale} ${code}`, `已付：${units}（单位 10^-${scale} ${code}）`)[
            language
          ],
        );
      for (const { settlement, why } of wrong)
        print(both(`settlement ${settlement}: ${why.en}`, `第 ${settlement} 笔结算：${why.zh}`)[language]);
      print(
        (good
          ? both("Every payout is proven by its receipts.", "每笔付款均有收据为证。")
          : both("The record does not hold.", "该记录不成立。"))[language],
      );
      print(both("Not shown by a file alone:", "仅凭文件无法证明：")[language]);
      for (const each of open) print(`- ${each[language]}`);
    }
    return good ? OK : NOT_GOOD;
  },
};

function tableOf(lines: RecordPack.Checked["lines"], language: InputError.Language): readonly string[] {
  const head = both(
    "settled  on time  won/lost/split  clients  kept at least  skill",
    "结算     按时     胜/负/分      甲方数   履约下限      技能",
  );
  return [
    head[language],
    ...[...lines].map(([skill, { settlements, onTime, disputes, counterparties, quality }]) => {
      const { won, lost, split } = disputes;
      const cells = [
        String(settlements).padEnd(9),
        String(onTime).padEnd(9),
        `${won}/${lost}/${split}`.padEnd(16),
        String(counterparties).padEnd(9),
        `${(quality * 100).toFixed(1)} %`.padEnd(15),
      ];
      const name = skill === "" ? both("all", "全部")[language] : (Skill.get(skill)?.[language] ?? skill);
      return `${cells.join("")}${name}`;
    }),
  ];
}

export const market: readonly Command[] = [brief, bring, record];
