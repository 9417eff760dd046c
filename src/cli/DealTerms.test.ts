import { describe, expect, test } from "vitest";
import { Terms, Time } from "../agreement/index.ts";
import * as Cast from "./Cast.ts";
import * as DealTerms from "./DealTerms.ts";
import type { BadFile } from "./Errors.ts";
import { deal, SAMPLE } from "./testing/Deals.ts";

const salt = `0x${"11".repeat(32)}`;
const expand = (more = "", sample = SAMPLE, options: Partial<DealTerms.Options> = {}) =>
  DealTerms.expand(deal(more, sample), { salt, ...options });
const termsOf = (more = "", sample = SAMPLE) => expand(more, sample).terms;
const told = (more: string, sample = SAMPLE, options: Partial<DealTerms.Options> = {}): string => {
  try {
    expand(more, sample, options);
  } catch (error) {
    return (error as BadFile).in("en");
  }
  throw new Error("nothing was wrong");
};
const edited = (from: string, to: string) => SAMPLE.replace(from, to);

describe("what a deal leaves out has its stated default", () => {
  test("behavior: dates follow each other, windows are 10 and 7 days, and there are seven days to open", () => {
    const { milestones, openBy } = termsOf();
    expect(openBy).toBe("2027-03-08T00:00Z");
    expect(milestones.map(({ start, due, review, cure }) => [start, due, review, cure])).toEqual([
      ["2027-03-11T00:00Z", "2027-04-10T00:00Z", "10 days", "7 days"],
      ["2027-04-10T00:00Z", "2027-05-10T00:00Z", "10 days", "7 days"],
      ["2027-05-10T00:00Z", "2027-06-09T00:00Z", "10 days", "7 days"],
    ]);
  });

  test("behavior: a criterion each, the net amount, one per cent, a panel of three without deposit, no outcome", () => {
    const terms = termsOf();
    expect(terms.criteria[0]).toEqual({
      name: "one",
      what: { en: "one", zh: "one" },
      how: "inspection",
      by: "client",
      weight: "100 %",
    });
    expect(terms.milestones[0]).toMatchObject({
      net: "20000",
      tax: "0",
      withholding: "0",
      invoice: "after payment",
      criteria: ["one"],
    });
    expect(terms.fees.platform).toBe("1 %");
    expect(terms.arbitration).toMatchObject({
      fallback: "50 %",
      by: { kind: "panel", deposit: "0", answerWithin: "5 days", ruleWithin: "30 days" },
    });
    expect(terms).toMatchObject({ rail: "token", sequential: false, inputs: [], options: [], calendar: [], salt });
    expect(terms.outcome).toBeUndefined();
    expect(terms.law).toMatchObject({ liabilityCap: "100000", dataIn: ["CN"] });
    expect(terms.text.zh).toMatch(/^一、/);
  });

  test("behavior: the whole document is good, and its id is the same for the same file", () => {
    expect(Terms.check(termsOf())).toHaveProperty("terms");
    expect(Terms.hash(termsOf())).toBe(Terms.hash(termsOf()));
  });
});

