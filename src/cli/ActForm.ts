/** An act as a person types it (`commenda act VERB ...`), made into what the ledger takes. */
import { InputError, Money, Refusal, Share, State, Terms } from "../agreement/index.ts";
import type * as Errors from "../ledger/Errors.ts";
import * as Escrow from "../ledger/Escrow.ts";
import type { Address, Hex, Ledger } from "../ledger/Ledger.ts";
import type * as Signer from "../ledger/Signer.ts";
import * as Document from "./Document.ts";
import { UsageError } from "./Errors.ts";
import type * as EvidenceFile from "./EvidenceFile.ts";
import * as Source from "./Source.ts";

const { both } = InputError;

/** Options of `commenda act`, each a text as typed; see `OPTIONS`. */
export type Given = Partial<Record<keyof typeof OPTIONS, string>>;

/** Every option, with what it is, for `--help`. */
export const OPTIONS = {
  milestone: both(
    "a milestone by its name or number, or several with commas; `outcome`",
    "里程碑的名称或序号，可用逗号分隔多个；成果用 outcome",
  ),
  share: both("a share, such as 60 %", "比例，例如 60 %"),
  file: both(
    "the file that is delivered; its salted hash goes to the ledger, its salt to the list of --keep",
    "所交付的文件；其加盐哈希写入账本，盐存入 --keep 所指清单",
  ),
  deliverable: both(
    "the hash of what was delivered, 32 bytes in hex, in place of a file",
    "交付物的哈希（32 字节十六进制），代替文件",
  ),
  reasons: both(
    "a file with the reasons; its salted hash goes to the ledger, its salt to the list of --keep",
    "说明理由的文件；其加盐哈希写入账本，盐存入 --keep 所指清单",
  ),
  by: both("client or provider, where the key does not tell", "client 或 provider，无法由密钥判断时填写"),
  value: both("the reported metric", "所报告的指标值"),
  proof: both("proof of a report, in hex", "报告的证明（十六进制）"),
  cost: both("wei sent to an arbitrator", "付给仲裁人的 wei"),
  number: both("number of a dispute at its arbitrator", "仲裁人的案号"),
  "to-provider": both("of the money held, to the provider", "托管款中付给乙方的金额"),
  "to-client": both("of the money held, back to the client", "托管款中退回甲方的金额"),
  "deposits-to-provider": both("of the deposits, to the provider", "押金中归乙方的金额"),
  "client-signature": both("the client's signature, in hex, or a file with it", "甲方签名（十六进制）或含签名的文件"),
  "provider-signature": both(
    "the provider's signature, in hex, or a file with it",
    "乙方签名（十六进制）或含签名的文件",
  ),
  payee: both("address that receives in the provider's place", "代乙方收款的地址"),
  owner: both("owner of a credit", "余额的所有人"),
  to: both("address that a credit goes to", "余额转往的地址"),
  amount: both("an amount, such as 1250.50", "金额，例如 1250.50"),
  next: both("terms of the agreement that replaces this one", "用以替代的新协议条款文件"),
} as const;

export type Made = { call: Escrow.Call; kept: readonly EvidenceFile.Kept[] };
type Place = {
  ledger: Ledger;
  subject: Escrow.Subject;
  terms: Terms.Terms;
  signer: Signer.Signer;
  /** Gives a file its salt and keeps both. */
  keep(file: string, use: EvidenceFile.Use): EvidenceFile.Kept;
};

export const VERBS = [
  "open",
  "revoke",
  "fund",
  "deliver",
  "accept",
  "acceptPart",
  "reject",
  "contest",
  "answer",
  "arbitrate",
  "claim",
  "report",
  "terminate",
  "extend",
  "amend",
  "settle",
  "namePayee",
  "revokeDelegate",
  "redirect",
  "push",
] as const satisfies readonly Escrow.Call["verb"][];
export type Verb = (typeof VERBS)[number];

export const isVerb = (text: string): text is Verb => (VERBS as readonly string[]).includes(text);

/**
 * @param signer Whoever acts; signs terms where its own signature is asked and not given.
 * Throws `UsageError` where an option is missing or makes no sense, and `BadInput` of the clauses.
 */
