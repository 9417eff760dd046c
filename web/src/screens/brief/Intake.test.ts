import { describe, expect, test } from "vitest";
import * as Intake from "./Intake.ts";

/** 2027-01-04. */
const at = 20_822 * 86_400;
const read = (text: string, answers: Intake.Fields = {}) => Intake.understand({ text, answers, at });

describe("Intake", () => {
  test("of nothing, nothing is understood, and nothing is said", () => {
    expect(read("  \n ")).toEqual({ fields: undefined, problem: undefined });
  });

  test("error: a text that is too long, and one without a word, say what to do", () => {
    expect(read("a ".repeat(60_000)).problem).toEqual({
      en: "it is too long. Say the essential and attach the rest as a file.",
      zh: "内容过长。请写明要点，其余作为附件提供。",
    });
    expect(read("！！！").problem?.en).toBe("nothing is said here. Say in a sentence what you need.");
  });

  test("behavior: a text in either language is understood alike", () => {
    const understood = {
      skills: expect.arrayContaining(["rust", "payments"]),
      ...{ budget: { currency: "USD", most: 60_000 }, start: "2027-02-01", term: 84 },
    };
    for (const text of [
      "Rewrite our payment service in Rust. Budget USD 60k, start on 2027-02-01, within 12 weeks.",
      "用 Rust 语言重写我们的支付服务。预算 6 万美元，2027年2月1日开始，工期十二周。",
    ]) {
      expect(read(text).fields).toMatchObject(understood);
    }
  });

  test("behavior: what was put right goes before what the text says", () => {
    const budget = { currency: "EUR", most: 50_000 };
    expect(read("Rewrite it in Rust. Budget USD 60k.", { budget }).fields?.budget).toEqual(budget);
  });

  test("text that runs from right to left, among others, is read and kept as text", () => {
    const text = "נדרש אתר React עבור חנות \u202E<b>shop</b>, budget USD 20k.";
    expect(read(text).fields).toMatchObject({ skills: ["react"], budget: { currency: "USD", most: 20_000 } });
  });
});