describe("what a deal says", () => {
  test("behavior: floor, target and bonus make the curve of rule 13", () => {
    const { outcome, milestones } = termsOf(
      "fee: 100000\noutcome: { metric: { en: daily users, zh: 日活跃用户 }, target: 50000, floor: 70 %, bonus: 15 % from 120 % }\n",
      SAMPLE.replace("30000", "25000").replace("50000", "25000"),
    );
    expect(milestones.map(({ amount }) => amount)).toEqual(["20000", "25000", "25000"]);
    expect(outcome).toMatchObject({
      title: { en: "daily users", zh: "日活跃用户" },
      metric: "reported",
      target: "50000",
      amount: "45000",
      points: [
        { value: "0", pay: "0" },
        { value: "50000", pay: "30000" },
        { value: "60000", pay: "45000" },
      ],
      measuredAt: "2027-07-09T00:00Z",
      reportBy: "2027-07-23T00:00Z",
    });
  });

  test("behavior: shares of the fee, several bonuses and a slope", () => {
    const { outcome, milestones } = termsOf(
      "fee: 1000\noutcome: { metric: users, target: 10, floor: 60 %, shape: lines, risesFrom: 50 %, bonus: [5 % from 110 %, { share: 10 %, from: 150 % }] }\n",
      SAMPLE.replace("amount: 20000", "share: 10 %")
        .replace("amount: 30000", "share: 20 %")
        .replace("amount: 50000", "share: 30 %"),
    );
    expect(milestones.map(({ amount }) => amount)).toEqual(["100", "200", "300"]);
    expect(outcome?.points).toEqual([
      { value: "0", pay: "0" },
      { value: "5", pay: "0" },
      { value: "10", pay: "400" },
      { value: "11", pay: "450" },
      { value: "15", pay: "500" },
    ]);
  });

  test("behavior: built-in metrics need no reporter", () => {
    const { outcome } = termsOf(
      "outcome: { metric: days late, shape: lines, points: [{ value: 0, pay: 45000 }, { value: 5, pay: 0 }] }\n",
    );
    expect(outcome).toMatchObject({
      metric: "daysLate",
      title: { en: "Days late", zh: "迟延天数" },
      unit: { en: "days", zh: "天" },
      amount: "45000",
      measuredAt: "2027-06-09T00:00Z",
    });
    expect(outcome).not.toHaveProperty("source");
  });

  test("behavior: criteria in a milestone, weighed alike unless told", () => {
    const { criteria, milestones } = termsOf(
      "",
      edited("due: day 40", "due: day 40, criteria: [a, { en: b, zh: 乙 }, { what: c, how: test suite, by: both }]"),
    );
    expect(milestones[0]?.criteria).toEqual(["one-1", "one-2", "one-3"]);
    expect(criteria.slice(0, 3).map(({ weight }) => weight)).toEqual(["33.34 %", "33.33 %", "33.33 %"]);
    expect(criteria[2]).toMatchObject({ what: { en: "c", zh: "c" }, how: "test suite", by: "both" });
  });

  test("behavior: criteria that code runs, as `accept seal` prints them, and what part of them pays", () => {
    const hash = `0x${"5a".repeat(32)}`;
    const environment = { tools: [], locale: "C.UTF-8", timeZone: "UTC", seed: "7", clock: "2027-01-01T00:00Z" };
    const limits = { time: 20, cpu: 20, memory: 256, disk: 64, output: 4, processes: 64 };
    const run = { kind: "command", inputs: [], environment, limits, flaky: { runs: 1, passes: "all" }, exact: [] };
    const sealed = [{ part: { en: "hidden", zh: "密封" }, commitment: hash }];
    const coded = { what: "All tests pass", suite: hash, sealed, run: { ...run, within: "3 days" } };
    const criteria = JSON.stringify([coded, "It looks right"]);
    const terms = termsOf("", edited("due: day 40", `due: day 40, acceptance: by weight, criteria: ${criteria}`));
    expect(terms.milestones[0]).toMatchObject({ acceptance: "by weight", criteria: ["one-1", "one-2"] });
    expect(terms.criteria[0]).toMatchObject({
      ...coded,
      what: { en: "All tests pass" },
      how: "test suite",
      by: "both",
    });
    expect(terms.criteria[1]).not.toHaveProperty("run");
  });

  test("behavior: options at the milestone, tax inside the amount", () => {
    const { options, milestones } = termsOf(
      "",
      edited(
        "due: day 40",
        "due: day 40, tax: 1200, withholding: 200, termination: 10, extension: { by: client, days: 3, price: 0.50 }",
      ),
    );
    expect(options).toEqual([
      { kind: "termination", of: "one", fee: "10" },
      { kind: "extension", of: "one", by: "client", days: 3, price: "0.50" },
    ]);
    expect(milestones[0]).toMatchObject({ amount: "20000", net: "19000", tax: "1200", withholding: "200" });
  });

  test("behavior: any clause in full takes the place of what follows from the rest", () => {
    const full = Terms.example().law;
    expect(termsOf(`terms: ${JSON.stringify({ law: full })}\n`).law).toEqual(full);
  });
});

