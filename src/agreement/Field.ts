/**
 * The leaves that schemas of the document are made of, and what zod finds wrong with them as errors of ours. The document
 * keeps each leaf as it was written, since both sign its bytes; the parsers give the value.
 */
import * as Address from "ox/Address";
import * as z from "zod/mini";
import { MissingField, NotAHash, NotAnAddress, RepeatedName, UnknownField, WrongForm } from "./Errors.ts";
import { both, type InputError, problemsOf, show, type Words } from "./InputError.ts";
import * as Money from "./Money.ts";
import * as Share from "./Share.ts";
import * as Text from "./Text.ts";
import * as Time from "./Time.ts";

/** Finds all that is wrong with a value, as problems of `field`. */
type Finder = (value: string, field: string) => readonly InputError[];

function leaf(find: Finder) {
  return z.string().check((context) => {
    const { value, issues } = context;
    if (find(value, "").length > 0) issues.push({ code: "custom", input: value, params: { find } });
  });
}

const parsed = (parse: (value: string, field: string) => unknown): Finder => {
  return (value, field) => problemsOf(() => parse(value, field));
};

const sized = (max: number, lines: boolean): Finder => {
  return (value, field) => {
    const problems = [...Text.check(value, field, { lines })];
    if (value.length === 0 || value.length > max) {
      const expected = both(`1 to ${max} characters`, ` 1 至 ${max} 个字符`);
      problems.push(new WrongForm({ field, found: value, expected }));
    }
    return problems;
  };
};

const matching = (pattern: RegExp, expected: Words): Finder => {
  return (value, field) => [
    ...Text.check(value, field),
    ...(pattern.test(value) ? [] : [new WrongForm({ field, found: value, expected })]),
  ];
};

/** One line of text. */
export const line = leaf(sized(400, false));
/** Text of several lines. */
export const prose = leaf(sized(200_000, true));
/** A line in both languages. */
export const words = z.strictObject({ en: line, zh: line });
/** Name of a milestone or criterion inside the document. */
export const name = leaf(
  matching(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    both('lower-case letters and digits like "first-release"', "小写字母和数字，如 first-release"),
  ),
);
/** ISO 3166-1 alpha-2, as a form: which codes exist changes over the years. */
export const country = leaf(
  matching(/^[A-Z]{2}$/, both("two capital letters like CN (ISO 3166-1)", "两个大写字母，如 CN（ISO 3166-1）")),
);
export const address = leaf((value, field) =>
  Address.validate(value, { strict: value.toLowerCase() !== value }) ? [] : [new NotAnAddress({ field, found: value })],
);
export const hash = leaf((value, field) =>
  /^0x[0-9a-f]{64}$/.test(value) ? [] : [new NotAHash({ field, found: value })],
);
export const bytes = leaf(
  matching(/^0x([0-9a-f]{2})*$/, both("0x and pairs of lower-case hexadecimal digits", "0x 加成对的小写十六进制数字")),
);
/** A decimal amount; its decimals are checked against the currency later. */
export const amount = leaf(parsed((value, field) => Money.parse(value, decimalsOf(value), field)));
export const whole = leaf(parsed(Money.parseWhole));
export const share = leaf(parsed(Share.parse));
export const time = leaf(parsed(Time.parse));
/** Windows of the tranches. */
export const window = leaf(parsed(Time.duration));
/** Windows of the arbitration, which travel as 32 bits: ten years are enough. */
export const longWindow = leaf(parsed((value, field) => Time.duration(value, field, { max: 3653 * Time.DAY })));

