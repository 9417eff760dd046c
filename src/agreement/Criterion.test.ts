import { expect, test } from "vitest";
import * as Criterion from "./Criterion.ts";
import * as Example from "./Example.ts";
import * as Sheet from "./Sheet.ts";
import * as Terms from "./Terms.ts";

const hex = (digits: string) => `0x${digits.repeat(64 / digits.length)}`;
const run: Criterion.Run = {
  kind: "command",
  inputs: [{ name: "orders", hash: hex("01") }],
  environment: {
    tools: [{ name: "node", version: "24" }],
    ...{ locale: "C.UTF-8", timeZone: "Asia/Shanghai", seed: "7", clock: "2027-01-01T00:00Z" },
  },
  limits: { time: 60, cpu: 60, memory: 512, disk: 256, output: 8, processes: 64 },
  flaky: { runs: 1, passes: "all" },
  exact: ["rows"],
  within: "3 days",
};
/** The example, with the criterion `functions` otherwise. */
const terms = (changes: Partial<Criterion.Criterion>) => {
  const example = Example.terms();
  return {
    ...example,
    criteria: example.criteria.map((one) => (one.name === "functions" ? { ...one, ...changes } : one)),
  };
};
const problems = (changes: unknown) => {
  const checked = Terms.check(terms(changes as Partial<Criterion.Criterion>));
  return "problems" in checked ? checked.problems.map(({ name, field }) => `${name} ${field}`) : [];
};

test("behavior: how a suite is run is a clause of the terms, and people read it", () => {
  expect(problems({ run })).toEqual([]);
  const sheets = (["en", "zh"] as const).map((language) => Sheet.text(terms({ run }), language));
  expect(sheets[0]).toContain("with node 24, C.UTF-8, Asia/Shanghai, seed 7, clock at 2027-01-01T00:00Z");
  expect(sheets[0]).toContain("both run it within 3 days of the delivery");
  expect(sheets[1]).toContain("内存 512 MB");
  expect(sheets[1]).toContain("双方在交付后 3 天 内运行");
});

test("behavior: terms without it keep their hash", () => {
  expect(Terms.contentHash(Example.terms())).toBe(HASH);
});
// SHA-256 of the example before criteria had runs.
const HASH = "0x853934685e022596239d21c553bef1bceb4aa64258af03eca3d6742214b42eec";

test("error: a run without a suite, names used twice, two sealed parts for one round", () => {
  const example = Example.terms().criteria.find(({ name }) => name === "speed");
  const speed = Terms.check({
    ...Example.terms(),
    criteria: Example.terms().criteria.map((one) =>
      one === undefined || one.name !== example?.name ? one : { ...one, run },
    ),
  });
  expect("problems" in speed && speed.problems.map(({ name, field }) => `${name} ${field}`)).toEqual([
    "MissingField criteria[2].suite",
  ]);
  const part = { part: { en: "one", zh: "一" }, commitment: hex("5b") };
  expect(problems({ sealed: [part, { ...part, round: 0 }] })).toEqual(["ClauseConflict criteria[1].sealed[1].round"]);
  const { environment, inputs } = run;
  expect(
    problems({
      run: {
        ...run,
        inputs: [...inputs, ...inputs],
        environment: { ...environment, timeZone: "../UTC", locale: "C; true" },
      },
    }),
  ).toEqual([
    "RepeatedName criteria[1].run.inputs[1].name",
    "WrongForm criteria[1].run.environment.timeZone",
    "WrongForm criteria[1].run.environment.locale",
  ]);
});

test("error: limits out of range, flake rules that do not end, unknown fields", () => {
  const limits = { ...run.limits, memory: 1, processes: 1e9 };
  expect(problems({ run: { ...run, limits, flaky: { runs: 10, passes: "some" }, network: true } }).sort()).toEqual([
    "UnknownField criteria[1].run.network",
    "WrongForm criteria[1].run.flaky.passes",
    "WrongForm criteria[1].run.flaky.runs",
    "WrongForm criteria[1].run.limits.memory",
    "WrongForm criteria[1].run.limits.processes",
  ]);
});

test("behavior: a round has its own sealed part", () => {
  const part = (en: string, round?: number): Criterion.Sealed => ({
    ...{ part: { en, zh: en }, commitment: hex("5b") },
    ...(round === undefined ? {} : { round }),
  });
  const [criterion] = Example.terms().criteria;
  if (!criterion) throw new Error("no criterion");
  const sealed = (round: number) =>
    Criterion.sealedOf({ ...criterion, sealed: [part("a"), part("b", 2)] }, round)?.part.en;
  expect([0, 1, 2].map(sealed)).toEqual(["a", undefined, "b"]);
});