describe("stand-ins", () => {
  test("behavior: stand where a deal names nobody, and are told", () => {
    const { terms, standIns } = expand();
    expect(standIns).toEqual([
      "registrar",
      "currency.token",
      "parties.client.address",
      "parties.provider.address",
      "fees.recipient",
      "arbitration.by.address",
    ]);
    expect(terms.parties.client.address).toBe(Cast.account("client"));
    expect(terms.registrar).toEqual({ kind: "chain", chainId: 31337, escrow: Cast.PAPER.escrow });
  });

  const named = `feeRecipient: "0x${"fe".repeat(20)}"
registrar: { chainId: 8453, escrow: "0x${"e5".repeat(20)}" }
arbitration: { address: "0x${"a7".repeat(20)}" }
`;
  const sample = edited("currency: CNY", `currency: { code: CNY, scale: 2, token: "0x${"70".repeat(20)}" }`)
    .replace("{ name: { en: Client Ltd, zh: 甲公司 } }", `{ name: A, address: "0x${"c1".repeat(20)}" }`)
    .replace(
      "{ name: { en: Provider Ltd, zh: 乙公司 } }",
      `{ name: B, address: "0x${"d2".repeat(20)}", delegate: "0x${"de".repeat(20)}" }`,
    );

  test("behavior: none where everybody is named", () => {
    const { terms, standIns } = expand(named, sample);
    expect(standIns).toEqual([]);
    expect(Terms.domain(terms)).toEqual({ chainId: 8453, verifyingContract: `0x${"e5".repeat(20)}` });
  });

  test("behavior: everywhere in a rehearsal, the delegate too", () => {
    const { terms } = expand(named, sample, { standIns: "all" });
    expect(terms.parties.provider.address).toBe(Cast.account("provider"));
    expect(terms.parties.provider.delegate).toBe(Cast.account("provider's delegate"));
    expect(terms.registrar).toMatchObject({ chainId: 31337 });
    expect(terms.currency.token).toBe(Cast.PAPER.token);
  });
});

