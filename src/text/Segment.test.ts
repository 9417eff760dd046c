import fc from "fast-check";
import { expect, test } from "vitest";
import { dictionary, segment } from "./Segment.ts";

test("behavior: the fewest words, pairs where the dictionary knows none", () => {
  expect(segment("我们需要开发微信小程序")).toEqual(["我们", "需要", "开发", "微信", "小程序"]);
  expect(segment("人工智能模型训练")).toEqual(["人工智能", "模型", "训练"]);
  expect(segment("龘靐齉")).toEqual(["龘靐", "靐齉"]);
  expect(segment("龘")).toEqual(["龘"]);
  expect(segment("")).toEqual([]);
});

test("behavior: the words of a trade come as an argument", () => {
  const trade = dictionary(["微服务", "服务网格", "网格"]);
  expect(segment("微服务网格", trade)).toEqual(["微服务", "网格"]);
  expect(segment("服务网格", trade)).toEqual(["服务网格"]);
});

test("property: no character is lost", () => {
  const han = fc.string({ unit: fc.constantFrom(..."我们需要开发系统数据库的人工智能龘靐") });
  fc.assert(fc.property(han, (run) => void expect(new Set(segment(run).join(""))).toEqual(new Set(run))));
});

test("behavior: 100,000 characters in one run", () => {
  expect(segment("数据库".repeat(33_334))).toHaveLength(33_334);
});
