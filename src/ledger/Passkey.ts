/**
 * Accounts of parties without a wallet and of organisations (`contracts/src/PasskeyAccount.sol`): their address before
 * they exist, what their signers sign, and how the parts of a signature are put together. Passkeys sign WebAuthn
 * assertions; wallets sign the same words as typed data; nobody needs coin, since anyone relays.
 */
import { AbiParameters, ContractAddress, CoseKey, Hash } from "ox";
import { InputError } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import {
  type Account,
  type Assertion,
  challenge,
  type Execution,
  encode,
  join,
  type PublicKey,
  withValue,
} from "./AccountSignature.ts";
import { type ActRefused, Reverted } from "./Errors.ts";
import * as Escrow from "./Escrow.ts";
import type { Address, Hex, Ledger, Transaction } from "./Ledger.ts";
import * as Node from "./Node.ts";
import * as Signer from "./Signer.ts";

export type { Account, Assertion, Call, Execution, Part, PublicKey } from "./AccountSignature.ts";
export {
  BadAssertion,
  bound,
  challenge,
  encode,
  fromResponse,
  join,
  ofKey,
  ofWallet,
  typedData,
} from "./AccountSignature.ts";

const { both } = InputError;

/**
 * What an account's address follows from. `signers`: signer bytes (`ofKey`, `ofWallet`), in this order.
 * `threshold`: how many of them sign, 1 for a person, 2 for the two-person rule. `salt`: 32 bytes; another one is
 * another account of the same signers.
 */
export type Plan = {
  readonly factory: Address;
  readonly signers: readonly Hex[];
  readonly threshold: number;
  readonly salt: Hex;
};

/** Signers that could never act together. */
export class BadSigners extends InputError.InputError {
  constructor(place: InputError.Place, expected: InputError.Words) {
    super("BadSigners", place, {
      title: both("this account could never act", "该账户将无法操作"),
      expected,
      fix: both("Correct the signers or how many of them sign", "请更正签名人或所需签名人数"),
    });
  }
}

/** What the account said of an execution, in words. */
const REFUSALS: Record<string, (facts: Record<string, unknown>) => InputError.Words> = {
  WrongNonce: ({ expected }) =>
    both(
      `Another act of the account came before. Sign again; its nonce is ${expected} now.`,
      `该账户已先执行了另一操作。请重新签署；当前序号为 ${expected}。`,
    ),
  SignatureExpired: ({ validUntil }) =>
    both(
      `The signature was valid until ${iso(validUntil)}. Sign again.`,
      `签名的有效期至 ${iso(validUntil)}。请重新签署。`,
    ),
  NotSigned: () =>
    both(
      "Not enough of the account's signers signed exactly this. Let its signers sign it.",
      "签署此内容的签名人不足。请由该账户的签名人签署。",
    ),
  NoCode: ({ target }) =>
    both(
      `There is no contract at ${target} on this chain. Correct the address, or choose the chain.`,
      `该链上 ${target} 处没有合约。请更正地址，或选择正确的链。`,
    ),
  BadSigner: ({ signer }) =>
    both(
      `${InputError.show(signer)} could never sign. Name a passkey or the address of a wallet.`,
      `${InputError.show(signer)} 无法签名。请指定通行密钥或钱包地址。`,
    ),
  MultiSignerERC7913UnreachableThreshold: ({ signers, threshold }) =>
    both(
      `${signers} signer(s) would be left where ${threshold} must sign. Add another one first.`,
      `仅剩 ${signers} 名签名人，而需要 ${threshold} 名签署。请先添加其他签名人。`,
    ),
};
const iso = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString();

/** An execution that the account refuses. `refused`: the contract's name of it, or `NoAccount`. */
export class ExecutionRefused extends InputError.CommendaError {
  readonly next = "fix";
  readonly refused: string;

  constructor(refused: string, words: InputError.Words) {
    super("ExecutionRefused", both("the account refuses this", "账户拒绝了此操作"), words);
    this.refused = refused;
  }
}

// Accounts ------------------------------------------------------------------------------------------------------------

/** The key in a COSE_Key, the form in which WebAuthn servers keep it. Throws `BadSigners` for another kind of key. */
export function fromCose(key: Hex): PublicKey {
  try {
    const { x, y } = CoseKey.toPublicKey(key);
    return { x, y };
  } catch {
    throw new BadSigners({ field: "publicKey", found: key }, both("an ES256 (P-256) key", "ES256（P-256）公钥"));
  }
}