describe("what the terms find wrong is told in the deal's own fields, with its line", () => {
  const outcome = (rest: string) => `fee: 100000\noutcome: { metric: users, target: 10, floor: 100 %, ${rest} }\n`;
  const cases: [why: string, more: string, sample: string, en: string][] = [
    [
      "a window too short",
      "",
      edited("due: day 40", "due: day 40, review: 2 days"),
      '- line 8, column 61: milestones[0].review: the window is too short to act in. Found "2 days"; expected at least 3 days.',
    ],
    [
      "a window of all milestones",
      "review: 1 day\n",
      SAMPLE,
      '- line 11, column 1: review: the window is too short to act in. Found "1 day"',
    ],
    [
      "a due date before its start",
      "",
      edited("due: day 70", "due: day 30"),
      '- line 9, column 33: milestones[1].due: the dates are out of order. Found "day 30"; expected not before its start.',
    ],
    [
      "a fee over the cap",
      "platformFee: 4 %\n",
      SAMPLE,
      '- line 11, column 1: platformFee: the platform fee is over the cap. Found "4 %"',
    ],
    [
      "a currency that is none",
      "",
      edited("CNY", "RMB"),
      '- line 6, column 1: currency: this is no currency of ISO 4217. Found "RMB"',
    ],
    [
      "too many decimals",
      "",
      edited("20000", "0.1234567"),
      'milestones[0].amount: the amount has more decimals than the currency. Found "0.1234567"',
    ],
    [
      "weights that do not sum",
      "",
      edited("due: day 40", "due: day 40, criteria: [{ what: a, weight: 90 % }]"),
      "milestones[0].criteria",
    ],
    [
      "a termination fee over the amount",
      "",
      edited("due: day 40", "due: day 40, termination: 20001"),
      "- line 8, column 61: milestones[0].termination: the amount is larger than what it is taken from. Found 20001",
    ],
    [
      "an extension's price",
      "",
      edited("due: day 40", "due: day 40, extension: { by: provider, days: 1, price: 20000 }"),
      "milestones[0].extension.price: the amount is larger",
    ],
    [
      "a pause over 30 days",
      "calendar: [{ name: x, from: day 3, until: day 40 }]\n",
      SAMPLE,
      "- line 11, column 36: calendar[0].until: the pauses of the calendar do not fit.",
    ],
    [
      "an unknown milestone",
      "inputs: [{ what: x, due: day 3, milestone: four }]\n",
      SAMPLE,
      '- line 11, column 33: inputs[0].milestone: nothing has this name. Found "four"; expected one of one, two, three.',
    ],
    ["a name used twice", "", edited("name: two", "name: one"), "milestones[1].name: this name is used twice."],
    [
      "more votes than members",
      "arbitration: { members: 2, votes: 3 }\n",
      SAMPLE,
      "arbitration.votes: the amount is larger than what it is taken from. Found 3; expected at most 2, the members.",
    ],
    [
      "no time to rule",
      "arbitration: { ruleWithin: 2 days }\n",
      SAMPLE,
      '- line 11, column 16: arbitration.ruleWithin: the window is too short to act in. Found "2 days"',
    ],
    [
      "a fee that the milestones do not make",
      "fee: 90000\n",
      SAMPLE,
      '- line 7, column 1: milestones: the parts do not add up. Found "CNY 100,000.00"; expected together CNY 90,000.00, the fee.',
    ],
    [
      "a floor that the milestones do not make",
      outcome("bonus: 5 % from 110 %").replace("100 %", "90 %"),
      SAMPLE,
      'milestones: the parts do not add up. Found "CNY 100,000.00"; expected together CNY 90,000.00, the floor of the fee.',
    ],
    [
      "a bonus below the target",
      outcome("bonus: 5 % from 90 %"),
      SAMPLE,
      '- line 12, column 53: outcome.bonus: the points of the curve are not in order. Found "5 % from 90 %"',
    ],
    [
      "an outcome without a fee",
      "outcome: { metric: users, target: 10, floor: 70 % }\n",
      SAMPLE,
      "- line 1, column 1: fee: this field is missing. Found nothing; expected the whole fee, since an outcome depends on it.",
    ],
    [
      "an outcome without a curve",
      "outcome: { metric: days late }\n",
      SAMPLE,
      "- line 11, column 1: outcome.points: this field is missing.",
    ],
    [
      "a share without a fee",
      "",
      edited("amount: 20000", "share: 20 %"),
      "fee: this field is missing. Found nothing; expected the fee that it is a share of.",
    ],
    [
      "tax over the amount",
      "",
      edited("due: day 40", "due: day 40, tax: 20001"),
      "milestones[0].tax: the amount is larger",
    ],
    [
      "a time beyond the ledger's",
      "",
      edited("day 40", "day 40000"),
      '- line 8, column 48: milestones[0].due: the ledger cannot hold this time. Found "day 40000"',
    ],
    ["an opening after the due date", "openBy: day 200\n", SAMPLE, "milestones[0].due: the dates are out of order."],
    [
      "a clause in full",
      `terms:\n  law: ${JSON.stringify({ ...Terms.example().law, liabilityCap: "1,5" })}\n`,
      SAMPLE,
      "terms.law.liabilityCap",
    ],
    [
      "one person on both sides",
      "",
      edited("{ name: { en: Client Ltd, zh: 甲公司 } }", `{ name: A, address: "0x${"d2".repeat(20)}" }`).replace(
        "{ name: { en: Provider Ltd, zh: 乙公司 } }",
        `{ name: B, address: "0x${"d2".repeat(20)}" }`,
      ),
      "parties.provider.address: this is the same as parties.client.address.",
    ],
  ];
  test.each(cases)("error: %s", (_why, more, sample, en) => {
    expect(told(more, sample)).toContain(en);
  });

  test("error: a date that has passed, when asked", () => {
    const text = told("", SAMPLE, { now: Time.parse("2027-03-09T00:00Z") });
    expect(text).toContain("openBy: this date has passed.");
  });
});

describe("a change order", () => {
  test("behavior: gives clauses anew, keeps the others, and says what it replaces", () => {
    const { deal: before, source } = deal("review: 12 days\n");
    const after = DealTerms.amended(before, { cure: "9 days" });
    const { terms } = DealTerms.expand({ deal: after, source }, { salt, replaces: `0x${"ab".repeat(32)}` });
    expect(terms.replaces).toBe(`0x${"ab".repeat(32)}`);
    expect(terms.milestones[0]).toMatchObject({ review: "12 days", cure: "9 days" });
  });

  test("error: tells its own fields where they stand, and the others at the top", () => {
    const read = deal("happens:\n  - signed and opened\n  - change order:\n      cure: 1 day\n");
    const after = DealTerms.amended(read.deal, { cure: "1 day" });
    const within = 'happens[1]["change order"]';
    expect(() => DealTerms.expand({ ...read, deal: after }, { salt }, within)).toThrow(
      'line 14, column 7: happens[1]["change order"].cure: the window is too short to act in. Found "1 day"',
    );
  });
});
