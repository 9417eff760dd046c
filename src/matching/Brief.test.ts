import fc from "fast-check";
import { expect, test } from "vitest";
import * as Brief from "./Brief.ts";
import * as Knowledge from "./Knowledge.ts";
import { dayOf } from "./Provider.ts";
import * as Question from "./Question.ts";
import * as Ranking from "./Ranking.ts";
import { BRIEFS } from "./testing/Briefs.ts";
import { market, TODAY } from "./testing/Market.ts";

const { market: MARKET } = market() as Required<Knowledge.Inputs>;
const known = () => Knowledge.at(market(), TODAY * 86_400);

const COMPLETE = {
  en: "Rewrite our claims portal in React and Node.js. Accepted when all 40 sealed tests pass. GDPR and ISO 27001 apply. Budget: €60,000 to €80,000. 4 hours overlap with Berlin time. Start on 2027-03-01, within 4 months.",
  zh: "用 React 和 Node.js 重写我们的理赔门户。40 项封存测试全部通过即验收。须符合 GDPR 与 ISO 27001。预算 6-8 万欧元。每天与柏林时间重叠 4 小时。2027年3月1日开始，工期四个月。",
};

test.each(["en", "zh"] as const)("behavior: every field of a whole brief, in %s", (language) => {
  const { text: _, outcome, criteria, skills, ...fields } = Brief.parse(COMPLETE[language], TODAY);
  expect(fields).toEqual({
    language,
    compliance: ["gdpr", "iso27001"],
    budget: { currency: "EUR", least: 60_000, most: 80_000 },
    overlap: { hours: 4, offset: 60 },
    start: dayOf("2027-03-01"),
    term: 120,
  });
  expect(skills).toEqual(expect.arrayContaining(["react", "nodejs"]));
  expect(outcome).toBe(
    { en: "Rewrite our claims portal in React and Node.js.", zh: "用 React 和 Node.js 重写我们的理赔门户。" }[language],
  );
  expect(criteria).toHaveLength(1);
});

test("behavior: a whole brief is complete and has no question; a vague one has at most five, most telling first", () => {
  const knowledge = known();
  const whole = Brief.parse(COMPLETE.en, TODAY);
  expect(Brief.completeness(whole)).toEqual({ share: 1, missing: [] });
  expect(Question.about(whole, knowledge)).toEqual([]);
  for (const text of ["We want to sell online and don't know how.", "我们想做一个系统，不知道怎么开始。"]) {
    const vague = Brief.parse(text, TODAY);
    expect(Brief.completeness(vague).share).toBeLessThan(0.3);
    const questions = Question.about(vague, knowledge);
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(Question.MOST);
    expect(questions[0]?.field).toBe("skills");
    const changes = questions.map((each) => each.changes);
    expect(changes).toEqual(changes.toSorted((one, other) => other - one));
  }
});

test("behavior: sixty briefs find the same three providers in either language, nine times out of ten", () => {
  const knowledge = known();
  const top = (text: string) =>
    Ranking.order(knowledge, Brief.toRequest(Brief.parse(text, TODAY), { id: 1, at: knowledge.at }))
      .slice(0, 3)
      .join();
  const same = BRIEFS.filter(([en, zh]) => top(en) === top(zh));
  expect(BRIEFS).toHaveLength(60);
  expect(same.length).toBeGreaterThanOrEqual(54);
});

test("behavior: nothing is guessed: no currency, no budget; a number of users or hours is no term", () => {
  const fields = (text: string) => {
    const { text: _, language: __, outcome: ___, skills: ____, ...rest } = Brief.parse(text, TODAY);
    return rest;
  };
  expect(fields("Budget about 50,000 for a site that 10,000 users see 24 hours a day")).toEqual({});
  expect(fields("A $5 coffee app")).toEqual({});
  expect(fields("预算五万做官网，2027年上线")).toEqual({});
  expect(fields("No compliance needs, 31 February 2027")).toEqual({ compliance: [] });
  // What is named as not asked for rules nobody out; what must not be violated is asked for.
  expect(fields("GDPR is not needed here")).toEqual({ compliance: [] });
  expect(fields("无需 GDPR，须符合 HIPAA")).toEqual({ compliance: ["hipaa"] });
  expect(fields("We must not break GDPR")).toEqual({ compliance: ["gdpr"] });
  expect(fields("尽快开始，半年，预算不超过 1.5 万美元")).toEqual({
    start: TODAY,
    term: 183,
    budget: { currency: "USD", most: 15_000 },
  });
});

test("error: an empty brief and one of a megabyte; mixed scripts and right-to-left text are read", () => {
  for (const text of ["", " \n\u200B", "…!"]) expect(() => Brief.parse(text, TODAY)).toThrow("nothing is said here");
  expect(() => Brief.parse("x".repeat(1_000_000), TODAY)).toThrow("at most 100,000 characters");
  const mixed = Brief.parse("نحتاج تطبيق React Native \u202Eمع支付\u202C, бюджет: budget 20,000 USD", TODAY);
  expect(mixed).toMatchObject({ skills: ["react-native", "payments"], budget: { currency: "USD", most: 20_000 } });
});

test("property: no text breaks it, and none takes long", () => {
  const word = fc.constantFrom(
    "budget",
    "预算",
    "$",
    "万",
    "5",
    "半",
    "个月",
    "weeks",
    "UTC+",
    "overlap",
    "-",
    "。",
    "2027-13-45",
    "年",
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
      const text = `x ${words.join(" ")}`;
      const { budget, term = 1, start = 0 } = Brief.parse(text, TODAY);
      expect([budget?.most ?? 0, term, start].every(Number.isFinite)).toBe(true);
    }),
  );
});

test("behavior: where nobody fits, whatever is answered, nothing is asked", () => {
  const nobody = Knowledge.at({ cases: [], market: { ...MARKET, providers: [] } }, TODAY * 86_400);
  expect(Question.about(Brief.parse("We need a web shop.", TODAY), nobody)).toEqual([]);
});

test("behavior: who is alike in every part is told so", () => {
  const [offer] = MARKET.providers;
  if (!offer) throw new Error("a market has providers");
  const providers = ["one", "other"].map((name) => ({ ...offer, provider: { ...offer.provider, name } }));
  const brief = Brief.parse("We need a web shop.", TODAY);
  const inputs = { cases: [], market: { ...MARKET, settlements: [], providers } };
  const open = { ...brief, skills: offer.provider.skills.slice(0, 1) };
  const ranking = Ranking.rank(inputs, Brief.toRequest(open, { id: "r", at: TODAY * 86_400 }));
  expect(Ranking.whyNot(ranking, "other").en).toBe(
    "other is in place 2, alike one in every part: nothing tells them apart.",
  );
});
