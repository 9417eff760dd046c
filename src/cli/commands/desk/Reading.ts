/** What the verbs of a desk share: options, files of feedback, shares. */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../agreement/index.ts";
import type { Example } from "../../../desk/Classifier.ts";
import * as Embedding from "../../../desk/Embedding.ts";
import { HistoryTooSmall, NotAPromise } from "../../../desk/Errors.ts";
import * as Intake from "../../../desk/Intake.ts";
import type * as Training from "../../../desk/Training.ts";
import type { Context, Given, Option } from "../../Command.ts";
import { FileUnusable, UsageError } from "../../Errors.ts";

const { both } = InputError;

export const files = (en: string, zh: string): Option => ({
  type: "string",
  value: "FILE...",
  repeats: true,
  many: true,
  says: both(en, zh),
});

export const SHARED = {
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

export const FOLDER: Option = {
  type: "string",
  value: "FOLDER",
  says: both(
    "the desk's folder: models, tickets, log; default: .commenda/desk",
    "工单台文件夹：模型、工单、日志；默认 .commenda/desk",
  ),
};

export const PROMISE: Option = {
  type: "string",
  value: "SHARE...",
  repeats: true,
  many: true,
  says: both("precision that answers must keep, like 0.98", "答复须达到的准确率，例如 0.98"),
};

export async function encoderOf({ options }: Given): Promise<Embedding.Encoder | undefined> {
  if (options["no-embeddings"] === true) return undefined;
  const folder = typeof options.cache === "string" ? options.cache : join(tmpdir(), "commenda-embeddings");
  return Embedding.open(folder);
}

export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new FileUnusable(file, both(`it cannot be read (${code})`, `无法读取（${code}）`));
  }
}

/** Feedback of all files; what is bad in them is told on stderr. */
export async function take(
  names: readonly string[],
  given: Given,
  context: Context,
): Promise<readonly Intake.Feedback[]> {
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

export const labelled = (all: readonly Intake.Feedback[]): readonly Example[] =>
  all.flatMap(({ text, label, labels }) => {
    const own = label ?? (labels?.length === 1 ? labels[0] : undefined);
    return own === undefined ? [] : [{ text, label: own }];
  });

export function sharesOf(given: Given, name: string, fallback: number): readonly number[] {
  const values = given.lists[name] ?? [];
  return values.length === 0
    ? [fallback]
    : values.map((found) => {
        const share = Number(found);
        if (!(share >= 0.5 && share <= 0.999)) throw new NotAPromise({ field: `--${name}`, found });
        return share;
      });
}

export function shareOf(given: Given, name: string): number | undefined {
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

export function enough(examples: readonly Example[], field: string) {
  const classes = new Set(examples.map(({ label }) => label)).size;
  if (classes < 2) throw new HistoryTooSmall({ field, examples: examples.length, classes });
}

export function watch(given: Given, context: Context): NonNullable<Training.Options["progress"]> {
  const words = {
    embedding: both("reading texts", "正在读取文本"),
    training: both("learning", "正在学习"),
    calibrating: both("calibrating", "正在校准"),
  };
  return (stage, done) => context.progress(`${words[stage][given.language]}${done > 0 ? ` ${done}` : ""}`);
}
