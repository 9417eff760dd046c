import { describe, expect, test } from "vitest";
import * as Paper from "./Paper.ts";

const paper = { title: { en: "A" }, milestones: [{ name: "one" }, { name: "two", amount: "5" }] };

describe("put", () => {
  test("behavior: changes one field and leaves the rest the same object", () => {
    const next = Paper.put(paper, "milestones[1].amount", "7");
    expect(next).toEqual({ title: { en: "A" }, milestones: [{ name: "one" }, { name: "two", amount: "7" }] });
    expect(next.title).toBe(paper.title);
    expect((next.milestones as unknown[])[0]).toBe(paper.milestones[0]);
    expect(paper.milestones[1]).toEqual({ name: "two", amount: "5" });
  });
  test("behavior: makes what is missing on the way", () => {
    expect(Paper.put({}, "outcome.points[0].value", "0")).toEqual({ outcome: { points: [{ value: "0" }] } });
    expect(Paper.put({ law: "none" }, "law.forum.kind", "court")).toEqual({ law: { forum: { kind: "court" } } });
  });
  test("behavior: undefined takes the field out", () => {
    expect(Paper.put(paper, "milestones[1].amount", undefined)).toEqual({
      title: { en: "A" },
      milestones: [{ name: "one" }, { name: "two" }],
    });
  });
});

test("add and drop: lists that are none count as empty", () => {
  expect(Paper.add({ inputs: "?" }, "inputs", { what: 1 })).toEqual({ inputs: [{ what: 1 }] });
  expect(Paper.drop(paper, "milestones", 0)).toEqual({
    title: { en: "A" },
    milestones: [{ name: "two", amount: "5" }],
  });
});

test("at: own fields only, and what is no text is shown", () => {
  expect(Paper.at(paper, "milestones[1].amount")).toBe("5");
  expect(Paper.at(paper, "milestones[9].amount")).toBeUndefined();
  expect(Paper.at(paper, "constructor")).toBeUndefined();
  expect(Paper.textAt({ days: { a: 1 } }, "days")).toBe('{"a":1}');
});

test("same: by what is said, not by order", () => {
  expect(Paper.same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
  expect(Paper.same([1, 2], [2, 1])).toBe(false);
  expect(Paper.same({ a: undefined }, {})).toBe(false);
});
