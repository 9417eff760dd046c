/** `commenda pack` and `commenda verify`: what was agreed and what happened, in one file that anyone can check. */
import { existsSync, writeFileSync } from "node:fs";
import { type Evidence, InputError } from "../../agreement/index.ts";
import * as Chain from "../../ledger/Chain.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import { type Command, type Given, NOT_GOOD, OK } from "../Command.ts";
import * as Delivered from "../Delivered.ts";
import { FileUnusable, UsageError } from "../Errors.ts";
import * as EvidenceFile from "../EvidenceFile.ts";
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
    evidence: {
      type: "string",
      value: "FILE:SALT",
      repeats: true,
      says: both(
        "a file that the ledger names and its salt, or a list that `commenda act` wrote; default: the list beside the terms, TERMS.evidence.json",
        "账本所载文件及其盐，或 `commenda act` 写出的清单；默认为条款文件旁的 TERMS.evidence.json",
      ),
    },
    verdict: {
      type: "string",
      value: "FILE",
      repeats: true,
      says: both(
        "a signed verdict of either side, as `commenda accept run` writes it; makes an audit pack",
        "任一方签署的结论（`commenda accept run` 写出）；生成审计包",
      ),
    },
    manifest: {
      type: "string",
      value: "FILE",
      repeats: true,
      says: both("a manifest that was delivered; makes an audit pack", "已交付的清单；生成审计包"),
    },
    audit: {
      type: "boolean",
      says: both("an audit pack: with the statement, computed to the last unit", "审计包：附逐分计算的对账单"),
    },
    private: {
      type: "boolean",
      says: both(
        "leaves the document out, and evidence that is not named here: only what the ledger enforces",
        "不含条款文件及此处未列的证据，仅含账本执行的内容",
      ),
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
    {
      line: "commenda pack --terms terms.json --evidence terms.evidence.json --evidence theirs.json --out pack.json",
      says: both("with the files of both sides by name and hash", "附双方文件的名称与哈希"),
    },
    {
      line: "commenda pack --terms terms.json --verdict ours.json --verdict theirs.json --manifest manifest.json --out audit.json",
      says: both(
        "for an auditor: both runs, what was delivered, and the statement",
        "供审计：双方运行结论、交付清单与对账单",
      ),
    },
  ],
  async run(given, context) {
    const { options, language } = given;
    const block = Site.blockOf(given, "from");
    const listed = evidenceOf(given);
    if (typeof options.out === "string" && existsSync(options.out)) throw isThere(options.out);
    const { ledger, subject, terms } = await Site.open(given, context.env);
    try {
      context.progress(both("collecting acts and proofs", "正在汇集操作与证明")[language]);
      const id = Escrow.idOf(ledger, subject);
      const kept = listed.kept.filter((one) => one.agreement === id).map(({ evidence }) => evidence);
      const pack = await Pack.make(ledger, subject, {
        evidence: listed.files,
        kept,
        ...auditOf(given),
        ...(block === undefined ? {} : { from: block }),
        ...(options.private === true ? {} : { terms }),
      });
      context.progress(undefined);
      const text = Pack.write(pack);
      if (typeof options.out !== "string") context.print(text.trimEnd());
      else {
        writeFileSync(options.out, text, { flag: "wx" });
        const [acts, files] = [pack.acts.length, pack.evidence.length];
        const says = both(
          `${options.out}: ${acts} acts with their proofs, ${files} files by name and hash.`,
          `${options.out}：${acts} 项操作及其证明，${files} 个文件的名称与哈希。`,
        );
        context.tell(says[language]);
        const unknown = (await Pack.verify(pack)).filter(({ name }) => name.startsWith("commitment."));
        const more = both(
          `Without their files, and nobody can say what they are: ${unknown.map(({ what }) => what.en).join("; ")}. Whoever has them gives --evidence FILE:SALT, or its list.`,
          `未附文件，无从得知其内容：${unknown.map(({ what }) => what.zh).join("；")}。持有者可用 --evidence 给出 FILE:SALT 或其清单。`,
        );
        if (unknown.length > 0 && options.private !== true) context.tell(more[language]);
      }
      return OK;
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall !== "open") throw error;
      throw code === "EEXIST" ? isThere(String(options.out)) : new FileUnusable(String(options.out), unwritable(code));
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

/** Files that must be named on the ledger, and lists that may have others too. */
function evidenceOf(given: Given): {
  files: readonly Evidence.Evidence[];
  kept: readonly EvidenceFile.Kept[];
} {
  const named = given.lists.evidence ?? [];
  const own = EvidenceFile.beside(Site.termsOf(given));
  const lists = named.length === 0 && given.options.private !== true && existsSync(own) ? [own] : [];
  const files: Evidence.Evidence[] = [];
  for (const text of named) {
    const [, file, salt] = /^(.+):(0x[0-9a-fA-F]*)$/.exec(text) ?? [];
    if (file === undefined || salt === undefined) lists.push(text);
    else if (/^0x[0-9a-fA-F]{64}$/.test(salt)) files.push(EvidenceFile.of(file, salt.toLowerCase()));
    else throw badSalt(salt);
  }
  return { files, kept: lists.flatMap((list) => EvidenceFile.read(list)) };
}

/** What an audit pack has more; nothing where none is asked for. */
function auditOf({ lists, options }: Given): Pick<NonNullable<Parameters<typeof Pack.make>[2]>, "audit"> {
  const { verdict = [], manifest = [] } = lists;
  if (verdict.length + manifest.length === 0 && options.audit !== true) return {};
  return { audit: { verdicts: verdict.map(Delivered.verdict), manifests: manifest.map(Delivered.manifest) } };
}

const badSalt = (salt: string): UsageError => {
  const found = InputError.show(salt);
  return new UsageError(
    both(
      `--evidence: found the salt ${found}, expected 0x and 64 hex digits.`,
      `--evidence：盐现为 ${found}，应为 0x 加 64 位十六进制。`,
    ),
  );
};

const isThere = (file: string): UsageError =>
  new UsageError(
    both(`--out: ${file} is there already. Choose another name.`, `--out：${file} 已存在，请另选文件名。`),
  );
const unwritable = (code = "") =>
  both(`it cannot be written (${code}). Choose another place.`, `无法写入（${code}），请另选位置。`);

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
