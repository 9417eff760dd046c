import { expect, test } from "vitest";
import { next } from "./Asking.ts";

const questions = [{ field: "budget" }, { field: "term" }] as const;

test("behavior: one question after the other, none twice, none after the fifth", () => {
  expect(next(questions, [])).toEqual({ field: "budget" });
  expect(next(questions, ["budget"])).toEqual({ field: "term" });
  expect(next(questions, ["term", "budget"])).toBeUndefined();
  expect(next(questions, ["skills", "compliance", "overlap", "start", "term"])).toBeUndefined();
});
