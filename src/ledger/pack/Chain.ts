/** What only the ledger can say: that the blocks stand, nothing is missing, and the state is what the facts lead to. */
import canonicalize from "canonicalize";
import { Hash } from "ox";
import { InputError, State } from "../../agreement/index.ts";
import { NodeDown, NodeRefused } from "../Errors.ts";
import * as Escrow from "../Escrow.ts";
import type { Address, Ledger } from "../Ledger.ts";
import * as Node from "../Node.ts";
import * as Proof from "../Proof.ts";
import { transactions } from "./collect.ts";
import { type Context, type Finding, finding, type Judged } from "./Finding.ts";
import type * as Form from "./Form.ts";

const { both } = InputError;
type Words = InputError.Words;

const CANONICAL = both("The blocks are on the chain", "区块在链上");
const COMPLETE = both("No act is missing", "没有遗漏的操作");
const STATE = both("The ledger's state is what the facts lead to", "账本状态与事实相符");
const FINAL = both("The blocks are final", "区块已最终确定");

export function unasked(): readonly Finding[] {
  const why = both("no ledger was asked", "未查询账本");
  const later = both("no ledger was asked; more may have happened since", "未查询账本；此后可能另有操作");
  return [
    finding("canonical", CANONICAL, "not checked", why),
    finding("complete", COMPLETE, "not checked", later),
    finding("state", STATE, "not checked", why),
    finding("final", FINAL, "not checked", why),
  ];
}

export async function onLedger(context: Context, ledger: Ledger): Promise<readonly Finding[]> {
  const { pack } = context;
  if (ledger.chainId !== pack.ledger.chainId) {
    const why = both(
      `the ledger given is chain ${ledger.chainId}, the pack's is ${pack.ledger.chainId}`,
      `所给账本为链 ${ledger.chainId}，证明包所载为链 ${pack.ledger.chainId}`,
    );
    return [finding("canonical", CANONICAL, false, why), ...unasked().slice(1)];
  }
  const canonical = await onChain(context, ledger);
  const { complete, after } = await whole(context, ledger);
  return [canonical, complete, await state(context, ledger, after), await final(pack, ledger)];
}

async function onChain({ pack }: Context, ledger: Ledger): Promise<Finding> {
  const rpc = rpcOf(ledger);
  const strays: string[] = [];
  for (const { hash, header } of pack.blocks) {
    const number = Proof.readHeader(header)?.number ?? 0;
    if ((await Node.block(rpc, number))?.hash !== hash) strays.push(`${number} (${hash})`);
  }
  return finding(
    "canonical",
    CANONICAL,
    strays.length === 0,
    strays.length === 0
      ? both(`the ledger has all ${pack.blocks.length} of them`, `账本上有全部 ${pack.blocks.length} 个区块`)
      : both(`the ledger has others in place of ${strays.join(", ")}`, `账本上的区块与 ${strays.join("、")} 不同`),
  );
}

const rpcOf =
  (ledger: Ledger) =>
  (method: string, params: readonly unknown[] = []) =>
    ledger.rpc(method, params);

/** Compares with what the ledger has. `after`: acts since the last of the pack. */
async function whole({ pack, agreement }: Context, ledger: Ledger): Promise<{ complete: Finding; after: number }> {
  const numbers = pack.blocks.map(({ header }) => Proof.readHeader(header)?.number ?? 0);
  const subject = { escrow: pack.ledger.escrow, agreement };
  const there = await transactions(ledger, subject, numbers.length === 0 ? 0 : Math.min(...numbers));
  const here = new Set(pack.acts.map(({ transaction }) => Hash.keccak256(transaction)));
  const last = there.findLastIndex(({ transaction }) => here.has(transaction));
  const missing = there.slice(0, last + 1).filter(({ transaction }) => !here.has(transaction));
  const after = there.length - 1 - last;
  const known = new Set(there.map(({ transaction }) => transaction));
  const strange = [...here].filter((hash) => !known.has(hash));
  const judge = (): Judged => {
    if (strange.length > 0) {
      const why = both(`the ledger does not know ${strange.join(", ")}`, `账本上没有 ${strange.join("、")}`);
      return { proven: false, why };
    }
    if (missing.length > 0) {
      const hashes = missing.map(({ transaction }) => transaction);
      return { proven: false, why: both(`missing: ${hashes.join(", ")}`, `缺少：${hashes.join("、")}`) };
    }
    if (after > 0) {
      const why = both(
        `none up to the pack's last; ${after} more on the ledger since`,
        `截至证明包最后一项无遗漏；此后账本上另有 ${after} 项`,
      );
      return { proven: "not checked", why };
    }
    return { proven: true, why: both("the ledger has no other from the first on", "自首项起账本上别无其他操作") };
  };
  const { proven, why } = judge();
  return { complete: finding("complete", COMPLETE, proven, why), after };
}

