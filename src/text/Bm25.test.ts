import fc from "fast-check";
import { expect, test } from "vitest";
import * as Bm25 from "./Bm25.ts";

/** As the formula stands in the books, one document after the other. */
function naive(documents: readonly (readonly string[])[], query: readonly string[]) {
  const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  return documents
    .map((terms, document) => {
      const score = query.reduce((sum, term) => {
        const times = terms.filter((each) => each === term).length;
        const frequency = documents.filter((each) => each.includes(term)).length;
        const idf = Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
        return sum + (idf * 2.2 * times) / (times + 1.2 * (0.25 + (0.75 * terms.length) / average));
      }, 0);
      return { document, score };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.document - other.document);
}

test("property: the scores of the formula, and the best in order", () => {
  const terms = fc.array(fc.constantFrom(..."abcdefgh"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(terms, { minLength: 1, maxLength: 60 }),
      terms,
      fc.integer({ min: 1, max: 70 }),
      (all, query, most) => {
        const index = Bm25.create();
        for (const each of all) Bm25.add(index, each);
        const expected = naive(all, query);
        const scores = new Map(expected.map(({ document, score }) => [document, score]));
        for (let again = 0; again < 2; again++) {
          const found = Bm25.search(index, query, most);
          expect(found.length).toBe(Math.min(most, expected.length));
          for (const [place, { document, score }] of found.entries()) {
            expect(score).toBeCloseTo(scores.get(document) ?? Number.NaN, 12);
            expect(score).toBeCloseTo(expected[place]?.score ?? Number.NaN, 12);
          }
        }
      },
    ),
  );
});

test("behavior: postings across many slices", () => {
  const index = Bm25.create();
  for (let n = 0; n < 20_000; n++) Bm25.add(index, n % 3 === 0 ? ["all", "third"] : ["all", `rare ${n}`]);
  const seen: number[] = [];
  Bm25.visit(index, ["third"], (document) => seen.push(document));
  expect(seen).toEqual(Array.from({ length: 6_667 }, (_, n) => n * 3));
  expect(Bm25.search(index, ["rare 19999", "all"], 1).map(({ document }) => document)).toEqual([19_999]);
});

test("behavior: nothing indexed, nothing asked, nothing wanted", () => {
  const index = Bm25.create();
  expect(Bm25.search(index, ["a"])).toEqual([]);
  Bm25.add(index, []);
  Bm25.add(index, ["a"]);
  expect([Bm25.search(index, []), Bm25.search(index, ["b"]), Bm25.search(index, ["a"], 0)]).toEqual([[], [], []]);
});
