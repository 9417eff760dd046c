import { expect, test } from "vitest";
import type { Request } from "./Case.ts";
import type { NotThisRanking } from "./Errors.ts";
import * as Ranking from "./Ranking.ts";
import { cases } from "./testing/Cases.ts";
import * as Weights from "./Weights.ts";

const all = cases(600);
const request: Request = { id: "r", at: (all[500]?.at ?? 0) + 1, area: "payments", title: "[payments] refund is slow" };
const learnt = Weights.learn(all.slice(0, 500), { trees: 10, leaves: 6 });

test.each([
  ["given", Weights.GIVEN],
  ["learnt", learnt],
])("behavior: the parts of a score add up to the last digit, weights %s", (_, weights) => {
  const { candidates, base, inputs } = Ranking.rank(all, request, { weights });
  expect(inputs.cases).toBe(501);
  for (const { score, parts } of candidates) {
    expect(base + Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score);
  }
  expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
  expect(candidates[0]?.cases).toHaveLength(3);
  expect(candidates[0]?.cases.every(({ title }) => /refund|slow|payments/.test(title))).toBe(true);
});

test("behavior: what was not known at the time changes nothing", () => {
  const known = all.filter(({ at }) => at < request.at);
  expect(Ranking.rank(all, request)).toEqual(Ranking.rank(known, request));
});

test("behavior: verified by its inputs; a changed place, part, case, seed or weight is named", () => {
  const floor = { share: 0.1, seed: "s" };
  const ranking = Ranking.parse(JSON.parse(JSON.stringify(Ranking.rank(all, request, { weights: learnt, floor }))));
  expect(() => Ranking.verify(ranking, all, learnt)).not.toThrow();
  const field = (change: (copy: Ranking.Ranking) => unknown, weights = learnt, inputs = all) => {
    const copy = structuredClone(ranking);
    change(copy);
    try {
      Ranking.verify(copy, inputs, weights);
    } catch (error) {
      return (error as NotThisRanking).field;
    }
    return "none";
  };
  const of = (copy: Ranking.Ranking, at: number) => copy.candidates[at] as unknown as { parts: object };
  expect(field((copy) => Object.assign(of(copy, 1), { score: 1 }))).toBe("candidates[1].score");
  expect(field((copy) => Object.assign(of(copy, 0).parts, { words: 1 }))).toBe("candidates[0].parts.words");
  expect(field((copy) => Object.assign(copy, { extra: 1 }))).toBe("extra");
  expect(field(() => 0, Weights.GIVEN)).toBe("weights");
  expect(field(() => 0, learnt, all.slice(1))).toBe("inputs.cases");
  expect(field(() => 0, learnt, [{ ...(all[0] as (typeof all)[0]), title: "x" }, ...all.slice(1)])).toBe("inputs.hash");
});

test("behavior: the loser is told what the first had more of, in both languages", () => {
  const ranking = Ranking.rank(all, request);
  const [first, , third] = ranking.candidates.map(({ provider }) => provider);
  const says = Ranking.whyNot(ranking, third ?? "");
  expect(says.en).toMatch(
    new RegExp(`^${third} is in place 3, −[0-9.]+ against ${first} in the first: .*similar past work`),
  );
  expect(says.zh).toMatch(new RegExp(`^${third} 排在第 3 位，与第一位 ${first} 相差 −[0-9.]+：.*相似的既往工作`));
  expect(Ranking.whyNot(ranking, first ?? "").en).toBe(`${first} comes first.`);
  expect(Ranking.whyNot(ranking, "stranger").en).toContain("is not among the");
});

test("behavior: no case, an empty title, right-to-left text and a megabyte give a ranking all the same", () => {
  expect(Ranking.rank([], request)).toMatchObject({ candidates: [], others: 0 });
  for (const title of ["", "\u202Eعربي שלום", "x ".repeat(500_000)]) {
    expect(Ranking.rank(all, { ...request, title }).candidates.length).toBeGreaterThan(3);
  }
});

test("error: what is no ranking, and weights with a tree that leads nowhere", () => {
  expect(() => Ranking.parse({ request, candidates: [] })).toThrow("ranking");
  expect(() => Ranking.parse(null)).toThrow("ranking");
  const tree = { feature: [0, -1, -1], threshold: [0, 0, 0], left: [0, 0, 0], right: [2, 0, 0], value: [0, 1, 2] };
  expect(() => Weights.parse({ ...Weights.GIVEN, trees: [tree] })).toThrow("trees[0]");
  expect(() => Weights.parse({ ...Weights.GIVEN, linear: { nothing: 1 } })).toThrow("linear.nothing");
  expect(Weights.parse(JSON.parse(JSON.stringify(learnt)))).toEqual(learnt);
});
