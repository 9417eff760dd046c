/** `commenda VERB ...`: finds the command, reads its flags, runs it, and says what went wrong in the reader's language. */
import { parseArgs } from "node:util";
import { InputError } from "../agreement/index.ts";
import { NotThisRanking } from "../matching/Errors.ts";
import { type Command, type Context, type Given, MISUSED, NOT_GOOD, OK, type Option } from "./Command.ts";
import { LedgerDisagrees, NotAsExpected, RehearsalStopped, UsageError } from "./Errors.ts";
import * as Help from "./Help.ts";

const { both, CommendaError } = InputError;
type Language = InputError.Language;
type Words = InputError.Words;

/** Of every command. */
export const GLOBAL: Readonly<Record<string, Option>> = {
  lang: { type: "string", value: "en|zh", says: both("language; default: that of the locale", "语言；默认随系统区域") },
  json: { type: "boolean", says: both("output for programs, on stdout", "供程序读取的输出（标准输出）") },
  help: { type: "boolean", says: both("this help", "显示本帮助") },
};

/** Runs one command line. @returns the exit code: 0 ok, 1 what was checked is not good, 2 usage or input error. */
export async function run(argv: readonly string[], commands: readonly Command[], context: Context): Promise<number> {
  // Before anything can go wrong: complaints about the command line are in its language too.
  const language = languageOf(argv, context.env);
  const json = argv.includes("--json");
  try {
    return await dispatch(argv, commands, context, language);
  } catch (error) {
    context.progress(undefined);
    return complain(error, { language, json }, context);
  }
}

async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  context: Context,
  language: Language,
): Promise<number> {
  const chosen = argv.indexOf("--lang");
  const lang = chosen >= 0 ? argv[chosen + 1] : undefined;
  if (chosen >= 0 && lang !== "en" && lang !== "zh") {
    const found = lang ?? both("nothing", "空").en;
    throw new UsageError(
      both(`--lang: found ${found}, expected en or zh.`, `--lang：现为 ${lang ?? "空"}，应为 en 或 zh。`),
    );
  }
  const words = wordsOf(argv);
  const wantsHelp = argv.includes("--help") || argv.includes("-h");
  const command = commands
    .filter(({ path }) => path.every((word, index) => words[index] === word))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
  if (!command) {
    const group = commands.filter(({ path }) => words.length > 0 && path[0] === words[0]);
    const isGroup = group.length > 0 && words.length === 1;
    if (words.length === 0 || (isGroup && wantsHelp) || words[0] === "help") {
      context.print(Help.overview(isGroup ? group : commands, language));
      return words.length === 0 && !wantsHelp ? MISUSED : OK;
    }
    throw unknownCommand(words, commands);
  }
  if (wantsHelp) {
    context.print(Help.of(command, GLOBAL, language));
    return OK;
  }
  const given = read(argv, command, language);
  return command.run(given, context);
}

/** What is no flag and no value of `--lang`. */
function wordsOf(argv: readonly string[]): readonly string[] {
  return argv.filter((word, index) => !word.startsWith("-") && argv[index - 1] !== "--lang");
}

function unknownCommand(words: readonly string[], commands: readonly Command[]): UsageError {
  const depth = commands.some(({ path }) => path.length > 1 && path[0] === words[0]) ? 2 : 1;
  const asked = words.slice(0, depth).join(" ");
  const names = [...new Set(commands.map(({ path }) => path.slice(0, depth).join(" ")))];
  const near = closest(asked, names);
  const list = names.join(", ");
  return new UsageError(
    both(
      `There is no command "${asked}".${near ? ` Did you mean "commenda ${near}"?` : ""} Commands: ${list}.`,
      `没有“${asked}”命令。${near ? `是否想用“commenda ${near}”？` : ""}可用命令：${list}。`,
    ),
  );
}

