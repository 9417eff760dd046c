/** The leaves of a deal file's schema, and what zod finds wrong with a file as errors of ours. */
import * as z from "zod";
import * as Field from "../agreement/Field.ts";
import { Errors, InputError, Money, Share, Time } from "../agreement/index.ts";
import { StrayComma } from "./Errors.ts";
import * as When from "./When.ts";

const { both } = InputError;
type Words = InputError.Words;
type Problems = readonly InputError.InputError[];
type Finder = (value: string, field: string) => Problems;

/** English and Chinese in one line, as the published schema shows it. */
export const says = (en: string, zh: string) => ({ description: `${en} · ${zh}` });

/** Text or a plain number, judged as text. */
function leaf(find: Finder) {
  return z.union([z.string(), z.int()]).check((context) => {
    const { value, issues } = context;
    if (find(String(value), "").length > 0) issues.push({ code: "custom", input: value, params: { find } });
  });
}

function texts(find: Finder) {
  return z.string().check((context) => {
    const { value, issues } = context;
    if (find(value, "").length > 0) issues.push({ code: "custom", input: value, params: { find } });
  });
}

const parsed =
  (parse: (value: string, field: string) => unknown): Finder =>
  (value, field) =>
    InputError.problemsOf(() => parse(value, field));

const decimals = (value: string) => Math.min(Money.MAX_SCALE, value.split(".")[1]?.length ?? 0);
const anyFrame: When.Frame = { dayZero: Time.EARLIEST, zone: 0 };

/** From the pure room's own fields, with a description for the schema that is published. */
const of = (schema: z.core.$ZodType<string, string>) =>
  texts((value, field) => {
    const result = z.safeParse(schema, value);
    if (result.success) return [];
    const named = (problem: InputError.InputError) => renamed(problem, field, value);
    return Field.problemsIn(value, result.error.issues, () => []).map(named);
  });

export const line = of(Field.line);
export const prose = of(Field.prose);
export const name = of(Field.name).meta({
  id: "name",
  ...says("lower-case name like first-release", "小写名称，如 first-release"),
  pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
});
export const country = of(Field.country).meta({
  id: "country",
  ...says("ISO 3166-1, like CN", "ISO 3166-1 国家代码，如 CN"),
  pattern: "^[A-Z]{2}$",
});
export const address = of(Field.address).meta({
  id: "address",
  ...says("account address", "账户地址"),
  pattern: "^0x[0-9a-fA-F]{40}$",
});
export const hash = of(Field.hash).meta({ id: "hash", pattern: "^0x[0-9a-f]{64}$" });
export const words = z
  .union([line, z.strictObject({ en: line, zh: line })])
  .meta({ id: "words", ...says("one text for both languages, or {en, zh}", "双语通用的文本，或 {en, zh}") });
export const amount = leaf(parsed((value, field) => Money.parse(value, decimals(value), field))).meta({
  id: "amount",
  ...says("amount in the currency, without separators: 20000 or 0.50", "金额，不含分隔符：20000 或 0.50"),
  pattern: "^(0|[1-9][0-9]*)(\\.[0-9]+)?$",
});
export const whole = leaf(parsed(Money.parseWhole)).meta({
  id: "whole",
  ...says("whole number", "整数"),
  pattern: "^(0|[1-9][0-9]*)$",
});
export const share = texts(parsed((value, field) => Share.parse(value, field))).meta({
  id: "share",
  ...says("share like 70 %", "比例，如 70 %"),
  pattern: "^(0|[1-9][0-9]*)(\\.[0-9]{1,2})? ?%$",
});
export const time = texts(parsed((value, field) => When.parse(value, field, anyFrame))).meta({
  id: "time",
  ...says(
    "2027-03-01 (00:00 in the deal's zone), 2027-03-01 09:30, or day 10, counted from the opening day",
    "2027-03-01（交易时区零点）、2027-03-01 09:30，或从生效日起算的“第 10 天”",
  ),
});
export const length = texts(parsed((value, field) => Time.duration(value, field, { max: 3653 * Time.DAY }))).meta({
  id: "length",
  ...says("length like 15 days, 36 hours", "时长，如 15 天、36 小时"),
});
export const zone = texts(parsed(When.zone)).meta({
  ...says("offset from UTC", "与 UTC 的时差"),
  examples: ["+08:00"],
});

