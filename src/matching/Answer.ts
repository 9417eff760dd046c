/** What somebody answers to a question about a brief, in words of either language, as the field that it is about. */
import { Errors, InputError } from "../agreement/index.ts";
import * as Brief from "./Brief.ts";
import { UnknownSkill } from "./Errors.ts";
import * as Skill from "./Skill.ts";

const { both } = InputError;
type Words = InputError.Words;

/** An answer is short, so it is read with the word beside it that a whole text would have. */
const ASKED: Readonly<Partial<Record<Brief.Field, string>>> = {
  budget: "budget",
  overlap: "overlap, time zone",
  start: "start",
  term: "within",
};

const EXPECTED: Readonly<Record<Brief.Field, Words>> = {
  outcome: both("a sentence", "一句话"),
  skills: both("skills such as React, PostgreSQL", "技能，如 React、PostgreSQL"),
  criteria: both("a sentence that says when it is done", "一句说明完成标准的话"),
  compliance: both("names such as GDPR, or: none", "名称如 GDPR、等保，或“无”"),
  budget: both("an amount with its currency, like 20,000 EUR", "带货币的金额，如 20 万元"),
  overlap: both("hours and a place or an offset, like 4 hours with Berlin", "小时数与地点或时差，如与柏林重叠 4 小时"),
  start: both("a day like 2027-03-01, or: as soon as possible", "日期如 2027-03-01，或“尽快”"),
  term: both("a stretch of time like 6 weeks", "时长，如六周"),
};

const NOTHING = /^(no|none|nothing|not? (needed|required)|n\/a|无|没有|不需要|不用|否)[.。!！]?$/i;

/** The brief with the answer in it. `at`: today, in days since 1970. Throws `BadInput` for what is no answer to that. */
export function give(brief: Brief.Brief, field: Brief.Field, answer: string, at: number): Brief.Brief {
  const value = read(field, answer.trim(), at);
  if (value !== undefined) return { ...brief, [field]: value };
  throw new InputError.BadInput([new Errors.WrongForm({ field: "answer", found: answer, expected: EXPECTED[field] })]);
}

function read(field: Brief.Field, answer: string, at: number): unknown {
  if (answer === "") return undefined;
  switch (field) {
    case "outcome":
      return answer;
    case "criteria":
      return [answer];
    case "skills":
      return names(answer);
    case "compliance":
      return NOTHING.test(answer) ? [] : names(answer);
    default: {
      // Bare words like "4 hours, Berlin" name no field by themselves.
      const text = `${ASKED[field] ?? ""}: ${answer.replace(/[.。!?！？;；\n]+/g, ", ")}`;
      return Brief.parse(text, at)[field];
    }
  }
}

/** What the answer names; where it names nothing that is known, what may have been meant is told. */
function names(answer: string): readonly string[] {
  const found = Skill.find(answer);
  if (found.length > 0) return found;
  const parts = answer.split(/[,，、;；/\n]+/).map((part) => part.trim());
  const problems = parts
    .filter(Boolean)
    .slice(0, 20)
    .map((part, at) => new UnknownSkill({ field: `answer[${at}]`, found: part, near: Skill.near(part) }));
  throw new InputError.BadInput(problems);
}

/** Names of skills, by name or synonym in either language. Throws `BadInput` with those that are unknown and what is near. */
export function skillsOf(names: readonly string[], field: string): readonly string[] {
  const problems: InputError.InputError[] = [];
  const found = names.map((name, at) => {
    const known = Skill.parse(name);
    if (known === undefined)
      problems.push(new UnknownSkill({ field: `${field}[${at}]`, found: name, near: Skill.near(name) }));
    return known ?? name;
  });
  if (problems.length > 0) throw new InputError.BadInput(problems);
  return [...new Set(found)];
}
