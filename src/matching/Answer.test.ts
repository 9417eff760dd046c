import { expect, test } from "vitest";
import { problemsOf } from "../agreement/InputError.ts";
import * as Answer from "./Answer.ts";
import * as Brief from "./Brief.ts";
import { dayOf } from "./Provider.ts";

const TODAY = 20_822;
const brief = Brief.parse("We want to sell online.", TODAY);

test.each<[Brief.Field, string, unknown]>([
  ["budget", "20,000 EUR", { currency: "EUR", most: 20_000 }],
  ["budget", "10 到 15 万元。", { currency: "CNY", least: 100_000, most: 150_000 }],
  ["overlap", "4 hours with Berlin", { hours: 4, offset: 60 }],
  ["overlap", "每天 3 小时，北京", { hours: 3, offset: 480 }],
  ["start", "尽快", TODAY],
  ["start", "2027-03-01", dayOf("2027-03-01")],
  ["term", "六周", 42],
  ["term", "3 months", 90],
  ["compliance", "没有", []],
  ["compliance", "none", []],
  ["compliance", "GDPR、等保", ["gdpr", "mlps"]],
  ["skills", "微信小程序和支付", ["mini-program", "payments"]],
  ["outcome", "一家网店", "一家网店"],
  ["criteria", "Ten orders go through.", ["Ten orders go through."]],
])("behavior: %s: %s", (field, answer, value) => {
  expect(Answer.give(brief, field, answer, TODAY)[field]).toEqual(value);
});

test("error: what is no answer to that is told with what would be one", () => {
  const problem = (field: Brief.Field, answer: string) =>
    problemsOf(() => Answer.give(brief, field, answer, TODAY)).map((each) => each.in("en"));
  expect(problem("budget", "a lot")[0]).toContain("an amount with its currency");
  expect(problem("term", "soon")[0]).toContain("6 weeks");
  expect(problem("skills", "Kuberntes, Pyton")).toEqual([
    expect.stringContaining("perhaps kubernetes"),
    expect.stringContaining("perhaps python"),
  ]);
  expect(problem("compliance", "whatever")).toHaveLength(1);
  expect(problemsOf(() => Answer.skillsOf(["React", "Rust语言", "Kuberntes"], "skills"))).toHaveLength(1);
});
