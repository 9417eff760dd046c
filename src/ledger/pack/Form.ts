/**
 * A pack as a file: one JSON document in its canonical form (RFC 8785), so that there is one way to write it and one way
 * to read it. Every byte of a block, transaction, receipt or proof is there as the chain hashes it.
 */
import canonicalize from "canonicalize";
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import {
  type Agreement,
  Codec,
  Errors,
  Evidence,
  InputError,
  Manifest,
  Terms,
  Verdict,
} from "../../agreement/index.ts";
import { NotAPack } from "../Errors.ts";
import type { Fact } from "../Fact.ts";
import { CAUSES } from "../Fact.ts";
import type { Hex } from "../Ledger.ts";

const { both } = InputError;
type Words = InputError.Words;
type Finder = (value: string, field: string) => readonly InputError.InputError[];

/** 16 MB: a long agreement of hundreds of acts in full blocks takes a tenth of it. */
export const MAX_BYTES = 16_000_000;

function shaped<T extends string>(pattern: RegExp, expected: Words) {
  const find: Finder = (found, field) =>
    pattern.test(found) ? [] : [new Errors.WrongForm({ field, found, expected })];
  return z
    .custom<T>((value) => typeof value === "string")
    .check((context) => {
      const { value, issues } = context;
      if (find(value, "").length > 0) issues.push({ code: "custom", input: value, params: { find } });
    });
}

const bytes = shaped<Hex>(
  /^0x([0-9a-f]{2})*$/,
  both("0x and pairs of lower-case hexadecimal digits", "0x 加成对的小写十六进制数字"),
);
const hash = shaped<Hex>(
  /^0x[0-9a-f]{64}$/,
  both("0x and 64 lower-case hexadecimal digits", "0x 加 64 位小写十六进制数字"),
);
const address = shaped<Hex>(
  /^0x[0-9a-f]{40}$/,
  both("0x and 40 lower-case hexadecimal digits", "0x 加 40 位小写十六进制数字"),
);
/** Base units and other words of the ledger, up to 2^256. */
const whole = shaped<string>(/^(0|[1-9][0-9]{0,77})$/, both("a whole number as text", "以文本书写的整数"));
const count = z.int().check(z.minimum(0));

const place = { block: z.strictObject({ number: count, hash, time: count }), transaction: hash, index: count };
const fact = <const K extends string, S extends Record<string, z.ZodMiniType>>(kind: K, fields: S) =>
  z.strictObject({ kind: z.literal(kind), ...fields, ...place });
const id = { agreement: hash };
const part = { ...id, tranche: count };
const money = { ...part, cause: z.enum(CAUSES), amount: whole };

/** Facts as `Fact` has them, with numbers of the ledger as text. */
const facts = z.discriminatedUnion("kind", [
  fact("opened", { ...id, client: address, provider: address, document: hash }),
  fact("revoked", { ...id, by: address }),
  fact("funded", { ...id, tranches: count, amount: whole }),
  fact("delivered", { ...part, round: count, deliverable: hash }),
  fact("rejected", { ...part, round: count, reasons: hash }),
  fact("extended", part),
  fact("contested", { ...part, byClient: z.boolean(), reasons: hash }),
  fact("answered", part),
  fact("reported", { ...id, value: whole }),
  fact("outcomeSettled", { ...id, value: whole, pay: whole }),
  fact("delegateRevoked", { ...id, delegate: address }),
  fact("payeeNamed", { ...id, payee: address }),
  fact("replaced", { ...id, by: hash }),
  fact("paid", { ...money, fee: whole, onTime: z.boolean(), disputed: z.boolean() }),
  fact("refunded", money),
  fact("closed", id),
  fact("credited", { token: address, owner: address, amount: whole }),
  fact("creditPaid", { token: address, owner: address, to: address, amount: whole }),
  fact("dispute", { arbitrator: address, number: whole, case: whole }),
  fact("ruling", { arbitrator: address, number: whole, ruling: whole }),
]);

