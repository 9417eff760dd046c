/**
 * The document that both sign: typed clauses, and the text in both languages. Its canonical form (RFC 8785) is hashed
 * into the ledger's terms, which `toAgreement` computes from it.
 */
import canonicalize from "canonicalize";
import * as z from "zod/mini";
import type { Address, Agreement, Hex } from "./Agreement.ts";
import * as Clause from "./Clause.ts";
import * as Codec from "./Codec.ts";
import { amounts, references, sums } from "./Consistency.ts";
import * as Criterion from "./Criterion.ts";
import { DateInPast, MissingField, NotAContract } from "./Errors.ts";
import * as Evidence from "./Evidence.ts";
import * as Example from "./Example.ts";
import * as Field from "./Field.ts";
import { BadInput, both, type InputError } from "./InputError.ts";
import * as Milestone from "./Milestone.ts";
import type * as Money from "./Money.ts";
import * as Option from "./Option.ts";
import * as Outcome from "./Outcome.ts";
import * as Party from "./Party.ts";
import * as Share from "./Share.ts";
import * as Text from "./Text.ts";
import * as Time from "./Time.ts";
import { validateAgreement } from "./Validity.ts";

export const schema = z.strictObject({
  version: z.literal("commenda/1"),
  title: Field.words,
  text: z.strictObject({ en: Field.prose, zh: Field.prose, prevails: z.enum(["en", "zh"]) }),
  parties: z.strictObject({ client: Party.schema, provider: Party.schema }),
  rail: Clause.rail,
  registrar: Clause.registrar,
  currency: Clause.currency,
  /** Until when it may be opened. */
  openBy: Field.time,
  /** Whether a milestone may only be delivered after the one before it was. */
  sequential: z.boolean(),
  /** Id of the agreement that this one is a change order for. */
  replaces: z.exactOptional(Field.hash),
  milestones: z.array(Milestone.schema),
  criteria: z.array(Criterion.schema),
  inputs: z.array(Clause.input),
  outcome: z.exactOptional(Outcome.schema),
  options: z.array(Option.schema),
  ip: Clause.ip,
  law: Clause.law,
  calendar: z.array(Clause.pause),
  arbitration: Clause.arbitration,
  fees: Clause.fees,
  /** 32 random bytes, so that nobody guesses the document from its hash. */
  salt: Field.hash,
});

export type Terms = z.infer<typeof schema>;

export { terms as example } from "./Example.ts";
export { text as show } from "./Sheet.ts";

/** What cannot be known from the document alone. */
export type Facts = {
  /** Unix minute: dates that have passed are refused. */
  now?: number;
  /** Whether there is a contract at an address: a token that is none is refused. */
  codeAt?: (address: Address) => boolean;
};

/** Either the terms, with notes on words whose letters look alike, or all problems at once. */
export type Checked = { terms: Terms; notes: readonly InputError[] } | { problems: readonly InputError[] };

export function check(input: unknown, facts: Facts = {}): Checked {
  const parsed = schema.safeParse(input);
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = Field.problemsIn(input, issues, (path) => Field.known(schema, path));
  // A problem in one field must not hide those of others: broken fields are filled from the example, the rest is still
  // judged, and findings that rest on a broken field are left out.
  const broken = new Set(problems.map((problem) => problem.field));
  const whole = parsed.success ? parsed.data : repair(input, issues);
  if (!whole) return { problems };
  const judge = (found: readonly InputError[]) => {
    for (const problem of found) {
      const rests = [problem.field, ...problem.others];
      if (!rests.some((field) => [...broken].some((hole) => Field.isWithin(field, hole)))) problems.push(problem);
    }
  };

  const money = amounts(whole);
  judge(money.problems);
  for (const field of money.broken) broken.add(field);
  judge(references(money.terms));
  judge(sums(money.terms));
  judge(rails(money.terms, facts));
  if (facts.now !== undefined) judge(past(money.terms, facts.now));
  judge(ledger(money.terms, facts));
  if (problems.length > 0 || !parsed.success) return { problems };
  return { terms: parsed.data, notes: notes(parsed.data) };
}