function decimalsOf(value: string): number {
  return Math.min(Money.MAX_SCALE, value.split(".")[1]?.length ?? 0);
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `["milestones", 2, "review"]` as `milestones[2].review`. */
export function pathOf(path: Path): string {
  const step = (key: PropertyKey) => {
    if (typeof key === "number") return `[${key}]`;
    return /^[A-Za-z]\w*$/.test(String(key)) ? `.${String(key)}` : `[${show(String(key))}]`;
  };
  return path.map(step).join("").replace(/^\./, "");
}

/** What stands at a path, or undefined. */
export function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** The steps of `milestones[2].review`. */
export function stepsOf(field: string): Path {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((match) =>
    match[2] === undefined ? (match[1] ?? "") : Number(match[2]),
  );
}

/** Whether `field` is `outer` or lies in it. */
export function isWithin(field: string, outer: string): boolean {
  return field === outer || field.startsWith(`${outer}.`) || field.startsWith(`${outer}[`);
}

/** Puts a value where a path ends; a path that leads nowhere changes nothing. */
export function setAt(input: unknown, path: Path, value: unknown): void {
  const holder = valueAt(input, path.slice(0, -1));
  const last = path.at(-1);
  if (last !== undefined && typeof holder === "object" && holder !== null) {
    (holder as Record<PropertyKey, unknown>)[last] = value;
  }
}

/** A copy of the input without unknown fields, and with broken ones taken from a sound document (its first list item). */
export function fill(input: unknown, issues: readonly Issue[], sound: unknown): unknown {
  const root = issues.some((issue) => issue.code !== "unrecognized_keys" && issue.path.length === 0);
  const copy = root ? sound : clone(input);
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      const holder = valueAt(copy, issue.path) as Record<string, unknown> | undefined;
      for (const key of issue.keys) if (holder) delete holder[key];
    } else {
      setAt(copy, issue.path, valueAt(sound, issue.path) ?? valueAt(sound, issue.path.map(first)));
    }
  }
  return copy;
}

/** Plain data, as deep as a document goes: whatever else hangs on an input is unknown and left out. */
function clone(value: unknown, depth = 12): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((item) => clone(item, depth - 1));
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, item]) => [key, clone(item, depth - 1)]));
}

const first = (step: PropertyKey): PropertyKey => (typeof step === "number" ? 0 : step);

/** The fields that a schema knows at a path. */
export function known(schema: z.core.$ZodType, path: Path): readonly string[] {
  let types: readonly z.core.$ZodType[] = [schema];
  for (const step of path) types = types.flatMap(unwrap).flatMap((type) => inside(type, step));
  return [...new Set(types.flatMap(unwrap).flatMap((type) => Object.keys(shapeOf(type))))];
}

type Definition = {
  type: string;
  innerType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  element?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
};
const definition = (type: z.core.$ZodType): Definition => type._zod.def as unknown as Definition;
const shapeOf = (type: z.core.$ZodType): Record<string, z.core.$ZodType> => definition(type).shape ?? {};

function unwrap(type: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { innerType, options } = definition(type);
  if (innerType) return unwrap(innerType);
  return options ? options.flatMap(unwrap) : [type];
}

function inside(type: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] {
  const next = typeof step === "number" ? definition(type).element : shapeOf(type)[String(step)];
  return next ? [next] : [];
}

const TYPES: Record<string, Words> = {
  string: both("a text in quotes", "带引号的文本"),
  boolean: both("true or false", " true 或 false"),
  number: both("a whole number", "整数"),
  int: both("a whole number", "整数"),
  array: both("a list", "列表"),
  object: both("an object with named fields", "带字段名的对象"),
};

/** What zod found, as errors of ours; `known` names the fields that an object may have. */
export function problemsIn(
  input: unknown,
  issues: readonly Issue[],
  known: (path: Path) => readonly string[],
): InputError[] {
  return issues.flatMap((issue): readonly InputError[] => {
    const field = pathOf(issue.path) || "document";
    const found = valueAt(input, issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return new UnknownField({ field: pathOf(path), found: valueAt(input, path), known: known(issue.path) });
      });
    }
    if (issue.code === "custom") {
      const find = issue.params?.find as Finder | undefined;
      if (find && typeof found === "string") return find(found, field);
    }
    const expected = expectation(issue);
    if (found === undefined) return [new MissingField({ field, expected })];
    return [new WrongForm({ field, found, expected })];
  });
}

function expectation(issue: Issue): Words {
  const any = (values: readonly unknown[]) => both(`one of ${values.join(", ")}`, `以下之一：${values.join("、")}`);
  if (issue.code === "invalid_value") return any(issue.values);
  if (issue.code === "invalid_union" && "options" in issue) return any(issue.options ?? []);
  if (issue.code === "too_small") return both(`at least ${issue.minimum}`, `至少 ${issue.minimum}`);
  if (issue.code === "too_big") return both(`at most ${issue.maximum}`, `至多 ${issue.maximum}`);
  const type = issue.code === "invalid_type" ? TYPES[issue.expected] : undefined;
  return type ?? both("a value of the right form", "格式正确的值");
}

/** Names that are used twice. `fields` gives each name's place. */
export function repeated(names: readonly string[], fieldOf: (index: number) => string): InputError[] {
  return names.flatMap((found, index) => {
    const first = names.indexOf(found);
    if (first === index) return [];
    return [new RepeatedName({ field: fieldOf(index), found, first: fieldOf(first), others: [fieldOf(first)] })];
  });
}