const sums = { toProvider: whole, fee: whole, toClient: whole };

/** What both runs said, what was delivered, and what it came to: an audit's part of a pack. */
const audit = {
  /** Of either side, signed. */
  verdicts: z.exactOptional(z.array(Verdict.signed)),
  /** Those that the ledger names as deliverables. */
  manifests: z.exactOptional(z.array(Manifest.schema)),
  /** Computed anew when it is verified. */
  statement: z.exactOptional(
    z.strictObject({
      payments: z.array(
        z.strictObject({
          ...{ kind: z.enum(["paid", "refunded"]), tranche: count, cause: z.enum(CAUSES), amount: whole },
          ...{ fee: z.exactOptional(whole), time: count, transaction: hash },
        }),
      ),
      lines: z.array(z.strictObject({ tranche: count, ...sums })),
      total: z.strictObject(sums),
    }),
  ),
};

export const schema = z.strictObject({
  /** 1 has nothing of an audit: what was made before there was one stays as it is. */
  version: z.enum(["commenda-pack/1", "commenda-pack/2"]),
  ledger: z.strictObject({
    kind: z.enum(["rehearsal", "chain"]),
    chainId: z.int().check(z.minimum(1)),
    escrow: address,
  }),
  /** Of the agreement: what both signed. */
  id: hash,
  agreement: z.discriminatedUnion("kind", [
    /** The document itself. */
    z.strictObject({ kind: z.literal("terms"), terms: Terms.schema }),
    /** Its text kept private: only what the ledger enforces, packed (`Codec.encode`). */
    z.strictObject({ kind: z.literal("ledger"), packed: bytes }),
  ]),
  /** Over the id, from the opening. Absent: the party sent the opening, or it went through another contract. */
  signatures: z.strictObject({ client: z.exactOptional(bytes), provider: z.exactOptional(bytes) }),
  /** RLP of each header; its keccak is the hash. */
  blocks: z.array(z.strictObject({ hash, header: bytes })),
  /** In the ledger's order. `index`: in its block. Transaction and receipt as the tries hold them (EIP-2718). */
  acts: z.array(
    z.strictObject({
      block: hash,
      index: count,
      transaction: bytes,
      receipt: bytes,
      /** The tries' nodes, from the root to the leaf. */
      proofs: z.strictObject({ transaction: z.array(bytes), receipt: z.array(bytes) }),
    }),
  ),
  /** What the receipts say, for people: computed anew when it is verified. `index`: of the log in its receipt. */
  facts: z.array(facts),
  evidence: z.array(Evidence.schema),
  ...audit,
});

export type Pack = z.infer<typeof schema>;
export type Act = Pack["acts"][number];

/** The file's text. */
export function write(pack: Pack): string {
  return canonicalize(pack) ?? "";
}

/**
 * A pack from its file. Throws `NotAPack` where it is too long, no UTF-8, no JSON or not in its canonical form, and
 * `BadInput` with all fields that are wrong. That it reads well proves nothing: `verify` it.
 */
export function read(file: string | Uint8Array): Pack {
  const text = decode(file);
  const input = parse(text);
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InputError.BadInput(problemsIn(input, parsed.error.issues));
  const pack = parsed.data;
  const problems = sound(pack);
  if (problems.length > 0) throw new InputError.BadInput(problems);
  notCanonical(text, write(pack));
  return pack;
}

/** What the ledger enforces, of either kind. */
export function agreementOf({ agreement }: Pack): Agreement.Agreement {
  if (agreement.kind === "terms") return Terms.toAgreement(agreement.terms);
  return Codec.decode(agreement.packed) as Agreement.Agreement;
}

/** A fact as the file has it. */
export function toFile(fact: Fact): Pack["facts"][number] {
  return JSON.parse(JSON.stringify(fact, (_, value) => (typeof value === "bigint" ? value.toString() : value)));
}

