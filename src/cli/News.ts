/** What came of acts that were cut off, by a crash or since nobody waited any longer: told once, before the next act. */
import { InputError, Time } from "../agreement/index.ts";
import * as Abi from "../ledger/Abi.ts";
import type { Chain } from "../ledger/Chain.ts";
import { ActPending } from "../ledger/Errors.ts";
import * as Escrow from "../ledger/Escrow.ts";
import type { Hex, Ledger, Receipt } from "../ledger/Ledger.ts";

const { both } = InputError;
type Words = InputError.Words;

export type News = Awaited<ReturnType<Chain["recover"]>>[number];

/** Throws `ActPending` where one has not come to its end yet, after `tell` was told so. */
export async function collect(ledger: Pick<Chain, "recover">, tell: (says: Words) => void): Promise<readonly News[]> {
  try {
    const news = await ledger.recover();
    for (const one of news) tell(says(one));
    return news;
  } catch (error) {
    if (error instanceof ActPending) tell(PENDING);
    throw error;
  }
}

const PENDING = both(
  "An earlier act is still pending; this one was not begun.",
  "先前的一项操作仍待确认；本次操作尚未开始。",
);

/** "An earlier act, deliver, was done in block 12, …" */
export function says(news: News): Words {
  const verb = called(news.transaction.data)?.name;
  const [en, zh] = verb === undefined ? ["", ""] : [`, ${verb},`, `（${verb}）`];
  if ("error" in news) {
    const { error } = news;
    return both(
      `An earlier act${en} was refused and never happened: ${error.in("en")}`,
      `先前的操作${zh}被拒绝，并未发生：${error.in("zh")}`,
    );
  }
  const { block, hash, ok } = news.receipt;
  const when = Time.format(Math.floor(block.time / 60));
  if (ok)
    return both(
      `An earlier act${en} was done in block ${block.number}, ${when}, transaction ${hash}.`,
      `先前的操作${zh}已完成：区块 ${block.number}，${when}，交易 ${hash}。`,
    );
  return both(
    `An earlier act${en} was refused by the ledger in block ${block.number}, ${when}, transaction ${hash}: it changed nothing.`,
    `先前的操作${zh}被账本拒绝：区块 ${block.number}，${when}，交易 ${hash}，未产生任何变化。`,
  );
}

/** The receipt of this very act, if it is among what was cut off and done. */
export function receiptOf(
  all: readonly News[],
  ledger: Pick<Ledger, "chainId">,
  subject: Escrow.Subject,
  call: Escrow.Call,
): Receipt | undefined {
  const own = saying(Escrow.encode("0x", call));
  const id = Escrow.idOf(ledger, subject);
  for (const news of all) {
    if (!("receipt" in news) || !news.receipt.ok || saying(news.transaction.data) !== own) continue;
    if (news.transaction.to?.toLowerCase() !== subject.escrow.toLowerCase()) continue;
    const about = Escrow.factsOf(news.receipt, subject.escrow).flatMap((fact) =>
      "agreement" in fact ? fact.agreement : [],
    );
    if (about.length === 0 || about.includes(id)) return news.receipt;
  }
  return undefined;
}

/** What an act says, without what changes from one asking to the next: branches of the terms, signatures, nonces. */
function saying(data: Hex): string | undefined {
  const call = called(data);
  if (!call) return undefined;
  const { terms: _, auth: __, nonce: ___, ...args } = call.args;
  const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return JSON.stringify([call.name, args], plain);
}

function called(data: Hex): ReturnType<typeof Abi.calldata> {
  try {
    return Abi.calldata("Escrow", data);
  } catch {
    return undefined;
  }
}
