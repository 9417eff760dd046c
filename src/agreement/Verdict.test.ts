import { Secp256k1, Signature, TypedData } from "ox";
import { describe, expect, test } from "vitest";
import type { Hex } from "./Agreement.ts";
import * as Example from "./Example.ts";
import { problemsOf } from "./InputError.ts";
import * as Terms from "./Terms.ts";
import * as Verdict from "./Verdict.ts";

const hex = (digits: string): Hex => `0x${digits.repeat(64 / digits.length)}`;
const check = (id: string, result: Verdict.Result = "pass"): Verdict.Check => ({ id, result });
const verdict = (changes: Partial<Verdict.Verdict> = {}): Verdict.Verdict => ({
  ...{ version: "commenda-verdict/1", agreement: hex("a1"), tranche: 1, round: 0, criterion: "functions" },
  ...{ subject: { kind: "commit", hash: "1f".repeat(20) }, suite: hex("5a"), environment: hex("e0") },
  sealed: { commitment: hex("5b"), state: "judged" },
  inputs: [
    { name: "orders", hash: hex("01") },
    { name: "refunds", hash: hex("02") },
  ],
  checks: [check("discount"), check("refund"), { ...check("rounding"), exact: { cents: "1204" } }],
  measures: [{ check: "discount", name: "time", value: "0.031", unit: "s" }],
  ...{ confined: true, runner: { sandbox: "unshare", system: "linux x64", version: "0.0.0" } },
  ...{ started: 1_800_000_000, ended: 1_800_000_001, artefacts: [{ name: "log", size: 3, hash: hex("10") }] },
  ...changes,
});

describe("the digest", () => {
  test("behavior: covers ids, results, exact measures and the hashes only", () => {
    const one = verdict();
    const beside: Partial<Verdict.Verdict>[] = [
      { measures: [] },
      { started: 1, ended: 2 },
      { confined: false },
      { artefacts: [] },
      { runner: { sandbox: "bubblewrap", system: "linux arm64", version: "1.0.0" } },
      { checks: one.checks.map((each) => ({ ...each, why: { en: "slow", zh: "慢" } })).toReversed() },
      { inputs: one.inputs.toReversed() },
      { agreement: hex("a2"), tranche: 2, round: 1 },
    ];
    const digests = beside.map((changes) => Verdict.digest(verdict(changes)));
    expect(new Set([Verdict.digest(one), ...digests]).size).toBe(1);
    expect(new Set(beside.map((changes) => Verdict.contentHash(verdict(changes)))).size).toBe(beside.length);
  });

  test("behavior: anything else makes another, and the comparison names it", () => {
    const one = verdict();
    const { sealed: _, ...unsealed } = one;
    const cases: [Verdict.Verdict, string[]][] = [
      [verdict({ checks: [check("discount", "fail"), ...one.checks.slice(1)] }), ["checks.discount"]],
      [verdict({ checks: [check("discount", "error"), ...one.checks.slice(1)] }), ["checks.discount"]],
      [verdict({ checks: one.checks.slice(1) }), ["checks.discount"]],
      [verdict({ checks: [...one.checks, check("退款")] }), ["checks.退款"]],
      [
        verdict({ checks: [...one.checks.slice(0, 2), { ...check("rounding"), exact: { cents: "1205" } }] }),
        ["checks.rounding.cents"],
      ],
      [verdict({ suite: hex("5c") }), ["suite"]],
      [verdict({ subject: { kind: "commit", hash: "2f".repeat(20) } }), ["subject"]],
      [verdict({ environment: hex("e1") }), ["environment"]],
      [verdict({ sealed: { commitment: hex("5b"), state: "not shown" } }), ["sealed"]],
      [unsealed, ["sealed"]],
      [verdict({ criterion: "speed" }), ["criterion"]],
      [verdict({ inputs: [{ name: "orders", hash: hex("03") }] }), ["inputs.orders", "inputs.refunds"]],
    ];
    for (const [other, fields] of cases) {
      expect(Verdict.digest(other)).not.toBe(Verdict.digest(one));
      expect(Verdict.compare(one, other).map(({ field }) => field)).toEqual(fields);
    }
    expect(Verdict.compare(one, verdict({ measures: [] }))).toEqual([]);
    const [first] = Verdict.compare(one, verdict({ checks: [check("discount", "fail"), ...one.checks.slice(1)] }));
    expect(first?.says).toEqual({
      en: 'check "discount": pass in one run, fail in the other',
      zh: "检查项“discount”：一次运行为通过，另一次为未通过",
    });
  });

  test("behavior: two verdicts have equal digests exactly when nothing differs", () => {
    const results: readonly Verdict.Result[] = ["pass", "fail", "error"];
    const all = results.flatMap((first) =>
      results.flatMap((second) => [
        verdict({ checks: [check("a", first), check("b", second)] }),
        verdict({ checks: [check("b", second), check("a", first)], confined: false }),
        verdict({ checks: [check("a", first)], inputs: [] }),
      ]),
    );
    for (const one of all)
      for (const other of all)
        expect(Verdict.digest(one) === Verdict.digest(other)).toBe(Verdict.compare(one, other).length === 0);
  });
});

