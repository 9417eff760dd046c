/** What can go wrong between us and a ledger, classed by what the caller does next. */
import { InputError, Refusal } from "../agreement/index.ts";
import type { Hex } from "./Ledger.ts";

const { both } = InputError;
type Words = InputError.Words;

abstract class LedgerError extends InputError.CommendaError {
  constructor(name: string, title: Words, words: Words, options?: ErrorOptions) {
    super(name, title, words);
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** An act that the rules refuse; nothing was sent. */
export class ActRefused extends LedgerError {
  readonly next = "fix";
  readonly refusal: Refusal.Refusal;

  constructor(refusal: Refusal.Refusal) {
    const { en, zh } = Refusal.explain(refusal);
    const rule = refusal.rule;
    super(
      "ActRefused",
      both("the rules refuse this act", "规则不允许此操作"),
      both(`${en} (rule ${rule}, ${refusal.refused})`, `${zh}（规则 ${rule}，${refusal.refused}）`),
    );
    this.refusal = refusal;
  }

  override toProblem(language: InputError.Language = "en"): InputError.ProblemDetails {
    const { refused, rule, facts } = this.refusal;
    const plain = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]));
    return { ...super.toProblem(language), refused, rule, facts: plain };
  }
}

/** A call or transaction that reverted with something that is no refusal of ours. */
export class Reverted extends LedgerError {
  readonly next = "fix";
  readonly data: Hex;

  constructor(data: Hex, options?: ErrorOptions) {
    const says = data === "0x" ? both("without a reason", "未说明原因") : both(`with ${data}`, `返回 ${data}`);
    const words = both(
      `The ledger refused the act ${says.en}. Nothing changed.`,
      `账本拒绝了该操作：${says.zh}。未产生任何变化。`,
    );
    super("Reverted", both("the ledger refused the act", "账本拒绝了该操作"), words, options);
    this.data = data;
  }
}

/** Another process works on the same ledger folder. */
export class LedgerBusy extends LedgerError {
  readonly next = "retry";
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(
      "LedgerBusy",
      both("this ledger is in use", "该账本正在使用中"),
      both(
        `${folder} is open in process ${pid}. Close that one, or choose another folder.`,
        `${folder} 已被进程 ${pid} 打开。请先关闭该进程，或选用其他文件夹。`,
      ),
    );
    this.pid = pid;
  }
}

/** A file of the ledger is not what was written. */
export class LedgerDamaged extends LedgerError {
  readonly next = "stop";
  readonly file: string;

  constructor(file: string, what: Words, options?: ErrorOptions) {
    super(
      "LedgerDamaged",
      both("the ledger's files are damaged", "账本文件已损坏"),
      both(
        `${file}: ${what.en}. Nothing was changed. Restore the folder from a copy.`,
        `${file}：${what.zh}。未作任何更改。请用备份恢复该文件夹。`,
      ),
      options,
    );
    this.file = file;
  }
}

/** The disk took no more; what was acknowledged is safe. */
export class DiskFailed extends LedgerError {
  readonly next = "retry";
  readonly file: string;

  constructor(file: string, options: ErrorOptions) {
    const code = (options.cause as NodeJS.ErrnoException)?.code ?? "";
    super(
      "DiskFailed",
      both("the disk does not take the record", "磁盘无法写入记录"),
      both(
        `${file} could not be written (${code}). The act is not acknowledged. Make room and try again.`,
        `${file} 无法写入（${code}）。该操作未获确认。请腾出空间后重试。`,
      ),
      options,
    );
    this.file = file;
  }
}

/** The node does not answer. */
export class NodeDown extends LedgerError {
  readonly next = "retry";

  constructor(where: string, options?: ErrorOptions) {
    super(
      "NodeDown",
      both("the ledger's node does not answer", "账本节点无应答"),
      both(
        `${where} does not answer. Check that it runs and that the address is right, then try again.`,
        `${where} 无应答。请检查节点是否运行、地址是否正确，然后重试。`,
      ),
      options,
    );
  }
}

/** The node answered with an error that is none of a contract's. */
export class NodeRefused extends LedgerError {
  readonly next = "retry";
  readonly code: number;

  constructor(method: string, code: number, message: string) {
    const words = both(
      `${method} failed at the node: ${message} (${code}).`,
      `节点执行 ${method} 失败：${message}（${code}）。`,
    );
    super("NodeRefused", both("the ledger's node refused", "账本节点拒绝请求"), words);
    this.code = code;
  }
}

/** The chain is not the one that the terms name. */
export class WrongChain extends LedgerError {
  readonly next = "fix";

  constructor(found: number, expected: number) {
    super(
      "WrongChain",
      both("this is another chain", "链不一致"),
      both(
        `The node is on chain ${found}; the terms name chain ${expected}. Give the address of a node on chain ${expected}.`,
        `节点所在的链为 ${found}，条款指定的链为 ${expected}。请提供链 ${expected} 上节点的地址。`,
      ),
    );
  }
}

/** Only somebody else can send for this signer. */
export class NeedsRelayer extends LedgerError {
  readonly next = "fix";

  constructor(address: string) {
    super(
      "NeedsRelayer",
      both("this account cannot send", "该账户不能自行发送"),
      both(
        `${address} signs, but cannot send transactions itself. Let a relayer send the signed act.`,
        `${address} 只能签名，不能自行发送交易。请由代发人发送已签操作。`,
      ),
    );
  }
}

/** The password does not open the keystore. */
export class WrongPassword extends LedgerError {
  readonly next = "fix";

  constructor(options?: ErrorOptions) {
    super(
      "WrongPassword",
      both("the key cannot be opened", "无法打开密钥"),
      both(
        "The file is no keystore, or the password is not its own. Nothing was signed.",
        "该文件不是密钥库，或密码不正确。未作任何签名。",
      ),
      options,
    );
  }
}

/** A rehearsal's time goes forward only. */
export class BadTime extends LedgerError {
  readonly next = "fix";

  constructor(found: number, least: number) {
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    super(
      "BadTime",
      both("time goes forward only", "时间只能向前"),
      both(
        `The act is dated ${iso(found)}, after one of ${iso(least)}. Put what happens in its order.`,
        `该操作的时间为 ${iso(found)}，早于已发生的 ${iso(least)}。请按先后顺序排列。`,
      ),
    );
  }
}
