import { expect, test } from "vitest";
import type { Case } from "./Case.ts";
import * as Evaluation from "./Evaluation.ts";
import { cases } from "./testing/Cases.ts";
import * as Weights from "./Weights.ts";

const gauge = { seconds: () => 0, megabytes: () => 0 };
const row = (at: number, provider: string): Case => ({
  id: at,
  at,
  area: "a",
  title: "t",
  provider,
  providers: [provider],
});

test("behavior: figures of places", () => {
  const found = Evaluation.figuresOf([1, 2, 7, 11, 21, Number.POSITIVE_INFINITY]);
  expect(found.top1).toBeCloseTo(1 / 6, 12);
  expect(found.top5).toBeCloseTo(2 / 6, 12);
  expect(found.top10).toBeCloseTo(3 / 6, 12);
  expect(found.mrr20).toBeCloseTo((1 + 1 / 2 + 1 / 7 + 1 / 11) / 6, 12);
  expect(found.ndcg10).toBeCloseTo((1 + 1 / Math.log2(3) + 1 / Math.log2(8)) / 6, 12);
});

test("behavior: of one moment all are asked before any is revealed; nothing later is known, of the training either", () => {
  const log: string[] = [];
  const way: Evaluation.Way = {
    rank: ({ at }) => {
      log.push(`ask ${at}`);
      return [];
    },
    reveal: ({ at, provider }) => void log.push(`${provider}${at}`),
  };
  const train = [row(1, "x"), row(4, "x"), row(5, "x"), row(9, "x")];
  const data = { train, test: [row(4, "y"), row(5, "y"), row(5, "z"), row(7, "y")] };
  Evaluation.run(way, data, gauge);
  expect(log.join(", ")).toBe("x1, ask 4, y4, x4, ask 5, ask 5, y5, z5, x5, ask 7, y7");
  expect(Evaluation.learnable(data)).toEqual([row(1, "x")]);
});

test("behavior: learnt weights beat those given and the simple ways", () => {
  const all = cases(1_500);
  const data = { train: all.slice(0, 1_200), test: all.slice(1_200) };
  const learnt = Weights.learn(data.train, { trees: 30, leaves: 8 });
  const top1 = (way: Evaluation.Way) => Evaluation.run(way, data, gauge).top1;
  const ways = [...Object.values(Evaluation.BASELINES).map((make) => make()), Weights.way(Weights.GIVEN)];
  expect(Math.max(...ways.map(top1))).toBeLessThan(top1(Weights.way(learnt)));
});

test("behavior: whoever was never seen is a miss, and so is everyone before the first case", () => {
  const data = { train: [], test: [row(1, "a"), row(2, "b")] };
  for (const way of [Weights.way(Weights.GIVEN), ...Object.values(Evaluation.BASELINES).map((make) => make())]) {
    expect(Evaluation.run(way, data, gauge)).toMatchObject({ top1: 0, top10: 0, mrr20: 0 });
  }
});