describe("signatures", () => {
  const terms = Terms.parse(Example.terms());
  const domain = Terms.domain(terms);
  const key = hex("77");
  const sign = (one: Verdict.Verdict, privateKey = key): Verdict.Signed => {
    const payload = TypedData.getSignPayload(Verdict.typedData(domain, one) as TypedData.Definition);
    const signature = Signature.toHex(Secp256k1.sign({ payload, privateKey }));
    const by = Verdict.signerOf(domain, { verdict: one, by: "0x", signature }) ?? "0x";
    return { verdict: one, by, signature };
  };
  const { by } = sign(verdict());
  const { client, provider } = terms.parties;
  const delegated = { ...terms, parties: { client: { ...client, delegate: by }, provider } };

  test("behavior: a delegate's signature speaks for its party, over every field of the verdict", () => {
    const one = sign(verdict());
    expect(Verdict.sideOf(domain, delegated, one)).toBe("client");
    expect(Verdict.sideOf(domain, terms, one)).toBeUndefined();
    const changed = { ...one, verdict: verdict({ confined: false }) };
    expect(Verdict.sideOf(domain, delegated, changed)).toBeUndefined();
    expect(Verdict.sideOf({ ...domain, chainId: 1 }, delegated, one)).toBeUndefined();
    expect(Verdict.sideOf(domain, delegated, { ...one, signature: "0x00" })).toBeUndefined();
    expect(Verdict.sideOf(domain, delegated, { ...one, by: client.address })).toBeUndefined();
    expect(Verdict.parseSigned(JSON.parse(JSON.stringify(one)))).toEqual(one);
  });

  test("error: a trial cannot be signed", () => {
    const { agreement: _, ...trial } = verdict();
    expect(() => Verdict.typedData(domain, trial)).toThrow(Verdict.NotOfAnAgreement);
  });

  test("error: all that is wrong with a document at once", () => {
    const problems = problemsOf(() => Verdict.parse({ ...verdict(), suite: "0x", round: 4, note: "" }));
    expect(problems.map(({ name, field }) => `${name} ${field}`).sort()).toEqual([
      "NotAHash suite",
      "UnknownField note",
      "WrongForm round",
    ]);
  });
});

test("behavior: the flake rule", () => {
  const fold = (results: readonly Verdict.Result[], passes: "all" | "most" | "any") =>
    Verdict.fold(results, { runs: results.length, passes });
  expect([
    fold(["pass", "fail", "pass"], "all"),
    fold(["pass", "fail", "pass"], "most"),
    fold(["pass", "fail"], "most"),
    fold(["fail", "error", "pass"], "any"),
    fold(["error", "error"], "all"),
    fold([], "any"),
  ]).toEqual(["fail", "pass", "fail", "pass", "error", "error"]);
});

describe("two runs, one verdict", () => {
  const terms = Example.terms();
  const names = ["functions", "speed"];
  const both = (functions: Partial<Verdict.Verdict> = {}, speed: Partial<Verdict.Verdict> = {}) => [
    verdict(functions),
    verdict({ criterion: "speed", ...speed }),
  ];
  const failing = { checks: [check("a"), check("b", "fail")] };

  test("behavior: equal verdicts accept the weights of what passed", () => {
    const settle = (list: Verdict.Verdict[]) =>
      Verdict.settle(names, terms.criteria, { client: list, provider: list.toReversed() });
    expect(settle(both())).toEqual({ kind: "equal", shareBps: 10_000 });
    expect(settle(both({}, failing))).toEqual({ kind: "equal", shareBps: 8_000 });
    expect(settle(both(failing, failing))).toEqual({ kind: "equal", shareBps: 0 });
    expect(settle(both({}, { checks: [] }))).toEqual({ kind: "equal", shareBps: 8_000 });
    expect(settle(both({}, { checks: [check("a", "error")] }))).toEqual({ kind: "equal", shareBps: 8_000 });
  });

  test("behavior: unequal, missing and unconfined runs accept nothing", () => {
    const settle = (client: Verdict.Verdict[], provider: Verdict.Verdict[]) =>
      Verdict.settle(names, terms.criteria, { client, provider });
    expect(settle(both(), both().slice(1))).toEqual({
      kind: "waiting",
      for: [{ side: "provider", criterion: "functions" }],
    });
    expect(settle(both(), both({}, failing))).toMatchObject({
      kind: "unequal",
      differences: [
        { criterion: "speed", check: "a" },
        { criterion: "speed", check: "b" },
        { check: "discount" },
        { check: "refund" },
        { check: "rounding" },
        { check: "rounding", field: "checks.rounding.cents" },
      ],
    });
    expect(settle(both({ confined: false }), both())).toEqual({ kind: "unconfined", criteria: ["functions"] });
    expect(Verdict.shareAccepted(names, terms.criteria, both({ confined: false }))).toBe(2_000);
  });
});