export async function make(verb: Verb, given: Given, { ledger, subject, terms, signer, keep }: Place): Promise<Made> {
  const kept: EvidenceFile.Kept[] = [];
  const need = (name: keyof typeof OPTIONS): string => given[name] ?? missing(verb, name);
  const one = () => tranche(need("milestone"), terms);
  const mask = () =>
    need("milestone")
      .split(",")
      .reduce((bits, name) => bits | (1 << tranche(name.trim(), terms)), 0);
  const units = (name: keyof typeof OPTIONS) => Money.parse(need(name), terms.currency.scale, `--${name}`);
  const byClient = () => side(given.by, signer, subject) === "client";
  const hash = (name: "file" | "reasons", tranche: number, round: number): Hex => {
    const use = { agreement: Escrow.idOf(ledger, subject), act: verb, tranche, round };
    const made = keep(need(name), use);
    kept.push(made);
    return made.commitment as Hex;
  };
  const deliverable = () => (given.deliverable === undefined ? undefined : bytes32(given.deliverable, "deliverable"));
  /** Only what is signed for others to send has one. */
  const nonce = async (owner: Address) => (await Escrow.read(ledger, subject.escrow, "nonces", [owner])) as bigint;
  const rounds = async () => (await Escrow.state(ledger, subject)).cells.map(({ round }) => round);
  const round = async (i: number) => (await rounds())[i] ?? 0;
  const signatures = async (agreed: Escrow.Subject) => ({
    ...(await signature("client", given["client-signature"], agreed)),
    ...(await signature("provider", given["provider-signature"], agreed)),
  });
  const signature = async (party: "client" | "provider", text: string | undefined, agreed: Escrow.Subject) => {
    if (text !== undefined) return { [`${party}Signature`]: hexOf(text, `${party}-signature`) };
    if (!same(agreed.agreement.parties[party], signer.address)) return missing(verb, `${party}-signature`);
    return { [`${party}Signature`]: await Escrow.signTerms(ledger, agreed, signer) };
  };

  const call = async (): Promise<Escrow.Call> => {
    switch (verb) {
      case "open":
        return { verb, fundNow: given.milestone === undefined ? 0 : mask(), ...(await signatures(subject)) };
      case "amend": {
        const next = Terms.toAgreement(Document.openFinal(need("next")).terms);
        const agreed = { escrow: subject.escrow, agreement: next };
        return { verb, next, fundNow: given.milestone === undefined ? 0 : mask(), ...(await signatures(agreed)) };
      }
      case "revoke":
      case "revokeDelegate":
        return { verb, byClient: byClient() };
      case "fund":
      case "terminate":
        return { verb, tranches: mask() };
      case "deliver": {
        const [i, at] = [one(), await round(one())];
        return { verb, tranche: i, round: at, deliverable: deliverable() ?? hash("file", i, at) };
      }
      case "accept": {
        const tranches = mask();
        const all = (await rounds()).reduce((bits, value, i) => bits | (value << (2 * i)), 0);
        return { verb, tranches, rounds: all, deliverables: deliverable() ?? ZERO_HASH };
      }
      case "acceptPart": {
        const [i, shareBps] = [one(), Share.parse(need("share"), "--share")];
        const [at, judged] = [await round(i), deliverable() ?? ZERO_HASH];
        return { verb, tranche: i, round: at, shareBps, deliverable: judged, reasons: hash("reasons", i, at) };
      }
      case "reject": {
        const [i, judged] = [one(), deliverable() ?? ZERO_HASH];
        const at = await round(i);
        return { verb, tranche: i, round: at, deliverable: judged, reasons: hash("reasons", i, at) };
      }
      case "contest": {
        const [i, isClient] = [one(), byClient()];
        const at = await round(i);
        return { verb, tranche: i, round: at, byClient: isClient, reasons: hash("reasons", i, at) };
      }
      case "answer": {
        const i = one();
        return { verb, tranche: i, round: await round(i) };
      }
      case "arbitrate":
        return { verb, tranche: one(), value: whole(given.cost ?? "0", "cost") };
      case "claim":
        return {
          verb,
          tranche: one(),
          ...(given.number === undefined ? {} : { number: whole(given.number, "number") }),
        };
      case "report":
        return { verb, value: whole(need("value"), "value"), proof: hexOf(need("proof"), "proof") };
      case "extend":
        return { verb, tranche: one() };
      case "settle": {
        const { held, deposits } = await heldBy(ledger, subject);
        const toProvider = units("to-provider");
        const toClient = given["to-client"] === undefined ? held - toProvider : units("to-client");
        const depositsToProvider = given["deposits-to-provider"] === undefined ? 0n : units("deposits-to-provider");
        const auths = {
          ...(given["client-signature"] ? { clientAuth: hexOf(given["client-signature"], "client-signature") } : {}),
          ...(given["provider-signature"]
            ? { providerAuth: hexOf(given["provider-signature"], "provider-signature") }
            : {}),
        };
        return {
          verb,
          toProvider,
          toClient,
          depositsToProvider,
          depositsToClient: deposits - depositsToProvider,
          ...auths,
        };
      }
      case "namePayee":
        return { verb, payee: address(need("payee"), "payee"), nonce: await nonce(subject.agreement.parties.provider) };
      case "redirect": {
        const [owner, to] = [address(given.owner ?? signer.address, "owner"), address(need("to"), "to")];
        const { token } = subject.agreement.work;
        return { verb, token, owner, to, amount: units("amount"), nonce: await nonce(owner) };
      }
      case "push":
        return { verb, token: subject.agreement.work.token, owner: address(need("owner"), "owner") };
    }
  };
  return { call: await call(), kept };
}

const ZERO_HASH: Hex = `0x${"00".repeat(32)}`;

