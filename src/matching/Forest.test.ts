import { expect, test } from "vitest";
import { Gram } from "../text/index.ts";
import * as Forest from "./Forest.ts";

/** Queries of six candidates; the right one has the highest first feature, unless the second is below a half. */
function sample(queries: number): Forest.Sample {
  const width = 3;
  const rows = new Float32Array(queries * 6 * width).map((_, at) => Gram.hash(`${at}`) / 2 ** 32);
  const hits = Array.from({ length: queries }, (_, query) => {
    const worth = Array.from({ length: 6 }, (_, at) => {
      const row = (query * 6 + at) * width;
      return (rows[row + 1] as number) < 0.5 ? -1 : (rows[row] as number);
    });
    return worth.indexOf(Math.max(...worth));
  });
  return { width, rows, sizes: hits.map(() => 6), hits };
}

const options = { ...Forest.DEFAULTS, trees: 40, leaves: 8 };

test("behavior: learns an interaction, and says which features it stands on", () => {
  const trees = Forest.fit(sample(800), options);
  const fresh = sample(1_000);
  const right = fresh.hits.slice(800).filter((hit, at) => {
    const scores = Array.from({ length: 6 }, (_, place) =>
      Forest.score(trees, fresh.rows, ((800 + at) * 6 + place) * 3),
    );
    return scores.indexOf(Math.max(...scores)) === hit;
  });
  expect(right.length / 200).toBeGreaterThan(0.85);
  const parts = new Float64Array(3);
  const row = fresh.rows.subarray(0, 3);
  const base = Forest.explain(trees, row, parts);
  expect(base + parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(Forest.score(trees, row), 12);
  expect(Math.abs(parts[2] as number)).toBeLessThan(Math.abs(parts[0] as number) + Math.abs(parts[1] as number));
});

test("behavior: the same sample and seed give the same trees, another seed others", () => {
  const [one, same, other] = [1, 1, 2].map((seed) => Forest.fit(sample(100), { ...options, trees: 3, seed }));
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
});

test("behavior: a feature left out is in no tree; nothing to learn from gives leaves of nothing", () => {
  const trees = Forest.fit(sample(200), { ...options, trees: 5, without: [0] });
  expect(trees.flatMap(({ feature }) => feature)).not.toContain(0);
  const none = Forest.fit({ width: 1, rows: new Float32Array(0), sizes: [], hits: [] }, { ...options, trees: 1 });
  expect(Forest.score(none, [1])).toBe(0);
});
