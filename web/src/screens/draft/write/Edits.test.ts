import { describe, expect, test } from "vitest";
import * as Terms from "../../../../../src/agreement/Terms.ts";
import * as Paper from "../../../agreement/Paper.ts";
import * as Edits from "./Edits.ts";

const whole = () => Terms.example() as unknown as Paper.Paper;
const problems = (paper: Paper.Paper) => {
  const checked = Terms.check(paper);
  return "problems" in checked ? checked.problems.map(({ field }) => field) : [];
};

describe("setAmount", () => {
  test("behavior: the net amount goes along where there is no tax", () => {
    const next = Edits.setAmount({ milestones: [{ amount: "5", net: "5", tax: "0" }] }, 0, "7");
    expect(next).toEqual({ milestones: [{ amount: "7", net: "7", tax: "0", withholding: "0" }] });
  });
  test("behavior: written taxes stay, and the sum is a problem to see", () => {
    const next = Edits.setAmount(whole(), 0, "21000");
    expect(Paper.at(next, "milestones[0].tax")).toBe("1132.08");
    expect(problems(next)).toEqual(["milestones[0].amount"]);
  });
});

test("addMilestone: the next one, ready but for what only people know", () => {
  const next = Edits.addMilestone(whole());
  expect(Paper.at(next, "milestones[3]")).toMatchObject({
    ...{ name: "milestone-4", start: "2027-04-30T10:00Z", review: "7 days", criteria: ["criterion-6"] },
  });
  const empty = Edits.addMilestone({});
  expect(Paper.at(empty, "milestones[0].name")).toBe("milestone-1");
});

test("dropMilestone: what only spoke of it goes too", () => {
  const next = Edits.dropMilestone(whole(), 1);
  expect(problems(next)).toEqual([]);
  expect(Paper.listAt(next, "inputs")).toEqual([]);
  expect(Paper.listAt(next, "criteria").map((one) => Paper.at(one, "name"))).toEqual([
    "prototype",
    "live",
    "hand-over",
  ]);
});

test("criteria: added, weighed evenly, dropped; their weights always sum up", () => {
  const more = Edits.evenWeights(Edits.addCriterion(Edits.addCriterion(whole(), 0), 0), 0);
  const weights = Edits.criteriaOf(more, 0).map((place) => Paper.at(more, `criteria[${place}].weight`));
  expect(weights).toEqual(["33.34 %", "33.33 %", "33.33 %"]);
  const one = Edits.dropCriterion(whole(), 0);
  expect(Paper.at(one, "milestones[0].criteria")).toEqual([]);
});

test("setOutcome: without it no option speaks of it", () => {
  const next = Edits.setOutcome(whole(), false);
  expect(problems(next)).toEqual([]);
  expect(Edits.setOutcome(next, true).outcome).toMatchObject({ metric: "reported" });
});

test("setArbitrator: without one the deposit goes too", () => {
  expect(problems(Edits.setArbitrator(whole(), false))).toEqual([]);
});

test("byCode, byPeople: behavior: what was said and what it weighs stays; all that was of a suite comes and goes", () => {
  const what = { en: "Orders add up", zh: "订单计算正确" };
  const people = { name: "orders", what, how: "inspection", by: "client", weight: "60 %" };
  const clause = {
    ...people,
    what: { en: "Shop", zh: "商城" },
    how: "test suite",
    by: "both",
    weight: "100 %",
    suite: "0x1",
  };
  const coded = Edits.byCode({ criteria: [people] }, "criteria[0]", { ...clause, run: { kind: "command" } });
  expect(coded).toEqual({
    criteria: [{ ...people, how: "test suite", by: "both", suite: "0x1", run: { kind: "command" } }],
  });
  const silent = Edits.byCode({ criteria: [{ name: "orders", what: {}, sealed: [{}] }] }, "criteria[0]", clause);
  expect(silent).toEqual({
    criteria: [{ name: "orders", what: clause.what, how: "test suite", by: "both", suite: "0x1" }],
  });
  expect(Edits.byPeople(coded, "criteria[0]")).toEqual({ criteria: [people] });
});
