/** Verifies a pack: what it proves, what it does not, and what was not checked. Nothing in it is believed. */
import canonicalize from "canonicalize";
import { AbiFunction, Hash } from "ox";
import { type Agreement, Codec, Evidence, InputError, State, Terms } from "../../agreement/index.ts";
import * as Course from "../Course.ts";
import { NodeDown, NodeRefused, Reverted } from "../Errors.ts";
import * as Escrow from "../Escrow.ts";
import type * as Fact from "../Fact.ts";
import type { Address, Hex, Ledger } from "../Ledger.ts";
import * as Node from "../Node.ts";
import * as Proof from "../Proof.ts";
import { caseOf, commitments, factsOf, type Opening, openingOf, transactions } from "./collect.ts";
import * as Form from "./Form.ts";

const { both } = InputError;
type Words = InputError.Words;

/** One statement. `proven: false` is a statement that was found to be wrong. */
export type Finding = {
  /** Which statement, like `signature.client` or `act.3`; acts, blocks and evidence count from 1. */
  readonly name: string;
  readonly what: Words;
  readonly proven: boolean | "not checked";
  readonly why: Words;
};

export type Options = {
  /** Of the chain that the pack names. */
  ledger?: Ledger;
  /** Hash of a block that the reader trusts: those acts are proven that are in it or in its parents. */
  blockHash?: Hex;
};

type Context = {
  pack: Form.Pack;
  agreement: Agreement.Agreement;
  facts: readonly Fact.Fact[];
  opening: Opening | undefined;
  course: Course.Course;
};

const finding = (name: string, what: Words, proven: Finding["proven"], why: Words): Finding => ({
  name,
  what,
  proven,
  why,
});

/** What a pack proves, in order; with `proven: "not checked"` what nobody can prove from what was given. Never throws on bad contents. */
export async function verify(pack: Form.Pack, { ledger, blockHash }: Options = {}): Promise<readonly Finding[]> {
  const agreement = Form.agreementOf(pack);
  const facts = factsOf(agreement, { id: pack.id, escrow: pack.ledger.escrow }, pack.blocks, pack.acts);
  const opening = openingOf(agreement, pack.ledger, facts, pack.acts);
  const tranches = new Map(agreement.work.tranches.map((_, tranche) => [caseOf(pack.id, tranche), tranche]));
  const course = Course.follow(agreement, facts, (dispute) => tranches.get(dispute));
  const context = { pack, agreement, facts, opening, course };
  const ofLedger = ledger ? await onLedger(context, ledger) : unasked();
  return [
    ...terms(context),
    ...(await signatures(context, ledger)),
    ...pack.blocks.map((_, k) => block(pack, k)),
    ...(await Promise.all(pack.acts.map((_, k) => act(context, k)))),
    ...happened(context),
    ...evidence(context),
    ...(blockHash ? [named(pack, blockHash)] : []),
    ...ofLedger,
    ...limits(context, ledger),
  ];
}

/** Whether nothing was found to be wrong. What was not checked is not wrong, and not proven. */
export const sound = (findings: readonly Finding[]): boolean => findings.every(({ proven }) => proven !== false);

// What was agreed -----------------------------------------------------------------------------------------------------

function terms({ pack, agreement, facts }: Context): readonly Finding[] {
  const { chainId, escrow } = pack.ledger;
  const id = Codec.id({ chainId, verifyingContract: escrow }, agreement);
  const same = id === pack.id;
  const agreed = finding(
    "id",
    both("The agreement is the one under its id, at this escrow on this chain", "协议与其编号、托管合约及链一致"),
    same,
    same
      ? both(`all of it hashes to ${id}`, `其全部内容的哈希为 ${id}`)
      : both(
          `at escrow ${escrow} on chain ${chainId} it hashes to ${id}, not to ${pack.id}`,
          `在链 ${chainId} 的托管合约 ${escrow} 下其哈希为 ${id}，而非 ${pack.id}`,
        ),
  );
  const what = both("The document is the one that was opened", "文件即生效时的文件");
  if (pack.agreement.kind === "ledger") {
    const why = both("the pack keeps the document's text private", "证明包未公开文件文本");
    return [agreed, finding("document", what, "not checked", why)];
  }
  const document = pack.agreement.terms;
  const { chainId: chain, verifyingContract } = Terms.domain(document);
  const here = chain === chainId && verifyingContract.toLowerCase() === escrow;
  const commitment = Terms.commitment(document);
  const opened = facts.find((fact) => fact.kind === "opened");
  const committed = opened?.document === commitment;
  const why = !here
    ? both(
        `it names escrow ${verifyingContract} on chain ${chain}`,
        `其指定的是链 ${chain} 上的托管合约 ${verifyingContract}`,
      )
    : committed
      ? both(`with its salt it hashes to ${commitment}`, `加盐后其哈希为 ${commitment}`)
      : opened
        ? both(
            `with its salt it hashes to ${commitment}; the ledger names ${opened.document}`,
            `加盐后其哈希为 ${commitment}，账本所载为 ${opened.document}`,
          )
        : both("the pack has no opening of this agreement", "证明包中没有该协议的生效记录");
  return [agreed, finding("document", what, !opened && here ? "not checked" : here && committed, why)];
}

