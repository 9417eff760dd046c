import { expect, test } from "vitest";
import * as Runs from "./Runs.ts";

const item = (changes: Partial<Runs.Item> = {}): Runs.Item =>
  ({ milestone: "design", round: 0, state: "waiting", criteria: ["orders"], waits: [], ...changes }) as Runs.Item;
const verdict = (side: string, digest: string, changes: Partial<Runs.Verdict> = {}): Runs.Verdict =>
  ({
    ...{ id: `${side} ${digest}`, milestone: "design", criterion: "orders", round: 0, attempt: 1, side, digest },
    ...{ passed: true, ...changes },
  }) as Runs.Verdict;
const run = (side: string, state: Runs.Run["state"], changes: Partial<Runs.Run> = {}): Runs.Run =>
  ({ milestone: "design", criterion: "orders", round: 0, attempt: 1, side, state, ...changes }) as Runs.Run;

const seen = (pairs: readonly Runs.Pair[]) =>
  pairs.map(({ attempt, client, provider, is }) => [attempt, client.kind, provider.kind, is]);

test("pairs: behavior: what each side is at, and whether both say the same", () => {
  const of = (runs: Runs.Run[], verdicts: Runs.Verdict[], changes = {}) =>
    seen(Runs.pairs(item(changes), "orders", 0, runs, verdicts));
  expect(of([], [])).toEqual([[1, "none", "none", "open"]]);
  expect(of([run("client", "waiting"), run("provider", "running")], [])).toEqual([[1, "hidden", "running", "open"]]);
  const theirs = { waits: [{ side: "provider", criterion: "orders", run: "running" }] } as const;
  expect(of([], [verdict("client", "a")], theirs)).toEqual([[1, "passed", "running", "open"]]);
  expect(of([run("client", "done")], [verdict("client", "a")])).toEqual([[1, "passed", "none", "open"]]);
  expect(of([], [verdict("client", "a"), verdict("provider", "a")])).toEqual([[1, "passed", "passed", "equal"]]);
  const unequal = [verdict("client", "a"), verdict("provider", "b", { passed: false })];
  expect(of([], unequal)).toEqual([[1, "passed", "failed", "differs"]]);
  const again = { state: "rerun", waits: [{ side: "client", criterion: "orders" }] } as const;
  expect(of([], unequal, again)).toEqual([
    [1, "passed", "failed", "differs"],
    [2, "none", "none", "open"],
  ]);
  // Of another milestone, criterion or round, and trials: not in this picture.
  expect(of([run("client", "done", { milestone: "app" })], [verdict("client", "a", { round: 1 })])).toEqual([
    [1, "none", "none", "open"],
  ]);
});

test("comparable: behavior: the last pair that both have said", () => {
  const pairs = Runs.pairs(
    item(),
    "orders",
    0,
    [],
    [verdict("client", "a"), verdict("provider", "b"), verdict("client", "c", { attempt: 2 })],
  );
  expect(Runs.comparable(pairs)).toMatchObject({ attempt: 1, one: "client a", other: "provider b" });
  expect(Runs.comparable([])).toBeUndefined();
});

test("roundOf: behavior: after a rejection the round before, until it is delivered again", () => {
  const said = [verdict("client", "a")];
  expect(Runs.roundOf(item({ state: "open", round: 1 }), said)).toBe(0);
  expect(Runs.roundOf(item({ state: "waiting", round: 1 }), said)).toBe(1);
  expect(Runs.roundOf(item({ state: "open" }), [])).toBe(0);
});

test("ordered: behavior: what differs first, then what did not pass", () => {
  const checks = [
    { id: "a", one: "pass", other: "pass" },
    { id: "b", one: "fail", other: "fail" },
    { id: "c", one: "pass", other: "fail" },
    { id: "d", one: "pass" },
  ];
  expect(Runs.ordered(checks).map(({ id }) => id)).toEqual(["c", "d", "b", "a"]);
});
