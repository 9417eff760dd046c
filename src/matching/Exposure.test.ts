import { expect, test } from "vitest";
import * as Exposure from "./Exposure.ts";

const ranking = Array.from({ length: 12 }, (_, at) => `p${at}`);
const isNew = (name: string) => ["p7", "p9"].includes(name);

test("behavior: half of the rankings without a newcomer get one in fifth place; the chances are those told", () => {
  const runs = Array.from({ length: 4_000 }, (_, n) => Exposure.place(ranking, isNew, { seed: `ranking ${n}` }));
  for (const name of ["p4", "p7", "p9"]) {
    const seen = runs.filter(({ order }) => order.slice(0, 5).includes(name)).length / runs.length;
    expect(Math.abs(seen - (runs[0]?.propensities[name] ?? 0))).toBeLessThan(0.025);
  }
  expect(runs[0]?.propensities).toEqual({ p0: 1, p1: 1, p2: 1, p3: 1, p4: 0.5, p7: 0.25, p9: 0.25 });
  for (const { order } of runs) {
    expect(order.slice(0, 4)).toEqual(ranking.slice(0, 4));
    expect([...order].sort()).toEqual([...ranking].sort());
  }
});

test("behavior: nothing is drawn where a newcomer stands already, or where there is none", () => {
  const there = { order: ranking, propensities: { p0: 1, p1: 1, p2: 1, p3: 1, p4: 1 } };
  expect(Exposure.place(ranking, (name) => name === "p2", { seed: "x" })).toEqual(there);
  expect(Exposure.place(ranking, () => false, { seed: "x" })).toEqual(there);
  expect(Exposure.place([], isNew, { seed: "x" })).toEqual({ order: [], propensities: {} });
});
