/** Files that tell of a delivery: manifests, and signed verdicts. */
import { InputError, Manifest, Verdict } from "../agreement/index.ts";
import { BadFile, FileUnusable } from "./Errors.ts";
import * as Source from "./Source.ts";

const { both } = InputError;

/** 16 MB: verdicts of thousands of checks are smaller. */
const MOST = 16_000_000;

/** Throws `FileUnusable`, or `BadFile` with all fields that are wrong. */
export const manifest = (file: string): Manifest.Manifest => parsed(file, Manifest.parse);

/** One that is signed. Throws `FileUnusable`, or `BadFile` with all fields that are wrong. */
export const verdict = (file: string): Verdict.Signed => parsed(file, Verdict.parseSigned);

function parsed<T>(file: string, parse: (input: unknown) => T): T {
  const text = Source.readText(file, MOST);
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new FileUnusable(file, both("it is no JSON.", "不是 JSON 文件。"));
    if (!(error instanceof InputError.BadInput)) throw error;
    throw new BadFile(
      file,
      error.problems.map((problem) => ({ problem, at: undefined })),
    );
  }
}
