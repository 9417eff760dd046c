import { describe, expect, test } from "vitest";
import * as Brief from "./Brief.ts";
import * as Bundle from "./Bundle.ts";
import type * as Case from "./Case.ts";
import type { Request } from "./Case.ts";
import type { NotThisRanking } from "./Errors.ts";
import type * as Market from "./Market.ts";
import type * as Provider from "./Provider.ts";
import * as Ranking from "./Ranking.ts";
import { cases } from "./testing/Cases.ts";
import * as Weights from "./Weights.ts";

const all = cases(600);
const request: Request = { id: "r", at: (all[500]?.at ?? 0) + 1, area: "payments", title: "[payments] refund is slow" };
const learnt = Weights.learn(all.slice(0, 500), { trees: 10, leaves: 6 });

test.each([
  ["given", Weights.GIVEN],
  ["learnt", learnt],
])("behavior: the parts of a score add up to the last digit, weights %s", (_, weights) => {
  const { candidates, base, inputs } = Ranking.rank({ cases: all }, request, { weights });
  expect(inputs.cases).toBe(501);
  for (const { score, parts } of candidates) {
    expect(base + Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score);
  }
  expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
  expect(candidates[0]?.cases).toHaveLength(3);
  expect(candidates[0]?.cases.every(({ title }) => /refund|slow|payments/.test(title))).toBe(true);
});

test("behavior: what was not known at the time changes nothing", () => {
  const known = all.filter(({ at }) => at < request.at);
  expect(Ranking.rank({ cases: all }, request)).toEqual(Ranking.rank({ cases: known }, request));
});

test("behavior: verified by its inputs; a changed place, part, case, seed or weight is named", () => {
  const floor = { share: 0.1, seed: "s" };
  const ranking = Ranking.parse(
    JSON.parse(JSON.stringify(Ranking.rank({ cases: all }, request, { weights: learnt, floor }))),
  );
  expect(() => Ranking.verify(ranking, { cases: all }, learnt)).not.toThrow();
  const field = (change: (copy: Ranking.Ranking) => unknown, weights = learnt, inputs = all) => {
    const copy = structuredClone(ranking);
    change(copy);
    try {
      Ranking.verify(copy, { cases: inputs }, weights);
    } catch (error) {
      return (error as NotThisRanking).field;
    }
    return "none";
  };
  const of = (copy: Ranking.Ranking, at: number) => copy.candidates[at] as unknown as { parts: object };
  expect(field((copy) => Object.assign(of(copy, 1), { score: 1 }))).toBe("candidates[1].score");
  expect(field((copy) => Object.assign(of(copy, 0).parts, { words: 1 }))).toBe("candidates[0].parts.words");
  expect(field((copy) => Object.assign(copy, { extra: 1 }))).toBe("extra");
  expect(field(() => 0, Weights.GIVEN)).toBe("weights");
  expect(field(() => 0, learnt, all.slice(1))).toBe("inputs.cases");
  expect(field(() => 0, learnt, [{ ...(all[0] as (typeof all)[0]), title: "x" }, ...all.slice(1)])).toBe("inputs.hash");
});

test("behavior: the loser is told what the first had more of, in both languages", () => {
  const ranking = Ranking.rank({ cases: all }, request);
  const [first, , third] = ranking.candidates.map(({ provider }) => provider);
  const says = Ranking.whyNot(ranking, third ?? "");
  expect(says.en).toMatch(
    new RegExp(`^${third} is in place 3, −[0-9.]+ against ${first} in the first: .*similar past work`),
  );
  expect(says.zh).toMatch(new RegExp(`^${third} 排在第 3 位，与第一位 ${first} 相差 −[0-9.]+：.*相似的既往工作`));
  expect(Ranking.whyNot(ranking, first ?? "").en).toBe(`${first} comes first.`);
  expect(Ranking.whyNot(ranking, "stranger").en).toContain("is not among the");
});

test("behavior: no case, an empty title, right-to-left text and a megabyte give a ranking all the same", () => {
  expect(Ranking.rank({ cases: [] }, request)).toMatchObject({ candidates: [], others: 0 });
  for (const title of ["", "\u202Eعربي שלום", "x ".repeat(500_000)]) {
    expect(Ranking.rank({ cases: all }, { ...request, title }).candidates.length).toBeGreaterThan(3);
  }
});