/** The terms. Throws `BadInput` with all problems. */
export function parse(input: unknown, facts: Facts = {}): Terms {
  const checked = check(input, facts);
  if ("problems" in checked) throw new BadInput(checked.problems);
  return checked.terms;
}

/** RFC 8785: the bytes that are hashed, as text. */
export function canonical(terms: Terms): string {
  return canonicalize(terms) ?? "";
}

/** SHA-256 of the canonical form. */
export function contentHash(terms: Terms): Hex {
  return Evidence.contentHash(canonical(terms));
}

/** What the ledger keeps of the document: SHA-256(salt || content hash). */
export function commitment(terms: Terms): Hex {
  return Evidence.commit(terms.salt, contentHash(terms));
}

/** All that the ledger gets, computed from the document. The terms have passed `check`. */
export function toAgreement(terms: Terms): Agreement {
  const { parties, currency, outcome, options } = terms;
  const { scale } = currency;
  const tranches = terms.milestones.map((milestone) => Milestone.toTranche(milestone, options, scale));
  if (outcome) tranches.push(Outcome.toTranche(outcome, options, scale));
  return {
    document: commitment(terms),
    replaces: (terms.replaces ?? `0x${"0".repeat(64)}`) as Hex,
    openBy: Time.parse(terms.openBy),
    parties: {
      client: Party.toAddress(parties.client.address),
      provider: Party.toAddress(parties.provider.address),
      clientDelegate: Party.toAddress(parties.client.delegate),
      providerDelegate: Party.toAddress(parties.provider.delegate),
    },
    work: {
      token: Party.toAddress(currency.token),
      feeRecipient: Party.toAddress(terms.fees.recipient),
      feeBps: Share.parse(terms.fees.platform),
      sequential: terms.sequential,
      payByResult: outcome !== undefined,
      tranches,
      pauses: Clause.toPauses(terms.calendar),
    },
    arbitration: Clause.toArbitration(terms.arbitration, scale),
    outcome: Outcome.toLedger(outcome, scale),
  };
}

/** Where both sign: the chain and its escrow, or chain 0 and the key of a neutral registrar. */
export function domain({ registrar }: Terms): { chainId: number; verifyingContract: Address } {
  if (registrar.kind === "key") return { chainId: 0, verifyingContract: Party.toAddress(registrar.key) };
  return { chainId: registrar.chainId, verifyingContract: Party.toAddress(registrar.escrow) };
}

/** The id of the agreement: the EIP-712 hash that both sign. */
export function hash(terms: Terms): Hex {
  return Codec.id(domain(terms), toAgreement(terms));
}

/**
 * Compares two documents' texts, field by field. Each problem says whether the difference can be seen: none when only
 * amounts, dates or other typed values differ.
 */
export function textDifferences(found: Terms, signed: Terms): readonly InputError[] {
  const before = new Map(strings(signed));
  return strings(found).flatMap(([field, text]) => Text.compare(text, before.get(field) ?? text, field));
}

/** The currency of the terms, for showing amounts. */
export function currencyOf({ currency }: Terms): Money.Currency {
  return { code: currency.code, scale: currency.scale };
}

function rails({ rail, currency, registrar, arbitration, outcome }: Terms, { codeAt }: Facts): InputError[] {
  const problems: InputError[] = [];
  if (rail === "token" && currency.token === undefined) {
    const expected = both("the token's address, since the rail is token", "代币地址（因付款通道为 token）");
    problems.push(new MissingField({ field: "currency.token", expected, others: ["rail"] }));
  }
  if (rail === "token" && registrar.kind !== "chain") {
    const expected = both("chain, since the rail is token", " chain（因付款通道为 token）");
    problems.push(
      new MissingField({ field: "registrar.escrow", found: undefined, expected, others: ["rail", "registrar"] }),
    );
  }
  const contracts = { "arbitration.by.address": arbitration.by?.address, "outcome.source": outcome?.source };
  for (const [field, found] of Object.entries(contracts)) {
    if (codeAt && found !== undefined && !codeAt(Party.toAddress(found)))
      problems.push(new NotAContract({ field, found }));
  }
  return problems;
}