/** What the escrow holds of an agreement: of its tranches, and of deposits. */
async function heldBy(ledger: Ledger, subject: Escrow.Subject): Promise<{ held: bigint; deposits: bigint }> {
  const state = await Escrow.state(ledger, subject);
  const { tranches } = subject.agreement.work;
  const { deposit, arbitrator } = subject.agreement.arbitration;
  let [held, deposits] = [0n, 0n];
  for (const [i, { amount, terminationFee, extender, extensionPrice }] of tranches.entries()) {
    const { code } = State.cell(state, i);
    if (code === State.Code.None || code >= State.Code.Paid) continue;
    const { extended, shareBps } = State.note(state, i);
    const whole = amount - (extended && extender === 2 ? extensionPrice : 0n);
    held += code === State.Code.Unfunded ? terminationFee : whole - (whole * BigInt(shareBps)) / 10_000n;
    if (arbitrator === State.ZERO || amount < 2n * deposit || code < State.Code.ContestedByClient) continue;
    // Of a dispute before an outside arbitrator one deposit belongs to whoever fronted its cost.
    deposits += code === State.Code.Disputed ? 2n * deposit : deposit;
  }
  return { held, deposits };
}

/** Index of a milestone by its name or its number from 1; the outcome by `outcome`. */
export function tranche(text: string, terms: Terms.Terms): number {
  const names = [...terms.milestones.map(({ name }) => name), ...(terms.outcome ? ["outcome"] : [])];
  const byName = names.indexOf(text);
  const index = byName >= 0 ? byName : /^[1-8]$/.test(text) ? Number(text) - 1 : -1;
  if (index >= 0 && index < names.length) return index;
  const list = names.join(", ");
  throw new UsageError(
    both(
      `--milestone: found ${InputError.show(text)}, expected one of ${list}, or a number from 1 to ${names.length}.`,
      `--milestone：现为 ${InputError.show(text)}，应为 ${list} 之一，或 1 至 ${names.length} 的序号。`,
    ),
  );
}

function side(text: string | undefined, signer: Signer.Signer, { agreement }: Escrow.Subject): "client" | "provider" {
  if (text === "client" || text === "provider") return text;
  if (text === undefined && same(signer.address, agreement.parties.client)) return "client";
  if (text === undefined && same(signer.address, agreement.parties.provider)) return "provider";
  throw new UsageError(
    both(
      `--by: found ${InputError.show(text)}, expected client or provider, since the key is neither's.`,
      `--by：现为 ${InputError.show(text)}，该密钥不属于任何一方，应为 client 或 provider。`,
    ),
  );
}

/** Hex as typed, or from a file: as it is, or as `commenda terms sign` or `commenda act --only-sign` wrote it. */
function hexOf(text: string, option: string): Hex {
  const found = text.startsWith("0x") ? text : signatureIn(Source.readText(text).trim());
  if (/^0x([0-9a-fA-F]{2})*$/.test(found)) return found as Hex;
  const expected = both(
    "bytes in hex that begin with 0x, or a file with them",
    "以 0x 开头的十六进制，或含其内容的文件",
  );
  throw wrong(option, text, expected);
}

function signatureIn(content: string): string {
  if (!content.startsWith("{")) return content;
  try {
    const { signature, auth } = JSON.parse(content) as { signature?: unknown; auth?: unknown };
    return String(signature ?? auth);
  } catch {
    return content;
  }
}

function bytes32(text: string, option: string): Hex {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text as Hex;
  throw wrong(option, text, both("32 bytes in hex that begin with 0x", "以 0x 开头的 32 字节十六进制"));
}

function address(text: string, option: string): Address {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase() as Address;
  throw wrong(option, text, both("an address: 0x and 40 hex digits", "地址：0x 加 40 位十六进制"));
}

function whole(text: string, option: string): bigint {
  if (/^\d{1,39}$/.test(text)) return BigInt(text);
  throw wrong(option, text, both("a whole number", "整数"));
}

const wrong = (option: string, found: string, expected: InputError.Words) =>
  new UsageError(
    both(
      `--${option}: found ${InputError.show(found)}, expected ${expected.en}.`,
      `--${option}：现为 ${InputError.show(found)}，应为${expected.zh}。`,
    ),
  );

function missing(verb: string, option: string): never {
  const is = OPTIONS[option as keyof typeof OPTIONS];
  throw new UsageError(both(`act ${verb} needs --${option}: ${is.en}.`, `act ${verb} 需要 --${option}：${is.zh}。`));
}

const same = (one: Address, other: Address): boolean => one.toLowerCase() === other.toLowerCase();

/** When a refused act would be allowed, where the refusal tells. */
export function whenAllowed(error: Errors.ActRefused): number | undefined {
  const { allowedFrom } = error.refusal.facts;
  return Refusal.is(error.refusal) && allowedFrom !== undefined ? Number(allowedFrom) * 60 : undefined;
}
