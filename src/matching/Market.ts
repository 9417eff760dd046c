/**
 * Who offers work at a moment, and what is known of them: profiles, what was settled, what they tell of work elsewhere, and whose
 * word counts. Plain data, so that anyone can keep it and recompute what came of it.
 */
import * as z from "zod/mini";
import * as Field from "../agreement/Field.ts";
import { Errors, InputError } from "../agreement/index.ts";
import type * as Attestation from "./Attestation.ts";
import * as Case from "./Case.ts";
import type { Offer } from "./Constraint.ts";
import * as Provider from "./Provider.ts";
import type { Settled } from "./Reputation.ts";

const { both } = InputError;

const text = z.string().check(z.maxLength(500));
const time = z.int().check(z.minimum(0), z.maximum(2 ** 40));
const amount = z.string().check(z.regex(/^\d{1,78}$/));
const names = z.array(text);

const attestation = z.strictObject({
  what: text,
  holder: text,
  issuer: text,
  from: time,
  until: time,
  signature: z.string().check(z.maxLength(2_000)),
});

/** A settlement as it is kept in a file: amounts as text, in millionths of an observation. */
export const settlement = z.strictObject({
  agreement: text,
  at: time,
  client: text,
  provider: text,
  skills: names,
  value: amount,
  lost: amount,
  onTime: z.boolean(),
  dispute: z.enum(["none", "won", "lost", "split"]),
  outcome: z.optional(z.int()),
  held: z.enum(["token", "custody", "direct"]),
});
export type Settlement = z.infer<typeof settlement>;

export const trust = z.strictObject({
  /** Addresses of issuers whose attestations count. */
  issuers: names,
  /** Digests of attestations that their issuers took back. */
  revoked: names,
  /** Parties whose money speaks for whom it goes to. */
  anchors: names,
});
export type Trust = z.infer<typeof trust>;

const schema = z.strictObject({
  providers: z.array(z.strictObject({ provider: z.unknown(), attestations: z.array(attestation) })),
  settlements: z.array(settlement),
  /** Cases that providers tell of and no settlement shows. */
  claims: z.array(z.unknown()),
  trust,
});

export type Market = {
  readonly providers: readonly Offer[];
  readonly settlements: readonly Settlement[];
  readonly claims: readonly Case.Case[];
  readonly trust: Trust;
};

/** Throws `BadInput` with the fields that are not as they should be. */
export function parse(value: unknown): Market {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw wrong(parsed.error.issues[0]?.path ?? [], value);
  const { providers, settlements, claims, trust } = parsed.data;
  const bad = claims.flatMap((claim, at) => Case.check(claim, at + 1));
  if (bad.length > 0) throw new InputError.BadInput(bad);
  return {
    providers: providers.map(({ provider, attestations }) => ({ provider: Provider.parse(provider), attestations })),
    ...{ settlements, claims: claims as readonly Case.Case[], trust },
  };
}

function wrong(path: readonly PropertyKey[], value: unknown): InputError.BadInput {
  const expected = both("a market as a ranking's inputs have it", "排序输入中的市场数据");
  const field = Field.pathOf(["market", ...path]);
  return new InputError.BadInput([new Errors.WrongForm({ field, found: Field.valueAt(value, path), expected })]);
}

/** What was settled before a moment, to be counted with. */
export const settledBefore = ({ settlements }: Market, at: number): readonly Settled[] =>
  settlements
    .filter((each) => each.at < at)
    .map(({ value, lost, outcome, ...rest }) => ({
      ...rest,
      ...(outcome === undefined ? {} : { outcome }),
      value: BigInt(value),
      lost: BigInt(lost),
    }));

export const written = ({ value, lost = 0n, ...rest }: Settled): Settlement => ({
  ...rest,
  skills: [...rest.skills],
  value: String(value),
  lost: String(lost),
});

/** Whose attestations count at a moment. */
export const known = ({ trust: { issuers, revoked } }: Market, at: number): Attestation.Known => ({
  at,
  trusted: new Set(issuers),
  revoked: new Set(revoked),
});
