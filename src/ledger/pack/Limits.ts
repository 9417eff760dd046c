/** What nobody can prove from a pack. */
import { InputError } from "../../agreement/index.ts";
import type { Ledger } from "../Ledger.ts";
import { type Context, type Finding, finding } from "./Finding.ts";

const { both } = InputError;
type Words = InputError.Words;

export function limits({ pack, facts }: Context, ledger: Ledger | undefined): readonly Finding[] {
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