/**
 * Where the account is or will be; terms may name it before it exists.
 * Throws `BadSigners` where fewer different signers than the threshold are named.
 */
export function address(plan: Plan): Address {
  const { factory, signers, threshold, salt } = checked(plan);
  const words = AbiParameters.from(["bytes[]", "uint64", "bytes32"]);
  return ContractAddress.fromCreate2({
    from: factory,
    salt: Hash.keccak256(AbiParameters.encode(words, [signers, BigInt(threshold), salt])),
    // ERC-1167: forwards every call to the code that the factory created second.
    bytecode: `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${Node.created(factory, 2).slice(2)}5af43d82803e903d91602b57fd5bf3`,
  }).toLowerCase() as Address;
}

/** Creates the account, for anyone to send; where it exists already, nothing changes. Throws `BadSigners`. */
export function deploy(plan: Plan): Transaction {
  const { factory, signers, threshold, salt } = checked(plan);
  return { to: factory, data: Abi.encode("AccountFactory", "deploy", [signers, BigInt(threshold), salt]) };
}

function checked(plan: Plan): Plan {
  const { signers, threshold } = plan;
  const count = new Set(signers.map((signer) => signer.toLowerCase())).size;
  if (count < signers.length || count === 0) {
    throw new BadSigners({ field: "signers", found: signers.length }, both("signers that differ", "互不相同的签名人"));
  }
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > count) {
    throw new BadSigners({ field: "threshold", found: threshold }, both(`1 to ${count}`, ` 1 至 ${count}`));
  }
  return plan;
}

/** The calls, for anyone to send. `signature`: of `typedData`, by `signer` or `join`. */
export function execute(account: Account, { calls, nonce, validUntil }: Execution, signature: Hex): Transaction {
  const args = [calls.map(withValue), nonce, validUntil, signature];
  return { to: account.address, data: Abi.encode("PasskeyAccount", "execute", args) };
}

/**
 * Runs it without a trace; do so before sending. Throws `ExecutionRefused`, `ActRefused` where one of its calls breaks a rule of the escrow,
 * `Reverted` where another contract refuses.
 */
export async function simulate(ledger: Ledger, account: Account, execution: Execution, signature: Hex): Promise<Hex> {
  // A call into the void would pass for one that was done.
  if ((await ledger.code(account.address)) === "0x") {
    const words = both(
      `The account ${account.address} does not exist yet. Create it first; anyone can.`,
      `账户 ${account.address} 尚未创建。请先创建；任何人均可创建。`,
    );
    throw new ExecutionRefused("NoAccount", words);
  }
  try {
    return await ledger.call(execute(account, execution, signature));
  } catch (error) {
    throw error instanceof Reverted ? explain(error) : error;
  }
}

/** What stopped an execution: the account, or what one of its calls answered. */
export function explain(error: Reverted): ActRefused | ExecutionRefused | Reverted {
  const found = Abi.error("PasskeyAccount", error.data);
  if (found?.name === "CallFailed") return explain(new Reverted(found.args.reason as Hex, { cause: error }));
  const words = found && REFUSALS[found.name];
  return words ? new ExecutionRefused(found.name, words(found.args)) : Escrow.explain(error);
}

/** Nonce of an account's next execution; 0 before it exists. */
export async function nextNonce(ledger: Pick<Ledger, "call">, account: Pick<Account, "address">): Promise<bigint> {
  const data = await ledger.call({ to: account.address, data: Abi.encode("PasskeyAccount", "nextNonce") });
  return data === "0x" ? 0n : (Abi.decode("PasskeyAccount", "nextNonce", data) as bigint);
}

// Signatures ----------------------------------------------------------------------------------------------------------

/** A party whose account one passkey signs for; `signer`: its signer bytes. `assert` asks the passkey. */
export function signer(
  account: Account & { readonly signer: Hex },
  assert: (challenge: Hex) => Promise<Assertion>,
): Signer.Signer {
  return Signer.fromContract(account.address, {
    async sign(typed) {
      const asked = challenge(account, typed);
      return join([{ signer: account.signer, signature: encode(await assert(asked), asked) }]);
    },
  });
}
