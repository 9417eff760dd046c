/** `commenda serve`: a node on this machine, until it is told to stop. */
import { once } from "node:events";
import { InputError } from "../../agreement/index.ts";
import { bold, type Command, type Context, type Given, OK, type Option } from "../Command.ts";
import { UsageError } from "../Errors.ts";

const { both } = InputError;

/** Of every command about a node's own folder. */
export const HOME: Option = {
  type: "string",
  value: "FOLDER",
  says: both("where everything is kept; default ~/.commenda", "数据文件夹；默认 ~/.commenda"),
};

export const serve: Command = {
  path: ["serve"],
  says: both(
    "runs a node: store, ledger, API, for people and agents",
    "运行节点：数据库、账本与接口，供人和智能体使用",
  ),
  args: [],
  options: {
    host: {
      type: "string",
      value: "ADDRESS",
      says: both("address to listen on; default 127.0.0.1", "监听地址；默认 127.0.0.1"),
    },
    port: { type: "string", value: "NUMBER", says: both("port; default 8420", "端口；默认 8420") },
    home: HOME,
    demo: {
      type: "boolean",
      says: both(
        "personas whose keys the node keeps, and a clock that can be moved",
        "由节点保管密钥的演示角色，时钟可拨动",
      ),
    },
  },
  examples: [{ line: "commenda serve --demo", says: both("a node to try things on", "用于试用的节点") }],
  async run(given, context) {
    // Loaded here: no other command needs a server.
    const [Config, Node, Web] = await Promise.all([
      import("../../node/Config.ts"),
      import("../../node/Node.ts"),
      import("../../node/http/Web.ts"),
    ]);
    // Who tries it reads what it says; a line for each request would bury that.
    const env = given.options.demo === true ? { COMMENDA_LOG: "warn", ...context.env } : context.env;
    const config = Config.read(env, optionsOf(given));
    const signal = context.interruption();
    if (config.demo && config.databaseUrl === undefined) {
      const Demo = await import("../Demo.ts");
      await Demo.fill(config.home, (says) => {
        const what = both(`making demonstration data: ${says.en}`, `正在生成演示数据：${says.zh}`);
        context.progress(what[given.language]);
      });
    }
    context.progress(both("starting the node …", "正在启动节点 …")[given.language]);
    const Watchdog = await import("../../node/Watchdog.ts");
    const watchdog = Watchdog.start(STUCK[given.language]);
    const node = await Node.start(config);
    context.progress(undefined);
    if (given.json) context.print(JSON.stringify({ url: node.url, home: config.home }));
    else for (const line of told(node.url, { ...config, hasApp: Web.isBuilt() }, given, context)) context.print(line);
    if (!signal.aborted) await once(signal, "abort");
    context.tell(both("Stopping; once more ends at once.", "正在停止；再按一次立即结束。")[given.language]);
    await node.stop();
    await watchdog.stop();
    return OK;
  },
};

function optionsOf({ options }: Given) {
  const { host, port, home, demo } = options;
  if (port !== undefined && !/^\d{1,5}$/.test(String(port))) {
    const shown = InputError.show(port);
    throw new UsageError(
      both(
        `--port: found ${shown}, expected a number from 0 to 65535.`,
        `--port：现为 ${shown}，应为 0 到 65535 的数字。`,
      ),
    );
  }
  return {
    ...(typeof host === "string" ? { host } : {}),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(typeof home === "string" ? { home } : {}),
    ...(demo === true ? { demo } : {}),
  };
}

const STUCK = both(
  "The node has not come round for a minute and was ended. Most often the disk is full: make room, then start it again. What was acknowledged is kept.",
  "节点一分钟无响应，已被终止。最常见原因是磁盘已满：请腾出空间后重新启动。已确认的内容均已保存。",
);

/** Of a demonstration. */
const DEMO: readonly InputError.Words[] = [
  both(
    "  COMMENDA_URL={url} COMMENDA_PERSONA=client npx commenda call agreement.list",
    "  COMMENDA_URL={url} COMMENDA_PERSONA=client npx commenda call agreement.list",
  ),
  both(
    "      ten agreements on their way, as one of their clients sees them",
    "      十份进行中的协议，以甲方身份查看",
  ),
];

type Config = { home: string; demo: boolean; databaseUrl: string | undefined; chain: unknown; hasApp: boolean };

function told(url: string, config: Config, { language }: Given, context: Context): readonly string[] {
  const strong = bold(context);
  const lines = [
    both(`Commenda runs at ${strong(url)}`, `Commenda 已运行：${strong(url)}`),
    config.databaseUrl === undefined
      ? both(`Data lies in ${config.home}`, `数据位于 ${config.home}`)
      : both(`Data lies in PostgreSQL, files in ${config.home}`, `数据位于 PostgreSQL，文件位于 ${config.home}`),
    ...(config.chain === undefined
      ? [
          both(
            "The ledger is a rehearsal on this machine: good for trying, worth nothing as proof.",
            "账本为本机预演账本：仅供试用，不能作为证明。",
          ),
        ]
      : []),
    both("What to try:", "可以尝试："),
    ...(config.hasApp
      ? [
          both(`  ${url}`, `  ${url}`),
          config.demo
            ? both(
                "      open it in a browser: enter as client, provider or arbitrator with one click",
                "      在浏览器中打开：一键以甲方、乙方或仲裁人身份进入",
              )
            : both("      open it in a browser, and sign up with a passkey", "      在浏览器中打开，以通行密钥注册"),
        ]
      : [
          both("  npm run build:web", "  npm run build:web"),
          both("      builds the web app; then start this again", "      构建网页应用，然后重新启动"),
        ]),
    both(`  ${url}/docs`, `  ${url}/docs`),
    both("      all that people and agents can ask of it", "      人与智能体可用的全部操作"),
    ...(config.demo ? DEMO.map(({ en, zh }) => both(en.replace("{url}", url), zh.replace("{url}", url))) : []),
    both(`  COMMENDA_URL=${url} npx commenda call node.show`, `  COMMENDA_URL=${url} npx commenda call node.show`),
    both("      asks it from the command line", "      由命令行查询"),
    both("  npm run tour", "  npm run tour"),
    both(
      "      every ending of an example, and two examples played to their end",
      "      一份示例的全部结局，以及两份示例演练到底",
    ),
    both("Ctrl-C stops; nothing is lost.", "按 Ctrl-C 停止；数据不会丢失。"),
  ];
  return lines.map((words) => words[language]);
}
