/** What was agreed: that the terms of a pack are those under its id, and the document the one that was opened. */
import { Codec, InputError, Terms } from "../../agreement/index.ts";
import { type Context, type Finding, finding } from "./Finding.ts";

const { both } = InputError;

export function terms({ pack, agreement, facts }: Context): readonly Finding[] {
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
