/** What a candidate is judged by. Each feature belongs to a part, and a score is told in parts. */
import { InputError } from "../agreement/index.ts";

const { both } = InputError;

/** Half-lives of activity, in days: an hour's session, half a day, days, a week, a month, a season, years. */
export const ACTIVITY = [0.15, 0.6, 2, 7, 30, 120, 600] as const;
/** Half-lives of what a past case says by its words, in days. */
export const MEMORY = [7, 30, 120, 500, 2_000] as const;

/** Parts that past cases give: learnt, where there is something to learn from. */
export const CASES = {
  words: both("similar past work", "相似的既往工作"),
  marks: both("labels and wording of the title", "标题的标签与措辞"),
  activity: both("recently at work", "近期活跃度"),
  area: both("recently at work in this area", "在该领域的近期活跃度"),
  rhythm: both("usual hours and days", "惯常工作时段"),
  standing: both("length and amount of record", "从业时长与案例数量"),
  setting: both("the requirement itself", "需求本身"),
} as const;
/** Parts that a brief, a profile and a record give: by weights of ours. */
export const MARKET = {
  skills: both("skills that are wanted", "所需技能的覆盖"),
  quality: both("what was kept at least, in these skills", "这些技能的履约质量下限"),
  price: both("price within the budget", "报价相对预算"),
  calendar: both("free in the time wanted", "所需时段的空闲程度"),
  claims: both("work elsewhere, as the provider tells it", "自述的其他案例"),
} as const;
export const PARTS = { ...CASES, ...MARKET } as const;
export type Part = keyof typeof PARTS;

const list = (part: keyof typeof CASES, ...names: string[]) => names.map((name) => ({ name, part }));

/** In the order in which `History` fills a row. */
export const FEATURES: readonly { readonly name: string; readonly part: Part }[] = [
  ...ACTIVITY.flatMap((days) => [...list("activity", `share ${days} d`), ...list("area", `area share ${days} d`)]),
  ...list("activity", "since", "rank"),
  ...list("area", "since in area", "rank in area", "share of own work in area"),
  ...MEMORY.flatMap((days) => list("words", `vote ${days} d`, `vote in area ${days} d`)),
  ...list("words", "letters 30 d", "letters 120 d", "letters 500 d", "mild vote", "sharp vote"),
  ...list("words", "nearest case", "nearest of all", "nearest of late"),
  ...list("marks", "labels", "first word", "first two words", "manner"),
  ...list("rhythm", "hour", "weekend"),
  ...list("standing", "days since first", "cases"),
  ...list("setting", "words of the title", "likeness to any case", "hour of the day"),
];

export const WIDTH = FEATURES.length;

/** The columns of these parts. */
export function columnsOf(parts: readonly string[]): readonly number[] {
  return FEATURES.flatMap(({ part }, column) => (parts.includes(part) ? [column] : []));
}
