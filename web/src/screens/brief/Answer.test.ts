import { describe, expect, test } from "vitest";
import * as Answer from "./Answer.ts";
import type { Fields } from "./Intake.ts";

describe("Answer", () => {
  const whole: Required<Fields> = {
    outcome: "Shops take orders by phone",
    skills: ["react", "mini-program"],
    criteria: ["A page opens within a second."],
    compliance: ["gdpr"],
    budget: { currency: "EUR", least: 20_000, most: 30_000 },
    overlap: { hours: 4, offset: 480 },
    start: "2027-02-01",
    term: 90,
  };

  test("behavior: what is known fills the boxes, and they give it back", () => {
    for (const field of Object.keys(whole) as (keyof Fields)[]) {
      expect(Answer.answerOf(field, Answer.boxesOf(field, whole, 0))).toEqual({ answer: { [field]: whole[field] } });
    }
  });

  test("terms are told in the largest unit that fits", () => {
    expect(Answer.boxesOf("term", { term: 90 }, 0)).toEqual({ count: "3", unit: "months" });
    expect(Answer.boxesOf("term", { term: 14 }, 0)).toEqual({ count: "2", unit: "weeks" });
    expect(Answer.boxesOf("term", { term: 10 }, 0)).toEqual({ count: "10", unit: "days" });
  });

  test("no certificate is an answer; no skill, no money and no day are none", () => {
    expect(Answer.answerOf("compliance", { compliance: "" })).toEqual({ answer: { compliance: [] } });
    expect(Answer.answerOf("skills", { skills: " \n" })).toEqual({ wrong: "skills" });
    expect(Answer.answerOf("budget", { currency: "CNY", most: "0" })).toEqual({ wrong: "most" });
    expect(Answer.answerOf("budget", { currency: "CNY", least: "9", most: "8" })).toEqual({ wrong: "least" });
    expect(Answer.answerOf("budget", { currency: "CNY", least: "1,000", most: "80，000" })).toEqual({
      answer: { budget: { currency: "CNY", least: 1_000, most: 80_000 } },
    });
    expect(Answer.answerOf("start", { start: "2027-02-30" })).toEqual({ wrong: "start" });
    expect(Answer.answerOf("overlap", { hours: "9", offset: "0" })).toEqual({ wrong: "hours" });
    expect(Answer.answerOf("term", { count: "0", unit: "weeks" })).toEqual({ wrong: "count" });
  });

  test("offsets are written as people read them", () => {
    expect([480, 330, -300, 0].map(Answer.offsetText)).toEqual(["UTC+8", "UTC+5:30", "UTC−5", "UTC+0"]);
  });
});
