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
    const code = (options.cause as { code?: string } | undefined)?.code ?? "";
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

/** The act is signed, recorded and perhaps sent; what came of it is not known yet. It is followed, never signed anew. */
export class ActPending extends LedgerError {
  readonly next = "retry";
  readonly nonce: number;
  /** Of the transaction last sent. */
  readonly transaction: Hex;

  constructor(act: { from: string; nonce: number; transaction: Hex }, options?: ErrorOptions) {
    const { cause } = options ?? {};
    const why =
      cause instanceof InputError.CommendaError
        ? both(` Last problem: ${cause.in("en")}`, `最近的问题：${cause.in("zh")}`)
        : both("", "");
    super(
      "ActPending",
      both("the act is not in a block yet", "该操作尚未进入区块"),
      both(
        `Transaction ${act.transaction} of ${act.from}, number ${act.nonce}, is recorded and not in a final block yet. It is followed the next time this ledger is used; the same act asked for again is this one.${why.en}`,
        `${act.from} 的第 ${act.nonce} 号交易 ${act.transaction} 已记录，但尚未进入确定的区块。下次使用该账本时将继续跟踪；再次请求同一操作即指此交易。${why.zh}`,
      ),
      options,
    );
    this.nonce = act.nonce;
    this.transaction = act.transaction;
  }
}

/** A transaction that is none of ours took the act's number: the act has not happened and never will. */
export class NonceTaken extends LedgerError {
  readonly next = "retry";
  /** The transaction that took it. */
  readonly by: Hex;

  constructor(from: string, nonce: number, by: Hex) {
    super(
      "NonceTaken",
      both("another transaction took the act's place", "另一笔交易占用了该操作的位置"),
      both(
        `Transaction ${by}, sent by ${from} from elsewhere, has number ${nonce} of that account. The act did not happen. See what that one did, then act again.`,
        `${from} 在别处发送的交易 ${by} 占用了该账户的第 ${nonce} 号。该操作未发生。请先查看那笔交易，再重新操作。`,
      ),
    );
    this.by = by;
  }
}

/** Transactions of the account that are none of ours wait at the node. */
export class AccountBusy extends LedgerError {
  readonly next = "retry";

  constructor(from: string, waiting: number) {
    super(
      "AccountBusy",
      both("the account has other transactions under way", "该账户另有交易进行中"),
      both(
        `The node holds ${waiting} transaction(s) of ${from} that were sent from elsewhere and are in no block yet. Nothing was signed. Wait for them, then act again.`,
        `节点上有 ${from} 从别处发送、尚未进入区块的交易 ${waiting} 笔。未作任何签名。请等待其完成后再操作。`,
      ),
    );
  }
}

/** The node's answers do not agree with each other or with what is known: to act on them could act twice. */
export class NodeContradicts extends LedgerError {
  readonly next = "retry";

  constructor(what: Words) {
    super(
      "NodeContradicts",
      both("the node contradicts itself", "节点应答前后矛盾"),
      both(
        `${what.en}, also when asked again. Nothing new was signed. Try again, or give the address of another node.`,
        `${what.zh}，再次询问仍然如此。未作新的签名。请重试，或提供其他节点的地址。`,
      ),
    );
  }
}

/** Gas costs more than the cap. */
export class FeeAboveCap extends LedgerError {
  readonly next = "retry";

  constructor(asked: bigint, cap: bigint) {
    super(
      "FeeAboveCap",
      both("gas costs more than you allow", "燃料费高于所设上限"),
      both(
        `The chain asks at least ${asked} wei a unit of gas; the cap is ${cap}. Nothing was sent. Raise the cap, or wait.`,
        `链上燃料单价至少 ${asked} wei，所设上限为 ${cap}。未发送任何交易。请提高上限，或稍后再试。`,
      ),
    );
  }
}

/** The account cannot pay what the act may cost. */
export class NotEnoughForGas extends LedgerError {
  readonly next = "fix";

  constructor(address: string, has: bigint, needs: bigint) {
    super(
      "NotEnoughForGas",
      both("the account cannot pay the gas", "账户余额不足以支付燃料费"),
      both(
        `${address} has ${has} wei; the act may need ${needs}. Nothing was sent. Fund the account, or let a relayer send.`,
        `${address} 有 ${has} wei，该操作最多需要 ${needs}。未发送任何交易。请充值，或由代发人发送。`,
      ),
    );
  }
}

/** The folder belongs to another chain. */
export class OtherLedger extends LedgerError {
  readonly next = "fix";

  constructor(folder: string, kept: string, found: string) {
    super(
      "OtherLedger",
      both("the folder belongs to another chain", "该文件夹属于另一条链"),
      both(
        `${folder} keeps acts on ${kept}; the node is on ${found}. Choose another folder, or the node of that chain.`,
        `${folder} 保存的是 ${kept} 上的操作，而节点所在的是 ${found}。请选用其他文件夹，或该链的节点。`,
      ),
    );
  }
}

/** A chain sets its time itself. */
export class OnlyRehearsed extends LedgerError {
  readonly next = "fix";

  constructor() {
    super(
      "OnlyRehearsed",
      both("a chain sets its time itself", "链上时间不可指定"),
      both(
        "Only a rehearsal can date an act. Nothing was sent. Leave the time out.",
        "只有演练可以指定操作时间。未发送任何交易。请去掉时间。",
      ),
    );
  }
}

/** Opened without a folder, a chain cannot record what it sends. */
export class ReadOnly extends LedgerError {
  readonly next = "fix";

  constructor() {
    super(
      "ReadOnly",
      both("opened for reading only", "仅以只读方式打开"),
      both(
        "Acts are recorded before they are sent, and there is no folder for it. Open the ledger with a folder.",
        "操作须先记录再发送，而此处没有文件夹。请指定文件夹后再打开账本。",
      ),
    );
  }
}

/** The node has no such block: it was replaced meanwhile, or the node keeps only the latest. */
export class BlockGone extends LedgerError {
  readonly next = "retry";

  constructor(hash: string) {
    super(
      "BlockGone",
      both("the node does not have this block", "节点没有该区块"),
      both(
        `The node does not have block ${hash} with its receipts. Try again, or with a node that keeps all blocks.`,
        `节点没有区块 ${hash} 及其收据。请重试，或改用保留全部区块的节点。`,
      ),
    );
  }
}

/** A block of a form that we cannot rebuild, so that nothing in it can be proven. */
export class BlockUnknown extends LedgerError {
  readonly next = "stop";

  constructor(hash: string, why: Words) {
    super(
      "BlockUnknown",
      both("this block's form is not known", "无法识别该区块的格式"),
      both(`Nothing can be proven of block ${hash}: ${why.en}.`, `无法就区块 ${hash} 出具证明：${why.zh}。`),
    );
  }
}

/** The ledger knows nothing of the agreement. */
export class NothingToPack extends LedgerError {
  readonly next = "fix";

  constructor(id: string) {
    super(
      "NothingToPack",
      both("there is nothing to prove yet", "尚无可证明的内容"),
      both(
        `The ledger knows nothing of agreement ${id}. Check the terms and the ledger, or open it first.`,
        `账本上没有协议 ${id} 的记录。请检查条款和账本，或先签约生效。`,
      ),
    );
  }
}

/** A file that is no pack, before any field of it is looked at. */
export class NotAPack extends LedgerError {
  readonly next = "fix";

  constructor(why: Words, options?: ErrorOptions) {
    super("NotAPack", both("this is not a pack", "不是证明包"), why, options);
  }
}