async function state({ pack, agreement, course }: Context, ledger: Ledger, after: number): Promise<Finding> {
  if (after > 0) {
    const why = both("the ledger has gone on since", "账本此后已有变化");
    return finding("state", STATE, "not checked", why);
  }
  const { escrow } = pack.ledger;
  const found = await Escrow.state(ledger, { escrow, agreement }).catch((error: unknown) => {
    if (error instanceof NodeDown || error instanceof NodeRefused) throw error;
    return undefined;
  });
  if (!found) {
    const why = both(`nothing at ${escrow} answers as the escrow does`, `地址 ${escrow} 未作出托管合约的应答`);
    return finding("state", STATE, false, why);
  }
  const differs = found.cells.flatMap((cell, k): Words[] => {
    const expected = course.tranches[k] ?? { codes: [State.Code.None], round: 0, extended: false };
    const note = found.notes[k] ?? State.BLANK;
    const same = expected.codes.includes(cell.code) && expected.round === cell.round;
    return same && note.extended === expected.extended
      ? []
      : [
          both(
            `part ${k + 1} has stage ${cell.code}, round ${cell.round}`,
            `第 ${k + 1} 项为阶段 ${cell.code}、第 ${cell.round} 轮`,
          ),
        ];
  });
  if (found.payee.toLowerCase() !== course.payee) differs.push(both("another payee", "收款人不同"));
  const revoked = (delegates: readonly Address[]) => canonicalize(delegates.map((one) => one.toLowerCase()).sort());
  if (revoked(found.revokedDelegates) !== revoked(course.revokedDelegates))
    differs.push(both("other delegates revoked", "撤销的代理人不同"));
  const same = differs.length === 0;
  const why = same
    ? both("stages and rounds of all parts", "各项的阶段和轮次一致")
    : both(differs.map(({ en }) => en).join("; "), differs.map(({ zh }) => zh).join("；"));
  return finding("state", STATE, same, why);
}

async function final(pack: Form.Pack, ledger: Ledger): Promise<Finding> {
  const last = Math.max(...pack.blocks.map(({ header }) => Proof.readHeader(header)?.number ?? 0), 0);
  if (ledger.kind === "rehearsal") {
    const why = both("a rehearsal ledger is whatever its owner says", "预演账本由其所有者掌控");
    return finding("final", FINAL, "not checked", why);
  }
  try {
    const finalized = await Node.block(rpcOf(ledger), "finalized");
    if (finalized && finalized.number >= last) {
      const why = both(
        `the node counts all up to block ${finalized.number} as final`,
        `节点已确认至区块 ${finalized.number}`,
      );
      return finding("final", FINAL, true, why);
    }
    const why = both(
      `the node counts only blocks up to ${finalized?.number ?? 0} as final; the last here is ${last}`,
      `节点仅确认至区块 ${finalized?.number ?? 0}，此处最后为 ${last}`,
    );
    return finding("final", FINAL, "not checked", why);
  } catch (error) {
    if (!(error instanceof NodeRefused)) throw error;
    return finding("final", FINAL, "not checked", both("the node does not say", "节点未说明"));
  }
}
