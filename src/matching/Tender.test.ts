import fc from "fast-check";
import { expect, test } from "vitest";
import * as Tender from "./Tender.ts";

const offers = (rows: Record<string, Record<string, number>>): Tender.Offer[] =>
  Object.entries(rows).flatMap(([name, row]) =>
    Object.entries(row).map(([provider, score]) => ({ package: name, provider, score })),
  );

test("behavior: the whole decides, and each package is told what its own first choice would cost", () => {
  const given = {
    packages: ["app", "api"],
    capacity: { ada: 1, bob: 1 },
    offers: offers({ app: { ada: 10, bob: 9 }, api: { ada: 8, bob: 1 } }),
  };
  expect(Tender.assign(given)).toEqual([
    { package: "app", provider: "bob", score: 9, first: { provider: "ada", without: 0, costs: 6 } },
    { package: "api", provider: "ada", score: 8, first: { provider: "ada", without: 0, costs: 0 } },
  ]);
  expect(Tender.assign({ ...given, capacity: { ada: 2, bob: 1 } }).map(({ provider }) => provider)).toEqual([
    "ada",
    "ada",
  ]);
});

test("behavior: more packages given beats better ones; what nobody may do stays without", () => {
  const given = {
    packages: ["a", "b", "c"],
    capacity: { ada: 1, bob: 1, eve: 0 },
    offers: offers({ a: { ada: 1_000, bob: 1 }, b: { ada: -5 }, c: { eve: 9 } }),
  };
  expect(Tender.assign(given)).toEqual([
    { package: "a", provider: "bob", score: 1, first: { provider: "ada", without: 1, costs: -1_004 } },
    { package: "b", provider: "ada", score: -5, first: { provider: "ada", without: 0, costs: 0 } },
    { package: "c", provider: undefined, score: 0, first: undefined },
  ]);
  expect(Tender.assign({ packages: [], capacity: {}, offers: [] })).toEqual([]);
});

test("property: no plan is better, tried one by one", () => {
  const score = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined });
  const table = fc.array(fc.tuple(score, score, score), { minLength: 1, maxLength: 4 });
  const room = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2));
  fc.assert(
    fc.property(table, room, (rows, [a, b, c]) => {
      const names = ["a", "b", "c"];
      const given: Tender.Given = {
        packages: rows.map((_, at) => `p${at}`),
        capacity: { a, b, c },
        offers: rows.flatMap((row, at) =>
          row.flatMap((score, who) =>
            score === undefined ? [] : [{ package: `p${at}`, provider: names[who] ?? "", score }],
          ),
        ),
      };
      // Packages first, then scores.
      const best = (at: number, left: readonly number[]): number => {
        if (at === rows.length) return 0;
        const options = [best(at + 1, left)];
        for (const [who, score] of (rows[at] ?? []).entries()) {
          if (score === undefined || (left[who] ?? 0) < 1) continue;
          options.push(
            1_000 +
              score +
              best(
                at + 1,
                left.map((n, other) => (other === who ? n - 1 : n)),
              ),
          );
        }
        return Math.max(...options);
      };
      const found = Tender.assign(given).reduce((sum, each) => sum + (each.provider ? 1_000 + each.score : 0), 0);
      expect(found).toBe(best(0, [a, b, c]));
    }),
  );
});
