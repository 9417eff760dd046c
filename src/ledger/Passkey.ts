/**
 * Accounts of parties without a wallet and of organisations (`contracts/src/PasskeyAccount.sol`): their address before
 * they exist, what their signers sign, and how the parts of a signature are put together. Passkeys sign WebAuthn
 * assertions; wallets sign the same words as typed data; nobody needs coin, since anyone relays.
 */
import { AbiParameters, Bytes, ContractAddress, CoseKey, Hash, Hex as OxHex, Signature, TypedData } from "ox";
import { InputError } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import { type ActRefused, Reverted } from "./Errors.ts";
import * as Escrow from "./Escrow.ts";
import type { Address, Hex, Ledger, Transaction } from "./Ledger.ts";
import * as Node from "./Node.ts";
import * as Signer from "./Signer.ts";

const { both } = InputError;

/** Of a P-256 key: 32 bytes each. */
export type PublicKey = { readonly x: Hex; readonly y: Hex };

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

export type Account = { readonly chainId: number; readonly address: Address };

/** What an authenticator answered. `signature`: DER, or r and s of 32 bytes each. */
export type Assertion = { readonly authenticatorData: Hex; readonly clientDataJSON: string; readonly signature: Hex };

/** One signer's part of an account's signature: an encoded assertion, or what a wallet signed. */
export type Part = { readonly signer: Hex; readonly signature: Hex };

/** Wei in `value`. */
export type Call = { readonly target: Address; readonly value?: bigint; readonly data: Hex };
/** Calls that an account makes, all or none. `nonce`: `nextNonce`. `validUntil`: Unix seconds, inclusive. */
export type Execution = { readonly calls: readonly Call[]; readonly nonce: bigint; readonly validUntil: number };

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

/** An answer of an authenticator that no account takes. */
export class BadAssertion extends InputError.InputError {
  constructor(place: InputError.Place, expected: InputError.Words) {
    super("BadAssertion", place, {
      title: both("the passkey did not sign this", "通行密钥签署的不是此内容"),
      expected,
      fix: both("Ask the passkey to sign again", "请用通行密钥重新签署"),
    });
  }
}

// Accounts ------------------------------------------------------------------------------------------------------------

/** Signer bytes of a passkey: 84. The verifier is the factory's first creation. */
export const ofKey = (factory: Address, { x, y }: PublicKey): Hex => OxHex.concat(Node.created(factory, 1), x, y);

/** Signer bytes of a wallet or of another account: its address. */
export const ofWallet = (address: Address): Hex => address.toLowerCase() as Hex;

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

// What is signed ------------------------------------------------------------------------------------------------------

/**
 * What a signer of the account signs where the account is to sign `typed`: typed data of the account's own domain as it
 * is, anything else as an approval of its hash, so that it counts for this account alone.
 */
export function bound(account: Account, typed: Signer.Typed): Signer.Typed {
  if (typed.domain.verifyingContract?.toLowerCase() === account.address.toLowerCase()) return typed;
  return {
    domain: domain(account),
    types: { Approval: [{ name: "hash", type: "bytes32" }] },
    primaryType: "Approval",
    message: { hash: hash(typed) },
  };
}

/** What a passkey signs as its WebAuthn challenge, for `typed`. 32 bytes. */
export const challenge = (account: Account, typed: Signer.Typed): Hex => hash(bound(account, typed));

