/** One statement about a pack, and what all of them are judged by. */
import type { Agreement, InputError } from "../../agreement/index.ts";
import type * as Course from "../Course.ts";
import type * as Fact from "../Fact.ts";
import type { Opening } from "./collect.ts";
import type * as Form from "./Form.ts";

type Words = InputError.Words;

/** `proven: false` is a statement that was found to be wrong. */
export type Finding = {
  /** Which statement, like `signature.client` or `act.3`; acts, blocks and evidence count from 1. */
  readonly name: string;
  readonly what: Words;
  readonly proven: boolean | "not checked";
  readonly why: Words;
};

export type Judged = Pick<Finding, "proven" | "why">;

/** The pack, and what follows from it. */
export type Context = {
  readonly pack: Form.Pack;
  readonly agreement: Agreement.Agreement;
  readonly facts: readonly Fact.Fact[];
  readonly opening: Opening | undefined;
  readonly course: Course.Course;
};

export const finding = (name: string, what: Words, proven: Finding["proven"], why: Words): Finding => ({
  name,
  what,
  proven,
  why,
});
