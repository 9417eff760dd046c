/** A kind of suite: one interface, a file each under `kinds/`. */
import type * as z from "zod/mini";
import type { InputError, Verdict } from "../agreement/index.ts";
import type { Job, Ran, Running } from "./Sandbox.ts";

type Words = InputError.Words;

/** What a suite is judged on, and where. Expected answers never enter the sandbox. */
export type Bench = {
  /** A file of the suite. Throws `BadSuite` where it has none. */
  file(path: string): Buffer;
  /** A file of the delivery as it was handed over; nothing where there is none. At most so many bytes. */
  delivered(path: string, most?: number): Buffer | undefined;
  /** Runs a command on the delivery, each time anew. */
  run(job: Step): Promise<Ran>;
  start(job: Step): Running;
  /** Answers of the persons that a manual check names, each with a signature that is theirs. */
  readonly answers: readonly Answers[];
  /** What the answers were signed for: the suite and the delivery. */
  readonly about: { readonly suite: string; readonly subject: string };
  /** Unix minute. */
  readonly now: number;
  /** A line for the log. */
  note(text: string): void;
};

export type Step = Pick<Job, "argv"> & Partial<Pick<Job, "stdin" | "collect" | "variables">>;

export type Answers = { readonly by: string; readonly answers: Readonly<Record<string, boolean>> };

export type Planned = { readonly id: string; readonly what: Words };

export type Judged = {
  readonly id: string;
  readonly result: Verdict.Result;
  readonly why?: Words;
  readonly measures?: readonly { readonly name: string; readonly value: string; readonly unit: string }[];
};

export type Kind<Body> = {
  readonly name: string;
  readonly says: Words;
  readonly body: z.ZodMiniType<Body>;
  /** What is wrong with a body that zod cannot see; `file` tells whether the suite has a file. */
  check?(body: Body, file: (path: string) => boolean): readonly InputError.InputError[];
  /** All that will be checked, known before anything runs: a check that gives no result is an error. */
  plan(body: Body, bench: Pick<Bench, "file">): readonly Planned[];
  judge(body: Body, bench: Bench): Promise<readonly Judged[]>;
};
