/** `commenda desk verify`: whether a log is whole, and what it comes to; needs no node and no desk. */
import { readFileSync } from "node:fs";
import { InputError, Time } from "../../../agreement/index.ts";
import * as Log from "../../../desk/Log.ts";
import * as Settlement from "../../../desk/Settlement.ts";
import { type Command, type Given, NOT_GOOD, OK } from "../../Command.ts";
import { FileUnusable, UsageError } from "../../Errors.ts";

const { both } = InputError;

export const verify: Command = {
  path: ["desk", "verify"],
  says: both(
    "checks a log from its first line to its last, and counts what stayed solved in a period",
    "自首行至末行核验日志，并统计期间内保持解决的工单",
  ),
  args: ["FILE"],
  options: {
    key: {
      type: "string",
      value: "ADDRESS",
      says: both("the key that must have opened the log", "日志须由此密钥开启"),
    },
    from: { type: "string", value: "TIME", says: both("first moment of the period", "期间开始时刻") },
    to: { type: "string", value: "TIME", says: both("first moment after it", "期间结束时刻") },
    days: {
      type: "string",
      value: "DAYS",
      says: both(
        "within which a ticket that is reopened is not owed; default 7",
        "在此天数内重新打开的工单不计费；默认 7",
      ),
    },
  },
  examples: [
    {
      line: "commenda desk verify november.jsonl --from 2026-11-01 --to 2026-12-01",
      says: both("what a desk says that it did in November", "核验工单台十一月的工作"),
    },
  ],
  async run(given, context) {
    const [file = ""] = given.args;
    const { lines, head, broken, why } = Log.parse(read(file));
    const [first] = lines;
    const opened = first?.kind === "opened" ? String(first.what.key) : undefined;
    const { key } = given.options;
    const isOther = typeof key === "string" && key.toLowerCase() !== opened;
    const days = wholeOf(given, "days") ?? 7;
    const [from, to] = [timeOf(given, "from") ?? 0, timeOf(given, "to") ?? context.now() * 60];
    const count = Settlement.count(lines, days, from, to, context.now() * 60);
    const level = Settlement.level(lines, from, to);
    const isGood = broken === undefined && !isOther;
    if (given.json) {
      const told = { isGood, lines: lines.length, head, key: opened, ...(broken === undefined ? {} : { broken, why }) };
      context.print(JSON.stringify({ ...told, count, level }));
      return isGood ? OK : NOT_GOOD;
    }
    const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
    if (broken !== undefined && why) say(`line ${broken}: ${why.en}`, `第 ${broken} 行：${why.zh}`);
    if (isOther) say(`opened by ${opened ?? "no key"}, not by ${key}`, `由 ${opened ?? "无密钥"} 开启，而非 ${key}`);
    say(`${lines.length} lines hold; the last hash is ${head}`, `${lines.length} 行有效；末行哈希 ${head}`);
    say(
      `answered ${count.answered}, reopened or corrected ${count.reopened}, too young ${count.open}: ${count.solved} stayed solved`,
      `已答复 ${count.answered} 张，重新打开或更正 ${count.reopened} 张，未满期 ${count.open} 张：保持解决 ${count.solved} 张`,
    );
    say(
      `people answered ${level.met} of ${level.due} in time`,
      `应由人员答复的 ${level.due} 张中，按时答复 ${level.met} 张`,
    );
    return isGood ? OK : NOT_GOOD;
  },
};

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new FileUnusable(file, both(`it cannot be read (${code})`, `无法读取（${code}）`));
  }
}

function timeOf({ options }: Given, name: string): number | undefined {
  const found = options[name];
  if (typeof found !== "string") return undefined;
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(found) ? `${found}T00:00Z` : found);
  if (Number.isFinite(time)) return Math.floor(time / 1_000);
  throw new UsageError(
    both(
      `--${name}: found ${found}, expected a time like ${Time.format(29_893_440)}Z or a day like 2026-11-01.`,
      `--${name}：现为 ${found}，应为形如 ${Time.format(29_893_440)}Z 的时刻或形如 2026-11-01 的日期。`,
    ),
  );
}

function wholeOf({ options }: Given, name: string): number | undefined {
  const found = options[name];
  if (typeof found !== "string") return undefined;
  if (/^\d{1,4}$/.test(found)) return Number(found);
  throw new UsageError(
    both(`--${name}: found ${found}, expected a whole number.`, `--${name}：现为 ${found}，应为整数。`),
  );
}