/** The calls as the account's signers sign them. */
export function typedData(account: Account, { calls, nonce, validUntil }: Execution): Signer.Typed {
  return {
    domain: domain(account),
    types: {
      Execute: [
        { name: "calls", type: "Call[]" },
        { name: "nonce", type: "uint256" },
        { name: "validUntil", type: "uint40" },
      ],
      Call: [
        { name: "target", type: "address" },
        { name: "value", type: "uint256" },
        { name: "data", type: "bytes" },
      ],
    },
    primaryType: "Execute",
    message: { calls: calls.map(withValue), nonce, validUntil },
  };
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

const domain = ({ chainId, address }: Account): Signer.Typed["domain"] => ({
  name: "Commenda Account",
  version: "1",
  chainId,
  verifyingContract: address,
});
const hash = (typed: Signer.Typed): Hex => TypedData.getSignPayload(typed as TypedData.Definition);
const withValue = ({ target, value = 0n, data }: Call) => ({ target, value, data });

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

/** The account's signature of the parts of as many signers as its threshold asks for. */
export function join(parts: readonly Part[]): Hex {
  // By the signers' hashes: the account then need not compare each with each.
  const sorted = parts
    .map((part) => ({ ...part, id: Hash.keccak256(part.signer) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const words = AbiParameters.from(["bytes[]", "bytes[]"]);
  return AbiParameters.encode(words, [sorted.map((part) => part.signer), sorted.map((part) => part.signature)]);
}

/** An assertion in the JSON form of WebAuthn, as browsers give it: base64url. */
export function fromResponse({
  response,
}: {
  readonly response: { authenticatorData: string; clientDataJSON: string; signature: string };
}): Assertion {
  const hex = (text: string): Hex => `0x${Buffer.from(text, "base64url").toString("hex")}`;
  return {
    authenticatorData: hex(response.authenticatorData),
    clientDataJSON: Buffer.from(response.clientDataJSON, "base64url").toString("utf8"),
    signature: hex(response.signature),
  };
}

/** Bits of the authenticator's flags: the user was there, and was verified by fingerprint, face or PIN. */
const VERIFIED = 0x05;
/** Order of P-256. Of s and order - s, which sign the same, the account takes the lower. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A passkey's part of a signature, as the account's verifier reads it.
 * Throws `BadAssertion` where it is not an assertion of `challenge` by a verified user.
 */
export function encode({ authenticatorData, clientDataJSON, signature }: Assertion, challenge: Hex): Hex {
  const json = Buffer.from(clientDataJSON);
  const typeIndex = json.indexOf('"type":"webauthn.get"');
  if (typeIndex < 0) {
    throw new BadAssertion({ field: "clientDataJSON", found: clientDataJSON }, both("an assertion", "断言"));
  }
  const asked = Buffer.from(Bytes.fromHex(challenge)).toString("base64url");
  const challengeIndex = json.indexOf(`"challenge":"${asked}"`);
  if (challengeIndex < 0) {
    const expected = both(`the challenge ${asked}`, `挑战值 ${asked}`);
    throw new BadAssertion({ field: "clientDataJSON", found: clientDataJSON }, expected);
  }
  const flags = Buffer.from(authenticatorData.slice(2), "hex")[32] ?? 0;
  if ((flags & VERIFIED) !== VERIFIED) {
    const expected = both("a user who was verified by fingerprint, face or PIN", "已通过指纹、面容或 PIN 验证的用户");
    throw new BadAssertion({ field: "authenticatorData.flags", found: flags }, expected);
  }
  const { r, s } = numbers(signature);
  const words = AbiParameters.from(["bytes32", "bytes32", "uint256", "uint256", "bytes", "string"]);
  return AbiParameters.encode(words, [
    OxHex.fromNumber(r, { size: 32 }),
    OxHex.fromNumber(s > ORDER / 2n ? ORDER - s : s, { size: 32 }),
    BigInt(challengeIndex),
    BigInt(typeIndex),
    authenticatorData,
    clientDataJSON,
  ]);
}

function numbers(signature: Hex): { r: bigint; s: bigint } {
  try {
    const raw = OxHex.size(signature) === 64;
    const { r, s } = raw ? Signature.fromCompactBytes(Bytes.fromHex(signature)) : Signature.fromDerHex(signature);
    if (BigInt(s) >= ORDER) throw new RangeError("s is not below the order");
    return { r: BigInt(r), s: BigInt(s) };
  } catch {
    const expected = both("DER, or r and s of 32 bytes each", "DER，或各 32 字节的 r 与 s");
    throw new BadAssertion({ field: "signature", found: signature }, expected);
  }
}
