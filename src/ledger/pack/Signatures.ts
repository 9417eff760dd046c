/** Who agreed: signatures of keys, and of contract accounts where a ledger can ask them. */
import { AbiFunction } from "ox";
import { InputError } from "../../agreement/index.ts";
import { Reverted } from "../Errors.ts";
import type { Address, Hex, Ledger } from "../Ledger.ts";
import * as Proof from "../Proof.ts";
import { type Context, type Finding, finding, type Judged } from "./Finding.ts";

const { both } = InputError;

export const SIDES = ["client", "provider"] as const;
export const SIDE = { client: both("client", "甲方"), provider: both("provider", "乙方") };

export async function signatures(context: Context, ledger: Ledger | undefined): Promise<readonly Finding[]> {
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
