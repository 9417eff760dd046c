import { describe, expect, test } from "vitest";
import * as Errors from "./Errors.ts";
import { BadInput, both, CommendaError, InputError, type Place, problemsOf, show } from "./InputError.ts";

const expected = both("this", "此");
const facts = {
  known: ["a"],
  first: "a",
  expected,
  character: "U+200B",
  index: 0,
  word: "Аpple",
  reads: "Apple",
  scale: 2,
  max: 4,
  now: "2027-01-01T00:00Z",
  other: "parties.client",
};
type Kind = new (place: Place & typeof facts) => InputError;
const kinds = Object.entries(Errors).filter(([name]) => name !== "TextMismatch") as unknown as [string, Kind][];

describe("every kind of bad input", () => {
  test.each(kinds)("%s says field, value, expectation and what to do, in both languages", (name, Kind) => {
    const error = new Kind({ field: "milestones[2].review", found: "x", ...facts });
    expect(error).toBeInstanceOf(InputError);
    expect(error).toBeInstanceOf(CommendaError);
    expect([error.name, error.next, error.field, error.found]).toEqual([name, "fix", "milestones[2].review", '"x"']);
    expect(error.message).toBe(
      `milestones[2].review: ${error.title.en}. Found "x"; expected ${error.expected.en}. ${error.fix.en}.`,
    );
    expect(error.in("zh")).toBe(
      `milestones[2].review：${error.title.zh}。现为 "x"，应为${error.expected.zh}。${error.fix.zh}。`,
    );
    expect(error.in("zh")).toMatch(/\p{Script=Han}/u);
    expect(error.in("en")).not.toMatch(/undefined|\[object/);
    expect(error.in("zh")).not.toMatch(/undefined|\[object/);
  });
});

test("behavior: has an RFC 9457 form in either language", () => {
  const error = new Errors.WindowTooShort({ field: "milestones[2].review", found: "1 day" });
  expect(error.toProblem()).toEqual({
    type: "/problems/window-too-short",
    title: "the window is too short to act in",
    status: 422,
    detail:
      'milestones[2].review: the window is too short to act in. Found "1 day"; expected at least 3 days. Lengthen it.',
    next: "fix",
    field: "milestones[2].review",
    pointer: "#/milestones/2/review",
    found: '"1 day"',
    expected: "at least 3 days",
    fix: "Lengthen it",
  });
  expect(error.toProblem("zh")).toMatchObject({ title: "期限过短", expected: "至少 3 天", fix: "请延长期限" });
});

test("behavior: many problems are one error that lists them all", () => {
  const problems = ["a", "b"].map((field) => new Errors.FeeOverCap({ field, found: "5 %" }));
  const error = new BadInput(problems);
  expect(error.message).toBe(`The input has 2 problems:\n${problems.map(({ message }) => `- ${message}`).join("\n")}`);
  expect(error.in("zh")).toContain("输入有 2 处问题");
  expect(error.toProblem()).toMatchObject({
    type: "/problems/bad-input",
    status: 422,
    errors: problems.map((problem) => problem.toProblem()),
  });
});

test("behavior: prints any value so that all of it can be seen", () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  expect([
    show("a\u200Bb"),
    show("a\u00A0b c"),
    show(5n),
    show({ amount: 5n }),
    show(undefined),
    show(() => 1),
    show(cycle),
    [...show("x".repeat(200))].length,
  ]).toEqual(['"a\\u{200B}b"', '"a\\u{A0}b c"', "5", '{"amount":"5"}', "nothing", "() => 1", "[object Object]", 80]);
});

test("behavior: errors that are not ours go through", () => {
  expect(() =>
    problemsOf(() => {
      throw new TypeError("a bug");
    }),
  ).toThrow(new TypeError("a bug"));
});
