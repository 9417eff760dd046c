/** What the clauses of one document demand of each other. */
import * as Criterion from "./Criterion.ts";
import { UnknownName } from "./Errors.ts";
import * as Field from "./Field.ts";
import { type InputError, problemsOf } from "./InputError.ts";
import * as Milestone from "./Milestone.ts";
import * as Money from "./Money.ts";
import * as Outcome from "./Outcome.ts";
import type { Terms } from "./Terms.ts";

/** Every amount of the document with its field. */
function amountsOf(terms: Terms): [string, string | undefined][] {
  const { milestones, outcome, options, arbitration, law } = terms;
  return [
    ...milestones.flatMap((milestone, index) =>
      (["amount", "net", "tax", "withholding"] as const).map((key): [string, string] => [
        `milestones[${index}].${key}`,
        milestone[key],
      ]),
    ),
    ["outcome.amount", outcome?.amount],
    ...(outcome?.points ?? []).map(({ pay }, index): [string, string] => [`outcome.points[${index}].pay`, pay]),
    ...options.map((option, index): [string, string] =>
      option.kind === "termination" ? [`options[${index}].fee`, option.fee] : [`options[${index}].price`, option.price],
    ),
    ["arbitration.by.deposit", arbitration.by?.deposit],
    ["law.liabilityCap", law.liabilityCap],
  ];
}

/**
 * The currency, and every amount in it. Gives the problems, the broken fields, and terms in which those hold a
 * placeholder, so that the rest can be judged.
 */
export function amounts(terms: Terms): { problems: readonly InputError[]; broken: readonly string[]; terms: Terms } {
  const { code, scale } = terms.currency;
  const problems: InputError[] = [...problemsOf(() => Money.currency(code, scale))];
  const scaleFits = problems.every(({ field }) => field !== "currency.scale");
  const broken = problems.map(({ field }) => field);
  const copy: Terms = JSON.parse(JSON.stringify(terms));
  if (!scaleFits) copy.currency.scale = 0;
  for (const [field, amount] of amountsOf(terms)) {
    if (amount === undefined) continue;
    const found = problemsOf(() => Money.parse(amount, copy.currency.scale, field));
    if (found.length === 0 && scaleFits) continue;
    if (scaleFits) problems.push(...found);
    broken.push(field);
    Field.setAt(copy, Field.stepsOf(field), "1");
  }
  return { problems, broken, terms: copy };
}

/** Names are used once, and what is referred to exists. */
export function references({ milestones, criteria, inputs, options, outcome }: Terms): readonly InputError[] {
  const names = milestones.map(({ name }) => name);
  const nameFields = names.map((_, index) => `milestones[${index}].name`);
  const tranches = outcome ? [...names, Outcome.NAME] : names;
  const unknown = (found: string, field: string, known: readonly string[]) =>
    known.includes(found) ? [] : [new UnknownName({ field, found, known, others: [...nameFields, "outcome"] })];
  const uses = options.map(({ kind, of }) => `${kind} ${of}`);
  return [
    // The outcome's name is taken.
    ...Field.repeated([...names, Outcome.NAME], (index) => nameFields[index] ?? "outcome"),
    ...Field.repeated(
      criteria.map(({ name }) => name),
      (index) => `criteria[${index}].name`,
    ),
    ...Field.repeated(uses, (index) => `options[${index}].of`),
    ...inputs.flatMap(({ milestone }, index) => unknown(milestone, `inputs[${index}].milestone`, names)),
    ...options.flatMap(({ of }, index) => unknown(of, `options[${index}].of`, tranches)),
    ...criteria.flatMap((criterion, index) => Criterion.check(criterion, `criteria[${index}]`)),
    ...milestones.flatMap((milestone, index) =>
      Criterion.checkUse(milestone.criteria, criteria, `milestones[${index}].criteria`),
    ),
  ];
}

/** Each milestone's amount is net + tax - withholding. */
export function sums({ milestones, currency }: Terms): readonly InputError[] {
  return milestones.flatMap((milestone, index) =>
    Milestone.checkAmounts(milestone, currency.scale, `milestones[${index}]`),
  );
}
