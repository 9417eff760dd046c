/**
 * How well a draft fits a contract whose fields are known. What may stand in `expected`, and how it is written:
 *
 * | field | value |
 * |---|---|
 * | `title.zh`, `title.en` | the contract's title |
 * | `parties.client.name.zh`, `.registration`, `.taxNumber`, `.signatory.name.zh`, `.signatory.authority.zh` | as written; the same for `provider` and for `en` |
 * | `currency.code` | `CNY` |
 * | `milestones[0].title.zh`, `.amount`, `.due`, `.start`, `.review`, `.cure`, `.net`, `.tax` | in the order of the contract; `"36000"` (a share of the total is worked out), `"2027-03-01T16:00Z"` or `"2027-03-01"`, `"10 days"`; a period that one clause sets for all stands at each milestone |
 * | `criteria[0].what.zh` | the criterion of a milestone, in the order of the milestones that have one |
 * | `ip.owner`, `ip.from`, `law.governing.zh`, `law.forum.kind`, `law.forum.seat.zh`, `law.liabilityCap` | as in the schema; the seat is the court or the institution as named |
 * | `text.prevails`, `fees.platform` | `"zh"`, `"1 %"` |
 * | `outcome.metric`, `.target`, `.unit.zh`, `.amount` | as in the schema |
 * | `calendar[0].name.zh`, `.from`, `.until` | days; `until` is the last day of the pause |
 * | `options[0].fee` | as in the schema |
 *
 * Working days, dates that hang on an unknown day and figures that contradict each other are gaps, never findings.
 * Scored only where they are expected: all other fields, and what the schema has no place for (`total`, `signed`).
 */
import * as Time from "../../../agreement/Time.ts";

export type Contract = {
  name: string;
  language: "en" | "zh" | "both";
  bytes(): Promise<Uint8Array>;
  /** Every scored field that the contract states, with its value. */
  expected: Record<string, unknown>;
  /** Fields that must be a gap and not a finding. */
  gaps?: string[];
};

export type Score = {
  /** Right findings among the scored ones, 0 to 1. */
  precision: number;
  /** Right findings among the expected ones, 0 to 1. */
  recall: number;
  wrong: readonly { field: string; found: unknown; expected: unknown }[];
  missed: readonly { field: string; expected: unknown }[];
};

/** A finding here is wrong unless it is expected. */
const SCORED =
  /^(title\.(en|zh)|parties\.(client|provider)\.(name\.(en|zh)|registration|taxNumber|signatory\.(name|authority)\.(en|zh))|currency\.code|milestones\[\d+\]\.(title\.(en|zh)|amount|net|tax|start|due|review|cure)|criteria\[\d+\]\.what\.(en|zh)|ip\.(owner|from)|law\.(governing\.(en|zh)|forum\.(kind|seat\.(en|zh))|liabilityCap)|text\.prevails|fees\.platform|outcome\.(metric|target|unit\.(en|zh)|amount)|calendar\[\d+\]\.(name\.(en|zh)|from|until)|options\[\d+\]\.fee)$/;

/** Passages rather than names: where one begins and ends is a matter of taste. */
const PASSAGE =
  /^(milestones\[\d+\]\.title|criteria\[\d+\]\.what|ip\.background|law\.(governing|forum\.seat)|outcome\.(title|what|unit)|calendar\[\d+\]\.name|parties\.\w+\.signatory\.authority|text)\.(en|zh)$/;

/** Scores one draft. */
export function score(
  findings: readonly { field: string; value: unknown }[],
  expected: Readonly<Record<string, unknown>>,
): Score {
  const scored = findings.filter(({ field }) => SCORED.test(field) || Object.hasOwn(expected, field));
  const right = scored.filter(
    ({ field, value }) => Object.hasOwn(expected, field) && same(field, value, expected[field]),
  );
  const fields = new Set(right.map(({ field }) => field));
  const all = Object.entries(expected);
  return {
    precision: scored.length === 0 ? 1 : right.length / scored.length,
    recall: all.length === 0 ? 1 : fields.size / all.length,
    wrong: scored
      .filter((finding) => !right.includes(finding))
      .map(({ field, value }) => ({ field, found: value, expected: expected[field] })),
    missed: all.filter(([field]) => !fields.has(field)).map(([field, value]) => ({ field, expected: value })),
  };
}

function same(field: string, found: unknown, expected: unknown): boolean {
  if (typeof found !== "string" || typeof expected !== "string") {
    return JSON.stringify(found) === JSON.stringify(expected);
  }
  const beginning = /\.(start|from)$/.test(field);
  const days = [day(found, beginning), day(expected, beginning)];
  if (days[0] !== undefined && days[1] !== undefined) return days[0] === days[1];
  const lengths = [minutes(found), minutes(expected)];
  if (lengths[0] !== undefined && lengths[1] !== undefined) return lengths[0] === lengths[1];
  const [a, b] = [plain(found), plain(expected)];
  if (a === b) return true;
  if (!PASSAGE.test(field)) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const enough = /\.seat\./.test(field) ? 3 : long.length / 2;
  return short.length >= enough && long.includes(short);
}

/** The day that a time names: a contract's date has no hour, and midnight in China is 16:00Z of the day before. */
function day(text: string, beginning: boolean): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\dZ)?$/.exec(text);
  if (!match?.[1]) return undefined;
  if (!beginning || match[2] !== "T16:00Z") return match[1];
  return Time.format(Time.parse(text) + 8 * 60).slice(0, 10);
}

function minutes(text: string): number | undefined {
  try {
    return Time.duration(text);
  } catch {
    return undefined;
  }
}

function plain(text: string): string {
  const narrow = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const number = /^\d+\.\d*?0+$/.test(narrow) ? narrow.replace(/\.?0+$/, "") : narrow;
  return number.replace(/^[.,;:、。“”"'《》]+|[.,;:、。“”"'《》]+$/g, "");
}