const SIDES = ["client", "provider"] as const;
const SIDE = { client: both("client", "甲方"), provider: both("provider", "乙方") };

async function signatures(context: Context, ledger: Ledger | undefined): Promise<readonly Finding[]> {
  return Promise.all(
    SIDES.map(async (side) => {
      const party = context.agreement.parties[side].toLowerCase() as Address;
      const what = both(
        `The ${SIDE[side].en}'s key ${party} agreed to this agreement`,
        `${SIDE[side].zh}的密钥 ${party} 同意本协议`,
      );
      const { proven, why } = await signature(context, side, party, ledger);
      return finding(`signature.${side}`, what, proven, why);
    }),
  );
}

type Judged = Pick<Finding, "proven" | "why">;

async function signature(
  { pack, opening }: Context,
  side: "client" | "provider",
  party: Address,
  ledger: Ledger | undefined,
): Promise<Judged> {
  const given = pack.signatures[side];
  if (given !== opening?.[side]) {
    const why = both("the pack's signature is not the one in the opening", "证明包中的签名与生效交易中的不同");
    return { proven: false, why };
  }
  if (!given && opening?.from === party) {
    const why = both("it sent the opening itself, under its own signature", "由其本人签名发送生效交易");
    return { proven: true, why };
  }
  if (!opening) {
    const why = both(
      "the opening was no plain call of the escrow, so that its signatures cannot be told; the escrow demands both",
      "生效交易并非直接调用托管合约，无法辨认签名；托管合约要求双方签名",
    );
    return { proven: "not checked", why };
  }
  if (given && Proof.signerOf(pack.id, given) === party)
    return { proven: true, why: both("its signature over the id", "其对协议编号的签名") };
  const contract = both(
    "no key's signature: if a contract account stands at the address, only the ledger can ask it",
    "并非密钥签名：如该地址为合约账户，须由账本查询",
  );
  if (!ledger || ledger.chainId !== pack.ledger.chainId) return { proven: "not checked", why: contract };
  return erc1271(ledger, party, pack.id, given ?? "0x");
}

const IS_VALID = AbiFunction.from("function isValidSignature(bytes32, bytes) view returns (bytes4)");
const MAGIC = "0x1626ba7e";

/** Asks a contract account. Its keys can have changed since. */
async function erc1271(ledger: Ledger, account: Address, digest: Hex, given: Hex): Promise<Judged> {
  if ((await ledger.code(account)) === "0x") {
    const why = both("no signature of this key, and no contract at the address", "并非该密钥的签名，且该地址没有合约");
    return { proven: false, why };
  }
  try {
    const answer = await ledger.call({ to: account, data: AbiFunction.encodeData(IS_VALID, [digest, given]) });
    if (answer.startsWith(MAGIC))
      return {
        proven: true,
        why: both("its contract accepts the signature (ERC-1271)", "其合约认可该签名（ERC-1271）"),
      };
  } catch (error) {
    if (!(error instanceof Reverted)) throw error;
  }
  const why = both(
    "its contract does not accept the signature now (ERC-1271); it may have when the agreement was opened",
    "其合约现不认可该签名（ERC-1271），生效时可能认可",
  );
  return { proven: "not checked", why };
}

// What happened -------------------------------------------------------------------------------------------------------

