/** One verb of the command line, and what it is given. */
import type { InputError } from "../agreement/index.ts";
import type { Open } from "./Stage.ts";

type Words = InputError.Words;
type Language = InputError.Language;

export type Option = {
  type: "boolean" | "string";
  /** What stands for its value in the help. */
  value?: string;
  /** May be given several times: `Given.lists` has all of them, `Given.options` the last. */
  repeats?: true;
  /** Takes every word up to the next flag: `--train one.jsonl two.jsonl`. */
  many?: true;
  says: Words;
};

export type Command = {
  /** `["terms", "check"]` */
  readonly path: readonly string[];
  readonly says: Words;
  /** Names of its arguments; those in brackets may be left out. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly { readonly line: string; readonly says: Words }[];
  /** @returns the exit code. */
  run(given: Given, context: Context): Promise<number>;
};

export type Given = {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Of the options that may be repeated. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly language: Language;
  readonly json: boolean;
};

/** All that a command may touch of the world. */
export type Context = {
  /** A line to stdout. */
  print(text: string): void;
  /** A line to stderr. */
  tell(text: string): void;
  /** What is going on, shown if it takes long, at a terminal with the seconds since; nothing when it is over. */
  progress(text: string | undefined): void;
  /** For what goes on for ever: ends it. Without it a signal ends the process. */
  interruption(): AbortSignal;
  /** Asks without an echo; nothing where nobody can answer. */
  secret(question: string): Promise<string | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Unix minute. */
  now(): number;
  /** 32 random bytes in hexadecimal. */
  random(): string;
  /** Whether stdout shows colours. */
  readonly color: boolean;
  /** Where rehearsals are played. */
  readonly stage: Open;
};

/** Ended well. */
export const OK = 0;
/** What was checked is not good. */
export const NOT_GOOD = 1;
/** The command line or an input is wrong. */
export const MISUSED = 2;

export const bold =
  ({ color }: Context) =>
  (text: string): string =>
    color ? `\u001b[1m${text}\u001b[22m` : text;
