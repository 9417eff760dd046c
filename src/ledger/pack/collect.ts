/** Collects a pack from a ledger: the acts of one agreement, and all that proves them. */
import { AbiParameters, Hash } from "ox";
import {
  type Agreement,
  Codec,
  Errors,
  Evidence,
  InputError,
  Manifest,
  State,
  Terms,
  Verdict,
} from "../../agreement/index.ts";
import * as Abi from "../Abi.ts";
import { NothingToPack } from "../Errors.ts";
import * as Escrow from "../Escrow.ts";
import * as Fact from "../Fact.ts";
import type { Address, Block, Hex, Ledger, Log } from "../Ledger.ts";
import * as Proof from "../Proof.ts";
import * as Form from "./Form.ts";
import * as Statement from "./Statement.ts";

const { both } = InputError;

export type Options = {
  /** The document. Without it its text stays private: the pack has only what the ledger enforces. */
  terms?: Terms.Terms;
  /** Of files that the ledger names by their commitment. */
  evidence?: readonly Evidence.Evidence[];
  /** Of files that the ledger may name: those that it does not are left out. */
  kept?: readonly Evidence.Evidence[];
  /** First block to look at; 0 when absent. */
  from?: number;
  /** Makes an audit pack: with the signed verdicts of this agreement, the manifests that were delivered, and the statement. */
  audit?: { readonly verdicts: readonly Verdict.Signed[]; readonly manifests: readonly Manifest.Manifest[] };
};

/**
 * Throws `NothingToPack` where the ledger knows nothing of it, `BadInput` for terms that are not these and for evidence
 * that the ledger does not name, `BlockGone` and `BlockUnknown` where something cannot be proven.
 */
export async function make(ledger: Ledger, subject: Escrow.Subject, options: Options = {}): Promise<Form.Pack> {
  const { terms, evidence = [], kept = [], from = 0, audit } = options;
  const { agreement } = subject;
  const escrow = lower(subject.escrow);
  const id = Escrow.idOf(ledger, subject);
  if (terms && Terms.hash(terms) !== id) {
    const expected = both(`the terms of ${id}`, `协议 ${id} 的条款`);
    throw new InputError.BadInput([new Errors.WrongForm({ field: "terms", found: Terms.hash(terms), expected })]);
  }
  const sent = await transactions(ledger, { ...subject, escrow }, from);
  if (sent.length === 0) throw new NothingToPack(id);
  const { blocks, acts } = await proven(ledger, sent);
  const facts = factsOf(agreement, { id, escrow }, blocks, acts);
  const onLedger = new Set(facts.flatMap(commitments));
  const manifests = deliveredOf(audit?.manifests ?? [], { id, files: [...evidence, ...kept], onLedger });
  const named = new Set([...onLedger, ...manifests.flatMap(Manifest.items).map(({ commitment }) => commitment)]);
  const unnamed = evidence.flatMap((one, k) => {
    if (named.has(Evidence.hash(one))) return [];
    const expected = both("evidence that the ledger names", "账本所载的证据");
    return [new Errors.WrongForm({ field: `evidence[${k}]`, found: one.name, expected })];
  });
  if (unnamed.length > 0) throw new InputError.BadInput(unnamed);
  const files = [...evidence, ...kept.filter((one) => named.has(Evidence.hash(one)))];
  const opening = openingOf(agreement, { chainId: ledger.chainId, escrow }, facts, acts);
  return {
    version: audit ? "commenda-pack/2" : "commenda-pack/1",
    ledger: { kind: ledger.kind, chainId: ledger.chainId, escrow },
    id,
    agreement: terms ? { kind: "terms", terms } : { kind: "ledger", packed: Codec.encode(agreement) },
    signatures: {
      ...(opening?.client ? { client: opening.client } : {}),
      ...(opening?.provider ? { provider: opening.provider } : {}),
    },
    blocks,
    acts,
    facts: facts.map(Form.toFile),
    // The same file in two lists is one.
    evidence: [...new Map(files.map((one) => [Evidence.hash(one), one])).values()],
    ...(audit ? { verdicts: verdictsOf(audit.verdicts, id), manifests, statement: Statement.of(facts) } : {}),
  };
}

