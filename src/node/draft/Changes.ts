/** What one version changes of another: complete ones also in what follows from it. Plain sentences, both languages. */
import * as Field from "../../agreement/Field.ts";
import { Compare, InputError, Terms, Text } from "../../agreement/index.ts";
import { speech } from "../Speech.ts";
import type { Json } from "./Document.ts";

const { both, show } = InputError;

type Change = Omit<Compare.Difference, "kind" | "favours"> & {
  /** `text`: a value of the document, named by its path. */
  kind: Compare.Difference["kind"] | "text";
  favours?: "client" | "provider";
};

/** Two complete versions: what the ledger would do otherwise, in its own words, and everything else that is written. */
export function ofTerms(from: Terms.Terms, to: Terms.Terms): readonly Change[] {
  const all = Compare.compare(Terms.toAgreement(from), Terms.toAgreement(to), { speech: speech(to) });
  // The document is another as soon as anything is: what is, follows.
  const told = all.filter(({ field }) => field !== "document");
  const fields = new Set(told.map(({ field }) => field));
  const rest = written(from, to).filter(({ field }) => !fields.has(onLedger(field)));
  return [...told.map(({ favours, ...one }) => (favours ? { ...one, favours } : one)), ...rest];
}

/** Where `Compare` tells of a field of the document. */
const LEDGER: readonly (readonly [RegExp, string])[] = [
  [/^milestones(\[\d+\])\.(amount|start|due|review|cure|fundBy)$/, "work.tranches$1.$2"],
  [/^parties\.(client|provider)\.address$/, "parties.$1"],
  [/^parties\.(client|provider)\.delegate$/, "parties.$1Delegate"],
  [/^sequential$/, "work.sequential"],
  [/^currency\.token$/, "work.token"],
  [/^fees\.platform$/, "work.feeBps"],
  [/^fees\.recipient$/, "work.feeRecipient"],
  [/^arbitration\.fallback$/, "arbitration.fallbackBps"],
  [/^arbitration\.by\.address$/, "arbitration.arbitrator"],
  [/^arbitration\.by\.kind$/, "arbitration.panel"],
  [/^arbitration\.by\.(deposit|answerWithin|ruleWithin|maxCost|extraData)$/, "arbitration.$1"],
  [/^outcome\.shape$/, "outcome.lines"],
  [/^outcome\.default$/, "outcome.defaultValue"],
  [/^outcome\.points\b.*$/, "outcome.points"],
  [/^calendar\[\d+\]\.(from|until)$/, "work.pauses"],
];

function onLedger(field: string): string {
  const rule = LEDGER.find(([pattern]) => pattern.test(field));
  return rule ? field.replace(rule[0], rule[1]) : field;
}

/** Any two documents, value by value, in the order of their fields; the salt is none of anybody's wishes. */
export function written(from: Json, to: Json): readonly Change[] {
  const [old, next] = [leaves(from), leaves(to)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((field) => field !== "salt" && old.get(field) !== next.get(field))
    .map((field) => changed(field, old.get(field), next.get(field)));
}

type Leaf = string | number | boolean | null;

/** What stands at each path. An empty list or object stands for itself. */
function leaves(value: unknown, steps: readonly (string | number)[] = [], found = new Map<string, Leaf>()) {
  if (typeof value !== "object" || value === null) {
    if (value !== undefined) found.set(Field.pathOf(steps), value as Leaf);
    return found;
  }
  const entries = Object.entries(value);
  if (entries.length === 0 && steps.length > 0) found.set(Field.pathOf(steps), Array.isArray(value) ? "[]" : "{}");
  for (const [key, item] of entries) leaves(item, [...steps, Array.isArray(value) ? Number(key) : key], found);
  return found;
}

function changed(field: string, old: Leaf | undefined, next: Leaf | undefined): Change {
  const change = (en: string, zh: string): Change => ({ kind: "text", field, says: both(en, zh) });
  if (old === undefined) return change(`${field} is new: ${show(next)}.`, `新增 ${field}：${show(next)}。`);
  if (next === undefined) return change(`${field} is gone: ${show(old)}.`, `删除 ${field}：原为 ${show(old)}。`);
  if (typeof old !== "string" || typeof next !== "string")
    return change(`${field}: ${show(old)} becomes ${show(next)}.`, `${field}：由 ${show(old)} 改为 ${show(next)}。`);
  const [before, after] = excerpts(old, next);
  const beware = BEWARE[Text.difference(next, old)] ?? both("", "");
  return change(
    `${field}: ${show(before)} becomes ${show(after)}.${beware.en}`,
    `${field}：由 ${show(before)} 改为 ${show(after)}。${beware.zh}`,
  );
}

const BEWARE: Partial<Record<ReturnType<typeof Text.difference>, InputError.Words>> = {
  invisible: both(" Beware: the difference cannot be seen.", "请注意：差异不可见。"),
  lookalike: both(" Beware: the characters only look alike.", "请注意：字符仅外形相似。"),
};

/** The part where long texts begin to differ, so that it is not cut off. */
function excerpts(old: string, next: string): [string, string] {
  if (old.length <= 60 && next.length <= 60) return [old, next];
  let at = 0;
  while (at < old.length && old[at] === next[at]) at++;
  const part = (text: string) => `${at > 20 ? "…" : ""}${text.slice(Math.max(0, at - 20), at + 40)}`.toWellFormed();
  return [part(old), part(next)];
}
