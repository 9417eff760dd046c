import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsOf } from "../agreement/InputError.ts";
import type { BadLine } from "./Errors.ts";
import * as Import from "./Import.ts";

const lines = (text: string, format: Import.Format) =>
  problemsOf(() => Import.read(text, format)).map((each) => [(each as BadLine).line, each.field]);

test("behavior: CSV with quotes, Chinese, days and skills", () => {
  const text =
    'ID,at,title,area,skills\r\n1,2026-03-01,"Shop, with ""cart""\nand pay",web,React;支付\r\n2,1700000000,小程序商城,,\n';
  expect(Import.read(text, "csv").cases).toEqual([
    { id: "1", at: 1_772_323_200, area: "web", title: 'Shop, with "cart"\nand pay', skills: ["react", "payments"] },
    { id: "2", at: 1_700_000_000, area: "-", title: "小程序商城", skills: ["mini-program", "e-commerce"] },
  ]);
});

test("behavior: broken lines are told with number and field; the good ones are kept only if asked", () => {
  const text =
    "id,at,title,skills\n1,2026-03-01,Good,\n1,2026-03-01,Twice,\n3,2026-02-30,No day,\n4,1,,\n5,1,Skill,Kuberntes\n";
  expect(lines(text, "csv")).toEqual([
    [3, "id"],
    [4, "at"],
    [5, "title"],
    [6, "skills"],
  ]);
  const { cases, problems } = Import.read(text, "csv", { keepGood: true });
  expect([cases.map(({ id }) => id), problems.length]).toEqual([["1"], 4]);
  expect(problems[3]?.in("zh")).toContain("kubernetes");
  expect(lines("a,b\n1,2", "csv")).toEqual([[1, "columns"]]);
  expect(lines('id,at,title\n1,1,"open', "csv")).toEqual([[2, "quote"]]);
  expect(lines('{"id":1,"at":1,"title":"x"}\n[]\nnope\n{"id":2,"at":-1,"title":"y","skills":{}}', "jsonl")).toEqual([
    [2, "line"],
    [3, "line"],
    [4, "at"],
    [4, "skills"],
  ]);
  expect(lines("not git at all", "git")).toEqual([[1, "commit"]]);
  expect(lines("x\n".repeat(5_000), "jsonl")).toHaveLength(100);
});

test("behavior: each commit of a git log is a case, its area what was changed most", () => {
  const hash = "a".repeat(40);
  const text = `commit\t${hash}\t1700000000\tFix: the\tcart\n12\t3\tsrc/shop.ts\n-\t-\tlogo.png\n400\t0\tsrc/{old => new}/api.py\n\ncommit\t${"b".repeat(40)}\t1700000100\tNotes\n`;
  expect(Import.read(text, "git").cases).toEqual([
    { id: hash, at: 1_700_000_000, area: "python", title: "Fix: the cart", skills: ["python", "typescript"] },
    { id: "b".repeat(40), at: 1_700_000_100, area: "-", title: "Notes", skills: [] },
  ]);
});

test("property: no text breaks it", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.constantFrom(...Import.FORMATS), (text, format) => {
      const { cases } = Import.read(`id,at,title\n${text}`, format, { keepGood: true });
      expect(Array.isArray(cases)).toBe(true);
    }),
  );
});