function decode(file: string | Uint8Array): string {
  const length = typeof file === "string" ? Buffer.byteLength(file) : file.length;
  const bound = `${MAX_BYTES / 1_000_000} MB`;
  if (length > MAX_BYTES)
    throw new NotAPack(
      both(
        `The file has ${length} bytes; a pack has at most ${bound}. Check that it is the right file.`,
        `文件有 ${length} 字节，证明包最多 ${bound}。请确认文件是否正确。`,
      ),
    );
  if (typeof file === "string") return file;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file);
  } catch (cause) {
    const why = both("The file is not UTF-8 text. Get it again.", "文件不是 UTF-8 文本。请重新获取。");
    throw new NotAPack(why, { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const said = (cause as Error).message.replace(/\s+/g, " ");
    const why = both(
      `The file is no whole JSON document of ${text.length} characters: ${said}. Get it again.`,
      `文件不是完整的 JSON 文档（共 ${text.length} 个字符）：${said}。请重新获取。`,
    );
    throw new NotAPack(why, { cause });
  }
}

/** One line feed at the end may be an editor's. Anything else, a field that stands twice say, reads in two ways. */
function notCanonical(text: string, canonical: string): void {
  if (text === canonical || text === `${canonical}\n`) return;
  let at = 0;
  while (text[at] === canonical[at]) at++;
  throw new NotAPack(
    both(
      `From character ${at + 1} on the file is not written as a pack is (RFC 8785: sorted fields, none twice, no spaces). Get the original.`,
      `文件自第 ${at + 1} 个字符起不符合规范写法（RFC 8785：字段有序、不重复、无空白）。请获取原件。`,
    ),
  );
}

/** All that is wrong at once: of the terms also what their own rules find. */
function problemsIn(input: unknown, issues: readonly z.core.$ZodIssue[]): readonly InputError.InputError[] {
  const terms = Field.valueAt(input, ["agreement", "terms"]);
  const checked = terms === undefined ? { problems: [] } : Terms.check(terms);
  const inside = "problems" in checked ? checked.problems.map((one) => within(input, TERMS, one)) : [];
  const known = (path: readonly PropertyKey[]) => Field.known(schema, path);
  const others = Field.problemsIn(input, issues, known).filter(({ field }) => !Field.isWithin(field, TERMS));
  return inside.length > 0 ? [...others, ...inside] : Field.problemsIn(input, issues, known);
}

const TERMS = "agreement.terms";

/** What the schema cannot say. */
function sound(pack: Pack): readonly InputError.InputError[] {
  return [...ofVersion(pack), ...ofAgreement(pack)];
}

function ofVersion(pack: Pack): readonly InputError.InputError[] {
  if (pack.version === "commenda-pack/2") return [];
  const { known } = Field;
  return (Object.keys(audit) as (keyof typeof audit)[]).flatMap((field) =>
    pack[field] === undefined
      ? []
      : [
          new Errors.UnknownField({
            field,
            found: pack[field],
            known: known(schema, []).filter((one) => !(one in audit)),
          }),
        ],
  );
}

function ofAgreement(pack: Pack): readonly InputError.InputError[] {
  if (pack.agreement.kind === "terms") {
    const checked = Terms.check(pack.agreement.terms);
    return "problems" in checked ? checked.problems.map((one) => within(pack, TERMS, one)) : [];
  }
  const { packed } = pack.agreement;
  try {
    if (Codec.encode(agreementOf(pack)) === packed) return [];
  } catch (error) {
    if (!(error instanceof InputError.CommendaError || error instanceof TypeError)) throw error;
  }
  const expected = both("an agreement in its packed form, all of it", "完整的打包协议");
  return [new Errors.WrongForm({ field: "agreement.packed", found: packed, expected })];
}

/** The same finding inside another field. */
function within(pack: unknown, outer: string, problem: InputError.InputError): InputError.InputError {
  const { name, title, expected, fix, others } = problem;
  const field = `${outer}.${problem.field}`;
  const found = Field.valueAt(pack, Field.stepsOf(field));
  return new InputError.InputError(name, { field, found, others }, { title, expected, fix });
}
