/**
 * What a run of a criterion says of a delivery. Two runs agree when their digests are equal: check ids, pass, fail or
 * error, the measures that the terms declare exact, and the hashes of suite, delivery, inputs and environment. Whatever
 * else was seen (times, logs, machines) is signed beside it and never compared.
 */
import canonicalize from "canonicalize";
import { Secp256k1, Signature, TypedData } from "ox";
import * as z from "zod/mini";
import type { Address, Hex } from "./Agreement.ts";
import type { Domain } from "./Codec.ts";
import type { Criterion, Flaky } from "./Criterion.ts";
import * as Evidence from "./Evidence.ts";
import * as Field from "./Field.ts";
import { BadInput, both, CommendaError, type Words } from "./InputError.ts";
import * as Party from "./Party.ts";
import * as Share from "./Share.ts";
import type { Terms } from "./Terms.ts";

/** `error`: the check could not be made, through no fault that it looks for; it accepts nothing either. */
export const result = z.enum(["pass", "fail", "error"]);
export type Result = z.infer<typeof result>;

/** A SHA-1 or SHA-256 commit of git, or the hash of a tree of files. */
const subject = z.strictObject({
  kind: z.enum(["commit", "tree"]),
  hash: z.string().check(z.regex(/^(0x[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{64})$/)),
});

const check = z.strictObject({
  /** Unique in the verdict. */
  id: Field.line,
  result,
  /** Measures that the terms declare exact, as text. */
  exact: z.exactOptional(z.record(z.string(), z.string())),
  /** Why it did not pass, beside the digest. */
  why: z.exactOptional(Field.words),
});

const measure = z.strictObject({ check: Field.line, name: Field.line, value: z.string(), unit: z.string() });

export const schema = z.strictObject({
  version: z.literal("commenda-verdict/1"),
  /** Id of the agreement, and which milestone and round; absent when a suite is tried without one. */
  agreement: z.exactOptional(Field.hash),
  tranche: z.exactOptional(z.int().check(z.minimum(0), z.maximum(7))),
  round: z.exactOptional(z.int().check(z.minimum(0), z.maximum(3))),
  criterion: Field.name,
  subject,
  suite: Field.hash,
  /** Of the sealed part of the round: its commitment, and whether it was judged, not shown in time, or void. */
  sealed: z.exactOptional(z.strictObject({ commitment: Field.hash, state: z.enum(["judged", "not shown", "void"]) })),
  inputs: z.array(z.strictObject({ name: Field.name, hash: Field.hash })),
  /** SHA-256 of the pins as found, in canonical form. */
  environment: Field.hash,
  checks: z.array(check),
  /** What follows is signed and not compared. */
  measures: z.array(measure),
  /** False where foreign code ran without a sandbox: such a verdict never accepts by itself. */
  confined: z.boolean(),
  runner: z.strictObject({ sandbox: Field.line, system: Field.line, version: Field.line }),
  /** Unix seconds. */
  started: z.int(),
  ended: z.int(),
  /** Files of the run (logs, what was produced) by hash. */
  artefacts: z.array(z.strictObject({ name: z.string(), size: z.int(), hash: Field.hash })),
});

export type Verdict = z.infer<typeof schema>;
export type Check = z.infer<typeof check>;
export type Measure = z.infer<typeof measure>;

/** A verdict with the signature of whoever ran it. */
export const signed = z.strictObject({ verdict: schema, by: Field.address, signature: Field.bytes });
export type Signed = z.infer<typeof signed>;

/** Throws `BadInput` with all problems. */
export function parse(input: unknown): Verdict {
  return read(schema, input);
}

/** Throws `BadInput` with all problems. */
export function parseSigned(input: unknown): Signed {
  return read(signed, input);
}

function read<T>(type: z.ZodMiniType<T>, input: unknown): T {
  const parsed = type.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new BadInput(Field.problemsIn(input, parsed.error.issues, (path) => Field.known(type, path)));
}

/** What is compared, in canonical form (RFC 8785). */
export function compared(verdict: Verdict): string {
  const { version, criterion, subject, suite, sealed, inputs, environment } = verdict;
  const byName = <T extends { name: string }>(list: readonly T[]) => list.toSorted((a, b) => order(a.name, b.name));
  const checks = verdict.checks
    .map(({ id, result, exact }) => ({ id, result, ...(exact ? { exact } : {}) }))
    .toSorted((a, b) => order(a.id, b.id));
  return (
    canonicalize({
      ...{ version, criterion, subject, suite, inputs: byName(inputs), environment, checks },
      ...(sealed ? { sealed } : {}),
    }) ?? ""
  );
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** SHA-256 of what is compared. */
export function digest(verdict: Verdict): Hex {
  return Evidence.contentHash(compared(verdict));
}

/** SHA-256 of the whole verdict in canonical form: what the signature covers beside the digest. */
export function contentHash(verdict: Verdict): Hex {
  return Evidence.contentHash(canonicalize(verdict) ?? "");
}

/** Whether every check passed. A verdict without checks proves nothing and has not. */
export function passed({ checks }: Verdict): boolean {
  return checks.length > 0 && checks.every(({ result }) => result === "pass");
}

/** Which result the flake rule makes of several runs of one check; `error` counts as not passed. */
export function fold(results: readonly Result[], { passes }: Flaky): Result {
  const good = results.filter((result) => result === "pass").length;
  const enough = { all: good === results.length, most: good * 2 > results.length, any: good > 0 }[passes];
  if (results.length > 0 && enough) return "pass";
  return results.includes("fail") ? "fail" : "error";
}

/** A verdict that is not about an agreement has nothing that a signature could bind it to. */
export class NotOfAnAgreement extends CommendaError {
  readonly next = "fix";

  constructor() {
    super(
      "NotOfAnAgreement",
      both("this verdict belongs to no agreement", "该结论不属于任何协议"),
      both(
        "The verdict names no agreement, milestone and round: it came from a trial. Run the criterion with the terms to sign it.",
        "该结论未指明协议、里程碑和轮次，仅为试跑。如需签署，请按条款运行该标准。",
      ),
    );
  }
}

/** What the runner's key signs (EIP-712). Throws `NotOfAnAgreement`. */
export function typedData({ chainId, verifyingContract }: Domain, verdict: Verdict) {
  const { agreement, tranche, round, criterion } = verdict;
  if (agreement === undefined || tranche === undefined || round === undefined) throw new NotOfAnAgreement();
  const field = (type: string, name: string) => ({ type, name });
  return {
    domain: { name: "Commenda", version: "1", chainId: Number(chainId), verifyingContract },
    types: {
      Verdict: [
        field("bytes32", "agreement"),
        field("uint8", "tranche"),
        field("uint8", "round"),
        field("string", "criterion"),
        field("bytes32", "digest"),
        field("bytes32", "document"),
      ],
    },
    primaryType: "Verdict" as const,
    message: { agreement, tranche, round, criterion, digest: digest(verdict), document: contentHash(verdict) },
  };
}

/** The account whose key signed it, in lower case; nothing where the signature is none of a key. */
export function signerOf(domain: Domain, { verdict, signature }: Signed): Address | undefined {
  const payload = TypedData.getSignPayload(typedData(domain, verdict) as TypedData.Definition);
  try {
    const { r, s, yParity } = Signature.fromHex(signature as Hex);
    return Secp256k1.recoverAddress({ payload, signature: { r, s, yParity } }).toLowerCase() as Address;
  } catch {
    // Bytes that are no signature have no signer.
    return undefined;
  }
}

/** For which party it speaks: that whose own key, or whose delegate that the terms name, signed it. */
export function sideOf(domain: Domain, terms: Terms, one: Signed): "client" | "provider" | undefined {
  const signer = signerOf(domain, one);
  if (signer === undefined || signer !== one.by.toLowerCase()) return undefined;
  const speaks = (side: "client" | "provider") => {
    const { address, delegate } = terms.parties[side];
    return [address, delegate].some((key) => key !== undefined && Party.toAddress(key).toLowerCase() === signer);
  };
  return (["client", "provider"] as const).find(speaks);
}

/** One point in which two verdicts differ; `check` where it is a check. */
export type Difference = {
  readonly field: string;
  readonly check?: string;
  readonly one: string;
  readonly other: string;
  readonly says: Words;
};

/** A result in words; other values as they are. */
function worded(value: string | undefined): Words {
  if (value === undefined) return both("nothing", "无");
  return RESULTS[value as Result] ?? both(value, ` ${value} `);
}

/** Check by check what two verdicts differ in; nothing where their digests are equal. */
export function compare(one: Verdict, other: Verdict): readonly Difference[] {
  const differences: Difference[] = [];
  const note = (
    field: string,
    label: Words,
    values: readonly [string | undefined, string | undefined],
    id?: string,
  ) => {
    const [left, right] = values;
    if (left === right) return;
    const [of, against] = [worded(left), worded(right)];
    differences.push({
      ...{ field, one: left ?? "", other: right ?? "" },
      ...(id === undefined ? {} : { check: id }),
      says: both(
        `${label.en}: ${of.en} in one run, ${against.en} in the other`,
        `${label.zh}：一次运行为${of.zh}，另一次为${against.zh}`,
      ),
    });
  };
  const subjectOf = ({ subject }: Verdict) => `${subject.kind} ${subject.hash}`;
  const sealedOf = ({ sealed }: Verdict) => sealed && `${sealed.state} ${sealed.commitment}`;
  note("criterion", both("criterion", "验收标准"), [one.criterion, other.criterion]);
  note("subject", both("delivery", "交付物"), [subjectOf(one), subjectOf(other)]);
  note("suite", both("suite", "用例集"), [one.suite, other.suite]);
  note("sealed", both("sealed part", "密封部分"), [sealedOf(one), sealedOf(other)]);
  note("environment", both("environment", "环境"), [one.environment, other.environment]);
  for (const [label, list] of paired(one.inputs, other.inputs, ({ name }) => name))
    note(`inputs.${label}`, both(`input ${label}`, `输入 ${label}`), [list[0]?.hash, list[1]?.hash]);
  for (const [id, [left, right]] of paired(one.checks, other.checks, ({ id }) => id)) {
    const label = both(`check "${id}"`, `检查项“${id}”`);
    note(`checks.${id}`, label, [left?.result, right?.result], id);
    const exact = [left?.exact ?? {}, right?.exact ?? {}] as const;
    for (const name of new Set(exact.flatMap((values) => Object.keys(values)))) {
      const of = both(`check "${id}", ${name}`, `检查项“${id}”的 ${name}`);
      note(`checks.${id}.${name}`, of, [exact[0][name], exact[1][name]], id);
    }
  }
  return differences;
}

export const RESULTS: Record<Result, Words> = {
  pass: both("pass", "通过"),
  fail: both("fail", "未通过"),
  error: both("error", "出错"),
};

function paired<T>(
  one: readonly T[],
  other: readonly T[],
  key: (item: T) => string,
): readonly [string, readonly [T | undefined, T | undefined]][] {
  const of = (list: readonly T[]) => new Map(list.map((item) => [key(item), item]));
  const [left, right] = [of(one), of(other)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].toSorted(order);
  return keys.map((name) => [name, [left.get(name), right.get(name)]]);
}

/**
 * The share of a milestone, in bps, that its verdicts accept: the weights of the criteria all of whose checks passed. A
 * criterion without a verdict, or with one that ran without a sandbox, counts nothing.
 */
export function shareAccepted(names: readonly string[], criteria: readonly Criterion[], verdicts: readonly Verdict[]) {
  return criteria
    .filter(({ name }) => names.includes(name))
    .filter(({ name }) => {
      const one = verdicts.find(({ criterion }) => criterion === name);
      return one?.confined === true && passed(one);
    })
    .reduce((sum, { weight }) => sum + Share.parse(weight), 0);
}

/** What two parties' runs come to. */
export type Settlement =
  /** Not all that both owe is there yet. */
  | { readonly kind: "waiting"; readonly for: readonly { side: "client" | "provider"; criterion: string }[] }
  /** The runs disagree: rerun by the flake rule, then the arbitrator runs the same. */
  | { readonly kind: "unequal"; readonly differences: readonly (Difference & { criterion: string })[] }
  /** A verdict without a sandbox: a person decides. */
  | { readonly kind: "unconfined"; readonly criteria: readonly string[] }
  /** Both say the same: so much of the milestone, in bps, is accepted. */
  | { readonly kind: "equal"; readonly shareBps: number };

/** What the runs of both parties come to, for one milestone, delivery and round. `mine` and `theirs` are by criterion. */
export function settle(
  names: readonly string[],
  criteria: readonly Criterion[],
  { client, provider }: Readonly<Record<"client" | "provider", readonly Verdict[]>>,
): Settlement {
  const of = (list: readonly Verdict[], name: string) => list.find(({ criterion }) => criterion === name);
  const waiting = names.flatMap((criterion) =>
    (["client", "provider"] as const)
      .filter((side) => !of(side === "client" ? client : provider, criterion))
      .map((side) => ({ side, criterion })),
  );
  if (waiting.length > 0) return { kind: "waiting", for: waiting };
  const differences = names.flatMap((criterion) => {
    const [one, other] = [of(client, criterion), of(provider, criterion)];
    return one && other ? compare(one, other).map((difference) => ({ ...difference, criterion })) : [];
  });
  if (differences.length > 0) return { kind: "unequal", differences };
  const open = [...client, ...provider].filter((verdict) => names.includes(verdict.criterion) && !verdict.confined);
  if (open.length > 0) return { kind: "unconfined", criteria: [...new Set(open.map(({ criterion }) => criterion))] };
  return { kind: "equal", shareBps: shareAccepted(names, criteria, client) };
}
