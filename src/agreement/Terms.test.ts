import fc from "fast-check";
import * as Address from "ox/Address";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import * as Codec from "./Codec.ts";
import { BadInput } from "./InputError.ts";
import * as Terms from "./Terms.ts";
import * as Time from "./Time.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test writes what no type allows
type Json = any;
/** The example as plain data, changed at will. */
function edited(edit: (document: Json) => void): unknown {
  const document = JSON.parse(JSON.stringify(Terms.example()));
  edit(document);
  return document;
}
/** Kind and field of all problems. */
function problems(edit: (document: Json) => void, facts?: Terms.Facts): [string, string][] {
  const checked = Terms.check(edited(edit), facts);
  return "problems" in checked ? checked.problems.map(({ name, field }) => [name, field]) : [];
}
const all =
  (...edits: ((document: Json) => void)[]) =>
  (document: Json) => {
    for (const edit of edits) edit(document);
  };
const set = (path: string, value: unknown) => (document: Json) => {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const holder = steps.reduce<Json>((at, step) => at[step], document);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
};

test("behavior: the example is sound, also against facts, and has nothing to note", () => {
  const facts = { now: Time.parse("2026-12-01T00:00Z"), codeAt: () => true };
  expect(Terms.check(Terms.example(), facts)).toEqual({ terms: Terms.example(), notes: [] });
});

test("behavior: computes all that the ledger gets", () => {
  const agreement = Terms.toAgreement(Terms.example());
  const minute = Time.parse;
  const million = 1_000_000n;
  const none = { fundBy: 0, terminable: false, terminationFee: 0n, extender: 0, extensionDays: 0, extensionPrice: 0n };
  expect(agreement).toEqual({
    document: Terms.commitment(Terms.example()),
    replaces: `0x${"0".repeat(64)}`,
    openBy: minute("2027-01-08T16:00Z"),
    parties: {
      client: `0x${"c1".repeat(20)}`,
      provider: `0x${"d2".repeat(20)}`,
      clientDelegate: `0x${"0".repeat(40)}`,
      providerDelegate: `0x${"de".repeat(20)}`,
    },
    work: {
      token: `0x${"70".repeat(20)}`,
      feeRecipient: `0x${"fe".repeat(20)}`,
      feeBps: 100,
      sequential: true,
      payByResult: true,
      tranches: [
        {
          ...none,
          amount: 20_000n * million,
          start: minute("2027-01-11T01:00Z"),
          due: minute("2027-01-29T10:00Z"),
          review: 7_200,
          cure: 7_200,
        },
        {
          ...none,
          amount: 25_000n * million,
          start: minute("2027-02-15T01:00Z"),
          due: minute("2027-04-02T10:00Z"),
          review: 10_080,
          cure: 14_400,
          extender: 2,
          extensionDays: 10,
          extensionPrice: 500n * million,
        },
        {
          ...none,
          amount: 25_000n * million,
          start: minute("2027-04-05T01:00Z"),
          due: minute("2027-04-30T10:00Z"),
          review: 10_080,
          cure: 10_080,
          fundBy: minute("2027-03-29T16:00Z"),
          terminable: true,
          terminationFee: 2_500n * million,
        },
        {
          ...none,
          amount: 45_000n * million,
          start: minute("2027-08-01T00:00Z"),
          due: minute("2027-08-15T00:00Z"),
          review: 10_080,
          cure: 0,
          fundBy: minute("2027-03-29T16:00Z"),
          terminable: true,
          terminationFee: 4_500n * million,
        },
      ],
      pauses: [
        { from: minute("2027-02-04T16:00Z"), until: minute("2027-02-11T16:00Z") },
        { from: minute("2027-04-30T16:00Z"), until: minute("2027-05-05T16:00Z") },
      ],
    },
    arbitration: {
      arbitrator: `0x${"a7".repeat(20)}`,
      panel: true,
      deposit: 1_000n * million,
      answerWithin: 7_200,
      ruleWithin: 30_240,
      fallbackBps: 5_000,
      maxCost: 0n,
      extraData: "0x",
    },
    outcome: {
      source: `0x${"5c".repeat(20)}`,
      metric: 1,
      lines: false,
      defaultValue: 0n,
      points: [
        { value: 0n, pay: 0n },
        { value: 50_000n, pay: 30_000n * million },
        { value: 60_000n, pay: 45_000n * million },
      ],
    },
  });
});

