/**
 * Who does which of several work packages. Minimum-cost assignment (Kuhn and Munkres, in the form of Jonker and Volgenant): one client
 * wants the whole done best, providers are bound by capacity alone, so the sum decides. Deferred acceptance would answer another
 * question: who would not rather swap, where both sides have wishes.
 */

export type Offer = {
  readonly package: string;
  readonly provider: string;
  /** Whole millionths, higher is better; pairs that are not offered are ruled out. */
  readonly score: number;
};

export type Given = {
  readonly packages: readonly string[];
  /** By provider: how many packages it can take. */
  readonly capacity: Readonly<Record<string, number>>;
  readonly offers: readonly Offer[];
};

export type Award = {
  readonly package: string;
  /** Nobody where everyone who could is taken by others. */
  readonly provider: string | undefined;
  readonly score: number;
  /**
   * Who would be the best for this package alone; if it were given to them, how many more packages would remain without anyone,
   * and what the sum of the others' scores and this one's would lose, in millionths.
   */
  readonly first: { readonly provider: string; readonly without: number; readonly costs: number } | undefined;
};

/** As many packages as can be are given, with the highest sum of scores; of equals, providers come in the order of their names. */
export function assign(given: Given): readonly Award[] {
  const plan = solve(given);
  const total = worth(plan);
  return given.packages.map((name) => {
    const best = given.offers
      .filter((offer) => offer.package === name && (given.capacity[offer.provider] ?? 0) > 0)
      .sort((one, other) => other.score - one.score || (one.provider < other.provider ? -1 : 1))[0];
    const award = plan.get(name);
    const isFirst = best === undefined || best.provider === award?.provider;
    const forced = isFirst ? plan : solve({ ...given, offers: only(given.offers, best) });
    const [costs, without] = [total - worth(forced), plan.size - forced.size];
    return {
      package: name,
      provider: award?.provider,
      score: award?.score ?? 0,
      first: best && { provider: best.provider, without, costs },
    };
  });
}

const only = (offers: readonly Offer[], kept: Offer) =>
  offers.filter((offer) => offer.package !== kept.package || offer.provider === kept.provider);

const worth = (plan: ReadonlyMap<string, Offer>) => [...plan.values()].reduce((sum, { score }) => sum + score, 0);

/** By package, the offer that is taken. */
function solve({ packages, capacity, offers }: Given): ReadonlyMap<string, Offer> {
  const providers = Object.keys(capacity).sort();
  // A place for each package that a provider can take, and one for each package to remain without.
  const places = providers.flatMap((name) => {
    const most = Math.min(packages.length, Math.max(0, Math.floor(capacity[name] ?? 0)));
    return new Array<string>(most).fill(name);
  });
  const byPair = new Map(offers.map((offer) => [JSON.stringify([offer.package, offer.provider]), offer]));
  const highest = Math.max(0, ...offers.map(({ score }) => score));
  const lowest = Math.min(0, ...offers.map(({ score }) => score));
  // Dearer than any change of scores that it could bring.
  const without = (highest - lowest + 1) * (packages.length + 1);
  const never = without * (packages.length + 1);
  const cost = (row: number, column: number) => {
    if (column >= places.length) return without;
    const offer = byPair.get(JSON.stringify([packages[row], places[column]]));
    return offer ? highest - offer.score : never;
  };
  const columns = cheapest(packages.length, places.length + packages.length, cost);
  return new Map(
    packages.flatMap((name, row) => {
      const provider = places[columns[row] as number];
      const offer = provider === undefined ? undefined : byPair.get(JSON.stringify([name, provider]));
      return offer ? [[name, offer] as const] : [];
    }),
  );
}

/** By row the column that makes the sum of costs least: shortest augmenting paths with potentials, O(rows² · columns). */
function cheapest(rows: number, columns: number, cost: (row: number, column: number) => number): readonly number[] {
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  /** By column, the row that has it, counted from 1; column 0 is where a path begins. */
  const taken = new Int32Array(columns + 1);
  const from = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    taken[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const isSeen = new Uint8Array(columns + 1);
    do {
      isSeen[column] = 1;
      const current = taken[column] as number;
      let [delta, nearest] = [Number.POSITIVE_INFINITY, 0];
      for (let next = 1; next <= columns; next++) {
        if (isSeen[next]) continue;
        const reduced = cost(current - 1, next - 1) - (u[current] as number) - (v[next] as number);
        if (reduced < (least[next] as number)) {
          least[next] = reduced;
          from[next] = column;
        }
        if ((least[next] as number) < delta) {
          delta = least[next] as number;
          nearest = next;
        }
      }
      for (let each = 0; each <= columns; each++) {
        if (isSeen[each]) {
          const owner = taken[each] as number;
          u[owner] = (u[owner] as number) + delta;
          v[each] = (v[each] as number) - delta;
        } else least[each] = (least[each] as number) - delta;
      }
      column = nearest;
    } while (taken[column] !== 0);
    while (column !== 0) {
      const before = from[column] as number;
      taken[column] = taken[before] as number;
      column = before;
    }
  }
  const found = new Array<number>(rows).fill(0);
  for (let column = 1; column <= columns; column++) {
    const row = taken[column] as number;
    if (row > 0) found[row - 1] = column - 1;
  }
  return found;
}
