/** `commenda pack` and `commenda verify`: what was agreed and what happened, in one file that anyone can check. */
import { writeFileSync } from "node:fs";
import { InputError } from "../../agreement/index.ts";
import * as Chain from "../../ledger/Chain.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import { type Command, NOT_GOOD, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as Site from "../Site.ts";
import * as Source from "../Source.ts";

const { both } = InputError;

const make: Command = {
  path: ["pack"],
  says: both(
    "collects terms, signatures, acts and their proofs into one file",
    "将条款、签名、操作及其证明汇集为一个文件",
  ),
  args: [],
  options: {
    terms: Site.OPTIONS.terms as never,
    rpc: Site.OPTIONS.rpc as never,
    from: {
      type: "string",
      value: "BLOCK",
      says: both("the block of the opening, or one before it", "开立所在区块或其之前的区块"),
    },
    private: {
      type: "boolean",
      says: both("leaves the document out: only what the ledger enforces", "不含条款文件，仅含账本执行的内容"),
    },
    out: {
      type: "string",
      value: "FILE",
      says: both("where it is written; default: stdout", "写入的文件；默认输出到标准输出"),
    },
  },
  examples: [
    {
      line: "commenda pack --terms terms.json --out pack.json",
      says: both("keep it with the contract", "与合同一并保存"),
    },
  ],
  async run(given, context) {
    const { options, language } = given;
    const from = options.from === undefined ? {} : { from: blockNumber(String(options.from)) };
    const { ledger, subject, terms } = await Site.open(given, context.env, false);
    try {
      context.progress(both("collecting acts and proofs", "正在汇集操作与证明")[language]);
      const pack = await Pack.make(ledger, subject, { ...from, ...(options.private === true ? {} : { terms }) });
      context.progress(undefined);
      const text = Pack.write(pack);
      if (typeof options.out !== "string") context.print(text.trimEnd());
      else {
        writeFileSync(options.out, text, { flag: "wx" });
        const acts = pack.acts.length;
        context.tell(
          both(`${options.out}: ${acts} acts with their proofs.`, `${options.out}：${acts} 项操作及其证明。`)[language],
        );
      }
      return OK;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      throw new UsageError(
        both(
          `--out: ${options.out} is there already. Choose another name.`,
          `--out：${options.out} 已存在，请另选文件名。`,
        ),
      );
    } finally {
      await ledger.close();
    }
  },
};

const verify: Command = {
  path: ["verify"],
  says: both(
    "checks a pack offline, and with a node against its chain; says what was not proven",
    "离线核验，也可通过节点对照链核验；并说明未证明的内容",
  ),
  args: ["PACK"],
  options: {
    rpc: Site.OPTIONS.rpc as never,
    block: {
      type: "string",
      value: "HASH",
      says: both("a block hash that you know to be the chain's", "已知属于该链的区块哈希"),
    },
  },
  examples: [
    { line: "commenda verify pack.json", says: both("offline", "离线核验") },
    {
      line: "commenda verify pack.json --rpc http://127.0.0.1:8545",
      says: both("and against the chain", "并对照链核验"),
    },
  ],
  async run(given, context) {
    const {
      args: [file = ""],
      options,
      language,
      json,
    } = given;
    const pack = Pack.read(Source.readText(file, Pack.MAX_BYTES));
    const blockHash = typeof options.block === "string" ? { blockHash: hash(options.block) } : {};
    const online = options.rpc !== undefined || Boolean(context.env.COMMENDA_RPC_URL);
    const ledger = online ? await Chain.open({ url: Site.urlOf(given, context.env) }) : undefined;
    try {
      const findings = await Pack.verify(pack, { ...blockHash, ...(ledger ? { ledger } : {}) });
      const good = Pack.sound(findings);
      if (json) context.print(JSON.stringify({ good, findings }, null, 2));
      else {
        for (const { what, proven, why } of findings) {
          const mark = proven === true ? "✓" : proven === false ? "✗" : "-";
          context.print(`${mark} ${what[language]}${proven === true ? "" : `\n    ${why[language]}`}`);
        }
        const verdict = good
          ? both("Nothing in it is wrong. Lines with - were not proven.", "未发现错误。标有 - 的各项未经证明。")
          : both("It does not hold: see the lines with ✗.", "核验不通过：见标有 ✗ 的各项。");
        context.print(verdict[language]);
      }
      return good ? OK : NOT_GOOD;
    } finally {
      await ledger?.close();
    }
  },
};

function blockNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const found = InputError.show(text);
  throw new UsageError(
    both(`--from: found ${found}, expected the number of a block.`, `--from：现为 ${found}，应为区块号。`),
  );
}

function hash(text: string): Hex {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase() as Hex;
  const found = InputError.show(text);
  throw new UsageError(
    both(
      `--block: found ${found}, expected 0x and 64 hex digits.`,
      `--block：现为 ${found}，应为 0x 加 64 位十六进制。`,
    ),
  );
}

export const packs: readonly Command[] = [make, verify];