function block(pack: Form.Pack, k: number): Finding {
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

async function act({ pack, facts }: Context, k: number): Promise<Finding> {
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

function happened({ pack, facts, course }: Context): readonly Finding[] {
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

function evidence({ pack, facts }: Context): readonly Finding[] {
  const named = facts.flatMap((fact) => commitments(fact).map((commitment) => ({ commitment, says: place(fact) })));
  const own = pack.evidence.map((one, k) => {
    const commitment = Evidence.hash(one);
    const places = named.filter((other) => other.commitment === commitment).map(({ says }) => says);
    return finding(
      `evidence.${k + 1}`,
      both(
        `The file with hash ${one.contentHash}, called ${one.name}, is what the ledger names`,
        `哈希为 ${one.contentHash} 的文件（${one.name}）即账本所载`,
      ),
      places.length > 0,
      places.length > 0
        ? both(places.map(({ en }) => en).join("; "), places.map(({ zh }) => zh).join("；"))
        : both(
            `with its salt it hashes to ${commitment}, which the ledger does not name`,
            `加盐后其哈希为 ${commitment}，账本未载`,
          ),
    );
  });
  const held = new Set(pack.evidence.map((one) => Evidence.hash(one)));
  const missing = named.filter(({ commitment }) => !held.has(commitment));
  return [
    ...own,
    ...missing.map(({ commitment, says }) =>
      finding(
        `commitment.${commitment}`,
        both(`What file the ledger names as the ${says.en}`, `账本所载${says.zh}是何文件`),
        "not checked",
        both("the pack does not say", "证明包未说明"),
      ),
    ),
  ];
}

function place(fact: Fact.Fact): Words {
  if (fact.kind === "delivered")
    return both(
      `deliverable of part ${fact.tranche + 1}, round ${fact.round}`,
      `第 ${fact.tranche + 1} 项第 ${fact.round} 轮交付物`,
    );
  const tranche = "tranche" in fact ? fact.tranche + 1 : 0;
  return fact.kind === "rejected"
    ? both(
        `reasons of the rejection of part ${tranche}, round ${fact.round}`,
        `第 ${tranche} 项第 ${fact.round} 轮退回理由`,
      )
    : both(`reasons of the dispute of part ${tranche}`, `第 ${tranche} 项争议理由`);
}

// The named block -----------------------------------------------------------------------------------------------------

function named(pack: Form.Pack, blockHash: Hex): Finding {
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

// With a ledger -------------------------------------------------------------------------------------------------------

const CANONICAL = both("The blocks are on the chain", "区块在链上");
const COMPLETE = both("No act is missing", "没有遗漏的操作");
const STATE = both("The ledger's state is what the facts lead to", "账本状态与事实相符");
const FINAL = both("The blocks are final", "区块已最终确定");

function unasked(): readonly Finding[] {
  const why = both("no ledger was asked", "未查询账本");
  const later = both("no ledger was asked; more may have happened since", "未查询账本；此后可能另有操作");
  return [
    finding("canonical", CANONICAL, "not checked", why),
    finding("complete", COMPLETE, "not checked", later),
    finding("state", STATE, "not checked", why),
    finding("final", FINAL, "not checked", why),
  ];
}

async function onLedger(context: Context, ledger: Ledger): Promise<readonly Finding[]> {
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

// What nobody can prove from a pack -----------------------------------------------------------------------------------

function limits({ pack, facts }: Context, ledger: Ledger | undefined): readonly Finding[] {
  const { escrow, chainId, kind } = pack.ledger;
  const rehearsed = kind === "rehearsal" || ledger?.kind === "rehearsal";
  const limit = (name: string, what: Words, why: Words) => finding(name, what, "not checked", why);
  return [
    ...(rehearsed
      ? [
          limit(
            "rehearsal",
            both("That any of this binds anybody", "上述内容对任何人具有约束力"),
            both(
              "it happened on a rehearsal ledger, which lives with one party and proves nothing to another",
              "其发生于预演账本，该账本由一方持有，对另一方不构成证明",
            ),
          ),
        ]
      : []),
    limit(
      "people",
      both("Who stands behind the addresses", "地址背后是谁"),
      both("a key proves only that whoever holds it agreed", "密钥仅证明其持有者同意"),
    ),
    limit(
      "escrow",
      both(`That the contract at ${escrow} is the escrow it should be`, `地址 ${escrow} 的合约确为应有的托管合约`),
      both(
        `compare its code on chain ${chainId}, and those of its token`,
        `请核对其在链 ${chainId} 上的代码及代币代码`,
      ),
    ),
    limit(
      "files",
      both("What is in the files, and that they are at hand", "文件的内容及其是否在手"),
      both(
        "the ledger names hashes only; names, types and sizes are those that the pack's maker gave",
        "账本仅载哈希；名称、类型和大小由证明包制作者填写",
      ),
    ),
    ...(facts.some((fact) => fact.kind === "credited")
      ? [
          limit(
            "credits",
            both("What became of amounts that could not be paid out", "未能付出的款项的去向"),
            both(
              "an owner's credits in a token are one balance over all agreements",
              "同一所有者在同一代币下的贷记为各协议合并的余额",
            ),
          ),
        ]
      : []),
  ];
}