function past(terms: Terms, now: number): InputError[] {
  const dates: (readonly [string, string | undefined])[] = [
    ["openBy", terms.openBy],
    ...terms.milestones.flatMap(({ due, fundBy }, index) => [
      [`milestones[${index}].due`, due] as const,
      [`milestones[${index}].fundBy`, fundBy] as const,
    ]),
    ...terms.inputs.map(({ due }, index) => [`inputs[${index}].due`, due] as const),
    ["outcome.reportBy", terms.outcome?.reportBy],
    ["outcome.fundBy", terms.outcome?.fundBy],
  ];
  return dates.flatMap(([field, found]) =>
    found !== undefined && Time.parse(found) <= now ? [new DateInPast({ field, found, now: Time.format(now) })] : [],
  );
}

/** What the ledger would refuse, said in the document's words. */
function ledger(terms: Terms, { codeAt }: Facts): InputError[] {
  const { registrar } = terms;
  const known = {
    ...(registrar.kind === "chain" ? { escrow: Party.toAddress(registrar.escrow) } : {}),
    ...(codeAt && terms.rail === "token" && terms.currency.token !== undefined ? { codeAt } : {}),
  };
  const locate = (field: string, value: unknown) => {
    const place = inDocument(field, terms);
    const found = Field.valueAt(terms, Field.stepsOf(place));
    return { field: place, found: found === undefined || typeof found === "object" ? value : found };
  };
  return validateAgreement(toAgreement(terms), known, locate).map(({ problem }) => problem);
}

const TRANCHE_OPTIONS: Record<string, readonly ["termination" | "extension", string]> = {
  terminable: ["termination", "of"],
  terminationFee: ["termination", "fee"],
  extender: ["extension", "by"],
  extensionDays: ["extension", "days"],
  extensionPrice: ["extension", "price"],
};
const OUTCOME_FIELDS: Record<string, string> = { start: "measuredAt", due: "reportBy", review: "challenge" };
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^parties\.(client|provider)$/, "parties.$1.address"],
  [/^parties\.(client|provider)Delegate$/, "parties.$1.delegate"],
  [/^work\.feeBps$/, "fees.platform"],
  [/^work\.feeRecipient$/, "fees.recipient"],
  [/^work\.token$/, "currency.token"],
  [/^work\.tranches$/, "milestones"],
  [/^work\.pauses/, "calendar"],
  [/^arbitration\.arbitrator$/, "arbitration.by.address"],
  [/^arbitration\.fallbackBps$/, "arbitration.fallback"],
  [/^arbitration\.panel$/, "arbitration.by.kind"],
  [/^arbitration\./, "arbitration.by."],
];

/** Where a field of the agreement stands in the document. */
function inDocument(field: string, { milestones, options }: Terms): string {
  const tranche = /^work\.tranches\[(\d+)\]\.(\w+)$/.exec(field);
  if (tranche) {
    const index = Number(tranche[1]);
    const name = tranche[2] ?? "";
    const milestone = milestones[index];
    const [kind, key] = TRANCHE_OPTIONS[name] ?? [];
    if (kind) {
      const at = options.findIndex((option) => option.kind === kind && option.of === (milestone?.name ?? Outcome.NAME));
      return `options[${at}].${key}`;
    }
    return milestone ? `milestones[${index}].${name}` : `outcome.${OUTCOME_FIELDS[name] ?? name}`;
  }
  const rule = FIELDS.find(([pattern]) => pattern.test(field));
  return rule ? field.replace(rule[0], rule[1]) : field;
}

/** What is broken filled from the example; twice again, since a corrected `kind` may ask for fields of its own. */
function repair(input: unknown, issues: readonly z.core.$ZodIssue[], rounds = 3): Terms | undefined {
  const filled = Field.fill(input, issues, Example.terms());
  const repaired = schema.safeParse(filled);
  if (repaired.success) return repaired.data;
  return rounds > 1 ? repair(filled, repaired.error.issues, rounds - 1) : undefined;
}

/** Every text of the document with its field. */
function strings(value: unknown, path: readonly (string | number)[] = []): [string, string][] {
  if (typeof value === "string") return [[Field.pathOf(path), value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => strings(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => strings(item, [...path, key]));
}

function notes(terms: Terms): InputError[] {
  return strings(terms).flatMap(([field, text]) => Text.lookalikes(text, field));
}
