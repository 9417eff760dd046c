/** What happened: blocks, the acts in them, and the facts that follow. */
import canonicalize from "canonicalize";
import { Hash } from "ox";
import { InputError } from "../../agreement/index.ts";
import type { Hex } from "../Ledger.ts";
import * as Proof from "../Proof.ts";
import { type Context, type Finding, finding } from "./Finding.ts";
import * as Form from "./Form.ts";

const { both } = InputError;
type Words = InputError.Words;

export function block(pack: Form.Pack, k: number): Finding {
  const { hash, header } = pack.blocks[k] as Form.Pack["blocks"][number];
  const read = Proof.readHeader(header);
  const good = read?.hash === hash;
  const number = read?.number ?? "?";
  return finding(
    `block.${k + 1}`,
    both(`Block ${number} has the header given`, `区块 ${number} 的区块头属实`),
    good,
    good
      ? both(`its header hashes to ${hash}`, `区块头的哈希为 ${hash}`)
      : both(`its header does not hash to ${hash}`, `区块头的哈希不是 ${hash}`),
  );
}

export async function act({ pack, facts }: Context, k: number): Promise<Finding> {
  const { block, index, transaction, receipt, proofs } = pack.acts[k] as Form.Act;
  const hash = Hash.keccak256(transaction);
  const kinds = facts.filter((fact) => fact.transaction === hash).map(({ kind }) => kind);
  const what = both(
    `Act ${k + 1} (${kinds.join(", ") || "nothing"}) is in its block, with what it brought about`,
    `第 ${k + 1} 项操作（${kinds.join("、") || "无"}）及其结果在所载区块中`,
  );
  const given = pack.blocks.filter((one) => one.hash === block);
  const header = given[0] ? Proof.readHeader(given[0].header) : undefined;
  const sent = Proof.readTransaction(transaction);
  const { chainId } = pack.ledger;
  const wrong = async (): Promise<Words | undefined> => {
    if (given.length !== 1 || header?.hash !== block)
      return both(`the pack has no good header of its block ${block}`, `证明包中没有区块 ${block} 的有效区块头`);
    if ((await Proof.provenAt(header.transactionsRoot, index, proofs.transaction)) !== transaction)
      return both("the proof does not lead to its transaction", "证明路径未指向其交易");
    if ((await Proof.provenAt(header.receiptsRoot, index, proofs.receipt)) !== receipt)
      return both("the proof does not lead to its receipt", "证明路径未指向其收据");
    if (sent?.chainId !== undefined && sent.chainId !== chainId)
      return both(`its transaction is one of chain ${sent.chainId}`, `其交易属于链 ${sent.chainId}`);
    if (Proof.readReceipt(receipt)?.ok !== true) return both("it failed on the ledger", "其在账本上失败");
    if (kinds.length === 0) return both("it is no act of this agreement", "与本协议无关");
    return undefined;
  };
  const why = await wrong();
  return finding(
    `act.${k + 1}`,
    what,
    why === undefined,
    why ??
      both(
        `transaction ${hash} and its receipt are number ${index + 1} of block ${header?.number}, ${block}`,
        `交易 ${hash} 及其收据为区块 ${header?.number}（${block}）中的第 ${index + 1} 笔`,
      ),
  );
}

export function happened({ pack, facts, course }: Context): readonly Finding[] {
  const computed = facts.map((fact) => canonicalize(Form.toFile(fact)));
  const given = pack.facts.map((fact) => canonicalize(fact));
  const at = computed.findIndex((fact, k) => fact !== given[k]);
  const first = at === -1 ? computed.length : at;
  const same = at === -1 && given.length === computed.length;
  const told = finding(
    "facts",
    both("The facts are those of the receipts, and all of them", "所列事实与收据完全一致"),
    same,
    same
      ? both(`${facts.length} facts`, `共 ${facts.length} 项事实`)
      : both(
          `fact ${first + 1} is ${pack.facts[first]?.kind ?? "missing"}; the receipts say ${facts[first]?.kind ?? "nothing more"}${
            pack.facts[first]?.kind === facts[first]?.kind ? " with other contents" : ""
          }`,
          `第 ${first + 1} 项事实为 ${pack.facts[first]?.kind ?? "缺失"}，收据所载为 ${facts[first]?.kind ?? "无"}`,
        ),
  );
  const ordered = inOrder(pack);
  const gap = ordered ? course.gaps[0] : both("the acts are not in the ledger's order", "操作未按账本顺序排列");
  const end = course.closed ? both("to its end", "直至终结") : both("which has not ended", "尚未终结");
  return [
    told,
    finding(
      "course",
      both("The facts follow from one another: no gap can be told", "事实前后相承，未见缺漏"),
      gap === undefined,
      gap ?? both(`by the rules of the agreement, ${end.en}`, `依协议规则核对，${end.zh}`),
    ),
  ];
}

/** Each act after the one before it, none twice. */
function inOrder({ acts, blocks }: Form.Pack): boolean {
  const numbers = new Map(blocks.map(({ hash, header }) => [hash, Proof.readHeader(header)?.number ?? 0]));
  return acts.every((one, k) => {
    const before = acts[k - 1];
    if (!before) return true;
    const step = (numbers.get(one.block) ?? 0) - (numbers.get(before.block) ?? 0);
    return step > 0 || (step === 0 && one.block === before.block && one.index > before.index);
  });
}

/** Acts in the named block, or in its parents. */
export function named(pack: Form.Pack, blockHash: Hex): Finding {
  const headers = new Map<string, Proof.Header>();
  for (const { header } of pack.blocks) {
    const read = Proof.readHeader(header);
    if (read) headers.set(read.hash, read);
  }
  const reached = new Set<string>();
  let next = headers.get(blockHash.toLowerCase());
  while (next && !reached.has(next.hash)) {
    reached.add(next.hash);
    next = headers.get(next.parent);
  }
  const inside = pack.acts.filter(({ block }) => reached.has(block)).length;
  const what = both(`Acts are in block ${blockHash}, or in its parents`, `操作在区块 ${blockHash} 或其上级区块中`);
  if (inside === 0) {
    const why = both("no act of the pack is in it", "证明包中没有操作在其中");
    return finding("named", what, false, why);
  }
  const all = inside === pack.acts.length;
  const why = both(
    `${inside} of ${pack.acts.length} acts; of the others only the hashes in the pack are known`,
    `${pack.acts.length} 项操作中的 ${inside} 项；其余仅知证明包所载哈希`,
  );
  return finding("named", what, all ? true : "not checked", all ? both("all acts", "全部操作") : why);
}
