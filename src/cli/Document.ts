/** A terms document from a file: its own, or the one that a deal file comes to. */
import { InputError, Terms } from "../agreement/index.ts";
import * as Deal from "./Deal.ts";
import * as DealTerms from "./DealTerms.ts";
import { BadFile, FileUnusable, type Located } from "./Errors.ts";
import * as Source from "./Source.ts";

const { both } = InputError;

export type Document = {
  readonly source: Source.Source;
  readonly terms: Terms.Terms;
  /** Words whose letters look like others. */
  readonly notes: readonly InputError.InputError[];
  /** Fields where a deal file names nobody yet. */
  readonly standIns: readonly string[];
  readonly isDeal: boolean;
};

/** Throws `FileUnusable`, or `BadFile` with all problems and their lines. */
export function open(file: string, { now }: { now?: number } = {}): Document {
  const source = Source.open(file);
  const facts = now === undefined ? {} : { now };
  if (Deal.isDeal(source)) {
    const read = Deal.read(source);
    const salt = DealTerms.saltOf(JSON.stringify(read.deal));
    const { terms, standIns } = DealTerms.expand(read, { salt, ...facts });
    return { source, terms, notes: [], standIns, isDeal: true };
  }
  const checked = Terms.check(source.value, facts);
  if ("problems" in checked) throw located(source, checked.problems);
  return { source, ...checked, standIns: [], isDeal: false };
}

/** The very document that is signed: no deal file, whose document would get another salt each time. */
export function openFinal(file: string): Document {
  const document = open(file);
  if (document.isDeal) throw new FileUnusable(file, NOT_FINAL);
  return document;
}

const NOT_FINAL = both(
  "it is a deal file, not the document that is signed. Make that first: commenda terms new FILE --out terms.json",
  "这是交易文件，不是待签署的条款文件。请先生成：commenda terms new FILE --out terms.json",
);

function located(source: Source.Source, problems: readonly InputError.InputError[]): BadFile {
  return new BadFile(
    source.name,
    problems.map((problem): Located => ({ problem, at: source.at(problem.field) })),
  );
}
