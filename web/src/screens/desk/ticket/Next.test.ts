import { expect, test } from "vitest";
import * as Next from "./Next.ts";

test("goes down the queue, then to what is left at its top", () => {
  expect(Next.after(["a", "b", "c"], "a")).toBe("b");
  expect(Next.after(["a", "b", "c"], "c")).toBe("a");
  expect(Next.after(["a"], "a")).toBeUndefined();
  expect(Next.after([], "a")).toBeUndefined();
});

test("one that left the queue meanwhile goes on at the top", () => {
  expect(Next.after(["b", "c"], "a")).toBe("b");
  expect(Next.before(["b", "c"], "a")).toBeUndefined();
});

test("goes up, and not beyond the top", () => {
  expect(Next.before(["a", "b"], "b")).toBe("a");
  expect(Next.before(["a", "b"], "a")).toBeUndefined();
});