test("behavior: without outcome, arbitrator and options the ledger gets zeroes", () => {
  const { outcome: _, ...rest } = Terms.example();
  const plain = Terms.toAgreement({
    ...rest,
    options: [],
    arbitration: { fallback: "40 %" },
    fees: { platform: "0 %" },
  });
  const zero = `0x${"0".repeat(40)}`;
  expect([plain.outcome, plain.arbitration, plain.work.payByResult, plain.work.feeRecipient]).toEqual([
    { source: zero, metric: 0, lines: false, defaultValue: 0n, points: [] },
    {
      arbitrator: zero,
      panel: false,
      deposit: 0n,
      answerWithin: 0,
      ruleWithin: 0,
      fallbackBps: 4_000,
      maxCost: 0n,
      extraData: "0x",
    },
    false,
    zero,
  ]);
});

describe("hashes", () => {
  test("behavior: canonical form is RFC 8785, whatever the order of fields", () => {
    const terms = Terms.example();
    const backwards = Object.fromEntries(Object.entries(terms).reverse()) as Terms.Terms;
    expect(Terms.canonical(terms)).toMatch(/^\{"arbitration":\{"by":\{"address":"0xa7/);
    expect(JSON.parse(Terms.canonical(terms))).toEqual(terms);
    expect(Terms.hash(Terms.parse(backwards))).toBe(Terms.hash(terms));
  });

  test("behavior: the hash that both sign is the agreement's id at the registrar", () => {
    const terms = Terms.example();
    const domain = { chainId: 31337, verifyingContract: `0x${"e5".repeat(20)}` } as const;
    expect(Terms.domain(terms)).toEqual(domain);
    expect(Terms.hash(terms)).toBe(Codec.id(domain, Terms.toAgreement(terms)));
    const key = `0x${"ab".repeat(20)}` as const;
    const registrar = { kind: "key", name: { en: "Notary", zh: "公证处" }, key } as const;
    expect(Terms.domain(Terms.example({ registrar }))).toEqual({ chainId: 0, verifyingContract: key });
  });

  test("property: any change of any leaf changes content hash, commitment and id", () => {
    const terms = Terms.example();
    const leaves: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]) => {
      if (typeof value !== "object" || value === null) leaves.push(path);
      else
        for (const [key, item] of Object.entries(value))
          walk(item, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    walk(terms.text, ["text"]);
    walk(terms.parties.client.name, ["parties", "client", "name"]);
    walk(terms.law.governing, ["law", "governing"]);
    walk(terms.criteria[1]?.what, ["criteria", 1, "what"]);
    fc.assert(
      fc.property(fc.constantFrom(...leaves), (path) => {
        const other = edited((document) => set(path.join("."), "changed")(document)) as Terms.Terms;
        expect(Terms.contentHash(other)).not.toBe(Terms.contentHash(terms));
        expect(Terms.commitment(other)).not.toBe(Terms.commitment(terms));
        expect(Terms.hash(other)).not.toBe(Terms.hash(terms));
      }),
    );
  });
});

describe("error: one problem", () => {
  const now = Time.parse("2027-02-01T00:00Z");
  test.each<[string, (document: Json) => void, [string, string][], Terms.Facts?]>([
    ["unknown field", set("titel", "x"), [["UnknownField", "titel"]]],
    ["unknown field deep inside", set("milestones.2.reviewed", "x"), [["UnknownField", "milestones[2].reviewed"]]],
    ["unknown field in a variant", set("registrar.key", "x"), [["UnknownField", "registrar.key"]]],
    ["missing field", set("parties.client.country", undefined), [["MissingField", "parties.client.country"]]],
    ["missing clause", set("law", undefined), [["MissingField", "law"]]],
    ["null for a clause", set("ip", null), [["WrongForm", "ip"]]],
    ["unknown choice", set("rail", "cash"), [["WrongForm", "rail"]]],
    ["unknown variant", set("registrar.kind", "court"), [["WrongForm", "registrar.kind"]]],
    ["number for text", set("parties.client.taxNumber", 5), [["WrongForm", "parties.client.taxNumber"]]],
    ["amount with exponent", set("milestones.0.amount", "2e4"), [["NotANumber", "milestones[0].amount"]]],
    ["amount as number", set("law.liabilityCap", 115000), [["WrongForm", "law.liabilityCap"]]],
    ["amount over uint128", set("law.liabilityCap", "9".repeat(40)), [["AmountOverflow", "law.liabilityCap"]]],
    [
      "amount over uint128 only in base units",
      set("law.liabilityCap", "9".repeat(38)),
      [["AmountOverflow", "law.liabilityCap"]],
    ],
    ["too many decimals", set("options.0.fee", "2500.0000001"), [["TooManyDecimals", "options[0].fee"]]],
    ["unknown currency", set("currency.code", "RMB"), [["UnknownCurrency", "currency.code"]]],
    ["impossible scale", set("currency.scale", 99), [["WrongForm", "currency.scale"]]],
    ["split that does not add up", set("milestones.1.tax", "1415.08"), [["SharesDoNotFit", "milestones[1].amount"]]],
    ["weights that do not add up", set("criteria.1.weight", "79 %"), [["SharesDoNotFit", "milestones[1].criteria"]]],
    ["no criteria", set("milestones.0.criteria", []), [["MissingField", "milestones[0].criteria"]]],
    [
      "criterion that is not there",
      set("milestones.0.criteria", ["beauty"]),
      [["UnknownName", "milestones[0].criteria[0]"]],
    ],
    ["option on nothing", set("options.0.of", "lunch"), [["UnknownName", "options[0].of"]]],
    [
      "option taken twice",
      (document) => document.options.push(document.options[0]),
      [["RepeatedName", "options[3].of"]],
    ],
    ["input for nothing", set("inputs.0.milestone", "outcome"), [["UnknownName", "inputs[0].milestone"]]],
    ["fee over the cap", set("fees.platform", "3.01 %"), [["FeeOverCap", "fees.platform"]]],
    ["fee for nobody", set("fees.recipient", undefined), [["ClauseConflict", "fees.recipient"]]],
    ["window too short", set("milestones.2.review", "2 days"), [["WindowTooShort", "milestones[2].review"]]],
    ["challenge too short", set("outcome.challenge", "71 hours"), [["WindowTooShort", "outcome.challenge"]]],
    ["window too long", set("milestones.2.review", "900 days"), [["TimeOutOfRange", "milestones[2].review"]]],
    ["no length", set("milestones.2.cure", "soon"), [["NotADuration", "milestones[2].cure"]]],
    ["due before start", set("milestones.1.due", "2027-02-14T00:00Z"), [["DatesOutOfOrder", "milestones[1].due"]]],
    [
      "reported before it is measured",
      set("outcome.reportBy", "2027-07-31T00:00Z"),
      [["DatesOutOfOrder", "outcome.reportBy"]],
    ],
    ["time with an offset", set("openBy", "2027-01-08T16:00+08:00"), [["NotATime", "openBy"]]],
    [
      "dates in the past",
      set("version", "commenda/1"),
      [
        ["DateInPast", "openBy"],
        ["DateInPast", "milestones[0].due"],
        ["DateInPast", "inputs[0].due"],
      ],
      { now },
    ],
    [
      "token that is no contract",
      set("version", "commenda/1"),
      [["NotAContract", "currency.token"]],
      { codeAt: (address) => !address.startsWith("0x70") },
    ],
    [
      "arbitrator and reporter that are none",
      set("version", "commenda/1"),
      [
        ["NotAContract", "arbitration.by.address"],
        ["NotAContract", "outcome.source"],
      ],
      { codeAt: (address) => address.startsWith("0x70") },
    ],
    [
      "parties coincide",
      set("parties.provider.address", `0x${"c1".repeat(20)}`),
      [["PartiesCoincide", "parties.provider.address"]],
    ],
    [
      "parties coincide in another case",
      set("parties.provider.address", Address.checksum(`0x${"c1".repeat(20)}`)),
      [["PartiesCoincide", "parties.provider.address"]],
    ],
    [
      "address with a wrong checksum",
      set("parties.provider.address", `0x${"C1".repeat(19)}c1`),
      [["NotAnAddress", "parties.provider.address"]],
    ],
    [
      "escrow as client",
      set("parties.client.address", `0x${"e5".repeat(20)}`),
      [["PartiesCoincide", "parties.client.address"]],
    ],
    ["unsorted points", set("outcome.points.2.value", "40000"), [["PointsUnsorted", "outcome.points[2].value"]]],
    ["point over the outcome", set("outcome.points.2.pay", "45001"), [["AmountTooLarge", "outcome.points[2].pay"]]],
    [
      "metric that is no whole number",
      set("outcome.points.1.value", "50000.5"),
      [["NotANumber", "outcome.points[1].value"]],
    ],
    [
      "overlapping pauses",
      set("calendar.1.from", "2027-02-10T00:00Z"),
      [
        ["PausesUnfit", "calendar[1].from"],
        ["PausesUnfit", "calendar[1].until"],
      ],
    ],
    [
      "deposit without time to answer",
      set("arbitration.by.answerWithin", "1 day"),
      [["WindowTooShort", "arbitration.by.answerWithin"]],
    ],
    ["share over the whole", set("arbitration.fallback", "101 %"), [["ShareOutOfRange", "arbitration.fallback"]]],
    ["termination dearer than the work", set("options.0.fee", "25001"), [["AmountTooLarge", "options[0].fee"]]],
    ["more days than the ledger holds", set("options.1.days", 128), [["WrongForm", "options[1].days"]]],
    ["no token on the rail token", set("currency.token", undefined), [["MissingField", "currency.token"]]],
    ["invisible character in a text", set("text.zh", "付款\u200B一百元"), [["InvisibleCharacters", "text.zh"]]],
    [
      "invisible character in a name of a clause",
      set("milestones.0.name", "de\u00ADsign"),
      [
        ["InvisibleCharacters", "milestones[0].name"],
        ["WrongForm", "milestones[0].name"],
      ],
    ],
    ["text not in NFC", set("title.en", "Cafe\u0301"), [["NotNormalised", "title.en"]]],
    ["empty text", set("title.en", ""), [["WrongForm", "title.en"]]],
    ["bad salt", set("salt", "0x00"), [["NotAHash", "salt"]]],
  ])("%s", (_, edit, expected, facts) => {
    expect(problems(edit, facts)).toEqual(expected);
  });

  test("too many tranches", () => {
    const many = (count: number) => (document: Json) => {
      const template = document.milestones[0];
      for (let index = 0; index < count; index++) document.milestones.push({ ...template, name: `more-${index}` });
    };
    const withoutFunding = (document: Json) => set("outcome.fundBy", undefined)(document);
    expect(problems(all(withoutFunding, many(4)))).toEqual([]);
    expect(problems(all(withoutFunding, many(5)))).toEqual([["TooManyTranches", "milestones"]]);
    expect(problems(set("milestones", []))).toContainEqual(["NoMilestones", "milestones"]);
  });

  test("a field whose name cannot be seen is shown as what it is", () => {
    expect(problems(set("ti\u200Btle", "x"))).toEqual([["UnknownField", '["ti\\u{200B}tle"]']]);
  });

  test("no document at all", () => {
    const found = [undefined, null, "x", 5, [], 5n].map((input) => {
      const checked = Terms.check(input);
      return "problems" in checked ? checked.problems.map(({ name, field }) => [name, field]) : [];
    });
    expect(found).toEqual([[["MissingField", "document"]], ...Array(5).fill([["WrongForm", "document"]])]);
    const cycle: Record<string, unknown> = { ...Terms.example() };
    cycle.self = cycle;
    expect(Terms.check(cycle)).toMatchObject({ problems: [{ name: "UnknownField", field: "self" }] });
    expect(
      Terms.check(JSON.parse(`{"__proto__": {"title": 1}, ${JSON.stringify(Terms.example()).slice(1)}`)),
    ).toMatchObject({
      problems: [{ name: "UnknownField" }],
    });
  });
});

test("error: all problems at once, without those that only follow from another", () => {
  const edits = [
    set("titel", "x"),
    set("parties.provider.country", undefined),
    set("registrar.kind", "notary"),
    set("milestones.0.start", "2027-02-30T00:00Z"),
    // Its split and the option priced against it cannot be judged.
    set("milestones.1.amount", "2,5000"),
    set("milestones.2.review", "1 day"),
    set("outcome.points.1.value", "70000"),
    set("fees.platform", "5 %"),
    set("currency.code", "RMB"),
    set("law.liabilityCap", "1.1234567"),
  ];
  expect(problems(all(...edits))).toEqual([
    ["MissingField", "parties.provider.country"],
    ["WrongForm", "registrar.kind"],
    ["NotATime", "milestones[0].start"],
    ["NotANumber", "milestones[1].amount"],
    ["UnknownField", "titel"],
    ["UnknownCurrency", "currency.code"],
    ["TooManyDecimals", "law.liabilityCap"],
    ["FeeOverCap", "fees.platform"],
    ["WindowTooShort", "milestones[2].review"],
    ["PointsUnsorted", "outcome.points[2].value"],
  ]);
});

test("error: parse throws all problems as one, with the values as written", () => {
  const input = edited(all(set("milestones.2.review", "1 day"), set("fees.platform", "5 %")));
  const thrown = (() => {
    try {
      return Terms.parse(input);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(BadInput);
  expect((thrown as BadInput).in("zh")).toBe(
    [
      "输入有 2 处问题：",
      '- fees.platform：平台费超过上限。现为 "5 %"，应为不超过 3 %。请降低费率，上限不可更改。',
      '- milestones[2].review：期限过短。现为 "1 day"，应为至少 3 天。请延长期限。',
    ].join("\n"),
  );
});

test("behavior: notes letters that look alike, and accepts them", () => {
  const checked = Terms.check(edited(set("parties.provider.name.en", "Lаnting Software Studio")));
  expect("terms" in checked && checked.notes.map(({ name, field, found }) => [name, field, found])).toEqual([
    ["LookalikeCharacters", "parties.provider.name.en", '"Lаnting"'],
  ]);
});

test("error: a document whose text differs from the signed one only invisibly", () => {
  const signed = Terms.example();
  const found = edited((document) => {
    set("text.en", `${signed.text.en.slice(0, 40)}\u200B${signed.text.en.slice(40)}`)(document);
    set("title.en", signed.title.en.replace("Q", "Ԛ").replace("o", "о"))(document);
  }) as Terms.Terms;
  expect(Terms.textDifferences(signed, signed)).toEqual([]);
  expect(Terms.textDifferences(found, signed).map(({ name, field, title }) => [name, field, title.zh])).toEqual([
    ["TextMismatch", "title.en", "两份文本仅有外形相似字符的差异"],
    ["TextMismatch", "text.en", "两份文本仅有不可见字符的差异"],
  ]);
});

test("property: whatever stands in a field, checking ends with terms or with problems", () => {
  const paths = [
    "title",
    "title.en",
    "parties.client",
    "milestones",
    "milestones.0",
    "milestones.1.due",
    "milestones.2.criteria",
    "currency",
    "currency.scale",
    "outcome",
    "outcome.points",
    "outcome.metric",
    "options.0",
    "calendar",
    "registrar",
    "arbitration.by",
    "fees.platform",
    "law.dataIn",
    "criteria",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...paths), fc.anything({ withBigInt: true })), { minLength: 1, maxLength: 3 }),
      (changes) => {
        const input = edited((document) => {
          for (const [path, value] of changes.toSorted(([a], [b]) => b.length - a.length)) set(path, value)(document);
        });
        const checked = Terms.check(input, { now: 0 });
        if ("terms" in checked) expect(Terms.hash(checked.terms)).toMatch(/^0x[0-9a-f]{64}$/);
        else expect(checked.problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

test("behavior: one schema gives the form as well", () => {
  const form = z.toJSONSchema(Terms.schema) as { required: string[]; additionalProperties: boolean };
  expect([form.additionalProperties, form.required.includes("milestones"), form.required.includes("outcome")]).toEqual([
    false,
    true,
    false,
  ]);
});