/** Each once, of this agreement, by part, round, criterion and when it ended. */
function verdictsOf(verdicts: readonly Verdict.Signed[], id: Hex): Verdict.Signed[] {
  const own = verdicts.filter(({ verdict }) => verdict.agreement === id);
  const order = ({ verdict: { tranche = 0, round = 0, criterion, ended } }: Verdict.Signed) =>
    `${tranche}.${round}.${criterion}.${String(ended).padStart(12, "0")}`;
  return [...new Map(own.map((one) => [`${Verdict.contentHash(one.verdict)} ${one.by}`, one])).values()].toSorted(
    (one, other) => (order(one) < order(other) ? -1 : 1),
  );
}

type Delivered = {
  readonly id: Hex;
  readonly files: readonly Evidence.Evidence[];
  readonly onLedger: ReadonlySet<Hex>;
};

/** Those whose file, with its salt, the ledger names. */
function deliveredOf(manifests: readonly Manifest.Manifest[], { id, files, onLedger }: Delivered): Manifest.Manifest[] {
  const delivered = new Set(files.filter((one) => onLedger.has(Evidence.hash(one))).map((one) => one.contentHash));
  const own = manifests.filter((one) => one.agreement === id && delivered.has(Manifest.contentHash(one)));
  return [...new Map(own.map((one) => [Manifest.contentHash(one), one])).values()];
}

/** Every transaction that brought a fact of this agreement about, in order. */
export async function transactions(
  ledger: Ledger,
  { escrow, agreement }: Escrow.Subject,
  from: number,
): Promise<readonly { transaction: Hex; block: Block }[]> {
  const id = Escrow.idOf(ledger, { escrow, agreement });
  const { arbitrator } = agreement.arbitration;
  const to = (await ledger.head()).number;
  const ask = (topic: Hex) => ledger.logs({ address: [escrow], topics: [null, topic], from, to });
  const [own, theirs] = await Promise.all([ask(id), arbitrator === State.ZERO ? [] : ask(word(arbitrator))]);
  const happened = theirs.flatMap((log) => {
    const happening = Fact.read(log);
    return happening ? [{ happening, log }] : [];
  });
  const disputes = numbers(
    agreement,
    id,
    happened.map(({ happening }) => happening),
  );
  const cases = happened.filter(({ happening }) => isOurs(happening, agreement, disputes));
  const all = [...own, ...cases.map(({ log }) => log)];
  all.sort((one, other) => one.block.number - other.block.number || one.index - other.index);
  return [...new Map(all.map(({ transaction, block }) => [transaction, { transaction, block }])).values()];
}

async function proven(
  ledger: Ledger,
  sent: readonly { transaction: Hex; block: Block }[],
): Promise<Pick<Form.Pack, "blocks" | "acts">> {
  const blocks: Form.Pack["blocks"] = [];
  const acts: Form.Pack["acts"] = [];
  for (const [block, own] of Map.groupBy(sent, ({ block }) => block.hash)) {
    const rpc = (method: string, params: readonly unknown[] = []) => ledger.rpc(method, params);
    const { header, transactions, receipts } = await Proof.ofBlock(rpc, block);
    const hashes = transactions.map((one) => Hash.keccak256(one));
    const indices = own.map(({ transaction }) => hashes.indexOf(transaction));
    const [ofSent, ofReceipts] = await Promise.all([
      Proof.prove(transactions, indices),
      Proof.prove(receipts, indices),
    ]);
    blocks.push({ hash: block, header });
    for (const [k, index] of indices.entries()) {
      acts.push({
        block,
        index,
        transaction: transactions[index] ?? "0x",
        receipt: receipts[index] ?? "0x",
        proofs: { transaction: [...(ofSent[k] ?? [])], receipt: [...(ofReceipts[k] ?? [])] },
      });
    }
  }
  return { blocks, acts };
}

/**
 * The facts of one agreement in the receipts of the acts, in order. A credit belongs to it where its transaction was
 * about no other agreement; disputes and rulings by their numbers.
 */
export function factsOf(
  agreement: Agreement.Agreement,
  { id, escrow }: { id: Hex; escrow: Address },
  blocks: Form.Pack["blocks"],
  acts: Form.Pack["acts"],
): readonly Fact.Fact[] {
  const headers = new Map(blocks.map(({ hash, header }) => [hash, Proof.readHeader(header)]));
  const all = acts.flatMap(({ block, transaction, receipt }) => {
    const { number = 0, time = 0 } = headers.get(block) ?? {};
    const logs = Proof.readReceipt(receipt)?.logs ?? [];
    const place = { block: { number, hash: block, time }, transaction: Hash.keccak256(transaction) };
    const own = logs.flatMap((log, index): Fact.Fact[] => {
      const happening = lower(log.address) === escrow ? read(log) : undefined;
      return happening ? [{ ...happening, ...place, index }] : [];
    });
    const only = own.every((fact) => !("agreement" in fact) || fact.agreement === id);
    return own.map((fact) => ({ fact, only }));
  });
  const disputes = numbers(
    agreement,
    id,
    all.map(({ fact }) => fact),
  );
  return all.flatMap(({ fact, only }): Fact.Fact[] => {
    if ("agreement" in fact) return fact.agreement === id ? [fact] : [];
    if (fact.kind === "credited" || fact.kind === "creditPaid") return only ? [fact] : [];
    return isOurs(fact, agreement, disputes) ? [fact] : [];
  });
}