/** Flags and arguments of a command. Throws `UsageError`. */
function read(argv: readonly string[], command: Command, language: Language): Given {
  const known = { ...GLOBAL, ...command.options };
  const types = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type }]));
  const { tokens } = parseArgs({
    args: [...argv],
    options: types,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options: Record<string, string | boolean> = {};
  const lists: Record<string, string[]> = {};
  const args: string[] = [];
  /** The list that words go to, after a flag that takes many. */
  let open: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === "positional") (open ?? args).push(token.value);
    if (token.kind !== "option") continue;
    const option = known[token.name];
    if (!option) throw unknownFlag(token.rawName, known, command);
    open = undefined;
    const { value } = token;
    if (option.type === "string" && value === undefined) {
      throw new UsageError(
        both(
          `${token.rawName} wants a value: ${token.rawName} ${option.value}.`,
          `${token.rawName} 需要取值：${token.rawName} ${option.value}。`,
        ),
      );
    }
    if (option.type === "boolean" && value !== undefined) {
      throw new UsageError(both(`${token.rawName} takes no value.`, `${token.rawName} 不带取值。`));
    }
    if (option.repeats && value !== undefined) {
      const list = lists[token.name] ?? [];
      list.push(value);
      lists[token.name] = list;
      if (option.many) open = list;
    }
    options[token.name] = value ?? true;
  }
  const rest = args.slice(command.path.length);
  const usage = `commenda ${Help.usage(command)}`;
  const [missing] = command.args.slice(rest.length).filter((name) => !name.startsWith("["));
  if (missing) throw new UsageError(both(`${missing} is missing. Usage: ${usage}`, `缺少 ${missing}。用法：${usage}`));
  const extra = rest[command.args.length];
  if (extra !== undefined) {
    const shown = InputError.show(extra);
    throw new UsageError(
      both(`${shown} is one argument too many. Usage: ${usage}`, `多余的参数 ${shown}。用法：${usage}`),
    );
  }
  return { args: rest, options, lists, language, json: options.json === true };
}

function unknownFlag(flag: string, known: Readonly<Record<string, Option>>, command: Command): UsageError {
  const names = Object.keys(known).map((name) => `--${name}`);
  const near = closest(flag, names);
  return new UsageError(
    both(
      `"commenda ${command.path.join(" ")}" has no flag ${flag}.${near ? ` Did you mean ${near}?` : ""} Flags: ${names.join(", ")}.`,
      `“commenda ${command.path.join(" ")}”没有选项 ${flag}。${near ? `是否想用 ${near}？` : ""}可用选项：${names.join("、")}。`,
    ),
  );
}

/** The name that a slip of a few keys makes into the one given. */
function closest(given: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, off: distance(given, name) }))
    .toSorted((one, other) => one.off - other.off);
  return best && best.off < given.length && best.off <= Math.max(2, Math.floor(given.length / 3))
    ? best.name
    : undefined;
}

/** Levenshtein's: single letters inserted, deleted or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, target] of [...other].entries()) {
      const [above = 0, diagonal = 0, left = 0] = [row[j + 1], row[j], next[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === target ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** `--lang`, else the locale's. */
export function languageOf(argv: readonly string[], env: Context["env"]): Language {
  const at = argv.indexOf("--lang");
  const given = at >= 0 ? argv[at + 1] : env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return given?.startsWith("zh") ? "zh" : "en";
}

function complain(error: unknown, { language, json }: { language: Language; json: boolean }, context: Context): number {
  if (!(error instanceof CommendaError)) {
    const detail = error instanceof Error ? error.message : String(error);
    const says: Words = both(
      `Something went wrong that should not: ${detail}. Report it with the command and COMMENDA_DEBUG=1.`,
      `发生了不应出现的错误：${detail}。请附上命令并设置 COMMENDA_DEBUG=1 后报告。`,
    );
    context.tell(says[language]);
    if (context.env.COMMENDA_DEBUG && error instanceof Error) context.tell(error.stack ?? "");
    return MISUSED;
  }
  if (json) context.print(JSON.stringify(error.toProblem(language), null, 2));
  else context.tell(error.in(language));
  const verdicts = [RehearsalStopped, NotAsExpected, LedgerDisagrees, NotThisRanking];
  const isVerdict = verdicts.some((kind) => error instanceof kind);
  return isVerdict ? NOT_GOOD : MISUSED;
}
