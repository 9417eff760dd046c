/**
 * A floor for newcomers: who has no record gets none if never seen. Where no newcomer is among the first five, one of the best
 * of them is put in fifth place, by a lot whose seed is an argument and whose chances are told.
 */
import { Gram } from "../text/index.ts";

/** The places that are looked at. */
export const SEEN = 5;
/** Fewer cases than this make a newcomer. */
export const FEW = 5;
/** The newcomers that the lot is drawn among: the best of them. */
const DRAWN = 5;

export type Placed = {
  readonly order: readonly string[];
  /** By provider: the chance of being among the first five, before the lot was drawn; who is not named has none. */
  readonly propensities: Readonly<Record<string, number>>;
};

/** `share` of the places seen that newcomers get where none stands there by itself, from 0 to 0.2. */
export function place(
  ranking: readonly string[],
  isNewcomer: (provider: string) => boolean,
  { share = 0.1, seed }: { share?: number; seed: string },
): Placed {
  const seen = ranking.slice(0, SEEN);
  const drawn = ranking.slice(SEEN).filter(isNewcomer).slice(0, DRAWN);
  const chances = (last: number) =>
    Object.fromEntries(seen.map((name, at) => [name, at === SEEN - 1 ? last : 1] as const));
  if (drawn.length === 0 || seen.some(isNewcomer)) return { order: ranking, propensities: chances(1) };
  const chance = Math.min(1, share * SEEN);
  const each = chance / drawn.length;
  const propensities = { ...chances(1 - chance), ...Object.fromEntries(drawn.map((name) => [name, each])) };
  const lot = Gram.hash(seed) / 4_294_967_296;
  if (lot >= chance) return { order: ranking, propensities };
  const chosen = drawn[Math.min(drawn.length - 1, Math.floor(lot / each))] as string;
  const rest = ranking.filter((name) => name !== chosen);
  return { order: [...rest.slice(0, SEEN - 1), chosen, ...rest.slice(SEEN - 1)], propensities };
}