/** A log that only looks like one of the escrow's says nothing. */
function read(log: Log): Fact.Happening | undefined {
  try {
    return Fact.read(log);
  } catch {
    return undefined;
  }
}

/** Case of a tranche's dispute, as the escrow numbers it. */
export const caseOf = (id: Hex, tranche: number): bigint =>
  BigInt(Hash.keccak256(AbiParameters.encode(AbiParameters.from("bytes32, uint256"), [id, BigInt(tranche)])));

/** Numbers under which the agreement's arbitrator knows its disputes: a panel the cases, others what they gave. */
function numbers(
  { work, arbitration }: Agreement.Agreement,
  id: Hex,
  happened: readonly Fact.Happening[],
): { cases: ReadonlySet<bigint>; all: ReadonlySet<bigint> } {
  const cases = new Set(work.tranches.map((_, tranche) => caseOf(id, tranche)));
  const given = happened.flatMap((fact) => {
    const ours = fact.kind === "dispute" && fact.arbitrator === lower(arbitration.arbitrator) && cases.has(fact.case);
    return ours ? [fact.number] : [];
  });
  return { cases, all: new Set([...cases, ...given]) };
}

function isOurs(
  fact: Fact.Happening,
  { arbitration }: Agreement.Agreement,
  { cases, all }: ReturnType<typeof numbers>,
): boolean {
  if (fact.kind !== "dispute" && fact.kind !== "ruling") return false;
  if (fact.arbitrator !== lower(arbitration.arbitrator)) return false;
  return fact.kind === "dispute" ? cases.has(fact.case) : all.has(fact.number);
}

/** Commitments to files that a fact carries, without those to nothing. */
export function commitments(fact: Fact.Happening): readonly Hex[] {
  const named =
    fact.kind === "delivered"
      ? fact.deliverable
      : fact.kind === "rejected" || fact.kind === "contested"
        ? fact.reasons
        : NOTHING;
  return named === NOTHING ? [] : [named];
}

const NOTHING: Hex = `0x${"00".repeat(32)}`;

/** The transaction that opened it: who sent it, and the signatures in it. Nothing where it is no plain `open` or `amend`. */
export type Opening = { act: number; from?: Address; client?: Hex; provider?: Hex };

export function openingOf(
  agreement: Agreement.Agreement,
  { chainId, escrow }: Pick<Form.Pack["ledger"], "chainId" | "escrow">,
  facts: readonly Fact.Fact[],
  acts: Form.Pack["acts"],
): Opening | undefined {
  const opened = facts.find(({ kind }) => kind === "opened");
  const act = acts.findIndex(({ transaction }) => Hash.keccak256(transaction) === opened?.transaction);
  const sent = Proof.readTransaction(acts[act]?.transaction ?? "0x");
  if (!sent || sent.to !== escrow) return undefined;
  const called = calledBy(sent.data);
  if (called?.name !== "open" && called?.name !== "amend") return undefined;
  const terms = called.args[called.name === "open" ? "terms" : "newTerms"];
  if (terms !== Codec.encode(agreement)) return undefined;
  const { clientSignature, providerSignature } = called.args as Record<string, Hex>;
  return {
    act,
    // The same call on another chain is another agreement.
    ...(sent.from && sent.chainId === chainId ? { from: sent.from } : {}),
    ...(clientSignature && clientSignature !== "0x" ? { client: clientSignature } : {}),
    ...(providerSignature && providerSignature !== "0x" ? { provider: providerSignature } : {}),
  };
}

function calledBy(data: Hex): ReturnType<typeof Abi.calldata> {
  try {
    return Abi.calldata("Escrow", data);
  } catch {
    return undefined;
  }
}

const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex;
const word = (address: Address): Hex => `0x${lower(address).slice(2).padStart(64, "0")}`;