test("error: what is no ranking, and weights with a tree that leads nowhere", () => {
  expect(() => Ranking.parse({ request, candidates: [] })).toThrow("ranking");
  expect(() => Ranking.parse(null)).toThrow("ranking");
  const tree = { feature: [0, -1, -1], threshold: [0, 0, 0], left: [0, 0, 0], right: [2, 0, 0], value: [0, 1, 2] };
  expect(() => Weights.parse({ ...Weights.GIVEN, trees: [tree] })).toThrow("trees[0]");
  expect(() => Weights.parse({ ...Weights.GIVEN, linear: { nothing: 1 } })).toThrow("linear.nothing");
  expect(Weights.parse(JSON.parse(JSON.stringify(learnt)))).toEqual(learnt);
});

describe("among providers with profiles", () => {
  const at = 20_822 * 86_400;
  const offer = (name: string, more: Partial<Provider.Provider> = {}) => ({
    provider: {
      ...{ name, kind: "firm" as const, skills: ["react", "payments"], regions: ["DE"] },
      ...{ rate: { currency: "EUR", from: 500, to: 700 }, hours: { from: 480, to: 960 }, free: [] },
      ...more,
    },
    attestations: [],
  });
  let next = 0;
  const done = (provider: string, more: Partial<Market.Settlement> = {}): Market.Settlement => ({
    ...{ agreement: `a${next++}`, at: at - 1_000 + next, client: "bank", provider, skills: ["react"] },
    ...{ value: "2000000", lost: "0", onTime: true, dispute: "none" as const, held: "token" as const },
    ...more,
  });
  const trust = { issuers: [], revoked: [], anchors: ["bank"] };
  const market = (more: Partial<Market.Market>): Market.Market => ({
    ...{ providers: ["ada", "bob", "cyn"].map((name) => offer(name)), settlements: [], claims: [], trust },
    ...more,
  });
  const brief = Brief.parse("A shop in React with payments. Budget: 30,000 EUR, four weeks.", 20_822);
  const wanted = Brief.toRequest(brief, { id: "b", at });
  const places = (given: Market.Market, cases: readonly Case.Case[] = []) =>
    Ranking.rank({ cases, market: given }, wanted).candidates.map(({ provider }) => provider);

  test("behavior: what was kept counts, by its lower bound, with what went back against it", () => {
    const settlements = [
      ...Array.from({ length: 4 }, () => done("bob")),
      ...Array.from({ length: 4 }, () => done("cyn", { value: "1000000", lost: "9000000", onTime: false })),
    ];
    expect(places(market({ settlements }))).toEqual(["bob", "ada", "cyn"]);
    const { candidates, base } = Ranking.rank({ cases: [], market: market({ settlements }) }, wanted);
    for (const { score, parts } of candidates)
      expect(base + Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score);
    expect(candidates.map(({ kept }) => (kept ?? 0) > 100_000)).toEqual([true, false, false]);
  });

  test("behavior: demands rule out with their reason; price and free days move; an empty market is a ranking", () => {
    const providers = [
      offer("dear", { rate: { currency: "EUR", from: 1_400, to: 1_400 } }),
      offer("over", { rate: { currency: "EUR", from: 2_000, to: 2_000 } }),
      offer("cheap", { rate: { currency: "EUR", from: 300, to: 700 } }),
      offer("other", { skills: ["rust"], title: "שלום\u202E" }),
    ];
    const found = Ranking.rank({ cases: [], market: market({ providers }) }, wanted);
    expect(found.candidates.map(({ provider }) => provider)).toEqual(["cheap", "dear"]);
    expect(found.excluded.map(({ provider, why }) => [provider, why.en])).toEqual([
      ["other", "none of the skills wanted"],
      ["over", "costs at least 40000 EUR, the budget is 30000"],
    ]);
    expect(Ranking.whyNot(found, "other").en).toBe("\u2068שלום\u2069 is left out: none of the skills wanted.");
    const own = Ranking.whyNot(found, "dear", { anonymous: true });
    expect(own.en).toMatch(/^dear is in place 2 of 2, −0\.\d+ against the first: price within the budget −/);
    expect(JSON.stringify(own)).not.toContain("cheap");
    expect(places(market({ providers: [] }))).toEqual([]);
  });

  test("behavior: a case without credit behind it is a claim, and claims are bounded however many there are", () => {
    const title = "React shop with payments";
    const case_ = (id: string, provider: string): Case.Case => ({
      ...{ id, at: at - 500, area: "react", title, provider, providers: [provider], skills: ["react", "payments"] },
    });
    const settled = done("bob", { skills: [] });
    const settlements = [settled, ...Array.from({ length: 9 }, () => done("cyn", { client: "ring", skills: [] }))];
    const cases = [
      case_(settled.agreement, "bob"),
      ...settlements.slice(1).map((each) => case_(each.agreement, "cyn")),
    ];
    const claims = Array.from({ length: 300 }, (_, n) => case_(`c${n}`, "ada"));
    const found = Ranking.rank({ cases, market: market({ settlements, claims }) }, wanted);
    const of = (name: string) => found.candidates.find(({ provider }) => provider === name);
    expect(found.candidates[0]?.provider).toBe("bob");
    expect(of("bob")?.parts).toMatchObject({ claims: 0, words: expect.any(Number) });
    expect([of("ada")?.parts.claims, of("cyn")?.parts.claims]).toEqual([300_000, 300_000]);
    expect(of("ada")?.parts.words).toBe(of("cyn")?.parts.words);
    expect(of("bob")?.cases.map(({ told }) => told)).toEqual([undefined]);
    expect(of("cyn")?.cases.map(({ told }) => told)).toEqual([true, true, true]);
  });

  test("behavior: a bundle is verified by itself; whatever is changed in it is named", () => {
    const inputs = { cases: [], market: market({ settlements: [done("bob"), done("cyn", { at: at + 5 })] }) };
    const ranking = Ranking.rank(inputs, wanted, { floor: { share: 0.1, seed: "s" } });
    const written = JSON.stringify(Bundle.of(ranking, inputs, Weights.YOUNG));
    expect(() => Bundle.verify(Bundle.parse(JSON.parse(written)))).not.toThrow();
    const field = (change: (copy: Record<string, never>) => unknown) => {
      const copy = JSON.parse(written);
      change(copy);
      try {
        Bundle.verify(Bundle.parse(copy));
      } catch (error) {
        return (error as { field?: string }).field ?? String(error);
      }
      return "none";
    };
    type Copy = { market: Market.Market; ranking: { excluded: unknown[]; candidates: { kept: number }[] } };
    const as = (copy: unknown) => copy as Copy;
    expect(field((copy) => as(copy).ranking.excluded.push({ provider: "x" }))).toBe("excluded[0]");
    expect(field((copy) => Object.assign(as(copy).ranking.candidates[0] ?? {}, { kept: 1 }))).toBe(
      "candidates[0].kept",
    );
    expect(field((copy) => Object.assign(as(copy).market.settlements[0] ?? {}, { value: "1" }))).toBe("inputs.hash");
    expect(field((copy) => Object.assign(as(copy).market, { trust: {} }))).toContain("market.trust.issuers");
    expect(field((copy) => Object.assign(as(copy), { weights: {} }))).toContain("weights");
    expect(field((copy) => Object.assign(as(copy), { format: "x" }))).toContain("bundle");
  });

  test("property: a ring's places do not rise with what it pays itself", () => {
    const providers = Array.from({ length: 20 }, (_, n) => offer(n < 5 ? `r${n}` : `p${n}`));
    const honest = Array.from({ length: 60 }, (_, n) => done(`p${5 + (n % 15)}`));
    const ring = Array.from({ length: 200 }, (_, n) =>
      done(`r${n % 5}`, { client: `r${(n + 1) % 5}`, value: "90000000" }),
    );
    const found = places(market({ providers, settlements: [...honest, ...ring] }));
    expect(found.slice(0, 15).every((name) => name.startsWith("p"))).toBe(true);
  });
});
