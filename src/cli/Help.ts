/** Help for people: what each command does, its flags, and an example of each. */
import type { InputError } from "../agreement/index.ts";
import type { Command, Option } from "./Command.ts";
import * as Table from "./Table.ts";

type Language = InputError.Language;

const WORDS = {
  en: {
    usage: "Usage",
    commands: "Commands",
    flags: "Flags",
    example: "Example",
    more: "commenda COMMAND --help shows its flags and an example. --lang en|zh chooses the language, --json is for programs.",
    codes: "Exit codes: 0 ok, 1 what was checked is not good, 2 the command line or a file is wrong.",
    about:
      "Commenda: rehearse a deal before you sign it; make, check, compare and sign its terms; act on the ledger, and prove what happened.",
  },
  zh: {
    usage: "用法",
    commands: "命令",
    flags: "选项",
    example: "示例",
    more: "commenda 命令 --help 显示该命令的选项与示例。--lang en|zh 选择语言，--json 供程序使用。",
    codes: "退出码：0 正常，1 所检查之物不合格，2 命令行或文件有误。",
    about: "Commenda：签署之前先预演交易；拟定、检查、比较和签署条款；在账本上操作，并证明所发生的一切。",
  },
};

/** `terms check FILE [--at TIME]` */
export function usage({ path, args, options }: Command): string {
  const flags = Object.entries(options).map(
    ([name, { value, repeats }]) => `[--${name}${value ? ` ${value}` : ""}]${repeats ? "…" : ""}`,
  );
  return [...path, ...args, ...flags].join(" ");
}

export function overview(commands: readonly Command[], language: Language): string {
  const words = WORDS[language];
  const rows = commands.map(({ path, args, says }) => [`  ${[...path, ...args].join(" ")}`, says[language]]);
  const examples = commands
    .flatMap(({ examples }) => examples.slice(0, 1))
    .map(({ line, says }) => [`  ${line}`, says[language]]);
  return [
    words.about,
    "",
    words.commands,
    ...Table.lines(rows),
    "",
    words.example,
    ...Table.lines(examples),
    "",
    words.more,
    words.codes,
  ].join("\n");
}

export function of(command: Command, global: Readonly<Record<string, Option>>, language: Language): string {
  const words = WORDS[language];
  const flags = Object.entries({ ...command.options, ...global }).map(([name, { value, says }]) => [
    `  --${name}${value ? ` ${value}` : ""}`,
    says[language],
  ]);
  const examples = command.examples.map(({ line, says }) => [`  ${line}`, says[language]]);
  const colon = language === "zh" ? "：" : ": ";
  return [
    command.says[language],
    "",
    `${words.usage}${colon}commenda ${usage(command)}`,
    "",
    words.flags,
    ...Table.lines(flags),
    "",
    words.example,
    ...Table.lines(examples),
  ].join("\n");
}
