import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import * as Deal from "./Deal.ts";
import type { BadFile } from "./Errors.ts";
import * as Source from "./Source.ts";
import { deal, SAMPLE } from "./testing/Deals.ts";

const problems = (text: string): BadFile => {
  try {
    Deal.read(Source.parse(text, "deal.yaml"));
  } catch (error) {
    return error as BadFile;
  }
  throw new Error("nothing was wrong");
};
/** Line, column, and the English words of each problem. */
const told = (text: string) => problems(text).in("en").split("\n").slice(1);
const edited = (from: string, to: string) => SAMPLE.replace(from, to);

describe("what is wrong with a deal file is told with its line", () => {
  const cases: [why: string, text: string, en: string][] = [
    [
      "an unknown field",
      edited("currency:", "curency:"),
      '- line 6, column 1: curency: this field is not known. Found "CNY"; expected one of commenda, zone',
    ],
    ["a missing field", edited("currency: CNY\n", ""), "- line 1, column 1: currency: this field is missing."],
    [
      "an amount with separators",
      edited("20000", '"20,000"'),
      '- line 8, column 18: milestones[0].amount: this is not a plain number. Found "20,000"; expected digits like "1234.50", as a string. Leave out separators between digits.',
    ],
    [
      "a comma in braces",
      edited("20000", "20,000"),
      "- line 8, column 5: milestones[0]: a comma inside { } begins a new field.",
    ],
    ["an exponent", edited("20000", "2e4"), "Write all digits instead of an exponent."],
    ["a negative amount", edited("20000", "-5"), "Give an amount that is not negative."],
    [
      "a date that is none",
      edited("day 40", "day forty"),
      '- line 8, column 48: milestones[0].due: this is not a time. Found "day forty"; expected a date like 2027-03-01',
    ],
    [
      "a date without a form",
      edited("day 40", "40"),
      "milestones[0].due: the value has the wrong form. Found 40; expected a text in quotes.",
    ],
    ["a name with capitals", edited("name: one", "name: One"), "milestones[0].name: the value has the wrong form."],
    [
      "neither amount nor share",
      edited("amount: 20000, ", ""),
      "milestones[0].amount: this field is missing. Found nothing; expected either an amount or a share of the fee.",
    ],
    [
      "both amount and share",
      edited("amount: 20000", "amount: 20000, share: 5 %"),
      "milestones[0].amount: this contradicts another clause.",
    ],
    ["a share without %", edited("amount: 20000", "share: 20"), "milestones[0].share"],
    ["a text in one language only", edited("en: Sample, zh: 样例", "en: Sample"), "title.zh: this field is missing."],
    [
      "characters that cannot be seen",
      edited("en: Sample", 'en: "Sam\\u200Bple"'),
      "title.en: it holds U+200B, which cannot be seen, at position 4.",
    ],
    ["no milestones", `${SAMPLE.split("milestones:")[0]}milestones: []\n`, "milestones: the value has the wrong form."],
    ["a list instead of fields", "- a\n- b\n", "- line 1, column 1: document: the value has the wrong form."],
    ["an empty file", "", "document"],
    [
      "a bonus in other words",
      `${SAMPLE}outcome: { metric: users, bonus: 15 % over 120 % }\n`,
      'outcome.bonus: the value has the wrong form. Found "15 % over 120 %"; expected a bonus like "15 % from 120 %".',
    ],
    [
      "a happening of two things",
      `${SAMPLE}happens:\n  - { delivered: one, accepted: one }\n`,
      "- line 12, column 5: happens[0]: each entry says one thing that happens.",
    ],
    [
      "a happening of nothing",
      `${SAMPLE}happens:\n  - { on: day 3 }\n`,
      "happens[0]: each entry says one thing that happens.",
    ],
    [
      "an unknown happening",
      `${SAMPLE}happens:\n  - { on: day 3, deliverd: one }\n`,
      "- line 12, column 18: happens[0].deliverd: this field is not known.",
    ],
    [
      "a word that is no happening",
      `${SAMPLE}happens:\n  - signed\n`,
      'happens[0]: the value has the wrong form. Found "signed"; expected one of signed and opened.',
    ],
    [
      "a silence without end",
      `${SAMPLE}happens:\n  - { silence: for ever }\n`,
      'happens[0].silence: the value has the wrong form. Found "for ever"; expected a length like 15 days, "until day 40", or "to the end".',
    ],
    [
      "a clause of a change order",
      `${SAMPLE}happens:\n  - change order: { review: 5 }\n`,
      'happens[0]["change order"].review',
    ],
    ["a clause of the terms in full", `${SAMPLE}terms:\n  law: { governing: x }\n`, "terms.law.governing"],
  ];
  test.each(cases)("error: %s", (_why, text, en) => {
    expect(told(text).join("\n")).toContain(en);
    expect(problems(text).in("zh")).not.toMatch(/undefined|\[object/);
    expect(problems(text).in("zh")).toMatch(/^deal\.yaml 有 \d+ 处问题：\n- 第 \d+ 行第 \d+ 列：/);
  });

  test("behavior: all at once, in the order of the file, and for programs", () => {
    const text = edited("CNY", "[]").replace("20000", "x").replace("day 70", "never");
    expect(problems(text).problems.map(({ at }) => at?.line)).toEqual([6, 8, 9]);
    expect(problems(text).toProblem()).toMatchObject({
      type: "/problems/bad-file",
      status: 422,
      file: "deal.yaml",
      errors: [{ line: 6 }, { line: 8, field: "milestones[0].amount", pointer: "#/milestones/0/amount" }, { line: 9 }],
    });
  });
});

test("behavior: tells a deal from a terms document", () => {
  expect(Deal.isDeal(Source.parse(SAMPLE))).toBe(true);
  expect(Deal.isDeal(Source.parse("version: commenda/1"))).toBe(false);
});

test("behavior: day 0 is the day of the opening in the deal's zone", () => {
  const { deal: late } = deal('zone: "+08:00"\n', edited("2027-03-01", "2027-03-01 20:30"));
  const { opening, dayZero } = Deal.frame(late);
  expect(opening - dayZero).toBe(20 * 60 + 30);
  expect(new Date(dayZero * 60_000).toISOString()).toBe("2027-02-28T16:00:00.000Z");
});

describe("the published schema", () => {
  const file = new URL("../../docs/deal.schema.json", import.meta.url);
  const published = JSON.parse(readFileSync(file, "utf8"));

  test("behavior: is that of the code; `npx node scripts/schema.ts` writes it", () => {
    expect(published).toEqual(Deal.jsonSchema());
    expect(published.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  });

  test("behavior: describes every field in both languages", () => {
    const silent: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string) => {
      const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
      for (const [name, inner] of Object.entries(properties)) {
        const { description, $ref } = inner;
        const named = String($ref ?? "").replace("#/$defs/", "");
        const text = String(description ?? published.$defs[named]?.description ?? "");
        const isPlain = ["en", "zh", "prevails"].includes(name) || path.includes("terms");
        if (!isPlain && !/.+ · .*\p{Script=Han}/u.test(text)) silent.push(`${path}.${name}`);
        walk(inner, `${path}.${name}`);
      }
    };
    walk(published.$defs.milestone, "milestone");
    walk(published, "");
    walk(published.$defs.happening, "happening");
    expect(silent).toEqual([]);
  });

  test("behavior: takes the annotated examples, and refuses what is not a deal", () => {
    const judge = z.fromJSONSchema(published);
    for (const language of ["en", "zh"]) {
      const { value } = Source.open(new URL(`annotated/deal.${language}.yaml`, import.meta.url).pathname);
      expect(judge.safeParse(value).error?.issues ?? []).toEqual([]);
    }
    expect(judge.safeParse(Source.parse(SAMPLE).value).success).toBe(true);
    expect(judge.safeParse({ ...(Source.parse(SAMPLE).value as object), unknown: 1 }).success).toBe(false);
    expect(judge.safeParse({}).success).toBe(false);
  });
});
