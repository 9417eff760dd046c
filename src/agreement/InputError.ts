/** What every error of ours tells: who must do what next, in both languages, and its RFC 9457 form. */

export type Language = "en" | "zh";
/** The same words in both languages. */
export type Words = { readonly en: string; readonly zh: string };
/** What the caller does next: correct the input, do the same again later, or give up. */
export type Next = "fix" | "retry" | "stop";

/** RFC 9457 problem details, with our extension members. */
export type ProblemDetails = {
  type: string;
  title: string;
  status: number;
  detail: string;
  next: Next;
  [member: string]: unknown;
};

export const both = (en: string, zh: string): Words => ({ en, zh });

/** Base of every error of ours. `message` is English; `in("zh")` is the same in Chinese. */
export abstract class CommendaError extends Error {
  abstract readonly next: Next;
  readonly title: Words;
  readonly words: Words;

  constructor(name: string, title: Words, words: Words) {
    super(words.en);
    this.name = name;
    this.title = title;
    this.words = words;
  }

  in(language: Language): string {
    return this.words[language];
  }

  /** RFC 9457 problem details; subclasses add their facts. */
  toProblem(language: Language = "en"): ProblemDetails {
    return {
      type: `/problems/${this.name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}`,
      title: this.title[language],
      status: { fix: 422, retry: 503, stop: 409 }[this.next],
      detail: this.in(language),
      next: this.next,
    };
  }
}

/** Where an input went wrong and with which value; `others` are further fields that the finding rests on. */
export type Place = { field: string; found?: unknown; others?: readonly string[] };

/** Bad input. Each subclass of `Errors.ts` is one kind of it. */
export class InputError extends CommendaError {
  readonly next = "fix";
  /** Path in the input, like `milestones[2].review`. */
  readonly field: string;
  /** The value found, printed so that no character of it is invisible. */
  readonly found: string;
  readonly expected: Words;
  readonly fix: Words;
  /** Further fields that the finding rests on. */
  readonly others: readonly string[];

  constructor(name: string, place: Place, says: { title: Words; expected: Words; fix: Words }) {
    const { title, expected, fix } = says;
    const found = show(place.found);
    super(
      name,
      title,
      both(
        `${place.field}: ${title.en}. Found ${found}; expected ${expected.en}. ${fix.en}.`,
        `${place.field}：${title.zh}。现为 ${place.found === undefined ? "空" : found}，应为${expected.zh}。${fix.zh}。`,
      ),
    );
    this.field = place.field;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
    this.others = place.others ?? [];
  }

  override toProblem(language: Language = "en"): ProblemDetails {
    return {
      ...super.toProblem(language),
      field: this.field,
      pointer: pointer(this.field),
      found: this.found,
      expected: this.expected[language],
      fix: this.fix[language],
    };
  }
}

/** All problems of one input at once. */
export class BadInput extends CommendaError {
  readonly next = "fix";
  readonly problems: readonly InputError[];

  constructor(problems: readonly InputError[]) {
    const list = (language: Language) => problems.map((problem) => `\n- ${problem.in(language)}`).join("");
    const count = problems.length;
    super(
      "BadInput",
      both("The input has problems", "输入有误"),
      both(
        `The input has ${count} problem${count === 1 ? "" : "s"}:${list("en")}`,
        `输入有 ${count} 处问题：${list("zh")}`,
      ),
    );
    this.problems = problems;
  }

  override toProblem(language: Language = "en"): ProblemDetails {
    return { ...super.toProblem(language), errors: this.problems.map((problem) => problem.toProblem(language)) };
  }
}

/** Prints any value on one line, at most 80 characters, with all that cannot be seen written as `\u{...}`. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "bigint" ? value.toString() : json(value);
  const seen = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
  const characters = [...seen];
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : seen;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? part.toString() : part)) ?? String(value);
  } catch {
    // A cycle: it is no document at all.
    return Object.prototype.toString.call(value);
  }
}

/** `milestones[2].review` as a JSON pointer: `#/milestones/2/review`. */
function pointer(field: string): string {
  return `#${field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => `/${step}`)
    .join("")}`;
}

/** Runs a parser and gives the problems that it throws instead. */
export function problemsOf(parse: () => unknown): readonly InputError[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof BadInput) return error.problems;
    if (error instanceof InputError) return [error];
    throw error;
  }
}
