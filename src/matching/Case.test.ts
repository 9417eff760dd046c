import { expect, test } from "vitest";
import { problemsOf } from "../agreement/InputError.ts";
import * as Case from "./Case.ts";

const good = { id: 1, at: 1_000, area: "web", title: "x", provider: "a", providers: ["a", "b"] };
const text = (...rows: unknown[]) =>
  rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");

test("behavior: reads lines, blank ones left out, a lone provider taken for all", () => {
  const { providers: _, ...alone } = { ...good, id: "R-2", at: 1_001 };
  expect(Case.read(`\uFEFF${text(good, "", alone)}\r\n`)).toEqual({
    cases: [good, { ...alone, providers: ["a"] }],
    problems: [],
  });
});

test("error: every broken line with its number and field", () => {
  const broken = text(
    good,
    "{not json",
    { ...good, at: "1000" },
    { ...good, at: 1.5e12, provider: "", providers: [] },
    { ...good, at: 999 },
    { ...good, title: 7, area: null, id: -1 },
    [],
  );
  const found = problemsOf(() => Case.read(broken)).map((problem) => {
    const { line, field, name } = problem as InstanceType<typeof import("./Errors.ts").BadLine>;
    return `${line} ${field} ${name}`;
  });
  expect(found).toEqual([
    "2 json BadLine",
    "3 at BadLine",
    "4 at BadLine",
    "4 provider BadLine",
    "4 providers BadLine",
    "5 at OutOfOrder",
    "6 id BadLine",
    "6 area BadLine",
    "6 title BadLine",
    "7 json BadLine",
  ]);
});

test("behavior: good lines are kept only if asked, and the others told in both languages", () => {
  const { cases, problems } = Case.read(text(good, "{", { ...good, at: 1_002 }), { keepGood: true });
  expect(cases.map(({ at }) => at)).toEqual([1_000, 1_002]);
  expect(problems.map((problem) => [problem.in("en"), problem.in("zh")])).toEqual([
    [
      'json: line 2 is no case. Found "{"; expected one JSON object. Correct the line, or ask to keep only the good ones.',
      'json：第 2 行不是有效案例。现为 "{"，应为一个 JSON 对象。请更正该行，或选择仅保留有效行。',
    ],
  ]);
});

test("behavior: a title of a megabyte is refused, one in any script is read", () => {
  expect(problemsOf(() => Case.read(text({ ...good, title: "x".repeat(1_000_000) })))).toHaveLength(1);
  const titles = ["نظام الدفع \u202Eabc", "支付 checkout ошибка", ""];
  expect(Case.read(text(...titles.map((title) => ({ ...good, title })))).cases).toHaveLength(3);
});

test("behavior: what happened at one moment belongs together", () => {
  const at = [1, 1, 2, 3, 3, 3].map((at) => ({ ...good, at }));
  expect([Case.together(at, 0), Case.together(at, 2), Case.together(at, 3)]).toEqual([2, 1, 3]);
});
