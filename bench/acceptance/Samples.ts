/** Suites and deliveries of the measurement: the standard ones, and small ones of its own. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STANDARD = join(import.meta.dirname, "../../src/acceptance/standard");

export type Sample = { readonly suite: string; readonly delivery: string };

/** Folders of a standard suite: what it judges by, its sealed part where it has one, a delivery that passes. */
export const standard = (name: string) => ({
  suite: join(STANDARD, name, "suite"),
  sealed: readdirSync(join(STANDARD, name)).includes("sealed") ? join(STANDARD, name, "sealed/part") : undefined,
  good: join(STANDARD, name, "good"),
});

/** These take seconds each by what they are: now and then is enough. */
const SLOW = ["slow", "never-up"];
/** Suites of many commands come once where the others come three times. */
const MANY = ["shop", "migration"];

/** Every standard suite with every sample delivery, and with its sealed part. */
export function samples(): { often: readonly Sample[]; seldom: readonly Sample[] } {
  const all = readdirSync(STANDARD).flatMap((name) => {
    const { suite, sealed, good } = standard(name);
    const bad = readdirSync(join(STANDARD, name, "bad"));
    const deliveries = [good, ...bad.map((one) => join(STANDARD, name, "bad", one))];
    return deliveries.flatMap((delivery) => [
      { suite, delivery },
      ...(sealed === undefined || !/floats|hard-coded|good|skips/.test(delivery) ? [] : [{ suite: sealed, delivery }]),
    ]);
  });
  const isSlow = ({ delivery }: Sample) => SLOW.some((name) => delivery.endsWith(name));
  const isMany = ({ suite }: Sample) => MANY.some((name) => suite.startsWith(join(STANDARD, name)));
  const quick = all.filter((one) => !isSlow(one));
  const others = quick.filter((one) => !isMany(one));
  return { often: [...quick, ...others, ...others], seldom: all.filter(isSlow) };
}

const run = {
  environment: {
    tools: [{ name: "node", version: "24" }],
    locale: "C.UTF-8",
    timeZone: "UTC",
    seed: "7",
    clock: "2027-01-01T00:00Z",
  },
  limits: { time: 4, cpu: 4, memory: 192, disk: 32, output: 2, processes: 48 },
  flaky: { runs: 1, passes: "all" },
  exact: [],
  within: "3 days",
};
const what = { en: "a check", zh: "检查" };

/** Suites that an attack has the least to do with but itself. @returns their folders by name. */
export function own(folder: string): Readonly<Record<"answer" | "tests" | "speed", { suite: string; good: string }>> {
  const make = (name: string, check: object, files: Record<string, string>, good: Record<string, string>) => {
    const place = { suite: join(folder, name, "suite"), good: join(folder, name, "good") };
    const judge = { checks: [{ id: name, what, ...check }] };
    const text = JSON.stringify({ version: "commenda-suite/1", title: what, kind: "command", run, judge }, null, 1);
    write(place.suite, { "suite.yaml": text, ...files });
    write(place.good, good);
    return place;
  };
  return {
    answer: make(
      "answer",
      { run: ["node", "main.mjs"], expect: { stdout: "42" } },
      {},
      { "main.mjs": "console.log(42);\n" },
    ),
    tests: make(
      "tests",
      { run: ["node", "--test", "--test-reporter=tap", "lib.test.mjs"], tests: ["adds", "splits"] },
      {
        "over/lib.test.mjs": [
          'import assert from "node:assert/strict";',
          'import test from "node:test";',
          'import { add, split } from "./lib.mjs";',
          'test("adds", () => assert.equal(add(1, 2), 3));',
          'test("splits", () => assert.deepEqual(split("a b"), ["a", "b"]));',
          "",
        ].join("\n"),
      },
      {
        "lib.mjs": 'export const add = (a, b) => a + b;\nexport const split = (text) => text.split(" ");\n',
        "lib.test.mjs": "",
      },
    ),
    speed: make(
      "speed",
      { run: ["node", "main.mjs"], ratio: { baseline: ["node", "/suite/base.mjs"], most: 3, runs: 3 } },
      { "visible/base.mjs": "console.log('fast');\n" },
      { "main.mjs": "console.log('fast');\n" },
    ),
  };
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
