/** `commenda backup` and `commenda restore`: all of a node in one file, and a node from it. */
import { InputError } from "../../agreement/index.ts";
import { bold, type Command, type Given, OK } from "../Command.ts";
import { HOME } from "./serve.ts";

const { both } = InputError;
type Words = InputError.Words;

const make: Command = {
  path: ["backup"],
  says: both(
    "writes all of a stopped node into one file: store, ledger, evidence, secret",
    "将已停止节点的全部内容写入一个文件：数据库、账本、证据、密钥",
  ),
  args: ["FILE"],
  options: { home: HOME },
  examples: [
    {
      line: "commenda backup commenda-2027-01-31.tar.gz",
      says: both("keep it where only you can read it", "请存放于仅您可读之处"),
    },
  ],
  async run({ args: [file = ""], ...given }, context) {
    const Config = await import("../../node/Config.ts");
    const Backup = await import("../../node/Backup.ts");
    const config = Config.read(context.env, homeOf(given));
    const summary = await Backup.make(config, file, (path) => context.progress(path));
    context.progress(undefined);
    if (given.json) context.print(JSON.stringify({ file, ...summary }));
    else for (const words of [wrote(file, summary), ...beside(summary)]) context.print(words[given.language]);
    return OK;
  },
};

const restore: Command = {
  path: ["restore"],
  says: both("makes a node's home of a backup", "由备份恢复节点的数据文件夹"),
  args: ["FILE"],
  options: { home: HOME },
  examples: [
    {
      line: "commenda restore commenda-2027-01-31.tar.gz --home node",
      says: both("the folder must be empty, or not be there", "文件夹须为空或不存在"),
    },
  ],
  async run({ args: [file = ""], ...given }, context) {
    const Config = await import("../../node/Config.ts");
    const Backup = await import("../../node/Backup.ts");
    const { home } = Config.read(context.env, homeOf(given));
    const summary = await Backup.restore(file, home, (path) => context.progress(path));
    context.progress(undefined);
    const { files, at } = summary;
    const words = both(
      `${files} files of ${at} are in ${home}. Start the node with the same configuration.`,
      `${at} 的 ${files} 个文件已恢复至 ${home}。请以相同配置启动节点。`,
    );
    if (given.json) context.print(JSON.stringify({ home, ...summary }));
    else {
      context.print(bold(context)(words[given.language]));
      for (const words of beside(summary)) context.print(words[given.language]);
    }
    return OK;
  },
};

export const backups: readonly Command[] = [make, restore];

const homeOf = ({ options: { home } }: Pick<Given, "options">) => (typeof home === "string" ? { home } : {});

const wrote = (file: string, { files, bytes }: { files: number; bytes: number }): Words =>
  both(
    `${file}: ${files} files, ${bytes} bytes before they were compressed. It holds the node's secret: keep it like one.`,
    `${file}：${files} 个文件，压缩前 ${bytes} 字节。其中含节点密钥，请妥善保管。`,
  );

/** What the file does not have. */
const beside = ({ elsewhere }: { elsewhere: readonly string[] }): readonly Words[] => [
  ...(elsewhere.includes("store")
    ? [
        both(
          'The store is a PostgreSQL: back it up while every node is stopped, with pg_dump --format=custom --file=store.dump "$DATABASE_URL", and restore it with pg_restore --clean --if-exists --dbname="$DATABASE_URL" store.dump.',
          '数据库为 PostgreSQL：请在所有节点停止时以 pg_dump --format=custom --file=store.dump "$DATABASE_URL" 备份，以 pg_restore --clean --if-exists --dbname="$DATABASE_URL" store.dump 恢复。',
        ),
      ]
    : []),
  ...(elsewhere.includes("evidence")
    ? [
        both(
          "Evidence is in an S3-compatible store: back its bucket up there.",
          "证据存于 S3 兼容存储：请在该处备份存储桶。",
        ),
      ]
    : []),
];
