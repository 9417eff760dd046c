/** What to ask about a brief: what would change who comes first, and nothing else. */
import { InputError } from "../agreement/index.ts";
import * as Brief from "./Brief.ts";
import type * as Knowledge from "./Knowledge.ts";
import * as Ranking from "./Ranking.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Question = {
  readonly field: Brief.Field;
  readonly asks: Words;
  /** The share of the first three that an answer changes, in the mean over the answers tried. */
  readonly changes: number;
};

/** At most. */
export const MOST = 5;

const ASKS: Readonly<Partial<Record<Brief.Field, Words>>> = {
  skills: both("Which technologies or skills does the work need?", "这项工作需要哪些技术或技能？"),
  compliance: both(
    "Must the provider be certified for anything (GDPR, HIPAA, ISO 27001, MLPS ...)? If not, say: no compliance needs.",
    "乙方是否需要具备合规资质（GDPR、HIPAA、ISO 27001、等保等）？如不需要，请注明“无合规要求”。",
  ),
  budget: both("What is the budget, in which currency?", "预算是多少？使用哪种货币？"),
  overlap: both(
    "How many working hours a day must overlap with yours, and where are you?",
    "每天需要与您重叠多少小时的工作时间？您在哪个时区？",
  ),
  start: both("When should it start?", "希望何时开始？"),
  term: both("How long may it take?", "工期多长？"),
};

/** Questions by how much their answers change; none about what is known, or what changes nothing. */
export function about(brief: Brief.Brief, knowledge: Knowledge.Knowledge): readonly Question[] {
  const top = (of: Brief.Brief) =>
    Ranking.order(knowledge, Brief.toRequest(of, { id: "question", at: knowledge.at })).slice(0, 3);
  const now = top(brief);
  const questions = Object.entries(ASKS).flatMap(([name, asks]) => {
    const field = name as Brief.Field;
    if (brief[field] !== undefined) return [];
    const tried = answersTo(field, brief, knowledge).map((answer) => {
      const then = top({ ...brief, ...answer });
      const stay = then.filter((name) => now.includes(name)).length;
      // Nobody fits before and after: that is no change.
      return now.length + then.length === 0 ? 0 : 1 - stay / Math.max(now.length, then.length);
    });
    const changes = tried.reduce((sum, each) => sum + each, 0) / Math.max(1, tried.length);
    return changes > 0 ? [{ field, asks, changes }] : [];
  });
  return questions.sort((one, other) => other.changes - one.changes).slice(0, MOST);
}

/** Answers that could be given, as the providers at hand make them matter. */
function answersTo(
  field: Brief.Field,
  brief: Brief.Brief,
  { at, market }: Knowledge.Knowledge,
): readonly Partial<Brief.Brief>[] {
  const offers = market?.offers ?? [];
  const today = Math.floor(at / 86_400);
  const term = brief.term ?? 60;
  switch (field) {
    case "skills": {
      const counts = new Map<string, number>();
      for (const skill of offers.flatMap(({ provider }) => provider.skills)) {
        counts.set(skill, (counts.get(skill) ?? 0) + 1);
      }
      const frequent = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, 6);
      return frequent.map(([skill]) => ({ skills: [skill] }));
    }
    case "compliance": {
      const held = [...new Set(offers.flatMap(({ attestations }) => attestations.map(({ what }) => what)))].sort();
      return [{ compliance: [] }, ...held.map((what) => ({ compliance: [what] }))];
    }
    case "budget": {
      const rates = offers.map(({ provider }) => provider.rate).sort((one, other) => one.from - other.from);
      return [0.25, 0.5, 0.75].flatMap((share) => {
        const rate = rates[Math.floor(rates.length * share)];
        const most = rate && Math.round(rate.from * term * (5 / 7));
        return rate && most ? [{ term, budget: { currency: rate.currency, most } }] : [];
      });
    }
    case "overlap":
      return [-300, 60, 480].map((offset) => ({ overlap: { hours: 4, offset } }));
    case "start":
      return [0, 30, 90].map((days) => ({ start: today + days }));
    case "term":
      return [14, 60, 180].map((days) => ({ term: days }));
    default:
      return [];
  }
}
