/** What there is to say about a document: its problems, its endings, and what an edit of it changes. Runs in a worker. */
import type { Agreement } from "../../../../src/agreement/Agreement.ts";
import * as Compare from "../../../../src/agreement/Compare.ts";
import * as Endings from "../../../../src/agreement/Endings.ts";
import { both, type InputError, type Words } from "../../../../src/agreement/InputError.ts";
import * as Money from "../../../../src/agreement/Money.ts";
import * as Terms from "../../../../src/agreement/Terms.ts";
import * as Paper from "../Paper.ts";

export type Question = {
  document: Paper.Paper;
  /** What it was before the edit: then the differences are told too. */
  before?: Paper.Paper;
  /** Unix minute: dates that have passed are problems. Absent: of what was signed. */
  now?: number;
  /** Whether the endings are wanted; problems alone take milliseconds. */
  endings: boolean;
};

export type Problem = {
  name: string;
  field: string;
  title: Words;
  /** What stands there, as text; `nothing`. */
  found: string;
  expected: Words;
  fix: Words;
};

/**
 * What a document comes to. `provisional`: what has no bearing on it (names, addresses, texts) is still missing.
 * `incomplete`: a payment by result is begun and not whole, and left out of this.
 */
export type Deal = {
  agreement: Agreement;
  currency: Money.Currency;
  names: { client: Words; provider: Words };
  titles: readonly Words[];
  unit?: Words;
  provisional: boolean;
  incomplete: boolean;
};

export type Answer =
  | { part: "checked"; problems: readonly Problem[]; deal: Deal | undefined }
  | { part: "endings"; endings: Endings.Endings }
  | { part: "compared"; differences: readonly Compare.Difference[] };

/** Part after part, the quick ones first. */
export function* judge({ document, before, now, endings }: Question): Generator<Answer> {
  const checked = Terms.check(document, now === undefined ? {} : { now });
  const terms = "terms" in checked ? checked.terms : provisional(document, checked.problems);
  const problems = "problems" in checked ? checked.problems.map(told) : [];
  const isWhole = "terms" in checked;
  const incomplete = terms !== undefined && terms.outcome === undefined && document.outcome !== undefined;
  yield { part: "checked", problems, deal: terms && { ...dealOf(terms), provisional: !isWhole, incomplete } };
  if (!terms || !endings) return;
  const agreement = Terms.toAgreement(terms);
  const speech = speechOf(terms);
  yield { part: "endings", endings: Endings.endings(agreement, { speech }) };
  const old = before && wholeOf(before);
  if (!old) return;
  // The document is another as soon as anything is; what is, is told.
  const differences = Compare.compare(Terms.toAgreement(old), agreement, { speech });
  yield { part: "compared", differences: differences.filter(({ field }) => field !== "document") };
}

const told = ({ name, field, title, found, expected, fix }: InputError): Problem => ({
  ...{ name, field, title, found, expected, fix },
});

function dealOf(terms: Terms.Terms): Omit<Deal, "provisional" | "incomplete"> {
  const { milestones, outcome, parties } = terms;
  return {
    agreement: Terms.toAgreement(terms),
    currency: Terms.currencyOf(terms),
    names: { client: parties.client.name, provider: parties.provider.name },
    titles: [...milestones.map(({ title }) => title), ...(outcome ? [outcome.title] : [])],
    ...(outcome ? { unit: outcome.unit } : {}),
  };
}

function speechOf(terms: Terms.Terms): NonNullable<Endings.Options["speech"]> {
  const currency = Terms.currencyOf(terms);
  return {
    client: terms.parties.client.name,
    provider: terms.parties.provider.name,
    money: (units) => both(Money.show(units, currency), Money.show(units, currency)),
    title: (milestone) => terms.milestones[milestone]?.title,
  };
}

/** Fields that change no ending: who the parties are, what is written about the work, taxes, and where it is kept. */
const NO_BEARING = [
  /^(title|text|ip|law|salt|criteria|inputs|registrar|version)\b/,
  /^parties\b/,
  /^currency\.token$/,
  /^fees\.recipient$/,
  /^milestones\[\d+\]\.(title|net|tax|withholding|criteria|invoice)\b/,
  /^milestones\[\d+\]\.amount$/,
  /^outcome\.(title|what|unit|target|source|invoice)\b/,
  /^arbitration\.by\.(name|address|maxCost|extraData)\b/,
];

