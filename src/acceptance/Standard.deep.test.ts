import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as Delivery from "./Delivery.ts";
import * as Run from "./Run.ts";
import * as Sandbox from "./Sandbox.ts";
import * as Suite from "./Suite.ts";

const cache = mkdtempSync(join(tmpdir(), "commenda-test-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));
const engine = await Sandbox.find();
const standard = join(import.meta.dirname, "standard");

/** What the other bad deliveries of the standard suites fail by. */
test.each([
  ["cleaning", "drops-rows", ["rows", "right"]],
  ["cleaning", "duplicates", ["rows", "right"]],
  ["migration", "first-name-only", ["up"]],
  ["migration", "floats", ["up"]],
  ["model", "skips-rows", ["sealed", "accuracy", "every class"]],
  ["rest", "forgets", ["read", "change", "remove"]],
  ["rest", "slow", ["speed"]],
  ["rest", "never-up", ["sealed", "first", "second", "both", "one removed", "other", "unknown"]],
  ["shop", "no-shipping", ["shipping", "coupon"]],
  ["shop", "page-missing", ["pages"]],
  ["shop", "rounds-up", ["coupon"]],
] as const)("behavior: %s, %s, fails", async (name, bad, [first, ...rest]) => {
  const isSealed = first === "sealed";
  const suite = Suite.open(join(standard, name, isSealed ? "sealed/part" : "suite"));
  const delivery = await Delivery.ofFolder(join(standard, name, "bad", bad), { cache });
  const verdict = await Run.judge({ suite, delivery, engine, now: 1_800_000_000, cache });
  const failed = verdict.checks.filter(({ result }) => result !== "pass").map(({ id }) => id);
  expect(failed).toEqual(isSealed ? rest : [first, ...rest]);
});
