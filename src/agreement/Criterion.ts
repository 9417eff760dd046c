/** What a delivery is judged by: what is checked, how, by whose run, and how much it counts. */
import * as z from "zod/mini";
import { MissingField, SharesDoNotFit, UnknownName } from "./Errors.ts";
import { hash, name, share, words } from "./Field.ts";
import { both, type InputError } from "./InputError.ts";
import * as Share from "./Share.ts";

export const schema = z.strictObject({
  name,
  what: words,
  how: z.enum(["test suite", "measurement", "inspection", "document"]),
  /** Whose run counts. */
  by: z.enum(["client", "provider", "both", "third party"]),
  /** Of the milestone that names it; the weights of a milestone's criteria sum to 100 %. */
  weight: share,
  /** SHA-256 of the acceptance suite, where there is one. */
  suite: z.exactOptional(hash),
  /** Parts of the suite that the provider does not see beforehand, by their salted hashes. */
  sealed: z.exactOptional(z.array(z.strictObject({ part: words, commitment: hash }))),
});

export type Criterion = z.infer<typeof schema>;

/** A milestone names criteria that exist, at least one, and their weights sum to 100 %. */
export function checkUse(
  names: readonly string[],
  criteria: readonly Criterion[],
  field: string,
): readonly InputError[] {
  if (names.length === 0)
    return [new MissingField({ field, found: names, expected: both("at least one criterion", "至少一项验收标准") })];
  const known = criteria.map((criterion) => criterion.name);
  const others = criteria.flatMap((_, index) => [`criteria[${index}].name`, `criteria[${index}].weight`]);
  const unknown = names.flatMap((found, index) =>
    known.includes(found) ? [] : [new UnknownName({ field: `${field}[${index}]`, found, known, others })],
  );
  if (unknown.length > 0) return unknown;
  const used = criteria.filter((criterion) => names.includes(criterion.name));
  const sum = used.reduce((total, criterion) => total + Share.parse(criterion.weight), 0);
  if (sum === Share.WHOLE) return [];
  const found = used.map((criterion) => `${criterion.name} ${criterion.weight}`).join(", ");
  const expected = both("weights that sum to 100 %", "权重合计 100 %");
  return [new SharesDoNotFit({ field, found, expected, others })];
}
