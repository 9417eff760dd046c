import { describe, expect, test } from "vitest";
import * as Cli from "./Cli.ts";
import type { Command } from "./Command.ts";
import { terminal } from "./testing/Terminal.ts";

const both = (en: string, zh: string) => ({ en, zh });
const echo: Command = {
  path: ["say"],
  says: both("says it", "说出"),
  args: ["WORD", "[MORE]"],
  options: {
    loud: { type: "boolean", says: both("loudly", "大声") },
    to: { type: "string", value: "NAME", says: both("whom", "对谁") },
    also: { type: "string", value: "NAME", repeats: true, says: both("whom else", "还对谁") },
  },
  examples: [{ line: "commenda say hello", says: both("hello", "你好") }],
  async run({ args, options, language, json }, context) {
    context.print(JSON.stringify({ args, options, language, json }));
    return 0;
  },
};
const fails: Command = {
  ...echo,
  path: ["deep", "fail"],
  args: [],
  options: {},
  run: () => Promise.reject(new Error("a slip of ours")),
};
const run = async (line: string, env: Record<string, string> = {}) => {
  const { context, out, err } = terminal({ env });
  const code = await Cli.run(line.split(" ").filter(Boolean), [echo, fails], context);
  return { code, out: out(), err: err() };
};

describe("a command line", () => {
  test("behavior: arguments and flags in any order", async () => {
    expect(await run("say a --loud b --to=x")).toMatchObject({ code: 0 });
    expect(JSON.parse((await run("--lang zh say --to x a --json")).out)).toEqual({
      args: ["a"],
      options: { lang: "zh", to: "x", json: true },
      language: "zh",
      json: true,
    });
    expect(JSON.parse((await run("say -- --loud")).out).args).toEqual(["--loud"]);
  });

  test("behavior: a flag that may be repeated, and one of which the last counts", async () => {
    const repeated: Command = {
      ...echo,
      run: async ({ lists, options }, context) => {
        context.print(JSON.stringify([lists, options]));
        return 0;
      },
    };
    const { context, out } = terminal();
    await Cli.run("say a --also x --to b --also=y --to c".split(" "), [repeated], context);
    expect(JSON.parse(out())).toEqual([{ also: ["x", "y"] }, { also: "y", to: "c" }]);
    expect((await run("say --help")).out).toContain("[--to NAME] [--also NAME]…");
  });

  const wrong: [why: string, line: string, en: string, zh: string][] = [
    [
      "an unknown command",
      "sya a",
      'There is no command "sya". Did you mean "commenda say"?',
      "没有“sya”命令。是否想用“commenda say”？",
    ],
    [
      "a command that is like none",
      "xyzzy",
      'There is no command "xyzzy". Commands: say, deep.',
      "可用命令：say, deep。",
    ],
    [
      "an unknown second word",
      "deep fial",
      'There is no command "deep fial". Did you mean "commenda deep fail"?',
      "deep fail",
    ],
    ["half a command", "deep", 'There is no command "deep".', "没有“deep”命令。"],
    ["an unknown flag", "say a --luod", '"commenda say" has no flag --luod. Did you mean --loud?', "是否想用 --loud？"],
    ["a flag without its value", "say a --to", "--to wants a value: --to NAME.", "--to 需要取值"],
    ["a value for a flag that takes none", "say a --loud=yes", "--loud takes no value.", "--loud 不带取值"],
    [
      "a missing argument",
      "say",
      "WORD is missing. Usage: commenda say WORD [MORE] [--loud] [--to NAME]",
      "缺少 WORD。用法：",
    ],
    ["one argument too many", "say a b c", '"c" is one argument too many.', '多余的参数 "c"。'],
    ["a language that we do not speak", "say a --lang fr", "--lang: found fr, expected en or zh.", "--lang：现为 fr"],
  ];
  test.each(wrong)("error: %s", async (_why, line, en, zh) => {
    const english = await run(line, { LANG: "en_US.UTF-8" });
    expect(english).toMatchObject({ code: 2, out: "" });
    expect(english.err).toContain(en);
    expect((await run(line, line.includes("--lang") ? {} : { LANG: "zh_CN.UTF-8" })).err).toContain(
      line.includes("--lang") ? en : zh,
    );
  });

  test("error: as problem details for programs, on stdout", async () => {
    const { code, out, err } = await run("say --json");
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toMatchObject({ type: "/problems/usage-error", status: 422, next: "fix" });
  });

  test("error: a fault of ours is told without a stack trace, unless asked for", async () => {
    const { code, err } = await run("deep fail", { LANG: "zh" });
    expect(code).toBe(2);
    expect(err).toBe("发生了不应出现的错误：a slip of ours。请附上命令并设置 COMMENDA_DEBUG=1 后报告。\n");
    expect((await run("deep fail", { COMMENDA_DEBUG: "1" })).err).toContain("at ");
  });
});

describe("help", () => {
  test("behavior: of everything, with an example each", async () => {
    for (const line of ["", "--help", "help", "-h"]) expect((await run(line)).out).toContain("commenda say hello");
    expect((await run("")).code).toBe(2);
    expect((await run("--help")).code).toBe(0);
  });

  test("behavior: of a group, and of one command, in either language", async () => {
    expect((await run("deep --help")).out).not.toContain("say WORD");
    const { out } = await run("say --help --lang zh");
    expect(out).toContain("用法：commenda say WORD [MORE] [--loud] [--to NAME]");
    expect(out).toMatch(/--to NAME +对谁/);
    expect((await run("say --help")).out).toMatch(/--json +output for programs/);
  });
});

test.each([
  [{}, "en"],
  [{ LANG: "zh_CN.UTF-8" }, "zh"],
  [{ LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
  [{ LANG: "en_US", LC_MESSAGES: "zh_TW" }, "zh"],
])("behavior: the language of %j is %s", (env, language) => {
  expect(Cli.languageOf([], env)).toBe(language);
});