const bearing = (field: string): boolean => !NO_BEARING.some((pattern) => pattern.test(field));

/** What is paid by milestones alone. */
function withoutOutcome({ outcome: _, ...document }: Paper.Paper): Paper.Paper {
  if (!Array.isArray(document.options)) return document;
  return { ...document, options: document.options.filter((option) => Paper.at(option, "of") !== "outcome") };
}

/** The terms of a document; of one that only lacks what bears on no ending, with stand-ins for that. */
function wholeOf(document: Paper.Paper): Terms.Terms | undefined {
  const checked = Terms.check(document);
  return "terms" in checked ? checked.terms : provisional(document, checked.problems);
}

const NAMES: Readonly<Record<string, Words>> = {
  "parties.client.name": both("the client", "甲方"),
  "parties.provider.name": both("the provider", "乙方"),
};

/** @param problems of the document. Twice: what stands in may show what else is missing. */
export function provisional(
  document: Paper.Paper,
  problems: readonly InputError[],
  rounds = 3,
): Terms.Terms | undefined {
  // A date that has passed is wrong to sign, and as good as any to look at.
  const real = problems.filter(({ name }) => name !== "DateInPast");
  const isMilestones = ({ field }: InputError) => !bearing(field) || Paper.isWithin(field, "outcome");
  if (real.some(({ field }) => bearing(field)) && real.every(isMilestones) && rounds > 1) {
    const alone = withoutOutcome(document);
    const left = Terms.check(alone);
    return "terms" in left ? left.terms : provisional(alone, left.problems, rounds - 1);
  }
  if (!real.every(({ field }) => !bearing(field))) return undefined;
  const sound = Terms.example();
  let filled = document;
  for (const { field } of real) filled = standIn(filled, field, sound);
  // Whoever is not named yet is called by their side.
  for (const [field, name] of Object.entries(NAMES))
    if (Paper.at(document, field) === undefined) filled = Paper.put(filled, field, name);
  const checked = Terms.check(filled);
  if ("terms" in checked) return checked.terms;
  return rounds > 1 ? provisional(filled, checked.problems, rounds - 1) : undefined;
}

function standIn(document: Paper.Paper, field: string, sound: Terms.Terms): Paper.Paper {
  const name = Object.keys(NAMES).find((one) => Paper.isWithin(field, one));
  if (name !== undefined) return Paper.put(document, name, NAMES[name]);
  const milestone = /^milestones\[\d+\](?=\.(amount|net|tax|withholding)$)/.exec(field)?.[0];
  if (milestone !== undefined) {
    const amount = Paper.at(document, `${milestone}.amount`);
    const gross = { net: amount, tax: "0", withholding: "0" };
    return Paper.put(document, milestone, { ...(Paper.at(document, milestone) as object), ...gross });
  }
  const criteria = /^(milestones\[\d+\]\.criteria)/.exec(field)?.[1];
  if (criteria !== undefined || field.startsWith("criteria")) return withCriterion(document, sound);
  if (field.startsWith("inputs")) return { ...document, inputs: [] };
  const value = Paper.at(sound, field) ?? Paper.at(sound, field.replace(/\[\d+\]/g, "[0]"));
  const outer = field.replace(/\.[^.]+$/, "");
  const known = value !== undefined || outer === field ? value : Paper.at(sound, outer);
  return Paper.put(document, value === undefined && outer !== field ? outer : field, known);
}

/** One criterion for every milestone: which ones there are changes no ending. */
function withCriterion(document: Paper.Paper, { criteria: [sound] }: Terms.Terms): Paper.Paper {
  const one = { ...sound, weight: "100 %" };
  const milestones = Paper.listAt(document, "milestones").map((milestone) =>
    typeof milestone === "object" && milestone !== null ? { ...milestone, criteria: [one.name] } : milestone,
  );
  return { ...document, criteria: [one], milestones };
}