/** Text that `test` accepts; `forms` says what it should look like. */
export const shaped = (test: (value: string) => boolean, forms: Words) =>
  texts((value, field) => (test(value) ? [] : [new Errors.WrongForm({ field, found: value, expected: forms })]));

/** The same finding at another field, with the value that stands there. */
export function renamed(problem: InputError.InputError, field: string, found: unknown): InputError.InputError {
  const { name, title, expected, fix, others } = problem;
  return new InputError.InputError(name, { field, found, others }, { title, expected, fix });
}

type Issue = z.core.$ZodIssue;

/** What zod found in `input`, as errors of ours. */
export function problemsIn(input: unknown, issues: readonly Issue[], schema: z.core.$ZodType): InputError.InputError[] {
  return issues.flatMap((issue) => problemsOf(input, issue, schema));
}

function problemsOf(input: unknown, issue: Issue, schema: z.core.$ZodType): InputError.InputError[] {
  const found = Field.valueAt(input, issue.path);
  if (issue.code === "custom") {
    const find = issue.params?.find as Finder | undefined;
    const make = issue.params?.make as ((place: InputError.Place) => InputError.InputError) | undefined;
    const field = Field.pathOf(issue.path) || "document";
    if (make) return [make({ field, found })];
    if (find) return [...find(String(found), field)];
  }
  if (issue.code === "invalid_union" && "errors" in issue && issue.errors.length > 0) {
    const chosen = branch(issue.errors, found);
    if (chosen)
      return problemsIn(
        input,
        chosen.map((one) => ({ ...one, path: [...issue.path, ...one.path] })),
        schema,
      );
    const field = Field.pathOf(issue.path) || "document";
    const expected = anyOf(issue.errors);
    return [
      found === undefined || found === null
        ? new Errors.MissingField({ field, found, expected })
        : new Errors.WrongForm({ field, found, expected }),
    ];
  }
  if (issue.code === "unrecognized_keys") {
    const stray = issue.keys.filter((key) => /^\d/.test(key) && Field.valueAt(input, [...issue.path, key]) === null);
    if (stray.length > 0) {
      const keys = issue.keys.filter((key) => !stray.includes(key));
      const commas = stray.map((found) => new StrayComma({ field: Field.pathOf(issue.path) || "document", found }));
      return [...commas, ...(keys.length > 0 ? problemsOf(input, { ...issue, keys }, schema) : [])];
    }
  }
  return Field.problemsIn(input, [issue], (path) => Field.known(schema, path));
}

/** Of a union's options the one that the value was meant for: the only one whose type it has. */
function branch(options: readonly (readonly Issue[])[], found: unknown): readonly Issue[] | undefined {
  const isOther = (issue: Issue) => {
    if (issue.path.length > 0) return false;
    if (issue.code === "invalid_value") return issue.values.every((value) => typeof value !== typeof found);
    return issue.code === "invalid_type";
  };
  const meant = options.filter((issues) => !issues.some(isOther));
  return meant.length === 1 ? meant[0] : undefined;
}

const TYPES: Record<string, Words> = {
  string: both("a text", "文本"),
  int: both("a whole number", "整数"),
  number: both("a number", "数字"),
  boolean: both("true", " true"),
  array: both("a list", "列表"),
  object: both("named fields", "带字段名的内容"),
};

function anyOf(options: readonly (readonly Issue[])[]): Words {
  const names = options.flat().flatMap((issue): Words[] => {
    if (issue.path.length > 0) return [];
    if (issue.code === "invalid_type") return [TYPES[issue.expected] ?? both(issue.expected, issue.expected)];
    if (issue.code === "invalid_union") return [anyOf(issue.errors)];
    if (issue.code === "invalid_value") return [both(issue.values.join(", "), ` ${issue.values.join("、")}`)];
    return [];
  });
  const unique = (language: "en" | "zh") => [...new Set(names.map((one) => one[language]))];
  return both(unique("en").join(" or "), unique("zh").join("或"));
}
